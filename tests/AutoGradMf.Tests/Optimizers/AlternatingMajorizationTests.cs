using AutoGradMf.Kernels;
using AutoGradMf.Objectives;
using AutoGradMf.Optimizers;
using Xunit;

namespace AutoGradMf.Tests.Optimizers;

/// <summary>Steps of proved lengths on a quadratic whose curvatures are known, within a box.</summary>
public sealed class AlternatingMajorizationTests
{
    private const int Length = 8;

    /// <summary>½ Σ c_p (x_p − p)² within [2, 5], by the exact curvatures: one step ends at p, clamped.</summary>
    [Fact]
    public void A_step_by_the_exact_curvature_ends_at_the_clamped_minimum()
    {
        var objective = new Quadratic(min: 2, max: 5, excess: 1);
        var result = new AlternatingMajorization<double>().Minimize(objective, new(objective.Layout), new() { MaxIterations = 1 });

        Assert.Equal(Enumerable.Range(0, Length).Select(p => Math.Clamp(p, 2.0, 5.0)), result.Parameters.Values.ToArray(), (a, b) => Math.Abs(a - b) < 1e-14);
    }

    [Fact]
    public void With_bounds_too_great_every_evaluation_is_within_the_box_and_none_rises()
    {
        var objective = new Quadratic(min: 2, max: 5, excess: 7);
        var last = double.PositiveInfinity;
        objective.Evaluated += (at, value) =>
        {
            Assert.All(at.Values.ToArray(), x => Assert.InRange(x, 2, 5));
            Assert.True(value <= last);
            last = value;
        };

        var result = new AlternatingMajorization<double>().Minimize(
            objective, new(objective.Layout), new() { MaxIterations = 500, RelativeObjectiveTolerance = 0, GradientTolerance = 1e-6 });

        Assert.Equal(StoppingReason.SmallGradient, result.Reason);
        Assert.All(result.Parameters.Values.ToArray(), (x, p) => Assert.Equal(Math.Clamp(p, 2.0, 5.0), x, 1e-5));
    }

    /// <summary>Curvatures below 1e-308, as squares of small factors have, have no reciprocal: rows and columns that data says nothing of stay as they are.</summary>
    [Theory]
    [InlineData(FactorAxis.Rows)]
    [InlineData(FactorAxis.Columns)]
    public void Slices_whose_curvature_all_but_vanishes_stay(FactorAxis axis)
    {
        var objective = new HalfSeen(axis);
        var result = new AlternatingMajorization<double>().Minimize(objective, new(objective.Layout), new() { MaxIterations = 1 });

        Assert.Equal([1, 0], result.Parameters.Values.ToArray());
    }

    [Fact]
    public void An_objective_without_bounds_of_curvature_is_refused() => Assert.StartsWith(
        "Alternating majorization needs curvature bounds in every factor, and the objective has none in x",
        new AlternatingMajorization<double>().Refusal(Problems.Quadratic<double>(3, 2)),
        StringComparison.Ordinal);

    /// <summary>½ Σ c_p (x_p − p)² with curvatures c from 1 to 50, which bounds exceed by a factor.</summary>
    private sealed class Quadratic(double min, double max, double excess) : ICurvatureBound<double>
    {
        private readonly FunctionObjective<double> _inner = Problems.Quadratic<double>(Length, condition: 50);

        public event Action<Parameters<double>, double>? Evaluated;

        public ParameterLayout Layout { get; } = new(new FactorShape("x", FactorKind.ColumnVector, Length, 1) { Min = min, Max = max });

        public IReadOnlyList<bool> HasCurvatureBound { get; } = [true];

        public Workspace CreateWorkspace(Workers? workers = null) => _inner.CreateWorkspace(workers);

        public double Value(Parameters<double> at, Workspace workspace) => _inner.Value(at, workspace);

        public double ValueAndGradient(Parameters<double> at, Parameters<double> gradient, Workspace workspace)
        {
            var value = _inner.ValueAndGradient(at, gradient, workspace);
            Evaluated?.Invoke(at, value);
            return value;
        }

        public double Reference(Parameters<double> at) => _inner.Reference(at);

        public void CurvatureBound(int factor, Parameters<double> at, MatrixView<double> bounds, Workspace workspace)
        {
            for (var p = 0; p < Length; p++)
            {
                bounds[p, 0] = excess * Math.Pow(50, p / (Length - 1.0));
            }
        }
    }

    /// <summary>½ (x₁ − 1)² of two elements, each a row or a column.</summary>
    private sealed class HalfSeen(FactorAxis axis) : ICurvatureBound<double>
    {
        private readonly FunctionObjective<double> _inner = new(
            new(new FactorShape("x", FactorKind.Matrix, axis == FactorAxis.Rows ? 2 : 1, axis == FactorAxis.Rows ? 1 : 2)),
            (at, gradient) =>
            {
                gradient.Values[0] = at.Values[0] - 1;
                gradient.Values[1] = 0;
                return 0.5 * gradient.Values[0] * gradient.Values[0];
            });

        public ParameterLayout Layout => _inner.Layout;

        public IReadOnlyList<bool> HasCurvatureBound { get; } = [true];

        public IReadOnlyList<FactorAxis> CurvatureBoundAxes { get; } = [axis];

        public Workspace CreateWorkspace(Workers? workers = null) => _inner.CreateWorkspace(workers);

        public double Value(Parameters<double> at, Workspace workspace) => _inner.Value(at, workspace);

        public double ValueAndGradient(Parameters<double> at, Parameters<double> gradient, Workspace workspace) => _inner.ValueAndGradient(at, gradient, workspace);

        public double Reference(Parameters<double> at) => _inner.Reference(at);

        public void CurvatureBound(int factor, Parameters<double> at, MatrixView<double> bounds, Workspace workspace) =>
            (bounds[0, 0], bounds[1, 0]) = (1, 1e-310);
    }
}
