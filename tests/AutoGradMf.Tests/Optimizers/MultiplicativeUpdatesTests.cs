using AutoGradMf.Kernels;
using AutoGradMf.Objectives;
using AutoGradMf.Optimizers;
using AutoGradMf.Tests.Training;
using Xunit;

namespace AutoGradMf.Tests.Optimizers;

/// <summary>Multiplicative updates of an element whose growth does not show in the objective as long as it is near zero.</summary>
public sealed class MultiplicativeUpdatesTests
{
    private const double Minimum = 0.02;

    [Theory]
    [InlineData(1e-3)]
    [InlineData(1e-15)]
    [InlineData(1e-300)]
    public void An_element_near_zero_grows_to_its_minimum(double start)
    {
        var result = Minimize(start);
        Assert.Equal(StoppingReason.SmallGradient, result.Reason);
        Assert.Equal([1, Minimum], result.Parameters.Values.ToArray(), (a, b) => Math.Abs(a - b) < 1e-5);
    }

    [Fact]
    public void What_is_zero_stays_zero() => Assert.Equal(0, Minimize(0).Parameters.Values[1]);

    /// <summary>A trainer's start of other methods is zero in vectors.</summary>
    [Fact]
    public void A_trainer_begins_with_positive_numbers()
    {
        var start = new FactorTrainer(new Separable()).Fit(new() { Optimizer = new MultiplicativeUpdates<double>(), Stopping = new() { MaxIterations = 0 } });
        var result = new FactorTrainer(new Separable()).Fit(new() { Optimizer = new MultiplicativeUpdates<double>(), Stopping = new() { MaxIterations = 20_000 } });

        Assert.All(start.Model.Parameters.Values.ToArray(), x => Assert.InRange(x, 0.1, 1));
        Assert.Equal([1, Minimum], result.Model.Parameters.Values.ToArray(), (a, b) => Math.Abs(a - b) < 1e-3);
    }

    [Fact]
    public void A_factor_that_is_zero_throughout_and_is_to_grow_is_refused_by_name()
    {
        var objective = new Separable();
        var refusal = Assert.Throws<ArgumentException>(() => new MultiplicativeUpdates<double>().Minimize(objective, new Parameters<double>(objective.Layout)));
        Assert.StartsWith(
            "Multiplicative updates never leave zero, and x is zero where the objective falls as it grows; start with positive numbers, such as those of UniformInitialization.", refusal.Message);
    }

    [Fact]
    public void Factors_at_zero_that_are_not_to_grow_stay()
    {
        var objective = new LowRank();
        var result = new MultiplicativeUpdates<double>().Minimize(objective, new Parameters<double>(objective.Layout));
        Assert.All(result.Parameters.Values.ToArray(), x => Assert.Equal(0, x));
    }

    private static OptimizationResult<double> Minimize(double start)
    {
        var objective = new Separable();
        var at = new Parameters<double>(objective.Layout);
        at.Values[0] = 3;
        at.Values[1] = start;
        var last = objective.Value(at, objective.CreateWorkspace());
        return new MultiplicativeUpdates<double>().Minimize(
            objective,
            at,
            new() { MaxIterations = 20_000, RelativeObjectiveTolerance = 0, GradientTolerance = 1e-6 },
            progress: new ProgressRecord(p =>
            {
                Assert.True(p.Objective <= last);
                last = p.Objective;
            }));
    }

    /// <summary>10 + ½x² − x + ½y² − 0.02 y, where the gradient in y is (1 + y) − 1.02: at most 2 % an iteration lead y away from zero.</summary>
    private sealed class Separable : ISignSplit<double>
    {
        public ParameterLayout Layout { get; } = new(new FactorShape("x", FactorKind.ColumnVector, 2, 1));

        public Workspace CreateWorkspace(Workers? workers = null) => new Nothing(workers ?? Workers.Shared);

        public string? FindNegative() => null;

        public double Value(Parameters<double> at, Workspace workspace) =>
            10 + (at.Values[0] * at.Values[0] / 2) - at.Values[0] + (at.Values[1] * at.Values[1] / 2) - (Minimum * at.Values[1]);

        public double ValueAndGradient(Parameters<double> at, Parameters<double> gradient, Workspace workspace)
        {
            (gradient.Values[0], gradient.Values[1]) = (at.Values[0] - 1, at.Values[1] - Minimum);
            return Value(at, workspace);
        }

        public void SignSplit(Parameters<double> at, Parameters<double> positive, Parameters<double> negative, Workspace workspace)
        {
            (positive.Values[0], negative.Values[0]) = (at.Values[0], 1);
            (positive.Values[1], negative.Values[1]) = (1 + at.Values[1], 1 + Minimum);
        }

        public double Reference(Parameters<double> at) => Value(at, CreateWorkspace());

        private sealed class Nothing(Workers workers) : Workspace(workers);
    }
}
