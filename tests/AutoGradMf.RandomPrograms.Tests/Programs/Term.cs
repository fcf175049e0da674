using System.Text.RegularExpressions;

namespace AutoGradMf.RandomPrograms.Tests.Programs;

/// <summary>An expression of the loss language.</summary>
/// <param name="Type">What it is.</param>
/// <param name="Text">C#, in which {0} stands for the first part.</param>
/// <param name="Magnitude">
/// C# of the size of the terms that cancel in it: the same expression with every sign a plus. {0m} stands for the magnitude of the
/// first part, {0} for its value.
/// </param>
/// <param name="Parts">What it is made of.</param>
internal sealed partial record Term(TermType Type, string Text, string Magnitude, params Term[] Parts)
{
    /// <summary>The parameter that this is; null of an operation or a number.</summary>
    public LossParameter? Parameter { get; private init; }

    /// <summary>How its only part is written as a method of its own; null if it is not.</summary>
    public HelperForm? Helper { get; init; }

    /// <summary>C# of an expression that holds some of it constant under differentiation; {0h} stands for the first part held so.</summary>
    public string? Frozen { get; init; }

    /// <summary>How many operations, parameters and numbers it has.</summary>
    public int Size { get; } = 1 + Parts.Sum(p => p.Size);

    /// <summary>Its operations one within another; all that is done at an element is one.</summary>
    public int Depth { get; } = Parts.Length == 0 || Type == TermType.Element ? 0 : 1 + Parts.Max(p => p.Depth);

    /// <summary>Whether some of it is held constant under differentiation.</summary>
    public bool HasStop => Frozen is not null || Parts.Any(p => p.HasStop);

    /// <summary>Whether a factor takes part other than by its size or held constant: only then is there a gradient to compare.</summary>
    public bool DependsOnFactor => Parameter is { IsFactor: true }
        || (!Text.StartsWith("Sign(", StringComparison.Ordinal) && Parts.Where((_, place) => Matters(place)).Any(p => p.DependsOnFactor));

    /// <summary>All that it is made of, itself first.</summary>
    public IEnumerable<Term> All => Parts.SelectMany(p => p.All).Prepend(this);

    /// <summary>The operations that it is made of, each with the kinds of its operands, whichever elements those are.</summary>
    public IEnumerable<string> Forms => All.Where(t => t.Parts.Length > 0 || t.Type == TermType.Element)
        .Select(t => t.Type == TermType.Element
            ? ElementName().Replace(t.Text, "x")
            : $"{t.Helper} {t.Text} {string.Join(", ", t.Parts.Select(p => p.Type.CSharp))}")
        .Distinct(StringComparer.Ordinal);

    public static Term Of(LossParameter parameter) =>
        new(parameter.Type, parameter.Name, parameter.RowsInto is null ? $"Abs({parameter.Name})" : parameter.Name) { Parameter = parameter };

    public static Term Number(string text) => new(TermType.Scalar, text, $"Abs({text})");

    /// <summary>What is done at one element; it needs no magnitude of its own.</summary>
    public static Term Element(string text, params Term[] parts) => new(TermType.Element, text, text, parts);

    /// <summary>The expression, its parts written as given.</summary>
    public string Write(Func<int, string> part) => Placeholder().Replace(Text, m => part(Place(m)));

    /// <summary>The expression of its magnitude.</summary>
    public string ToMagnitude() => Placeholder().Replace(
        Magnitude, m => m.Groups[2].Value == "m" ? Parts[Place(m)].ToMagnitude() : Parts[Place(m)].ToFrozen(names: ""));

    /// <summary>The expression in one piece, in which what is held constant is made of other parameters, whose names end in a further letter.</summary>
    public string ToFrozen(bool isHeld = false, string names = "0") => Parameter is { IsFactor: true } factor && isHeld
        ? factor.Name + names
        : Placeholder().Replace(Frozen ?? Text, m => Parts[Place(m)].ToFrozen(isHeld || m.Groups[2].Value == "h", names));

    /// <summary>The same operation on other parts.</summary>
    public Term With(int place, Term part) =>
        new(Type, Text, Magnitude, [.. Parts[..place], part, .. Parts[(place + 1)..]]) { Helper = Helper, Frozen = Frozen };

    /// <summary>Whether more than the size of a part counts, and it is neither held constant nor left out by the body of a lambda.</summary>
    private bool Matters(int place) =>
        !Text.Contains($"{{{place}}}.Rows", StringComparison.Ordinal)
        && !Text.Contains($"{{{place}}}.Columns", StringComparison.Ordinal)
        && Frozen?.Contains($"{{{place}}}", StringComparison.Ordinal) != false
        && (Parts[place].Type == TermType.Element || Parts[^1].Type != TermType.Element || Parts[^1].Mentions("xyz"[place]));

    /// <summary>Whether a function of elements has one of them in its body; a function that is only named has all.</summary>
    private bool Mentions(char element) =>
        ToFrozen() is var body && body.Split("=>", 2) is [_, var after]
            ? Regex.IsMatch(after, $@"\b{element}\b")
            : body.Length > 0;

    private static int Place(Match match) => match.Groups[1].Value[0] - '0';

    [GeneratedRegex(@"\b[yz]\b")]
    private static partial Regex ElementName();

    [GeneratedRegex(@"\{(\d)([mh]?)\}")]
    private static partial Regex Placeholder();
}
