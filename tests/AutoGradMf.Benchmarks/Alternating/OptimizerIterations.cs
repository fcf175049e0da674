using AutoGradMf.Kernels;
using AutoGradMf.Objectives;
using AutoGradMf.Optimizers;

namespace AutoGradMf.Benchmarks.Alternating;

/// <summary>Iterations of a library's optimizer on a generated objective, one at a time.</summary>
internal sealed class OptimizerIterations
{
    private readonly OptimizerRun<float> _run;
    private readonly StoppingMonitor _monitor = new(new StoppingCriteria(), null, CancellationToken.None);

    public OptimizerIterations(IOptimizer<float> optimizer, IObjective<float> objective, Workers workers)
    {
        _run = optimizer.Begin(objective, Start(objective.Layout), workers);
        _monitor.Started(_run.Objective, _run.GradientNorm);
    }

    public double Objective => _run.Objective;

    public static Parameters<float> Start(ParameterLayout layout) => Parameters<float>.Uniform(layout, 0, 0.3, seed: 3);

    public void Iterate() => _run.Iterate(_monitor);
}
