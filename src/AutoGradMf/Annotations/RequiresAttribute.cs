namespace AutoGradMf;

/// <summary>
/// What the arguments of an elementwise function must satisfy: <c>[Requires("low &lt;= high")]</c> on <c>Clamp</c>, <c>[Requires("delta >= 0")]</c> on
/// <c>Huber</c>. A warning, AGMF0028, tells of constants that do not.
/// </summary>
/// <param name="condition">Two parameters, or one and a number, with &lt;= or >= between them.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class RequiresAttribute(string condition) : Attribute
{
    /// <summary>Two parameters, or one and a number, with &lt;= or >= between them.</summary>
    public string Condition { get; } = condition;
}
