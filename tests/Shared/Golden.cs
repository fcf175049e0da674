using System.Text.Json;

namespace AutoGradMf.TestLosses;

/// <summary>golden.json as tests/AutoGradMf.Golden/golden.py wrote it.</summary>
/// <param name="Reg">Ridge of U and M.</param>
/// <param name="BiasReg">Ridge of b and d.</param>
/// <param name="Fill">What the loss FilledByGlobal fills with.</param>
/// <param name="Points">By name, such as "4x5x3 random": m × n × k and the pattern of R.</param>
public sealed record Golden(double Reg, double BiasReg, double Fill, IReadOnlyDictionary<string, GoldenPoint> Points)
{
    private static readonly Lazy<Golden> Committed = new(Read);

    /// <summary>The committed file, read once.</summary>
    public static Golden Values => Committed.Value;

    private static Golden Read()
    {
        using var file = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "golden.json"));
        using var json = JsonDocument.Parse(file);
        var root = json.RootElement;
        return new Golden(
            root.GetProperty("reg").GetDouble(),
            root.GetProperty("biasReg").GetDouble(),
            root.GetProperty("fill").GetDouble(),
            root.GetProperty("points").EnumerateArray().Select(GoldenPoint.Read).ToDictionary(point => point.Name, StringComparer.Ordinal));
    }
}
