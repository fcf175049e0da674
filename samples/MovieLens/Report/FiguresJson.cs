using System.Text.Json.Serialization;

namespace AutoGradMf.Samples.MovieLens.Report;

[JsonSerializable(typeof(Figures))]
[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
internal sealed partial class FiguresJson : JsonSerializerContext;
