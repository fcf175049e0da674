namespace AutoGradMf.Optimizers;

/// <summary>A point of φ(α) = f(x + α·d): the step α, φ(α) and φ′(α).</summary>
internal readonly record struct LinePoint(double Step, double Value, double Slope)
{
    /// <summary>Minus infinity ends any search: nothing is lower.</summary>
    public bool IsBottomless => double.IsNegativeInfinity(Value);

    public bool IsFinite => double.IsFinite(Value) && double.IsFinite(Slope);
}
