using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Model;
using AutoGradMf.Generators.Symbolics.Structure;
using Index = AutoGradMf.Generators.Symbolics.Expressions.Index;

namespace AutoGradMf.Generators.Symbolics.Lowering;

/// <summary>Pointwise expressions: which loop evaluates each, over which operands.</summary>
internal sealed partial class Lowerer
{
    /// <summary>Stands for the column of a loop over a vector.</summary>
    private static readonly Index NoIndex = new(new Dimension("1", true));

    /// <summary>A prediction as a function of factors and data at one point; null if it needs more than those.</summary>
    public static Prediction? LowerPrediction(Expression value, Index row, Index column, NameScope names)
    {
        var lowerer = new Lowerer(names, value);
        IReadOnlyList<(LoopInput Input, Leaf Place)> inputs;
        Expression lowered;
        try
        {
            (inputs, lowered) = lowerer.LowerBody(value, row, column, null, false, keepsRows: false);
        }
        catch (LossException)
        {
            return null;
        }

        var held = inputs.All(i => new[] { i.Input.Storage, i.Input.Right }.All(s => s is null or { Kind: StorageKind.Factor or StorageKind.Data, Pattern: null }));
        if (!held || lowerer._scope.Steps.Count > 0 || lowerer._construction.Steps.Count > 0)
        {
            return null;
        }

        var named = inputs.ToDictionary(i => i.Place.Tensor.Name, i => i.Input with { Name = i.Place.Tensor.Name });
        return new([.. named.Values], lowered, row.Dimension, column.Dimension);
    }

    /// <summary>
    /// The sum of an expression over all points of a loop. Over features alone it is taken of what was summed over entities, in
    /// double, and stays so.
    /// </summary>
    private Leaf LoopSum(Product product, Expression body, Index row, Index column, Support? support)
    {
        var (loop, lowered) = Join(body, row, column, support, isDouble: row.Dimension.IsLatent && column.Dimension.IsLatent);
        return Named(product, "sum", name => loop.Sums.Add((name, lowered)), loop.Level);
    }

    /// <summary>Keeps an expression's value at every point.</summary>
    private void Store(Expression body, Placement into, Support? support) => LoopOutput(
        body, into.Indices[0], into.Indices.Count > 1 ? into.Indices[1] : NoIndex, support, LoopOutputKind.Store, into.Storage, null);

    /// <summary>Has a loop compute an expression and do something with it.</summary>
    private void LoopOutput(Expression body, Index row, Index column, Support? support, LoopOutputKind kind, Storage into, Storage? with)
    {
        var isRead = into.Kind is not (StorageKind.Gradient or StorageKind.NegativePart);
        var (loop, lowered) = Join(body, row, column, support, with, into.IsDouble, isRead);
        var slot = loop.Slots.FindIndex(s => s.Equals(lowered));
        if (slot < 0)
        {
            slot = loop.Slots.Count;
            loop.Slots.Add(lowered);
        }

        loop.Outputs.Add(new(slot, kind, into, with));
        _scope.SetLevel(into.Key, loop.Level);
    }

    /// <summary>The loop that can evaluate an expression, and the expression over the loop's operands.</summary>
    private (LoopStep Loop, Expression Lowered) Join(
        Expression body, Index row, Index column, Support? support, Storage? with = null, bool isDouble = false, bool isRead = true)
    {
        var (inputs, lowered, space) = LowerPoint(body, row, column, support, isDouble);
        var start = isRead && ReferenceEquals(column, NoIndex) && IsOfNumbers(body) ? LoweringScope.BeforeFactors : 0;
        var level = 1 + inputs.Select(i => LevelOf(i.Input, start)).Append(with is null ? start : LevelOf(with.Key)).Max();
        var loop = _scope.Loop(level, space, () => new LoopStep(level, space, row, column));
        return (loop, Joined(loop, inputs, lowered));
    }

    /// <summary>An expression over operands of a loop, those operands, and the loop's points.</summary>
    private (IReadOnlyList<(LoopInput Input, Leaf Place)> Inputs, Expression Lowered, LoopSpace Space) LowerPoint(
        Expression body, Index row, Index column, Support? support, bool isDouble)
    {
        var pattern = support?.Name;
        if (pattern is not null)
        {
            _patterns[pattern] = pattern;

            // Also where nothing but the pattern of derived data is asked for.
            foreach (var derived in body.SelfAndDescendants().OfType<Leaf>().Where(l => l.Tensor is { IsIndicator: true, Initializer: not null }))
            {
                StorageOf(derived.Tensor);
            }
        }

        var (inputs, lowered) = LowerBody(body, row, column, support, isDouble);
        return (inputs, lowered, new LoopSpace(
            ReferenceEquals(row, NoIndex) ? null : row.Dimension, ReferenceEquals(column, NoIndex) ? null : column.Dimension, pattern, isDouble));
    }

    /// <summary>The expression over the operands of a loop, which it is given if it lacks them.</summary>
    private static Expression Joined(LoopStep loop, IReadOnlyList<(LoopInput Input, Leaf Place)> inputs, Expression lowered)
    {
        var names = new NameScope(loop.Inputs.Select(i => i.Name));
        var places = new Dictionary<string, Leaf>(StringComparer.Ordinal);
        foreach (var (input, place) in inputs)
        {
            var known = loop.Inputs.Find(i => i.Key == input.Key);
            if (known is null)
            {
                known = input with { Name = names.Take(input.Name) };
                loop.Inputs.Add(known);
            }

            places[place.Tensor.Name] = new Leaf(place.Tensor with { Name = known.Name }, []);
        }

        return lowered.Relabel(leaf => places[leaf.Tensor.Name], loop.Relabelled);
    }

    /// <summary>
    /// Whether hyperparameters and data fix it, and it is computed anew with each evaluation. What factors do then waits for none of it:
    /// Σ_Ω w_j^a x² is of one pass with other sums over these entries.
    /// </summary>
    private bool IsOfNumbers(Expression body) => !ReferenceEquals(_scope, _construction)
        && !body.Has(TensorRole.Factor) && !body.Has(TensorRole.Frozen) && !body.Has(TensorRole.Direction) && !body.Has(TensorRole.Computed);

    private int LevelOf(LoopInput input, int start) => new[]
    {
        input.Storage is { } s ? _scope.LevelOf(s.Key, start) : start,
        input.Right is { } r ? _scope.LevelOf(r.Key, start) : start,
        input.Scalar is { } value ? LevelOf(value, start) : start,
    }.Max();

    /// <summary>
    /// The expression with each operand of the loop in it replaced by a leaf, and those operands. Functions of a row or a column alone are
    /// operands, evaluated once for each and not at each of its points, unless nothing may be kept.
    /// </summary>
    private (IReadOnlyList<(LoopInput Input, Leaf Place)> Inputs, Expression Lowered) LowerBody(
        Expression body, Index row, Index column, Support? support, bool isDouble, bool keepsRows = true)
    {
        keepsRows &= !ReferenceEquals(row, NoIndex) && !ReferenceEquals(column, NoIndex);
        var points = _scope.Points(row, column, support, isDouble);
        Expression Operand(LoopInput input, bool isOverNorm = false) => points.Place(input, isOverNorm);
        Expression Lower(Expression e) => points.Known.TryGetValue(e, out var lowered) ? lowered : points.Known[e] = LowerNode(e);

        Expression LowerNode(Expression e) => e switch
        {
            Constant => e,
            Leaf { Tensor: { IsIndicator: true, Pattern: { } pattern } } leaf when support?.Patterns.Contains(pattern) == true && leaf.Indices[0] == row => Build.One,
            { Free.Count: 0 } => Operand(new(ScalarName(e), LoopInputKind.Scalar, null, null, LowerScalar(e))),
            Apply { Free.Count: 1 } when keepsRows || VectorOf(e) is not null => Operand(ArrayInput(e, row, column, isDouble), IsOverNorm(e)),
            Product { Summed.Count: 0 } product => StructuralZeros.IndicatorsOf(product, support).Aggregate(
                LowerFactors(product, Lower),
                (value, indicator) => Build.Apply(ElementwiseFunction.IfLess, [Build.Zero, Lower(indicator), value, Build.Zero])),
            Leaf or Product or Extreme or Inverse => Operand(InputOf(e, row, column, support, isDouble)),
            _ => e.WithOperands(Lower),
        };
        var result = Lower(body);
        return (points.InputsOf(result), result);
    }

    /// <summary>
    /// The numbers of a product are multiplied once, outside the loop. Of several reciprocals of norms one stays inside: x / n / n is finite where 1 / n² is not,
    /// and x (a / n + b / n) / n where (a / n + b / n) / n is not.
    /// </summary>
    private static Expression LowerFactors(Product product, Func<Expression, Expression> lower)
    {
        var numbers = product.Operands.Where(o => o.Free.Count == 0).SelectMany(ReciprocalsOfNorms).ToList();
        var last = numbers.FindLastIndex(IsOverNorm);
        var isApart = last >= 0 && (numbers.Count(IsOverNorm) > 1 || numbers.Exists(n => n is Addition && n.SelfAndDescendants().SelectMany(ReciprocalsOfNorms).Any(IsOverNorm)));
        var apart = numbers.Where((_, place) => !isApart || place != last).ToList();
        return Build.Multiply(Factors());

        // One after the other: nothing is lowered after a zero.
        IEnumerable<Expression> Factors()
        {
            yield return apart.Count == 0 ? Build.Number(product.Coefficient) : lower(Build.Multiply([Build.Number(product.Coefficient), .. apart]));
            foreach (var operand in product.Operands)
            {
                if (operand.Free.Count > 0)
                {
                    yield return lower(operand);
                }
            }

            if (isApart)
            {
                yield return lower(numbers[last]);
            }
        }
    }

    /// <summary>A power of the reciprocal of a norm as that again and again.</summary>
    private static IEnumerable<Expression> ReciprocalsOfNorms(Expression number) => number switch
    {
        Power { Exponent: > 1, Base: var over } power when IsOverNorm(over) => Enumerable.Repeat(over, power.Exponent),
        Power { Exponent: < -1, Base: var norm } power when IsNorm(norm) => Enumerable.Repeat(Build.Power(norm, -1), -power.Exponent),
        _ => [number],
    };

    private static bool IsOverNorm(Expression number) => number switch
    {
        Apply { Operands: [var root] } apply => ReferenceEquals(apply.Function, ElementwiseFunction.ReciprocalOrZero) && IsNorm(root),
        Power { Exponent: -1, Base: var root } => IsNorm(root),
        _ => false,
    };

    /// <summary>Whether it is a norm, or the root of its square and more.</summary>
    private static bool IsNorm(Expression root) => root is Apply { Function: var function }
        && (ReferenceEquals(function, ElementwiseFunction.Norm)
            || function is { DeclaringType: ElementwiseFunction.Library, Name: "Hypot" or "SmoothAbs" or "WeightedSmoothAbs" });

    private static string ScalarName(Expression scalar) => scalar is Leaf leaf ? (leaf.Tensor.Role == TensorRole.Direction ? "v" : "") + leaf.Tensor.Name : "scale";

    private LoopInput InputOf(Expression expression, Index row, Index column, Support? support, bool isDouble)
    {
        if (expression.Free.Contains(row) && expression.Free.Contains(column) && !row.Dimension.IsLatent && !column.Dimension.IsLatent)
        {
            return expression switch
            {
                Leaf leaf => PairLeaf(leaf, row, support),
                Product product when ProductOfData(product, row, column) is { } data => PairLeaf(data, row, support),
                Product product when DataProduct.SparseAndDense(product, row, column) is { } data => DataProductInput(data.Left, data.Right, support),
                Inverse when support is null => ArrayInput(expression, row, column, isDouble),
                Product product when DotInput(product, row, column, HasRows) is { } dot => dot,
                Product when support is null && MayBeKept(expression) => ArrayInput(expression, row, column, isDouble),
                Product product when DotInput(product, row, column, o => HasRows(o) || (o.Support is null && MayBeKept(o))) is { } dot => dot,
                _ => throw Unsupported(expression),
            };
        }

        return ArrayInput(expression, row, column, isDouble);
    }

    private LoopInput ArrayInput(Expression expression, Index row, Index column, bool isDouble)
    {

        var array = LowerArray(expression);
        if (array.Indices.Count > 1 && array.Indices[0] != row)
        {
            array = Transposed(array);
        }

        array = isDouble ? Widened(array) : array;

        // In a loop over a vector (no columns) its elements are the entries.
        var kind = array.Indices.Count > 1 || ReferenceEquals(column, NoIndex) ? LoopInputKind.Entry
            : array.Indices[0] == row ? LoopInputKind.Row
            : LoopInputKind.Column;
        return new(array.Storage.Label, kind, array.Storage, null, null);
    }

    /// <summary>An element of a matrix with a row and a column of the pair: stored on the loop's pattern where the loop has one.</summary>
    private LoopInput PairLeaf(Leaf leaf, Index row, Support? support)
    {
        if (leaf.Tensor.Pattern is { } pattern)
        {
            return SparsePair(leaf, pattern, leaf.Indices[0] != row, support);
        }

        var storage = StorageOf(leaf.Tensor);
        if (support is not null && storage.Kind is (StorageKind.Factor or StorageKind.Direction))
        {
            throw Unsupported(leaf);
        }

        var oriented = leaf.Indices[0] == row || leaf.Tensor.IsIdentity ? storage : Transposed(new(storage, leaf.Indices)).Storage;
        storage = support is null
            ? oriented
            : Derived($"{oriented.Name} on {support.Name}", oriented.Dimensions, support.Name, new SampledData(oriented.Name, support.Name));
        return new(leaf.Tensor.Name, LoopInputKind.Entry, storage, null, null);
    }

    private LoopInput SparsePair(Leaf leaf, string pattern, bool isTransposed, Support? support)
    {
        if (support is not null)
        {
            var aligned = support.Name == pattern && !isTransposed ? StorageOf(leaf.Tensor) : OnPattern(leaf.Tensor.Source ?? leaf.Tensor, support.Name, isTransposed);
            return new(leaf.Tensor.Name, LoopInputKind.Entry, aligned, null, null);
        }

        var storage = StorageOf(leaf.Tensor);
        var stored = leaf.Tensor.IsIndicator
            ? Derived($"{leaf.Tensor.Name} on {pattern}", storage.Dimensions, pattern, new AlignedData(pattern, true, false, pattern))
            : storage;
        return new(leaf.Tensor.Name, isTransposed ? LoopInputKind.SparseTransposed : LoopInputKind.Sparse, stored, null, null);
    }

    /// <summary>
    /// A product of matrices of data that has no rows to take dot products of, as a sparse one has none: it is computed once by the
    /// library's eager method if it is sparse, or no larger than dense data of the loss.
    /// </summary>
    private Leaf? ProductOfData(Product product, Index row, Index column) =>
        !product.Operands.All(HasRows) && DataProduct.Of(product, row, column) is { } data && (data.Tensor.Pattern is not null || HasDenseSizes(row.Dimension, column.Dimension))
            ? data
            : null;

    /// <summary>A product of a sparse and a dense matrix, row by row of a loop over all pairs; on a pattern, computed once.</summary>
    private LoopInput DataProductInput(Leaf left, Leaf right, Support? support)
    {
        var (a, b) = (StorageOf(left.Tensor), StorageOf(right.Tensor));
        if (support is null)
        {
            return left.Tensor.Pattern is null ? new("x", LoopInputKind.DenseTimesSparse, b, a, null) : new("x", LoopInputKind.SparseTimesDense, a, b, null);
        }

        var dimensions = new EquatableArray<Dimension>([left.Indices[0].Dimension, right.Indices[1].Dimension]);
        var product = Derived($"{a.Name} {b.Name} on {support.Name}", dimensions, support.Name, new SampledProduct(a, b, support.Name));
        return new("x", LoopInputKind.Entry, product, null, null);
    }

    /// <summary>A product as dot products of rows; null if its operands have none.</summary>
    private LoopInput? DotInput(Product product, Index row, Index column, Func<Expression, bool> hasRows)
    {
        if (product.Summed.Count != 1 || !product.Operands.All(hasRows))
        {
            return null;
        }

        // Weights of features go to the columns: Σ_k u_ik c_k v_jk = u_i · (c ∘ v_j).
        var left = product.Operands.Where(o => o.Free.Contains(row)).ToList();
        var right = product.Operands.Except(left).ToList();
        if (left.Count == 0 || !right.Any(o => o.Free.Contains(column)))
        {
            return null;
        }

        var (a, b) = (LowerArray(Build.Multiply(left)), LowerArray(Build.Multiply(right)));
        a = a.Indices[0] == row ? a : Transposed(a);
        b = b.Indices[0] == column ? b : Transposed(b);
        return new("x", LoopInputKind.Dot, a.Storage, b.Storage, null);
    }

    /// <summary>
    /// Whether a matrix of pairs may be kept: (f(U V') X)_ip has a third entity under its sum, so each of its elements is needed whole
    /// before any other of the loss's pairs can be computed. Sparse data of its sizes says that they are too many.
    /// </summary>
    private bool MayBeKept(Expression expression) =>
        Expansion.IsWide(expression) && expression.Free.Count == 2 && !HasSparseSizes(expression.Free.First().Dimension, expression.Free.Last().Dimension);

    private bool HasSparseSizes(Dimension rows, Dimension columns) => SparseOfSizes(rows, columns) is not null;

    private Tensor? SparseOfSizes(Dimension rows, Dimension columns) => _sparse.FirstOrDefault(t =>
        (t.Dimensions[0] == rows && t.Dimensions[1] == columns) || (t.Dimensions[0] == columns && t.Dimensions[1] == rows));

    /// <summary>Whether it has, or can be given, a row to take dot products of for each entity: also dense data has, whatever its columns are.</summary>
    private static bool HasRows(Expression operand) =>
        !Expansion.IsWide(operand) || operand is Leaf { Tensor: { Pattern: null, IsIdentity: false, Role: TensorRole.Data } };

    private LossException Unsupported(Expression expression) => new(new Problem(RuleNames.NoKernel, expression.Origin, new(
        [Notation.PlainNotation.Of(expression), WayOut(expression)])));

    private string WayOut(Expression expression) => expression switch
    {
        { Free.Count: 2 } when Expansion.IsWide(expression) && SparseOfSizes(expression.Free.First().Dimension, expression.Free.Last().Dimension) is { Pattern: { } pattern } =>
            $"it would have to be kept as a dense {Sizes(expression)} matrix, for a product of matrices with as many rows and columns needs all of it, and '{pattern}', which is sparse, "
            + "says that these are too many; sum it over its rows, columns or observed entries, or multiply with vectors and matrices of a few columns first",
        _ => "split it into products of two matrices at a time, or sum over fewer indices",
    };

    private static string Sizes(Expression expression) => string.Join("×", Ordered(expression.Free).Select(i => i.Dimension));
}
