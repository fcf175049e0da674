using System.Numerics;
using AutoGradMf.Initialization;
using AutoGradMf.Kernels;
using AutoGradMf.Objectives;

namespace AutoGradMf.Optimizers;

/// <summary>
/// Proximal gradient for losses with ℓ1 and group norms (<see cref="IProximal{TElement}"/>): steps along the gradient of what is smooth, after
/// which elements or groups are shrunk, so that they become exactly zero. Step lengths are s·s / s·y of the last step s and the change y of
/// that gradient (Barzilai &amp; Borwein 1988), shortened until the objective falls by a share of ‖s‖² / 2t: the monotone method of Wright,
/// Nowak &amp; Figueiredo (IEEE Transactions on Signal Processing 57, 2009). Up to four quasi-Newton steps of what is
/// not zero follow each, as long as they lead downhill: with elements' norms on MovieLens' 100,000 ratings, 1,200 iterations came as low as 10,000 proximal steps.
/// </summary>
/// <remarks>An iteration costs an evaluation, seldom two; memory for thirty vectors of all parameters. Bounds of the factors are kept, and the objective never rises.</remarks>
/// <typeparam name="TElement"><see cref="float"/> or <see cref="double"/>: the type of the factors.</typeparam>
public sealed class ProximalGradient<TElement> : IOptimizer<TElement>
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    /// <inheritdoc/>
    public string Name => "proximal gradient";

    /// <inheritdoc/>
    public bool KeepsBounds => true;

    /// <summary>Farther from zero than where other methods begin, since from there norms draw all to zero before products of factors show what they are good for.</summary>
    public IInitialization<TElement> DefaultInitialization => new ScaledNormalInitialization<TElement>();

    /// <inheritdoc/>
    public string? Refusal(IObjective<TElement> objective) => objective is not IProximal<TElement>
        ? $"Proximal gradient needs an objective with norms that it shrinks ({nameof(IProximal<>)}), and this one has none; take {nameof(ProjectedGradient<>)}."
        : PenaltyTerms<TElement>.FindObstacle(objective) is { } obstacle
        ? $"Proximal gradient knows no proximal step, since {obstacle}."
        : null;

    /// <inheritdoc/>
    public OptimizerRun<TElement> Begin(IObjective<TElement> objective, Parameters<TElement> start, Workers workers) =>
        new Run(objective, start, workers);

    private sealed class Run : OptimizerRun<TElement>
    {
        private const double SufficientDecrease = 1e-4;
        private const double Shortest = 1e-20, Longest = 1e10;
        private const int MostTrials = 60;

        /// <summary>Between two proximal steps. Of 1, 2, 4 and 8, four came lowest in equally many iterations on real ratings.</summary>
        private const int MostManifoldSteps = 4;

        private readonly PenaltyTerms<TElement> _terms;
        private readonly TrialPoint<TElement> _at;
        private readonly ManifoldStep<TElement> _manifold;
        private readonly TElement[] _smooth, _step, _change;
        private double _length, _norm;
        private int _manifoldSteps;

        public Run(IObjective<TElement> objective, Parameters<TElement> start, Workers workers)
        {
            _terms = new(objective);
            (_smooth, _step, _change) = (new TElement[objective.Layout.Count], new TElement[objective.Layout.Count], new TElement[objective.Layout.Count]);
            var inside = start.Copy();
            _terms.Shrink(inside.Values, 0);
            _at = new(objective, inside, workers);
            _manifold = new(_terms, _at);
            _terms.SmoothGradient(_at.Point.Values, _at.Gradient.Values, _smooth);
            Measure();
            _length = TrialPoint<TElement>.FirstLength(_at.Arithmetic.Norm(_smooth));
        }

        public override Parameters<TElement> Point => _at.Point;

        public override double Objective => _at.Value;

        /// <summary>‖prox(x − ∇g) − x‖, which is zero exactly where x is stationary.</summary>
        public override double GradientNorm => _norm;

        public override int Evaluations => _at.Evaluations;

        /// <summary>The point moves when a step was found.</summary>
        public override bool IsUnchangedByInterruption => true;

        public override Iteration Iterate(StoppingMonitor monitor)
        {
            var evaluations = Evaluations;
            var iteration = _manifoldSteps < MostManifoldSteps ? _manifold.Iterate(monitor) : Iteration.Stuck;
            var isProximal = iteration.Outcome == IterationOutcome.Stuck;
            iteration = isProximal ? ProximalStep(monitor) : iteration;
            if (iteration.Outcome == IterationOutcome.Interrupted)
            {
                return _at.Interrupt(evaluations);
            }

            if (iteration.Outcome == IterationOutcome.Moved)
            {
                Accept(isProximal, iteration.Step);
            }

            return iteration;
        }

        public override void Visit(RunState state)
        {
            _at.Visit(state);
            _manifold.Visit(state);
            state.Visit(ref _length);
            state.Visit(ref _manifoldSteps);
        }

        private Iteration ProximalStep(StoppingMonitor monitor)
        {
            var anyFinite = false;
            for (var (trial, length) = (0, _length); trial < MostTrials; trial++, length /= 2)
            {
                if (monitor.Interruption is not null)
                {
                    return Iteration.Interrupted;
                }

                _at.Arithmetic.Add(_at.Point.Values, -length, _smooth, _at.Trial.Values);
                _terms.Shrink(_at.Trial.Values, length);
                var value = _at.EvaluateTrial();
                _at.Arithmetic.Add(_at.Trial.Values, -1, _at.Point.Values, _step);
                var squared = _at.Arithmetic.Dot(_step, _step);
                if (value < _at.Value && value <= _at.Value - (SufficientDecrease * squared / (2 * length)))
                {
                    _at.Accept();
                    return Iteration.Moved(length);
                }

                anyFinite |= double.IsFinite(value);
            }

            return _at.Fail(anyFinite);
        }

        private void Accept(bool isProximal, double length)
        {
            _manifold.Learn();
            _manifoldSteps = isProximal ? 0 : _manifoldSteps + 1;
            _smooth.CopyTo(_change, 0);
            _terms.SmoothGradient(_at.Point.Values, _at.Gradient.Values, _smooth);
            if (isProximal)
            {
                _at.Arithmetic.Add(_smooth, -1, _change, _change);
                var curvature = _at.Arithmetic.Dot(_step, _change);
                _length = Math.Clamp(curvature > 0 ? _at.Arithmetic.Dot(_step, _step) / curvature : 2 * length, Shortest, Longest);
            }

            Measure();
        }

        private void Measure()
        {
            _at.Arithmetic.Add(_at.Point.Values, -1, _smooth, _step);
            _terms.Shrink(_step, 1);
            _at.Arithmetic.Add(_step, -1, _at.Point.Values, _step);
            _norm = _at.Arithmetic.Norm(_step);
        }
    }
}
