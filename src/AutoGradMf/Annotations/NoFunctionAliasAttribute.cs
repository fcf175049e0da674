namespace AutoGradMf;

/// <summary>Says why losses cannot call another library's function; the diagnostic at such a call quotes it.</summary>
/// <param name="type">The type that declares the function, such as <see cref="Math"/>.</param>
/// <param name="name">The function's name there: of all its overloads that have no <see cref="FunctionAliasAttribute"/>.</param>
/// <param name="reason">Why not, and what to write instead.</param>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
public sealed class NoFunctionAliasAttribute(Type type, string name, string reason) : Attribute
{
    /// <summary>The type that declares the function.</summary>
    public Type Type { get; } = type;

    /// <summary>The function's name there.</summary>
    public string Name { get; } = name;

    /// <summary>Why not, and what to write instead.</summary>
    public string Reason { get; } = reason;
}
