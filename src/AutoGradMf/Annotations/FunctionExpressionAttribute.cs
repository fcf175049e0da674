namespace AutoGradMf;

/// <summary>
/// Lets losses call another library's elementwise function that is an expression of those of <see cref="LossMath"/>: inside a loss,
/// <c>Math.Log(x, 2)</c> means <c>Log(x) / Log(2)</c>, derivatives and SIMD loops included.
/// </summary>
/// <param name="type">The type that declares the function, such as <see cref="Math"/>.</param>
/// <param name="name">The function's name there. Of its overloads, the one that has the parameters which the expression names.</param>
/// <param name="expression">What it means, as the rules of <see cref="PartialAttribute"/> are written: of its parameters, numbers, + − * / and functions.</param>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
public sealed class FunctionExpressionAttribute(Type type, string name, string expression) : Attribute
{
    /// <summary>The type that declares the function.</summary>
    public Type Type { get; } = type;

    /// <summary>The function's name there.</summary>
    public string Name { get; } = name;

    /// <summary>What it means.</summary>
    public string Expression { get; } = expression;
}
