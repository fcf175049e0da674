namespace AutoGradMf;

/// <summary>
/// The partial derivative of an elementwise function in one of its parameters, as a C# expression of the function's parameters:
/// <c>[Partial("x", "2 * x")]</c> on <c>Square(double x)</c>. One attribute per differentiable parameter.
/// </summary>
/// <param name="parameter">The parameter that is differentiated in.</param>
/// <param name="expression">
/// The derivative, of numbers, parameters, <c>+ - * /</c>, calls, and choices by one comparison such as <c>x &lt; 0 ? -1 : 1</c>. Names bind to the function's parameters, then to the functions and constants of <see cref="LossMath"/>, of the declaring type and of the types around it; of another type, such as <see cref="Math"/>, a name says which.
/// </param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class PartialAttribute(string parameter, string expression) : Attribute
{
    /// <summary>The parameter that is differentiated in.</summary>
    public string Parameter { get; } = parameter;

    /// <summary>The derivative, a C# expression.</summary>
    public string Expression { get; } = expression;
}
