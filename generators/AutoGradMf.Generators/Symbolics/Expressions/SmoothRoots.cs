namespace AutoGradMf.Generators.Symbolics.Expressions;

/// <summary>
/// Norms that cancel in derivatives. A norm n has the slope x / n, and a function f of it that is smooth where n is zero has a slope f′(n) with the
/// factor n: n · 1/n is 1 there too, since f′(n) / n has a limit. So is (n f + n g) · 1/n the sum f + g, of two such functions.
/// </summary>
internal static class SmoothRoots
{
    /// <summary>The operands of a product without what cancels.</summary>
    public static List<Expression> Cancelled(List<Expression> operands)
    {
        foreach (var reciprocal in operands)
        {
            if (BaseOf(reciprocal) is not Apply { Operands: [var root] } apply || !ReferenceEquals(apply.Function, ElementwiseFunction.ReciprocalOrZero))
            {
                continue;
            }

            if (PowerOf(root, operands) is { } met)
            {
                return Cancelled([.. Without(Math.Min(ExponentOf(reciprocal), ExponentOf(met)), reciprocal, met, operands)]);
            }

            if (operands.Find(o => IsSumOfMultiples(o, root)) is { } multiples && Over(root, multiples) is Addition sum)
            {
                return Cancelled([.. Replaced(operands, reciprocal, Reduced(reciprocal, 1), multiples, sum)]);
            }
        }

        return operands;
    }

    private static Expression? PowerOf(Expression root, List<Expression> operands) => operands.Find(o => ExponentOf(o) > 0 && BaseOf(o).Equals(root));

    private static bool IsSumOfMultiples(Expression operand, Expression root) =>
        operand is Addition sum && Array.TrueForAll(sum.Operands, term => IsMultiple(term, root));

    private static bool IsMultiple(Expression term, Expression root) => term is Product { Summed.Count: 0 } product
        ? Array.Exists(product.Operands, o => IsMultiple(o, root))
        : ExponentOf(term) > 0 && BaseOf(term).Equals(root);

    private static Expression Over(Expression root, Expression sum) =>
        Build.Add(sum.Operands.Select(term => Build.Multiply(term, Build.Power(root, -1))));

    private static IEnumerable<Expression> Without(int common, Expression reciprocal, Expression met, List<Expression> operands) =>
        Replaced(operands, reciprocal, Reduced(reciprocal, common), met, Reduced(met, common));

    private static IEnumerable<Expression> Replaced(List<Expression> operands, Expression one, Expression byOne, Expression other, Expression byOther) =>
        operands.Select(o => ReferenceEquals(o, one) ? byOne : ReferenceEquals(o, other) ? byOther : o).Where(o => o is not Constant { Value: 1 });

    private static Expression Reduced(Expression operand, int by) => Build.Power(BaseOf(operand), ExponentOf(operand) - by);

    private static Expression BaseOf(Expression operand) => operand is Power power ? power.Base : operand;

    private static int ExponentOf(Expression operand) => operand is Power power ? power.Exponent : 1;
}
