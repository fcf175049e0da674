using AutoGradMf.Generators.Symbolics.Expressions;

namespace AutoGradMf.Generators.Symbolics.Translation.Language;

/// <summary>
/// w x² + c x + r as w (x + c / 2w)² + (r − c² / 4w), of numbers w, c and r by which it is positive: a square and a number, of whose sum the root
/// and the logarithm are finite where the square is not.
/// </summary>
internal static class CompletedQuadratic
{
    /// <summary>How many times as large as what is left the number may have been: that many digits are lost.</summary>
    private const double Most = 100;

    /// <summary>The same value in that form; null if it is no such sum.</summary>
    public static Expression? Of(Addition sum)
    {
        if (sum.Operands.Length != 3
            || Array.Find(sum.Operands, t => Build.SplitCoefficient(t) is (> 0, Power { Exponent: 2 })) is not { } square
            || Array.Find(sum.Operands, t => t is Constant) is not Constant { Value: > 0 and var rest })
        {
            return null;
        }

        var (weight, power) = Build.SplitCoefficient(square);
        var x = ((Power)power).Base;
        var (slope, linear) = Build.SplitCoefficient(sum.Operands.First(t => !ReferenceEquals(t, square) && t is not Constant));
        var left = rest - (slope * slope / (4 * weight));
        return linear.Equals(x) && left * Most >= rest
            ? Build.Add(Build.Scaled(weight, Build.Power(Build.Add(x, Build.Number(slope / (2 * weight))), 2)), Build.Number(left))
            : null;
    }
}
