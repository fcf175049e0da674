using AutoGradMf.Generators.Symbolics.Expressions;

namespace AutoGradMf.Generators.Symbolics.Lowering;

/// <summary>One factorization for the inverse and the determinant of a matrix, where steps compute both.</summary>
internal static class SharedFactorization
{
    /// <summary>The steps, which stay in their order; the two of one matrix become one in the place of the first.</summary>
    public static IEnumerable<Step> In(IReadOnlyList<Step> steps)
    {
        var pairs = steps.OfType<ProductStep>()
            .Where(s => s.Kernel is ProductKernel.Inverse or ProductKernel.LogDeterminant)
            .GroupBy(s => s.Left.Key)
            .Where(same => same.Select(s => s.Kernel).Distinct().Count() == 2)
            .Select(same => same.ToList())
            .ToList();
        return steps
            .Where(step => !pairs.Exists(pair => pair.IndexOf((step as ProductStep)!) > 0))
            .Select(step => pairs.Find(pair => pair[0] == step) is { } pair ? Both(pair) : step);
    }

    private static ProductStep Both(List<ProductStep> pair)
    {
        var inverse = pair.Find(s => s.Kernel == ProductKernel.Inverse)!;
        var number = pair.Find(s => s.Kernel == ProductKernel.LogDeterminant)!;
        return new(pair[0].Level, ProductKernel.InverseAndLogDeterminant, inverse.Left, null, inverse.Into, number.Scalar, inverse.Meaning);
    }
}
