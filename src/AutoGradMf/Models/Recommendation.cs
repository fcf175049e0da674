namespace AutoGradMf.Models;

/// <summary>A movie that a user may like.</summary>
/// <param name="Column">The movie's column.</param>
/// <param name="Prediction">The rating that the model predicts.</param>
public readonly record struct Recommendation(int Column, double Prediction);
