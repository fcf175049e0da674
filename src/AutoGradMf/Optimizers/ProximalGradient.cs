using System.Numerics;
using AutoGradMf.Kernels;
using AutoGradMf.Objectives;

namespace AutoGradMf.Optimizers;

/// <summary>
/// Proximal gradient for losses with ℓ1 and group norms (<see cref="IProximal{TElement}"/>): steps along the gradient of what is smooth, after
/// which elements or groups are shrunk, so that they become exactly zero. Step lengths are s·s / s·y of the last step s and the change y of
/// that gradient (Barzilai &amp; Borwein 1988), shortened until the objective falls by a share of ‖s‖² / 2t: the monotone method of Wright,
/// Nowak &amp; Figueiredo (IEEE Transactions on Signal Processing 57, 2009).
/// </summary>
/// <remarks>An iteration costs an evaluation, seldom two; memory for seven vectors of all parameters. Bounds of the factors are kept.</remarks>
/// <typeparam name="TElement"><see cref="float"/> or <see cref="double"/>: the type of the factors.</typeparam>
public sealed class ProximalGradient<TElement> : IOptimizer<TElement>
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    /// <inheritdoc/>
    public string Name => "proximal gradient";

    /// <inheritdoc/>
    public bool KeepsBounds => true;

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
        private readonly PenaltyTerms<TElement> _terms;
        private readonly TrialPoint<TElement> _at;
        private readonly TElement[] _smooth, _step, _change;
        private double _length, _norm;

        public Run(IObjective<TElement> objective, Parameters<TElement> start, Workers workers)
        {
            _terms = new(objective);
            (_smooth, _step, _change) = (new TElement[objective.Layout.Count], new TElement[objective.Layout.Count], new TElement[objective.Layout.Count]);
            var inside = start.Copy();
            _terms.Shrink(inside.Values, 0);
            _at = new(objective, inside, workers);
            _terms.SmoothGradient(_at.Point.Values, _at.Gradient.Values, _smooth);
            Measure();
            _length = 1 / Math.Max(_at.Arithmetic.Norm(_smooth), double.Epsilon);
        }

        public override Parameters<TElement> Point => _at.Point;

        public override double Objective => _at.Value;

        /// <summary>‖prox(x − ∇g) − x‖, which is zero exactly where x is stationary.</summary>
        public override double GradientNorm => _norm;

        public override int Evaluations => _at.Evaluations;

        public override Iteration Iterate(StoppingMonitor monitor)
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
                    Accept(squared, length);
                    return Iteration.Moved(length);
                }

                anyFinite |= double.IsFinite(value);
            }

            return _at.Fail(anyFinite);
        }

        public override void Visit(RunState state)
        {
            _at.Visit(state);
            state.Visit(ref _length);
        }

        private void Accept(double squared, double length)
        {
            _at.Accept();
            _smooth.CopyTo(_change, 0);
            _terms.SmoothGradient(_at.Point.Values, _at.Gradient.Values, _smooth);
            _at.Arithmetic.Add(_smooth, -1, _change, _change);
            var curvature = _at.Arithmetic.Dot(_step, _change);
            _length = Math.Clamp(curvature > 0 ? squared / curvature : 2 * length, Shortest, Longest);
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
