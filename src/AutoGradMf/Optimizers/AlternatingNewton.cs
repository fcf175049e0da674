using System.Numerics;
using AutoGradMf.Initialization;
using AutoGradMf.Kernels;
using AutoGradMf.Objectives;

namespace AutoGradMf.Optimizers;

/// <summary>
/// One factor after the other, each to its minimum while the others are held fixed: alternating least squares where the objective is
/// quadratic in a factor (Hu, Koren &amp; Volinsky, ICDM 2008), else one Newton step with a line search for each row, or each column where those have the systems. Pairs of factors that
/// the objective sees only through their product and ridges are balanced after each step, without which the ridges fall slowly; where all rows of each have one system,
/// they become the best pair of the span that was not solved for, without which a feature that the ridge is hardly too strong for would be long in vanishing.
/// Where one factor of a pair has no ridge, the objective has an infimum and no minimum: that of the other tends to zero as its factor shrinks. Such pairs are kept
/// 16 orders of magnitude apart, where nothing is left of it while the product is not that large itself, as it grows where a loss leaves elements of it free; a ridge of its own keeps the factors of one size.
/// </summary>
/// <remarks>
/// Needs <see cref="IBlockNewton{TElement}"/>, or <see cref="IHessianVectorProduct{TElement}"/> for factors without small systems and for those
/// with bounds: they are solved by conjugate gradients, within bounds for the elements that no bound holds, along the projected arc (Bertsekas,
/// SIAM Journal on Control and Optimization 20, 1982). An iteration goes through all factors once. From the twentieth on,
/// two of them are followed by a trial of where they lead (squared extrapolation), which is taken if it is lower. The objective never rises.
/// What progress tells as the step is the part of their Newton steps that the rows went, on average: 1 for exact solutions, and 0 where nothing moved.
/// </remarks>
/// <typeparam name="TElement"><see cref="float"/> or <see cref="double"/>: the type of the factors.</typeparam>
public sealed class AlternatingNewton<TElement> : IOptimizer<TElement>
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    /// <summary>Of the residual of conjugate gradients, relative to the gradient.</summary>
    private const double ResidualTolerance = 1e-2;

    /// <summary>Of conjugate gradients, unless they are limited.</summary>
    private const int MostProducts = 200;

    /// <summary>
    /// Elements so near to a bound, as a part of the greatest distance in the factor, go there if the gradient says so, whatever the Newton
    /// step of the others.
    /// </summary>
    private const double Nearness = 1e-3;

    /// <summary>
    /// How many steps of conjugate gradients, from the factor as it is, stand for the exact solution where each row or column has a system of its own;
    /// exact if null, the default. A step costs O(entries · k) for k features, and exact systems O(entries · k² + rows · k³). On ratings of MovieLens 1M's size,
    /// 3, 5 or 10 steps took 1.3 to 2.1 times as long as exact systems to come as low as those do in five iterations, for k = 64 and 128, masked and implicit
    /// (<c>dotnet run -c Release --project tests/AutoGradMf.Benchmarks -- suite als-cg --k 128</c>). What a step
    /// saves grows with k; beyond 128 it was not measured.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is below 1.</exception>
    public int? ConjugateGradientSteps
    {
        get;
        init => field = value is null or >= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(ConjugateGradientSteps), value, "Conjugate gradients need at least 1 step; null is for exact solutions.");
    }

    /// <inheritdoc/>
    public string Name => "alternating Newton";

    /// <inheritdoc/>
    public bool KeepsBounds => true;

    /// <summary>Where alternating steps stay off saddle points, which other methods leave by themselves.</summary>
    public IInitialization<TElement> DefaultInitialization => new TruncatedSvd<TElement>();

    /// <inheritdoc/>
    public IReadOnlyList<OptimizerSetting> Settings => [new(nameof(ConjugateGradientSteps), ConjugateGradientSteps)];

    /// <inheritdoc/>
    public string? Refusal(IObjective<TElement> objective)
    {
        var blocks = (objective as IBlockNewton<TElement>)?.Blocks;
        var missing = objective is IHessianVectorProduct<TElement>
            ? null
            : objective.Layout.Factors.Where((f, factor) => f.IsBounded || blocks is null || blocks[factor].Systems == BlockSystems.None).FirstOrDefault();
        return missing is null
            ? null
            : $"{Name} needs {(missing.IsBounded ? "Hessian products within bounds" : "second derivatives in every factor")}, and the objective has none in {missing.Name}; " +
                $"take {(missing.IsBounded ? nameof(BoundedLimitedMemoryBfgs<>) : nameof(LimitedMemoryBfgs<>))}.";
    }

    /// <inheritdoc/>
    public OptimizerRun<TElement> Begin(IObjective<TElement> objective, Parameters<TElement> start, Workers workers) =>
        new Run(this, objective, start, workers);

    private sealed class Run : OptimizerRun<TElement>
    {
        private static readonly BlockCurvature WithoutSystems = new(IsQuadratic: false, BlockSystems.None);
        private readonly AlternatingNewton<TElement> _settings;
        private readonly IBlockNewton<TElement>? _blocks;
        private readonly FactorConjugateGradient<TElement>? _factorSolver;
        private readonly RowConjugateGradient<TElement>? _rowSolver;
        private readonly PairBalances<TElement> _balances;
        private readonly Box<TElement> _box;
        private readonly BlockPoint<TElement> _at;
        private readonly RowLineSearch<TElement> _lines;
        private readonly Parameters<TElement> _best;
        private readonly VectorArithmetic<TElement> _arithmetic;
        private readonly TElement[] _scratch;
        private readonly int[] _order;
        private readonly SquaredExtrapolation<TElement> _extrapolation;
        private Parameters<TElement> _step;
        private Parameters<TElement>? _stepGradient;
        private double _bestValue;

        /// <summary>The sum of what part of their steps the factors of the iteration went.</summary>
        private double _lengths;

        public Run(AlternatingNewton<TElement> settings, IObjective<TElement> objective, Parameters<TElement> start, Workers workers)
        {
            var layout = objective.Layout;
            _settings = settings;
            _blocks = objective as IBlockNewton<TElement>;
            (_box, _arithmetic, _scratch) = (new(layout), new(layout.Count, workers), new TElement[layout.Count]);
            _best = start.Copy();
            _box.Project(_best.Values);
            _at = new(objective, _best, workers);
            _bestValue = _at.Value;
            _lines = new(_at, _box);
            (_step, _extrapolation) = (new(layout), new(layout.Count));

            // Vectors and numbers start at zero; one that multiplies a product would draw its matrices to zero if they went first.
            _order = [.. Enumerable.Range(0, layout.Factors.Count).OrderBy(f => layout.Factors[f].Kind == FactorKind.Matrix)];
            if (objective is IHessianVectorProduct<TElement> products)
            {
                (_factorSolver, _rowSolver) = (new(products, workers), new(products, workers));
            }

            _balances = new(objective, _at, workers);
        }

        public override Parameters<TElement> Point => _at.Point;

        public override double Objective => _at.Value;

        public override double GradientNorm
        {
            get
            {
                _box.Descent(_at.Point.Values, _at.Gradient.Values, 1, _scratch);
                return _arithmetic.Norm(_scratch);
            }
        }

        public override double ExpectedDecrease => _balances.ExpectedDecrease(_at.Value);

        public override int Evaluations => _at.Evaluations;

        public override Iteration Iterate(StoppingMonitor monitor)
        {
            _lengths = 0;
            foreach (var factor in _order)
            {
                if (Step(factor, monitor) == LineSearchOutcome.NonFinite)
                {
                    return Iteration.NonFinite;
                }

                if (monitor.Interruption is not null)
                {
                    KeepBest();
                    return Iteration.Interrupted;
                }
            }

            var hasKept = KeepBest();
            if (monitor.Interruption is not null)
            {
                return Iteration.Interrupted;
            }

            if (_at.IsFinite)
            {
                Extrapolate();
            }

            return Iteration.Moved(hasKept ? _lengths / _order.Length : 0);
        }

        public override void Visit(RunState state)
        {
            _at.Visit(state);
            _balances.Visit(state);
            _extrapolation.Visit(state);
        }

        /// <summary>Goes where the last iterations lead, if that lowers the objective.</summary>
        private void Extrapolate()
        {
            if (!_extrapolation.TryExtrapolate(_at.Point.Values, _step.Values))
            {
                return;
            }

            _box.Project(_step.Values);
            _balances.Apply(_step);
            _stepGradient ??= new(_step.Layout);
            var value = _at.EvaluateAt(_step, _stepGradient);
            var isTaken = double.IsFinite(value) && value <= _at.Value && double.IsFinite(_arithmetic.Norm(_stepGradient.Values));
            if (isTaken)
            {
                _at.Exchange(ref _step, ref _stepGradient, value);
                KeepBest();
            }

            _extrapolation.Judge(isTaken, _at.Point.Values);
        }

        /// <summary>
        /// Where the objective rose, by rounding, by a pair whose curvature is not what it was at the start, or by one whose ridge is negative, goes back, and from then
        /// on keeps the products as they are, and then balances no more. While it does not show how singular values below the ridge rise, it may rise by rounding.
        /// Where it is not finite, stays there: exact solutions have no shorter step. Whether it stays.
        /// </summary>
        private bool KeepBest()
        {
            _at.Evaluate();
            var rounding = ExpectedDecrease > 0 ? ValueRounding<TElement>.Part * Math.Abs(_bestValue) : 0;
            if (_at.Value <= _bestValue + rounding || !_at.IsFinite)
            {
                _at.Point.Values.CopyTo(_best.Values);
                _bestValue = _at.Value;
                return true;
            }

            _balances.GiveUp();
            _best.Values.CopyTo(_at.Point.Values);
            _at.Moved();
            _at.Evaluate();
            return false;
        }

        private LineSearchOutcome Step(int factor, StoppingMonitor monitor)
        {
            var block = _blocks?.Blocks[factor] ?? WithoutSystems;
            var isSolved = !_at.Point.Layout.Factors[factor].IsBounded && block.Systems != BlockSystems.None
                && (_settings.ConjugateGradientSteps is null || _rowSolver is null || block.Systems is not (BlockSystems.EachRow or BlockSystems.EachColumn));
            if (isSolved)
            {
                _blocks!.NewtonStep(factor, _at.Point, _step, _at.Workspace);
            }
            else
            {
                Approximate(factor, block, monitor);
            }

            if (isSolved && block.IsQuadratic)
            {
                var values = _at.Point[factor].Span;
                System.Numerics.Tensors.TensorPrimitives.Add(values, _step[factor].Span, values);
                _at.Moved();
                _lengths++;
            }
            else if (_lines.Descend(factor, _step, AxisOf(factor, block), monitor) == LineSearchOutcome.NonFinite || !_at.IsFinite)
            {
                return LineSearchOutcome.NonFinite;
            }
            else
            {
                _lengths += _lines.Length;
            }

            if (_balances.Apply(_at.Point, factor, isSolved && block.IsQuadratic))
            {
                _at.Moved();
            }

            return LineSearchOutcome.Found;
        }

        /// <summary>Writes the Newton step by conjugate gradients.</summary>
        private void Approximate(int factor, BlockCurvature block, StoppingMonitor monitor)
        {
            _at.Evaluate();
            var free = default(MatrixView<TElement>);
            var layout = _at.Point.Layout;
            if (layout.Factors[factor].IsBounded)
            {
                _box.FindFree(_at.Point.Values, _at.Gradient.Values, Nearness, _scratch);
                free = new(_scratch, layout.Offset(factor), layout.Factors[factor].Rows, layout.Factors[factor].Columns);
            }

            if (AreSeparate(block))
            {
                var most = _settings.ConjugateGradientSteps ?? MostProducts;
                _rowSolver!.Solve(factor, _at, free, _step, ResidualTolerance, most, AxisOf(factor, block), monitor);
            }
            else
            {
                _factorSolver!.Solve(factor, _at, free.Span, _step, ResidualTolerance, MostProducts, monitor);
            }

            if (layout.Factors[factor].IsBounded)
            {
                _box.StepToBounds(_at.Point.Values, _at.Gradient.Values, _scratch, _step.Values);
            }
        }

        private static bool AreSeparate(BlockCurvature block) => block.Systems is not (BlockSystems.None or BlockSystems.One);

        /// <summary>Along which values that a system ties together are one slice.</summary>
        private FactorAxis AxisOf(int factor, BlockCurvature block) => block.Systems switch
        {
            BlockSystems.None or BlockSystems.One => FactorAxis.Whole,
            BlockSystems.SharedByColumns or BlockSystems.EachColumn => FactorAxis.Columns,
            _ => _at.Point.Layout.Factors[factor].Kind == FactorKind.RowVector ? FactorAxis.Columns : FactorAxis.Rows,
        };
    }
}
