using static AutoGradMf.LossMath;

namespace AutoGradMf.Gradients.Tests;

/// <summary>Losses that select where a function is defined, by conditions of all forms.</summary>
internal static partial class SelectedLosses
{
    [Loss]
    internal static double ByOr([Factor] Matrix<double> U) => Sum(Map(U, x => x < -1 || x > 1 ? Math.Sqrt(x * x - 1) : 0));

    [Loss]
    internal static double BySwitch([Factor] Matrix<double> U) => Sum(Map(U, x => x switch { < -1 or > 1 => Math.Sqrt(x * x - 1), _ => 0 }));

    [Loss]
    internal static double ByPattern([Factor] Matrix<double> U) => Sum(Map(U, x => x is < -1 or > 1 ? Math.Sqrt(x * x - 1) : 0));

    [Loss]
    internal static double ByNegation([Factor] Matrix<double> U) => Sum(Map(U, x => !(x >= -1 && x <= 1) ? Math.Sqrt(x * x - 1) : 0));

    [Loss]
    internal static double OddRoot([Factor] Matrix<double> U) => Sum(Map(U, x =>
    {
        var root = Math.Sqrt(x * x - 1);
        return x < -1 ? -root : x > 1 ? root : 0;
    }));

    [Loss]
    internal static double RootSelectedTwice([Factor] Matrix<double> U) => Sum(Map(U, x =>
    {
        var root = Math.Sqrt(x - 1);
        return (x > 1 ? root : 0) + (x > 2 ? root * root * root : 0);
    }));

    [Loss]
    internal static double Sinc([Factor] Matrix<double> U) => Sum(Map(U, x => x == 0 ? 1 : Math.Sin(x) / x));

    [Loss]
    internal static double SquareTimesLog([Factor] Matrix<double> U) => Sum(Map(U, x => x != 0 ? x * x * Math.Log(Math.Abs(x)) : 0));

    [Loss]
    internal static double WithPoles([Factor] Matrix<double> U) => Sum(Map(U, x => x is 0 or 1 or 2 or 3 ? 0 : 1 / (x * (x - 1) * (x - 2) * (x - 3))));

    [Loss]
    internal static double OfSum([Factor] Matrix<double> U)
    {
        var s = Sum(U);
        return s < -50 || s > 50 ? s * Math.Sqrt(s * s - 2500) : s * s;
    }

    [Loss]
    internal static double EntropyOfPositiveSum([Factor] Matrix<double> U) => Sum(U) > 0 ? Sum(U % Log(U)) : 0;

    [Loss]
    internal static double PowerOutside([Factor] Matrix<double> U) => Sum(Map(U, x => x < -1 || x > 1 ? x * Math.Exp(0.75 * Math.Log(x * x - 1)) : 0));

    [Loss]
    internal static double Flat([Factor] Matrix<double> U) => Sum(Map(U, x => x <= 0 ? 0 : Math.Exp(-1 / x)));

    [Loss]
    internal static double ByMode([Factor] Matrix<double> U, [Factor] Matrix<double> V, double mode) => Sum(Square(mode > 1 ? U : V));
}
