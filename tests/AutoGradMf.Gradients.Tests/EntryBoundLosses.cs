using static AutoGradMf.LossMath;

namespace AutoGradMf.Gradients.Tests;

/// <summary>Losses of single residuals whose second derivative has a bound, as people write them.</summary>
internal static partial class EntryBoundLosses
{
    [Loss]
    internal static double Cauchy([Factor] ColumnVector<double> w, ColumnVector<double> y, double c) => Sum(Log(1 + Square((w - y) / c)));

    [Loss]
    internal static double Welsch([Factor] ColumnVector<double> w, ColumnVector<double> y, double c) =>
        -c * c / 2 * Sum(Expm1(-Square((w - y) / c)));

    [Loss]
    internal static double GemanMcClure([Factor] ColumnVector<double> w, ColumnVector<double> y, double c) =>
        Sum(Map(w - y, x => x * x / (c * c + x * x)));

    [Loss]
    internal static double Expectile([Factor] ColumnVector<double> w, ColumnVector<double> y, double above, double below) =>
        Sum(Map(w - y, x => x > 0 ? above * x * x : below * x * x));

    [Loss]
    internal static double Huber([Factor] ColumnVector<double> w, ColumnVector<double> y, double delta) =>
        Sum(Map(w - y, x => Abs(x) <= delta ? 0.5 * x * x : delta * (Abs(x) - 0.5 * delta)));

    [Loss]
    internal static double Tukey([Factor] ColumnVector<double> w, ColumnVector<double> y, double c) =>
        Sum(Map(w - y, x => Abs(x) < c ? c * c / 6 * (1 - Math.Pow(1 - x * x / (c * c), 3)) : c * c / 6));

    [Loss]
    internal static double Student([Factor] ColumnVector<double> w, ColumnVector<double> y, double nu, double scale) =>
        (nu + 1) / 2 * Sum(Map(w - y, x => Log(1 + x * x / (nu * scale * scale))));

    [Loss]
    internal static double Fair([Factor] ColumnVector<double> w, ColumnVector<double> y, double c) =>
        c * c * Sum(Map(Abs(w - y) / c, x => x - Log(1 + x)));

    [Loss]
    internal static double SquaredTanh([Factor] ColumnVector<double> w, ColumnVector<double> y) => Sum(Square(Tanh(w - y)));

    [Loss]
    internal static double TanhTimes([Factor] ColumnVector<double> w, ColumnVector<double> y, double c) =>
        Sum(Map(w - y, x => x * Tanh(x / c)));

    [Loss]
    internal static double SigmoidResidual([Factor] ColumnVector<double> w, ColumnVector<double> y) => Sum(Square(y - Sigmoid(w)));

    [Loss]
    internal static double Root([Factor] ColumnVector<double> w, ColumnVector<double> y, double epsilon) =>
        Sum(Map(w - y, x => Sqrt(epsilon + x * x)));

    [Loss]
    internal static double Charbonnier([Factor] ColumnVector<double> w, ColumnVector<double> y) =>
        Sum(Map(w - y, x => Math.Pow(x * x + 1, 0.25)));

    [Loss]
    internal static double SquaredSoftplus([Factor] ColumnVector<double> w, ColumnVector<double> y) => Sum(Square(Softplus(w - y)));

    [Loss]
    internal static double SmoothHinge([Factor] ColumnVector<double> w, ColumnVector<double> y) =>
        Sum(Map(1 - y % w, x => x < 0 ? 0 : x < 1 ? x * x / 2 : x - 0.5));

    [Loss]
    internal static double QuantileHuber([Factor] ColumnVector<double> w, ColumnVector<double> y, double tau, double delta) =>
        Sum(Map(w - y, x => (x > 0 ? tau : 1 - tau) * LossMath.Huber(x, delta)));

    [Loss]
    internal static double ArcTangent([Factor] ColumnVector<double> w, ColumnVector<double> y) =>
        Sum(Map(w - y, x => x * Atan(x) - 0.5 * Log(1 + x * x)));

    [Loss]
    internal static double SineSquared([Factor] ColumnVector<double> w, ColumnVector<double> y) => Sum(Map(w - y, x => Square(Sin(x))));

    [Loss]
    internal static double SignedSquare([Factor] ColumnVector<double> w, ColumnVector<double> y) =>
        Sum(Map(w - y, x => x * Abs(x) + x * x));

    [Loss]
    internal static double Wave([Factor] ColumnVector<double> w, ColumnVector<double> y) =>
        Sum(Map(w - y, x => x * x * Exp(-x * x) + Cos(2 * x) / (1 + x * x)));

    /// <summary>Curved far from zero alone.</summary>
    [Loss]
    internal static double Band([Factor] ColumnVector<double> w, ColumnVector<double> y) =>
        Sum(Map(w - y, x => x < 20 ? 0 : x < 25 ? 0.5 * (x - 20) * (x - 20) : 5 * x - 112.5));

    /// <summary>Where its scale is zero, another.</summary>
    [Loss]
    internal static double Guarded([Factor] ColumnVector<double> w, ColumnVector<double> y, double c) =>
        Sum(Map(w - y, x => c == 0 ? 50 * x * x : c * c * Log(1 + Square(x / c))));

    [Loss]
    internal static double Rooted([Factor] ColumnVector<double> w, ColumnVector<double> y, double a) =>
        Sqrt(Abs(a)) * Sum(Log(1 + a * a * Square(w - y)));

    /// <summary>Of second derivative 1 + x / √(x² + c²).</summary>
    [Loss]
    internal static double Leaning([Factor] ColumnVector<double> w, ColumnVector<double> y, double c) =>
        0.5 * Sum(Square(w - y)) + Sum(Map(w - y, x => Lengths(x, c)));

    /// <summary>The integral of √(x² + c²).</summary>
    [Partial("x", "Hypot(x, c)")]
    internal static double Lengths(double x, double c) => 0.5 * ((x * Math.Sqrt((x * x) + (c * c))) + (c * c * Math.Asinh(x / Math.Abs(c))));

    /// <summary>An own slope that jumps.</summary>
    [Loss]
    internal static double OwnHinge([Factor] ColumnVector<double> w, ColumnVector<double> y) => Sum(Map(w - y, x => Hinge(x)));

    [Partial("x", "Step(x)")]
    internal static double Hinge(double x) => Math.Max(x, 0);

    [Partial("x", "0")]
    internal static double Step(double x) => x > 0 ? 1 : 0;

    /// <summary>A force that jumps where the residual is zero.</summary>
    [Loss]
    internal static double Laplace([Factor] ColumnVector<double> w, ColumnVector<double> y) => Sum(Exp(-Abs(w - y)));

    /// <summary>Without a jump, and yet without a bound.</summary>
    [Loss]
    internal static double Cubic([Factor] ColumnVector<double> w, ColumnVector<double> y) => Sum(Map(w - y, x => x * x * Abs(x)));

    /// <summary>Steeper and steeper near zero.</summary>
    [Loss]
    internal static double Rough([Factor] ColumnVector<double> w, ColumnVector<double> y) =>
        Sum(Map(w - y, x => Math.Pow(Abs(x), 1.5) / (1 + x * x)));

    /// <summary>A jump that is small beside 1, and all that there is.</summary>
    [Loss]
    internal static double SmallJump([Factor] ColumnVector<double> w, ColumnVector<double> y, double a) =>
        a * Sum(Map(w - y, x => x > 0 ? 3e-9 * x : 0));

    [Loss]
    internal static double SmallJumpOfScale([Factor] ColumnVector<double> w, ColumnVector<double> y, double a) =>
        Sum(Map(w - y, x => x > a ? 3e-12 * (x - a) : 1e-12 * (x - a)));

    [Loss]
    internal static double SmallJumpFarFromZero([Factor] ColumnVector<double> w, ColumnVector<double> y) =>
        Sum(Map(w - y, x => x < 7 ? 0 : 2e-10 * (x - 7)));

    /// <summary>A jump that is small beside the function that is added.</summary>
    [Loss]
    internal static double SmallJumpBesideSquare([Factor] ColumnVector<double> w, ColumnVector<double> y) =>
        Sum(Map(w - y, x => x * x + (x > 0 ? 5e-13 * x : 0)));

    [Loss]
    internal static double SmallJumpBesideTanh([Factor] ColumnVector<double> w, ColumnVector<double> y) =>
        Sum(Map(w - y, x => LogCosh(x) + (x < 2 ? 0 : 1e-9 * (x - 2))));

    /// <summary>Without a jump, and small.</summary>
    [Loss]
    internal static double SmallHuber([Factor] ColumnVector<double> w, ColumnVector<double> y, double delta) =>
        1e-12 * Sum(Map(w - y, x => Abs(x) <= delta ? 0.5 * x * x : delta * (Abs(x) - 0.5 * delta)));

    [Loss]
    internal static double SmallHinge([Factor] ColumnVector<double> w, ColumnVector<double> y) =>
        Sum(Map(w - y, x => x < 3 ? 0 : x < 4 ? 1e-14 * (x - 3) * (x - 3) : 1e-14 * (2 * x - 7)));

    [Loss]
    internal static double LargeHuber([Factor] ColumnVector<double> w, ColumnVector<double> y, double delta) =>
        1e12 * Sum(Map(w - y, x => Abs(x) <= delta ? 0.5 * x * x : delta * (Abs(x) - 0.5 * delta)));
}
