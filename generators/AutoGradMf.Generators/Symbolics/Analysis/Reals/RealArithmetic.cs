namespace AutoGradMf.Generators.Symbolics.Analysis.Reals;

/// <summary>
/// Arithmetic of enclosures (Moore, Interval Analysis, 1966), rounded outwards: no value of a result is outside of it, whatever the
/// rounding of the parts.
/// </summary>
/// <param name="start">Where t begins that goes on without end; 1 where it is between two numbers.</param>
internal sealed class RealArithmetic(double start)
{
    /// <summary>Arithmetic of doubles, and roots, are off by half of 2⁻⁵².</summary>
    private const double Rounding = 2.3e-16;

    private const double LeastNormal = 2.2250738585072014e-308;

    /// <summary>Library functions are off by a few of these.</summary>
    private const double RoundingOfFunctions = 1e-14;

    /// <summary>Exponentials are below this power of 1/t, which outweighs the powers of t beside them.</summary>
    private const double OrderOfExponentials = 12;

    /// <summary>Whether a selection met numbers of which either may be the less, or a sign what may be either.</summary>
    public bool IsUndecided { get; set; }

    public Enclosure Add(Enclosure a, Enclosure b)
    {
        if (a.IsZero || b.IsZero)
        {
            return a.IsZero ? b : a;
        }

        (a, b) = Aligned(a, b);
        return new(Down(a.Low + b.Low), Up(a.High + b.High), a.Order);
    }

    public static Enclosure Multiply(Enclosure a, Enclosure b)
    {
        var (first, second) = (Product(a.Low, b.Low), Product(a.Low, b.High));
        var (third, fourth) = (Product(a.High, b.Low), Product(a.High, b.High));
        return new(
            Down(Math.Min(Math.Min(first, second), Math.Min(third, fourth))),
            Up(Math.Max(Math.Max(first, second), Math.Max(third, fourth))),
            a.Order + b.Order);
    }

    public static Enclosure Negate(Enclosure a) => new(-a.High, -a.Low, a.Order);

    public Enclosure Subtract(Enclosure a, Enclosure b) => Add(a, Negate(b));

    public static Enclosure Power(Enclosure a, int exponent) => exponent < 0
        ? Reciprocal(Power(a, -exponent))
        : exponent % 2 == 0 ? Raised(Abs(a), exponent)
        : new(
            Sign(a.Low) * Raised(Math.Abs(a.Low), exponent, a.Low < 0),
            Sign(a.High) * Raised(Math.Abs(a.High), exponent, a.High > 0),
            a.Order * exponent);

    /// <summary>1 over it; where it may be zero, without end.</summary>
    public static Enclosure Reciprocal(Enclosure a) => a.Low > 0 || a.High < 0 ? new(Down(1 / a.High), Up(1 / a.Low), -a.Order)
        : a is { Low: 0, High: > 0 } ? new(Down(1 / a.High), double.PositiveInfinity, -a.Order)
        : Enclosure.Any;

    public static Enclosure Abs(Enclosure a) => a.Low >= 0 ? a : a.High <= 0 ? Negate(a) : new(0, a.Size, a.Order);

    /// <summary>A real power of what is not negative.</summary>
    public static Enclosure RealPower(Enclosure a, double exponent) => a.Low < 0 ? Enclosure.Any
        : exponent < 0 ? Reciprocal(RealPower(a, -exponent))
        : new(Widened(Math.Pow(a.Low, exponent), -1), Widened(Math.Pow(a.High, exponent), 1), a.Order * exponent);

    /// <summary>What is in either.</summary>
    public Enclosure Hull(Enclosure a, Enclosure b)
    {
        (a, b) = Aligned(a, b);
        return new(Math.Min(a.Low, b.Low), Math.Max(a.High, b.High), a.Order);
    }

    /// <summary>The greater of two.</summary>
    public Enclosure Max(Enclosure a, Enclosure b)
    {
        (a, b) = Aligned(a, b);
        return new(Math.Max(a.Low, b.Low), Math.Max(a.High, b.High), a.Order);
    }

    /// <summary>1 where a number is less than another (or not above it), and 0 where it is not; null where it may be either.</summary>
    public bool? IsLess(Enclosure a, Enclosure b, bool orEqual)
    {
        var difference = Subtract(b, a);
        bool? less = difference.Low > 0 || (orEqual && difference.Low >= 0) ? true
            : difference.High < 0 || (!orEqual && difference.High <= 0) ? false
            : null;
        IsUndecided |= less is null;
        return less;
    }

    /// <summary>An increasing function.</summary>
    public Enclosure Increasing(Enclosure a, Func<double, double> function)
    {
        var range = Range(a);
        return new(Widened(function(range.Low), -1), Widened(function(range.High), 1));
    }

    /// <summary>eˣ; where x falls without end, as a power of t that it is below.</summary>
    public Enclosure Exp(Enclosure a)
    {
        if (a is not { Order: > 0, High: < 0 })
        {
            return Increasing(a, Math.Exp);
        }

        // tᴺ exp(−c tᵖ) is greatest where c p tᵖ = N.
        var rate = -a.High;
        var greatest = Math.Max(start, Math.Pow(OrderOfExponentials / (rate * a.Order), 1 / a.Order));
        var exponent = (OrderOfExponentials * Math.Log(greatest)) - (rate * Math.Pow(greatest, a.Order));
        return new(0, Widened(Math.Exp(exponent), 1), -OrderOfExponentials);
    }

    /// <summary>The logarithm; that of t is below a multiple of its root.</summary>
    public Enclosure Log(Enclosure a)
    {
        if (a.Low < 0)
        {
            return Enclosure.Any;
        }

        var ofNumbers = new Enclosure(Widened(Math.Log(a.Low), -1), Widened(Math.Log(a.High), 1));
        var greatest = Math.Max(start, Math.Exp(2));
        var ofVariable = new Enclosure(0, Widened(Math.Log(greatest) / Math.Sqrt(greatest), 1), 0.5);
        return a.Order == 0 ? ofNumbers : Add(ofNumbers, Multiply(Enclosure.Of(a.Order), ofVariable));
    }

    /// <summary>All values, as numbers.</summary>
    public Enclosure Range(Enclosure a)
    {
        if (a.Order == 0 || a.IsZero)
        {
            return a with { Order = 0 };
        }

        var (near, far) = (Math.Pow(start, a.Order), a.Order > 0 ? double.PositiveInfinity : 0);
        return new(
            Widened(Math.Min(Product(a.Low, near), Product(a.Low, far)), -1),
            Widened(Math.Max(Product(a.High, near), Product(a.High, far)), 1));
    }

    /// <summary>
    /// A number a little less, or more, than one that a function of the framework gives, which may overflow, or be too small for a
    /// number.
    /// </summary>
    public static double Widened(double value, int direction) => double.IsNaN(value) ? direction * double.PositiveInfinity
        : double.IsInfinity(value) ? (value > 0) == (direction > 0) ? value : -direction * double.MaxValue
        : Math.Abs(value) < LeastNormal ? Math.Max(value + (direction * 2 * double.Epsilon), value < 0 ? -LeastNormal : 0)
        : value + (direction * RoundingOfFunctions * Math.Abs(value));

    /// <summary>Both with the greater order: t to a negative power is between 0 and that of the least t.</summary>
    private (Enclosure, Enclosure) Aligned(Enclosure a, Enclosure b) =>
        a.Order < b.Order ? (Lifted(a, b.Order), b) : (a, Lifted(b, a.Order));

    private Enclosure Lifted(Enclosure a, double order)
    {
        if (a.Order == order)
        {
            return a;
        }

        var most = Widened(Math.Pow(start, a.Order - order), 1);
        return new(Math.Min(0, Down(Product(a.Low, most))), Math.Max(0, Up(Product(a.High, most))), order);
    }

    private static Enclosure Raised(Enclosure a, int exponent) =>
        new(Raised(a.Low, exponent, false), Raised(a.High, exponent, true), a.Order * exponent);

    /// <summary>A power of what is not negative, rounded down or up.</summary>
    private static double Raised(double number, int exponent, bool up)
    {
        var power = 1.0;
        for (var factor = 0; factor < exponent; factor++)
        {
            power = up ? Up(Product(power, number)) : Down(Product(power, number));
        }

        return power;
    }

    private static double Sign(double number) => number < 0 ? -1 : 1;

    /// <summary>
    /// Zero times what has no end is zero: the end itself is never reached. Of what is too small for a number, the least one stands for
    /// it.
    /// </summary>
    private static double Product(double x, double y)
    {
        var product = x == 0 || y == 0 ? 0 : x * y;
        return product == 0 && x != 0 && y != 0 ? Sign(x) * Sign(y) * double.Epsilon : product;
    }

    private static double Down(double number) => double.IsNaN(number) ? double.NegativeInfinity
        : double.IsPositiveInfinity(number) ? double.MaxValue
        : number is > 0 and < LeastNormal ? 0
        : number is < 0 and > -LeastNormal ? number - double.Epsilon
        : double.IsInfinity(number) ? number
        : number - (Rounding * Math.Abs(number));

    private static double Up(double number) => double.IsNaN(number) ? double.PositiveInfinity
        : double.IsNegativeInfinity(number) ? -double.MaxValue
        : number is < 0 and > -LeastNormal ? 0
        : number is > 0 and < LeastNormal ? number + double.Epsilon
        : double.IsInfinity(number) ? number
        : number + (Rounding * Math.Abs(number));
}
