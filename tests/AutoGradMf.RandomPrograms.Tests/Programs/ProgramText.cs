namespace AutoGradMf.RandomPrograms.Tests.Programs;

/// <summary>An expression as a user writes it, with the methods that parts of it are written as.</summary>
internal sealed class ProgramText
{
    private static readonly string[] OfDoubles = ["Identity", "Numbers", "OneHot", "Ones", "Ops.", ".Bent("];

    private readonly string _name;
    private readonly List<string> _here = [];
    private readonly List<string> _elsewhere = [];

    public ProgramText(string name, Term term)
    {
        _name = name;
        Value = Write(term);
    }

    /// <summary>The expression.</summary>
    public string Value { get; }

    /// <summary>Methods beside the loss.</summary>
    public IReadOnlyList<string> Here => _here;

    /// <summary>Methods of a class in another file.</summary>
    public IReadOnlyList<string> Elsewhere => _elsewhere;

    private string Write(Term term) => term.Helper is { } form ? Call(term.Parts[0], form) : term.Write(place => Write(term.Parts[place]));

    private string Call(Term term, HelperForm form) => form switch
    {
        _ when term.Parameter is not null => OfParameters(term, $"=> {term.Parameter.Name};"),
        HelperForm.Expression => OfParameters(term, $"=> {Write(term)};"),
        HelperForm.Block => OfParameters(term, $"{{ {Locals(term)}return {term.Write(place => IsLocal(term, place) ? "part" + place : Write(term.Parts[place]))}; }}"),
        HelperForm.LocalFunction => OfParameters(term, $"{{ return Inner(); {term.Type.CSharp} Inner() => {Write(term)}; }}"),
        HelperForm.Generic when !IsDouble(term) => OfParts(term, form),
        HelperForm.Generic => OfParts(term, HelperForm.Elsewhere),
        _ => OfParts(term, form),
    };

    private string OfParameters(Term term, string body)
    {
        var parameters = ParametersOf(term);
        var name = Declare(_here, "private", "", term.Type.CSharp, parameters.Select(p => $"{p.CSharp} {p.Name}"), body, "");
        return $"{name}({string.Join(", ", parameters.Select(p => p.Name))})";
    }

    private string OfParts(Term term, HelperForm form)
    {
        var parts = Enumerable.Range(0, term.Parts.Length).Where(place => IsLocal(term, place)).ToArray();
        var captured = ParametersOf(term.Parts.Where(p => p.Type == TermType.Element));
        string TypeOf(string type) => form == HelperForm.Generic ? type.Replace("<double>", "<TNumber>", StringComparison.Ordinal) : type;
        var parameters = parts.Select(place => $"{TypeOf(CSharp(term.Parts[place]))} part{place}")
            .Concat(captured.Select(p => $"{TypeOf(p.CSharp)} {p.Name}"))
            .Concat(form == HelperForm.Named ? ["double unit = 1.0"] : []);
        var body = term.Write(place => IsLocal(term, place) ? "part" + place : Write(term.Parts[place]));
        var name = form switch
        {
            HelperForm.Elsewhere => "Elsewhere." + Declare(_elsewhere, "public", "", term.Type.CSharp, parameters, $"=> {body};", ""),
            HelperForm.Named => Declare(_here, "private", "", term.Type.CSharp, parameters, $"=> unit * ({body});", ""),
            _ => Declare(
                _here, "private", "<TNumber>", TypeOf(term.Type.CSharp), parameters, $"=> {body};",
                " where TNumber : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<TNumber>"),
        };
        var arguments = parts.Select(place => (Name: "part" + place, Value: Write(term.Parts[place]))).Concat(captured.Select(p => (p.Name, Value: p.Name)));
        return $"{name}({string.Join(", ", form == HelperForm.Named ? arguments.Reverse().Select(a => $"{a.Name}: {a.Value}") : arguments.Select(a => a.Value))})";
    }

    private string Declare(
        List<string> where, string access, string generic, string type, IEnumerable<string> parameters, string body, string constraint)
    {
        var name = $"{_name}Part{_here.Count + _elsewhere.Count}";
        where.Add($"    {access} static {type} {name}{generic}({string.Join(", ", parameters)}){constraint} {body}");
        return name;
    }

    private string Locals(Term term) =>
        string.Concat(term.Parts.Select((part, place) => IsLocal(term, place) ? $"var part{place} = {Write(part)}; " : ""));

    /// <summary>Whether a part is an expression: the body of a lambda is none.</summary>
    private static bool IsLocal(Term term, int place) => term.Parts[place].Type != TermType.Element;

    private static LossParameter[] ParametersOf(params IEnumerable<Term> terms) =>
        [.. Vocabulary.Parameters.Where(p => terms.SelectMany(t => t.All).Any(t => t.Parameter == p))];

    /// <summary>Whether an operation is of doubles alone, or makes tensors of doubles whatever it is given.</summary>
    private static bool IsDouble(Term term) =>
        !term.Parts.Any(p => CSharp(p).EndsWith("<double>", StringComparison.Ordinal))
        || OfDoubles.Any(name => term.Text.Contains(name, StringComparison.Ordinal));

    private static string CSharp(Term term) => term.Parameter?.CSharp ?? term.Type.CSharp;
}
