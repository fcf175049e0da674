namespace AutoGradMf.Generators.Symbolics.Analysis.Reals;

/// <summary>
/// The greatest size of a function on the real line, by enclosures of it on parts of the line that are halved where it may be greater
/// than anywhere looked at (Moore; Hansen &amp; Walster, Global Optimization Using Interval Analysis, 2004). The same on every machine,
/// and at bounded cost.
/// </summary>
internal static class Extent
{
    /// <summary>How much greater than the greatest value a bound may be.</summary>
    private const double Excess = 5e-3;

    private const double Near = 16, Far = 1 << 20;

    /// <summary>So many parts are looked at, and fewer of a long function.</summary>
    private const int MostParts = 1_500, MostSteps = 40_000;

    /// <summary>Of a part that is as small as this, and of what is this near to zero, halves say nothing new.</summary>
    private const double Smallest = 1e-11;

    /// <summary>Where jumps are looked for, parts near zero are as small as this beside it: most kinks are at zero.</summary>
    private const double NearestZero = 1e-9;

    /// <summary>What is continuous changes no more within a part than so many times what it changes within those beside it.</summary>
    private const double MostChange = 4;

    private static readonly RealArithmetic OfNumbers = new(1);

    /// <summary>A bound of its size, which is near to the least one; null if none is found.</summary>
    public static double? Of(RealFunction function)
    {
        if (End(function, Far) is not { } least)
        {
            return null;
        }

        var reached = Sampled(function);
        var (end, beyond) = (Near, End(function, Near));
        while (end < Far && !(beyond <= Math.Max(least, reached)))
        {
            end *= 4;
            beyond = End(function, end);
        }

        return beyond is not { } far || Math.Max(far, Greatest(function, end, reached)) is var bound && double.IsInfinity(bound) ? null : bound;
    }

    /// <summary>
    /// A bound between −end and end: the part that may reach the most is halved until it is known to reach no more than is reached.
    /// </summary>
    private static double Greatest(RealFunction function, double end, double reached)
    {
        var parts = new SortedSet<(double Size, double Low, double High)>();
        void Look(double low, double high) => parts.Add((function.At(new(low, high), OfNumbers).Size, low, high));
        Look(-end, 0);
        Look(0, end);
        for (var looked = 0; ; looked++)
        {
            var (size, low, high) = parts.Max;
            if (size <= reached * (1 + Excess) || looked > MostPartsOf(function) || IsSmall(low, high))
            {
                return size;
            }

            var middle = Middle(low, high);
            reached = Math.Max(reached, Least(function.At(Enclosure.Of(middle), OfNumbers)));
            parts.Remove(parts.Max);
            Look(low, middle);
            Look(middle, high);
        }
    }

    /// <summary>Whether its values jump nowhere: where a selection passes from one branch to the other, both have the same value.</summary>
    public static bool IsContinuous(RealFunction function)
    {
        var parts = new Stack<(double Low, double High)>([(0, Far), (-Far, 0)]);
        for (var looked = 0; parts.Count > 0; looked++)
        {
            var (low, high) = parts.Pop();
            var arithmetic = new RealArithmetic(1);
            var values = function.At(new(low, high), arithmetic);
            if (!arithmetic.IsUndecided)
            {
                continue;
            }

            var isSmall = IsSmall(low, high, NearestZero);
            if (looked > MostPartsOf(function) || (isSmall && !PassesOn(function, low, high, values)))
            {
                return false;
            }

            if (!isSmall)
            {
                var middle = Middle(low, high);
                parts.Push((middle, high));
                parts.Push((low, middle));
            }
        }

        return IsDecided(function, 1) && IsDecided(function, -1);
    }

    /// <summary>
    /// Whether a function changes in a part no more than in parts of that length beside it. However small its values are, where it jumps there it changes far more.
    /// </summary>
    private static bool PassesOn(RealFunction function, double low, double high, Enclosure values)
    {
        var (length, arithmetic) = (high - low, new RealArithmetic(1));
        var before = function.At(new(low - (2 * length), low - length), arithmetic);
        var behind = function.At(new(high + length, high + (2 * length)), arithmetic);
        return !arithmetic.IsUndecided && values.High - values.Low <= MostChange * (before.High - before.Low + (behind.High - behind.Low));
    }

    private static int MostPartsOf(RealFunction function) => Math.Min(MostParts, MostSteps / function.Length);

    private static bool IsDecided(RealFunction function, double sign)
    {
        var arithmetic = new RealArithmetic(Far);
        function.At(new(sign, sign, 1), arithmetic);
        return !arithmetic.IsUndecided;
    }

    private static double? End(RealFunction function, double start)
    {
        var arithmetic = new RealArithmetic(start);
        double SizeTowards(double sign) => arithmetic.Range(function.At(new(sign, sign, 1), arithmetic)).Size;
        var size = Math.Max(SizeTowards(1), SizeTowards(-1));
        return double.IsInfinity(size) ? null : size;
    }

    /// <summary>A size that it reaches.</summary>
    private static double Sampled(RealFunction function)
    {
        var reached = Least(function.At(Enclosure.Of(0), OfNumbers));
        for (var t = 1.0 / 64; t < Far; t *= 1.5)
        {
            var (above, below) = (function.At(Enclosure.Of(t), OfNumbers), function.At(Enclosure.Of(-t), OfNumbers));
            reached = Math.Max(reached, Math.Max(Least(above), Least(below)));
        }

        return reached;
    }

    private static double Least(Enclosure value) => value.Low > 0 ? value.Low : value.High < 0 ? -value.High : 0;

    private static bool IsSmall(double low, double high, double unit = 1) => high - low <= Smallest * Math.Max(unit, Math.Max(Math.Abs(low), Math.Abs(high)));

    /// <summary>Between two numbers that are far from each other, in size.</summary>
    private static double Middle(double low, double high) => low > 0 && high > 4 * low ? Math.Sqrt(low * high)
        : high < 0 && low < 4 * high ? -Math.Sqrt(low * high)
        : low == 0 && high > 1 ? 1
        : high == 0 && low < -1 ? -1
        : (low + high) / 2;
}
