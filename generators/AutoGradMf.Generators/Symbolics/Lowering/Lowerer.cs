using System.Collections.Immutable;
using AutoGradMf.Generators.Symbolics.Analysis;
using AutoGradMf.Generators.Symbolics.Differentiation;
using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Model;
using AutoGradMf.Generators.Symbolics.Structure;
using Index = AutoGradMf.Generators.Symbolics.Expressions.Index;

namespace AutoGradMf.Generators.Symbolics.Lowering;

/// <summary>
/// Turns structured expressions into a plan: contractions into kernel calls, pointwise expressions into fused loops, what depends
/// on data alone into steps that run once, when the objective is made.
/// </summary>
internal sealed partial class Lowerer(NameScope names, Expression whole)
{
    /// <summary>The sparse data: no dense matrix of its sizes is held.</summary>
    private readonly IReadOnlyList<Tensor> _sparse = [.. whole.SelfAndDescendants().OfType<Leaf>().Select(l => l.Tensor).Where(t => t.Pattern is not null)];

    private readonly LoweringScope _construction = new();
    private readonly Dictionary<(string Name, StorageKind Kind), Storage> _storages = [];
    private readonly Dictionary<(Fingerprint, string), string> _nameOf = [];
    private readonly Dictionary<string, string> _patterns = new(StringComparer.Ordinal);
    private LoweringScope _scope = new();
    private StorageKind _temporaryKind = StorageKind.Temporary;

    /// <summary>Whether something that a loss can do without could not be lowered.</summary>
    private bool _isPartial;

    /// <summary>The plan of a value, of its gradient, and of what else is known of a loss as far as kernels compute it.</summary>
    /// <exception cref="LossException">No kernel computes the value or the gradient.</exception>
    public static Plan Lower(Expression value, IReadOnlyList<FactorGradient> gradient, Capabilities capabilities, NameScope names)
    {
        var inner = names.Inner();
        var lowerer = new Lowerer(inner, value);
        var plan = lowerer.LowerAll(value, gradient, capabilities);
        if (lowerer._isPartial)
        {
            // Anew, for what could not be lowered has left steps behind.
            return Lower(value, gradient, Computed(capabilities, plan), names) with { WithoutProduct = plan.WithoutProduct };
        }

        names.Adopt(inner);
        return plan;
    }

    private Plan LowerAll(Expression value, IReadOnlyList<FactorGradient> gradient, Capabilities capabilities)
    {
        var valueOnly = Evaluate(value, []);
        var both = Evaluate(value, gradient);
        _temporaryKind = StorageKind.ProductTemporary;
        var withoutProduct = default(Problem);
        var product = capabilities.HessianVectorProduct is { } along ? IfComputed(() => Evaluate(null, along), problem => withoutProduct = problem) : null;
        _temporaryKind = StorageKind.NewtonTemporary;
        var newton = gradient.Select((g, f) => capabilities.Blocks.ElementAtOrDefault(f) is { } terms ? IfComputed(() => LowerNewtonStep(g, terms)) : null).ToList();
        _temporaryKind = StorageKind.SplitTemporary;
        var split = capabilities.SignSplit is { } signs ? IfComputed(() => Evaluate(null, signs.Positive, signs.Negative)) : null;
        _temporaryKind = StorageKind.BoundTemporary;
        var bounds = gradient.Select((g, f) => capabilities.Bounds.ElementAtOrDefault(f) is { IsLinear: false, Bound: { } bound } known
            ? IfComputed(() => LowerBound(g.Factor, known.Row, bound))
            : null).ToList();
        var samples = capabilities.Samples is { } form ? IfComputed(() => LowerSamples(form)) : null;
        return new Plan(
            new Evaluation(_construction.Steps, null),
            Shared(valueOnly),
            Shared(both),
            product is null ? null : Shared(product),
            [.. newton.Select(n => n is null ? null : Shared(n))],
            [.. bounds.Select(b => b is null ? null : Shared(b))],
            split is null ? null : Shared(split),
            samples ?? [],
            [.. _storages.Values.Where(s => s.Kind == StorageKind.Derived)],
            [.. _storages.Values.Where(s => s.Kind is StorageKind.Temporary or StorageKind.ProductTemporary or StorageKind.NewtonTemporary
                or StorageKind.SplitTemporary or StorageKind.BoundTemporary)],
            [.. _patterns.Keys]) { WithoutProduct = withoutProduct };
    }

    /// <summary>The evaluation with its numbers computed once; equal ones of other evaluations have the same names.</summary>
    private Evaluation Shared(Evaluation evaluation) => SharedNumbers.In(evaluation, (number, wish) =>
        _nameOf.TryGetValue((number, "shared number"), out var name) ? name : _nameOf[(number, "shared number")] = names.Take(wish));

    /// <summary>Of what is known of a loss, that which a plan computes.</summary>
    private static Capabilities Computed(Capabilities known, Plan plan) => new(
        plan.HessianVectorProduct is null ? null : known.HessianVectorProduct,
        [.. known.Blocks.Select((block, f) => plan.NewtonSteps[f] is null ? null : block)],
        [.. known.Bounds.Select((bound, f) => plan.CurvatureBounds[f] is null ? null : bound)],
        plan.SignSplit is null ? null : known.SignSplit,
        plan.Samples.Count == 0 ? null : known.Samples);

    /// <summary>What a loss can do without; null where no kernel computes it, or it grows too large.</summary>
    private T? IfComputed<T>(Func<T?> lower, Action<Problem>? refuse = null)
        where T : class
    {
        using var budget = SymbolicBudget.Open();
        try
        {
            return lower();
        }
        catch (LossException exception)
        {
            _isPartial = true;
            refuse?.Invoke(exception.Problems[0]);
            return null;
        }
    }

    private Evaluation Evaluate(Expression? value, IReadOnlyList<FactorGradient> gradient, IReadOnlyList<FactorGradient>? negative = null)
    {
        _scope = new LoweringScope(_construction);
        var result = value is null ? null : LowerScalar(value);
        LossException.Collect(gradient, g => LowerGradient(g.Value, Part(g, StorageKind.Gradient)));
        LossException.Collect(negative ?? [], g => LowerGradient(g.Value, Part(g, StorageKind.NegativePart)));
        return new(_scope.Steps, result);
    }

    /// <summary>A factor's part of a gradient.</summary>
    private static Placement Part(FactorGradient gradient, StorageKind kind) => new(new(gradient.Factor.Name, kind, gradient.Factor.Dimensions), gradient.Indices);

    private void LowerGradient(Expression gradient, Placement into)
    {
        var value = WithNormsInside(JoinedSums.Join(gradient));
        if (into.Indices.Count == 0)
        {
            var number = LowerScalar(value);
            _scope.Add(new ScalarGradientStep(LevelOf(number), into.Storage, number));
            return;
        }

        if (value is Product { Summed.Count: > 0 } && value.Free.Count == into.Indices.Count
            && _scope.FindArray(value) is null)
        {
            var made = LowerArray(value, into);
            if (made.Storage == into.Storage)
            {
                return;
            }
        }

        Store(value, into, null);
    }

    /// <summary>The array that holds an expression's values, and the steps that compute it if there are none yet.</summary>
    /// <param name="expression">Thin, or of latent indices only.</param>
    /// <param name="target">Where to put it, if it is computed now.</param>
    private Placement LowerArray(Expression expression, Placement? target = null)
    {
        if (expression is Leaf leaf && leaf.Indices.Distinct().Count() == leaf.Indices.Count)
        {
            return new(StorageOf(leaf.Tensor), leaf.Indices);
        }

        if (IsFixed(expression) && !ReferenceEquals(_scope, _construction))
        {
            return InConstruction(() => LowerArray(expression));
        }

        if (_scope.FindArray(expression) is { } known)
        {
            return known;
        }

        var placement = LowerTensor(expression) ?? expression switch
        {
            Product { Summed.Count: > 0 } product => LowerContraction(product, target),
            Extreme extreme => LowerExtreme(extreme),
            Apply norm when VectorOf(norm) is { } vector => LowerRowNorms(norm, vector),
            Inverse inverse => LowerInverse(inverse),
            Leaf { Tensor.Pattern: not null } diagonal => new(SparseDiagonal(diagonal.Tensor), [diagonal.Indices[0]]),
            Leaf diagonal => LowerDiagonal(diagonal, diagonal.Indices[0], StorageOf(diagonal.Tensor)),
            _ => LowerElementwise(expression),
        };
        _scope.RememberArray(expression, placement);
        return placement;
    }

    private Placement LowerElementwise(Expression expression)
    {
        var indices = expression.Free.OrderBy(i => i.Dimension.IsLatent).ThenBy(i => i).ToList();
        if (indices.Count > 2)
        {
            throw Unsupported(expression);
        }

        var placement = new Placement(Temporary(expression, indices, "product"), indices);
        Store(expression, placement, null);
        return placement;
    }

    private Placement LowerExtreme(Extreme extreme)
    {
        if (extreme.Free.Count != 1)
        {
            throw Unsupported(extreme);
        }

        var row = extreme.Free.First();
        var placement = new Placement(Temporary(extreme, [row], "row" + extreme.Kind, isDouble: false), [row]);
        LoopOutput(extreme.Body, row, extreme.Over, null, (LoopOutputKind)Enum.Parse(typeof(LoopOutputKind), "Row" + extreme.Kind), placement.Storage, null);
        return placement;
    }

    private Placement LowerInverse(Inverse inverse)
    {
        if (inverse.Row == inverse.Column)
        {
            var whole = LowerArray(new Inverse(inverse.Body, inverse.BodyRow, inverse.BodyColumn, new Index(inverse.Row.Dimension), new Index(inverse.Row.Dimension)));
            return LowerDiagonal(inverse, inverse.Row, whole.Storage);
        }

        var body = Square(inverse.Body, inverse.BodyRow);
        var placement = new Placement(
            Temporary(inverse, [inverse.Row, inverse.Column], $"inverse{Capitalised(body)}", isDouble: true), [inverse.Row, inverse.Column]);
        var level = _scope.LevelOf(body.Storage.Key);
        _scope.Add(new ProductStep(level, ProductKernel.Inverse, body.Storage, null, placement.Storage, null, inverse));
        _scope.SetLevel(placement.Storage.Key, level);
        return placement;
    }

    /// <summary>A square matrix in double, its rows first.</summary>
    private Placement Square(Expression body, Index row)
    {
        var array = LowerArray(body);
        if (array.Indices.Count != 2)
        {
            throw Unsupported(body);
        }

        return Widened(array.Indices[0] == row ? array : Transposed(array));
    }

    /// <summary>The diagonal of an array, x_ii.</summary>
    private Placement LowerDiagonal(Expression expression, Index index, Storage array)
    {
        if (array.Pattern is not null)
        {
            throw Unsupported(expression);
        }

        var placement = new Placement(Temporary(expression, [index], $"diagonal{array.Label}", isDouble: array.IsDouble), [index]);
        var level = _scope.LevelOf(array.Key);
        _scope.Add(new ProductStep(level, ProductKernel.Diagonal, array, null, placement.Storage, null, expression));
        _scope.SetLevel(placement.Storage.Key, level);
        return placement;
    }

    /// <summary>The diagonal of sparse data, which the library takes eagerly: no array has its structural zeros.</summary>
    private Storage SparseDiagonal(Tensor tensor)
    {
        var data = tensor.Initializer ?? new ParameterNode(0, TensorKind.SparseMatrix, tensor.Pattern!);
        var sparse = tensor.IsIndicator ? new CallNode(0, TensorKind.SparseMatrix, "Observed", new([data])) : data;
        return Derived($"diagonal of {tensor.Name}", new([tensor.Dimensions[0]]), null, new EagerData(new CallNode(0, TensorKind.ColumnVector, "Diag", new([sparse]))));
    }

    /// <summary>Whether the value is fixed when the objective is made.</summary>
    private static bool IsFixed(Expression expression) =>
        !expression.Has(TensorRole.Factor) && !expression.Has(TensorRole.Frozen) && !expression.Has(TensorRole.Direction) && !expression.Has(TensorRole.Hyperparameter);

    private T InConstruction<T>(Func<T> lower)
    {
        var outer = _scope;
        _scope = _construction;
        try
        {
            return lower();
        }
        finally
        {
            _scope = outer;
        }
    }

    /// <summary>A new array for an expression's values; equal expressions of the two evaluations share one.</summary>
    private Storage Temporary(Expression expression, IReadOnlyList<Index> indices, string wish, string? pattern = null, bool? isDouble = null)
    {
        var key = (expression.Form.Skeleton, pattern ?? string.Join("×", indices.Select(i => i.Dimension)));
        if (!_nameOf.TryGetValue(key, out var name))
        {
            _nameOf[key] = name = names.Take(wish);
        }

        return Stored(new(
            name,
            TemporaryKind,
            new(indices.Select(i => i.Dimension)),
            pattern,
            isDouble ?? (pattern is null && indices.All(i => i.Dimension.IsLatent))));
    }

    private Storage StorageOf(Tensor tensor)
    {
        if (tensor.Source is { } source)
        {
            return OnPattern(source, tensor.Pattern!);
        }

        if (tensor is { IsIndicator: true, Initializer: not null, Pattern: { } pattern })
        {
            return StorageOf(tensor with { Name = pattern, IsIndicator = false });
        }

        if (tensor.Initializer is null)
        {
            var kind = tensor.Role switch
            {
                TensorRole.Factor or TensorRole.Frozen => StorageKind.Factor,
                TensorRole.Direction => StorageKind.Direction,
                _ => StorageKind.Data,
            };
            return new(tensor.Name, kind, tensor.Dimensions, tensor.Pattern);
        }

        return Derived(tensor.Name, tensor.Dimensions, tensor.Pattern, tensor.Pattern is null ? new EagerData(tensor.Initializer) : new SparseData(tensor.Initializer));
    }

    /// <summary>Sparse data on the pattern of other data: of the product of two sparse matrices, no more is made unless its own pattern is asked for.</summary>
    private Storage OnPattern(Tensor tensor, string pattern, bool isTransposed = false)
    {
        var description = $"{tensor.Name}{(isTransposed ? " transposed" : "")} on {pattern}";
        if (SparseChain.Is(tensor) && !isTransposed && !pattern.Split('∩').Contains(tensor.Pattern))
        {
            var (left, right) = SparseChain.Links(tensor);
            return Derived(description, tensor.Dimensions, pattern, new SampledProduct(StorageOf(left), StorageOf(right), pattern));
        }

        var sparse = StorageOf(tensor);
        return Derived(description, sparse.Dimensions, pattern, new AlignedData(sparse.Pattern!, tensor.IsIndicator, isTransposed, pattern));
    }

    private Storage Derived(string description, EquatableArray<Dimension> dimensions, string? pattern, DerivedData initializer)
    {
        var key = (default(Fingerprint), description);
        if (!_nameOf.TryGetValue(key, out var name))
        {
            _nameOf[key] = name = names.Take(Joined(description.Split([' ', '(', ')', ',', '.'], StringSplitOptions.RemoveEmptyEntries)));
        }

        return _storages[(name, StorageKind.Derived)] = new(name, StorageKind.Derived, dimensions, pattern, false, initializer);
    }

    /// <summary>Words as a name; a first word of one letter is the user's, who wrote it so.</summary>
    private static string Joined(string[] words) => (words[0].Length == 1 ? words[0] : char.ToLowerInvariant(words[0][0]) + words[0][1..])
        + string.Concat(words.Skip(1).Select(word => char.ToUpperInvariant(word[0]) + word[1..]));

    /// <summary>The same numbers with rows and columns exchanged.</summary>
    private Placement Transposed(Placement placement)
    {
        var indices = placement.Indices.Reverse().ToList();
        var dimensions = new EquatableArray<Dimension>(placement.Storage.Dimensions.Reverse());
        if (placement.Storage.Kind == StorageKind.Data)
        {
            return new(Derived(placement.Storage.Name + " transposed", dimensions, null, new TransposedData(placement.Storage.Name)), indices);
        }

        if (placement.Storage.Initializer is EagerData { Expression: CallNode { Function: "Identity" } })
        {
            return new(placement.Storage, indices);
        }

        if (placement.Storage.Initializer is EagerData { Expression: { Kind: TensorKind.Matrix } eager })
        {
            var transposed = new CallNode(0, TensorKind.Matrix, Operators.Transpose, new([eager]));
            return new(Derived(placement.Storage.Name + " transposed", dimensions, null, new EagerData(transposed)), indices);
        }

        return new(Copy(placement, ProductKernel.Transpose, "Transposed", dimensions, placement.Storage.IsDouble), indices);
    }

    /// <summary>The same numbers in another form, made once in a scope; of data, once for all.</summary>
    private Storage Copy(Placement placement, ProductKernel kernel, string suffix, EquatableArray<Dimension> dimensions, bool isDouble)
    {
        if (placement.Storage.Kind is StorageKind.Data or StorageKind.Derived && !ReferenceEquals(_scope, _construction))
        {
            return InConstruction(() => Copy(placement, kernel, suffix, dimensions, isDouble));
        }

        var key = (default(Fingerprint), $"{placement.Storage.Key} {kernel}");
        if (!_nameOf.TryGetValue(key, out var name))
        {
            _nameOf[key] = name = names.Take(placement.Storage.Label + suffix);
        }

        var storage = Stored(new(name, TemporaryKind, dimensions, null, isDouble));
        if (!_scope.Knows(storage.Key))
        {
            var level = _scope.LevelOf(placement.Storage.Key);
            _scope.Add(new ProductStep(level, kernel, placement.Storage, null, storage, null, Value(placement)));
            _scope.SetLevel(storage.Key, level);
        }

        return storage;
    }

    /// <summary>Where an array that is made now is kept.</summary>
    private StorageKind TemporaryKind => ReferenceEquals(_scope, _construction) ? StorageKind.Derived : _temporaryKind;

    /// <summary>An array for the workspace; one that the gradient has is shared with it.</summary>
    private Storage Stored(Storage storage) =>
        _storages.TryGetValue((storage.Name, StorageKind.Temporary), out var shared) ? shared : _storages[(storage.Name, storage.Kind)] = storage;

    private static Leaf Value(Placement placement) =>
        new(new Tensor(placement.Storage.Name, TensorRole.Computed, placement.Storage.Dimensions), placement.Indices);
}
