namespace AutoGradMf;

/// <summary>
/// The partial derivative of an elementwise function in one of its parameters, as a C# expression of the function's parameters:
/// <c>[Partial("x", "2 * x")]</c> on <c>Square(double x)</c>. One attribute per differentiable parameter.
/// </summary>
/// <param name="parameter">The parameter that is differentiated in.</param>
/// <param name="expression">The derivative. Names bind to the function's parameters, to <see cref="LossMath"/>, to the declaring type and to <see cref="Math"/>.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class PartialAttribute(string parameter, string expression) : Attribute
{
    /// <summary>The parameter that is differentiated in.</summary>
    public string Parameter { get; } = parameter;

    /// <summary>The derivative, a C# expression.</summary>
    public string Expression { get; } = expression;
}
