namespace AutoGradMf.Generators.Symbolics.Expressions;

/// <summary>
/// Numbers that leave the range of double where they are multiplied with each other: they stay apart, for what they multiply may bring them back.
/// </summary>
internal static partial class Build
{
    private const double LeastNormal = 2.2250738585072014e-308;

    /// <summary>What a number is multiplied with whose reciprocal is too large for one.</summary>
    private const double FarFromZero = 1e160;

    /// <summary>
    /// Two numbers times an even power, or a sum of such, as the power of a multiple: c² x² may overflow in x² where (c x)² does not. Null of others.
    /// </summary>
    private static Expression? WithinPower(double one, double other, Expression rest)
    {
        var summand = rest is Product { Summed.Count: > 0, Operands: [Expressions.Power] } sum ? sum.Operands[0] : rest;
        if (summand is not Expressions.Power { Exponent: > 0 and var exponent } power || exponent % 2 != 0)
        {
            return null;
        }

        var scale = Math.Pow(Math.Abs(one), 1.0 / exponent) * Math.Pow(Math.Abs(other), 1.0 / exponent);
        var scaled = new Power(Scaled(scale, power.Base), exponent);
        return Scaled(Math.Sign(one) * Math.Sign(other), rest is Product { Summed: var indices } ? new Product(1, [scaled], indices) : scaled);
    }

    private static Expression Apart(List<double>? apart, Expression product) =>
        apart is null ? product : apart.Aggregate(product, (scaled, coefficient) => Scaled(coefficient, scaled));

    /// <summary>Whether a number made of finite ones is infinite, or below the normal ones: what it multiplies may bring it back.</summary>
    private static bool LeavesRange(double made, double one, double other = 1) =>
        !IsNormal(made) && IsFinite(one) && IsFinite(other) && one != 0 && other != 0;

    private static bool IsFinite(double value) => !double.IsInfinity(value) && !double.IsNaN(value);

    private static bool IsNormal(double value) => IsFinite(value) && Math.Abs(value) >= LeastNormal;
}
