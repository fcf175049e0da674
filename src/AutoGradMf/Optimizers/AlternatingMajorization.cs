using System.Numerics;
using System.Numerics.Tensors;
using AutoGradMf.Initialization;
using AutoGradMf.Kernels;
using AutoGradMf.Objectives;

namespace AutoGradMf.Optimizers;

/// <summary>
/// Proximal alternating linearized minimization (Bolte, Sabach &amp; Teboulle, Mathematical Programming 146, 2014): one factor after the other
/// goes to the minimum of a majorant of the objective, row by row (or column by column) a step of length 1/L_i along the gradient, projected onto the bounds of the factor.
/// No line search: that the objective does not rise is proved beforehand. From the twentieth iteration on, after two of them it goes on as they did,
/// if that lowers the objective (squared extrapolation).
/// </summary>
/// <remarks>
/// For objectives with <see cref="ICurvatureBound{TElement}"/> in every factor. An iteration costs a gradient and the bounds for each factor, and from the twentieth on
/// every second one another gradient.
/// Where rounding alone would raise the objective, a factor stays as it is; so does a row that the objective is linear in.
/// </remarks>
/// <typeparam name="TElement"><see cref="float"/> or <see cref="double"/>: the type of the factors.</typeparam>
public sealed class AlternatingMajorization<TElement> : IOptimizer<TElement>
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    /// <inheritdoc/>
    public string Name => "alternating majorization";

    /// <summary>Vectors and scalars where the objective is least without the matrices, and these of the scale of the data.</summary>
    public IInitialization<TElement> DefaultInitialization =>
        new OrPositiveInitialization<TElement>(new RescaledInitialization<TElement>(new DataMeans<TElement>()));

    /// <inheritdoc/>
    public bool KeepsBounds => true;

    /// <inheritdoc/>
    public string? Refusal(IObjective<TElement> objective)
    {
        var known = (objective as ICurvatureBound<TElement>)?.HasCurvatureBound;
        var missing = objective.Layout.Factors.Where((_, factor) => known?[factor] != true).FirstOrDefault();
        return missing is null
            ? null
            : $"Alternating majorization needs curvature bounds in every factor, and the objective has none in {missing.Name}: the head of its generated " +
                $"file says what stands in the way. Change that, or take {nameof(ProjectedGradient<>)}, which searches its steps.";
    }

    /// <inheritdoc/>
    public OptimizerRun<TElement> Begin(IObjective<TElement> objective, Parameters<TElement> start, Workers workers) =>
        new Run((ICurvatureBound<TElement>)objective, start, workers);

    private sealed class Run : BoxRun<TElement>
    {
        private readonly ICurvatureBound<TElement> _objective;
        private readonly IReadOnlyList<FactorAxis> _axes;
        private readonly MatrixView<TElement>[] _bounds;
        private readonly SquaredExtrapolation<TElement> _extrapolation;

        public Run(ICurvatureBound<TElement> objective, Parameters<TElement> start, Workers workers)
            : base(objective, start, workers)
        {
            (_objective, _extrapolation) = (objective, new(objective.Layout.Count));
            _axes = objective.CurvatureBoundAxes;
            _bounds = [.. objective.Layout.Factors.Select((f, factor) => f.SliceCount(_axes[factor])).Select(count => new MatrixView<TElement>(new TElement[count], 0, count, 1))];
        }

        public override Iteration Iterate(StoppingMonitor monitor)
        {
            var hasMoved = false;
            for (var factor = 0; factor < _bounds.Length; factor++)
            {
                if (monitor.Interruption is not null)
                {
                    return Iteration.Interrupted;
                }

                hasMoved |= Step(factor);
                if (!At.IsFinite)
                {
                    return Iteration.NonFinite;
                }
            }

            if (!hasMoved || monitor.Interruption is not null)
            {
                return hasMoved ? Iteration.Interrupted : Iteration.Stuck;
            }

            Extrapolate();
            return Iteration.Moved(step: 1);
        }

        public override void Visit(RunState state)
        {
            base.Visit(state);
            _extrapolation.Visit(state);
        }

        /// <summary>Goes where the last iterations lead, if that lowers the objective.</summary>
        private void Extrapolate()
        {
            if (!_extrapolation.TryExtrapolate(At.Point.Values, At.Trial.Values))
            {
                return;
            }

            Box.Project(At.Trial.Values);
            var value = At.EvaluateTrial();
            var isTaken = double.IsFinite(value) && value <= At.Value;
            if (isTaken)
            {
                Accept();
            }

            _extrapolation.Judge(isTaken, At.Point.Values);
        }

        /// <summary>Whether a factor went to the minimum of its majorant.</summary>
        private bool Step(int factor)
        {
            _objective.CurvatureBound(factor, At.Point, _bounds[factor], At.Workspace);
            At.Point.Values.CopyTo(At.Trial.Values);
            if (_axes[factor] == FactorAxis.Columns)
            {
                DescendInColumns(_bounds[factor].Span, At.Gradient[factor], At.Trial[factor]);
            }
            else
            {
                Descend(_bounds[factor].Span, At.Gradient[factor].Span, At.Trial[factor].Span);
            }

            Box.Project(At.Trial.Values);
            if (At.Trial.Values.SequenceEqual(At.Point.Values))
            {
                return false;
            }

            var value = At.EvaluateTrial();
            if (double.IsFinite(value) && value > At.Value)
            {
                return false;
            }

            Accept();
            return true;
        }

        /// <summary>x − ∇f / L, row by row.</summary>
        private static void Descend(ReadOnlySpan<TElement> bounds, ReadOnlySpan<TElement> gradient, Span<TElement> point)
        {
            var length = bounds.Length == 0 ? 0 : point.Length / bounds.Length;
            for (var row = 0; row < bounds.Length; row++)
            {
                var place = point.Slice(row * length, length);
                TensorPrimitives.MultiplyAdd(gradient.Slice(row * length, length), -Rate(bounds[row]), place, place);
            }
        }

        /// <summary>The same column by column: the bounds make room for the rates.</summary>
        private static void DescendInColumns(Span<TElement> bounds, MatrixView<TElement> gradient, MatrixView<TElement> point)
        {
            foreach (ref var bound in bounds)
            {
                bound = -Rate(bound);
            }

            for (var row = 0; row < point.Rows; row++)
            {
                var place = point.Row(row);
                TensorPrimitives.MultiplyAdd(gradient.Row(row), bounds, place, place);
            }
        }

        /// <summary>1/L; 0 where that is not finite, as of a bound that all but vanishes; NaN where the bound is, for that to be seen.</summary>
        private static TElement Rate(TElement bound) => bound <= TElement.Zero || TElement.IsInfinity(TElement.One / bound) ? TElement.Zero : TElement.One / bound;
    }
}
