using AutoGradMf.Generators.Symbolics.Model;
using AutoGradMf.Symbolics.Tests.Generation;
using AutoGradMf.Symbolics.Tests.Interpretation;
using static AutoGradMf.Symbolics.Tests.Generation.Syntax;

namespace AutoGradMf.Symbolics.Tests;

/// <summary>Small losses that a stage got wrong once, each at every size.</summary>
public class LossRegressionTests
{
    private static readonly LossNode U = Of("U"), V = Of("V"), P = Of("P"), C = Of("C"), B = Of("b"), D = Of("d"), E = Of("e");
    private static readonly LossNode R = Of("R"), Z = Of("Z"), L = Of("L"), Dense = Of("D"), W = Of("w"), Row = Of("v"), Alpha = Of("alpha");

    [Fact]
    public void A_sparse_matrix_meets_its_transpose() => IsRight(Total("Dot", L, Transpose(L)));

    [Fact]
    public void A_pattern_meets_its_transpose() => IsRight(Sum(Hadamard(Observed(L), Hadamard(Transpose(Observed(L)), Multiply(U, Transpose(P))))));

    [Fact]
    public void The_mean_of_all_ratings_is_subtracted() => IsRight(Sum(Hadamard(Observed(R), Square(Subtract(Multiply(U, Transpose(V)), Total("ObservedMean", R))))));

    [Fact]
    public void A_sparse_matrix_is_summed_over_within_a_function() => IsRight(Sum(Square(Divide(Multiply(R, Transpose(Row)), Add(Square(W), Number(1))))));

    [Fact]
    public void Columns_of_a_small_matrix_are_measured() => IsRight(Sum(Square(Hadamard(Multiply(E, V), C))));

    [Fact]
    public void Rows_of_a_small_matrix_are_measured() => IsRight(Sum(Square(Hadamard(C, Transpose(ByColumn("ColumnSums", U))))));

    [Fact]
    public void One_product_stands_in_a_sum_over_all_pairs_and_in_one_over_observed_pairs() =>
        IsRight(Total("Dot", Multiply(U, Transpose(V)), Divide(Dense, Add(Square(Z), Number(1)))));

    [Fact]
    public void Biases_fill_a_matrix_that_meets_another() => IsRight(Sum(Square(Subtract(FillMissing(Z, B), R))));

    [Fact]
    public void Weights_by_row_stand_in_a_gram_matrix() => IsRight(Sum(Square(Hadamard(Multiply(V, Transpose(V)), D))));

    [Fact]
    public void A_fourth_power_is_streamed() => IsRight(Sum(Square(Square(Multiply(U, Transpose(V))))));

    [Fact]
    public void Sums_of_three_factors_are_bracketed_from_the_outside() => IsRight(Sum(Multiply(Multiply(V, C), Transpose(U))));

    [Fact]
    public void Sums_of_a_sparse_product_are_bracketed_from_the_outside() => IsRight(Sum(Multiply(Multiply(L, U), C)));

    [Fact]
    public void A_difference_of_sparse_and_dense_is_multiplied_apart() => IsRight(Sum(Square(Multiply(Subtract(Z, Dense), V))));

    [Fact]
    public void A_factor_is_told_from_its_gradient()
    {
        // The gradient of e has d in it, and the gradient of d beside it.
        var scaled = Multiply(Add(Number(1.5), Multiply(Transpose(ByColumn("ColumnSums", U)), E)), Subtract(Transpose(E), D));
        var weights = Multiply(Negate(Scale(Number(-0.5), Transpose(V))), Multiply(Transpose(Z), B));
        IsRight(Total("Dot", Elementwise("Reciprocal", Square(scaled)), weights));
    }

    [Fact]
    public void Pairs_of_rows_of_one_factor_meet_in_two_ways()
    {
        var byColumn = Add(ByColumn("ColumnSums", Multiply(V, Transpose(V))), Multiply(ByColumn("ColumnSums", V), Transpose(V)));
        Terminates(Total("Dot", Multiply(D, byColumn), Multiply(V, Hadamard(Transpose(V), Transpose(ByColumn("ColumnSums", U))))));
    }

    [Fact]
    public void A_sum_of_a_number_and_a_sparse_matrix_is_multiplied() =>
        Terminates(Sum(Square(Multiply(Add(B, Row), Add(Transpose(Z), Alpha)))));

    [Fact]
    public void A_product_of_data_that_has_no_kernel_is_refused() => Terminates(Total("Mean", Square(Multiply(R, Transpose(Dense)))));

    [Fact]
    public void A_product_of_one_sparse_matrix_with_itself_is_refused() => Terminates(Sum(Multiply(L, Elementwise("Softplus", L))));

    [Fact]
    public void A_product_of_two_sparse_matrices_is_taken_apart_over_all_pairs_and_read_at_the_entries_of_others()
    {
        LossNode product = new CallNode(0, TensorKind.SparseMatrix, Operators.Multiply, new([L, R]));
        var (prediction, transposed) = (Multiply(U, Transpose(V)), new CallNode(0, TensorKind.SparseMatrix, Operators.Multiply, new([
            new CallNode(0, TensorKind.SparseMatrix, Operators.Transpose, new([R])), new CallNode(0, TensorKind.SparseMatrix, Operators.Transpose, new([L]))])));
        IsRight(Sum(Square(Subtract(prediction, product))));
        IsRight(Sum(Square(Subtract(Transpose(prediction), transposed))));
        IsRight(Sum(Hadamard(Hadamard(W, Row), Square(Subtract(prediction, product)))));
        IsRight(Sum(Square(Subtract(prediction, FillMissing(Z, product)))));
        IsRight(Sum(Hadamard(Observed(Z), Square(Add(prediction, product)))));
        IsRight(Total("Dot", product, Transpose(transposed)));
        IsRight(Sum(Square(Hadamard(product, Elementwise("Softplus", prediction)))));
        IsRight(Sum(Square(ByRow("RowSums", Hadamard(product, prediction)))));
    }

    private static ParameterNode Of(string name) => Vocabulary.Parameters.First(p => p.Name == name).Node;

    private static void IsRight(LossNode loss) => Assert.All(Outcomes(loss), outcome => Assert.Equal(new Outcome(OutcomeKind.Right), outcome));

    /// <summary>Whether there is a plan or not, there is no wrong one.</summary>
    private static void Terminates(LossNode loss) => Assert.All(Outcomes(loss), outcome => Assert.NotEqual(OutcomeKind.Wrong, outcome.Kind));

    private static IEnumerable<Outcome> Outcomes(LossNode loss) =>
        Vocabulary.Sizes.Select((sizes, seed) => LossCheck.Check(loss, new Point(Vocabulary.Parameters, sizes, seed)));
}
