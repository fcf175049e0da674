using System.Numerics;
using AutoGradMf.Objectives;
using Xunit;
using static AutoGradMf.LossMath;

namespace AutoGradMf.Gradients.Tests;

/// <summary>
/// Products of the Hessians of norms far off and near zero, where powers of the norm leave the range of numbers: a norm is homogeneous, so
/// that they are those at a point of usual size times a power of ten.
/// </summary>
public static partial class LargeNormTests
{
    [Loss]
    internal static double NormOfProduct([Factor] Matrix<double> U, [Factor] Matrix<double> V) => Norm(U * V.T);

    [Loss]
    internal static double RowNormsOfProduct([Factor] Matrix<double> U, [Factor] Matrix<double> V) => Sum(RowNorms(U * V.T));

    [Loss]
    internal static double NormOfResiduals([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R) =>
        Norm(Observed(R) % (U * V.T - R));

    [Loss]
    internal static double SquaresOverNorm([Factor] Matrix<double> U, [Factor] Matrix<double> V) =>
        Sum(Square(U)) * Sum(Abs(V)) / (1 + Norm(U));

    [Theory]
    [InlineData(1e50)]
    [InlineData(1e60)]
    [InlineData(1e75)]
    [InlineData(1e-50)]
    public static void Norm_of_a_product(double scale) => Check(new NormOfProductObjective<double>(4, 3, 2), scale, 1e-12);

    /// <summary>The value is of the second degree, and the gradient of the first, where the square of the norm is infinite or zero, too.</summary>
    [Theory]
    [InlineData(1e75, 2)]
    [InlineData(1e100, 2)]
    [InlineData(1e-100, 2)]
    [InlineData(1e100, 3)]
    [InlineData(1e-100, 5)]
    public static void Value_and_gradient_of_the_norm_of_a_product(double scale, int rank)
    {
        for (var seed = 1; seed <= 8; seed++)
        {
            RequireHomogeneous(new NormOfProductObjective<double>(4, 3, rank), scale, seed);
        }
    }

    private static void RequireHomogeneous(NormOfProductObjective<double> objective, double scale, int seed)
    {
        var (usual, scaled) = (Parameters<double>.Normal(objective.Layout, 1, seed), Parameters<double>.Normal(objective.Layout, scale, seed));
        var (gradient, ofScaled) = (new Parameters<double>(objective.Layout), new Parameters<double>(objective.Layout));
        var value = objective.ValueAndGradient(usual, gradient, objective.CreateWorkspace());
        var far = objective.ValueAndGradient(scaled, ofScaled, objective.CreateWorkspace());
        Assert.Equal(1, far / scale / scale / value, 1e-12);
        Assert.Equal(objective.Value(scaled, objective.CreateWorkspace()), far);
        for (var p = 0; p < objective.Layout.Count; p++)
        {
            Assert.Equal(1, ofScaled.Values[p] / scale / gradient.Values[p], 1e-11);
        }
    }

    [Theory]
    [InlineData(1e6)]
    [InlineData(1e9)]
    [InlineData(1e-6)]
    public static void Norm_of_a_product_in_float(double scale) => Check(new NormOfProductObjective<float>(4, 3, 2), scale, 1e-4);

    [Theory]
    [InlineData(1e60)]
    [InlineData(1e75)]
    public static void Norms_of_rows_of_a_product(double scale) => Check(new RowNormsOfProductObjective<double>(4, 3, 2), scale, 1e-12);

    [Theory]
    [InlineData(1e6)]
    [InlineData(1e9)]
    public static void Norms_of_rows_of_a_product_in_float(double scale) =>
        Check(new RowNormsOfProductObjective<float>(4, 3, 2), scale, 1e-4);

    [Theory]
    [InlineData(1e60)]
    [InlineData(1e75)]
    public static void Norm_of_residuals(double scale) => Check(new NormOfResidualsObjective<double>(Nothing<double>(), 2), scale, 1e-12);

    [Theory]
    [InlineData(1e6)]
    [InlineData(1e9)]
    public static void Norm_of_residuals_in_float(double scale) => Check(new NormOfResidualsObjective<float>(Nothing<float>(), 2), scale, 1e-4);

    /// <summary>Far off the 1 beside the norm is nothing, and the loss homogeneous.</summary>
    [Theory]
    [InlineData(1e70)]
    [InlineData(1e100)]
    public static void A_quotient_by_a_norm(double scale) => Check(new SquaresOverNormObjective<double>(4, 3, 2), scale, 1e-12, from: 1e20);

    /// <summary>Observed zeros.</summary>
    private static SparseMatrix<TElement> Nothing<TElement>()
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => SparseMatrix<TElement>.FromCoordinates(
        4, 3, [.. from i in Enumerable.Range(0, 4) from j in Enumerable.Range(0, 3) where (i + j) % 3 > 0 select (i, j, TElement.Zero)]);

    /// <summary>Point and direction, both scaled alike: the product grows as the gradient does, which is of the first degree.</summary>
    private static void Check<TElement>(IHessianVectorProduct<TElement> objective, double scale, double tolerance, double from = 1)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var (usual, scaled) = (Product(objective, from), Product(objective, scale));
        var largest = usual.Max(Math.Abs);
        for (var p = 0; p < usual.Length; p++)
        {
            Assert.Equal(usual[p] / from, scaled[p] / scale, tolerance * largest / from);
        }
    }

    private static double[] Product<TElement>(IHessianVectorProduct<TElement> objective, double scale)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var point = Parameters<TElement>.Normal(objective.Layout, 1, seed: 3);
        var direction = Parameters<TElement>.Normal(objective.Layout, 1, seed: 5);
        var product = new Parameters<TElement>(objective.Layout);
        for (var p = 0; p < objective.Layout.Count; p++)
        {
            point.Values[p] *= TElement.CreateChecked(scale);
            direction.Values[p] *= TElement.CreateChecked(scale);
        }

        objective.HessianVectorProduct(point, direction, product, objective.CreateWorkspace());
        return [.. product.Values.ToArray().Select(double.CreateChecked)];
    }
}
