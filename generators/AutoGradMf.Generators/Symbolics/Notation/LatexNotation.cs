using AutoGradMf.Generators.Symbolics.Differentiation;
using AutoGradMf.Generators.Symbolics.Expressions;
using Index = AutoGradMf.Generators.Symbolics.Expressions.Index;

namespace AutoGradMf.Generators.Symbolics.Notation;

/// <summary>Matrix algebra as LaTeX.</summary>
internal sealed class LatexNotation : MatrixNotation
{
    private const string EndOfCases = @"\end{cases}";

    /// <summary>The letters that LaTeX has commands for: not those which look like Latin ones.</summary>
    private static readonly HashSet<string> Greek = new(
        ("alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi chi psi omega "
            + "Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega").Split(' '), StringComparer.Ordinal);

    /// <summary>How functions are called that LaTeX, or the field, has its own names for; all others are called as in C#.</summary>
    private static readonly Dictionary<string, string> Commands = new(StringComparer.Ordinal)
    {
        ["Exp"] = @"\exp", ["Log"] = @"\log", ["Max"] = @"\max", ["Min"] = @"\min",
        ["Sin"] = @"\sin", ["Cos"] = @"\cos", ["Tan"] = @"\tan",
        ["Sinh"] = @"\sinh", ["Cosh"] = @"\cosh", ["Tanh"] = @"\tanh",
        ["Asin"] = @"\arcsin", ["Acos"] = @"\arccos", ["Atan"] = @"\arctan",
        ["logdet"] = @"\log\det", ["trace"] = @"\operatorname{tr}",
    };

    protected override string Hadamard => @" \circ ";

    protected override string Times => @" \, ";

    protected override string Ones => @"\mathbf{1}";

    protected override string Ellipsis => @"\ldots";

    protected override string SumOf => @"\sum ";

    /// <summary>A loss and its partial derivatives as an align* environment.</summary>
    public static IEnumerable<string> Derivation(Expression loss, IReadOnlyList<FactorGradient> gradient)
    {
        var notation = new LatexNotation();
        var lines = gradient
            .Select(g => $@"  \frac{{\partial L}}{{\partial {notation.Named(g.Factor.Name)}}} &= "
                + notation.Text(g.Value, g.Row, g.Column))
            .Prepend("  L &= " + new LatexNotation { MarksStopped = true }.Text(loss));
        return [@"\begin{align*}", string.Join(" \\\\\n", lines), @"\end{align*}"];
    }

    protected override string Transposed(string text) => Closed(text) + @"^{\top}";

    protected override string Raised(string text, string exponent) => $"{{{Closed(text)}}}^{{{exponent}}}";

    /// <summary>One letter stands for itself, and the name of a Greek one for that; a longer name is upright, and so is what it is called of.</summary>
    protected override string Named(string tensor) => tensor.Length == 1 ? tensor
        : Greek.Contains(tensor) ? @"\" + tensor
        : tensor.IndexOf('(') is > 0 and var open && tensor.IndexOf(')') == tensor.Length - 1
            ? $"{Named(tensor[..open])}({string.Join(", ", tensor[(open + 1)..^1].Split(',').Select(argument => Named(argument.Trim())))})"
        : $@"\mathrm{{{Escaped(tensor)}}}";

    protected override string Call(string function, string arguments) => function switch
    {
        "Sqrt" => $@"\sqrt{{{arguments}}}",
        "Abs" => $@"\left|{arguments}\right|",
        _ => $@"{(Commands.TryGetValue(function, out var command) ? command : $@"\operatorname{{{Escaped(function)}}}")}\left({arguments}\right)",
    };

    protected override string Cases(IReadOnlyList<(string Outcome, string Condition)> cases, string otherwise) =>
        $@"\begin{{cases}} {string.Concat(cases.Select(c => $@"{c.Outcome} & \text{{if }} {c.Condition} \\ "))}{otherwise} & \text{{otherwise}} {EndOfCases}";

    protected override string Scientific(string mantissa, string exponent) => mantissa switch
    {
        "1" => $"10^{{{exponent}}}",
        "-1" => $"-10^{{{exponent}}}",
        _ => $@"{mantissa} \cdot 10^{{{exponent}}}",
    };

    /// <summary>Cases have no end on their right that a mark could stand at.</summary>
    private string Closed(string text) => text.EndsWith(EndOfCases, StringComparison.Ordinal) ? Parentheses(text) : text;

    protected override string Parentheses(string text) => $@"\left({text}\right)";

    protected override string NoMoreThan => @"\le";

    protected override string NotEqual => @"\ne";

    protected override string And => @"\wedge";

    protected override string Or => @"\vee";

    protected override string Brackets(string text) => $@"\left[{text}\right]";

    protected override string Element(string tensor, IEnumerable<string> indices) => $"{{{tensor}}}_{{{string.Concat(indices)}}}";

    protected override string SumOver(string indices) => $@"\sum_{{{indices}}} ";

    protected override string Gathered(string matrix, string index) => $"{{{matrix}}}_{{{Named(index)},:}}";

    private static string Escaped(string name) => name.Replace("_", @"\_").Replace("@", "");
}
