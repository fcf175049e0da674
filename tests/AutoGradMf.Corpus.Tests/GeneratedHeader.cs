using System.Globalization;
using System.Text.RegularExpressions;

namespace AutoGradMf.Corpus.Tests;

/// <summary>The costs that the head of a generated file states: sums of sizes, each with its coefficient.</summary>
internal sealed partial class GeneratedHeader
{
    private GeneratedHeader(string text)
    {
        Value = Polynomial(Flops().Match(text).Groups["value"].Value);
        ValueAndGradient = Polynomial(Flops().Match(text).Groups["both"].Value);
        NewtonSteps = Steps().Match(text) is { Success: true } steps
            ? steps.Groups["steps"].Value.Split("; ").Select(step => step.Split(' ', 3)).ToDictionary(words => words[1], words => Polynomial(words[2]))
            : [];
        HessianProduct = Costs(OfHessian().Match(text));
        SignSplit = Costs(OfSignSplit().Match(text));
        Workspace = Polynomial(Memory().Match(text).Groups["workspace"].Value);
        Derived = Polynomial(Memory().Match(text).Groups["derived"].Value);
    }

    /// <summary>Flops of the value, by the sizes they grow with, such as "|R| k".</summary>
    public IReadOnlyDictionary<string, double> Value { get; }

    /// <summary>Flops of value and gradient together.</summary>
    public IReadOnlyDictionary<string, double> ValueAndGradient { get; }

    /// <summary>Flops of a Newton step, by factor.</summary>
    public IReadOnlyDictionary<string, Dictionary<string, double>> NewtonSteps { get; }

    /// <summary>Flops of a product of the Hessian with a direction; null if there is none.</summary>
    public IReadOnlyDictionary<string, double>? HessianProduct { get; }

    /// <summary>Flops of the gradient's two parts by sign; null if there are none.</summary>
    public IReadOnlyDictionary<string, double>? SignSplit { get; }

    /// <summary>Numbers kept in a workspace.</summary>
    public IReadOnlyDictionary<string, double> Workspace { get; }

    /// <summary>Numbers derived from the data.</summary>
    public IReadOnlyDictionary<string, double> Derived { get; }

    /// <summary>Of the file generated from a loss.</summary>
    /// <param name="loss">With its class, such as "SquaredError.Masked".</param>
    public static GeneratedHeader Of(string loss) =>
        new(GeneratedText.Of(loss));

    private static Dictionary<string, double>? Costs(Match match) => match.Success ? Polynomial(match.Groups["flops"].Value) : null;

    private static Dictionary<string, double> Polynomial(string text) => text.Split(" + ")
        .Select(term => Term().Match(term))
        .ToDictionary(
            term => term.Groups["sizes"].Value,
            term => term.Groups["coefficient"].Value is { Length: > 0 } c ? double.Parse(c, CultureInfo.InvariantCulture) : 1);

    [GeneratedRegex(@"^//   flops   value (?<value>[^;\n]+); value and gradient (?<both>[^(\n]+?)( \(.*)?$", RegexOptions.Multiline)]
    private static partial Regex Flops();

    [GeneratedRegex(@"^//           Newton step (?<steps>.+)$", RegexOptions.Multiline)]
    private static partial Regex Steps();

    [GeneratedRegex(@"^//           .*product with the Hessian (?<flops>[^;\n]+)", RegexOptions.Multiline)]
    private static partial Regex OfHessian();

    [GeneratedRegex(@"^//           .*gradient by sign (?<flops>[^;\n]+)$", RegexOptions.Multiline)]
    private static partial Regex OfSignSplit();

    [GeneratedRegex(@"^//   memory  (?<workspace>.+) numbers per workspace; (?<derived>.+) derived from the data$", RegexOptions.Multiline)]
    private static partial Regex Memory();

    [GeneratedRegex(@"^(?<coefficient>[0-9.]*) ?(?<sizes>.*)$")]
    private static partial Regex Term();
}
