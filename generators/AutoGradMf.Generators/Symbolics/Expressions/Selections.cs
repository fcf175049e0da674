namespace AutoGradMf.Generators.Symbolics.Expressions;

/// <summary>How sums and products go into selections, if(a &lt; b, yes, no), so that what is not selected never matters.</summary>
internal static class Selections
{
    /// <summary>
    /// A selection that is zero somewhere takes its factors inside, if(c, a, 0) · x = if(c, a x, 0): what is not selected may then be
    /// infinite or NaN. Sparse factors stay outside, since they say where the product is stored; so does what has more indices, if it is finite, or
    /// is contracted with what the selection is multiplied with: a sum, or what makes it three indices, which are no pair to evaluate at. Of several
    /// that would make it three together, the later ones stay outside, in a selection of their own.
    /// </summary>
    public static List<Expression> Absorbed(List<Expression> operands)
    {
        if (operands.Count == 1)
        {
            return operands;
        }

        var masked = operands.Find(o => o is Apply { Masked: not null });
        return (masked ?? operands.Find(IsSumOfMasked)) is { } taking ? Absorbed(operands, masked, taking) : operands;
    }

    /// <summary>
    /// The operands without [0 &lt; x] beside max(x, 0), which is zero where that is: the slope of a squared hinge is twice the hinge, and has no jump.
    /// Not where another factor, be it the slope of x itself, may be infinite, which [0 &lt; x] keeps from it: max(x, 0) makes 0 · ∞ of that.
    /// </summary>
    public static List<Expression> WithoutMasksOfPositiveParts(List<Expression> operands) =>
        operands.Count > 1 && operands.Exists(o => MaskedByPositive(o) is { } x && IsOfLowDegree(x)) && operands.TrueForAll(IsBoundedOrPositivePart)
            ? operands.FindAll(o => MaskedByPositive(o) is not { } x || !IsOfLowDegree(x) || !operands.Exists(other => PositivePartIn(other)?.Equals(x) == true))
            : operands;

    private static bool IsBoundedOrPositivePart(Expression operand) => PositivePartIn(operand) is not null || MaskedByPositive(operand) is not null || !MayBeInfinite(operand);

    /// <summary>Whether its slope in a factor is no more than numbers times another factor: powers, and products of three, overflow with what they are of.</summary>
    private static bool IsOfLowDegree(Expression x) => x.SelfAndDescendants().All(e =>
        !e.DependsOnFactors() || e is Leaf or Addition || (e is Product product && product.Operands.Count(Substitution.DependsOnFactors) <= 2));

    /// <summary>What is positive where a selection is 1, and not where it is 0; null of others.</summary>
    private static Expression? MaskedByPositive(Expression operand) =>
        operand is Apply { Function: { IsSelection: true, Name: nameof(ElementwiseFunction.IfLess) } } selection
            && selection.Operands is [Constant { Value: 0 }, var x, Constant { Value: 1 }, Constant { Value: 0 }] ? x : null;

    /// <summary>What an operand is the positive part of, or a power of that; null if it is none.</summary>
    private static Expression? PositivePartIn(Expression operand) => operand switch
    {
        Power { Exponent: > 0 } power => PositivePartIn(power.Base),
        Apply { Function: { Name: "Relu", DeclaringType: ElementwiseFunction.Library }, Operands: [var x] } => x,
        Apply { Function: { Name: "Max", DeclaringType: ElementwiseFunction.Library }, Operands: [var x, Constant { Value: 0 }] } => x,
        Apply { Function: { Name: "Max", DeclaringType: ElementwiseFunction.Library }, Operands: [Constant { Value: 0 }, var x] } => x,
        _ => null,
    };

    private static List<Expression> Absorbed(List<Expression> operands, Expression? masked, Expression taking)
    {
        var (absorbed, apart, others) = Divided(operands.Where(o => !ReferenceEquals(o, taking)), taking);
        return absorbed.Count == 0 || (masked is null && !absorbed.Exists(MayBeInfinite)) ? operands
            : masked is Apply { Masked: { } one } ? [.. others, .. apart.Select(one.Hide), one.Take(absorbed)]
            : [.. others, .. apart, Build.Add(taking.Operands.Select(term => Build.Multiply([term, .. absorbed])))];
    }

    /// <summary>What a selection takes inside; what it would, but for the indices of the others that it takes; and what it does not.</summary>
    private static (List<Expression> Absorbed, List<Expression> Apart, List<Expression> Others) Divided(
        IEnumerable<Expression> factors, Expression taking)
    {
        var (absorbed, apart, others) = (new List<Expression>(), new List<Expression>(), new List<Expression>());
        var indices = taking.Free;
        foreach (var factor in factors)
        {
            var goesInside = factor.Free.IsSubsetOf(taking.Free)
                ? !IsSparseData(factor)
                : factor.Support is null && IsPointwise(factor) && MayBeInfinite(factor) && taking.Free.Union(factor.Free).Count <= 2;
            var isOfTwo = factor.Free.IsSubsetOf(indices) || indices.Union(factor.Free).Count <= 2;
            (goesInside ? isOfTwo ? absorbed : apart : others).Add(factor);
            indices = goesInside && isOfTwo ? indices.Union(factor.Free) : indices;
        }

        return (absorbed, apart, others);
    }

    private static bool IsSumOfMasked(Expression operand) => operand is Addition && Array.TrueForAll(operand.Operands, term => Masked.Of(term) is not null);

    /// <summary>A power or a sum of sparse data says where a product is stored as the data themselves do.</summary>
    private static bool IsSparseData(Expression factor) => factor.Support is not null && !factor.DependsOnFactors() && !MayBeInfinite(factor);

    private static bool IsPointwise(Expression factor) => factor is not Product { Summed.Count: > 0 };

    /// <summary>Whether it has a function or a quotient in it: what has none is finite, as all that it is made of.</summary>
    private static bool MayBeInfinite(Expression factor) => factor.SelfAndDescendants().Any(e => e is Apply or Power { Exponent: < 0 });

    /// <summary>Selections by one condition, with the same factors, are one: if(c, a, b) + if(c, d, e) = if(c, a + d, b + e).</summary>
    public static List<Expression> Merged(List<Expression> terms)
    {
        if (!terms.Exists(HasSelection))
        {
            return terms;
        }

        var merged = new List<Expression>();
        foreach (var group in terms.GroupBy(ConditionOf))
        {
            var selections = group.Select(Split).ToList();
            merged.AddRange(group.Key is null || selections.Count == 1
                ? group
                : [Build.Multiply([.. selections[0].Others, Select(selections[0].Selection, Enumerable.Range(2, 2).Select(branch =>
                    Build.Add(selections.Select(s => Build.Multiply(Build.Number(s.Coefficient), s.Selection.Operands[branch])))))])]);
        }

        return merged;
    }

    /// <summary>
    /// The selection, in whose branches its own condition is decided: if(c, a if(c, b, d), e) = if(c, a b, e). Only terms of a branch and their factors
    /// are looked at, which is where derivatives leave them.
    /// </summary>
    public static Expression Select(ElementwiseFunction function, Expression[] arguments)
    {
        var (yes, no) = (Decided(arguments[2], 2), Decided(arguments[3], 3));
        return yes.Equals(no) ? yes : new Apply(function, [arguments[0], arguments[1], yes, no]);

        Expression Decided(Expression branch, int place) => branch switch
        {
            Apply selection when IsDecided(selection) => selection.Operands[place],
            Product { Summed.Count: 0 } product when Array.Exists(product.Operands, IsDecided) =>
                Build.Multiply(product.Operands.Select(o => IsDecided(o) ? o.Operands[place] : o).Prepend(Build.Number(product.Coefficient))),
            Addition sum when Array.Exists(sum.Operands, term => Array.Exists(Operands(term), IsDecided)) => Build.Add(sum.Operands.Select(term => Decided(term, place))),
            _ => branch,
        };

        bool IsDecided(Expression e) => e is Apply { Function.IsSelection: true } selection && selection.Function.Name == function.Name
            && selection.Operands[0].Equals(arguments[0]) && selection.Operands[1].Equals(arguments[1]);
    }

    private static Apply Select(Apply selection, IEnumerable<Expression> branches) => new(selection.Function, [.. selection.Operands.Take(2), .. branches]);

    /// <summary>Equal for terms that can be merged; null for one that is no selection.</summary>
    private static Fingerprint? ConditionOf(Expression term)
    {
        if (Operands(term).Count(IsSelection) != 1)
        {
            return null;
        }

        var (_, others, selection) = Split(term);
        return Fingerprint.Of(selection.Function.Name).With(selection.Operands[0].Key).With(selection.Operands[1].Key).With(Build.Multiply(others).Key);
    }

    private static (double Coefficient, Expression[] Others, Apply Selection) Split(Expression term)
    {
        var selection = Operands(term).OfType<Apply>().FirstOrDefault(a => a.Function.IsSelection);
        return (Build.SplitCoefficient(term).Coefficient, [.. Operands(term).Where(o => !ReferenceEquals(o, selection))], selection!);
    }

    private static bool HasSelection(Expression term)
    {
        if (term is not Product { Summed.Count: 0 } product)
        {
            return IsSelection(term);
        }

        for (var p = 0; p < product.Operands.Length; p++)
        {
            if (IsSelection(product.Operands[p]))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsSelection(Expression operand) => operand is Apply { Function.IsSelection: true };

    private static Expression[] Operands(Expression term) => term is Product { Summed.Count: 0 } product ? product.Operands : [term];
}
