namespace AutoGradMf;

/// <summary>
/// Marks a parameter of a loss as a factor: what training changes and the gradient is taken of. A matrix, a vector or a
/// <see cref="double"/>. The rows of a factor are an entity of its own (users, movies); the columns of a matrix factor are the
/// latent features, shared by the factors of a loss. Every other parameter is data or a hyperparameter.
/// </summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class FactorAttribute : Attribute
{
    /// <summary>
    /// The least that an element may be, such as 0 for non-negative factors; −∞, no bound, unless told otherwise. Optimizers keep bounds or
    /// refuse the objective; the trainer takes one that keeps them.
    /// </summary>
    public double Min { get; set; } = double.NegativeInfinity;

    /// <summary>The most that an element may be; ∞, no bound, unless told otherwise.</summary>
    public double Max { get; set; } = double.PositiveInfinity;
}
