using System.Numerics;
using System.Numerics.Tensors;
using AutoGradMf.Initialization;
using AutoGradMf.Kernels;
using AutoGradMf.Objectives;

namespace AutoGradMf.Optimizers;

/// <summary>
/// Newton's method in all factors at once: the direction from conjugate gradients on the generated Hessian-vector products, which stop early
/// far from the minimum and where the curvature is not positive (Dembo &amp; Steihaug, Mathematical Programming 26, 1983; Nocedal &amp;
/// Wright, 2006, algorithm 7.1), and a step that meets the strong Wolfe conditions.
/// </summary>
/// <remarks>
/// For objectives with <see cref="IHessianVectorProduct{TElement}"/>. An iteration costs up to <see cref="MostProducts"/> Hessian products, of
/// about two gradients each, and an evaluation; memory for nine vectors of all parameters. Few iterations at the end, where gradients alone crawl.
/// </remarks>
/// <typeparam name="TElement"><see cref="float"/> or <see cref="double"/>: the type of the factors.</typeparam>
public sealed class NewtonConjugateGradient<TElement> : IOptimizer<TElement>
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    /// <summary>Newton steps with at most <paramref name="mostProducts"/> Hessian products each.</summary>
    /// <param name="mostProducts">At least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="mostProducts"/> is below 1.</exception>
    public NewtonConjugateGradient(int mostProducts = 200)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(mostProducts, 1);
        MostProducts = mostProducts;
    }

    /// <summary>Most Hessian products in an iteration.</summary>
    public int MostProducts { get; }

    /// <inheritdoc/>
    public string Name => "Newton-CG";

    /// <summary>A rough one, as of <see cref="LimitedMemoryBfgs{TElement}"/>.</summary>
    public IInitialization<TElement> DefaultInitialization => new TruncatedSvd<TElement>(tolerance: 1e-3, mostIterations: 4);

    /// <inheritdoc/>
    public IReadOnlyList<OptimizerSetting> Settings => [new(nameof(MostProducts), MostProducts)];

    /// <inheritdoc/>
    public string? Refusal(IObjective<TElement> objective) => objective is IHessianVectorProduct<TElement>
        ? null
        : $"{Name} needs Hessian-vector products (IHessianVectorProduct), and this objective has none; take {nameof(LimitedMemoryBfgs<>)}.";

    /// <inheritdoc/>
    public OptimizerRun<TElement> Begin(IObjective<TElement> objective, Parameters<TElement> start, Workers workers) =>
        new Run((IHessianVectorProduct<TElement>)objective, new(objective, start, workers), MostProducts);

    private sealed class Run(IHessianVectorProduct<TElement> objective, LineFunction<TElement> line, int mostProducts) : LineDescent<TElement>(line)
    {
        private readonly Parameters<TElement> _conjugate = new(objective.Layout);
        private readonly Parameters<TElement> _product = new(objective.Layout);
        private readonly TElement[] _residual = new TElement[objective.Layout.Count];
        private double _startingNorm = line.GradientNorm;

        public override void Visit(RunState state)
        {
            base.Visit(state);
            state.Visit(ref _startingNorm);
        }

        protected override LineSearchResult Search(StoppingMonitor monitor)
        {
            Solve(monitor);
            var slope = Line.Arithmetic.Dot(Line.Direction, Line.Gradient.Values);
            if (slope < 0)
            {
                Line.Aim(slope);
                var found = StrongWolfe.Search(Line, firstStep: 1, monitor);
                if (found.Outcome is LineSearchOutcome.Found or LineSearchOutcome.Interrupted)
                {
                    return found;
                }
            }

            Line.AimDownhill();
            return StrongWolfe.Search(Line, firstStep: TrialPoint<TElement>.FirstLength(Line.GradientNorm), monitor);
        }

        /// <summary>Solves H·d = −∇f up to a residual that shrinks as the gradient does, which makes convergence superlinear.</summary>
        private void Solve(StoppingMonitor monitor)
        {
            var arithmetic = Line.Arithmetic;
            Span<TElement> direction = Line.Direction;
            direction.Clear();
            TensorPrimitives.Negate<TElement>(Line.Gradient.Values, _residual);
            _residual.CopyTo(_conjugate.Values);
            var squared = arithmetic.Dot(_residual, _residual);
            var tolerance = Math.Min(0.5, Math.Sqrt(Line.GradientNorm / _startingNorm));
            var goal = tolerance * tolerance * squared;
            for (var p = 0; p < mostProducts && squared > goal && monitor.Interruption is null; p++)
            {
                objective.HessianVectorProduct(Line.Point, _conjugate, _product, Line.Workspace);
                var curvature = arithmetic.Dot(_conjugate.Values, _product.Values);
                if (!(curvature > 0))
                {
                    if (p == 0)
                    {
                        _residual.CopyTo(direction);
                    }

                    return;
                }

                var length = squared / curvature;
                arithmetic.Add(direction, length, _conjugate.Values, direction);
                arithmetic.Add(_residual, -length, _product.Values, _residual);
                var next = arithmetic.Dot(_residual, _residual);
                arithmetic.Add(_residual, next / squared, _conjugate.Values, _conjugate.Values);
                squared = next;
            }
        }
    }
}
