using AutoGradMf.Objectives;
using Xunit;
using static AutoGradMf.LossMath;

namespace AutoGradMf.Gradients.Tests;

/// <summary>Logarithms of what is positive as a whole, though parts of it are negative or zero, at two numbers: against closed forms.</summary>
public partial class LogarithmOfSignedTests
{
    [Loss]
    internal static double Weighted([Factor] Matrix<double> U, [Factor] Matrix<double> V) => Sum(Log(1 + (U % Exp(V))));

    [Loss]
    internal static double WeightedTwice([Factor] Matrix<double> U, [Factor] Matrix<double> V) => Sum(Log(1 + (U % Exp(V)) + (2 * U % Exp(0.5 * V))));

    [Loss]
    internal static double SquareOfDifference([Factor] Matrix<double> U, [Factor] Matrix<double> V) => Sum(Log(Square(Exp(U) - Exp(V))));

    [Loss]
    internal static double SquareOfProduct([Factor] Matrix<double> U, [Factor] Matrix<double> V) => Sum(Log(Square(-2 * U % Exp(3 * V))));

    [Loss]
    internal static double TwoDifferences([Factor] Matrix<double> U, [Factor] Matrix<double> V) => Sum(Log((1 - Exp(U)) % (1 - Exp(V))));

    [Loss]
    internal static double NumberAndDifference([Factor] Matrix<double> U, [Factor] Matrix<double> V) => Sum(Log(U % (1 - Exp(V))));

    [Loss]
    internal static double OppositeOfDifference([Factor] Matrix<double> U, [Factor] Matrix<double> V) => Sum(Log(-(1 - Exp(U)))) + Sum(V);

    public static TheoryData<string, double, double, double, double, double> Cases() => new()
    {
        { nameof(Weighted), 0, 40, 0, Math.Exp(40), 0 },
        { nameof(Weighted), 1e-12, 20, LossMath.Log1p(1e-12 * Math.Exp(20)), 1 / (1e-12 + Math.Exp(-20)), 1e-12 / (1e-12 + Math.Exp(-20)) },
        { nameof(Weighted), 2, 800, 800 + Math.Log(2), 0.5, 1 },
        { nameof(Weighted), -0.5, -1, LossMath.Log1p(-0.5 * Math.Exp(-1)), 1 / (Math.E - 0.5), -0.5 / (Math.E - 0.5) },
        { nameof(WeightedTwice), 0, 40, 0, Math.Exp(40) + (2 * Math.Exp(20)), 0 },
        { nameof(WeightedTwice), 1e-12, 20, LossMath.Log1p(1e-12 * (Math.Exp(20) + (2 * Math.Exp(10)))), (Math.Exp(20) + (2 * Math.Exp(10))) / (1 + (1e-12 * (Math.Exp(20) + (2 * Math.Exp(10))))), 1e-12 * (Math.Exp(20) + Math.Exp(10)) / (1 + (1e-12 * (Math.Exp(20) + (2 * Math.Exp(10))))) },
        { nameof(WeightedTwice), 3, 800, 800 + Math.Log(3), 1.0 / 3, 1 },
        { nameof(SquareOfDifference), 1, 3, 2 * Math.Log(Math.Exp(3) - Math.E), 2 / (1 - Math.Exp(2)), 2 / (1 - Math.Exp(-2)) },
        { nameof(SquareOfDifference), 3, 1, 2 * Math.Log(Math.Exp(3) - Math.E), 2 / (1 - Math.Exp(-2)), 2 / (1 - Math.Exp(2)) },
        { nameof(SquareOfProduct), -0.25, 500, (2 * Math.Log(0.5)) + 3000, -8, 6 },
        { nameof(TwoDifferences), 1, 2, Math.Log((1 - Math.E) * (1 - Math.Exp(2))), 1 / (1 - Math.Exp(-1)), 1 / (1 - Math.Exp(-2)) },
        { nameof(TwoDifferences), -1, -2, Math.Log((1 - Math.Exp(-1)) * (1 - Math.Exp(-2))), 1 / (1 - Math.E), 1 / (1 - Math.Exp(2)) },
        { nameof(NumberAndDifference), -2, 1, Math.Log(-2 * (1 - Math.E)), -0.5, 1 / (1 - Math.Exp(-1)) },
        { nameof(NumberAndDifference), 2, -1, Math.Log(2 * (1 - Math.Exp(-1))), 0.5, 1 / (1 - Math.E) },
        { nameof(OppositeOfDifference), 1, 3, 3 + Math.Log(Math.E - 1), 1 / (1 - Math.Exp(-1)), 1 },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Value_and_gradient(string loss, double u, double v, double value, double ofU, double ofV)
    {
        var type = typeof(LogarithmOfSignedTests).GetNestedType(loss + "Objective`1", System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Public)!.MakeGenericType(typeof(double));
        var constructor = type.GetConstructors().Single();
        var objective = (IObjective<double>)constructor.Invoke([.. constructor.GetParameters().Select(_ => (object)1)]);
        var (at, gradient) = (new Parameters<double>(objective.Layout), new Parameters<double>(objective.Layout));
        (at[0].Span[0], at[1].Span[0]) = (u, v);
        Near(value, objective.ValueAndGradient(at, gradient, objective.CreateWorkspace()));
        Near(ofU, gradient[0].Span[0]);
        Near(ofV, gradient[1].Span[0]);
    }

    [Theory]
    [InlineData(0, 2)]
    [InlineData(0, -3)]
    [InlineData(0.5, 1)]
    public void Second_derivatives(double u, double v)
    {
        var objective = new WeightedObjective<double>(1, 1);
        var at = new Parameters<double>(objective.Layout);
        var (direction, product) = (new Parameters<double>(objective.Layout), new Parameters<double>(objective.Layout));
        (at[0].Span[0], at[1].Span[0]) = (u, v);
        direction.Values.Fill(1);
        objective.HessianVectorProduct(at, direction, product, objective.CreateWorkspace());
        var (exponential, sum) = (Math.Exp(v), 1 + (u * Math.Exp(v)));
        Near((exponential - (exponential * exponential)) / (sum * sum), product[0].Span[0]);
        Near((exponential + (u * exponential)) / (sum * sum), product[1].Span[0]);
    }

    private static void Near(double expected, double actual) => Assert.InRange(actual, expected - (1e-12 * (1 + Math.Abs(expected))), expected + (1e-12 * (1 + Math.Abs(expected))));
}
