using System.Numerics;
using AutoGradMf.Kernels;
using AutoGradMf.Objectives;

namespace AutoGradMf.Optimizers;

/// <summary>
/// One factor after the other, each to its minimum while the others are held fixed: alternating least squares where the objective is
/// quadratic in a factor (Hu, Koren &amp; Volinsky, ICDM 2008), else one Newton step with a line search for each row. Pairs of factors that
/// the objective sees only through their product are balanced after each step, without which the ridge falls slowly.
/// </summary>
/// <remarks>
/// Needs <see cref="IBlockNewton{TElement}"/>, or <see cref="IHessianVectorProduct{TElement}"/> for factors without small systems, which
/// are solved by conjugate gradients. An iteration goes through all factors once. The objective never rises.
/// </remarks>
/// <typeparam name="TElement"><see cref="float"/> or <see cref="double"/>: the type of the factors.</typeparam>
public sealed class AlternatingNewton<TElement> : IOptimizer<TElement>
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    /// <summary>Of the residual of conjugate gradients, relative to the gradient.</summary>
    private const double ResidualTolerance = 1e-2;

    /// <inheritdoc/>
    public string Name => "alternating Newton";

    /// <inheritdoc/>
    public string? Refusal(IObjective<TElement> objective)
    {
        var blocks = (objective as IBlockNewton<TElement>)?.Blocks;
        var missing = objective is IHessianVectorProduct<TElement>
            ? null
            : objective.Layout.Factors.Where((_, factor) => blocks is null || blocks[factor].Systems == BlockSystems.None).FirstOrDefault();
        return missing is null
            ? null
            : $"{Name} needs second derivatives in every factor, and the objective has none in {missing.Name}; take {nameof(LimitedMemoryBfgs<>)}.";
    }

    /// <inheritdoc/>
    public OptimizerRun<TElement> Begin(IObjective<TElement> objective, Parameters<TElement> start, Workers workers) =>
        new Run(objective, start, workers);

    private sealed class Run : OptimizerRun<TElement>
    {
        private readonly IBlockNewton<TElement>? _blocks;
        private readonly FactorConjugateGradient<TElement>? _conjugateGradient;
        private readonly List<(FactorPair Pair, FactorBalance<TElement> Balance)> _balances = [];
        private readonly BlockPoint<TElement> _at;
        private readonly RowLineSearch<TElement> _lines;
        private readonly Parameters<TElement> _step;
        private readonly ParameterLayout _layout;
        private readonly Parameters<TElement> _best;
        private readonly int[] _order;
        private double _bestValue;
        private bool _isBalancing = true;

        public Run(IObjective<TElement> objective, Parameters<TElement> start, Workers workers)
        {
            _layout = objective.Layout;
            _blocks = objective as IBlockNewton<TElement>;
            _at = new(objective, start, workers);
            _lines = new(_at);
            _step = new(_layout);
            (_best, _bestValue) = (start.Copy(), _at.Value);

            // Vectors and numbers start at zero; one that multiplies a product would draw its matrices to zero if they went first.
            _order = [.. Enumerable.Range(0, _layout.Factors.Count).OrderBy(f => _layout.Factors[f].Kind == FactorKind.Matrix)];
            _conjugateGradient = objective is IHessianVectorProduct<TElement> products ? new(products, workers) : null;
            foreach (var pair in (objective as IProductInvariant<TElement>)?.ProductPairs ?? [])
            {
                _balances.Add((pair, new(_at.Point, pair, workers)));
            }

            if (!_at.IsFinite)
            {
                throw NonFiniteObjectiveException<TElement>.At(_at.Point, _at.Value, _at.Gradient, 0, lastFinite: null);
            }
        }

        public override Parameters<TElement> Point => _at.Point;

        public override double Objective => _at.Value;

        public override double GradientNorm => _at.GradientNorm;

        public override int Evaluations => _at.Evaluations;

        public override Iteration Iterate(StoppingMonitor monitor)
        {
            foreach (var factor in _order)
            {
                Step(factor, monitor.Iterations + 1);
                if (monitor.Interruption is not null)
                {
                    KeepBest();
                    return Iteration.Interrupted;
                }
            }

            KeepBest();
            return Iteration.Moved(step: 1);
        }

        public override void Visit(RunState state)
        {
            _at.Visit(state);
            state.Visit(ref _isBalancing);
        }

        /// <summary>Where the objective rose, by rounding or by a pair whose ridge is negative, goes back, and balances no more.</summary>
        private void KeepBest()
        {
            _at.Evaluate();
            if (_at.Value <= _bestValue)
            {
                _at.Point.Values.CopyTo(_best.Values);
                _bestValue = _at.Value;
                return;
            }

            _isBalancing = false;
            _best.Values.CopyTo(_at.Point.Values);
            _at.Moved();
            _at.Evaluate();
        }

        private void Step(int factor, int iteration)
        {
            var block = _blocks?.Blocks[factor] ?? new(false, BlockSystems.None);
            if (block.Systems == BlockSystems.None)
            {
                _at.Evaluate();
                _conjugateGradient!.Solve(factor, _at, _step, ResidualTolerance);
            }
            else
            {
                _blocks!.NewtonStep(factor, _at.Point, _step, _at.Workspace);
            }

            if (block is { IsQuadratic: true, Systems: not BlockSystems.None })
            {
                var values = _at.Point[factor].Span;
                System.Numerics.Tensors.TensorPrimitives.Add(values, _step[factor].Span, values);
                _at.Moved();
            }
            else if (!_lines.Descend(factor, _step, RowsOf(factor, block)) && !_at.IsFinite)
            {
                throw NonFiniteObjectiveException<TElement>.At(_lines.Trial.Point, double.NaN, _lines.Trial.Gradient, iteration, _best);
            }

            foreach (var (pair, balance) in _balances)
            {
                if (_isBalancing && (pair.Left == factor || pair.Right == factor) && balance.Apply(_at.Point))
                {
                    _at.Moved();
                }
            }
        }

        /// <summary>Values that a system ties together are one row.</summary>
        private Func<MatrixView<TElement>, MatrixView<TElement>> RowsOf(int factor, BlockCurvature block) =>
            block.Systems is BlockSystems.None or BlockSystems.One ? static values => values.AsRow
            : _layout.Factors[factor].Kind == FactorKind.RowVector ? static values => values.AsColumn
            : static values => values;
    }
}
