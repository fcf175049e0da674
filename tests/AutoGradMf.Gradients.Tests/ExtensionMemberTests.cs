using AutoGradMf.Objectives;
using Xunit;
using static AutoGradMf.LossMath;

namespace AutoGradMf.Gradients.Tests;

/// <summary>Members of extension blocks, as C# 14 has them.</summary>
internal static class Extensions
{
    extension(Matrix<double> x)
    {
        public double Total => Sum(x);

        public Matrix<double> Plus(double weight, Matrix<double> other)
        {
            var scaled = weight * other;
            return x + scaled.Squared;
        }

        public static Matrix<double> operator ^(Matrix<double> left, Matrix<double> right) => left * right.T;
    }

    extension<TTensor>(TTensor x)
        where TTensor : ITensor<TTensor>
    {
        public TTensor Squared => Square(x);
    }

    extension(double x)
    {
        public static double Half => 0.5;

        public bool IsBelow(double bound) => x < bound;
    }
}

/// <summary>Losses that call them.</summary>
public static partial class ExtensionLosses
{
    [Loss]
    internal static double Written([Factor] Matrix<double> U, [Factor] Matrix<double> M, Matrix<double> D, double reg) =>
        double.Half * ((U ^ M) - D).Squared.Total + U.Plus(reg, U.Plus(2, U)).Total + Sum(Map(M, element => element.IsBelow(0.1) ? element : 2 * element * element));
}

/// <summary>Extension members are read in place of their calls.</summary>
public class ExtensionMemberTests
{
    [Fact]
    public void Are_read_in_place_of_their_calls()
    {
        var objective = new ExtensionLosses.WrittenObjective<double>(Random(4, 3), reg: 0.3, rank: 2);
        var at = RandomLoss.Point(objective);

        Assert.InRange(GradientCheck.Value(objective, at).LargestRelativeError, 0, 1e-13);
        Assert.All(GradientCheck.Coordinates(objective, at), check => Assert.InRange(check.LargestRelativeError, 0, 1e-6));
    }

    private static Matrix<double> Random(int rows, int columns)
    {
        var random = new Random(5);
        return new Matrix<double>(rows, columns, [.. Enumerable.Range(0, rows * columns).Select(_ => random.NextDouble())]);
    }
}
