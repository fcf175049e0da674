using AutoGradMf.Generators.Symbolics.Analysis.Reals;
using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Structure;
using AutoGradMf.Generators.Symbolics.Translation.Language;
using Index = AutoGradMf.Generators.Symbolics.Expressions.Index;

namespace AutoGradMf.Generators.Symbolics.Analysis;

/// <summary>
/// Bounds of a second derivative that are free of the factor. Of what stands beside the features, the size; of matrices and vectors over
/// them, a norm: |w| ‖v‖² of w v v', and Frobenius' of a sum of v v', which is nearer than the sum of its squares.
/// </summary>
/// <param name="indices">Of the factor.</param>
/// <param name="places">What stands for them in the second derivative.</param>
/// <param name="sizes">What bounds functions of single numbers; null to look only at what functions declare.</param>
internal sealed class Majorant(IReadOnlyList<Index> indices, IReadOnlyList<Index> places, SizeBounds? sizes)
{
    private readonly Index? _column = indices.Count > 1 ? indices[1] : null;
    private readonly Index? _other = places.Count > 1 ? places[1] : null;

    private readonly List<Condition> _conditions = [];

    /// <summary>What the bound holds under.</summary>
    public IReadOnlyList<Condition> Conditions => _conditions;

    /// <summary>The first part that no bound is known of.</summary>
    public Expression? Obstacle { get; private set; }

    /// <summary>A bound of the spectral norm over both columns, for all other indices.</summary>
    public Expression Norm(Expression expression) => expression switch
    {
        _ when _column is null => Size(expression),
        _ when !HasColumns(expression) => Build.Multiply(Size(expression), OfOnes),
        _ when IsSquare(expression) && !expression.DependsOnFactors() => Frobenius(expression),
        Addition sum => Build.Add(sum.Operands.Select(Norm)),
        Product product => OfProduct(product.Coefficient, product.Operands, product.Summed),
        _ => OfProduct(1, [expression], []),
    };

    /// <summary>Whether it is one of the vectors and matrices that a function of the factor multiplies.</summary>
    public bool IsBesideFunctions(Expression e) => !e.DependsOnFactors() && (HasColumns(e) || e is Leaf { Tensor: { IsIndicator: true } or { IsIdentity: true } }
        || (_column is null && places.Count > 0 && HasRows(e)));

    /// <summary>k, the norm of 1 1'.</summary>
    private Expression OfOnes => Build.Contract([Build.One], [_other!]);

    /// <summary>Whether it makes no polynomial of a polynomial.</summary>
    public static bool IsFunction(Expression expression) =>
        expression is Apply or Extreme or Inverse or LogDeterminant or Power { Exponent: < 0 } && !SquaredNorms.ArePositivePart(expression);

    private bool HasColumns(Expression e) => _column is not null && (e.Free.Contains(_column) || e.Free.Contains(_other!));

    private bool HasRows(Expression e) => e.Free.Contains(indices[0]) || e.Free.Contains(places[0]);

    private bool IsOverBoth(Expression e) => e.Free.Contains(_column!) && e.Free.Contains(_other!);

    private bool IsSquare(Expression e) => e.Free.Count == 2 && IsOverBoth(e) && !IsIdentity(e);

    private bool IsIdentity(Expression e) => e is Leaf { Tensor.IsIdentity: true } && IsOverBoth(e);

    /// <summary>Whether a sum is bounded by its parts: it has a row, or is over both columns and no square of data and other factors.</summary>
    private bool IsOpened(Expression e) => HasColumns(e) && (HasRows(e) || (IsOverBoth(e) && (!IsSquare(e) || e.DependsOnFactors())));

    private Expression OfProduct(double coefficient, IReadOnlyList<Expression> operands, IndexSet summed)
    {
        (operands, summed) = LatentSums.Inward(operands, summed, _column!, _other!, IsOpened);
        if (operands.OfType<Apply>().FirstOrDefault(a => a.Function.IsSelection && HasColumns(a)) is { } selection)
        {
            return OfSelectedColumns(coefficient, selection, [.. operands.Where(o => !ReferenceEquals(o, selection))], summed);
        }

        var scale = Build.Number(Math.Abs(coefficient));
        if (operands.FirstOrDefault(IsIdentity) is { } identity)
        {
            var diagonal = Size(Build.Contract(operands.Where(o => !ReferenceEquals(o, identity)).Select(o => o.Rename(_other!, _column!)), summed));
            return Build.Multiply(scale, diagonal.Free.Contains(_column!) ? Build.Contract([diagonal], [_column!]) : diagonal);
        }

        if (operands.OfType<Addition>().FirstOrDefault(a => HasColumns(a) && HasRows(a)) is { } mixed)
        {
            return Build.Add(mixed.Operands.Select(term =>
                Norm(Build.Multiply(Build.Number(coefficient), Build.Contract(operands.Select(o => ReferenceEquals(o, mixed) ? term : o), summed)))));
        }

        var size = SizeOfAll([.. operands.Where(o => !HasColumns(o))]);
        var squares = operands.Where(IsOverBoth).ToList();
        var left = Build.Multiply(operands.Where(o => HasColumns(o) && !o.Free.Contains(_other!)));
        var right = Build.Multiply(operands.Where(o => HasColumns(o) && !o.Free.Contains(_column!)));
        if (squares.Count == 0 && left.Rename(_column!, _other!).Equals(right) && !size.Free.Overlaps(summed) && left.Free.Remove(_column!).IsSubsetOf(summed))
        {
            return Build.Multiply(scale, size, Frobenius(Build.Contract([left, right], summed)));
        }

        return Build.Multiply(scale, Build.Contract([size, squares.Count == 0 ? OfVectors(left, right) : OfScales(left, right), .. squares.Select(OfSquare)], summed));
    }

    /// <summary>
    /// A selection of vectors and matrices by parts: the numbers that they are multiplied with stay within it, for these may have no bound but where they are
    /// selected.
    /// </summary>
    private Expression OfSelectedColumns(double coefficient, Apply selection, IReadOnlyList<Expression> others, IndexSet summed)
    {
        var branches = Enumerable.Range(2, 2).SelectMany(branch => TermsOf(selection.Operands[branch]).Select(term => (branch, term.Numbers, term.Columns, term.Summed))).ToList();
        return Build.Add(branches.GroupBy(b => (Build.Multiply(b.Columns).Key, b.Summed.Count)).Select(like =>
        {
            Expression Numbers(int branch) => Build.Add(like.Where(b => b.branch == branch).Select(b => b.Numbers));
            var numbers = Build.Apply(selection.Function, [selection.Operands[0], selection.Operands[1], Numbers(2), Numbers(3)]);
            return OfProduct(coefficient, [numbers, .. like.First().Columns, .. others], summed.Union(like.First().Summed));
        }));
    }

    /// <summary>The terms of a sum, what has columns apart from what has none.</summary>
    private IEnumerable<(Expression Numbers, IReadOnlyList<Expression> Columns, IndexSet Summed)> TermsOf(Expression sum)
    {
        foreach (var term in sum is Addition ? sum.Operands : [sum])
        {
            var (coefficient, operands, inner) = term is Product product ? (product.Coefficient, product.Operands, product.Summed) : (1, [term], []);
            var byColumns = operands.ToLookup(o => HasColumns(o) || inner.Count > 0);
            if (term is not Constant { Value: 0 })
            {
                yield return (Build.Multiply([Build.Number(coefficient), .. byColumns[false]]), [.. byColumns[true]], inner);
            }
        }
    }

    private Expression OfSquare(Expression square) => square is Product or Addition || !square.DependsOnFactors() ? Norm(square) : Fail(square);

    /// <summary>‖x‖² of x x', and (‖x‖² + ‖y‖²) / 2 of x y'; ‖x‖ √k of x 1', and k of 1 1'.</summary>
    private Expression OfVectors(Expression left, Expression right)
    {
        if ((left.DependsOnFactors() ? left : right.DependsOnFactors() ? right : null) is { } unknown)
        {
            return Fail(unknown);
        }

        var ofLeft = left.Rename(_column!, _other!);
        return (HasColumns(left), HasColumns(right)) switch
        {
            (false, false) => OfOnes,
            (true, true) when ofLeft.Equals(right) => SquaredNorm(right),
            (true, true) => Build.Multiply(Build.Number(0.5), Build.Add(SquaredNorm(ofLeft), SquaredNorm(right))),
            _ => Frobenius(Build.Multiply(left, right)),
        };
    }

    /// <summary>What diag(x) S diag(y) is at most, as a multiple of S.</summary>
    private Expression OfScales(Expression left, Expression right)
    {
        Expression Largest(Expression scales) => scales.DependsOnFactors() ? Fail(scales)
            : HasColumns(scales) ? Build.Contract([Size(scales.Rename(_column!, _other!))], [_other!])
            : Build.One;
        return Build.Multiply(Largest(left), Largest(right));
    }

    private Expression SquaredNorm(Expression vector) => Build.Contract([Build.Power(vector, 2)], [_other!]);

    private Expression Frobenius(Expression square) =>
        Build.Apply(ElementwiseFunction.Norm, [Build.Contract([Build.Power(square, 2)], [_column!, _other!])]);

    /// <summary>A bound of |x|, wherever the factor is.</summary>
    private Expression Size(Expression expression) => expression switch
    {
        Constant constant => Build.Number(Math.Abs(constant.Value)),
        Leaf leaf => OfLeaf(leaf),
        Product product => Build.Multiply(Build.Number(Math.Abs(product.Coefficient)), Build.Contract([SizeOfAll(product.Operands)], product.Summed)),
        Apply { Function: var function } apply when apply.DependsOnFactors() && function.Bound?.Invoke(0, apply.Operands) is { } bound && !bound.DependsOnFactors() => Size(bound),
        _ when expression.DependsOnFactors() && OfReals(expression) is var (bound, conditions) => OfTermsBelow(bound, expression) ?? Where(conditions, bound),
        Addition sum => Build.Add(sum.Operands.Select(Size)),
        Power { Exponent: > 0 } power => OfPower(power),
        Apply { Function.IsSelection: true } selection => OfSelection(selection),
        _ when !expression.DependsOnFactors() => Absolute(expression),
        _ => Fail(expression),
    };

    /// <summary>The bound of a sum by those of its terms, which need no conditions, where it is a smaller number, as it is of two that are greatest in one place; else null.</summary>
    private Expression? OfTermsBelow(Expression bound, Expression expression)
    {
        if (bound is not Constant { Value: var together } || expression is not Addition sum)
        {
            return null;
        }

        var terms = new Majorant(indices, places, null);
        var ofTerms = Build.Add(sum.Operands.Select(terms.Size));
        return terms.Obstacle is null && ofTerms is Constant { Value: var apart } && apart < together ? ofTerms : null;
    }

    /// <summary>A bound of the size of a product: of what changes with the factor together, where one is known, for what grows there may vanish with the rest.</summary>
    private Expression SizeOfAll(IReadOnlyCollection<Expression> operands)
    {
        var (changing, others) = (operands.Where(Substitution.DependsOnFactors).ToList(), operands.Where(o => !o.DependsOnFactors()).ToList());
        var tensors = new HashSet<Tensor>(changing.SelectMany(Tensors));
        var scales = others.Where(o => o.Free.Count == 0 && Tensors(o).Any(tensors.Contains)).ToList();
        var together = changing.Count + scales.Count > 1 && changing.Count > 0 ? OfReals(Build.Multiply([.. changing, .. scales])) : null;
        return together is not var (bound, conditions) ? Build.Multiply(operands.Select(Size))
            : Build.Multiply([Where(conditions, bound), .. others.Where(o => !scales.Contains(o)).Select(Size)]);
    }

    /// <summary>A bound of the size of a function of one number, whatever that is, and where it is one; null if none is known.</summary>
    private (Expression Bound, IReadOnlyList<Condition> Conditions)? OfReals(Expression function) => sizes?.Of(function, Size);

    /// <summary>A bound that is taken, and what it holds under: of numbers for the whole, of data where they are.</summary>
    private Expression Where(IReadOnlyList<Condition> conditions, Expression bound)
    {
        _conditions.AddRange(conditions.Where(c => c.Parameter.Free.Count == 0));
        return Condition.Where(conditions.Where(c => c.Parameter.Free.Count > 0), bound);
    }

    private static IEnumerable<Tensor> Tensors(Expression expression) => expression.SelfAndDescendants().OfType<Leaf>().Select(leaf => leaf.Tensor);

    private Expression OfLeaf(Leaf leaf) => leaf.DependsOnFactors() ? Fail(leaf) : leaf.Tensor switch
    {
        { IsIndicator: true } or { Source.IsIndicator: true } or { IsIdentity: true } or { IsOneHot: true } or { Role: TensorRole.Size } => leaf,
        { Pattern: not null } => Build.Multiply(Observed.Indicator(leaf), Absolute(leaf)),
        _ => Absolute(leaf),
    };

    private Expression OfPower(Power power) =>
        power.Exponent % 2 == 0 && !power.DependsOnFactors() ? power : Build.Power(Size(power.Base), power.Exponent);

    private Expression OfSelection(Apply selection)
    {
        var (yes, no) = (Size(selection.Operands[2]), Size(selection.Operands[3]));
        return !selection.DependsOnFactors() ? Build.Apply(selection.Function, [selection.Operands[0], selection.Operands[1], yes, no])
            : (yes, no) is (Constant a, Constant b) ? Build.Number(Math.Max(a.Value, b.Value))
            : yes is Constant { Value: 0 } || no is Constant { Value: 0 } ? Build.Add(yes, no)
            : Build.Apply(ElementwiseFunction.IfLess, [yes, no, no, yes]);
    }

    /// <summary>|x| of what does not change with the factor.</summary>
    private static Expression Absolute(Expression expression) =>
        expression is Power { Exponent: var exponent } power && exponent % 2 != 0 ? Build.Power(Absolute(power.Base), exponent)
        : expression is Power || (expression is Apply { Function: var function } && function.Signs.Any(s => s is { Parameter: null, IsNegative: false, Given.Count: 0 })) ? expression
        : Build.Apply(ElementwiseFunction.Abs, [expression]);

    private Expression Fail(Expression part)
    {
        Obstacle ??= part.SelfAndDescendants().LastOrDefault(e => e.DependsOnFactors() && IsFunction(e)) ?? part;
        return Build.Zero;
    }
}
