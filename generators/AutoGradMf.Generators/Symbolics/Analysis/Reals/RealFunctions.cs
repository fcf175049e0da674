namespace AutoGradMf.Generators.Symbolics.Analysis.Reals;

/// <summary>
/// What the functions of the library make of enclosures of their arguments: of each what it is far off, where others are to vanish beside
/// it, and that it rises, where it does. A function that has no row here, and none in <see cref="RealDefinitions"/>, may be anything
/// within the bounds that it declares.
/// </summary>
internal static class RealFunctions
{
    private static readonly double LogOfTwo = Math.Log(2);

    private static readonly double UpToLogOfTwo = RealArithmetic.Widened(LogOfTwo, 1);

    private static readonly Dictionary<string, Func<RealArithmetic, Enclosure[], Enclosure>> Table = new(StringComparer.Ordinal)
    {
        ["Abs"] = (_, x) => RealArithmetic.Abs(x[0]),
        ["Relu"] = (r, x) => r.Max(x[0], Enclosure.Of(0)),
        ["Max"] = (r, x) => r.Max(x[0], x[1]),
        ["Min"] = (r, x) => RealArithmetic.Negate(r.Max(RealArithmetic.Negate(x[0]), RealArithmetic.Negate(x[1]))),
        ["Sign"] = (r, x) => SignOf(r, r.Range(x[0])),
        ["Sqrt"] = (_, x) => RealArithmetic.RealPower(x[0], 0.5),
        ["Cbrt"] = (_, x) => new(Cbrt(x[0].Low, -1), Cbrt(x[0].High, 1), x[0].Order / 3),
        ["ReciprocalOrZero"] = (r, x) => x[0].IsZero ? x[0] : RealArithmetic.Reciprocal(x[0]),
        ["Exp"] = (r, x) => r.Exp(x[0]),
        ["Expm1"] = (r, x) => r.Increasing(x[0], Expm1),
        ["Log"] = (r, x) => r.Log(x[0]),
        ["Log1p"] = (r, x) => x[0].Order > 0 ? r.Log(r.Add(Enclosure.Of(1), x[0]))
            : r.Range(x[0]) is { Low: < -1 } ? Enclosure.Any
            : r.Increasing(x[0], Log1p),
        ["Sigmoid"] = (r, x) => Falls(x[0]) ? r.Exp(x[0]) : Within(r.Increasing(x[0], Sigmoid), 0, 1),
        ["Softplus"] = (r, x) => Falls(x[0]) ? r.Exp(x[0])
            : x[0] is { Order: > 0, Low: > 0 } ? r.Add(x[0], new(0, UpToLogOfTwo))
            : r.Increasing(x[0], Softplus),
        ["LogSigmoid"] = (r, x) => RealArithmetic.Negate(RealFunctions.Of("Softplus", r, [RealArithmetic.Negate(x[0])])!.Value),
        ["LogCosh"] = (r, x) => x[0].Order > 0 ? r.Add(RealArithmetic.Abs(x[0]), new(-UpToLogOfTwo, 0)) : OfLogCosh(r, x[0]),
        ["Tanh"] = (r, x) => Within(r.Increasing(x[0], Math.Tanh), -1, 1),
        ["Sinh"] = (r, x) => r.Increasing(x[0], Math.Sinh),
        ["Cosh"] = (r, x) => r.Increasing(RealArithmetic.Abs(x[0]), Math.Cosh),
        ["Atan"] = (r, x) => r.Increasing(x[0], Math.Atan),
        ["Asinh"] = (r, x) => r.Increasing(x[0], Asinh),
        ["Atan2"] = (_, _) => new(-Math.PI, RealArithmetic.Widened(Math.PI, 1)),
        ["Sin"] = (r, x) => Wave(r.Range(x[0]), -Math.PI / 2, Math.Sin),
        ["Cos"] = (r, x) => Wave(r.Range(x[0]), -Math.PI, Math.Cos),
    };

    /// <summary>Whether a function has a row.</summary>
    public static bool Has(string function) => Table.ContainsKey(function);

    /// <summary>Where its values are; null of a function that has no row.</summary>
    public static Enclosure? Of(string function, RealArithmetic arithmetic, Enclosure[] arguments) =>
        Table.TryGetValue(function, out var row) ? row(arithmetic, arguments) : null;

    private static bool Falls(Enclosure x) => x is { Order: > 0, High: < 0 };

    private static Enclosure Within(Enclosure x, double low, double high) => new(Math.Max(x.Low, low), Math.Min(x.High, high));

    private static Enclosure SignOf(RealArithmetic arithmetic, Enclosure x)
    {
        arithmetic.IsUndecided |= x is { Low: <= 0, High: >= 0, IsZero: false };
        return new(x.Low > 0 ? 1 : x.Low == 0 ? 0 : -1, x.High < 0 ? -1 : x.High == 0 ? 0 : 1);
    }

    private static Enclosure OfLogCosh(RealArithmetic arithmetic, Enclosure x)
    {
        var size = RealArithmetic.Abs(arithmetic.Range(x));
        var (low, high) = (LogCosh(size.Low), LogCosh(size.High));
        return new(Math.Max(0, RealArithmetic.Widened(low, -1) - RoundingOfLogCosh), RealArithmetic.Widened(high, 1) + RoundingOfLogCosh);
    }

    /// <summary>It cancels near zero.</summary>
    private const double RoundingOfLogCosh = 4e-16;

    /// <summary>
    /// A wave that is least at a point and at each period from there: its extremes are at the ends or half a period apart.
    /// </summary>
    private static Enclosure Wave(Enclosure x, double least, Func<double, double> function)
    {
        const double Far = 1e6; // the period counted from zero is exact enough up to here
        if (!(x.High - x.Low < Math.PI) || Math.Max(Math.Abs(x.Low), Math.Abs(x.High)) > Far)
        {
            return new(-1, 1);
        }

        double Periods(double from, double to) => (to - from) / (2 * Math.PI);
        bool Has(double point) => Math.Floor(Periods(point, x.High) + NearPeriod) >= Math.Ceiling(Periods(point, x.Low) - NearPeriod);
        var (first, last) = (function(x.Low), function(x.High));
        return new(
            Has(least) ? -1 : Math.Max(-1, Math.Min(first, last) - RoundingOfWaves),
            Has(least + Math.PI) ? 1 : Math.Min(1, Math.Max(first, last) + RoundingOfWaves));
    }

    private const double NearPeriod = 1e-9;

    private const double RoundingOfWaves = 1e-15;

    private static double Cbrt(double x, int direction) => RealArithmetic.Widened(Math.Sign(x) * Math.Pow(Math.Abs(x), 1.0 / 3), direction);

    private static double Sigmoid(double x) => x < 0 ? Math.Exp(x) / (1 + Math.Exp(x)) : 1 / (1 + Math.Exp(-x));

    private static double Softplus(double x) => double.IsPositiveInfinity(x) ? x : Math.Max(x, 0) + Log1p(Math.Exp(-Math.Abs(x)));

    private static double LogCosh(double x) => double.IsPositiveInfinity(x) ? x : x - LogOfTwo + Log1p(Math.Exp(-2 * x));

    private static double Asinh(double x) =>
        double.IsInfinity(x) ? x : Math.Sign(x) * Log1p(Math.Abs(x) + (x * x / (1 + Math.Sqrt(1 + (x * x)))));

    /// <summary>log(1 + x): what is lost of x in the sum is lost of both.</summary>
    private static double Log1p(double x)
    {
        var sum = 1 + x;
        return sum == 1 || double.IsInfinity(x) ? x : Math.Log(sum) * (x / (sum - 1));
    }

    /// <summary>eˣ − 1, likewise.</summary>
    private static double Expm1(double x)
    {
        var power = Math.Exp(x);
        return power == 1 ? x : power - 1 == -1 || double.IsInfinity(power) ? power - 1 : (power - 1) * (x / Math.Log(power));
    }
}
