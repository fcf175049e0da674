using AutoGradMf.Objectives;
using Xunit;

namespace AutoGradMf.Corpus.Tests;

/// <summary>The bounds of second derivatives, against changes of one factor, small and large, at points small and large.</summary>
public class CurvatureBoundTests
{
    private const double Rounding = 1e-11;
    private static readonly double[] Sizes = [1e-2, 1, 30];

    public static TheoryData<string> Losses => [.. GeneratedLoss.All.Where(loss => Point().Objective(loss) is ICurvatureBound<double>)];

    [Theory]
    [MemberData(nameof(Losses))]
    public void A_change_of_a_factor_is_below_the_majorant(string loss) => ForEachChange(loss, (objective, workspace, factor, at, change, bounds) =>
    {
        var gradient = new Parameters<double>(objective.Layout);
        var before = objective.ValueAndGradient(at, gradient, workspace);
        var (slope, curvature, scale) = (0.0, 0.0, Math.Abs(before));
        for (var element = 0; element < change[factor].Span.Length; element++)
        {
            var (d, g) = (change[factor].Span[element], gradient[factor].Span[element]);
            slope += g * d;
            scale += Math.Abs(g * d);
            curvature += 0.5 * bounds[BlockOf(objective, factor, element)] * d * d;
        }

        var after = objective.Value(Sum(at, change), workspace);
        Assert.True(after <= before + slope + curvature + (Rounding * (scale + curvature + Math.Abs(after))), $"{after} > {before} + {slope} + {curvature} in factor {factor}");
    });

    [Theory]
    [MemberData(nameof(Losses))]
    public void The_gradient_of_a_row_changes_no_faster_than_its_bound(string loss) => ForEachChange(loss, (objective, workspace, factor, at, change, bounds) =>
    {
        var (gradient, moved) = (new Parameters<double>(objective.Layout), new Parameters<double>(objective.Layout));
        objective.ValueAndGradient(at, gradient, workspace);
        for (var row = 0; row < Math.Min(bounds.Length, 3); row++)
        {
            var ofRow = change.Copy();
            for (var element = 0; element < ofRow[factor].Span.Length; element++)
            {
                ofRow[factor].Span[element] *= BlockOf(objective, factor, element) == row ? 1 : 0;
            }

            objective.ValueAndGradient(Sum(at, ofRow), moved, workspace);
            var elements = Enumerable.Range(0, ofRow[factor].Span.Length).Where(e => BlockOf(objective, factor, e) == row).ToList();
            var turned = Math.Sqrt(elements.Sum(e => Math.Pow(moved[factor].Span[e] - gradient[factor].Span[e], 2)));
            var scale = elements.Max(e => Math.Abs(moved[factor].Span[e]) + Math.Abs(gradient[factor].Span[e]));
            var length = Math.Sqrt(elements.Sum(e => Math.Pow(ofRow[factor].Span[e], 2)));
            Assert.True(turned <= (bounds[row] * length * (1 + Rounding)) + (Rounding * scale), $"{turned} > {bounds[row]} · {length} in row {row} of factor {factor}");
        }
    });

    [Theory]
    [MemberData(nameof(Losses))]
    public void Bounds_are_the_same_wherever_the_factor_is_and_in_float(string loss)
    {
        var objective = (ICurvatureBound<double>)Point().Objective(loss);
        var single = (ICurvatureBound<float>)new SyntheticPoint<float>(30, 25, 4, 300).Objective(loss);
        var (at, direction) = (SyntheticPoint<double>.Start(objective), SyntheticPoint<double>.Direction(objective));
        for (var factor = 0; factor < objective.Layout.Factors.Count; factor++)
        {
            if (objective.HasCurvatureBound[factor])
            {
                var bounds = Bounds(objective, factor, at);
                Assert.All(bounds, b => Assert.InRange(b, 0, 1e9));
                Assert.Contains(bounds, b => b > 0);
                var elsewhere = at.Copy();
                direction[factor].Span.CopyTo(elsewhere[factor].Span);
                Assert.Equal(bounds, Bounds(objective, factor, elsewhere));
                var inFloat = Bounds(single, factor, SyntheticPoint<float>.Start(single));
                Assert.All(bounds.Zip(inFloat), b => Assert.Equal(b.First, b.Second, 1e-4 * bounds.Max()));
            }
        }
    }

    [Fact]
    public void A_factor_without_bounds_and_too_little_room_are_refused()
    {
        var objective = (ICurvatureBound<double>)Point().Objective("Regularizers.LowRank");
        var (at, workspace) = (SyntheticPoint<double>.Start(objective), objective.CreateWorkspace());
        var refusal = Assert.Throws<ArgumentOutOfRangeException>(() => objective.CurvatureBound(0, at, Column<double>(30), workspace));
        Assert.Contains("Curvature bounds are known in factors 1 (V): see HasCurvatureBound.", refusal.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => objective.CurvatureBound(1, at, Column<double>(24), workspace));
    }

    private static void ForEachChange(string loss, Action<ICurvatureBound<double>, Workspace, int, Parameters<double>, Parameters<double>, double[]> require)
    {
        var objective = (ICurvatureBound<double>)Point().Objective(loss);
        var workspace = objective.CreateWorkspace();
        var random = new Random(1);
        foreach (var factor in Enumerable.Range(0, objective.Layout.Factors.Count).Where(f => objective.HasCurvatureBound[f]))
        {
            foreach (var (size, length) in from size in Sizes from length in Sizes select (size, length))
            {
                var at = SyntheticPoint<double>.Start(objective);
                var change = new Parameters<double>(objective.Layout);
                foreach (ref var element in at[factor].Span)
                {
                    element = size * ((2 * random.NextDouble()) - 1);
                }

                foreach (ref var element in change[factor].Span)
                {
                    element = length * ((2 * random.NextDouble()) - 1);
                }

                require(objective, workspace, factor, at, change, Bounds(objective, factor, at));
            }
        }
    }

    private static double[] Bounds<TElement>(ICurvatureBound<TElement> objective, int factor, Parameters<TElement> at)
        where TElement : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<TElement>
    {
        var bounds = Column<TElement>(objective.Layout.Factors[factor].SliceCount(objective.CurvatureBoundAxes[factor]));
        bounds.Span.Fill(TElement.NaN);
        objective.CurvatureBound(factor, at, bounds, objective.CreateWorkspace());
        return [.. bounds.Span.ToArray().Select(double.CreateChecked)];
    }

    private static MatrixView<TElement> Column<TElement>(int length)
        where TElement : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<TElement> => new(new TElement[length], 0, length, 1);

    private static int BlockOf(ICurvatureBound<double> objective, int factor, int element) => objective.CurvatureBoundAxes[factor] == FactorAxis.Columns
        ? element % objective.Layout.Factors[factor].Columns
        : element / objective.Layout.Factors[factor].Columns;

    private static Parameters<double> Sum(Parameters<double> at, Parameters<double> change)
    {
        var sum = at.Copy();
        for (var p = 0; p < sum.Values.Length; p++)
        {
            sum.Values[p] += change.Values[p];
        }

        return sum;
    }

    private static SyntheticPoint<double> Point() => new(30, 25, 4, 300);
}
