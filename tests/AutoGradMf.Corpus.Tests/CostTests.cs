using Xunit;

namespace AutoGradMf.Corpus.Tests;

/// <summary>
/// What the structure of a loss saves, as the head of its generated file states it: k is far below m and n, these below the number
/// of stored entries, and that below m n. What grows with m k alone counts in the sum of all predictions alone.
/// </summary>
public class CostTests
{
    [Theory]
    [InlineData("SquaredError.Dense", "m n k")]
    [InlineData("SquaredError.Masked", "|R| k")]
    [InlineData("SquaredError.Biased", "|R| k")]
    [InlineData("SquaredError.CountWeighted", "|R| k")]
    [InlineData("SquaredError.Weighted", "|W| k")]
    [InlineData("Robust.AbsoluteError", "|R| k")]
    [InlineData("Robust.HuberError", "|R| k")]
    [InlineData("Robust.PseudoHuberError", "|R| k")]
    [InlineData("Robust.LogCoshError", "|R| k")]
    [InlineData("Robust.PinballError", "|R| k")]
    [InlineData("Robust.WelschError", "|R| k")]
    [InlineData("Categorical.Logistic", "|R| k")]
    [InlineData("Categorical.SignedLogistic", "|R| k")]
    [InlineData("Categorical.Hinge", "|R| k")]
    [InlineData("Counts.Poisson", "|R| k")]
    [InlineData("Counts.KullbackLeibler", "|R| k")]
    [InlineData("Counts.ItakuraSaito", "|R| k")]
    [InlineData("Counts.Tweedie", "|R| k")]
    [InlineData("Overlapping.RatingsAndLikes", "|R| k")]
    public void Elementwise_losses_multiply_the_factors_once_and_the_gradient_back_twice(string loss, string sizes)
    {
        var cost = GeneratedHeader.Of(loss);
        Assert.Equal(new() { [sizes] = 2 }, Leading(cost.Value));
        Assert.Equal(new() { [sizes] = 6 }, Leading(cost.ValueAndGradient));
    }

    [Theory]
    [InlineData("SquaredError.Sparse")]
    [InlineData("SquaredError.Ridged")]
    [InlineData("SquaredError.Filled")]
    public void Squares_of_all_pairs_cost_gram_matrices_and_one_product_with_the_data_each_way(string loss)
    {
        var cost = GeneratedHeader.Of(loss);
        Assert.Equal(new() { ["m k²"] = 2, ["n k²"] = 2, ["|R| k"] = 2 }, Leading(cost.Value));
        Assert.Equal(new() { ["m k²"] = 4, ["n k²"] = 4, ["|R| k"] = 4 }, Leading(cost.ValueAndGradient));
    }

    /// <summary>The scores at the entries enter the sparse part of the gradient, so they are needed beside its two products.</summary>
    [Fact]
    public void Implicit_feedback_costs_gram_matrices_and_one_pass_over_the_entries()
    {
        var cost = GeneratedHeader.Of("SquaredError.Implicit");
        Assert.Equal(new() { ["m k²"] = 2, ["n k²"] = 2, ["|R| k"] = 2 }, Leading(cost.Value));
        Assert.Equal(new() { ["m k²"] = 4, ["n k²"] = 4, ["|R| k"] = 6 }, Leading(cost.ValueAndGradient));
    }

    [Fact]
    public void The_sum_of_all_predictions_costs_column_sums()
    {
        var cost = GeneratedHeader.Of("Counts.KullbackLeibler");
        Assert.Equal(new Dictionary<string, double> { ["|R| k"] = 2, ["m k"] = 1, ["n k"] = 1 }, cost.Value);
        Assert.Equal(new Dictionary<string, double> { ["|R| k"] = 6, ["m k"] = 2, ["n k"] = 2 }, cost.ValueAndGradient);
    }

    [Theory]
    [InlineData("SquaredError.SvdPlusPlus")]
    [InlineData("SquaredError.ThreeFactors")]
    [InlineData("SquaredError.Features")]
    [InlineData("SquaredError.GraphPenalty")]
    public void Structured_predictions_never_need_all_pairs(string loss)
    {
        var cost = GeneratedHeader.Of(loss);
        Assert.Equal(2, cost.Value["|R| k"]);
        Assert.Equal(6, cost.ValueAndGradient["|R| k"]);
        Assert.DoesNotContain(cost.ValueAndGradient.Keys, IsOfAllPairs);
    }

    /// <summary>Fills and weights of low rank add contractions of thin matrices alone.</summary>
    [Theory]
    [InlineData("FilledByEffects")]
    [InlineData("FilledByScaledMeans")]
    [InlineData("FilledByBothMeans")]
    [InlineData("WeightedByFrequency")]
    public void Fills_and_weights_of_rank_one_cost_no_more_than_none(string loss)
    {
        var cost = GeneratedHeader.Of($"AllPairs.{loss}");
        Assert.Equal(new() { ["m k²"] = 2, ["n k²"] = 2, ["|R| k"] = 2 }, Leading(cost.Value));
        Assert.Equal(new() { ["m k²"] = 4, ["n k²"] = 4, ["|R| k"] = 4 }, Leading(cost.ValueAndGradient));
    }

    [Fact]
    public void A_fill_of_rank_l_costs_two_more_grams_and_one_product_with_each_factor()
    {
        var cost = GeneratedHeader.Of("AllPairs.FilledByPrediction");
        Assert.Equal(2, cost.Value["|R| k"]);
        Assert.Equal(4, cost.ValueAndGradient["|R| k"]);
        Assert.Equal((2, 2), (cost.Value["m k l"], cost.Value["n k l"]));
        Assert.Equal((4, 4), (cost.ValueAndGradient["m k l"], cost.ValueAndGradient["n k l"]));
        Assert.Equal((4, 4), (cost.ValueAndGradient["m k²"], cost.ValueAndGradient["n k²"]));
    }

    /// <summary>Products with each matrix, of which no product is made, and both small ones' dot.</summary>
    [Fact]
    public void The_product_of_two_sparse_matrices_costs_one_product_with_each()
    {
        var cost = GeneratedHeader.Of("AllPairs.BesideCommonFeatures");
        Assert.Equal(new() { ["m k²"] = 2, ["n k²"] = 2, ["|R| k"] = 2, ["|A| k"] = 2, ["|B| k"] = 2 }, Leading(cost.Value));
        Assert.Equal(new() { ["m k²"] = 4, ["n k²"] = 4, ["|R| k"] = 4, ["|A| k"] = 4, ["|B| k"] = 4 }, Leading(cost.ValueAndGradient));
        Assert.DoesNotContain(cost.Derived.Keys, size => size.Contains('*', StringComparison.Ordinal));
    }

    [Fact]
    public void Two_matrices_that_share_a_factor_cost_what_both_cost()
    {
        var cost = GeneratedHeader.Of("AllPairs.Collective");
        Assert.Equal((2, 2), (cost.Value["|R| k"], cost.Value["|B| k"]));
        Assert.Equal((4, 4), (cost.ValueAndGradient["|R| k"], cost.ValueAndGradient["|B| k"]));
    }

    /// <summary>U C and its Gram matrix, E = U C V'V - R V, E C' and U'E; nothing is multiplied twice.</summary>
    [Fact]
    public void Three_factors_cost_five_products_of_the_larger_one_and_two_of_the_other()
    {
        var cost = GeneratedHeader.Of("AllPairs.TriFactor");
        Assert.Equal(new() { ["m k²"] = 4, ["n k²"] = 2, ["|R| k"] = 2 }, Leading(cost.Value));
        Assert.Equal(new() { ["m k²"] = 10, ["n k²"] = 4, ["|R| k"] = 4 }, Leading(cost.ValueAndGradient));
    }

    [Fact]
    public void A_factor_with_itself_has_one_gram_matrix_and_one_sparse_product()
    {
        var cost = GeneratedHeader.Of("AllPairs.Symmetric");
        Assert.Equal(new() { ["m k²"] = 2, ["|L| k"] = 2 }, Leading(cost.Value));
        Assert.Equal(new() { ["m k²"] = 4, ["|L| k"] = 4 }, Leading(cost.ValueAndGradient));
    }

    [Fact]
    public void Features_that_are_to_be_orthonormal_cost_a_gram_matrix_and_a_product_with_it()
    {
        var cost = GeneratedHeader.Of("SquaredError.Orthonormal");
        Assert.Equal(new() { ["m k²"] = 2 }, Leading(cost.Value));
        Assert.Equal(new() { ["m k²"] = 4 }, Leading(cost.ValueAndGradient));
    }

    /// <summary>Structure is found, not recognised: however a loss is written, it costs the same.</summary>
    [Theory]
    [MemberData(nameof(Rewritings))]
    public void A_loss_costs_the_same_in_other_words(string loss)
    {
        var (expected, actual) = (
            GeneratedHeader.Of(GeneratedLoss.Of(GeneratedLoss.Entry(loss)).First(IsOriginal)), GeneratedHeader.Of(loss));
        Assert.Equal(Leading(expected.ValueAndGradient), Leading(actual.ValueAndGradient));

        // The gradient of Trace(U' D' D U) needs D' (D U); the value alone would not, and is not yet found to be ‖D U‖².
        if (loss != "Rewritten.SquaredNormOfDifferences")
        {
            Assert.Equal(Leading(expected.Value), Leading(actual.Value));
        }
    }

    public static TheoryData<string> Rewritings => [.. GeneratedLoss.Names.Where(loss => !IsOriginal(loss))];

    private static bool IsOriginal(string loss) => !loss.StartsWith(nameof(Rewritten), StringComparison.Ordinal);

    /// <summary>The third moments of both factors' rows, and in the gradient rows times the other's, cost as much each.</summary>
    [Fact]
    public void Cubes_and_weights_of_low_rank_cost_third_moments()
    {
        var (cube, weighted) = (GeneratedHeader.Of("AllPairs.CubicDivergence"), GeneratedHeader.Of("AllPairs.WeightedByProduct"));
        Assert.Equal((2, 2), (cube.Value["m k³"], cube.Value["n k³"]));
        Assert.Equal((4, 4), (cube.ValueAndGradient["m k³"], cube.ValueAndGradient["n k³"]));
        Assert.Equal((2, 2), (weighted.Value["m k² l"], weighted.Value["n k² l"]));
        Assert.Equal((4, 4), (weighted.ValueAndGradient["m k² l"], weighted.ValueAndGradient["n k² l"]));

        // Σ_r a_ir S_r in each row, and the gradient, beside the S_r of the other factor.
        Assert.Equal((4, 2), (weighted.NewtonSteps["U"]["m k² l"], weighted.NewtonSteps["U"]["n k² l"]));
    }

    /// <summary>Functions of all pairs, which are no polynomials.</summary>
    [Fact]
    public void No_loss_but_those_that_must_visits_all_pairs_beside_sparse_data() => Assert.Equal(
        ["Categorical.Softmax", "Categorical.WeightedLogistic", "Penalized.Softmax", "Penalized.WeightedLogistic"],
        GeneratedLoss.BesideSparse.Where(loss => GeneratedHeader.Of(loss).ValueAndGradient.Keys.Any(IsOfAllPairs)).Order());

    [Fact]
    public void No_loss_stores_all_pairs()
    {
        foreach (var loss in GeneratedLoss.All)
        {
            var cost = GeneratedHeader.Of(loss);
            Assert.DoesNotContain(cost.Workspace.Keys.Concat(cost.Derived.Keys), IsOfAllPairs);
        }
    }

    private static Dictionary<string, double> Leading(IReadOnlyDictionary<string, double> polynomial) => polynomial
        .Where(term => IsOfAllPairs(term.Key) || term.Key.Any(letter => letter is '|' or '²'))
        .ToDictionary();

    private static bool IsOfAllPairs(string sizes) => sizes.Split(' ').Count(size => size is "m" or "n" or "p" or "q") > 1;
}
