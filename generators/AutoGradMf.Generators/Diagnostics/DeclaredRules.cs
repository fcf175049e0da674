using AutoGradMf.Generators.Emission;
using AutoGradMf.Generators.Parsing;
using AutoGradMf.Generators.Symbolics.Model;
using Microsoft.CodeAnalysis;

namespace AutoGradMf.Generators.Diagnostics;

/// <summary>What the attributes of a function say of it, and what of that cannot be read.</summary>
/// <param name="method">The function.</param>
/// <param name="functions">What its rules may call.</param>
internal sealed class DeclaredRules(IMethodSymbol method, FunctionTable functions)
{
    private readonly List<string> _names = [.. method.Parameters.Select(p => p.Name)];

    /// <summary>The parameters, as a part of a message.</summary>
    private string Listed => _names.Count == 0 ? "it has none" : $"its parameters are {string.Join(", ", _names)}";

    /// <summary>The attribute at fault, the place of its argument, and what is wrong with it.</summary>
    public IEnumerable<(AttributeData Attribute, int Place, string What)> Problems() =>
        [.. OfPartials(), .. OfBounds(), .. OfSigns(), .. OfRequirements(), .. OfFunctionsOfOneNumber()];

    private IEnumerable<AttributeData> All(string attribute, int arguments) =>
        method.GetAttributes().Where(a => a.AttributeClass.Is(attribute) && a.ConstructorArguments.Length == arguments);

    private IEnumerable<(AttributeData Attribute, int Place, string What)> OfPartials()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var partial in All(LibraryNames.PartialAttribute, 2))
        {
            var (parameter, rule) = (TextOf(partial, 0), TextOf(partial, 1));
            if (!_names.Contains(parameter))
            {
                yield return (partial, 0, $"'{method.Name}' has no parameter '{parameter}'; {Listed}");
            }
            else if (!seen.Add(parameter))
            {
                yield return (partial, 0, $"The derivative of '{method.Name}' in '{parameter}' is declared twice; {Listed}, each differentiated once");
            }

            if (functions.ProblemOf(rule, method) is { } problem)
            {
                yield return (partial, 1, $"'{rule}' is no derivative that the generator can read: {problem}");
            }
        }
    }

    private IEnumerable<(AttributeData Attribute, int Place, string What)> OfBounds()
    {
        foreach (var bound in All(LibraryNames.BoundAttribute, 2))
        {
            if (bound.ConstructorArguments[1].Value is string parameter && !_names.Contains(parameter))
            {
                yield return (bound, 1, $"'{method.Name}' has no parameter '{parameter}'; {Listed}");
            }

            if (functions.ProblemOf(TextOf(bound, 0), method) is { } problem)
            {
                yield return (bound, 0, $"'{TextOf(bound, 0)}' is no bound that the generator can read: {problem}");
            }
        }
    }

    private IEnumerable<(AttributeData Attribute, int Place, string What)> OfSigns()
    {
        foreach (var sign in All(LibraryNames.SignAttribute, 2))
        {
            if (SignRule.Of(TextOf(sign, 0), [], _names) is null)
            {
                yield return (sign, 0, $"'{TextOf(sign, 0)}' is no sign that '{method.Name}' may have: write \"+\", \"-\" or a parameter; {Listed}");
            }

            foreach (var (text, number) in FunctionTable.StringsOf(sign.ConstructorArguments[1]).Select((text, number) => (text, number)))
            {
                if (SignCondition.Of(text, _names) is null)
                {
                    yield return (sign, 1 + number, $"'{text}' is no condition of a sign: write a parameter and \">= 0\" or \"<= 0\"; {Listed}");
                }
            }
        }
    }

    private IEnumerable<(AttributeData Attribute, int Place, string What)> OfRequirements() =>
        from requirement in All(LibraryNames.RequiresAttribute, 1)
        where Requirement.Of(TextOf(requirement, 0), _names) is null
        select (requirement, 0, $"'{TextOf(requirement, 0)}' is no condition of the arguments of '{method.Name}': "
            + $"write two parameters, or one and a number, with <= or >= between them; {Listed}");

    private IEnumerable<(AttributeData Attribute, int Place, string What)> OfFunctionsOfOneNumber() =>
        from attribute in method.GetAttributes()
        where _names.Count != 1 && OfOneNumber.Any(name => attribute.AttributeClass.Is(name))
        let name = attribute.AttributeClass!.Name[..^nameof(Attribute).Length]
        select (attribute, -1, $"'{name}' is about functions of one number, and '{method.Name}' takes {_names.Count}");

    private static readonly string[] OfOneNumber =
        [LibraryNames.LeastArgumentAttribute, LibraryNames.GreatestArgumentAttribute, LibraryNames.IncreasingAttribute];

    private static string TextOf(AttributeData attribute, int place) => attribute.ConstructorArguments[place].Value as string ?? "";
}
