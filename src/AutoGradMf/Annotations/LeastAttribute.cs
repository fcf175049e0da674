namespace AutoGradMf;

/// <summary>
/// The least value of an elementwise function, wherever its arguments are: <c>[Least(1)]</c> on <c>Cosh</c>. What the warning of real powers of
/// what may be negative knows of <c>Pow(Cosh(x) - 1, p)</c>.
/// </summary>
/// <param name="value">What it never is below.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LeastAttribute(double value) : Attribute
{
    /// <summary>What the function never is below.</summary>
    public double Value { get; } = value;
}
