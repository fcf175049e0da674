namespace AutoGradMf;

/// <summary>
/// Lets losses call another library's elementwise functions by their own names: inside a loss, <c>Math.Exp(x)</c> means
/// <c>LossMath.Exp(x)</c>, derivatives and SIMD loops included.
/// </summary>
/// <param name="type">The type that declares the function, such as <see cref="Math"/>.</param>
/// <param name="name">The function's name there. Of its overloads, the one of as many doubles as the function of LossMath takes.</param>
/// <param name="function">The name of the function of <see cref="LossMath"/> that it means, whose parameters are in the same order.</param>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
public sealed class FunctionAliasAttribute(Type type, string name, string function) : Attribute
{
    /// <summary>The type that declares the function.</summary>
    public Type Type { get; } = type;

    /// <summary>The function's name there.</summary>
    public string Name { get; } = name;

    /// <summary>The name of the function of <see cref="LossMath"/> that it means.</summary>
    public string Function { get; } = function;
}
