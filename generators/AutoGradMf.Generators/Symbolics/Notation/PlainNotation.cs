using AutoGradMf.Generators.Symbolics.Expressions;
using Index = AutoGradMf.Generators.Symbolics.Expressions.Index;

namespace AutoGradMf.Generators.Symbolics.Notation;

/// <summary>
/// Matrix algebra in plain text: <c>'</c> transposes, <c>∘</c> multiplies elementwise, a space is the matrix product, Σ sums all
/// elements, and a condition in brackets is 1 where it holds, else 0.
/// </summary>
internal sealed class PlainNotation : MatrixNotation
{
    protected override string Hadamard => " ∘ ";

    protected override string Times => " ";

    protected override string Ones => "1";

    protected override string Ellipsis => "…";

    protected override string SumOf => "Σ ";

    /// <summary>The expression as a matrix with the given row and column index.</summary>
    public static string Of(Expression expression, Index? row = null, Index? column = null) => new PlainNotation().Text(expression, row, column);

    /// <summary>A loss, in which <c>stop(x)</c> is x, held constant.</summary>
    public static string OfLoss(Expression loss) => new PlainNotation { MarksStopped = true }.Text(loss);

    protected override string Transposed(string text) => text + "'";

    protected override string Raised(string text, string exponent) => exponent == "2" ? text + "²" : $"{text}^{exponent}";

    protected override string Named(string tensor) => tensor;

    protected override string Call(string function, string arguments) => $"{function}({arguments})";

    protected override string Cases(IReadOnlyList<(string Outcome, string Condition)> cases, string otherwise) =>
        $"{{{string.Concat(cases.Select(c => $"{c.Outcome} if {c.Condition}; "))}else {otherwise}}}";

    protected override string Scientific(string mantissa, string exponent) => $"{mantissa}e{exponent}";

    protected override string Parentheses(string text) => $"({text})";

    protected override string NoMoreThan => "≤";

    protected override string NotEqual => "≠";

    protected override string And => "and";

    protected override string Or => "or";

    protected override string Brackets(string text) => $"[{text}]";

    protected override string Gathered(string matrix, string index) => $"{matrix}[{index}]";

    protected override string Element(string tensor, IEnumerable<string> indices) => $"{tensor}[{string.Join(",", indices)}]";

    protected override string SumOver(string indices) => $"Σ_{indices} ";
}
