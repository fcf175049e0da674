using System.Numerics;
using AutoGradMf.Objectives;
using Xunit;

namespace AutoGradMf.Gradients.Tests;

/// <summary>Value and gradient of losses at the ends of the numbers, against closed forms: finite wherever the true ones are.</summary>
public class TorturePointTests
{
    private static readonly double[] Points = [0.3, -1.7, 12, -12, 100, -100, 800, -800, 1e-8];
    private static readonly double[] DoublePoints = [.. Points, 1e200, -1e200, 1e-200, -1e-200];
    private static readonly double[] FloatPoints = [.. Points, 1e30, -1e30, 1e-30, -1e-30];

    /// <summary>What is passed as the scale, a hyperparameter.</summary>
    private const double Scale = 0.7;

    /// <summary>Those whose terms cancel, or whose derivative is nothing beside them: near zero, or far off. They are right in units of the terms, which are about 1.</summary>
    private static readonly HashSet<string> Cancelling =
    [
        nameof(TortureLosses.LogOfCosh), nameof(TortureLosses.LogOfTwoExponentials), nameof(TortureLosses.LogOfRowSums), nameof(TortureLosses.HyperbolicTangentWritten),
        nameof(TortureLosses.HyperbolicTangentOfExponential), nameof(TortureLosses.LogisticOfThree), nameof(TortureLosses.LogisticDensity), nameof(TortureLosses.GumbelDensity),
        nameof(TortureLosses.SoftSign), nameof(TortureLosses.SquareOfSoftSign), nameof(TortureLosses.LogOfSum), nameof(TortureLosses.LogOfProduct),
        nameof(TortureLosses.LogOfOnePlusSquare), nameof(TortureLosses.LogOfOnePlusSquareOverScale), nameof(TortureLosses.LogOfScalePlusSquare), nameof(TortureLosses.LogOfQuotientOfSums),
        nameof(TortureLosses.LogOfSumOfAll), nameof(TortureLosses.LogOfMeanOfAll), nameof(TortureLosses.LogOfSumOfVector), nameof(TortureLosses.OverOnePlusSquare),
        nameof(TortureLosses.SquareOverSquareOfSum), nameof(TortureLosses.LogOfScalePlusScaledSquare),
        nameof(TortureLosses.LogOfOnePlusSumOfSquares), nameof(TortureLosses.LogOfOnePlusSumOverScale), nameof(TortureLosses.LogOfOnePlusSumsOfRows), nameof(TortureLosses.SumOverOnePlusSum), nameof(TortureLosses.SumOverSumOfSquares), nameof(TortureLosses.GeluWritten), nameof(TortureLosses.PowerOfOneMinusSigmoid), nameof(TortureLosses.SumOverRootOfSumOfSquares), nameof(TortureLosses.SquaresOverOnePlusSquares),
        nameof(TortureLosses.LogOfSoftplus), nameof(TortureLosses.LogOfGumbel), nameof(TortureLosses.LogOfOnePlusTanh), nameof(TortureLosses.SoftplusOverSigmoid), nameof(TortureLosses.LogOfOnePlusSquareOfSinh), nameof(TortureLosses.LogOfOneMinusSquareOfTanh), nameof(TortureLosses.LogOfSumOfTwoExponentials), nameof(TortureLosses.LogOfDifferenceOfLogistics), nameof(TortureLosses.LogOfSumOfOnePlusExponential), nameof(TortureLosses.LogOfSumOfDensities),
        nameof(TortureLosses.LogOfOnePlusItselfAndSquare), nameof(TortureLosses.LogOfQuadratic), nameof(TortureLosses.LogOfNormsCalled), nameof(TortureLosses.LogOfNormCalledAndWritten),
    ];

    /// <summary>Of each loss at one number: its value and its derivative.</summary>
    private static readonly Dictionary<string, (Func<double, double> Value, Func<double, double> Derivative)> Forms = new()
    {
        [nameof(TortureLosses.LogOfCosh)] = (LogCosh, Math.Tanh),
        [nameof(TortureLosses.LogOfTwoExponentials)] = (x => LogCosh(x) + Math.Log(2), Math.Tanh),
        [nameof(TortureLosses.LogOfThreeExponentials)] = (
            x => x > 0 ? x + Math.Log(1 + (2 * Math.Exp(-2 * x)) + Math.Exp(-x)) : -x + Math.Log(2 + Math.Exp(2 * x) + Math.Exp(x)),
            x => x > 0 ? (1 - (2 * Math.Exp(-2 * x))) / (1 + (2 * Math.Exp(-2 * x)) + Math.Exp(-x)) : (Math.Exp(2 * x) - 2) / (Math.Exp(2 * x) + 2 + Math.Exp(x))),
        [nameof(TortureLosses.LogOfOneAndTwoExponentials)] = (
            x => x > 0 ? (2 * x) + Math.Log(1 + Math.Exp(-x) + Math.Exp(-2 * x)) : (x < -12 ? Math.Exp(x) : Math.Log(1 + Math.Exp(x) + Math.Exp(2 * x))),
            x => x > 0 ? (2 + Math.Exp(-x)) / (1 + Math.Exp(-x) + Math.Exp(-2 * x)) : (Math.Exp(x) + (2 * Math.Exp(2 * x))) / (1 + Math.Exp(x) + Math.Exp(2 * x))),
        [nameof(TortureLosses.LogisticOfSquares)] = (x => Sigmoid(2 * x), x => 2 * Sigmoid(2 * x) * Sigmoid(-2 * x)),
        [nameof(TortureLosses.RootOfOnePlusFourthPower)] = (
            x => Math.Abs(x) > 1 ? Math.Abs(x) * Math.Pow(1 + Math.Pow(x, -4), 0.25) : Math.Pow(1 + Math.Pow(x, 4), 0.25),
            x => Math.Abs(x) > 1 ? Math.Sign(x) * Math.Pow(1 + Math.Pow(x, -4), -0.75) : x * x * x * Math.Pow(1 + Math.Pow(x, 4), -0.75)),
        [nameof(TortureLosses.LogOfOneSizeAndSquare)] = (
            x => LogOfPowers(Math.Abs(x), 2, y => y + (y * y), a => a + (a * a)),
            x => Math.Sign(x) * (Math.Abs(x) is > 1 and var a ? (2 + (1 / a)) / a / (1 + (1 / a) + (1 / a / a)) : (1 + (2 * Math.Abs(x))) / (1 + Math.Abs(x) + (x * x)))),
        [nameof(TortureLosses.LogOfOneSquareAndFourth)] = (
            x => LogOfPowers(Math.Abs(x), 4, y => (y * y) + Math.Pow(y, 4), a => (a * a) + Math.Pow(a, 4)),
            x => Math.Abs(x) > 1 ? (4 + (2 / x / x)) / x / (1 + (1 / x / x) + Math.Pow(x, -4)) : ((2 * x) + (4 * x * x * x)) / (1 + (x * x) + Math.Pow(x, 4))),
        [nameof(TortureLosses.LogOfOnePlusPowerOfSize)] = (
            x => LogOfPowers(Math.Abs(x), 1.5, y => Math.Pow(y, 1.5), a => Math.Pow(a, 1.5)),
            x => Math.Sign(x) * (Math.Abs(x) is > 1 and var a ? 1.5 / a / (1 + Math.Pow(a, -1.5)) : 1.5 * Math.Sqrt(Math.Abs(x)) / (1 + Math.Pow(Math.Abs(x), 1.5)))),
        [nameof(TortureLosses.SquareOverOneSizeAndSquare)] = (
            x => Math.Abs(x) is > 1 and var a ? 1 / (1 + (1 / a) + (1 / a / a)) : x * x / (1 + Math.Abs(x) + (x * x)),
            x => Math.Sign(x) * (Math.Abs(x) is > 1 and var a
                ? (1 + (2 / a)) / a / a / Math.Pow(1 + (1 / a) + (1 / a / a), 2)
                : ((x * x) + (2 * Math.Abs(x))) / Math.Pow(1 + Math.Abs(x) + (x * x), 2))),
        [nameof(TortureLosses.FourthOverOneSquareAndFourth)] = (
            x => Math.Abs(x) > 1 ? 1 / (1 + (1 / x / x) + Math.Pow(x, -4)) : Math.Pow(x, 4) / (1 + (x * x) + Math.Pow(x, 4)),
            x => Math.Abs(x) > 1
                ? (2 + (4 / x / x)) / x / x / x / Math.Pow(1 + (1 / x / x) + Math.Pow(x, -4), 2)
                : ((2 * Math.Pow(x, 5)) + (4 * x * x * x)) / Math.Pow(1 + (x * x) + Math.Pow(x, 4), 2)),
        [nameof(TortureLosses.QuadraticOverOneSquareAndSixth)] = (QuadraticOverSixth, SlopeOfQuadraticOverSixth),
        [nameof(TortureLosses.SquareOfSoftSign)] = (x => Math.Pow(x / (1 + Math.Abs(x)), 2), x => 2 * x / (1 + Math.Abs(x)) / (1 + Math.Abs(x)) / (1 + Math.Abs(x))),
        [nameof(TortureLosses.LogOfSteepExponential)] = (x => 1e4 * x, _ => 1e4),
        [nameof(TortureLosses.BinaryLogOfOnePlusExponential)] = (x => Softplus(x) / Math.Log(2), x => Sigmoid(x) / Math.Log(2)),
        [nameof(TortureLosses.LogOfOnePlusPowerOfTwo)] = (x => Softplus(x * Math.Log(2)), x => Math.Log(2) * Sigmoid(x * Math.Log(2))),
        [nameof(TortureLosses.LogisticOfPowersOfTwo)] = (
            x => Sigmoid(x * Math.Log(2)), x => Math.Log(2) * Sigmoid(x * Math.Log(2)) * Sigmoid(-x * Math.Log(2))),
        [nameof(TortureLosses.LogisticOfPowersOfTen)] = (
            x => Sigmoid(x * Math.Log(10)), x => Math.Log(10) * Sigmoid(x * Math.Log(10)) * Sigmoid(-x * Math.Log(10))),
        [nameof(TortureLosses.LogOfThreePlusExponential)] = (x => Math.Log(3) + Softplus(x - Math.Log(3)), x => Sigmoid(x - Math.Log(3))),
        [nameof(TortureLosses.LogOfScaledSigmoid)] = (x => Math.Log(0.5) - (2 * Softplus(-x)), x => 2 * Sigmoid(-x)),
        [nameof(TortureLosses.LogOfRowSums)] = (x => x, _ => 1),
        [nameof(TortureLosses.LogOfSum)] = (Sigmoid, x => Sigmoid(x) * Sigmoid(-x)),
        [nameof(TortureLosses.LogOfProduct)] = (x => 2 * Sigmoid(x), x => 2 * Sigmoid(x) * Sigmoid(-x)),
        [nameof(TortureLosses.ReciprocalOfCosh)] = (Sech, x => -Math.Tanh(x) * Sech(x)),
        [nameof(TortureLosses.SquaredReciprocalOfCosh)] = (x => Sech(x) * Sech(x), x => -2 * Math.Tanh(x) * Sech(x) * Sech(x)),
        [nameof(TortureLosses.SinhOverCosh)] = (Math.Tanh, x => Sech(x) * Sech(x)),
        [nameof(TortureLosses.HyperbolicTangentWritten)] = (Math.Tanh, x => Sech(x) * Sech(x)),
        [nameof(TortureLosses.HyperbolicTangentOfExponential)] = (Math.Tanh, x => Sech(x) * Sech(x)),
        [nameof(TortureLosses.LogisticWritten)] = (Sigmoid, x => Sigmoid(x) * Sigmoid(-x)),
        [nameof(TortureLosses.LogisticOfTwo)] = (x => Sigmoid(2 * x), x => 2 * Sigmoid(2 * x) * Sigmoid(-2 * x)),
        [nameof(TortureLosses.LogisticOfThree)] = (
            x => x > 0 ? Math.Exp(-2 * x) / (1 + (2 * Math.Exp(-2 * x)) + Math.Exp(-x)) : 1 / (2 + Math.Exp(2 * x) + Math.Exp(x)),
            x => x > 0
                ? -Math.Exp(-2 * x) * (2 + Math.Exp(-x)) / Math.Pow(1 + (2 * Math.Exp(-2 * x)) + Math.Exp(-x), 2)
                : -((2 * Math.Exp(2 * x)) + Math.Exp(x)) / Math.Pow(2 + Math.Exp(2 * x) + Math.Exp(x), 2)),
        [nameof(TortureLosses.LogisticDensity)] = (x => Sigmoid(x) * Sigmoid(-x), x => -Sigmoid(x) * Sigmoid(-x) * Math.Tanh(x / 2)),
        [nameof(TortureLosses.SoftSign)] = (x => x / (1 + Math.Abs(x)), x => 1 / (1 + Math.Abs(x)) / (1 + Math.Abs(x))),
        [nameof(TortureLosses.Gumbel)] = (x => Math.Exp(-Math.Exp(x)), x => -Math.Exp(x - Math.Exp(x))),
        [nameof(TortureLosses.GumbelDensity)] = (x => Math.Exp(-x - Math.Exp(-x)), x => -Math.Exp(-x - Math.Exp(-x)) + Math.Exp((-2 * x) - Math.Exp(-x))),
        [nameof(TortureLosses.ExponentialOfMinusCosh)] = (x => Math.Exp(-Math.Cosh(x)), x => Math.Abs(x) > 20 ? 0 : -Math.Sinh(x) * Math.Exp(-Math.Cosh(x))),
        [nameof(TortureLosses.ProductOfExponentials)] = (x => Math.Exp(1 + (0.001 * x)), x => 0.001 * Math.Exp(1 + (0.001 * x))),
        [nameof(TortureLosses.QuotientOfExponentials)] = (x => Math.Exp(3 + (0.001 * x)), x => 0.001 * Math.Exp(3 + (0.001 * x))),
        [nameof(TortureLosses.ExponentialOfMinusSquare)] = (x => Math.Exp(-x * x), x => -2 * x * Math.Exp(-x * x)),
        [nameof(TortureLosses.SquareOverOnePlusSquare)] = (x => OverHypot(x, 1) * OverHypot(x, 1), x => 2 * OverHypot(x, 1) * Math.Pow(OverHypot(1, x), 3)),
        [nameof(TortureLosses.SquareOverThreePlusSquareByOperators)] = (
            x => OverHypot(x, Math.Sqrt(3)) * OverHypot(x, Math.Sqrt(3)),
            x => 2 / Math.Sqrt(3) * OverHypot(x, Math.Sqrt(3)) * Math.Pow(OverHypot(Math.Sqrt(3), x), 3)),
        [nameof(TortureLosses.ReciprocalOfOnePlusSquare)] = (x => OverHypot(1, x) * OverHypot(1, x), x => -2 * OverHypot(x, 1) * Math.Pow(OverHypot(1, x), 3)),
        [nameof(TortureLosses.RootOfOnePlusSquare)] = (x => double.Hypot(x, 1), x => OverHypot(x, 1)),
        [nameof(TortureLosses.RootOfTwoSquares)] = (x => Math.Sqrt(5) * Math.Abs(x), x => Math.Sqrt(5) * Math.Sign(x)),
        [nameof(TortureLosses.OverRootOfOnePlusSquare)] = (x => OverHypot(x, 1), x => Math.Pow(OverHypot(1, x), 3)),
        [nameof(TortureLosses.LogOfSquare)] = (x => 2 * Math.Log(Math.Abs(x)), x => 2 / x),
        [nameof(TortureLosses.DifferenceOfLogs)] = (x => Math.Log(3) + (0.5 * Math.Log(Math.Abs(x))), x => 0.5 / x),
        [nameof(TortureLosses.RootOfSquare)] = (Math.Abs, x => Math.Sign(x)),
        [nameof(TortureLosses.RowNormsOf)] = (Math.Abs, x => Math.Sign(x)),
        [nameof(TortureLosses.NormOf)] = (Math.Abs, x => Math.Sign(x)),
        [nameof(TortureLosses.NormOfScaled)] = (x => 1e-3 * Math.Abs(x), x => 1e-3 * Math.Sign(x)),
        [nameof(TortureLosses.RootOfSumOfSquares)] = (Math.Abs, x => Math.Sign(x)),
        [nameof(TortureLosses.LogOfOnePlusSquare)] = (x => LogOfOnePlusSquare(x, 1), x => SlopeOfLog(x, 1)),
        [nameof(TortureLosses.LogOfOnePlusSquareOverScale)] = (x => LogOfOnePlusSquare(x, 1 / Scale), x => SlopeOfLog(x, 1 / Scale)),
        [nameof(TortureLosses.LogOfScalePlusSquare)] = (x => Math.Log(Scale) + LogOfOnePlusSquare(x, 1 / Scale), x => SlopeOfLog(x, 1 / Scale)),
        [nameof(TortureLosses.LogOfQuotientOfSums)] = (
            x => LogOfOnePlusSquare(x, 1) - LogOfOnePlusSquare(x, 0.5) - Math.Log(2), x => SlopeOfLog(x, 1) - SlopeOfLog(x, 0.5)),
        [nameof(TortureLosses.SquareTimesExponential)] = (x => Times(Math.Exp(-x), x, x), x => Times(Math.Exp(-x), x, 2 - x)),
        [nameof(TortureLosses.CubeTimesBell)] = (x => Times(Math.Exp(-x * x), x, x, x), x => (3 * Times(Math.Exp(-x * x), x, x)) - (2 * Times(Math.Exp(-x * x), x, x, x, x))),
        [nameof(TortureLosses.SquareOverCosh)] = (x => Times(Sech(x / 2), x, x), x => (2 * Times(Sech(x / 2), x)) - (0.5 * Math.Tanh(x / 2) * Times(Sech(x / 2), x, x))),
        [nameof(TortureLosses.SquareTimesSigmoid)] = (x => Times(Sigmoid(-x), x, x), x => (2 * Times(Sigmoid(-x), x)) - Times(Sigmoid(-x) * Sigmoid(x), x, x)),
        [nameof(TortureLosses.LogOfOnePlusScaledExponential)] = (x => Softplus(x + Math.Log(Scale)), x => Sigmoid(x + Math.Log(Scale))),
        [nameof(TortureLosses.LogOfSumOfAll)] = (x => 2 * x, _ => 2),
        [nameof(TortureLosses.LogOfMeanOfAll)] = (x => x, _ => 1),
        [nameof(TortureLosses.LogOfSumOfVector)] = (x => x, _ => 1),
        [nameof(TortureLosses.LogOfOnePlusRowSums)] = (Softplus, Sigmoid),
        [nameof(TortureLosses.RootOfSquarePlusScale)] = (x => double.Hypot(x, Math.Sqrt(Scale)), x => OverHypot(x, Math.Sqrt(Scale))),
        [nameof(TortureLosses.OverRootOfSquarePlusScale)] = (x => OverHypot(x, Math.Sqrt(Scale)), x => Math.Pow(OverHypot(Math.Sqrt(Scale), x), 3) / Math.Sqrt(Scale)),
        [nameof(TortureLosses.RootOfOnePlusSquareOverScale)] = (x => double.Hypot(x / Math.Sqrt(Scale), 1), x => OverHypot(x / Math.Sqrt(Scale), 1) / Math.Sqrt(Scale)),
        [nameof(TortureLosses.OverRootOfOnePlusScaledSquare)] = (
            x => Sine(x * Math.Sqrt(Scale)) / Math.Sqrt(Scale), x => Math.Pow(Cosine(x * Math.Sqrt(Scale)), 3)),
        [nameof(TortureLosses.LogOfScalePlusScaledSquare)] = (x => Math.Log(Scale) + LogOfOnePlusSquare(x, 1), x => SlopeOfLog(x, 1)),
        [nameof(TortureLosses.SquareOverScalePlusSquare)] = (
            x => OverHypot(x, Math.Sqrt(Scale)) * OverHypot(x, Math.Sqrt(Scale)),
            x => 2 / Math.Sqrt(Scale) * OverHypot(x, Math.Sqrt(Scale)) * Math.Pow(OverHypot(Math.Sqrt(Scale), x), 3)),
        [nameof(TortureLosses.LogOfOnePlusSumOfSquares)] = (x => LogOfOnePlusSquare(x, 1), x => SlopeOfLog(x, 1)),
        [nameof(TortureLosses.LogOfOnePlusSumOverScale)] = (x => LogOfOnePlusSquare(x, 1 / Scale), x => SlopeOfLog(x, 1 / Scale)),
        [nameof(TortureLosses.LogOfOnePlusSumsOfRows)] = (x => LogOfOnePlusSquare(x, 1), x => SlopeOfLog(x, 1)),
        [nameof(TortureLosses.RootOfOnePlusSumOfSquares)] = (x => double.Hypot(x, 1), Sine),
        [nameof(TortureLosses.RootOfOnePlusSumsOfRows)] = (x => double.Hypot(x, 1), Sine),
        [nameof(TortureLosses.RootOfScalePlusScaledSum)] = (x => Math.Sqrt(Scale) * double.Hypot(x, 1), x => Math.Sqrt(Scale) * Sine(x)),
        [nameof(TortureLosses.SumOverRootOfSumOfSquares)] = (Sine, x => Math.Pow(Cosine(x), 3)),
        [nameof(TortureLosses.FourthOverOnePlusFourth)] = (x => Sine(x * x) * Sine(x * x), x => Times(Math.Pow(Cosine(x * x), 3), Sine(x * x), 4 * x)),
        [nameof(TortureLosses.RootOfOnePlusFourth)] = (x => double.Hypot(1, x * x), x => Times(2 * x, Sine(x * x))),
        [nameof(TortureLosses.LogOfOnePlusFourth)] = (x => LogOfPower(x, 4, 1, 1), x => SlopeOfLogOfPower(x, 4, 1, 1)),
        [nameof(TortureLosses.LogOfTwoPlusEighth)] = (x => LogOfPower(x, 8, 2, 3), x => SlopeOfLogOfPower(x, 8, 2, 3)),
        [nameof(TortureLosses.LogOfOnePlusCubeOfSize)] = (x => LogOfPower(Math.Abs(x), 3, 1, 1), x => Math.Sign(x) * SlopeOfLogOfPower(Math.Abs(x), 3, 1, 1)),
        [nameof(TortureLosses.LogOfScalePlusScaledFourth)] = (x => LogOfPower(x, 4, Scale, 2 * Scale), x => SlopeOfLogOfPower(x, 4, Scale, 2 * Scale)),
        [nameof(TortureLosses.LogOfLittlePlusSquare)] = (x => 2 * Math.Log(double.Hypot(x, 1e-15)), x => 2 * OverHypot(x, 1e-15) / double.Hypot(x, 1e-15)),
        [nameof(TortureLosses.ReciprocalOfOnePlusSixth)] = (
            x => Math.Abs(x) < 1 ? 1 / (1 + Math.Pow(x, 6)) : Math.Pow(x, -6) / (1 + Math.Pow(x, -6)),
            x => Math.Abs(x) < 1 ? -6 * Math.Pow(x, 5) / Math.Pow(1 + Math.Pow(x, 6), 2) : -6 * Math.Pow(x, -7) / Math.Pow(1 + Math.Pow(x, -6), 2)),
        [nameof(TortureLosses.PowerOfOnePlusSquareOverThat)] = (x => double.Hypot(1, x), Sine),
        [nameof(TortureLosses.OverPowerOfOnePlusSquare)] = (
            x => Sine(x) * Cosine(x) * Cosine(x), x => Math.Pow(Cosine(x), 3) * ((Cosine(x) * Cosine(x)) - (2 * Sine(x) * Sine(x)))),
        [nameof(TortureLosses.RootOfRootOfFourth)] = (Math.Abs, x => Math.Sign(x)),
        [nameof(TortureLosses.SquareOverRootOfOnePlusFourth)] = (x => Sine(x * x), x => Times(Math.Pow(Cosine(x * x), 3), 2 * x)),
        [nameof(TortureLosses.SquaresOverOnePlusSquares)] = (x => Sine(x) * Sine(x), x => 2 * Sine(x) * Math.Pow(Cosine(x), 3)),
        [nameof(TortureLosses.QuotientOfSumsOfExponentials)] = (x => Math.Exp(-x), x => -Math.Exp(-x)),
        [nameof(TortureLosses.SumOverOnePlusSum)] = (Sigmoid, x => Sigmoid(x) * Sigmoid(-x)),
        [nameof(TortureLosses.RootOfSumOfExponentials)] = (x => Math.Exp(x / 2), x => 0.5 * Math.Exp(x / 2)),
        [nameof(TortureLosses.PowerOfOneMinusSigmoid)] = (x => Math.Exp(-1.5 * Softplus(x)), x => -1.5 * Sigmoid(x) * Math.Exp(-1.5 * Softplus(x))),
        [nameof(TortureLosses.CubeRootOfOnePlusSquare)] = (x => Math.Pow(double.Hypot(x, 1), 2.0 / 3), x => 2.0 / 3 * Sine(x) / Math.Cbrt(double.Hypot(x, 1))),
        [nameof(TortureLosses.SumOverSumOfSquares)] = (
            x => (0.5 * Math.Pow(OverHypot(Math.Sqrt(2), x), 2)) + Math.Pow(OverHypot(x, Math.Sqrt(2)), 2),
            x => OverHypot(x, Math.Sqrt(2)) * Math.Pow(OverHypot(Math.Sqrt(2), x), 3) / Math.Sqrt(2)),
        [nameof(TortureLosses.OverOnePlusSquareWritten)] = (x => 1 / (x + (1 / x)), x => (Cosine(x) * Cosine(x)) - (2 * Math.Pow(Sine(x) * Cosine(x), 2))),
        [nameof(TortureLosses.OverTwoPlusSquareByOperators)] = (
            x => 3 / ((2 / x) + (0.5 * x)), x => 1.5 * ((Cosine(x / 2) * Cosine(x / 2)) - (2 * Math.Pow(Sine(x / 2) * Cosine(x / 2), 2)))),
        [nameof(TortureLosses.SoftplusWithoutItsArgument)] = (x => 2 * Softplus((-x * x) - 1), x => Times(-4 * Sigmoid((-x * x) - 1), x)),
        [nameof(TortureLosses.LogisticWithoutItsArgument)] = (x => Softplus(-x), x => -Sigmoid(-x)),
        [nameof(TortureLosses.SquareOverOnePlusAbs)] = (x => Math.Abs(x) * (Math.Abs(x) / (1 + Math.Abs(x))), x => x / (1 + Math.Abs(x)) * ((2 + Math.Abs(x)) / (1 + Math.Abs(x)))),
        [nameof(TortureLosses.GeluWritten)] = (x => 0.5 * x * (1 + Math.Tanh(Gelu(x))), x => (0.5 * (1 + Math.Tanh(Gelu(x)))) + (0.5 * Times(GeluSlope(x), x))),
        [nameof(TortureLosses.SquareOverSquareOfSum)] = (
            x => Sine(x) * Sine(x) * Cosine(x) * Cosine(x), x => 2 * Sine(x) * Math.Pow(Cosine(x), 3) * ((Cosine(x) * Cosine(x)) - (Sine(x) * Sine(x)))),
        [nameof(TortureLosses.OverOnePlusSquare)] = (
            x => Cosine(x) * (Cosine(x) + Sine(x)), x => Cosine(x) * Cosine(x) * ((Cosine(x) * Cosine(x)) - (2 * Sine(x) * Cosine(x)) - (Sine(x) * Sine(x)))),
        [nameof(TortureLosses.ArcTangent)] = (Math.Atan, x => Cosine(x) * Cosine(x)),
        [nameof(TortureLosses.AreaSine)] = (Math.Asinh, Cosine),
        [nameof(TortureLosses.SmoothHuber)] = (x => 1.5 * Math.Abs(x) * (Math.Abs(x) / (double.Hypot(x, 1.5) + 1.5)), x => 1.5 * OverHypot(x, 1.5)),
        [nameof(TortureLosses.RootOfExponential)] = (x => Math.Exp(x / 2), x => 0.5 * Math.Exp(x / 2)),
        [nameof(TortureLosses.PowerOfOnePlusExponential)] = (x => Math.Exp(0.1 * Softplus(x)), x => 0.1 * Sigmoid(x) * Math.Exp(0.1 * Softplus(x))),
        [nameof(TortureLosses.PowerOfOnePlusSquare)] = (x => Math.Sqrt(double.Hypot(x, 1)), x => 0.5 * Sine(x) / Math.Sqrt(double.Hypot(x, 1))),
        [nameof(TortureLosses.NormsOfColumns)] = (Math.Abs, x => Math.Sign(x)),
        [nameof(TortureLosses.LogOfSoftplus)] = (LogSoftplus, SlopeOfLogSoftplus),
        [nameof(TortureLosses.RootOfSoftplus)] = (x => Math.Exp(LogSoftplus(x) / 2), x => 0.5 * SlopeOfLogSoftplus(x) * Math.Exp(LogSoftplus(x) / 2)),
        [nameof(TortureLosses.SoftplusOverSigmoid)] = (x => 1 / SlopeOfLogSoftplus(x), x => x < -40 ? 0 : 1 - (Softplus(x) * Math.Exp(-x))),
        [nameof(TortureLosses.LogOfGumbel)] = (LogGumbel, SlopeOfLogGumbel),
        [nameof(TortureLosses.LogOfOneMinusBell)] = (x => LogOfOneMinusBell(x, 1), x => SlopeOfLogOfOneMinusBell(x, 1)),
        [nameof(TortureLosses.LogOfOneMinusNarrowBell)] = (x => LogOfOneMinusBell(x, 3), x => SlopeOfLogOfOneMinusBell(x, 3)),
        [nameof(TortureLosses.LogOfOneMinusExponentialOfSoftplus)] = (x => -Softplus(-x), x => Sigmoid(-x)),
        [nameof(TortureLosses.LogOfEventOfSoftplus)] = (x => -Softplus(-x) + LossMath.Log1p(Sigmoid(-x)), x => Sigmoid(-x) - (Sigmoid(x) * Sigmoid(-x) / (1 + Sigmoid(-x)))),
        [nameof(TortureLosses.LogOfDifferenceOfLogistics)] = (x => -Softplus(-x - 1) - Softplus(x - 1) + Math.Log(1 - Math.Exp(-2)), x => Sigmoid(-x - 1) - Sigmoid(x - 1)),
        [nameof(TortureLosses.LogOfOnePlusTanh)] = (x => Math.Log(2) - Softplus(-2 * x), x => 2 * Sigmoid(-2 * x)),
        [nameof(TortureLosses.LogOfOneMinusSquareOfTanh)] = (x => -2 * LogCosh(x), x => -2 * Math.Tanh(x)),
        [nameof(TortureLosses.LogOfOnePlusSquareOfSinh)] = (x => 2 * LogCosh(x), x => 2 * Math.Tanh(x)),
        [nameof(TortureLosses.LogOfSquareOfSinh)] = (x => 2 * (LogCosh(x) + Math.Log(Math.Abs(Math.Tanh(x)))), x => 2 / Math.Tanh(x)),
        [nameof(TortureLosses.LogOfSumOfTwoExponentials)] = (x => LogCosh(x) + Math.Log(2), Math.Tanh),
        [nameof(TortureLosses.LogOfSumOfOnePlusExponential)] = (Softplus, Sigmoid),
        [nameof(TortureLosses.LogOfSumOfSquares)] = (x => 2 * Math.Log(Math.Abs(x)), x => 2 / x),
        [nameof(TortureLosses.LogOfNorm)] = (x => 3 * Math.Log(Math.Abs(x)), x => 3 / x),
        [nameof(TortureLosses.HyperbolicDistance)] = (x => 2 * Math.Asinh(Math.Abs(x)), x => 2 * Math.Sign(x) * Cosine(x)),
        [nameof(TortureLosses.AreaSineWritten)] = (Math.Asinh, Cosine),
        [nameof(TortureLosses.AreaSineOfHalf)] = (x => Math.Log(2) - Math.Asinh(x / 2), x => -0.5 * Cosine(x / 2)),
        [nameof(TortureLosses.PowerOfSquare)] = (x => Math.Sqrt(Math.Abs(x)), x => 0.5 * Math.Sign(x) / Math.Sqrt(Math.Abs(x))),
        [nameof(TortureLosses.LogOfOnePlusItselfAndSquare)] = (x => LogOfQuadratic(x, 1, 1, 1), x => SlopeOfLogOfQuadratic(x, 1, 1, 1)),
        [nameof(TortureLosses.LogOfQuadratic)] = (x => LogOfQuadratic(x, 2, -3, 5), x => SlopeOfLogOfQuadratic(x, 2, -3, 5)),
        [nameof(TortureLosses.RootOfQuadratic)] = (x => double.Hypot(x + 0.5, Math.Sqrt(0.75)), x => OverHypot(x + 0.5, Math.Sqrt(0.75))),
        [nameof(TortureLosses.LogOfNormsCalled)] = (x => LogOfOnePlusSquare(x, Scale), x => SlopeOfLog(x, Scale)),
        [nameof(TortureLosses.LogOfNormCalledAndWritten)] = (x => 3 * LogOfOnePlusSquare(x, 1), x => 3 * SlopeOfLog(x, 1)),
        [nameof(TortureLosses.RootsOfNormCalled)] = (
            x => (2 * double.Hypot(x, 1)) + (double.Hypot(x * Math.Sqrt(Scale), 1) / Scale), x => (2 * Sine(x)) + (Sine(x * Math.Sqrt(Scale)) / Math.Sqrt(Scale))),
        [nameof(TortureLosses.LogOfSumOfDensities)] = (x => -Softplus(x) - Softplus(-x), x => Sigmoid(-x) - Sigmoid(x)),
    };

    /// <summary>The second derivatives of some: their terms meet as ∞ · 0 where those of the gradient do not yet.</summary>
    private static readonly Dictionary<string, Func<double, double>> SecondDerivatives = new()
    {
        [nameof(TortureLosses.LogOfOnePlusSquare)] = x => 2 * Cosine(x) * Cosine(x) * ((Cosine(x) * Cosine(x)) - (Sine(x) * Sine(x))),
        [nameof(TortureLosses.SquareTimesExponential)] = x => (2 * Math.Exp(-x)) - (4 * Times(Math.Exp(-x), x)) + Times(Math.Exp(-x), x, x),
        [nameof(TortureLosses.LogOfOnePlusScaledExponential)] = x => Sigmoid(x + Math.Log(Scale)) * Sigmoid(-x - Math.Log(Scale)),
        [nameof(TortureLosses.LogOfSumOfAll)] = _ => 0,
        [nameof(TortureLosses.RootOfSquarePlusScale)] = x => Math.Pow(OverHypot(Math.Sqrt(Scale), x), 3) / Math.Sqrt(Scale),
        [nameof(TortureLosses.PowerOfOneMinusSigmoid)] = x => 1.5 * Sigmoid(x) * Math.Exp(-1.5 * Softplus(x)) * ((1.5 * Sigmoid(x)) - Sigmoid(-x)),
        [nameof(TortureLosses.GeluWritten)] = x => GeluSlope(x) + (0.5 * ((-2 * Math.Tanh(Gelu(x)) * Times(GeluSlope(x), x, 0.8 * (1 + (0.135 * x * x)))) + Times(Sech(Gelu(x)), Sech(Gelu(x)), x, 0.216 * x))),
        [nameof(TortureLosses.LogOfOnePlusSumsOfRows)] = x => 2 * Cosine(x) * Cosine(x) * ((Cosine(x) * Cosine(x)) - (Sine(x) * Sine(x))),
        [nameof(TortureLosses.LogOfOnePlusSumOfSquares)] = x => 2 * Cosine(x) * Cosine(x) * ((Cosine(x) * Cosine(x)) - (Sine(x) * Sine(x))),
        [nameof(TortureLosses.LogOfNormsCalled)] = x => 2 * Scale * Math.Pow(Cosine(x * Math.Sqrt(Scale)), 2)
            * (Math.Pow(Cosine(x * Math.Sqrt(Scale)), 2) - Math.Pow(Sine(x * Math.Sqrt(Scale)), 2)),
        [nameof(TortureLosses.LogOfNormCalledAndWritten)] = x => 6 * Cosine(x) * Cosine(x) * ((Cosine(x) * Cosine(x)) - (Sine(x) * Sine(x))),
        [nameof(TortureLosses.RootsOfNormCalled)] = x => (2 * Math.Pow(Cosine(x), 3)) + Math.Pow(Cosine(x * Math.Sqrt(Scale)), 3),
        [nameof(TortureLosses.RootOfOnePlusSumOfSquares)] = x => Math.Pow(Cosine(x), 3),
        [nameof(TortureLosses.RootOfOnePlusSumsOfRows)] = x => Math.Pow(Cosine(x), 3),
        [nameof(TortureLosses.RootOfScalePlusScaledSum)] = x => Math.Sqrt(Scale) * Math.Pow(Cosine(x), 3),
        [nameof(TortureLosses.SquaresOverOnePlusSquares)] = x => 2 * Math.Pow(Cosine(x), 4) * ((Cosine(x) * Cosine(x)) - (3 * Sine(x) * Sine(x))),
        [nameof(TortureLosses.RootOfOnePlusSquareOverScale)] = x => Math.Pow(Cosine(x / Math.Sqrt(Scale)), 3) / Scale,
        [nameof(TortureLosses.OverRootOfOnePlusScaledSquare)] = x =>
            -3 * Math.Sqrt(Scale) * Sine(x * Math.Sqrt(Scale)) * Math.Pow(Cosine(x * Math.Sqrt(Scale)), 4),
        [nameof(TortureLosses.OverRootOfSquarePlusScale)] = x => -3 / Scale * OverHypot(x, Math.Sqrt(Scale)) * Math.Pow(OverHypot(Math.Sqrt(Scale), x), 4),
        [nameof(TortureLosses.ExponentialOfMinusSquare)] = x => Times(Math.Exp(-x * x), x, 4 * x) - (2 * Math.Exp(-x * x)),
        [nameof(TortureLosses.ArcTangent)] = x => -2 * Sine(x) * Math.Pow(Cosine(x), 3),
        [nameof(TortureLosses.AreaSine)] = x => -Sine(x) * Cosine(x) * Cosine(x),
        [nameof(TortureLosses.SmoothHuber)] = x => Math.Pow(OverHypot(1.5, x), 3),
        [nameof(TortureLosses.RootOfExponential)] = x => 0.25 * Math.Exp(x / 2),
        [nameof(TortureLosses.HyperbolicDistance)] = x => -2 * Math.Abs(Sine(x)) * Cosine(x) * Cosine(x),
        [nameof(TortureLosses.LogOfSoftplus)] = x => SlopeOfLogSoftplus(x) * (Sigmoid(-x) - SlopeOfLogSoftplus(x)),
        [nameof(TortureLosses.LogOfOnePlusFourth)] = x => Math.Abs(x) < 1
            ? 4 * x * x * (3 - Math.Pow(x, 4)) / Math.Pow(1 + Math.Pow(x, 4), 2)
            : 4 / x / x * ((3 * Math.Pow(x, -4)) - 1) / Math.Pow(1 + Math.Pow(x, -4), 2),
        [nameof(TortureLosses.LogOfLittlePlusSquare)] = x => Math.Abs(x) < 1e-15 ? 2e30 : -2 / x / x,
        [nameof(TortureLosses.ReciprocalOfOnePlusSixth)] = x => Math.Abs(x) < 1
            ? 6 * Math.Pow(x, 4) * ((7 * Math.Pow(x, 6)) - 5) / Math.Pow(1 + Math.Pow(x, 6), 3)
            : 6 * Math.Pow(x, -8) * (7 - (5 * Math.Pow(x, -6))) / Math.Pow(1 + Math.Pow(x, -6), 3),
        [nameof(TortureLosses.PowerOfOnePlusSquareOverThat)] = x => Math.Pow(Cosine(x), 3),
        [nameof(TortureLosses.LogOfGumbel)] = x => x > 20 ? 0 : SlopeOfLogGumbel(x) * (1 - Math.Exp(x) - SlopeOfLogGumbel(x)),
        [nameof(TortureLosses.LogOfOnePlusTanh)] = x => -4 * Sigmoid(2 * x) * Sigmoid(-2 * x),
        [nameof(TortureLosses.ReciprocalOfOnePlusSquare)] = x => 2 * Math.Pow(Cosine(x), 4) * ((3 * Sine(x) * Sine(x)) - (Cosine(x) * Cosine(x))),
    };

    public static TheoryData<string> Losses => [.. Forms.Keys];

    [Theory]
    [MemberData(nameof(Losses))]
    public void In_double(string loss) => Check<double>(loss, DoublePoints, 1e-11);

    [Theory]
    [MemberData(nameof(Losses))]
    public void In_float(string loss) => Check<float>(loss, FloatPoints, 1e-4);

    public static TheoryData<string> TwiceDerived => [.. SecondDerivatives.Keys];

    [Theory]
    [MemberData(nameof(TwiceDerived))]
    public void Hessian_in_double(string loss) => CheckHessian<double>(loss, DoublePoints, 1e-11);

    [Theory]
    [MemberData(nameof(TwiceDerived))]
    public void Hessian_in_float(string loss) => CheckHessian<float>(loss, FloatPoints, 1e-4);

    [Fact]
    public void Of_constants_that_only_double_holds() => Assert.Multiple(
        () => Check(nameof(TortureLosses.LittleTimesLittleSquares), 1e200, 1, 2e-200),
        () => Check(nameof(TortureLosses.LittleTimesLittleSquares), 1e-10, 0, 0),
        () => Check(nameof(TortureLosses.OverSubnormal), 1e-10, 1e-10 / 1e-310, double.PositiveInfinity),
        () => Check(nameof(TortureLosses.LogOfOnePlusLargeSquare), -3, Math.Log(9) + (200 * Math.Log(10)), -2.0 / 3),
        () => Check(nameof(TortureLosses.LogOfOnePlusLargeSquare), 1e100, 400 * Math.Log(10), 2e-100),
        () => Check(nameof(TortureLosses.LogOfNextToNothingPlusSquare), 1e8, 16 * Math.Log(10), 2e-8),
        () => Check(nameof(TortureLosses.LogOfNextToNothingPlusSquare), 1e200, 400 * Math.Log(10), 2e-200));

    /// <summary>The slope 2 / x of a logarithm whose square is infinite, which other points hold in units of the value alone.</summary>
    [Theory]
    [InlineData(nameof(TortureLosses.LogOfOnePlusSquare))]
    [InlineData(nameof(TortureLosses.LogOfOnePlusSquareOverScale))]
    [InlineData(nameof(TortureLosses.LogOfScalePlusSquare))]
    [InlineData(nameof(TortureLosses.LogOfScalePlusScaledSquare))]
    [InlineData(nameof(TortureLosses.LogOfOnePlusSumOfSquares))]
    [InlineData(nameof(TortureLosses.LogOfOnePlusSumOverScale))]
    [InlineData(nameof(TortureLosses.LogOfOnePlusSumsOfRows))]
    [InlineData(nameof(TortureLosses.LogOfNormsCalled))]
    public void Of_slopes_of_logarithms_far_off(string loss)
    {
        foreach (var at in new[] { 1e9, -1e9, 1e17, 1e153, 1e155, -1e200, 1e300 })
        {
            Assert.Equal(1, Slope<double>(loss, at) * at / 2, 1e-12);
        }

        foreach (var at in new[] { 1e5, -1e9, 1e18, 1e20, -1e30, 1e36 })
        {
            Assert.Equal(1, Slope<float>(loss, at) * at / 2, 1e-5);
        }
    }

    private static double Slope<TElement>(string loss, double at)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var objective = Objective<TElement>(loss);
        var (point, gradient) = (new Parameters<TElement>(objective.Layout), new Parameters<TElement>(objective.Layout));
        point.Values[0] = TElement.CreateChecked(at);
        objective.ValueAndGradient(point, gradient, objective.CreateWorkspace());
        return double.CreateChecked(gradient.Values[0]);
    }

    [Fact]
    public void Of_the_root_of_a_root_at_its_kink() => Check(nameof(TortureLosses.RootOfRootOfFourth), 0, 0, 0);

    [Fact]
    public void Of_products_far_off() => Assert.Multiple(
        () => Check(nameof(TortureLosses.FourthOverSquareOfOnePlusSquare), 1e200, 1, 0),
        () => Check(nameof(TortureLosses.FourthOverSquareOfOnePlusSquare), -2, 16.0 / 25, 4 * -8 / 125.0),
        () => Check(nameof(TortureLosses.ExponentialsTimesFourth), 1e100, 0, 0));

    /// <summary>Both terms of the slope are 1 / x near zero, and it has as many digits as these leave it.</summary>
    [Theory]
    [InlineData(nameof(TortureLosses.ExponentialMinusOneOverItself), 0.5)]
    [InlineData(nameof(TortureLosses.SineOverItself), 0)]
    [InlineData(nameof(TortureLosses.SineOfMultipleOverItself), 0)]
    [InlineData(nameof(TortureLosses.LogarithmOfOnePlusItselfOverItself), -0.5)]
    public void Of_quotients_of_what_vanishes(string loss, double slope)
    {
        foreach (var at in new[] { 1e-8, -1e-8, 1e-17, 1e-155, -1e-200, 1e-300 })
        {
            var objective = Objective<double>(loss);
            var (point, gradient) = (new Parameters<double>(objective.Layout), new Parameters<double>(objective.Layout));
            point.Values[0] = at;
            Assert.Equal(1, objective.ValueAndGradient(point, gradient, objective.CreateWorkspace()), 1e-7);
            Assert.True(Math.Abs(gradient.Values[0] - slope) <= Math.Min(1, 1e-15 / Math.Abs(at)), $"The slope of {loss} at {at} is {gradient.Values[0]:R}.");
        }
    }

    /// <summary>A hinge that is zero, and so is its slope, whatever that of what it is of would be.</summary>
    [Fact]
    public void Of_squared_hinges_where_their_argument_has_no_slope() => Assert.Multiple(
        () => Check(nameof(TortureLosses.SquaredHingeOfRoot), 0, 0, 0),
        () => Check(nameof(TortureLosses.SquaredHingeOfRoot), 4, 1, 0.5),
        () => Check(nameof(TortureLosses.SquaredHingeOfReciprocal), 1e-200, 0, 0),
        () => Check(nameof(TortureLosses.SquaredHingeOfExponential), 1000, 0, 0),
        () => Check(nameof(TortureLosses.SquaredHingeOfFourth), 1e110, 0, 0));

    /// <summary>Of high powers beside numbers that may be zero, or far from each other.</summary>
    [Theory]
    [InlineData(0, 1, -2)]
    [InlineData(0, 1, 1e-20)]
    [InlineData(0, 3, 1e100)]
    [InlineData(1e-300, 1, 1e-10)]
    [InlineData(1e-30, 1e20, 3e-13)]
    [InlineData(1e30, 1e-20, 1e100)]
    [InlineData(-2, 3, 2)]
    public void Of_high_powers_beside_any_numbers(double shift, double weight, double at)
    {
        var size = Math.Abs(at);
        var isLarge = size > 1;
        var fourth = isLarge ? weight + (shift * Math.Pow(size, -4)) : shift + (weight * Math.Pow(size, 4));
        var sixth = isLarge ? weight + (shift * Math.Pow(size, -6)) : shift + (weight * Math.Pow(size, 6));
        Check(
            new TortureLosses.LogOfShiftedFourthObjective<double>(shift, weight, 1, 1),
            at,
            Math.Log(fourth) + (isLarge ? 4 * Math.Log(size) : 0),
            4 * weight * (isLarge ? 1 / at : Math.Pow(at, 3)) / fourth);
        Check(
            new TortureLosses.ReciprocalOfShiftedSixthObjective<double>(shift, weight, 1, 1),
            at,
            (isLarge ? Math.Pow(size, -6) : 1) / sixth,
            -6 * weight * (isLarge ? Math.Pow(at, -7) : Math.Pow(at, 5) / sixth / (isLarge ? 1 : sixth)) / (isLarge ? sixth * sixth : 1));
    }

    /// <summary>A power of zero and nothing beside it.</summary>
    [Fact]
    public void Of_nothing() => Assert.Multiple(
        () => Assert.Equal(double.NegativeInfinity, Value(new TortureLosses.LogOfShiftedFourthObjective<double>(0, 1, 1, 1), 0)),
        () => Assert.Equal(double.PositiveInfinity, Value(new TortureLosses.ReciprocalOfShiftedSixthObjective<double>(0, 1, 1, 1), 0)));

    private static double Value(IObjective<double> objective, double at)
    {
        var point = new Parameters<double>(objective.Layout);
        point.Values[0] = at;
        return objective.Value(point, objective.CreateWorkspace());
    }

    private static void Check(string loss, double at, double value, double derivative) => Check(Objective<double>(loss), at, value, derivative);

    private static void Check(IObjective<double> objective, double at, double value, double derivative)
    {
        var (point, gradient) = (new Parameters<double>(objective.Layout), new Parameters<double>(objective.Layout));
        point.Values[0] = at;
        var found = objective.ValueAndGradient(point, gradient, objective.CreateWorkspace());
        Assert.Null(Far<double>($"{objective.GetType().Name} at {at}", value, found, 1e-11, terms: 0));
        Assert.True(
            derivative == gradient.Values[0] || Math.Abs(gradient.Values[0] - derivative) <= 1e-11 * Math.Abs(derivative),
            $"The derivative of {objective.GetType().Name} at {at} is {gradient.Values[0]:R}, and should be {derivative:R}.");
    }

    /// <summary>Where a norm has a kink, and a smooth function of it has none.</summary>
    [Theory]
    [InlineData(nameof(TortureLosses.LogOfOnePlusSumOfSquares))]
    [InlineData(nameof(TortureLosses.LogOfOnePlusSumsOfRows))]
    [InlineData(nameof(TortureLosses.RootOfOnePlusSumOfSquares))]
    [InlineData(nameof(TortureLosses.RootOfOnePlusSumsOfRows))]
    [InlineData(nameof(TortureLosses.RootOfScalePlusScaledSum))]
    [InlineData(nameof(TortureLosses.SquaresOverOnePlusSquares))]
    [InlineData(nameof(TortureLosses.LogOfNormsCalled))]
    [InlineData(nameof(TortureLosses.LogOfNormCalledAndWritten))]
    [InlineData(nameof(TortureLosses.RootsOfNormCalled))]
    public void Hessian_at_zero(string loss) => CheckHessian<double>(loss, [0, 1e-320], 1e-11);

    private static void CheckHessian<TElement>(string loss, double[] points, double tolerance)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var objective = (IHessianVectorProduct<TElement>)Objective<TElement>(loss);
        var wrong = points.Select(at =>
        {
            var (point, direction, product) = (new Parameters<TElement>(objective.Layout), new Parameters<TElement>(objective.Layout), new Parameters<TElement>(objective.Layout));
            point.Values[0] = TElement.CreateChecked(at);
            direction.Values[0] = TElement.One;
            objective.HessianVectorProduct(point, direction, product, objective.CreateWorkspace());
            var expected = SecondDerivatives[loss](double.CreateChecked(point.Values[0]));
            return Far<TElement>($"second derivative at {at}", expected, double.CreateChecked(product.Values[0]), tolerance, terms: 1);
        }).OfType<string>().ToList();
        Assert.True(wrong.Count == 0, $"{loss}:\n{string.Join("\n", wrong)}");
    }

    private static void Check<TElement>(string loss, double[] points, double tolerance)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var wrong = points.SelectMany(x => Compared<TElement>(loss, x, tolerance)).ToList();
        Assert.True(wrong.Count == 0, $"{loss}:\n{string.Join("\n", wrong)}");
    }

    private static IEnumerable<string> Compared<TElement>(string loss, double at, double tolerance)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var objective = Objective<TElement>(loss);
        var (point, gradient) = (new Parameters<TElement>(objective.Layout), new Parameters<TElement>(objective.Layout));
        point.Values[0] = TElement.CreateChecked(at);
        var x = double.CreateChecked(point.Values[0]);
        var (value, derivative) = Forms[loss];
        var actual = objective.ValueAndGradient(point, gradient, objective.CreateWorkspace());
        var terms = Cancelling.Contains(loss) ? 1 : 0;
        return new[]
        {
            Far<TElement>($"value at {at}", value(x), actual, tolerance, terms),
            Far<TElement>($"derivative at {at}", derivative(x), double.CreateChecked(gradient.Values[0]), tolerance, terms),
        }.OfType<string>();
    }

    /// <summary>A loss of a single number.</summary>
    private static IObjective<TElement> Objective<TElement>(string loss)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var constructor = typeof(TortureLosses).GetNestedType($"{loss}Objective`1", System.Reflection.BindingFlags.NonPublic)!.MakeGenericType(typeof(TElement)).GetConstructors().Single();
        return (IObjective<TElement>)constructor.Invoke([.. constructor.GetParameters().Select(p => p.ParameterType == typeof(double) ? Scale : (object)1)]);
    }

    /// <summary>What is wrong with a number, unless its type cannot hold the right one: that of what has a value below the least is zero.</summary>
    private static string? Far<TElement>(string what, double expected, double actual, double tolerance, double terms)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var held = double.CreateChecked(TElement.CreateSaturating(expected));
        return !double.IsFinite(held) || Math.Abs(actual - held) <= tolerance * Math.Max(Math.Abs(held), Math.Max(terms, 1e-37)) ? null : $"{what} is {actual:R} and not {expected:R}";
    }

    /// <summary>The product from left to right, which stays zero once it is.</summary>
    private static double Times(params double[] factors) => factors.Aggregate((product, next) => product == 0 ? 0 : product * next);

    private static double LogOfOnePlusSquare(double x, double weight) =>
        Math.Abs(x) < 1e8 ? LossMath.Log1p(weight * x * x) : Math.Log(weight) + (2 * Math.Log(Math.Abs(x)));

    /// <summary>log(1 + s) of the powers of a; a^p (1 + r) of those of 1 / a where a is beyond 1.</summary>
    private static double LogOfPowers(double a, double highest, Func<double, double> ofReciprocal, Func<double, double> powers) =>
        a > 1 ? (highest * Math.Log(a)) + LossMath.Log1p(ofReciprocal(1 / a)) : LossMath.Log1p(powers(a));

    private static double QuadraticOverSixth(double x) => Math.Abs(x) > 1
        ? (Math.Pow(x, -6) + Math.Pow(x, -5) + Math.Pow(x, -4)) / (1 + Math.Pow(x, -4) + Math.Pow(x, -6))
        : (1 + x + (x * x)) / (1 + (x * x) + Math.Pow(x, 6));

    private static double SlopeOfQuadraticOverSixth(double x) => Math.Abs(x) > 1
        ? (Math.Pow(x, -6) + (2 * Math.Pow(x, -5)) - (QuadraticOverSixth(x) * ((2 * Math.Pow(x, -5)) + (6 / x)))) / (1 + Math.Pow(x, -4) + Math.Pow(x, -6))
        : (1 + (2 * x) - (QuadraticOverSixth(x) * ((2 * x) + (6 * Math.Pow(x, 5))))) / (1 + (x * x) + Math.Pow(x, 6));

    /// <summary>log(c + w xᵖ) of an even p.</summary>
    private static double LogOfPower(double x, int p, double c, double w) => w * Math.Pow(x, p) < c
        ? Math.Log(c) + LossMath.Log1p(w / c * Math.Pow(x, p))
        : Math.Log(w) + (p * Math.Log(Math.Abs(x))) + LossMath.Log1p(c / w * Math.Pow(x, -p));

    private static double SlopeOfLogOfPower(double x, int p, double c, double w) =>
        w * Math.Pow(x, p) < c ? p * w * Math.Pow(x, p - 1) / (c + (w * Math.Pow(x, p))) : p / x / (1 + (c / w * Math.Pow(x, -p)));

    /// <summary>log(c + b x + a x²), whose discriminant is negative.</summary>
    private static double LogOfQuadratic(double x, double a, double b, double c) => Math.Abs(x) < 1e8
        ? Math.Log(c + (b * x) + (a * x * x))
        : Math.Log(a) + (2 * Math.Log(Math.Abs(x))) + LossMath.Log1p((b / a / x) + (c / a / x / x));

    private static double SlopeOfLogOfQuadratic(double x, double a, double b, double c) =>
        Math.Abs(x) < 1e8 ? (b + (2 * a * x)) / (c + (b * x) + (a * x * x)) : ((b / a / x) + 2) / (x + (b / a) + (c / a / x));

    private static double SlopeOfLog(double x, double weight) => 2 / (x + (1 / (weight * x)));

    /// <summary>What the hyperbolic tangent is of.</summary>
    private static double Gelu(double x) => 0.8 * (x + (0.045 * x * x * x));

    /// <summary>The derivative of the hyperbolic tangent.</summary>
    private static double GeluSlope(double x) => Times(Sech(Gelu(x)), Sech(Gelu(x)), 0.8 * (1 + (0.135 * x * x)));

    /// <summary>x / √(1 + x²).</summary>
    private static double Sine(double x) => OverHypot(x, 1);

    /// <summary>1 / √(1 + x²).</summary>
    private static double Cosine(double x) => OverHypot(1, x);

    private static double LogCosh(double x) => Math.Abs(x) - Math.Log(2) + LossMath.Log1p(Math.Exp(-2 * Math.Abs(x)));

    private static double Softplus(double x) => Math.Max(x, 0) + LossMath.Log1p(Math.Exp(-Math.Abs(x)));

    private static double LogSoftplus(double x) => x < -40 ? x : Math.Log(Softplus(x));

    private static double SlopeOfLogSoftplus(double x) => x < -40 ? 1 : Sigmoid(x) / Softplus(x);

    private static double LogGumbel(double x) => x < -40 ? x : LossMath.Log1p(-Math.Exp(-Math.Exp(x)));

    private static double SlopeOfLogGumbel(double x) => x < -40 ? 1 : x > 20 ? 0 : Math.Exp(x) / LossMath.Expm1(Math.Exp(x));

    /// <summary>log(1 − exp(−w x²)).</summary>
    private static double LogOfOneMinusBell(double x, double weight) =>
        Math.Abs(x) < 1e-9 ? Math.Log(weight) + (2 * Math.Log(Math.Abs(x))) : Math.Log(-LossMath.Expm1(-weight * x * x));

    private static double SlopeOfLogOfOneMinusBell(double x, double weight) =>
        Math.Abs(x) < 1e-9 ? 2 / x : Math.Abs(x) > 100 ? 0 : 2 * weight * x / LossMath.Expm1(weight * x * x);

    private static double Sigmoid(double x) => x < 0 ? Math.Exp(x) / (1 + Math.Exp(x)) : 1 / (1 + Math.Exp(-x));

    private static double Sech(double x) => 2 * Math.Exp(-Math.Abs(x)) / (1 + Math.Exp(-2 * Math.Abs(x)));

    private static double OverHypot(double x, double y) => Math.Abs(x) > Math.Abs(y) ? Math.Sign(x) / Math.Sqrt(1 + (y / x * (y / x))) : x / Math.Abs(y) / Math.Sqrt(1 + (x / y * (x / y)));
}
