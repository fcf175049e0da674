using System.Numerics;
using AutoGradMf.Initialization;
using AutoGradMf.Kernels;
using AutoGradMf.Models;
using AutoGradMf.Objectives;
using AutoGradMf.Optimizers;

namespace AutoGradMf.Training;

/// <summary>
/// Fits the factors of an objective and makes a model of them. Generated as <c>NameTrainer&lt;TElement&gt;</c> for each
/// <see cref="LossAttribute"/>. Holds no state of a run, so several may go on at once.
/// </summary>
/// <typeparam name="TElement"><see cref="float"/> or <see cref="double"/>: the type of the factors.</typeparam>
/// <typeparam name="TModel">The type of the model.</typeparam>
public abstract class Trainer<TElement, TModel>
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    where TModel : Model<TElement>
{
    /// <summary>A trainer of <paramref name="objective"/>.</summary>
    /// <param name="objective">What to minimize.</param>
    protected Trainer(IObjective<TElement> objective)
    {
        ArgumentNullException.ThrowIfNull(objective);
        Objective = objective;
    }

    /// <summary>What is minimized.</summary>
    public IObjective<TElement> Objective { get; }

    /// <summary>Minimizes the objective from a seeded start, or goes on from a checkpoint.</summary>
    /// <param name="options">How to train; the defaults if null.</param>
    /// <param name="progress">Told of each iteration, on the calling thread, before the next begins.</param>
    /// <param name="cancellationToken">Ends training with the best model so far, and without an exception.</param>
    /// <exception cref="ArgumentException">There are no factors to train, the start that the options give has others than the objective, or the optimizer refuses it.</exception>
    /// <exception cref="CheckpointException">The checkpoint to go on from is not complete, or is of another training; or none can be written before training begins.</exception>
    /// <exception cref="NonFiniteObjectiveException{TElement}">The objective or its gradient is NaN or infinite, at the start or at every
    /// step from the last finite point, which the exception holds, or falls without end from where training ended, and no
    /// validation chose a model before.</exception>
    /// <exception cref="NonFiniteMetricException{TElement}">The decisive metric of the validation is NaN or infinite.</exception>
    public TrainingResult<TModel> Fit(
        TrainingOptions<TElement>? options = null,
        IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        options ??= new();
        using var ownWorkers = options.Threads is { } threads ? new Workers(threads) : null;
        var workers = ownWorkers ?? Workers.Shared;
        var optimizer = options.Optimizer ?? DefaultOptimizer.Of(Objective);
        using var telemetry = new TrainingTelemetry<TElement>(Objective, optimizer, options.Logger, progress);
        var monitor = new StoppingMonitor(options.Stopping, telemetry, cancellationToken);
        using var validation = options.Validation is { } measured ? new ValidationRun<TElement>(measured, CreateModel, workers.Count) : null;
        var checkpoints = options.Checkpoints is { } saved ? new CheckpointFile<TElement>(saved, optimizer, Objective, options.Validation, telemetry.CouldNotSave) : null;
        var result = telemetry.Watch(Train);
        return new(
            CreateModel(result.Parameters),
            result.Objective,
            result.GradientNorm,
            result.Iterations,
            result.Evaluations,
            result.Reason,
            result.Elapsed)
        {
            Optimizer = optimizer.Name,
            CheckpointFailure = checkpoints?.Failure,
        };

        OptimizationResult<TElement> Train()
        {
            Optimizers.Minimization.Require(optimizer, Objective);
            checkpoints?.RequireWritable();
            var resumed = checkpoints is { IsResumed: true } ? checkpoints.Load(Begin, Minimization) : null;
            var minimization = resumed ?? Minimization(Optimizers.Minimization.BeginAnew(optimizer, Objective, Start(), workers));
            telemetry.Started();
            return resumed is null ? minimization.Start() : minimization.Resume();
        }

        Parameters<TElement> Start()
        {
            using var limit = monitor.CreateTimeLimit();
            return (options.Initialization ?? optimizer.DefaultInitialization).Start(Objective, options.Seed, workers, limit.Token);
        }

        OptimizerRun<TElement> Begin(Parameters<TElement> start) => Optimizers.Minimization.Begin(optimizer, Objective, start, workers);

        MinimizationRun<TElement> Minimization(OptimizerRun<TElement> run) =>
            new(Objective, run, monitor, workers, validation, checkpoints);
    }

    /// <summary>The model of the factors <paramref name="parameters"/>, which it may keep.</summary>
    /// <param name="parameters">The factors that training reached.</param>
    protected abstract TModel CreateModel(Parameters<TElement> parameters);
}
