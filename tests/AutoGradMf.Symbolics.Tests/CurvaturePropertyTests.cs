using AutoGradMf.Generators.Symbolics.Analysis;
using AutoGradMf.Generators.Symbolics.Differentiation;
using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Structure;
using AutoGradMf.Symbolics.Tests.Interpretation;
using CsCheck;
using static AutoGradMf.Symbolics.Tests.Generation.RandomExpression;

namespace AutoGradMf.Symbolics.Tests;

/// <summary>What is claimed of the second derivative in one factor, against dual numbers.</summary>
public class CurvaturePropertyTests
{
    private const double Tolerance = 1e-11;

    [Fact]
    public void Blocks_by_row_are_the_whole_second_derivative()
    {
        var byRow = 0;
        ForAll((gradient, curvature) =>
        {
            if (curvature is not { Row: { } row, Block: { } block })
            {
                return;
            }

            byRow++;
            var (rows, columns) = (Size(row.Dimension), curvature.Column is { } c ? Size(c.Dimension) : 1);
            var blocks = Values(block, [row, .. new[] { curvature.Column, curvature.OtherColumn }.OfType<Generators.Symbolics.Expressions.Index>()]);
            for (var element = 0; element < rows * columns; element++)
            {
                var (r, q) = (element / columns, element % columns);
                var second = Values(gradient.Value, [row, .. new[] { curvature.Column }.OfType<Generators.Symbolics.Expressions.Index>()], Along(gradient, curvature, r, q));
                for (var place = 0; place < second.Length; place++)
                {
                    var expected = place / columns == r ? blocks[(((r * columns) + (place % columns)) * columns) + q] : Number.Of(0);
                    AssertNear(second[place].Derivative, expected.Value, second[place].DerivativeMagnitude + expected.Magnitude);
                }
            }
        });
        Assert.True(byRow > 200, $"only {byRow}");
    }

    [Fact]
    public void A_quadratic_loss_has_an_affine_gradient()
    {
        var quadratic = 0;
        ForAll((gradient, curvature) =>
        {
            if (!curvature.IsQuadratic)
            {
                return;
            }

            // Affine: g(F) − g(0) is half of g(2F) − g(0), whichever way the factor goes.
            quadratic++;
            var at = new[] { 0.0, 1, 2, -3 }.Select(t => Values(Scaled(gradient.Value, gradient.Factor, t), gradient.Indices)).ToList();
            for (var place = 0; place < at[0].Length; place++)
            {
                var slope = at[1][place].Value - at[0][place].Value;
                AssertNear(at[2][place].Value - at[0][place].Value, 2 * slope, at[2][place].Magnitude + at[0][place].Magnitude);
                AssertNear(at[3][place].Value - at[0][place].Value, -3 * slope, at[3][place].Magnitude + at[0][place].Magnitude);
            }
        });
        Assert.True(quadratic > 200, $"only {quadratic}");
    }

    private static void ForAll(Action<FactorGradient, Curvature> check)
    {
        var random = PCG.Parse("0000000000000");
        for (var i = 0; i < 400; i++)
        {
            var loss = StructureStage.Rewrite(Build.Contract([OfDepth(2).Generate(random, null, out _)], Indices));
            foreach (var gradient in ReverseMode.Gradient(loss, Leaves.Select(l => l.Tensor).Where(t => t.Role == TensorRole.Factor).Distinct()))
            {
                check(gradient, Curvature.Of(gradient));
            }
        }
    }

    private static Direction Along(FactorGradient gradient, Curvature curvature, int row, int column)
    {
        var isFirst = ReferenceEquals(gradient.Indices[0], curvature.Row);
        return new(gradient.Factor.Name, curvature.Column is null ? row
            : isFirst ? (row * Size(curvature.Column.Dimension)) + column
            : (column * Size(curvature.Row!.Dimension)) + row);
    }

    private static Expression Scaled(Expression expression, Tensor factor, double by) => expression.Replace(e =>
        e is Leaf leaf && leaf.Tensor.Name == factor.Name ? Build.Multiply(Build.Number(by), leaf) : null);

    private static int Size(Dimension dimension) => dimension == Users ? 2 : dimension == Movies ? 3 : 2;

    private static void AssertNear(double actual, double expected, double magnitude) =>
        Assert.True(Math.Abs(actual - expected) <= Tolerance * Math.Max(magnitude, 1e-300), $"{actual} and not {expected}");
}
