using System.Text.RegularExpressions;

namespace AutoGradMf.RandomPrograms.Tests.Programs;

/// <summary>A random loss with its number, which says where and at what sizes it is tried.</summary>
internal partial record LossProgram(int Number, Term Body)
{
    private static readonly IReadOnlyDictionary<char, int>[] SizesToTry = [Of(5, 4, 3, 6), Of(3, 7, 2, 4), Of(9, 6, 5, 7), Of(4, 4, 4, 3)];

    /// <summary>The method's name.</summary>
    public string Name => "Loss" + Number;

    /// <summary>The method that adds up the magnitudes of the terms that cancel in the loss.</summary>
    public string MagnitudeName => "MagnitudeOf" + Name;

    /// <summary>The loss in one piece, with further factors for what is held constant.</summary>
    public string FrozenName => "Frozen" + Name;

    /// <summary>The parameters that occur, in the vocabulary's order.</summary>
    public IReadOnlyList<LossParameter> Parameters => [.. Vocabulary.Parameters.Where(p => Body.All.Any(t => t.Parameter == p))];

    /// <summary>The numbers of m, n, k and s.</summary>
    public IReadOnlyDictionary<char, int> Sizes => SizesToTry[Number % SizesToTry.Length];

    /// <summary>The loss, with the methods beside it.</summary>
    public string Source
    {
        get
        {
            var text = new ProgramText(Name, Body);
            return string.Join("\n", text.Here.Append(Declare(text)));
        }
    }

    /// <summary>Methods that the loss calls in another file.</summary>
    public string Elsewhere => string.Concat(new ProgramText(Name, Body).Elsewhere.Select(m => m + "\n"));

    /// <summary>What it is checked with.</summary>
    public string Companions =>
        $"    public static double {MagnitudeName}({Plain(Declared(Parameters))}) => {Body.ToMagnitude()};\n"
        + $"    public static double {FrozenName}({Plain(Declared([.. Parameters, .. Held]))}) => {Body.ToFrozen()};\n";

    private IEnumerable<LossParameter> Held => Body.HasStop
        ? Parameters.Where(p => p.IsFactor).Select(p => p with { Declaration = p.Declaration + "0" })
        : [];

    /// <summary>Whether a method stands for it or for a part of it.</summary>
    public bool Owns(string method) =>
        method == Name || method == MagnitudeName || method == FrozenName || method.StartsWith(Name + "Part", StringComparison.Ordinal);

    /// <summary>A loss of an expression; one without a factor gets a term that has one.</summary>
    public static LossProgram Create(int number, Term body) => new(number, body.All.Any(t => t.Parameter is { IsFactor: true })
        ? body
        : Operations.Binary(TermType.Scalar, "+", body, Operations.Call(TermType.Scalar, "Norm", Term.Of(Vocabulary.U))));

    /// <summary>The losses that this one shrinks to.</summary>
    public virtual IEnumerable<LossProgram> Smaller() => Shrinking.Smaller(Body).Select(body => Create(Number, body));

    /// <summary>The same loss, tried elsewhere.</summary>
    public virtual LossProgram WithNumber(int number) => this with { Number = number };

    /// <summary>The method that is marked.</summary>
    protected virtual string Declare(ProgramText text) => $"    [Loss] public static double {Name}({Declared(Parameters)}) => {text.Value};";

    private static string Declared(IEnumerable<LossParameter> parameters) => string.Join(", ", parameters.Select(p => p.Declaration));

    private static string Plain(string declared) => Attributes().Replace(declared, "");

    [GeneratedRegex(@"\[[^\]]*\] ")]
    private static partial Regex Attributes();

    private static Dictionary<char, int> Of(int m, int n, int k, int s) => new() { ['m'] = m, ['n'] = n, ['k'] = k, ['s'] = s, ['q'] = s, ['1'] = 1 };
}
