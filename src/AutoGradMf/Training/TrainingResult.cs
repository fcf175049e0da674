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
    TModel Model, double Objective, double GradientNorm, int Iterations, int Evaluations, StoppingReason Reason, TimeSpan Elapsed);
