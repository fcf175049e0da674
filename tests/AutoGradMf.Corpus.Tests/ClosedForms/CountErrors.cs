using AutoGradMf.TestLosses;
using static System.Math;

namespace AutoGradMf.Corpus.Tests;

internal static partial class ClosedForms
{
    private static Dictionary<string, Func<CorpusCase, ValueAndGradient>> CountErrors() => new()
    {
        ["D1"] = at => Elementwise(at, (x, r) => Exp(x) - r * x, (x, r) => Exp(x) - r),
        ["D2"] = KullbackLeibler,
        ["D3"] = at => Elementwise(at, (x, r) => r / x - Log(r / x) - 1, (x, r) => 1 / x - r / (x * x)),
        ["D5"] = at => Tweedie(at, at.Number("power")),
    };

    private static ValueAndGradient KullbackLeibler(CorpusCase at)
    {
        var (U, V, R) = (at.Matrix("U"), at.Matrix("V"), at.Sparse("R"));
        var X = U * V.T;
        var Q = Entrywise(R, (i, j, r) => r / X[i, j]);
        var (ofU, ofV) = (Ones(U.Rows).T * U, Ones(V.Rows).T * V);
        return Result(
            ofU * ofV.T + Total(Entrywise(R, (i, j, r) => r * Log(r) - r * Log(X[i, j]) - r)),
            ("U", (ofV - Q * V).View),
            ("V", (ofU - Q.T * U).View));
    }

    private static ValueAndGradient Tweedie(CorpusCase at, double power)
    {
        // 0 counts for nothing, also where the exponential beside it overflows.
        double Counted(double x, double r) => r == 0 ? 0 : r * Exp((1 - power) * x);
        return Elementwise(
            at,
            (x, r) => -Counted(x, r) / (1 - power) + Exp((2 - power) * x) / (2 - power),
            (x, r) => Exp((2 - power) * x) - Counted(x, r));
    }
}
