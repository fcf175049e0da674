namespace AutoGradMf;

/// <summary>
/// Where the domain of an elementwise function of one number ends: <c>[GreatestArgument(1)]</c> on <c>Asin</c>, which is NaN of more. An
/// information, AGMF0026, tells of arguments that follow a factor, and that nothing keeps from being greater.
/// </summary>
/// <param name="value">The greatest number that the function has a value of, even an infinite one.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class GreatestArgumentAttribute(double value) : Attribute
{
    /// <summary>The greatest number that the function has a value of.</summary>
    public double Value { get; } = value;
}
