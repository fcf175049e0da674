using AutoGradMf.Generators.Tests.Driver;
using Xunit;

namespace AutoGradMf.Generators.Tests;

/// <summary>Methods that a loss calls are read as if they stood in it, however they are written.</summary>
public class HelperTests
{
    private const string Probe = """

        public static class Probe
        {
            public static AutoGradMf.Objectives.IObjective<double>[] Objectives() => [new Losses.LObjective<double>(
                AutoGradMf.SparseMatrix<double>.FromCoordinates(3, 4, [(0, 0, 1.0), (0, 3, 2.0), (1, 1, 3.0), (2, 3, 5.0)]), 0.25, 2)];
        }
        """;

    [Theory]
    [InlineData("Squared(U * M.T - R) + reg * Squared(U)", "private static double Squared(Matrix<double> x) => Sum(Square(x));")]
    [InlineData("Other.Squared(U * M.T - R) + reg * Films.Helpers.Count", "")]
    [InlineData("(U * M.T - R).Squared() + Films.Helpers.Squared(reg * U)", "")]
    [InlineData(
        "Ridge(weight: reg, second: Residual(U, M, R), first: U)",
        "private static double Ridge(Matrix<double> first, Matrix<double> second, double weight = 2, double more = 0.5) => weight * Sum(first * 3) + more * Sum(Square(second)); "
        + "private static Matrix<double> Residual(Matrix<double> U, Matrix<double> M, SparseMatrix<double> R) { var product = U * M.T; return product - R; }")]
    [InlineData("Films.Generic.Squared(U * M.T - R, reg)", "")]
    [InlineData("Films.Generic<double>.Ridge(U, reg) + Films.Generic<double>.Ridge(M, 1)", "")]
    [InlineData("Sum(Square(Twice(U * M.T, 2)))", "private static Matrix<double> Twice(Matrix<double> x, double by) => Once(Once(x, by), by); private static Matrix<double> Once(Matrix<double> x, double by) => by * x + Half; private const double Half = 0.5;")]
    [InlineData(
        "Sum(Observed(R) % Map(U * M.T, Clipped)) + 0.1 * Sum(Map(U, Clipped))",
        "private static double Clipped(double x) { if (x > 0.25) return x - 0.125; if (x > 0) { var square = x * x; return 2 * square; } "
        + "if (x < -0.25) { return -x; } else if (x < -0.125) { if (x < -0.2) return 3 * x; else return x; } var rest = x * x * x; return rest + x; }")]
    [InlineData(
        "Sum(Observed(R) % Map(U * M.T, Clipped))",
        "private static double Clipped(double x) => x switch { > 0.25 when x * x < 0.5 => x, _ when x > 0 => 2 * x * x, < -0.25 => -x, _ => x * x * x };")]
    [InlineData("Sum(Map(U, x => Sum(Map(M, y => x * y * y))))", "")]
    [InlineData("Sum(Map(RowSums(U), x => Density(RowSums(M), x)))", "private static double Density(ColumnVector<double> t, double at) => Mean(Map(t, y => (at - y) * (at - y)));")]
    [InlineData("Sum(Map(RowSums(U), RowSums(2 * U), (x, z) => x * Sum(Map(RowSums(M), y => z * y + Sum(Map(ColumnSums(M), w => w * x * y))))))", "")]
    [InlineData("Products(RowSums(U)) + Products(RowSums(M))", "private static double Products(ColumnVector<double> e) { return Sum(Map(e, x => Sum(Map(e, y => x * y * y)) + Sum(e) * x)); }")]
    [InlineData("Sum(Map(U, x => { var t = Map(RowSums(M), y => x + y); return Sum(t % t) + x * Sum(t); })) + Sum(Map(U * M.T, x => Sum(Map(U, y => x * x * y))))", "")]
    [InlineData("Sum(Map(U, x => x * Sum(ColumnMeans(R)) + Sum(Map(RowSums(M), y => x * y * Sum(RowMax(R))))))", "")]
    [InlineData("Sum(Square(U * M.T - FillMissing(R, ColumnMeans(Map(R, x => Mean(Map(RowMeans(R), y => x * y * y)))))))", "")]
    [InlineData("Sum(Square(U * M.T - FillMissing(R, ColumnMeans(Chosen(R)))))", "private static SparseMatrix<double> Chosen(SparseMatrix<double> x) => Sum(x) > 3 ? x : 2 * x;")]
    [InlineData(
        "Named(U, \"films\") + Named(M)",
        "private static double Named(Matrix<double> x, string name = \"\", bool isLogged = false, object? log = null) { { checked { var y = x * 2; return Sum(Square(y)); } } }")]
    [InlineData(
        "checked(Squared(U) + new Part(reg).Two * new Part(2).Three() * Sum(M))",
        "private static double Squared(Matrix<double> x) => checked(Sum(Square(x))); "
        + "private sealed record Part(double X) { public double Two => (2 * X); public double Three() { return unchecked((3 * X)); } }")]
    [InlineData("unchecked((Squared(U) + reg)!)", "private static double Squared(Matrix<double> x) => (Sum(Square(x)))!;")]
    [InlineData(
        "Sum(Squares(U)) + reg * Sum(Squares(M))",
        "private static Matrix<double> Squares(Matrix<double> x) { var y = 2 * x - Tanh(x); var z = y % y + RowSums(y) + ColumnSums(y) - 3 * y; return z + z % (y * (y.T * x)); }")]
    [InlineData(
        "Ridge(true, 0.3, U) + Ridge(IsOff, Turned(false, Turned(true, reg)), M) + Turned(isDown: false, Sum(U)) + Both(Sum(M)) + Both(Sum(U), isDeep: true) + (IsOn ? Norm(U) : 0)",
        "private static readonly bool IsOn = true; private const bool IsOff = false; "
        + "private static double Ridge(bool isSquared, double by, Matrix<double> x) => isSquared ? by * Sum(Square(x)) : by * Norm(x); "
        + "private static double Turned(bool isDown, double x) { if (isDown) { return -x; } return 2 * x; } "
        + "private static double Both(double x, bool again = true, bool isDeep = false) => again && !isDeep ? Turned(isDeep, x) + x * x : Turned(again, x) * x;")]
    [InlineData(
        "Sum(Damped(U)) + Sum(Damped(RowSums(M))) + Same(reg) * Sum(Same(Damped(Same(M)))) + Sum(Observed(R) % Damped(U * M.T))",
        "private static T Damped<T>(T x) where T : ITensor<T> { var y = Tanh(x); return Same(Square(Same(y))); } private static S Same<S>(S x) => x;")]
    [InlineData(
        "Half * Total * Sum(Square(U))", "private static double Half => 0.5; private static double Total { get { const double two = 2; return two * Half; } }")]
    [InlineData(
        "Named(U, \"sum\") + Named(M, \"squares\") + Named(U * M.T, null)",
        "private static double Named(Matrix<double> x, string? kind) => kind == \"sum\" ? Sum(x) : kind is null ? 2 * Sum(x) : kind switch { \"squares\" => Sum(Square(x)), _ => Math.Sqrt(-1) };")]
    [InlineData(
        "Sum(Apply(U * M.T, x => x * x + reg)) + Sum(Apply(U, Tanh)) + Sum(Apply(M, Own)) + Sum(Map(U, x => Twice(x, y => y * y - reg)))",
        "private static Matrix<double> Apply(Matrix<double> x, Func<double, double> f) => Map(x, f); private static double Own(double x) => 2 * x; "
        + "private static double Twice(double x, Func<double, double> f) { Func<double, double> g = f; return f(g(x)); }")]
    [InlineData(
        "Sum(Map(U, Poly)) + Sum(Map(M, x => Poly(x) + Own<double>.Cube(x))) + Poly(reg)",
        "private static T Poly<T>(T x) where T : System.Numerics.IFloatingPointIeee754<T> => T.CreateChecked(2) * x * x + T.One - T.Exp(-x) / T.Pi + T.Sqrt(x * x + T.One); "
        + "private static class Own<T> where T : System.Numerics.INumber<T> { public static T Cube(T x) => x * x * x - T.Max(x, T.Zero); }")]
    [InlineData(
        "Generic(U, reg)",
        "static double Generic(Matrix<double> x, double w) { static T Sq<T>(T v) where T : System.Numerics.INumber<T> => v * v + T.One; "
        + "T Scaled<T>(T v, T by) where T : System.Numerics.IFloatingPointIeee754<T> => T.Exp(-v) * by + Sq(v); "
        + "return Sq(Sum(x)) + Sum(Map(x, e => Scaled(e, w) + Own(e))); double Own<T>(T v) where T : struct => w * w; }")]
    [InlineData(
        "Outer<Cauchy>(U) + Outer<Squares>(M) + Sum(Acted(U, new Leaky(0.25))) + Sum(Map(M, Cube<Cubed>))",
        "internal interface IPenalty<TSelf> where TSelf : IPenalty<TSelf> { static abstract double Of(double x); static abstract double Weight { get; } } "
        + "internal readonly struct Cauchy : IPenalty<Cauchy> { public static double Of(double x) => Math.Log(1 + x * x); public static double Weight => 0.5; } "
        + "internal sealed class Squares : IPenalty<Squares> { static double IPenalty<Squares>.Of(double x) => x * x; public static double Weight { get; } = 0.75; } "
        + "private static double Total<P>(Matrix<double> x) where P : IPenalty<P> => P.Weight * Sum(Map(x, P.Of)) + Sum(Map(x, e => P.Of(e + 1))); "
        + "private static double Outer<P>(Matrix<double> x) where P : IPenalty<P> => Total<P>(x) + Total<Cauchy>(2 * x); "
        + "internal interface IShape { double Apply(double x); double Slope { get; } } "
        + "internal readonly record struct Leaky(double Slope) : IShape { public double Apply(double x) => x > 0 ? x : Slope * x; } "
        + "private static Matrix<double> Acted<S>(Matrix<double> x, S s) where S : struct, IShape => Map(x, e => s.Apply(e) + s.Slope); "
        + "internal interface ICube { static abstract T Of<T>(T x) where T : System.Numerics.INumber<T>; } "
        + "internal struct Cubed : ICube { public static T Of<T>(T x) where T : System.Numerics.INumber<T> => x * x * x; } "
        + "private static double Cube<C>(double x) where C : ICube => C.Of(x);")]
    [InlineData("Sum(Map(U, x => double.Exp(x) + double.Max(x, 0.1) * double.Pow(2, x))) + Sum(Map(M, double.Tanh)) + double.Hypot(Sum(U), reg)", "")]
    public void Called(string body, string members)
    {
        var loss = $$"""
            using System;
            using AutoGradMf;
            using Films;
            using static AutoGradMf.LossMath;

            public static partial class Losses
            {
                [Loss]
                public static double L([Factor] Matrix<double> U, [Factor] Matrix<double> M, SparseMatrix<double> R, double reg) =>
                    {{body}} + 0 * reg * Sum(R) + 0.5 * Sum(Square(U * M.T - R));

                {{members}}
            }
            """;
        const string Elsewhere = """
            using System.Numerics;
            using AutoGradMf;
            using static AutoGradMf.LossMath;

            namespace Films;

            internal static class Helpers
            {
                public const int Count = 3;

                public static double Squared(this Matrix<double> x)
                {
                    const double half = 0.5;
                    Matrix<double> square = Square(x), twice = square + square;
                    return half * Sum(twice);
                }
            }

            internal static class Other
            {
                public static double Squared(Matrix<double> x) => x.Squared();
            }

            internal static class Generic
            {
                public static double Squared<T>(Matrix<T> x, double weight) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
                    weight * Sum(Square(Same(x)));

                private static Matrix<S> Same<S>(Matrix<S> x) where S : unmanaged, IBinaryFloatingPointIeee754<S> => x + x.T.T;
            }

            internal static class Generic<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
            {
                public static double Ridge(Matrix<T> x, double weight) => weight * Sum(Square(x));
            }
            """;
        new UserProject(loss, Elsewhere, Probe).Run().AssertRight();
    }

    [Fact]
    public void A_block_with_locals_constants_and_local_functions()
    {
        new UserProject("""
            using AutoGradMf;
            using static AutoGradMf.LossMath;

            public static partial class Losses
            {
                [Loss]
                public static double L([Factor] Matrix<double> U, [Factor] Matrix<double> M, SparseMatrix<double> R, double reg)
                {
                    const double half = 1 / 2.0;
                    Matrix<double> e = U * M.T - R, scaled = reg * e;
                    double Ridge(Matrix<double> x) => reg * Sum(Square(x));
                    static double Total(Matrix<double> x)
                    {
                        return Sum(x);
                    }

                    return half * Sum(Square(e)) + Ridge(U) - Ridge(x: M) + (+Total(-scaled));
                }
            }
            """ + Probe).Run().AssertRight();
    }

    [Fact]
    public void A_marked_prediction_and_one_that_is_found_are_the_models()
    {
        var run = new UserProject("""
            using AutoGradMf;
            using static AutoGradMf.LossMath;

            public static partial class Losses
            {
                [Loss]
                public static double Marked([Factor] Matrix<double> U, [Factor] Matrix<double> M, SparseMatrix<double> R, double mu) =>
                    Sum(Observed(R) % Square(Predict(U, M, mu) - R));

                [Loss]
                public static double Found([Factor] Matrix<double> U, [Factor] Matrix<double> M, SparseMatrix<double> R) =>
                    Sum(Observed(R) % Square(U * M.T - R));

                [Loss]
                public static double None([Factor] Matrix<double> U) => Sum(Square(U));

                [Prediction]
                private static Matrix<double> Predict(Matrix<double> U, Matrix<double> M, double mu) => mu + U * M.T;
            }
            """).Run();

        string Predict(string loss) => run.Generated[$"Losses.{loss}.g.cs"].Split("Predict(int row, int column) =>").ElementAtOrDefault(1)?.Split(';')[0].Trim() ?? "none";
        Assert.Equal("_mu + ThinProduct.RowDot(_U, row, _M, column)", Predict("Marked"));
        Assert.Equal("ThinProduct.RowDot(_U, row, _M, column)", Predict("Found"));
        Assert.Equal("none", Predict("None"));
    }
}
