using System.Text.Json;
using Xunit;

namespace AutoGradMf.Corpus.Tests;

/// <summary>corpus.json as tests/AutoGradMf.Golden/corpus.py wrote it.</summary>
internal static class Corpus
{
    private static readonly Lazy<Dictionary<(string Loss, string Point), CorpusCase>> Cases = new(Read);

    /// <summary>Every loss at every point that it has, for a theory.</summary>
    public static TheoryData<string, string> All => Select(_ => true);

    /// <summary>One loss at one point.</summary>
    public static CorpusCase Case(string loss, string point) => Cases.Value[(loss, point)];

    /// <summary>Some losses at some points, for a theory.</summary>
    public static TheoryData<string, string> Select(Func<CorpusCase, bool> predicate)
    {
        var data = new TheoryData<string, string>();
        foreach (var at in Cases.Value.Values.Where(predicate))
        {
            data.Add(at.Loss, at.Point);
        }

        return data;
    }

    private static Dictionary<(string Loss, string Point), CorpusCase> Read()
    {
        using var file = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "corpus.json"));
        using var json = JsonDocument.Parse(file);
        var root = json.RootElement;
        var hyperparameters = root.GetProperty("hyperparameters").EnumerateObject().ToDictionary(p => p.Name, p => CorpusInput.Read(p.Value));
        var cases = new Dictionary<(string, string), CorpusCase>();
        foreach (var point in root.GetProperty("points").EnumerateArray())
        {
            var name = point.GetProperty("name").GetString()!;
            var inputs = point.GetProperty("inputs").EnumerateObject().ToDictionary(p => p.Name, p => CorpusInput.Read(p.Value));
            foreach (var entry in point.GetProperty("expected").EnumerateObject())
            {
                var loss = root.GetProperty("losses").GetProperty(entry.Name);
                var arguments = new Dictionary<string, CorpusInput>(hyperparameters);
                foreach (var argument in loss.EnumerateObject().SelectMany(kind => kind.Value.EnumerateObject()))
                {
                    arguments[argument.Name] = inputs[argument.Value.GetString()!];
                }

                cases.Add((entry.Name, name), new(entry.Name, name, arguments, Expectation.Read(entry.Value)));
            }
        }

        return cases;
    }
}
