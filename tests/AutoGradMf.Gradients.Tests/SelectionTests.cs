using System.Numerics;
using AutoGradMf.Objectives;
using Xunit;

namespace AutoGradMf.Gradients.Tests;

/// <summary>What a condition does not select never matters, be it infinite or NaN: not in the value, the gradient or the product with the Hessian.</summary>
public class SelectionTests
{
    private static readonly double[] Points = [0, 0.5, -0.5, 1, -1, 1.5, -1.5, 2, 2.5, 3, -3, 60, -60, 800, -800];

    /// <summary>Of each loss at one number: its value and its derivative.</summary>
    private static readonly Dictionary<string, (Func<double, double> Value, Func<double, double> Derivative)> Forms = new()
    {
        [nameof(SelectedLosses.ByOr)] = (Root, RootSlope),
        [nameof(SelectedLosses.BySwitch)] = (Root, RootSlope),
        [nameof(SelectedLosses.ByPattern)] = (Root, RootSlope),
        [nameof(SelectedLosses.ByNegation)] = (Root, RootSlope),
        [nameof(SelectedLosses.OddRoot)] = (x => Math.Sign(x) * Root(x), x => Math.Sign(x) * RootSlope(x)),
        [nameof(SelectedLosses.RootSelectedTwice)] = (
            x => (x > 1 ? Math.Sqrt(x - 1) : 0) + (x > 2 ? Math.Pow(x - 1, 1.5) : 0),
            x => (x > 1 ? 0.5 / Math.Sqrt(x - 1) : 0) + (x > 2 ? 1.5 * Math.Sqrt(x - 1) : 0)),
        [nameof(SelectedLosses.Sinc)] = (x => x == 0 ? 1 : Math.Sin(x) / x, x => x == 0 ? 0 : (Math.Cos(x) - (Math.Sin(x) / x)) / x),
        [nameof(SelectedLosses.SquareTimesLog)] = (x => x == 0 ? 0 : x * x * Math.Log(Math.Abs(x)), x => x == 0 ? 0 : (2 * x * Math.Log(Math.Abs(x))) + x),
        [nameof(SelectedLosses.WithPoles)] = (
            x => x is 0 or 1 or 2 or 3 ? 0 : 1 / (x * (x - 1) * (x - 2) * (x - 3)),
            x => x is 0 or 1 or 2 or 3 ? 0 : -((1 / x) + (1 / (x - 1)) + (1 / (x - 2)) + (1 / (x - 3))) / (x * (x - 1) * (x - 2) * (x - 3))),
        [nameof(SelectedLosses.OfSum)] = (
            x => Math.Abs(x) > 50 ? x * Math.Sqrt((x * x) - 2500) : x * x,
            x => Math.Abs(x) > 50 ? ((2 * x * x) - 2500) / Math.Sqrt((x * x) - 2500) : 2 * x),
        [nameof(SelectedLosses.EntropyOfPositiveSum)] = (x => x > 0 ? x * Math.Log(x) : 0, x => x > 0 ? Math.Log(x) + 1 : 0),
        [nameof(SelectedLosses.Flat)] = (x => x > 0 ? Math.Exp(-1 / x) : 0, x => x > 1e-3 ? Math.Exp(-1 / x) / (x * x) : 0),
        [nameof(SelectedLosses.PowerOutside)] = (
            x => Math.Abs(x) > 1 ? Math.Pow((x * x) - 1, 0.75) * x : 0,
            x => Math.Abs(x) > 1 ? (Math.Pow((x * x) - 1, 0.75) + (1.5 * x * x / Math.Pow((x * x) - 1, 0.25))) : 0),
    };

    public static TheoryData<string> Losses => [.. Forms.Keys];

    [Theory]
    [MemberData(nameof(Losses))]
    public void What_is_not_selected_does_not_matter(string loss)
    {
        var generated = typeof(SelectedLosses).GetNestedType($"{loss}Objective`1", System.Reflection.BindingFlags.NonPublic)!;
        AssertRight<double>(generated, loss, Points, 1e-12);
        AssertRight<float>(generated, loss, Points, 1e-5);
    }

    [Fact]
    public void A_function_that_is_flat_at_zero_is_flat_as_near_as_numbers_go()
    {
        AssertRight<double>(typeof(SelectedLosses.FlatObjective<>), nameof(SelectedLosses.Flat), [1e-2, 1e-100, 1e-200, 1e-300], 1e-12);
        AssertRight<float>(typeof(SelectedLosses.FlatObjective<>), nameof(SelectedLosses.Flat), [1e-2, 1e-15, 1e-30, 1e-37], 1e-5);
    }

    [Theory]
    [InlineData(2, 0)]
    [InlineData(1, 1)]
    public void Matrices_that_a_condition_chooses_between_have_the_same_sizes(double mode, int chosen)
    {
        var objective = new SelectedLosses.ByModeObjective<double>(mode, 3, 2);
        Assert.All(objective.Layout.Factors, factor => Assert.Equal((3, 2), (factor.Rows, factor.Columns)));
        var (at, gradient) = (new Parameters<double>(objective.Layout), new Parameters<double>(objective.Layout));
        at[0].Span.Fill(0.5);
        at[1].Span.Fill(-2);

        Assert.Equal(chosen == 0 ? 6 * 0.25 : 6 * 4, objective.ValueAndGradient(at, gradient, objective.CreateWorkspace()));
        Assert.All(gradient[chosen].Span.ToArray(), slope => Assert.Equal(chosen == 0 ? 1 : -4, slope));
        Assert.All(gradient[1 - chosen].Span.ToArray(), slope => Assert.Equal(0, slope));
    }

    private static void AssertRight<T>(Type generated, string loss, IEnumerable<double> points, double tolerance)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var objective = (IObjective<T>)Activator.CreateInstance(generated.MakeGenericType(typeof(T)), 1, 1)!;
        var (at, gradient, direction, product) = (new Parameters<T>(objective.Layout), new Parameters<T>(objective.Layout), new Parameters<T>(objective.Layout), new Parameters<T>(objective.Layout));
        direction.Values[0] = T.One;
        var workspace = objective.CreateWorkspace();
        foreach (var point in points)
        {
            var (value, derivative) = (Forms[loss].Value(point), Forms[loss].Derivative(point));
            at.Values[0] = T.CreateChecked(point);
            Near(value, objective.ValueAndGradient(at, gradient, workspace), tolerance, $"value at {point}");
            Near(derivative, double.CreateChecked(gradient.Values[0]), tolerance, $"derivative at {point}");
            ((IHessianVectorProduct<T>)objective).HessianVectorProduct(at, direction, product, workspace);
            Assert.True(T.IsFinite(product.Values[0]), $"second derivative at {point} is {product.Values[0]}");
        }
    }

    private static double Root(double x) => Math.Abs(x) > 1 ? Math.Sqrt((x * x) - 1) : 0;

    private static double RootSlope(double x) => Math.Abs(x) > 1 ? x / Math.Sqrt((x * x) - 1) : 0;

    private static void Near(double expected, double actual, double tolerance, string what) =>
        Assert.True(Math.Abs(actual - expected) <= tolerance * Math.Max(1, Math.Abs(expected)), $"{what}: expected {expected}, found {actual}");
}
