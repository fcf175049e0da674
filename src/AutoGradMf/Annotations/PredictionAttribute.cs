namespace AutoGradMf;

/// <summary>
/// Marks the method that a loss calls to predict the whole rating matrix (m users × n movies) from its factors. A trained model
/// evaluates it for one user and one movie at a time.
/// </summary>
/// <remarks>Where none is marked and the loss holds exactly one product of two factors, that product is the prediction.</remarks>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PredictionAttribute : Attribute;
