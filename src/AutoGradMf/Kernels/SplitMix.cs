namespace AutoGradMf.Kernels;

/// <summary>Pseudo-random numbers by SplitMix64 (Steele, Lea &amp; Flood, OOPSLA 2014): a few operations each, and the same on every machine.</summary>
internal struct SplitMix(ulong seed)
{
    private ulong _state = seed;

    /// <summary>Independent of the numbers of other streams of the same seed.</summary>
    public static SplitMix Of(int seed, int stream, int part)
    {
        var mixed = new SplitMix((ulong)(uint)seed);
        mixed = new(mixed.Next() ^ (uint)stream);
        return new(mixed.Next() ^ (uint)part);
    }

    /// <summary>All 64-bit numbers are equally likely.</summary>
    public ulong Next()
    {
        var z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>From 0 to <paramref name="bound"/> − 1.</summary>
    public int Below(int bound) => (int)(((Next() >> 32) * (ulong)bound) >> 32);

    /// <summary>Brings numbers into a random order (Fisher &amp; Yates).</summary>
    public void Shuffle(Span<int> numbers)
    {
        for (var i = numbers.Length - 1; i > 0; i--)
        {
            var j = Below(i + 1);
            (numbers[i], numbers[j]) = (numbers[j], numbers[i]);
        }
    }
}
