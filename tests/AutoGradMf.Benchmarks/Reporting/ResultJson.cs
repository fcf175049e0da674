using System.Text.Json;

namespace AutoGradMf.Benchmarks.Reporting;

/// <summary>Rows as a JSON array for programs.</summary>
internal static class ResultJson
{
    private static readonly JsonSerializerOptions Options = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, WriteIndented = true };

    public static void Write(string path, IReadOnlyList<ResultRow> rows) => File.WriteAllText(path, JsonSerializer.Serialize(rows, Options));

    public static IReadOnlyList<ResultRow> Read(string path) => JsonSerializer.Deserialize<List<ResultRow>>(File.ReadAllText(path), Options)!;
}
