using AutoGradMf.Generators.Tests.Driver;
using Xunit;

namespace AutoGradMf.Generators.Tests;

/// <summary>Many losses from C# to figures: what the generator wrote for each compiles without a warning and computes what the loss says.</summary>
public class LanguageTests
{
    [Fact]
    public void Matrices_that_are_sparse_dense_and_thin() => AssertRight(
        "Sum(Square(U * M.T - R - W))",
        "Sum(W % Square(U * M.T - FillMissing(R, RowMeans(R))))",
        "Sum(Square(W % (U * M.T - R)))",
        "Sum(Observed(R) % Softplus(-(R % (U * M.T)))) + at * Sum(Abs(U))",
        "Sum(Square(U.T * U - M.T * M))",
        "Sum(U * M.T) / Sum(Square(U))",
        "Log(1 + Sum(Square(U * M.T - R)))",
        "Mean(Observed(R) % Square(U * M.T - R)) + Mean(Square(U))",
        "Sum(RowDots(U, U) % c)",
        "Sum(Square(RowSums(U * M.T) - c)) + Sum(Square(ColumnSums(U * M.T)))",
        "Sum(Observed(R) % Exp(U * M.T + c)) - Sum(R % (U * M.T + c))",
        "Sum(Exp(U * M.T + c)) - Sum(R % (U * M.T + c))",
        "Sum(Square(Sigmoid(U * M.T) - D))",
        "Sum(Square(R.T * U - M))",
        "Dot(U, D * M) + Dot(U * M.T, R)",
        "Sum(Square(U * M.T - D) % Square(D)) + Sum(Observed(R) % D % (U * M.T))",
        "Sum(Square((U + U) * (M % M).T - R)) + at * at * Sum(U) * Sum(M)",
        "Sum(Square(1 / (1 + Square(U * M.T)) - D))",
        "Sum(Observed(R) % Observed(W) % Square(U * M.T - R - W))",
        "Sum(R % W % (U * M.T)) + Sum(Square(U * (M.T * W.T)))",
        "Sum(Sqrt(RowSums(Square(U)) + 1))",
        "Sum(Observed(R) % Square(U * M.T - R) / (1 + at))",
        "Sum(Square(U * M.T - ObservedMean(R)) % Observed(R)) + Sum(Square(FillMissing(R, 1.5) - U * M.T))",
        "Norm(U * M.T - D) + Trace(U.T * U)",
        "Sum(Square(U.T * D * M)) + Sum(c.T * U)");

    [Fact]
    public void Gathers_lambdas_conditions_and_functions_of_the_users() => AssertRight(
        "Sum(Square(RowDots(U[@in], M[@out]) - y))",
        "Sum(c[@in]) + Sum(Max(c, R))",
        "Sum(Log(1 - Sigmoid(U)) - 2 / (1 + Exp(-U)))",
        "Sum(Map(U, x => Math.Exp(x) / (1 + Math.Exp(x))))",
        "Sum(Map(U * M.T - D, x => x * x * at))",
        "Sum(Map(D - U * M.T, x => x > 0 ? x : -at * x))",
        "Sum(Map(U, @class => { var e = @class * @class; return e + at; }))",
        "Sum(Map(U, My.Cube))",
        "Sum(Map(U, x => My.@params(x, at)))",
        "Sum(RowLogSumExp(U * M.T)) + Sum(RowMax(U * M.T))",
        "LogDet(U.T * U + Identity<double>(U.Columns))",
        "Trace(Inverse(M.T * M + Identity<double>(M.Columns))) + Sum(Inverse(M.T * M + Identity<double>(M.Columns)))",
        "Trace(U.T * U) + Sum(Diag(Inverse(U.T * U + Identity<double>(U.Columns))))",
        "Dot(Sigmoid(D * M), U)",
        "Sum(Square(Map(R % D, x => x < 0.3 ? 0.25 : Math.Tanh(x)) + D)) + Sum(Tanh(R) % Exp(U * M.T))",
        "Sum(Square(ColumnMeans(U * M.T - D))) + Sum(RowMeans(Square(U)))",
        "Trace(Diag(D * RowMax(M / (1.0 + Square(ColumnSums(U))))) + Identity<double>(U.Rows))",
        "(at > 0.3 ? Sum(Square(U)) : Sum(M)) + (at switch { > 1 => Sum(U), _ => Math.Exp(at) * Sum(M) })",
        "Sum(Pow(Square(U) + 1, at)) + Math.Pow(at, 2) * Sum(U) + Math.Max(at, 0.1) * Sum(M)",
        "Sum(Square(U)) * U.Rows * U.Columns / D.Columns",
        "((Sum(Square(U)) + at * Sum(M)))");

    /// <summary>What a sparse operand does not store is zero to a function that does not say otherwise.</summary>
    [Fact]
    public void Functions_of_two_operands_of_different_kinds() => AssertRight(
        "Sum(Square(Max(U * M.T, R / 2) - D))",
        "Sum(Max(R, U * M.T)) + Sum(Min(U * M.T, W % R)) + Sum(Min(D, U * M.T))",
        "Sum(Observed(R) % Max(U * M.T, R)) + Sum(Observed(R) % Min(c, U * M.T))",
        "Sum(Max(U * M.T, c)) + Sum(Min(RowSums(M).T, U * M.T)) + Sum(Max(c, RowSums(M).T))",
        "Sum(Square(Max(R, c) + Min(ColumnMeans(R), R) + Min(D * M, U) * M.T))",
        "Sum(Pow(1 + Square(U * M.T), R / 8)) + Sum(Pow(1 + Square(c), U)) + Sum(Pow(2 + Square(R), c))",
        "Sum(Hypot(U * M.T, R)) + Sum(Hypot(c, U)) + Sum(Hypot(U, 0.5)) + Sum(Hypot(R, W) % (U * M.T))",
        "Sum(Atan2(R, 1 + Square(U * M.T))) + Sum(Atan2(U, 1 + Square(c))) + Sum(Atan2(0.5, 1 + Square(M))) + Sum(Atan2(R, W) % (U * M.T))",
        "Sum(Max(R, W) % (U * M.T)) + Sum(Square(Min(R, -W) - U * M.T)) + Sum(Max(R % R, R) % (U * M.T))",
        "Sum(Max(R % (U * M.T), W % D)) + Sum(Square(Min(R % (U * M.T), W))) + Sum(Max(R % W, R) % Exp(U * M.T)) + Sum(Max(Abs(R - W), R) % (U * M.T))");

    /// <summary>What has a translation of its own, is made of others or is rewritten to others, in rules and as delegates.</summary>
    [Fact]
    public void Rules_that_call_all_kinds_of_functions() => AssertRight(
        "Sum(Map(U, x => My.Power(x, at)))",
        "Sum(Map(U, x => My.Clipped(x, at)))",
        "Sum(Map(U, My.Entropy)) + Sum(Map(M, My.Turn))",
        "Sum(Map(1 + Square(U), Math.Log)) + Sum(Map(Exp(M), U.Rows * Square(M), Math.Pow)) + Sum(Map(U, Math.Exp))",
        "Sum(Map(U, x => Math.Sign(x - 0.21) * x)) + Math.Sign(at) * Math.Sign(at - 1) * Sum(U)");

    /// <summary>What has no function of the library of its own, and means an expression of several.</summary>
    [Fact]
    public void Functions_of_the_framework_that_mean_expressions() => AssertRight(
        "Sum(Map(U, x => Math.Log(1.5 + x * x, 2.5) + Math.Log(newBase: 1.5 + x * x, a: at + 1)))",
        "Sum(Map(U, x => Math.FusedMultiplyAdd(x, at, x) + double.FusedMultiplyAdd(2, x, at))) + Math.FusedMultiplyAdd(at, Sum(U), Sum(M))",
        "Sum(Map(U, x => Math.ScaleB(x, 3) + double.ScaleB(x * x, -2)))",
        "Sum(Map(U, x => double.AcosPi(Math.Tanh(x)) + double.AsinPi(Math.Tanh(x)) + double.AtanPi(x) + double.Atan2Pi(x, 1 + x * x)))",
        "Sum(Map(U, x => double.CosPi(x) + double.SinPi(x * x) + double.TanPi(x / 9)))",
        "Sum(Map(U, double.Exp2)) + Sum(Map(M, double.Exp10)) + Sum(Map(U, double.Exp2M1)) + Sum(Map(M, x => double.Exp10M1(x / 2)))",
        "Sum(Map(U, x => double.Log2P1(x * x) + double.Log10P1(x * x) + double.Log(1 + x * x, at + 2)))",
        "Sum(Map(U, x => double.DegreesToRadians(x) * double.RadiansToDegrees(x) + double.Lerp(x, x * x, at)))");

    private static void AssertRight(params string[] losses)
    {
        var methods = losses.Select((body, number) => $$"""
                [Loss]
                public static double L{{number}}(
                    [Factor] Matrix<double> U, [Factor] Matrix<double> M, [Factor] ColumnVector<double> c, SparseMatrix<double> R, SparseMatrix<double> W,
                    Matrix<double> D, IndexVector @in, IndexVector @out, ColumnVector<double> y, double at) =>
                    {{body}} + Sum(Square(U)) + Sum(Square(M)) + Sum(Square(c)) + 0 * at + 0 * Sum(y) + 0 * Sum(Square(U * M.T - D + R + W + c));
            """);
        var source = $$"""
            #pragma warning disable AGMF0017 // Some are meant over all pairs.
            using System;
            using AutoGradMf;
            using static AutoGradMf.LossMath;

            internal static class My
            {
                public static double Cube(double x) => x * x * x;

                [Partial("x", "2 * x * y")]
                [Partial("y", "x * x")]
                public static double @params(double x, double y) => x * x * y;

                [Partial("x", "y * Pow(1 + x * x, y - 1) * 2 * x")]
                internal static double Power(double x, double y) => Math.Pow(1 + x * x, y);

                [Partial("x", "IfLess(Math.Max(x, -y), Clamp(x, -1, 1), 0, StopGradient(Square(x)) * Square(x) * Reciprocal(Pow(x, 4)))")]
                internal static double Clipped(double x, double y) => x;

                [Partial("x", "1 + Log(1 + x * x) + System.Math.Log(1 + Exp(x)) + LossMath.Log(Sigmoid(-x))")]
                internal static double Entropy(double x) => x * Math.Log(1 + x * x) - x + 2 * Math.Atan(x);

                [Partial("x", "Math.PI * Math.Cos(Math.PI * x)")]
                internal static double Turn(double x) => Math.Sin(Math.PI * x);
            }

            public static partial class Losses
            {
            {{string.Join("\n\n", methods)}}
            }

            public static class Probe
            {
                private static readonly SparseMatrix<double> R = SparseMatrix<double>.FromCoordinates(
                    3, 4, [(0, 0, 1.0), (0, 3, 2.0), (1, 1, 3.0), (2, 2, 4.0), (2, 3, 5.0)]);
                private static readonly SparseMatrix<double> W = SparseMatrix<double>.FromCoordinates(
                    3, 4, [(0, 3, 0.5), (1, 0, 1.5), (1, 1, 2.5), (2, 2, 3.5)]);
                private static readonly Matrix<double> D = new(new double[,] { { 1, 2, 3, 4 }, { 5, 6, 7, 8 }, { 9, 10, 11, 12 } });
                private static readonly IndexVector In = new(0, 2, 1, 0, 2), Out = new(3, 1, 0, 2, 0);
                private static readonly ColumnVector<double> Y = new([1.0, 2.0, 3.0, 4.0, 5.0]);

                public static AutoGradMf.Objectives.IObjective<double>[] Objectives() =>
                [
                    {{string.Join("\n        ", losses.Select((_, number) => $"new Losses.L{number}Objective<double>(R, W, D, In, Out, Y, 0.5, 2),"))}}
                ];
            }
            """;
        new UserProject(source).Run().AssertRight();
    }

    /// <summary>A number of a sample that is held constant beside one that moves is read as a number of its own.</summary>
    [Theory]
    [InlineData("Sum(StopGradient(b[i]) % b[i])")]
    [InlineData("StopGradient(b[i].T) * b[i]")]
    [InlineData("Sum(StopGradient(1 / (1 + Square(b[i]))) % Square(b[j]))")]
    public void What_is_held_constant_in_a_sample(string body)
    {
        var text = new UserProject(DiagnosticAssert.InLosses($"[Loss] public static double L([Factor] ColumnVector<double> b, IndexVector i, IndexVector j) => {body};")).Run().TextOfL;
        Assert.Contains("ISampled<TElement>", text, StringComparison.Ordinal);
        Assert.Matches(@"\[(SampleNumber\.Factor<TElement>\(factor: 0, place: \d\)(, )?){2}\]", text);
    }
}
