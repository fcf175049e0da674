namespace AutoGradMf.Objectives;

/// <summary>Compares a gradient with differences of the loss.</summary>
public static class GradientCheck;
