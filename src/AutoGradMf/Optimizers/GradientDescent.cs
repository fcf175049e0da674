using System.Numerics;
using AutoGradMf.Kernels;
using AutoGradMf.Objectives;

namespace AutoGradMf.Optimizers;

/// <summary>
/// Gradient descent with backtracking: x ← x − α·∇f(x), where α is halved until f falls by at least 10⁻⁴·α·‖∇f(x)‖² (Armijo, 1966),
/// is carried over to the next iteration, and doubled for it if it did not have to be halved.
/// </summary>
/// <remarks>
/// Simple and steady, and slow where curvature differs much between directions: <see cref="LimitedMemoryBfgs{TElement}"/> is the
/// default for a reason. Memory for five vectors of all parameters.
/// </remarks>
/// <typeparam name="TElement"><see cref="float"/> or <see cref="double"/>: the type of the factors.</typeparam>
public sealed class GradientDescent<TElement> : IOptimizer<TElement>
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    /// <inheritdoc/>
    public string Name => "gradient descent";

    /// <inheritdoc/>
    public string? Refusal(IObjective<TElement> objective) => null;

    /// <inheritdoc/>
    public OptimizerRun<TElement> Begin(IObjective<TElement> objective, Parameters<TElement> start, Workers workers) =>
        new Backtracking(new(objective, start, workers));

    private sealed class Backtracking(LineFunction<TElement> line) : LineDescent<TElement>(line)
    {
        private const double SufficientDecrease = 1e-4;
        private const int MostTrials = 100;

        private double _nextStep = TrialPoint<TElement>.FirstLength(line.GradientNorm);

        public override void Visit(RunState state)
        {
            base.Visit(state);
            state.Visit(ref _nextStep);
        }

        protected override LineSearchResult Search(StoppingMonitor monitor)
        {
            Line.AimDownhill();
            var step = _nextStep;
            var anyFinite = false;
            for (var trials = 0; trials < MostTrials; trials++)
            {
                if (monitor.Interruption is not null)
                {
                    return new(LineSearchOutcome.Interrupted, step);
                }

                var trial = Line.Try(step);
                var sufficient = Line.Value + (SufficientDecrease * step * Line.Origin.Slope);

                // Strictly lower as well: a step below rounding decreases nothing and asks for nothing.
                if (trial.IsBottomless || (trial.IsFinite && trial.Value <= sufficient && trial.Value < Line.Value))
                {
                    _nextStep = trials == 0 ? 2 * step : step;
                    return new(LineSearchOutcome.Found, step);
                }

                anyFinite |= trial.IsFinite;
                step /= trial.IsFinite ? 2 : 10;
            }

            return new(anyFinite ? LineSearchOutcome.NoDecrease : LineSearchOutcome.NonFinite, step);
        }
    }
}
