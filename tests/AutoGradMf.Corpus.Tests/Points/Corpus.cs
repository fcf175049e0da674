using System.Text.Json;
using Xunit;

namespace AutoGradMf.Corpus.Tests;

/// <summary>corpus.json as tests/AutoGradMf.Golden/corpus.py wrote it.</summary>
internal static class Corpus
{
    private static readonly Lazy<Dictionary<(string Loss, string Point), CorpusCase>> Cases = new(Read);

    /// <summary>Every loss at every point that it has, for a theory.</summary>
    public static TheoryData<string, string> All
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var at in Cases.Value.Values)
            {
                data.Add(at.Loss, at.Point);
            }

            return data;
        }
    }

    /// <summary>One loss at one point.</summary>
    public static CorpusCase Case(string loss, string point) => Cases.Value[(loss, point)];

    /// <summary>One loss at all of its points.</summary>
    public static IEnumerable<CorpusCase> Of(string loss) => Cases.Value.Values.Where(at => at.Loss == loss);

    private static Dictionary<(string Loss, string Point), CorpusCase> Read()
    {
        using var file = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "corpus.json"));
        using var json = JsonDocument.Parse(file);
        var root = json.RootElement;
        var hyperparameters = Inputs(root.GetProperty("hyperparameters"));
        var cases = new Dictionary<(string, string), CorpusCase>();
        foreach (var point in root.GetProperty("points").EnumerateArray())
        {
            var name = point.GetProperty("name").GetString()!;
            var inputs = Inputs(point.GetProperty("inputs"));
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

    private static Dictionary<string, CorpusInput> Inputs(JsonElement json) =>
        json.EnumerateObject().ToDictionary(input => input.Name, input => CorpusInput.Read(input.Value));
}
