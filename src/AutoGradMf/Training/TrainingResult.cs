using AutoGradMf.Optimizers;

namespace AutoGradMf.Training;

/// <summary>A trained model, and how training went.</summary>
/// <typeparam name="TModel">The type of the model.</typeparam>
/// <param name="Model">The model.</param>
/// <param name="Objective">The objective at its parameters.</param>
/// <param name="GradientNorm">The Euclidean norm of the gradient there.</param>
/// <param name="Iterations">Steps taken.</param>
/// <param name="Evaluations">Evaluations of the objective and its gradient.</param>
/// <param name="Reason">Why training stopped.</param>
/// <param name="Elapsed">Wall-clock time of the optimization.</param>
public sealed record TrainingResult<TModel>(
    TModel Model, double Objective, double GradientNorm, int Iterations, int Evaluations, StoppingReason Reason, TimeSpan Elapsed)
{
    /// <summary>The <see cref="IOptimizer{TElement}.Name"/> of what trained it: what was given, or what suits the structure of the loss.</summary>
    public string Optimizer { get; init; } = string.Empty;

    /// <summary>Why the last checkpoint that was due could not be written, as on a full disk; null if it was, or none was due. Training went on all the same, and the file is the last that could.</summary>
    public CheckpointException? CheckpointFailure { get; init; }
}
