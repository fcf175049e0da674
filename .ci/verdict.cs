#:property PublishAot=false

// dotnet run .ci/verdict.cs -- RESULTS TORCH
// Judges what .ci/run left in the folder RESULTS: exit-codes, synthetic.json, ratings.json (where those ratings are) and
// tests/*/*.trx. TORCH is the folder of the TorchSharp tests. Exit code: 0 when nothing failed, 2 when something did.
using System.Text.Json;
using System.Xml.Linq;

var verdict = new Verdict();
foreach (var line in File.ReadLines(Path.Combine(args[0], "exit-codes")))
{
    var (code, command) = (line[..line.IndexOf(' ')], line[(line.IndexOf(' ') + 1)..]);
    verdict.Check($"{command} ends well", code == "0", $"exit code {code}");
}

JudgeFigures("synthetic");
if (File.ReadLines(Path.Combine(args[0], "exit-codes")).Any(line => line.Contains("--data", StringComparison.Ordinal)))
{
    JudgeFigures("ratings", rmseBelow: 0.87);
}

var torchAssets = Path.Combine(args[1], "obj", "project.assets.json");
var torchIsRestored = File.Exists(torchAssets) && File.ReadAllText(torchAssets).Contains("\"TorchSharp-cpu/", StringComparison.Ordinal);
foreach (var configuration in new[] { "Debug", "Release" })
{
    JudgeTests(configuration);
}

verdict.RepeatFailures();
Console.WriteLine(FormattableString.Invariant($"{verdict.Passed} passed, {verdict.Failed} failed"));
return verdict.Failed == 0 ? 0 : 2;

void JudgeFigures(string run, double? rmseBelow = null)
{
    var file = Path.Combine(args[0], run + ".json");
    verdict.Check($"{run}: figures were written", File.Exists(file), file);
    if (!File.Exists(file))
    {
        return;
    }

    using var json = JsonDocument.Parse(File.ReadAllText(file));
    var figures = json.RootElement;
    foreach (var factor in figures.GetProperty("gradientCheck").EnumerateObject())
    {
        verdict.Below($"{run}: gradientCheck.{factor.Name}", factor.Value.GetDouble(), 1e-6);
    }

    foreach (var loss in figures.GetProperty("gradientCheckByLoss").EnumerateObject())
    {
        foreach (var factor in loss.Value.EnumerateObject())
        {
            verdict.Below($"{run}: gradientCheckByLoss.{loss.Name}.{factor.Name}", factor.Value.GetDouble(), loss.Name == "quadratic" ? 1e-8 : 1e-6);
        }
    }

    var notebook = figures.GetProperty("gradientCheckByLoss").GetProperty("quadratic").EnumerateObject().Select(factor => factor.Name);
    verdict.Check($"{run}: the notebook's case (quadratic) is checked in U and M", notebook.SequenceEqual(["U", "M"]), string.Join(", ", notebook));
    verdict.Below($"{run}: |classic.relativeGap|", Math.Abs(figures.GetProperty("classic").GetProperty("relativeGap").GetDouble()), 1e-6);
    verdict.Below($"{run}: classic.seconds", figures.GetProperty("classic").GetProperty("seconds").GetDouble(), 60);

    var baselines = figures.GetProperty("baselines").EnumerateObject().ToDictionary(b => b.Name, b => b.Value);
    foreach (var name in new[] { "globalMean", "movieMean", "userMean", "biasOnly" })
    {
        verdict.Below($"{run}: biased.testRmse against {name}", Biased("testRmse"), baselines[name].GetProperty("testRmse").GetDouble());
        verdict.Below($"{run}: biased.testMae against {name}", Biased("testMae"), baselines[name].GetProperty("testMae").GetDouble());
    }

    if (rmseBelow is { } bound)
    {
        verdict.Below($"{run}: biased.testRmse", Biased("testRmse"), bound);
    }

    double Biased(string figure) => figures.GetProperty("biased").GetProperty(figure).GetDouble();
}

void JudgeTests(string configuration)
{
    var folder = Path.Combine(args[0], "tests", configuration);
    var files = Directory.Exists(folder) ? Directory.GetFiles(folder, "*.trx") : [];
    verdict.Check($"{configuration}: there are test results", files.Length > 0, folder);
    var torchTestsThatRan = 0;
    var torchTestsSkipped = 0;
    foreach (var file in files.Order(StringComparer.Ordinal))
    {
        var project = Path.GetFileNameWithoutExtension(file);
        var results = XDocument.Load(file).Descendants().Where(e => e.Name.LocalName == "UnitTestResult")
            .Select(e => (
                Name: e.Attribute("testName")!.Value,
                Outcome: e.Attribute("outcome")!.Value,
                Message: e.Descendants().FirstOrDefault(d => d.Name.LocalName == "Message")?.Value)).ToList();
        var ran = results.Where(r => r.Outcome != "NotExecuted").ToList();
        verdict.Add(ran.Count(r => r.Outcome == "Passed"));
        foreach (var (name, outcome, message) in ran.Where(r => r.Outcome != "Passed"))
        {
            verdict.Check($"{configuration}: {project}: {name}", holds: false, message ?? outcome);
        }

        Console.WriteLine(FormattableString.Invariant($"       {configuration}: {project}: {ran.Count} tests ran, {results.Count - ran.Count} were skipped"));
        if (project == Path.GetFileName(args[1]))
        {
            (torchTestsThatRan, torchTestsSkipped) = (ran.Count, results.Count - ran.Count);
        }
    }

    if (torchIsRestored)
    {
        verdict.Check(
            $"{configuration}: TorchSharp-cpu was restored and all its tests ran",
            torchTestsThatRan > 0 && torchTestsSkipped == 0,
            $"{torchTestsThatRan} ran, {torchTestsSkipped} were skipped");
    }
    else
    {
        Console.WriteLine($"       {configuration}: TorchSharp-cpu is not on the configured feeds");
    }
}

/// <summary>Counts what holds and what does not, and says so, a line each.</summary>
internal sealed class Verdict
{
    private readonly List<string> _failures = [];

    public int Passed { get; private set; }

    public int Failed => _failures.Count;

    public void Add(int passed) => Passed += passed;

    public void Check(string what, bool holds, string found)
    {
        var line = holds ? $"ok     {what}" : $"FAILED {what}: {found}";
        Console.WriteLine(line);
        Passed += holds ? 1 : 0;
        if (!holds)
        {
            _failures.Add(line);
        }
    }

    /// <summary>Says again what failed: of a long log, the end is what is read.</summary>
    public void RepeatFailures() => _failures.ForEach(Console.WriteLine);

    public void Below(string what, double figure, double bound) =>
        Check(FormattableString.Invariant($"{what} = {figure:G6} is below {bound:G6}"), figure < bound, "it is not");
}
