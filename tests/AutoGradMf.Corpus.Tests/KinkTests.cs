using AutoGradMf.TestLosses;
using Xunit;

namespace AutoGradMf.Corpus.Tests;

/// <summary>
/// Exactly at a kink, where no differences and no autograd can tell, the documented convention decides. The numbers are small
/// integers and powers of 2, so that residuals and margins are at the kink to the last bit, in float too.
/// </summary>
public class KinkTests
{
    private static readonly double?[][] U = [[1, 0], [2, 1]];

    private static readonly double?[][] V = [[1, 1], [0, 1], [2, 0]];

    private static readonly double?[][] Nothing = [[null, null, null], [null, null, null]];

    // U·Vᵀ = [[1, 0, 2], [3, 1, 4]].

    [Fact]
    public void The_slope_of_an_absolute_error_is_zero_at_zero() =>
        Require("B1", "U", [0, 1, -1, -1], ("U", U), ("V", V), ("R", [[1, -1, null], [5, null, 4]]));

    [Fact]
    public void The_slope_of_a_huber_error_is_delta_where_its_pieces_meet() => Require(
        "B2", "U", [1, 0, -2, 0], ("U", U), ("V", V), ("R", [[0, 2, null], [null, null, 5]]), ("delta", [[1]]));

    [Fact]
    public void The_slope_of_a_pinball_error_is_that_of_too_high_a_prediction_at_zero() =>
        Require("B5", "U", [0.75, 0.75, 1.5, 0], ("U", U), ("V", V), ("R", [[1, null, null], [null, null, 4]]), ("tau", [[0.25]]));

    [Fact]
    public void The_slope_of_a_hinge_is_zero_at_margin_one() =>
        Require("C4", "U", [2, 0, 1, 1], ("U", U), ("V", V), ("R", [[1, null, -1], [-1, 1, null]]));

    [Fact]
    public void The_slope_of_a_pair_hinge_is_zero_at_margin_one() => Require(
        "E2", "U", [1, 0, 0, 0], ("U", U), ("V", V), ("i", [[0], [0], [0]]), ("j", [[0], [2], [1]]), ("l", [[1], [0], [0]]));

    [Fact]
    public void The_slope_of_an_elastic_net_is_zero_at_zero() => Require(
        "F1", "U", [0.5, 0, 0.75, 0.5], ("U", U), ("V", V), ("R", Nothing), ("alpha", [[0.5]]), ("rho", [[0.5]]));

    [Fact]
    public void The_slope_of_a_group_lasso_is_zero_at_a_row_of_zeros() => Require(
        "F2", "U", [0, 0, 1.5, 2], ("U", [[0, 0], [3, 4]]), ("V", V), ("R", Nothing), ("reg", [[2.5]]));

    [Fact]
    public void The_slope_of_a_norm_is_zero_at_zero() => Require(
        "F3", "U", [0, 0, 0, 0], ("U", [[0, 0], [0, 0]]), ("V", V), ("R", Nothing), ("reg", [[2.5]]));

    [Fact]
    public void The_slope_of_an_absolute_deviation_is_zero_at_zero() =>
        Require("G6", "w", [-3, 4], ("w", [[1], [2]]), ("A", [[1, 1], [3, -4]]), ("y", [[3], [0]]));

    /// <summary>
    /// The closed form has the given gradient in a factor; generated code, however the loss is written, has the closed form's in all.
    /// </summary>
    private static void Require(string loss, string factor, double[] expected, params (string Name, double?[][] Rows)[] arguments)
    {
        var at = new CorpusCase(
            loss,
            "at a kink",
            arguments.ToDictionary(a => a.Name, a => new CorpusInput(a.Rows)),
            Expectation.Of(new(0, new Dictionary<string, double[]>())));
        var closed = ClosedForms.Evaluate(at);
        Close.AreEqual(expected, closed.Gradient[factor], 1e-15, $"closed form in {factor}");
        Assert.All(GeneratedLoss.Of(loss), generated =>
        {
            Expectation.Of(closed).RequireClose(GeneratedLoss.Evaluate<double>(generated, at), 1e-15);
            Expectation.Of(closed).RequireClose(GeneratedLoss.Evaluate<float>(generated, at), 1e-7);
        });
    }
}
