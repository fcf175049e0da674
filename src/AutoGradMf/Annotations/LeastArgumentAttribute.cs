namespace AutoGradMf;

/// <summary>
/// Where the domain of an elementwise function of one number begins: <c>[LeastArgument(-1)]</c> on <c>Log1p</c>, which is NaN of less. An information, AGMF0026,
/// tells of arguments that follow a factor, and that nothing keeps from being less.
/// </summary>
/// <param name="value">The least number that the function has a value of, even an infinite one.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LeastArgumentAttribute(double value) : Attribute
{
    /// <summary>The least number that the function has a value of.</summary>
    public double Value { get; } = value;
}
