using System.Numerics;
using AutoGradMf.Objectives;
using Xunit;

namespace AutoGradMf.Corpus.Tests;

/// <summary>The gradients of all losses that split by sign, against the gradient itself.</summary>
public class SignSplitTests
{
    public static TheoryData<string> Losses => [.. GeneratedLoss.All.Where(loss => Objective<double>(loss) is ISignSplit<double>)];

    [Fact]
    public void Nearly_all_losses_split() => Assert.Equal(
        ["Classical.LogDeterminant", "Penalized.LogDeterminant", "Penalized.LowRank", "Regularizers.LowRank", "Rewritten.Negated"],
        GeneratedLoss.All.Where(loss => Objective<double>(loss) is not ISignSplit<double>).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Losses))]
    public void The_parts_in_double_are_not_negative_and_differ_by_the_gradient(string loss) => RequireParts<double>(loss, 1e-13);

    [Theory]
    [MemberData(nameof(Losses))]
    public void The_parts_in_float_are_not_negative_and_differ_by_the_gradient(string loss) => RequireParts<float>(loss, 1e-5);

    [Fact]
    public void No_split_visits_all_pairs_where_the_gradient_does_not() => Assert.All(
        GeneratedText.Losses.Where(loss => !GeneratedText.Of(loss).Contains("struct Pair :", StringComparison.Ordinal) && GeneratedLoss.BesideSparse.Contains(loss)),
        loss => Assert.DoesNotContain("struct PairSplit", GeneratedText.Of(loss), StringComparison.Ordinal));

    [Theory]
    [InlineData("SquaredError.GraphPenalty", "L")]
    [InlineData("Regularizers.Smooth", "D")]
    [InlineData("SquaredError.Masked", null)]
    public void Negative_data_is_named(string loss, string? name) =>
        Assert.Equal(name, ((ISignSplit<double>)Objective<double>(loss)).FindNegative());

    [Fact]
    public void A_negative_hyperparameter_is_named()
    {
        var objective = (SquaredError.MaskedObjective<double>)Objective<double>("SquaredError.Masked");
        objective.reg = -1;
        Assert.Equal("reg", objective.FindNegative());
    }

    private static IObjective<TElement> Objective<TElement>(string loss)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => new SyntheticPoint<TElement>(30, 25, 4, 300).Objective(loss);

    private static void RequireParts<TElement>(string loss, double tolerance)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var objective = (ISignSplit<TElement>)Objective<TElement>(loss);
        var start = SyntheticPoint<TElement>.Start(objective);
        var workspace = objective.CreateWorkspace();
        var (gradient, positive, negative) = (Unwritten(objective), Unwritten(objective), Unwritten(objective));
        objective.ValueAndGradient(start, gradient, workspace);
        objective.SignSplit(start, positive, negative, workspace);
        if (objective.FindNegative() is null)
        {
            Assert.All(positive.Values.ToArray(), p => Assert.True(p >= TElement.Zero, $"P has {p}"));
            Assert.All(negative.Values.ToArray(), n => Assert.True(n >= TElement.Zero, $"N has {n}"));
        }

        Assert.Contains(positive.Values.ToArray().Concat(negative.Values.ToArray()), part => part != TElement.Zero);
        for (var factor = 0; factor < objective.Layout.Factors.Count; factor++)
        {
            var (p, n, g) = (Numbers(positive, factor), Numbers(negative, factor), Numbers(gradient, factor));
            var scale = p.Concat(n).Max(Math.Abs);
            Assert.All(Enumerable.Range(0, g.Length), i => Assert.Equal(g[i], p[i] - n[i], tolerance * scale));
        }
    }

    private static Parameters<TElement> Unwritten<TElement>(IObjective<TElement> objective)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var parameters = new Parameters<TElement>(objective.Layout);
        parameters.Values.Fill(TElement.NaN);
        return parameters;
    }

    private static double[] Numbers<TElement>(Parameters<TElement> parameters, int factor)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> =>
        [.. parameters[factor].Span.ToArray().Select(double.CreateChecked)];
}
