namespace AutoGradMf;

/// <summary>
/// A bound of the size of an elementwise function, or of its derivative, wherever its argument is: <c>[Bound("1")]</c> where |f| ≤ 1,
/// <c>[Bound("0.25", "x")]</c> where |∂f/∂x| ≤ ¼. What curvature bounds know of a function, where its parts taken apart would give a
/// greater bound, or none.
/// </summary>
/// <param name="expression">The bound, a C# expression of the function's other parameters, as in <see cref="PartialAttribute"/>.</param>
/// <param name="parameter">The parameter that is differentiated in; null for the function itself.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class BoundAttribute(string expression, string? parameter = null) : Attribute
{
    /// <summary>The bound, a C# expression.</summary>
    public string Expression { get; } = expression;

    /// <summary>The parameter that is differentiated in; null for the function itself.</summary>
    public string? Parameter { get; } = parameter;
}
