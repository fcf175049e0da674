using AutoGradMf.Initialization;
using AutoGradMf.Kernels;
using AutoGradMf.Objectives;
using AutoGradMf.Optimizers;
using Xunit;

namespace AutoGradMf.Corpus.Tests;

/// <summary>An optimizer of which every iterate is required to be within the bounds.</summary>
internal sealed class WatchedBounds(IOptimizer<double> optimizer) : IOptimizer<double>
{
    public string Name => optimizer.Name;

    public bool KeepsBounds => optimizer.KeepsBounds;

    public IInitialization<double> DefaultInitialization => optimizer.DefaultInitialization;

    public IReadOnlyList<OptimizerSetting> Settings => optimizer.Settings;

    public string? Refusal(IObjective<double> objective) => optimizer.Refusal(objective);

    public OptimizerRun<double> Begin(IObjective<double> objective, Parameters<double> start, Workers workers) =>
        new Run(optimizer.Begin(objective, start, workers));

    private sealed class Run(OptimizerRun<double> inner) : OptimizerRun<double>
    {
        public override Parameters<double> Point => inner.Point;

        public override double Objective => inner.Objective;

        public override double GradientNorm => inner.GradientNorm;

        public override double ExpectedDecrease => inner.ExpectedDecrease;

        public override int Evaluations => inner.Evaluations;

        public override bool IsUnchangedByInterruption => inner.IsUnchangedByInterruption;

        public override string? LikelyCause => inner.LikelyCause;

        public override string? Mismatch => inner.Mismatch;

        public override Iteration Iterate(StoppingMonitor monitor)
        {
            var iteration = inner.Iterate(monitor);
            foreach (var factor in Point.Layout.Factors)
            {
                foreach (var x in Point[factor.Name].Span)
                {
                    Assert.InRange(x, factor.Min, factor.Max);
                }
            }

            return iteration;
        }

        public override void Visit(RunState state) => inner.Visit(state);
    }
}
