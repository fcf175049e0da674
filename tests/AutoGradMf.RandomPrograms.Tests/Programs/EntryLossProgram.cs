using CsCheck;

namespace AutoGradMf.RandomPrograms.Tests.Programs;

/// <summary>A random loss of one entry; its body is the long form.</summary>
internal sealed record EntryLossProgram : LossProgram
{
    private static readonly string[] Switches = ["GlobalMean", "Biases", "Ridge"];

    private readonly Term _entry;
    private readonly bool[] _isOn;

    private EntryLossProgram(int number, Term entry, bool[] isOn)
        : base(number, LongForm(entry, isOn)) => (_entry, _isOn) = (entry, isOn);

    /// <summary>Losses of a rating x and a prediction y.</summary>
    public static Gen<Func<int, LossProgram>> Random { get; } = Gen.Select(
        ElementBody.Of(2, Gen.OneOf([Term.Of(Vocabulary.Alpha), .. Vocabulary.Numbers])).Where(e => e.Write(_ => "").Contains('y', StringComparison.Ordinal)),
        Gen.Bool.Array[Switches.Length],
        (entry, isOn) => (Func<int, LossProgram>)(number => new EntryLossProgram(number, entry, isOn)));

    protected override string Declare(ProgramText text)
    {
        var switches = string.Join(", ", Switches.Where((_, place) => !_isOn[place]).Select(s => s + " = false"));
        var alpha = _entry.All.Any(t => t.Parameter == Vocabulary.Alpha) ? ", double alpha" : "";
        return $"    [EntryLoss{(switches.Length > 0 ? $"({switches})" : "")}] public static double {Name}(double y, double x{alpha}) => {_entry.ToFrozen()};";
    }

    public override IEnumerable<LossProgram> Smaller() => Shrinking.Smaller(_entry)
        .Select(entry => (entry, _isOn))
        .Concat(Enumerable.Range(0, Switches.Length).Where(place => _isOn[place]).Select(off => (_entry, _isOn.Select((on, place) => on && place != off).ToArray())))
        .Select(smaller => new EntryLossProgram(Number, smaller.Item1, smaller.Item2));

    public override LossProgram WithNumber(int number) => new EntryLossProgram(number, _entry, _isOn);

    private static Term LongForm(Term entry, bool[] isOn)
    {
        var (u, v, b, d) = (Term.Of(Vocabulary.U), Term.Of(Vocabulary.V), Term.Of(Vocabulary.B), Term.Of(Vocabulary.D));
        var matrix = new TermType('m', 'n');
        var prediction = Operations.Product(u, v.Transpose());
        if (isOn[0])
        {
            prediction = Operations.Binary(matrix, "+", prediction, Term.Of(Vocabulary.Mu));
        }

        if (isOn[1])
        {
            prediction = Operations.Binary(matrix, "+", Operations.Binary(matrix, "+", prediction, b), d.Transpose());
        }

        var loss = Operations.Call(TermType.Scalar, "Sum", Operations.Map(
            Vocabulary.R.Type, Term.Element("(x, y) => {0}", entry), Term.Of(Vocabulary.R), prediction));
        var ridge = Ridge(Vocabulary.Reg, u, v);
        return !isOn[2] ? loss : Operations.Binary(
            TermType.Scalar, "+", loss, isOn[1] ? Operations.Binary(TermType.Scalar, "+", ridge, Ridge(Vocabulary.BiasReg, b, d)) : ridge);
    }

    private static Term Ridge(LossParameter weight, Term first, Term second)
    {
        Term Squares(Term x) => Operations.Call(TermType.Scalar, "Sum", Operations.Call(x.Type, "Square", x));
        return Operations.Binary(
            TermType.Scalar, "*", Term.Of(weight), Operations.Binary(
                TermType.Scalar, "*", Term.Number("0.5"), Operations.Binary(TermType.Scalar, "+", Squares(first), Squares(second))));
    }
}
