using AutoGradMf.Kernels;
using AutoGradMf.Objectives;
using AutoGradMf.Optimizers;
using AutoGradMf.Training;
using Xunit;

namespace AutoGradMf.Gradients.Tests;

/// <summary>
/// Bounds of second derivatives of functions of single residuals: nowhere exceeded, and not much greater than what is reached.
/// </summary>
public class EntryBoundTests
{
    private const double Rounding = 1e-9;

    /// <summary>What bounds are above the greatest second derivative that is met, at most.</summary>
    private const double Excess = 1.01;

    private static readonly Dictionary<string, Func<ColumnVector<double>, IObjective<double>>> Objectives = new()
    {
        ["Cauchy"] = y => new EntryBoundLosses.CauchyObjective<double>(y, 1.7),
        ["Cauchy, of a negative scale"] = y => new EntryBoundLosses.CauchyObjective<double>(y, -0.3),
        ["Welsch"] = y => new EntryBoundLosses.WelschObjective<double>(y, 2.5),
        ["GemanMcClure"] = y => new EntryBoundLosses.GemanMcClureObjective<double>(y, 0.7),
        ["Expectile"] = y => new EntryBoundLosses.ExpectileObjective<double>(y, 0.2, 3),
        ["Huber"] = y => new EntryBoundLosses.HuberObjective<double>(y, 1.3),
        ["Tukey"] = y => new EntryBoundLosses.TukeyObjective<double>(y, 4.6),
        ["Student"] = y => new EntryBoundLosses.StudentObjective<double>(y, 3, 0.5),
        ["Fair"] = y => new EntryBoundLosses.FairObjective<double>(y, 1.4),
        ["SquaredTanh"] = y => new EntryBoundLosses.SquaredTanhObjective<double>(y),
        ["TanhTimes"] = y => new EntryBoundLosses.TanhTimesObjective<double>(y, 0.6),
        ["Root"] = y => new EntryBoundLosses.RootObjective<double>(y, 0.01),
        ["Charbonnier"] = y => new EntryBoundLosses.CharbonnierObjective<double>(y),
        ["SquaredSoftplus"] = y => new EntryBoundLosses.SquaredSoftplusObjective<double>(y),
        ["ArcTangent"] = y => new EntryBoundLosses.ArcTangentObjective<double>(y),
        ["SineSquared"] = y => new EntryBoundLosses.SineSquaredObjective<double>(y),
        ["SignedSquare"] = y => new EntryBoundLosses.SignedSquareObjective<double>(y),
        ["Wave"] = y => new EntryBoundLosses.WaveObjective<double>(y),
        ["SmoothHinge"] = y => new EntryBoundLosses.SmoothHingeObjective<double>(y),
        ["QuantileHuber"] = y => new EntryBoundLosses.QuantileHuberObjective<double>(y, 0.3, 0.8),
        ["SigmoidResidual"] = y => new EntryBoundLosses.SigmoidResidualObjective<double>(y),
        ["SmallHuber"] = y => new EntryBoundLosses.SmallHuberObjective<double>(y, 1.3),
        ["SmallHinge"] = y => new EntryBoundLosses.SmallHingeObjective<double>(y),
        ["LargeHuber"] = y => new EntryBoundLosses.LargeHuberObjective<double>(y, 1.3),
    };

    /// <summary>
    /// Those of a prediction and a rating that do not come in as a difference, and of parameters that do not scale the residual alone.
    /// </summary>
    private static readonly HashSet<string> Looser = ["SmoothHinge", "QuantileHuber", "SigmoidResidual"];

    private static ColumnVector<double> One => new(1.0);

    public static TheoryData<string> All => [.. Objectives.Keys];

    public static TheoryData<string> Tight => [.. Objectives.Keys.Except(Looser)];

    [Fact]
    public void What_is_curved_far_from_zero_alone_has_a_bound_that_holds_there() =>
        Assert.InRange(Bounds(new EntryBoundLosses.BandObjective<double>(One))[0], 1, Excess);

    [Theory]
    [InlineData(0, 100)]
    [InlineData(0.5, 2)]
    [InlineData(-3, 2)]
    public void A_parameter_of_zero_may_select_another_function(double c, double second) =>
        Assert.True(Bounds(new EntryBoundLosses.GuardedObjective<double>(One, c))[0] >= second);

    [Theory]
    [InlineData(-1, 2)]
    [InlineData(4, 64)]
    public void A_root_of_the_size_of_a_parameter_scales_the_bound(double a, double bound) =>
        Assert.InRange(Bounds(new EntryBoundLosses.RootedObjective<double>(One, a))[0], bound * (1 - Rounding), bound * Excess);

    /// <summary>What is known of terms apart holds for all c, and what is known of them together for c > 0 alone, and is not less.</summary>
    [Theory]
    [InlineData(-0.3)]
    [InlineData(0.7)]
    public void A_bound_of_terms_apart_holds_without_the_conditions_of_another(double c) => Assert.Equal(2, Bounds(new EntryBoundLosses.LeaningObjective<double>(One, c))[0]);

    [Fact]
    public void An_own_slope_that_is_constant_piece_by_piece_has_none() =>
        Assert.DoesNotContain(typeof(ICurvatureBound<double>), typeof(EntryBoundLosses.OwnHingeObjective<double>).GetInterfaces());

    [Theory]
    [MemberData(nameof(All))]
    public void No_second_derivative_is_above_its_bound(string loss)
    {
        var (objective, at, bounds) = Sampled(loss);
        var second = SecondDerivatives(objective, at);
        Assert.All(second.Zip(bounds), pair => Assert.InRange(Math.Abs(pair.First), 0, pair.Second * (1 + Rounding)));
    }

    [Theory]
    [MemberData(nameof(Tight))]
    public void The_greatest_second_derivative_is_near_its_bound(string loss)
    {
        var (objective, at, bounds) = Sampled(loss);
        Assert.InRange(bounds.Max(), 0, Excess * SecondDerivatives(objective, at).Max(Math.Abs));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void No_gradient_changes_faster_than_its_bound(string loss)
    {
        var (objective, at, bounds) = Sampled(loss);
        var random = new Random(5);
        var gradient = Gradient(objective, at);
        foreach (var length in new[] { 1e-6, 1e-2, 1, 100 })
        {
            var moved = at.Copy();
            foreach (ref var element in moved.Values)
            {
                element += length * ((2 * random.NextDouble()) - 1);
            }

            var (elsewhere, rounding) = (Gradient(objective, moved), Rounding * bounds.Max());
            for (var e = 0; e < bounds.Length; e++)
            {
                var step = Math.Abs(moved.Values[e] - at.Values[e]);
                var room = rounding * (1e-3 + Math.Abs(gradient[e]) + (1e-7 * Math.Abs(at.Values[e])));
                Assert.InRange(Math.Abs(elsewhere[e] - gradient[e]), 0, (bounds[e] * step * (1 + Rounding)) + room);
            }
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Training_by_the_bounds_never_rises(string loss)
    {
        var objective = Objectives[loss](new ColumnVector<double>([.. Enumerable.Range(0, 40).Select(i => Math.Sin(i) * 3)]));
        var start = Parameters<double>.Uniform(objective.Layout, -5, 5, seed: 4);
        var record = new List<double> { objective.Value(start, objective.CreateWorkspace()) };
        new AlternatingMajorization<double>().Minimize(
            objective, start, new() { MaxIterations = 30 }, Workers.Shared, new Recorder(record), CancellationToken.None);
        Assert.True(record[^1] < record[0]);
        Assert.All(record.Zip(record.Skip(1)), pair => Assert.True(pair.Second <= pair.First, $"It rose from {pair.First:R} to {pair.Second:R}."));
    }

    [Fact]
    public void What_jumps_or_has_no_bound_is_known_to()
    {
        var y = new ColumnVector<double>([1, 2]);
        Assert.IsNotAssignableFrom<ICurvatureBound<double>>(new EntryBoundLosses.LaplaceObjective<double>(y));
        Assert.IsNotAssignableFrom<ICurvatureBound<double>>(new EntryBoundLosses.CubicObjective<double>(y));
        Assert.IsNotAssignableFrom<ICurvatureBound<double>>(new EntryBoundLosses.RoughObjective<double>(y));
    }

    /// <summary>However small it is.</summary>
    [Theory]
    [InlineData(typeof(EntryBoundLosses.SmallJumpObjective<double>))]
    [InlineData(typeof(EntryBoundLosses.SmallJumpOfScaleObjective<double>))]
    [InlineData(typeof(EntryBoundLosses.SmallJumpFarFromZeroObjective<double>))]
    [InlineData(typeof(EntryBoundLosses.SmallJumpBesideSquareObjective<double>))]
    [InlineData(typeof(EntryBoundLosses.SmallJumpBesideTanhObjective<double>))]
    public void Where_a_gradient_jumps_there_is_none(Type objective) => Assert.DoesNotContain(typeof(ICurvatureBound<double>), objective.GetInterfaces());

    [Fact]
    public void A_parameter_for_which_there_is_none_makes_the_bound_infinite() => Assert.All(
        Bounds((ICurvatureBound<double>)new EntryBoundLosses.HuberObjective<double>(new ColumnVector<double>([1, 2]), -1)), bound => Assert.Equal(double.PositiveInfinity, bound));

    /// <summary>Residuals of all sizes, and at and beside kinks.</summary>
    private static (ICurvatureBound<double> Objective, Parameters<double> At, double[] Bounds) Sampled(string loss)
    {
        double[] kinks = [0, 1, 1.3, 4.6, 0.8];
        double[] residuals =
        [
            .. Enumerable.Range(-2000, 4001).Select(i => i / 250.0),
            .. Enumerable.Range(-300, 400).SelectMany(e => new[] { Math.Pow(10, e / 10.0 * 3), -Math.Pow(10, e / 10.0 * 3) }).Where(x => Math.Abs(x) < 1e15),
            .. kinks.SelectMany(k => new[] { k, -k, k + 1e-14, k - 1e-14, -k + 1e-14, -k - 1e-14 }),
        ];
        var y = residuals.Select((_, i) => i % 3 == 0 ? 0 : Math.Cos(i)).ToArray();
        var objective = (ICurvatureBound<double>)Objectives[loss](new ColumnVector<double>(y));
        var at = new Parameters<double>(objective.Layout);
        for (var e = 0; e < y.Length; e++)
        {
            at.Values[e] = residuals[e] + y[e];
        }

        return (objective, at, Bounds(objective));
    }

    private static double[] Bounds(ICurvatureBound<double> objective)
    {
        var bounds = new MatrixView<double>(new double[objective.Layout.Count], 0, objective.Layout.Count, 1);
        objective.CurvatureBound(0, new Parameters<double>(objective.Layout), bounds, objective.CreateWorkspace());
        return bounds.Span.ToArray();
    }

    private static double[] Gradient(IObjective<double> objective, Parameters<double> at)
    {
        var gradient = new Parameters<double>(objective.Layout);
        objective.ValueAndGradient(at, gradient, objective.CreateWorkspace());
        return gradient.Values.ToArray();
    }

    /// <summary>Each residual has its own element of the factor, so that the Hessian is a diagonal.</summary>
    private static double[] SecondDerivatives(IObjective<double> objective, Parameters<double> at)
    {
        var (ones, product) = (new Parameters<double>(objective.Layout), new Parameters<double>(objective.Layout));
        ones.Values.Fill(1);
        ((IHessianVectorProduct<double>)objective).HessianVectorProduct(at, ones, product, objective.CreateWorkspace());
        return product.Values.ToArray();
    }

    private sealed class Recorder(List<double> record) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => record.Add(value.Objective);
    }
}
