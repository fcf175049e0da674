namespace AutoGradMf.Generators.Symbolics.Analysis;

/// <summary>Why nothing is known of a second derivative.</summary>
internal enum CurvatureGap
{
    /// <summary>It is known.</summary>
    None,

    /// <summary>The factor is held constant in a part of the loss, so that the gradient need be of no function.</summary>
    HeldConstant,

    /// <summary>A function in the gradient has no derivative.</summary>
    NotDifferentiable,

    /// <summary>It is longer than what is spent on something that a loss can do without.</summary>
    TooLarge,
}
