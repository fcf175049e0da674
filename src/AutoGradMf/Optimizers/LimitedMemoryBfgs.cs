using System.Numerics;
using AutoGradMf.Initialization;
using AutoGradMf.Kernels;
using AutoGradMf.Objectives;

namespace AutoGradMf.Optimizers;

/// <summary>
/// L-BFGS: a quasi-Newton direction from the last few steps by the two-loop recursion (Nocedal, Mathematics of Computation 35, 1980),
/// and a step that meets the strong Wolfe conditions (Nocedal &amp; Wright, Numerical Optimization, 2006, algorithms 3.5 and 3.6).
/// </summary>
/// <remarks>
/// Each iteration costs an evaluation, seldom two, and 8·history operations per parameter. Memory for 5 + 2·history vectors of all
/// parameters, the latter taken step by step. When the direction leads nowhere, the history is dropped and the negative gradient tried.
/// </remarks>
/// <typeparam name="TElement"><see cref="float"/> or <see cref="double"/>: the type of the factors.</typeparam>
public sealed class LimitedMemoryBfgs<TElement> : IOptimizer<TElement>
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    /// <summary>L-BFGS with a memory of <paramref name="history"/> steps.</summary>
    /// <param name="history">How many steps to remember, at least 1. More save iterations and cost time and memory in each.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="history"/> is below 1.</exception>
    public LimitedMemoryBfgs(int history = 10)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(history, 1);
        History = history;
    }

    /// <summary>How many steps are remembered.</summary>
    public int History { get; }

    /// <inheritdoc/>
    public string Name => "L-BFGS";

    /// <summary>A rough one, of the scale of the data: from random numbers of another scale, a quasi-Newton method is long in finding it.</summary>
    public IInitialization<TElement> DefaultInitialization => new TruncatedSvd<TElement>(tolerance: 1e-3, mostIterations: 4);

    /// <inheritdoc/>
    public IReadOnlyList<OptimizerSetting> Settings => [new(nameof(History), History)];

    /// <inheritdoc/>
    public string? Refusal(IObjective<TElement> objective) => null;

    /// <inheritdoc/>
    public OptimizerRun<TElement> Begin(IObjective<TElement> objective, Parameters<TElement> start, Workers workers) =>
        new QuasiNewton(new(objective, start, workers), History);

    private sealed class QuasiNewton(LineFunction<TElement> line, int history) : LineDescent<TElement>(line)
    {
        private readonly CurvatureHistory<TElement> _history = new(history, line.Point.Layout);

        public override void Visit(RunState state)
        {
            base.Visit(state);
            _history.Visit(state);
        }

        protected override LineSearchResult Search(StoppingMonitor monitor)
        {
            if (_history.Count > 0)
            {
                Line.Aim(_history.Aim(Line));
                if (Line.Origin.Slope < 0)
                {
                    var found = StrongWolfe.Search(Line, firstStep: 1, monitor);
                    if (found.Outcome is LineSearchOutcome.Found or LineSearchOutcome.Interrupted)
                    {
                        return found;
                    }
                }
            }

            Line.AimDownhill();
            var downhill = StrongWolfe.Search(Line, firstStep: TrialPoint<TElement>.FirstLength(Line.GradientNorm), monitor);
            if (downhill.Outcome != LineSearchOutcome.Interrupted)
            {
                _history.Clear();
            }

            return downhill;
        }

        protected override void Stepped() => _history.Add(Line);
    }
}
