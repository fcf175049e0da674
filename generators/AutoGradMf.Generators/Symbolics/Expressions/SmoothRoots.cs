namespace AutoGradMf.Generators.Symbolics.Expressions;

/// <summary>
/// Norms that cancel in derivatives. A norm n has the slope x / n, and a function f of it that is smooth where n is zero has a slope f′(n) with the
/// factor n: n · 1/n is 1 there too, since f′(n) / n has a limit.
/// </summary>
internal static class SmoothRoots
{
    /// <summary>The operands of a product without what cancels.</summary>
    public static List<Expression> Cancelled(List<Expression> operands)
    {
        foreach (var reciprocal in operands)
        {
            if (BaseOf(reciprocal) is Apply { Operands: [var root] } apply && ReferenceEquals(apply.Function, ElementwiseFunction.ReciprocalOrZero)
                && PowerOf(root, operands) is { } met)
            {
                return Cancelled(Without(Math.Min(ExponentOf(reciprocal), ExponentOf(met)), reciprocal, met, operands));
            }
        }

        return operands;
    }

    private static Expression? PowerOf(Expression root, List<Expression> operands) => operands.Find(o => ExponentOf(o) > 0 && BaseOf(o).Equals(root));

    private static List<Expression> Without(int common, Expression reciprocal, Expression met, List<Expression> operands) =>
    [
        .. operands
            .Select(o => ReferenceEquals(o, reciprocal) || ReferenceEquals(o, met) ? Build.Power(BaseOf(o), ExponentOf(o) - common) : o)
            .Where(o => o is not Constant { Value: 1 }),
    ];

    private static Expression BaseOf(Expression operand) => operand is Power power ? power.Base : operand;

    private static int ExponentOf(Expression operand) => operand is Power power ? power.Exponent : 1;
}
