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

    /// <summary>How many operations, parameters and numbers it has.</summary>
    public int Size { get; } = 1 + Parts.Sum(p => p.Size);

    /// <summary>Its operations one within another.</summary>
    public int Depth { get; } = Parts.Length == 0 ? 0 : 1 + Parts.Max(p => p.Depth);

    private bool IsStop => Text.StartsWith("StopGradient(", StringComparison.Ordinal);

    /// <summary>Whether some of it is held constant under differentiation.</summary>
    public bool HasStop => IsStop || Parts.Any(p => p.HasStop);

    /// <summary>Whether a factor takes part other than by its size or held constant: only then is there a gradient to compare.</summary>
    public bool DependsOnFactor => Parameter is { IsFactor: true }
        || (!IsStop && Parts.Where((_, place) => !IsSize(place)).Any(p => p.DependsOnFactor));

    /// <summary>All that it is made of, itself first.</summary>
    public IEnumerable<Term> All => Parts.SelectMany(p => p.All).Prepend(this);

    public static Term Of(LossParameter parameter) =>
        new(parameter.Type, parameter.Name, parameter.RowsInto is null ? $"Abs({parameter.Name})" : parameter.Name) { Parameter = parameter };

    public static Term Number(string text) => new(TermType.Scalar, text, $"Abs({text})");

    /// <summary>The expression as a user writes it.</summary>
    public string ToValue() => Placeholder().Replace(Text, m => Parts[Place(m)].ToValue());

    /// <summary>The expression of its magnitude.</summary>
    public string ToMagnitude() => Placeholder().Replace(
        Magnitude, m => m.Groups[2].Length > 0 ? Parts[Place(m)].ToMagnitude() : Parts[Place(m)].ToValue());

    /// <summary>The expression in which what is held constant is made of other parameters, whose names end with 0.</summary>
    public string ToFrozen(bool isHeld = false)
    {
        var held = isHeld || IsStop;
        return Parameter is { IsFactor: true } factor && held ? factor.Name + "0" : Placeholder().Replace(Text, m => Parts[Place(m)].ToFrozen(held));
    }

    /// <summary>The same operation on other parts.</summary>
    public Term With(int place, Term part) => new(Type, Text, Magnitude, [.. Parts[..place], part, .. Parts[(place + 1)..]]);

    /// <summary>Whether only the size of a part counts.</summary>
    private bool IsSize(int place) => Text.Contains($"{{{place}}}.Rows", StringComparison.Ordinal) || Text.Contains($"{{{place}}}.Columns", StringComparison.Ordinal);

    private static int Place(Match match) => match.Groups[1].Value[0] - '0';

    [GeneratedRegex(@"\{(\d)(m?)\}")]
    private static partial Regex Placeholder();
}
