using System.Numerics;
using AutoGradMf.Initialization;
using AutoGradMf.Kernels;
using AutoGradMf.Objectives;

namespace AutoGradMf.Optimizers;

/// <summary>
/// Gradient descent within bounds with steps of the length s·s / s·y of the last step s and the change y of the gradient along it (Barzilai
/// &amp; Borwein 1988), shortened until the objective falls: the spectral projected gradient (Birgin, Martínez &amp; Raydan, SIAM Journal on
/// Optimization 10, 2000), here monotone.
/// </summary>
/// <remarks>An iteration costs an evaluation, seldom two; memory for six vectors of all parameters. A start outside the bounds is projected.</remarks>
/// <typeparam name="TElement"><see cref="float"/> or <see cref="double"/>: the type of the factors.</typeparam>
public sealed class ProjectedGradient<TElement> : IOptimizer<TElement>
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    /// <inheritdoc/>
    public string Name => "projected gradient";

    /// <summary>Vectors and scalars where the objective is least without the matrices, and these of the scale of the data.</summary>
    public IInitialization<TElement> DefaultInitialization =>
        new OrPositiveInitialization<TElement>(new RescaledInitialization<TElement>(new DataMeans<TElement>()));

    /// <inheritdoc/>
    public bool KeepsBounds => true;

    /// <inheritdoc/>
    public string? Refusal(IObjective<TElement> objective) => null;

    /// <inheritdoc/>
    public OptimizerRun<TElement> Begin(IObjective<TElement> objective, Parameters<TElement> start, Workers workers) =>
        new Run(objective, start, workers);

    private sealed class Run : BoxRun<TElement>
    {
        private const double Longest = 1e10;
        private readonly TElement[] _direction;
        private double _length;

        public Run(IObjective<TElement> objective, Parameters<TElement> start, Workers workers)
            : base(objective, start, workers)
        {
            _direction = new TElement[objective.Layout.Count];
            _length = TrialPoint<TElement>.FirstLength(At.GradientNorm);
        }

        public override Iteration Iterate(StoppingMonitor monitor)
        {
            Box.Descent(At.Point.Values, At.Gradient.Values, _length, _direction);
            var iteration = Search(_direction, monitor);
            if (iteration.Outcome == IterationOutcome.Moved)
            {
                SetLength();
            }

            return iteration.Outcome == IterationOutcome.Moved ? Iteration.Moved(iteration.Step * _length) : iteration;
        }

        public override void Visit(RunState state)
        {
            base.Visit(state);
            state.Visit(ref _length);
        }

        private void SetLength()
        {
            At.Arithmetic.Add(At.Point.Values, -1, At.Trial.Values, _direction);
            At.Arithmetic.Add(At.Gradient.Values, -1, At.TrialGradient.Values, Scratch);
            var (squared, curvature) = (At.Arithmetic.Dot(_direction, _direction), At.Arithmetic.Dot(_direction, Scratch));
            _length = curvature > 0 ? Math.Clamp(squared / curvature, 1 / Longest, Longest) : Math.Min(2 * _length, Longest);
        }
    }
}
