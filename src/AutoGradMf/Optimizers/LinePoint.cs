namespace AutoGradMf.Optimizers;

/// <summary>A point of φ(α) = f(x + α·d): the step α, φ(α) and φ′(α).</summary>
internal readonly record struct LinePoint(double Step, double Value, double Slope)
{
    public bool IsFinite => double.IsFinite(Value) && double.IsFinite(Slope);
}
