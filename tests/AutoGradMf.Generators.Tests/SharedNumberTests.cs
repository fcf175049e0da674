using System.Text.RegularExpressions;
using AutoGradMf.Generators.Tests.Driver;
using Xunit;

namespace AutoGradMf.Generators.Tests;

/// <summary>Numbers between the steps of one method are computed once.</summary>
public partial class SharedNumberTests
{
    private const string LossesOfNumbers = """
        using AutoGradMf;
        using static AutoGradMf.LossMath;

        public static partial class Losses
        {
            [Loss]
            public static double OfNorm([Factor] Matrix<double> U, [Factor] Matrix<double> V) => Norm(U * V.T);

            [Loss]
            public static double OfRoots([Factor] Matrix<double> U, [Factor] Matrix<double> V, double reg) =>
                Sqrt(1 + Sum(Square(U))) * Log(2 + reg * Sum(Square(V))) + Norm(U) * Norm(V);

            [Loss]
            public static double OfNumber([Factor] Matrix<double> U, [Factor] double scale, [Factor] double shift) =>
                Exp(scale * shift) * Sum(Square(scale * U - shift)) + Log1p(Exp(scale * shift));

            [Loss]
            public static double OfSquares([Factor] Matrix<double> U, [Factor] ColumnVector<double> b, double reg) =>
                Abs(reg) * Sum(Square(U - b)) + Sum(Exp(Abs(reg) * b)) * Sum(Square(U));
        }
        """;

    private static readonly Lazy<GeneratorRun> Run = new(() => new UserProject(LossesOfNumbers).Run());

    [Theory]
    [InlineData("OfNorm")]
    [InlineData("OfRoots")]
    [InlineData("OfNumber")]
    [InlineData("OfSquares")]
    public void A_method_calls_a_function_of_numbers_once(string loss) => AssertOnce(Run.Value.Generated[$"Losses.{loss}.g.cs"]);

    [Fact]
    public void No_line_of_numbers_is_too_long_to_read() => Assert.All(
        Run.Value.Generated["Losses.OfNorm.g.cs"].Split('\n').Where(line => line.Contains("LossMath.", StringComparison.Ordinal) && !line.Contains("///", StringComparison.Ordinal)),
        line => Assert.InRange(line.Length, 0, 140));

    [Fact]
    public void What_is_shared_is_named() => Assert.Contains(
        "var overNorm = LossMath.ReciprocalOrZero(normUtUVtV);", Run.Value.Generated["Losses.OfNorm.g.cs"], StringComparison.Ordinal);

    private static void AssertOnce(string text)
    {
        var methods = text.Split("/// <").Select(method => CallOfNumbers().Matches(method).Select(m => m.Value).ToList()).ToList();
        Assert.Contains(methods, calls => calls.Count > 0);
        Assert.All(methods, calls => Assert.Equal(calls.Distinct(), calls));
    }

    /// <summary>A function of the library with numbers alone for arguments.</summary>
    [GeneratedRegex(@"\bLossMath\.\w+\([^()]*\)")]
    private static partial Regex CallOfNumbers();
}
