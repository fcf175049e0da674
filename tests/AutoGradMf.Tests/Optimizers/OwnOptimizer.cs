using AutoGradMf.Kernels;
using AutoGradMf.Objectives;
using AutoGradMf.Optimizers;

namespace AutoGradMf.Tests.Optimizers;

/// <summary>An optimizer as a user may write one, with the public contract alone: the heavy ball (Polyak 1964).</summary>
public sealed class OwnOptimizer : IOptimizer<double>
{
    private const double Momentum = 0.8;

    /// <summary>What its second iteration says of repetitions.</summary>
    public int RepetitionsInSecond { get; init; }

    /// <inheritdoc/>
    public string Name => "heavy ball";

    /// <inheritdoc/>
    public string? Refusal(IObjective<double> objective) => null;

    /// <inheritdoc/>
    public OptimizerRun<double> Begin(IObjective<double> objective, Parameters<double> start, Workers workers) => new Run(this, objective, start, workers);

    private sealed class Run : OptimizerRun<double>
    {
        private const double Length = 0.25;
        private readonly OwnOptimizer _settings;
        private readonly IObjective<double> _objective;
        private readonly Workspace _workspace;
        private readonly Parameters<double> _gradient;
        private readonly double[] _velocity;
        private double _value;
        private int _evaluations;

        public Run(OwnOptimizer settings, IObjective<double> objective, Parameters<double> start, Workers workers)
        {
            (_settings, _objective, _workspace) = (settings, objective, objective.CreateWorkspace(workers));
            (Point, _gradient, _velocity) = (start.Copy(), new(objective.Layout), new double[objective.Layout.Count]);
            Evaluate();
        }

        public override Parameters<double> Point { get; }

        public override double Objective => _value;

        public override double GradientNorm => Math.Sqrt(_gradient.Values.ToArray().Sum(g => g * g));

        public override int Evaluations => _evaluations;

        public override Iteration Iterate(StoppingMonitor monitor)
        {
            for (var p = 0; p < _velocity.Length; p++)
            {
                _velocity[p] = (Momentum * _velocity[p]) - (Length * _gradient.Values[p]);
                Point.Values[p] += _velocity[p];
            }

            Evaluate();
            return Iteration.Moved(Length) with { Repetitions = monitor.Iterations == 1 ? _settings.RepetitionsInSecond : 0 };
        }

        public override void Visit(RunState state)
        {
            state.Visit(ref _evaluations);
            state.Visit<double>(_velocity);
        }

        private void Evaluate()
        {
            _evaluations++;
            _value = _objective.ValueAndGradient(Point, _gradient, _workspace);
        }
    }
}
