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

    /// <summary>Those whose terms cancel: near zero, or in the derivative far off. They are right in units of the terms, which are about 1.</summary>
    private static readonly HashSet<string> Cancelling =
    [
        nameof(TortureLosses.LogOfCosh), nameof(TortureLosses.LogOfTwoExponentials), nameof(TortureLosses.LogOfRowSums), nameof(TortureLosses.HyperbolicTangentWritten),
        nameof(TortureLosses.HyperbolicTangentOfExponential), nameof(TortureLosses.LogisticOfThree), nameof(TortureLosses.LogisticDensity), nameof(TortureLosses.GumbelDensity),
        nameof(TortureLosses.SoftSign), nameof(TortureLosses.LogOfSum), nameof(TortureLosses.LogOfProduct),
    ];

    /// <summary>Of each loss at one number: its value and its derivative.</summary>
    private static readonly Dictionary<string, (Func<double, double> Value, Func<double, double> Derivative)> Forms = new()
    {
        [nameof(TortureLosses.LogOfCosh)] = (LogCosh, Math.Tanh),
        [nameof(TortureLosses.LogOfTwoExponentials)] = (x => LogCosh(x) + Math.Log(2), Math.Tanh),
        [nameof(TortureLosses.LogOfThreeExponentials)] = (
            x => x > 0 ? x + Math.Log(1 + (2 * Math.Exp(-2 * x)) + Math.Exp(-x)) : -x + Math.Log(2 + Math.Exp(2 * x) + Math.Exp(x)),
            x => x > 0 ? (1 - (2 * Math.Exp(-2 * x))) / (1 + (2 * Math.Exp(-2 * x)) + Math.Exp(-x)) : (Math.Exp(2 * x) - 2) / (Math.Exp(2 * x) + 2 + Math.Exp(x))),
        [nameof(TortureLosses.LogOfSteepExponential)] = (x => 1e4 * x, _ => 1e4),
        [nameof(TortureLosses.BinaryLogOfOnePlusExponential)] = (x => Softplus(x) / Math.Log(2), x => Sigmoid(x) / Math.Log(2)),
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
    };

    public static TheoryData<string> Losses => [.. Forms.Keys];

    [Theory]
    [MemberData(nameof(Losses))]
    public void In_double(string loss) => Check<double>(loss, DoublePoints, 1e-11);

    [Theory]
    [MemberData(nameof(Losses))]
    public void In_float(string loss) => Check<float>(loss, FloatPoints, 1e-4);

    private static void Check<TElement>(string loss, double[] points, double tolerance)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var wrong = points.SelectMany(x => Compared<TElement>(loss, x, tolerance)).ToList();
        Assert.True(wrong.Count == 0, $"{loss}:\n{string.Join("\n", wrong)}");
    }

    private static IEnumerable<string> Compared<TElement>(string loss, double at, double tolerance)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var objective = (IObjective<TElement>)Activator.CreateInstance(
            typeof(TortureLosses).GetNestedType($"{loss}Objective`1", System.Reflection.BindingFlags.NonPublic)!.MakeGenericType(typeof(TElement)), 1, 1)!;
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

    /// <summary>What is wrong with a number, unless its type cannot hold the right one: that of what has a value below the least is zero.</summary>
    private static string? Far<TElement>(string what, double expected, double actual, double tolerance, double terms)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var held = double.CreateChecked(TElement.CreateSaturating(expected));
        return !double.IsFinite(held) || Math.Abs(actual - held) <= tolerance * Math.Max(Math.Abs(held), Math.Max(terms, 1e-37)) ? null : $"{what} is {actual:R} and not {expected:R}";
    }

    private static double LogCosh(double x) => Math.Abs(x) - Math.Log(2) + LossMath.Log1p(Math.Exp(-2 * Math.Abs(x)));

    private static double Softplus(double x) => Math.Max(x, 0) + LossMath.Log1p(Math.Exp(-Math.Abs(x)));

    private static double Sigmoid(double x) => x < 0 ? Math.Exp(x) / (1 + Math.Exp(x)) : 1 / (1 + Math.Exp(-x));

    private static double Sech(double x) => 2 * Math.Exp(-Math.Abs(x)) / (1 + Math.Exp(-2 * Math.Abs(x)));

    private static double OverHypot(double x, double y) => Math.Abs(x) > Math.Abs(y) ? Math.Sign(x) / Math.Sqrt(1 + (y / x * (y / x))) : x / Math.Abs(y) / Math.Sqrt(1 + (x / y * (x / y)));
}
