using System.Globalization;

namespace AutoGradMf.Generators.Symbolics.Checks;

/// <summary>What is said of an argument that may leave the domain of its function: where, and what keeps it from that.</summary>
/// <param name="Domain">What the function has values of.</param>
/// <param name="Argument">What the argument can be.</param>
internal sealed record DomainRemedy(ValueRange Domain, ValueRange Argument)
{
    /// <summary>What the argument may do.</summary>
    public string What => (Argument.Low < Domain.Low, Argument.High > Domain.High) switch
    {
        (true, true) => $"leave {Text(Domain.Low)} to {Text(Domain.High)}",
        (false, _) => $"exceed {Text(Domain.High)}",
        (true, false) => Domain.Low == 0 ? "become negative" : $"fall below {Text(Domain.Low)}",
    };

    /// <summary>What keeps the argument within. The factors of an entry's expansion are the generator's, and have bounds in the long form alone.</summary>
    /// <param name="isEnough">Whether the argument stays within where all factors do so within the given range.</param>
    /// <param name="isExpansion">Whether it is of an entry.</param>
    public string Advice(Func<ValueRange, bool> isEnough, bool isExpansion)
    {
        var bounds = new[] { ValueRange.NonNegative, Domain }.Where(isEnough).Select(Attribute).FirstOrDefault();
        var first = bounds is not null ? $"factors with {bounds}{(isExpansion ? " in the long form, with [Loss]," : "")}"
            : isExpansion ? "a condition"
            : "bounds of the factors, a condition";
        return $"{first} or functions {Functions} keep it from that";
    }

    /// <summary>The functions whose values are within; those that are known best where some are.</summary>
    private string Functions => Domain switch
    {
        { Low: <= 0, High: double.PositiveInfinity } => "such as Exp, Softplus and Square",
        { Low: <= -1, High: >= 1 } => "such as Tanh, Sin and Clamp",
        { Low: <= 0, High: >= 1 } => "such as Sigmoid and Clamp",
        { High: double.PositiveInfinity } => "whose values are greater",
        { Low: double.NegativeInfinity } => "whose values are less",
        _ => "such as Clamp",
    };

    /// <summary>The bounds of a factor as they are declared.</summary>
    private static string Attribute(ValueRange range)
    {
        var ends = new[] { ("Min", range.Low), ("Max", range.High) }.Where(end => !double.IsInfinity(end.Item2)).Select(end => $"{end.Item1} = {Text(end.Item2)}");
        return $"[Factor({string.Join(", ", ends)})]";
    }

    private static string Text(double number) => number.ToString("R", CultureInfo.InvariantCulture);
}
