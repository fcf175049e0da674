namespace AutoGradMf.Kernels;

/// <summary>The inner product of two rows of a sample, by their numbers.</summary>
/// <param name="Left">A row.</param>
/// <param name="Right">A row that is as long.</param>
public readonly record struct SampleProduct(int Left, int Right);
