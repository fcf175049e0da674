using System.Numerics;
using AutoGradMf.Initialization;
using AutoGradMf.Kernels;
using AutoGradMf.Objectives;

namespace AutoGradMf.Optimizers;

/// <summary>
/// L-BFGS within bounds. Elements at a bound that the gradient holds there stay; the others move along the quasi-Newton direction of their own
/// pairs, projected onto the bounds: two-metric projection (Bertsekas 1982; Schmidt, Kim &amp; Sra 2011) in place of the Cauchy point of Byrd,
/// Lu, Nocedal &amp; Zhu (SIAM Journal on Scientific Computing 16, 1995).
/// </summary>
/// <remarks>
/// An iteration costs an evaluation, seldom two, and 12·history operations per parameter; memory for 7 + 2·history vectors of all parameters.
/// Every iterate is within the bounds, and none has a higher objective than the one before, beyond rounding; a start outside is projected.
/// </remarks>
/// <typeparam name="TElement"><see cref="float"/> or <see cref="double"/>: the type of the factors.</typeparam>
public sealed class BoundedLimitedMemoryBfgs<TElement> : IOptimizer<TElement>
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    /// <summary>L-BFGS with a memory of <paramref name="history"/> steps.</summary>
    /// <param name="history">How many steps to remember, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="history"/> is below 1.</exception>
    public BoundedLimitedMemoryBfgs(int history = 10)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(history, 1);
        History = history;
    }

    /// <summary>How many steps are remembered.</summary>
    public int History { get; }

    /// <inheritdoc/>
    public string Name => "L-BFGS-B";

    /// <summary>
    /// A rough one, as of <see cref="LimitedMemoryBfgs{TElement}"/>: for matrices with bounds it is random numbers of the scale of the
    /// data.
    /// </summary>
    public IInitialization<TElement> DefaultInitialization => new TruncatedSvd<TElement>(tolerance: 1e-3, mostIterations: 4);

    /// <inheritdoc/>
    public bool KeepsBounds => true;

    /// <inheritdoc/>
    public IReadOnlyList<OptimizerSetting> Settings => [new(nameof(History), History)];

    /// <inheritdoc/>
    public string? Refusal(IObjective<TElement> objective) => null;

    /// <inheritdoc/>
    public OptimizerRun<TElement> Begin(IObjective<TElement> objective, Parameters<TElement> start, Workers workers) =>
        new Run(objective, start, workers, History);

    private sealed class Run(IObjective<TElement> objective, Parameters<TElement> start, Workers workers, int history)
        : BoxRun<TElement>(objective, start, workers)
    {
        private readonly CurvatureHistory<TElement> _history = new(history, objective.Layout);
        private readonly TElement[] _direction = new TElement[objective.Layout.Count];
        private readonly TElement[] _free = new TElement[objective.Layout.Count];

        /// <summary>The point moves when a step was found.</summary>
        public override bool IsUnchangedByInterruption => true;

        public override Iteration Iterate(StoppingMonitor monitor)
        {
            var evaluations = At.Evaluations;
            var iteration = _history.Count > 0 ? QuasiNewton(monitor) : Iteration.Stuck;
            if (iteration.Outcome == IterationOutcome.Stuck)
            {
                // A length that the point shows, since without a bracket no step is lengthened: 1 may be below its rounding.
                var length = Math.Max(1, At.Arithmetic.Norm(At.Point.Values) / 100);
                Box.Descent(At.Point.Values, At.Gradient.Values, length * TrialPoint<TElement>.FirstLength(At.GradientNorm), _direction);
                iteration = Search(_direction, monitor);
                if (iteration.Outcome != IterationOutcome.Interrupted)
                {
                    _history.Clear();
                }
            }

            if (iteration.Outcome == IterationOutcome.Moved)
            {
                _history.Add(At);
            }

            return iteration.Outcome == IterationOutcome.Interrupted ? At.Interrupt(evaluations) : iteration;
        }

        public override void Visit(RunState state)
        {
            base.Visit(state);
            _history.Visit(state);
        }

        /// <summary>Along the quasi-Newton direction, if it leads downhill.</summary>
        private Iteration QuasiNewton(StoppingMonitor monitor)
        {
            Box.FindFree(At.Point.Values, At.Gradient.Values, nearness: 0, _free);
            _history.AimFree(At, _free, _direction, Scratch);
            return At.Arithmetic.Dot(_direction, At.Gradient.Values) < 0 ? Search(_direction, monitor) : Iteration.Stuck;
        }
    }
}
