using AutoGradMf.Training;

namespace AutoGradMf.Optimizers;

/// <summary>Why an optimizer stopped.</summary>
public enum StoppingReason
{
    /// <summary>The gradient fell to <see cref="StoppingCriteria.GradientTolerance"/>.</summary>
    SmallGradient,

    /// <summary>The decrease of the objective fell to <see cref="StoppingCriteria.RelativeObjectiveTolerance"/>, or to what samples drawn at random leave uncertain.</summary>
    SmallDecrease,

    /// <summary>
    /// The objective no longer falls at all: what is left to gain is below its rounding errors, or the gradient is not that of
    /// the objective (see <see cref="Objectives.GradientCheck"/>).
    /// </summary>
    NoFurtherProgress,

    /// <summary><see cref="StoppingCriteria.MaxIterations"/> were done.</summary>
    IterationLimit,

    /// <summary><see cref="StoppingCriteria.MaxTime"/> was over.</summary>
    TimeLimit,

    /// <summary>The validation metric was not the best for <see cref="Validation{TElement}.Patience"/> measurements.</summary>
    Validation,

    /// <summary>The caller cancelled.</summary>
    Cancelled,
}
