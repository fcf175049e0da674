namespace AutoGradMf.Kernels;

/// <summary>Roots of mean squares of the gradients of samples; 0 of what none has.</summary>
/// <param name="Row">The norm of the gradient in a row.</param>
/// <param name="Element">An element of it.</param>
/// <param name="Number">The derivative in a number.</param>
internal readonly record struct GradientSizes(double Row, double Element, double Number);
