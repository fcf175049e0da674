namespace AutoGradMf.RandomPrograms.Tests.Programs;

/// <summary>Expressions of expressions.</summary>
internal static class Operations
{
    public static Term Transpose(this Term x) => new(x.Type.T, "{0}.T", "{0m}.T", x);

    /// <summary>A matrix or dot product; what has one row and one column is a number.</summary>
    public static Term Product(Term x, Term y) => new(new(x.Type.Rows, y.Type.Columns), "({0} * {1})", "({0m} * {1m})", x, y);

    /// <summary>An expression, written as a method of its own that is called in its place.</summary>
    public static Term Written(Term x, HelperForm form) => new(x.Type, "{0}", "{0m}", x) { Helper = form };

    /// <summary>What is done at every element; of a body no larger than 8 (1 + Σx²).</summary>
    public static Term Map(TermType type, Term body, params Term[] x)
    {
        var places = Enumerable.Range(0, x.Length).ToArray();
        var elements = places.Select(place => "xyz"[place]).ToArray();
        return new(
            type,
            $"Map({string.Join(", ", places.Select(place => $"{{{place}}}"))}, {{{x.Length}}})",
            $"Map({string.Join(", ", places.Select(place => $"{{{place}m}}"))}, ({string.Join(", ", elements)}) => "
                + $"8.0 * (1.0 + {string.Join(" + ", elements.Select(e => $"{e} * {e}"))}))",
            [.. x, body]);
    }

    /// <summary>A function that grows with its arguments: its magnitude is its value at the arguments' magnitudes.</summary>
    public static Term Call(TermType type, string function, params Term[] arguments)
    {
        string Of(string suffix) => $"{function}({string.Join(", ", arguments.Select((_, place) => $"{{{place}{suffix}}}"))})";
        return new(type, Of(""), Of("m"), arguments);
    }

    /// <summary>A function whose slope is at most 4: rounding of its argument moves it by 4 times that.</summary>
    public static Term Lipschitz(Term x, string text) => new(x.Type, text, $"(Abs({text}) + 4.0 * {{0m}})", x);

    /// <summary>An operator that grows with both sides.</summary>
    public static Term Binary(TermType type, string sign, Term x, Term y) =>
        new(type, $"({{0}} {sign} {{1}})", $"({{0m}} {(sign == "-" ? "+" : sign)} {{1m}})", x, y);

    /// <summary>x / (1 + y²): the divisor is at least 1, so that rounding is not enlarged.</summary>
    public static Term Quotient(TermType type, Term x, Term y) => new(
        type,
        "({0} / (1.0 + Square({1})))",
        x.Type == TermType.Scalar && y.Type == TermType.Scalar ? "({0m} * (1.0 + Square({1m})))" : "({0m} % (1.0 + Square({1m})))",
        x,
        y);
}
