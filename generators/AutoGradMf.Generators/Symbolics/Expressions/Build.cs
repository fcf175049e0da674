using System.Collections.Immutable;

namespace AutoGradMf.Generators.Symbolics.Expressions;

/// <summary>
/// Makes expressions in canonical form: nested sums and products are flat, constants are folded, like terms and like operands
/// collected, sums are drawn in to what they run over, and independent sums are separated.
/// </summary>
internal static partial class Build
{
    /// <summary>
    /// From as many operands on, a product stays one operand of what it is multiplied with. The derivative of f(g(h(…))) is one factor
    /// longer at each function: so all of them together are as long as the chain, and not as its square.
    /// </summary>
    public const int LongProduct = 8;

    /// <summary>So few are compared with each other, which takes no memory.</summary>
    private const int FewTerms = 8;

    public static Expression Zero { get; } = new Constant(0);

    public static Expression One { get; } = new Constant(1);

    public static Expression Number(double value) => value == 1 ? One : new Constant(value);

    /// <summary>The size of a dimension, as a number.</summary>
    public static Expression Size(Dimension dimension) => new Leaf(new Tensor(dimension.Name, TensorRole.Size, default), []);

    /// <summary>One over the size of a dimension, which makes a sum over it a mean; 1 where it is empty.</summary>
    public static Expression OverSize(Dimension dimension) =>
        Power(new Leaf(new Tensor(dimension.Name, TensorRole.Size, default) { IsDivisor = true }, []), -1);

    public static Expression Add(params ReadOnlySpan<Expression> terms)
    {
        var all = new List<Expression>(terms.Length);
        foreach (var term in terms)
        {
            AddTerms(all, term);
        }

        return SumOf(all);
    }

    public static Expression Add(IEnumerable<Expression> terms)
    {
        var all = new List<Expression>();
        foreach (var term in terms)
        {
            AddTerms(all, term);
        }

        return SumOf(all);
    }

    /// <summary>The sum, like terms added up.</summary>
    private static Expression SumOf(List<Expression> terms)
    {
        if (terms.Count < 2)
        {
            return terms.Count == 0 ? Zero : terms[0];
        }

        var places = terms.Count > FewTerms ? new Dictionary<Fingerprint, int>(terms.Count) : null;
        var distinct = new List<(double Coefficient, Expression Multiplied, Expression Term)>(terms.Count);
        foreach (var term in terms)
        {
            var (coefficient, rest) = SplitCoefficient(term);
            if (PlaceOf(rest) is var place and >= 0)
            {
                coefficient += distinct[place].Coefficient;
                distinct[place] = (coefficient, distinct[place].Multiplied, Scaled(coefficient, distinct[place].Multiplied));
            }
            else
            {
                places?.Add(rest.Key, distinct.Count);
                distinct.Add((coefficient, rest, coefficient != 1 && rest is Product p && !IsFlattened(p) ? Scaled(coefficient, rest) : term));
            }
        }

        var sum = new List<Expression>(distinct.Count);
        foreach (var (_, _, term) in distinct)
        {
            if (term is not Constant { Value: 0 })
            {
                sum.Add(term);
            }
        }

        var kept = Selections.Merged(sum);
        return kept.Count switch { 0 => Zero, 1 => kept[0], _ => new Addition([.. kept]) };

        int PlaceOf(Expression rest)
        {
            if (places is not null)
            {
                return places.TryGetValue(rest.Key, out var place) ? place : -1;
            }

            var earlier = distinct.Count - 1;
            while (earlier >= 0 && distinct[earlier].Multiplied.Key != rest.Key)
            {
                earlier--;
            }

            return earlier;
        }
    }

    private static void AddTerms(List<Expression> terms, Expression expression)
    {
        if (expression is Addition addition)
        {
            terms.AddRange(addition.Operands);
        }
        else if (expression is Product { Coefficient: -1, Operands: [Addition negated], Summed.Count: 0 })
        {
            terms.AddRange(negated.Operands.Select(Negate));
        }
        else
        {
            terms.Add(expression);
        }
    }

    public static Expression Negate(Expression operand) => Scaled(-1, operand);

    /// <summary>A number times an expression, which is in canonical form already: nothing in it meets anything new.</summary>
    public static Expression Scaled(double coefficient, Expression operand)
    {
        var (c, rest) = SplitCoefficient(operand);
        if (LeavesRange(coefficient * c, coefficient, c))
        {
            return WithinPower(coefficient, c, rest) ?? new Product(coefficient, [operand], []);
        }

        coefficient *= c;
        return (coefficient, rest) switch
        {
            (0, _) => Zero,
            (_, Constant { Value: 1 }) => Number(coefficient),
            (1, _) => rest,
            (_, Product p) when IsFlattened(p) => new Product(coefficient, p.Operands, []),
            _ => new Product(coefficient, [rest], []),
        };
    }

    /// <summary>The elementwise product; operands broadcast.</summary>
    public static Expression Multiply(params ReadOnlySpan<Expression> operands)
    {
        var (coefficient, apart) = (1.0, default(List<double>));
        var flat = new List<Expression>(operands.Length);
        foreach (var operand in operands)
        {
            if (!AddFactor(flat, ref coefficient, ref apart, operand))
            {
                return Zero;
            }
        }

        return Apart(apart, Elementwise(coefficient, flat));
    }

    /// <summary>The elementwise product; operands broadcast.</summary>
    public static Expression Multiply(IEnumerable<Expression> operands) => Contract(operands, IndexSet.Empty);

    /// <summary>The Einstein product: the product of the operands, summed over the given indices.</summary>
    public static Expression Contract(IEnumerable<Expression> operands, IEnumerable<Index> summed)
    {
        var (coefficient, apart) = (1.0, default(List<double>));
        var flat = new List<Expression>();
        foreach (var operand in operands)
        {
            if (!AddFactor(flat, ref coefficient, ref apart, operand))
            {
                return Zero;
            }
        }

        var indices = summed as IndexSet ?? [.. summed];
        return Apart(apart, indices.Count == 0 ? Elementwise(coefficient, flat) : Sum(coefficient, flat, indices));
    }

    /// <summary>Multiplies a product by an operand; false where that is zero: structural zeros annihilate, infinity included.</summary>
    /// <param name="flat">The factors so far.</param>
    /// <param name="coefficient">The product of their coefficients.</param>
    /// <param name="apart">Those that would leave the range of numbers with it: they multiply what it has multiplied.</param>
    /// <param name="operand">The operand.</param>
    private static bool AddFactor(List<Expression> flat, ref double coefficient, ref List<double>? apart, Expression operand)
    {
        var (c, rest) = SplitCoefficient(operand);
        if (LeavesRange(coefficient * c, coefficient, c))
        {
            (apart ??= []).Add(c);
        }
        else
        {
            coefficient *= c;
        }

        if (rest is Product { Summed.Count: 0, Coefficient: not 1 } or Constant { Value: not 1 })
        {
            return AddFactor(flat, ref coefficient, ref apart, rest) && c != 0;
        }

        AddFlattened(flat, rest);
        return c != 0;
    }

    /// <summary>The sum of a product over indices.</summary>
    private static Expression Sum(double coefficient, List<Expression> flat, IndexSet summed)
    {
        // What an identity renamed may be a multiple now: b_i + b_j is 2 b_i.
        var (renamed, over) = WithoutIdentities(flat, summed);
        if (!ReferenceEquals(renamed, flat))
        {
            return Scaled(coefficient, Contract(renamed, over));
        }

        // A sum over an index that no operand has counts it; operands without a summed index stand outside; what shares no
        // summed index is summed apart: Σ_ij a_i b_j = (Σ_i a_i)(Σ_j b_j).
        var parts = new List<Expression>();
        parts.AddRange(over.Where(i => !flat.Any(o => o.Free.Contains(i))).Select(i => Size(i.Dimension)));
        parts.AddRange(flat.Where(o => !o.Free.Overlaps(over)));
        parts.AddRange(Components([.. flat.Where(o => o.Free.Overlaps(over))], over));
        return Elementwise(coefficient, Flattened(parts));
    }

    public static Expression Power(Expression operand, int exponent) => (operand, exponent) switch
    {
        (_, 0) => One,
        (_, 1) => operand,
        (Constant c, _) => Number(Math.Pow(c.Value, exponent)),
        (Leaf { Tensor.IsIndicator: true }, > 0) => operand,
        (Leaf { Tensor.IsIdentity: true }, > 0) => operand,
        (Apply { Function: var function } root, > 0) when exponent % 2 == 0 && ReferenceEquals(function, ElementwiseFunction.Norm) => Power(root.Operands[0], exponent / 2),
        (Apply { Function: { Name: nameof(ElementwiseFunction.Abs), DeclaringType: ElementwiseFunction.Library } } size, > 0) when exponent % 2 == 0 =>
            Power(size.Operands[0], exponent),
        (Power p, _) => Power(p.Base, p.Exponent * exponent),
        (Product { Summed.Count: 0 } p, _) when LeavesRange(Math.Pow(p.Coefficient, exponent), p.Coefficient) => new Power(operand, exponent),
        (Product { Summed.Count: 0 } p, _) when p.Coefficient != 1 || p.Operands.Length > 1 =>
            Multiply([Number(Math.Pow(p.Coefficient, exponent)), .. p.Operands.Select(o => Power(o, exponent))]),
        _ => new Power(operand, exponent),
    };

    public static Expression Divide(Expression numerator, Expression denominator) =>
        denominator is Constant c && c.Value != 0
            ? (double.IsInfinity(1 / c.Value)
                ? Scaled(FarFromZero, Scaled(1 / (FarFromZero * c.Value), numerator))
                : Scaled(1 / c.Value, numerator))
            : Multiply(numerator, Power(denominator, -1));

    /// <summary>
    /// The largest or smallest over an index; of what lacks the index, that itself, and its first place. What lacks it is added to all elements
    /// alike: rowMax(X - r) = rowMax(X) - r.
    /// </summary>
    public static Expression Extreme(ExtremeKind kind, Expression body, Index over)
    {
        if (!body.Free.Contains(over))
        {
            return kind is ExtremeKind.Max or ExtremeKind.Min ? body : Zero;
        }

        var apart = body is Addition sum ? sum.Operands.Where(o => !o.Free.Contains(over)).ToList() : [];
        return apart.Count == 0 ? new Extreme(kind, body, over)
            : Add([new Extreme(kind, Add(body.Operands.Where(o => o.Free.Contains(over))), over), .. kind is ExtremeKind.Max or ExtremeKind.Min ? apart : []]);
    }

    public static Expression Apply(ElementwiseFunction function, Expression[] arguments) => (function.Name, arguments) switch
    {
        _ when function.DeclaringType != ElementwiseFunction.Library => new Apply(function, arguments),
        _ when ExactValues.Of(function.Name, arguments) is { } value => Number(value),
        (nameof(ElementwiseFunction.IfLess), [Constant left, Constant right, var yes, var no]) => left.Value < right.Value ? yes : no,
        (nameof(ElementwiseFunction.IfLessOrEqual), [Constant left, Constant right, var yes, var no]) => left.Value <= right.Value ? yes : no,
        (nameof(ElementwiseFunction.IfLess) or nameof(ElementwiseFunction.IfLessOrEqual), [_, _, var yes, var no]) when yes.Equals(no) => yes,
        (nameof(ElementwiseFunction.IfLess) or nameof(ElementwiseFunction.IfLessOrEqual), _) => Selections.Select(function, arguments),
        _ => new Apply(function, arguments),
    };

    /// <summary>The constant and the rest of a product.</summary>
    public static (double Coefficient, Expression Remainder) SplitCoefficient(Expression expression) => expression switch
    {
        Constant c => (c.Value, One),
        Product { Summed.Count: 0, Coefficient: not 1 } p => (p.Coefficient, p.WithoutCoefficient),
        _ => (1, expression),
    };

    /// <summary>Whether the operands of a product become those of one that it is an operand of. A selection always meets what it takes inside.</summary>
    private static bool IsFlattened(Product product) => product.Summed.Count == 0
        && (product.Operands.Length < LongProduct || product.Operands.Any(o => o is Apply { Function.IsSelection: true }));

    /// <summary>The elementwise product. Powers of one base add up, so that a quotient of equal operands is 1 where they are 0, too.</summary>
    private static Expression Elementwise(double coefficient, List<Expression> flat)
    {
        flat = Selections.WithoutMasksOfPositiveParts(SmoothRoots.Cancelled(flat));
        var collected = Selections.Absorbed(HasRepeatedBase(flat)
            ? [.. flat.GroupBy(BaseOf).SelectMany(g => g.Count() == 1 ? g : Collected([.. g])).Where(o => o is not Constant { Value: 1 })]
            : flat);
        if (Exponentials.Merged(collected) is { } merged)
        {
            return Multiply([Number(coefficient), .. merged]);
        }

        if (collected.Exists(o => o is Leaf { Tensor.IsIndicator: true }))
        {
            collected = WithoutIndicatorsOfStored(collected);
        }

        return (coefficient, collected.Count) switch
        {
            (_, 0) => Number(coefficient),
            (1, 1) => collected[0],
            _ => new Product(coefficient, [.. collected], []),
        };
    }

    /// <summary>The operands, those of products among them instead of these, without ones.</summary>
    private static List<Expression> Flattened(IEnumerable<Expression> operands)
    {
        var flat = new List<Expression>();
        foreach (var operand in operands)
        {
            AddFlattened(flat, operand);
        }

        return flat;
    }

    private static void AddFlattened(List<Expression> flat, Expression operand)
    {
        if (operand is Product { Coefficient: 1 } product && IsFlattened(product))
        {
            flat.AddRange(product.Operands);
        }
        else if (operand is not Constant { Value: 1 })
        {
            flat.Add(operand);
        }
    }

    private static Fingerprint BaseOf(Expression operand) => operand is Power power ? power.Base.Key : operand.Key;

    /// <summary>Whether two operands are powers of one base. Few are compared with each other, which takes no memory.</summary>
    private static bool HasRepeatedBase(List<Expression> operands)
    {
        if (operands.Count > LongProduct)
        {
            return operands.Select(BaseOf).Distinct().Count() < operands.Count;
        }

        for (var later = 1; later < operands.Count; later++)
        {
            var key = BaseOf(operands[later]);
            for (var earlier = 0; earlier < later; earlier++)
            {
                if (BaseOf(operands[earlier]) == key)
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>An indicator beside another operand on the same pattern says nothing new.</summary>
    private static List<Expression> WithoutIndicatorsOfStored(List<Expression> operands) =>
        [.. operands.Where(o => o is not Leaf { Tensor.IsIndicator: true } indicator || !operands.Exists(other => !ReferenceEquals(other, o) && IsStoredOn(other, indicator)))];

    /// <summary>Powers of one base. What is sparse stays so where it cancels: A / A is 1 where A is stored.</summary>
    private static IEnumerable<Expression> Collected(IReadOnlyList<Expression> powers)
    {
        var @base = powers[0] is Power first ? first.Base : powers[0];
        var exponents = powers.Select(o => o is Power p ? p.Exponent : 1).ToList();
        var cancels = exponents.Sum() <= 0 && exponents.Any(e => e > 0);
        return (cancels ? @base.Support?.Indicators(@base) ?? [] : []).Append(Power(@base, exponents.Sum()));
    }

    private static bool IsStoredOn(Expression operand, Leaf indicator)
    {
        var leaf = operand is Power { Exponent: > 0 } p ? p.Base as Leaf : operand as Leaf;
        return leaf is { Tensor.IsIndicator: false }
            && leaf.Tensor.Pattern == indicator.Tensor.Pattern
            && leaf.Indices.SequenceEqual(indicator.Indices);
    }

    /// <summary>An identity matrix with a summed index only renames it: Σ_j δ_ij x_j = x_i.</summary>
    private static (List<Expression> Operands, IndexSet Summed) WithoutIdentities(List<Expression> operands, IndexSet summed)
    {
        while (operands.Find(o => o is Leaf { Tensor.IsIdentity: true } l && l.Indices[0] != l.Indices[1] && l.Indices.Any(summed.Contains)) is Leaf identity)
        {
            var from = summed.Contains(identity.Indices[1]) ? identity.Indices[1] : identity.Indices[0];
            var to = identity.Indices.First(i => i != from);
            operands = [.. operands.Where(o => !ReferenceEquals(o, identity)).Select(o => o.Rename(from, to))];
            summed = summed.Remove(from);
            if (!operands.Any(o => o.Free.Contains(to)))
            {
                operands.Add(One);
            }
        }

        return (operands, summed);
    }

    private static IEnumerable<Expression> Components(List<Expression> operands, IndexSet summed)
    {
        while (operands.Count > 0)
        {
            var component = new List<Expression> { operands[0] };
            var reached = operands[0].Free.Intersect(summed);
            operands.RemoveAt(0);
            for (int next; (next = operands.FindIndex(o => o.Free.Overlaps(reached))) >= 0; operands.RemoveAt(next))
            {
                reached = reached.Union(operands[next].Free.Intersect(summed));
                component.Add(operands[next]);
            }

            yield return component is [Leaf leaf] && IsWholeChoice(leaf, reached)
                ? reached.Count == 1 ? One : Size(leaf.Indices[0].Dimension)
                : Summation(component, reached);
        }
    }

    /// <summary>Whether all that an index vector may choose is summed over: it chooses one for each sample, Σ_i δ(index_s, i) = 1.</summary>
    private static bool IsWholeChoice(Leaf leaf, IndexSet summed) =>
        leaf.Tensor.IsOneHot && leaf.Indices[0] != leaf.Indices[1] && summed.Contains(leaf.Indices[1]);

    /// <summary>A sum of one connected product; a sum of a plain sum-product is one flat sum-product.</summary>
    private static Product Summation(List<Expression> operands, IndexSet summed)
    {
        if (operands is [Product { Summed.Count: > 0 } inner])
        {
            var fresh = inner.WithFreshSummed();
            return new Product(1, fresh.Operands, fresh.Summed.Union(summed));
        }

        var elementwise = Elementwise(1, Flattened(operands));
        return new Product(1, elementwise is Product { Summed.Count: 0 } p ? p.Operands : [elementwise], summed);
    }
}
