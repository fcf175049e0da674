namespace AutoGradMf;

/// <summary>
/// The short form of the commonest loss: marks a static method <c>double Name(double prediction, double rating, …)</c>, the loss
/// of one observed rating, and expands it to the sum over the observed entries of a model with factors, by default a global mean,
/// biases and a ridge. The further parameters become hyperparameters. The head of the generated file shows the expansion as a
/// <see cref="LossAttribute"/> method that can be copied out and edited.
/// </summary>
/// <remarks>The generated constructors take the m × n ratings, the method's further parameters, the ridges, and the rank.</remarks>
[AttributeUsage(AttributeTargets.Method)]
public sealed class EntryLossAttribute : Attribute
{
    /// <summary>Whether the prediction has a mean, a factor of its own; true unless set.</summary>
    public bool GlobalMean { get; set; } = true;

    /// <summary>Whether the prediction has a bias of each row and of each column; true unless set.</summary>
    public bool Biases { get; set; } = true;

    /// <summary>Whether reg/2 of the squared factors, and biasReg/2 of the squared biases, is added; true unless set.</summary>
    public bool Ridge { get; set; } = true;
}
