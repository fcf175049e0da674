namespace AutoGradMf.Optimizers;

/// <summary>How far conjugate gradients go along the negative gradient −g where its curvature gᵀHg is not positive.</summary>
internal static class NegativeCurvature
{
    /// <summary>
    /// ‖g‖²/|gᵀHg|, as far as a Newton step goes where the curvature is as much but positive, and so of the size of the factor where the gradient is
    /// small. No less than 1, from where line searches shorten it: where the objective falls without end to a bound, a step that never reaches
    /// it would not show that.
    /// </summary>
    public static double Length(double squaredNorm, double curvature) =>
        squaredNorm / Math.Abs(curvature) is var length and >= 1 && double.IsFinite(length) ? length : 1;
}
