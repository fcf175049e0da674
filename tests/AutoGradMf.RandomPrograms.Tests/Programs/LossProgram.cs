namespace AutoGradMf.RandomPrograms.Tests.Programs;

/// <summary>A random loss with its number, which says where and at what sizes it is tried.</summary>
internal sealed record LossProgram(int Number, Term Body)
{
    private static readonly IReadOnlyDictionary<char, int>[] SizesToTry = [Of(5, 4, 3, 6), Of(3, 7, 2, 4), Of(9, 6, 5, 7), Of(4, 4, 4, 3)];

    /// <summary>The method's name.</summary>
    public string Name => "Loss" + Number;

    /// <summary>The method that adds up the magnitudes of the terms that cancel in the loss.</summary>
    public string MagnitudeName => "MagnitudeOf" + Name;

    /// <summary>The loss with further factors for what is held constant.</summary>
    public string FrozenName => "Frozen" + Name;

    /// <summary>The parameters that occur, in the vocabulary's order.</summary>
    public IReadOnlyList<LossParameter> Parameters => [.. Vocabulary.Parameters.Where(p => Body.All.Any(t => t.Parameter == p))];

    /// <summary>The numbers of m, n, k and s.</summary>
    public IReadOnlyDictionary<char, int> Sizes => SizesToTry[Number % SizesToTry.Length];

    /// <summary>The loss's one line.</summary>
    public string Source => $"    [Loss] public static double {Name}({Declared(Parameters)}) => {Body.ToValue()};";

    /// <summary>What it is checked with.</summary>
    public string Companions =>
        $"    public static double {MagnitudeName}({Plain(Declared(Parameters))}) => {Body.ToMagnitude()};\n"
        + (Body.HasStop
            ? $"    public static double {FrozenName}({Plain(Declared([.. Parameters, .. Held]))}) => {Body.ToFrozen()};\n"
            : "");

    private IEnumerable<LossParameter> Held =>
        Parameters.Where(p => p.IsFactor).Select(p => p with { Declaration = p.Declaration + "0" });

    /// <summary>A loss of an expression; one without a factor gets a term that has one.</summary>
    public static LossProgram Create(int number, Term body) => new(number, body.All.Any(t => t.Parameter is { IsFactor: true })
        ? body
        : Operations.Binary(TermType.Scalar, "+", body, Operations.Call(TermType.Scalar, "Norm", Term.Of(Vocabulary.U))));

    private static string Declared(IEnumerable<LossParameter> parameters) => string.Join(", ", parameters.Select(p => p.Declaration));

    private static string Plain(string declared) => declared
        .Replace("[Factor] ", "", StringComparison.Ordinal)
        .Replace("[Factor, Shape(\"k\", \"k\")] ", "", StringComparison.Ordinal);

    private static Dictionary<char, int> Of(int m, int n, int k, int s) => new() { ['m'] = m, ['n'] = n, ['k'] = k, ['s'] = s, ['1'] = 1 };
}
