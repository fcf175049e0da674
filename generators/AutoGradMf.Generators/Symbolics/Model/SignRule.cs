namespace AutoGradMf.Generators.Symbolics.Model;

/// <summary>What is known of the sign of an elementwise function's value.</summary>
/// <param name="Parameter">The number of the parameter whose sign it has; null if it is the same for all.</param>
/// <param name="IsNegative">Of those without a parameter: whether it is never positive, rather than never negative.</param>
/// <param name="Given">What must hold for it.</param>
internal sealed record SignRule(int? Parameter, bool IsNegative, EquatableArray<SignCondition> Given)
{
    /// <summary>The rule as text, with the names of the function's parameters; null if it says nothing that can be read.</summary>
    public static SignRule? Of(string sign, IEnumerable<string> given, IReadOnlyList<string> parameters)
    {
        var conditions = given.Select(text => SignCondition.Of(text, parameters)).ToList();
        var parameter = parameters.ToList().IndexOf(sign);
        return conditions.Contains(null) || (parameter < 0 && sign is not ("+" or "-"))
            ? null
            : new(parameter < 0 ? null : parameter, sign == "-", new(conditions!));
    }
}

/// <summary>That a parameter is not negative, or not positive.</summary>
internal sealed record SignCondition(int Parameter, bool IsNegative)
{
    public static SignCondition? Of(string text, IReadOnlyList<string> parameters) =>
        text.Split(' ') is [var name, (">=" or "<=") and var relation, "0"] && parameters.ToList().IndexOf(name) is >= 0 and var parameter
            ? new(parameter, relation == "<=")
            : null;
}
