using System.Numerics;
using AutoGradMf.Objectives;
using Xunit;
using static AutoGradMf.LossMath;

namespace AutoGradMf.Gradients.Tests;

/// <summary>
/// Quotients and norms that change with the scale of their factors as a power of it does: far off and near zero, where the squares of what they divide
/// by leave the range of numbers, they are those at a point of usual size, and so are their derivatives, times a power of ten.
/// </summary>
public static partial class HomogeneousQuotientTests
{
    [Loss]
    internal static double OverRowNorms([Factor] Matrix<double> U) => Sum(U / RowNorms(U));

    [Loss]
    internal static double OverNorm([Factor] Matrix<double> U) => Sum(U / Norm(U));

    [Loss]
    internal static double Cosines([Factor] Matrix<double> U, [Factor] Matrix<double> V) => Sum(U * V.T / (RowNorms(U) * RowNorms(V).T));

    [Loss]
    internal static double Ratios([Factor] Matrix<double> U, [Factor] Matrix<double> V) => Sum(V / U + Square(V / U));

    [Loss]
    internal static double NormAlone([Factor] Matrix<double> U) => Norm(U);

    [Loss]
    internal static double NormOfProduct([Factor] Matrix<double> U, [Factor] Matrix<double> V) => Norm(U * V.T);

    public static TheoryData<string> Quotients => [nameof(OverRowNorms), nameof(OverNorm), nameof(Cosines), nameof(Ratios)];

    [Theory]
    [MemberData(nameof(Quotients))]
    public static void Gradients_in_double(string loss) => Assert.All([1e15, 1e100, 1e160, 1e200, 1e-100, 1e-160, 1e-200], scale => CheckGradient<double>(loss, scale, degree: -1, 1e-12));

    [Theory]
    [MemberData(nameof(Quotients))]
    public static void Gradients_in_float(string loss) => Assert.All([1e10, 1e20, 1e30, 1e-10, 1e-20, 1e-30], scale => CheckGradient<float>(loss, scale, degree: -1, 1e-4));

    /// <summary>As far as products of the Hessian are in range.</summary>
    [Theory]
    [MemberData(nameof(Quotients))]
    public static void Hessians_in_double(string loss) => Assert.All([1e15, 1e100, 1e140, 1e-100, 1e-140], scale => CheckHessian<double>(loss, scale, degree: -2, 1e-12));

    [Theory]
    [MemberData(nameof(Quotients))]
    public static void Hessians_in_float(string loss) => Assert.All([1e10, 1e15, 1e-10, 1e-15], scale => CheckHessian<float>(loss, scale, degree: -2, 1e-4));

    [Fact]
    public static void Hessians_of_a_norm_in_double() => Assert.All([1e100, 1e160, 1e200, 1e-100, 1e-160, 1e-200], scale => CheckHessian<double>(nameof(NormAlone), scale, degree: -1, 1e-12));

    [Fact]
    public static void Hessians_of_a_norm_in_float() => Assert.All([1e15, 1e20, 1e30, 1e-15, 1e-20, 1e-30], scale => CheckHessian<float>(nameof(NormAlone), scale, degree: -1, 1e-4));

    /// <summary>Its squares are small matrices in double, and what these are multiplied with would be infinite, or nothing, in float.</summary>
    [Fact]
    public static void Of_the_norm_of_a_product_in_float() => Assert.All([1e9, 1e15, 1e20, 1e30, 1e-9, 1e-15, 1e-20, 1e-30], scale =>
    {
        CheckGradient<float>(nameof(NormOfProduct), scale, degree: 1, 1e-4);
        CheckHessian<float>(nameof(NormOfProduct), scale, degree: 0, 1e-4);
    });

    private static void CheckGradient<TElement>(string loss, double scale, int degree, double tolerance)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var (usual, scaled) = (Gradient<TElement>(loss, 1), Gradient<TElement>(loss, scale));
        RequireEqual(usual, [.. scaled.Select(g => Unscaled(g, scale, degree))], tolerance);
    }

    private static void CheckHessian<TElement>(string loss, double scale, int degree, double tolerance)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var (usual, scaled) = (Product<TElement>(loss, 1), Product<TElement>(loss, scale));
        RequireEqual(usual, [.. scaled.Select(h => Unscaled(h, scale, degree))], tolerance);
    }

    /// <summary>Without the power of the scale, which may itself be infinite.</summary>
    private static double Unscaled(double value, double scale, int degree) =>
        Enumerable.Repeat(scale, Math.Abs(degree)).Aggregate(value, (unscaled, by) => degree < 0 ? unscaled * by : unscaled / by);

    private static void RequireEqual(double[] usual, double[] scaled, double tolerance)
    {
        var largest = usual.Max(Math.Abs);
        for (var p = 0; p < usual.Length; p++)
        {
            Assert.Equal(usual[p], scaled[p], tolerance * largest);
        }
    }

    private static double[] Gradient<TElement>(string loss, double scale)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var objective = Objective<TElement>(loss);
        var gradient = new Parameters<TElement>(objective.Layout);
        objective.ValueAndGradient(Point<TElement>(objective.Layout, scale), gradient, objective.CreateWorkspace());
        return [.. gradient.Values.ToArray().Select(double.CreateChecked)];
    }

    private static double[] Product<TElement>(string loss, double scale)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var objective = (IHessianVectorProduct<TElement>)Objective<TElement>(loss);
        var product = new Parameters<TElement>(objective.Layout);
        var direction = Parameters<TElement>.Normal(objective.Layout, 1, seed: 5);
        objective.HessianVectorProduct(Point<TElement>(objective.Layout, scale), direction, product, objective.CreateWorkspace());
        return [.. product.Values.ToArray().Select(double.CreateChecked)];
    }

    private static Parameters<TElement> Point<TElement>(ParameterLayout layout, double scale)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var point = Parameters<TElement>.Normal(layout, 1, seed: 3);
        for (var p = 0; p < layout.Count; p++)
        {
            point.Values[p] *= TElement.CreateChecked(scale);
        }

        return point;
    }

    private static IObjective<TElement> Objective<TElement>(string loss)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var constructor = typeof(HomogeneousQuotientTests).GetNestedType($"{loss}Objective`1", System.Reflection.BindingFlags.NonPublic)!
            .MakeGenericType(typeof(TElement)).GetConstructors().Single();
        object[] sizes = [3, 4, 2];
        return (IObjective<TElement>)constructor.Invoke([.. constructor.GetParameters().Select((p, place) => p.Name == "rank" ? 2 : sizes[place])]);
    }
}
