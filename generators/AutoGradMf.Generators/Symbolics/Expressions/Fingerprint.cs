namespace AutoGradMf.Generators.Symbolics.Expressions;

/// <summary>128 bits that stand for what was written into them; that two different writings meet is as good as impossible.</summary>
internal readonly record struct Fingerprint(ulong High, ulong Low) : IComparable<Fingerprint>
{
    private static readonly Fingerprint Empty = new(0x243F6A8885A308D3, 0x13198A2E03707344);

    public static Fingerprint Of(string text)
    {
        var fingerprint = Empty.With((ulong)text.Length);
        foreach (var character in text)
        {
            fingerprint = fingerprint.With(character);
        }

        return fingerprint;
    }

    public Fingerprint With(Fingerprint other) => With(other.High).With(other.Low);

    public Fingerprint With(double number) => With((ulong)BitConverter.DoubleToInt64Bits(number));

    public Fingerprint With(ulong word) => new(Mixed((High * 0x9E3779B97F4A7C15) + word), Mixed((Low * 0xD1342543DE82EF95) ^ word));

    /// <summary>Its bits are mixed already.</summary>
    public override int GetHashCode() => (int)Low;

    public int CompareTo(Fingerprint other) => High != other.High ? High.CompareTo(other.High) : Low.CompareTo(other.Low);

    /// <summary>The finalizer of SplitMix64 (Steele, Lea and Flood 2014).</summary>
    private static ulong Mixed(ulong x)
    {
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        return x ^ (x >> 31);
    }
}
