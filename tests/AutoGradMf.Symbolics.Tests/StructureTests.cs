using AutoGradMf.Generators.Symbolics;
using AutoGradMf.Generators.Symbolics.Costs;
using AutoGradMf.Generators.Symbolics.Lowering;
using AutoGradMf.Generators.Symbolics.Model;
using AutoGradMf.Symbolics.Tests.Generation;
using AutoGradMf.Symbolics.Tests.Interpretation;
using static AutoGradMf.Symbolics.Tests.Generation.Syntax;

namespace AutoGradMf.Symbolics.Tests;

/// <summary>The losses that structure is there for: what each costs, and that no array of all pairs is ever made for it.</summary>
public class StructureTests
{
    private static readonly TestParameter U = Vocabulary.Factor("U", TensorKind.Matrix, 'm', 'k');
    private static readonly TestParameter M = Vocabulary.Factor("M", TensorKind.Matrix, 'n', 'k');
    private static readonly TestParameter R = Vocabulary.Data("R", TensorKind.SparseMatrix, 'm', 'n');
    private static readonly TestParameter Z = Vocabulary.Data("Z", TensorKind.SparseMatrix, 'm', 'n');
    private static readonly TestParameter D = Vocabulary.Data("D", TensorKind.Matrix, 'm', 'n');
    private static readonly TestParameter Alpha = Vocabulary.Data("alpha", TensorKind.Scalar, '1', '1');
    private static readonly TestParameter W = Vocabulary.Data("w", TensorKind.ColumnVector, 'm', '1');
    private static readonly TestParameter V = Vocabulary.Data("v", TensorKind.RowVector, '1', 'n');
    private static readonly LossNode Product = Multiply(U.Node, Transpose(M.Node));

    [Fact]
    public void The_filled_loss_costs_two_grams_and_one_sparse_product_for_each_factor() => Requires(
        Sum(Square(Subtract(Product, FillMissing(R.Node, ByColumn("ColumnMeans", R.Node))))), [U, M, R],
        value: "2 m k² + 2 n k² + 2 |R| k", both: "4 m k² + 4 n k² + 4 |R| k");

    [Fact]
    public void A_fill_by_row_means_costs_the_same() => Requires(
        Sum(Square(Subtract(Product, FillMissing(R.Node, ByRow("RowMeans", R.Node))))), [U, M, R],
        value: "2 m k² + 2 n k² + 2 |R| k", both: "4 m k² + 4 n k² + 4 |R| k");

    [Fact]
    public void A_fill_by_the_mean_of_all_costs_the_same() => Requires(
        Sum(Square(Subtract(Product, FillMissing(R.Node, Total("ObservedMean", R.Node))))), [U, M, R],
        value: "2 m k² + 2 n k² + 2 |R| k", both: "4 m k² + 4 n k² + 4 |R| k");

    [Fact]
    public void A_fill_of_low_rank_is_contracted_with_the_factors()
    {
        var (p, q) = (Vocabulary.Data("P", TensorKind.Matrix, 'm', 'l'), Vocabulary.Data("Q", TensorKind.Matrix, 'n', 'l'));
        Requires(Sum(Square(Subtract(Product, FillMissing(R.Node, Multiply(p.Node, Transpose(q.Node)))))), [U, M, R, p, q],
            value: "2 m k² + 2 n k² + 2 m k l + 2 n k l + 2 |R| k", both: "4 m k² + 4 n k² + 4 m k l + 4 n k l + 4 |R| k");
    }

    [Fact]
    public void A_chain_of_products_reads_its_dense_matrix_and_visits_no_other_pairs()
    {
        var x = Vocabulary.Data("X", TensorKind.Matrix, 'p', 'n');
        Requires(Sum(Square(Multiply(Product, Transpose(x.Node)))), [U, M, x],
            value: "2 n p k", both: "4 n p k", isStreamed: true);
    }

    [Fact]
    public void Terms_of_other_scales_share_the_products_of_a_factor()
    {
        var gap = Subtract(Multiply(Transpose(U.Node), U.Node), Multiply(Transpose(M.Node), M.Node));
        Requires(Add(Sum(Square(Subtract(Product, R.Node))), Scale(Alpha.Node, Sum(Square(gap)))), [U, M, R, Alpha],
            value: "2 m k² + 2 n k² + 2 |R| k", both: "4 m k² + 4 n k² + 4 |R| k");
    }

    [Fact]
    public void A_second_matrix_of_other_weight_costs_no_product_of_a_factor_more()
    {
        var (f, a) = (Vocabulary.Factor("F", TensorKind.Matrix, 'p', 'k'), Vocabulary.Data("A", TensorKind.SparseMatrix, 'm', 'p'));
        Requires(
            Add(Sum(Square(Subtract(Product, R.Node))), Scale(Alpha.Node, Sum(Square(Subtract(Multiply(U.Node, Transpose(f.Node)), a.Node))))),
            [U, M, f, R, a, Alpha],
            value: "2 m k² + 2 n k² + 2 p k² + 2 |R| k + 2 |A| k", both: "4 m k² + 4 n k² + 4 p k² + 4 |R| k + 4 |A| k");
    }

    [Fact]
    public void A_sparse_matrix_is_met_on_all_pairs_for_the_price_of_its_entries() => Requires(
        Sum(Square(Subtract(Product, R.Node))), [U, M, R],
        value: "2 m k² + 2 n k² + 2 |R| k", both: "4 m k² + 4 n k² + 4 |R| k");

    [Fact]
    public void Implicit_feedback_costs_two_grams_and_one_pass_over_its_entries() => Requires(
        Sum(Hadamard(Add(Number(1), Scale(Alpha.Node, R.Node)), Square(Subtract(Observed(R.Node), Product)))), [U, M, R, Alpha],
        value: "2 m k² + 2 n k² + 2 |R| k", both: "4 m k² + 4 n k² + 6 |R| k");

    [Fact]
    public void The_masked_loss_costs_one_dot_product_and_two_updates_for_each_entry() => Requires(
        Sum(Hadamard(Observed(R.Node), Square(Subtract(Product, R.Node)))), [U, M, R], value: "2 |R| k", both: "6 |R| k");

    [Fact]
    public void The_sum_of_a_product_is_the_product_of_sums() => Requires(
        Sum(Product), [U, M], value: "m k + n k", both: "m k + n k");

    [Fact]
    public void Negatives_weighted_by_frequency_are_weighted_grams() => Requires(
        Sum(Hadamard(Multiply(W.Node, V.Node), Square(Subtract(R.Node, Product)))), [U, M, R, W, V],
        value: "2 m k² + 2 n k² + 2 |R| k", both: "4 m k² + 4 n k² + 4 |R| k");

    [Fact]
    public void A_symmetric_product_has_one_gram()
    {
        var pairs = Vocabulary.Data("R", TensorKind.SparseMatrix, 'm', 'm');
        Requires(Sum(Square(Subtract(Multiply(U.Node, Transpose(U.Node)), pairs.Node))), [U, pairs],
            value: "2 m k² + 2 |R| k", both: "4 m k² + 4 |R| k");
    }

    [Fact]
    public void Three_factors_over_all_pairs_are_contracted()
    {
        var (parameters, product) = ThreeFactors();
        Requires(Sum(Square(Subtract(product, R.Node))), parameters);
    }

    [Fact]
    public void Three_factors_over_observed_pairs_multiply_the_small_one_first()
    {
        var (parameters, product) = ThreeFactors();
        Requires(Sum(Hadamard(Observed(R.Node), Square(Subtract(product, R.Node)))), parameters);
    }

    [Fact]
    public void Implicit_factors_of_neighbours_are_added_up_once()
    {
        var (p, q, y) = (Vocabulary.Factor("P", TensorKind.Matrix, 'm', 'k'), Vocabulary.Factor("Q", TensorKind.Matrix, 'n', 'k'), Vocabulary.Factor("Y", TensorKind.Matrix, 'n', 'k'));
        var neighbours = Vocabulary.Data("N", TensorKind.SparseMatrix, 'm', 'n');
        var predicted = Multiply(Add(p.Node, Multiply(neighbours.Node, y.Node)), Transpose(q.Node));
        Requires(Sum(Hadamard(Observed(R.Node), Square(Subtract(predicted, R.Node)))), [p, q, y, neighbours, R],
            value: "2 |N| k + 2 |R| k", both: "4 |N| k + 6 |R| k");
    }

    /// <summary>The derivative in Y is R' (P Q'Q) − R' (R Q), of one sparse product, R' (P Q'Q − R Q).</summary>
    [Theory]
    [InlineData("R", "4 m k² + 4 n k² + 8 |R| k")]
    [InlineData("N", "4 m k² + 4 n k² + 4 |N| k + 4 |R| k")]
    public void Sparse_products_that_are_added_up_are_one(string neighbours, string both)
    {
        var (p, q, y) = (Vocabulary.Factor("P", TensorKind.Matrix, 'm', 'k'), Vocabulary.Factor("Q", TensorKind.Matrix, 'n', 'k'), Vocabulary.Factor("Y", TensorKind.Matrix, 'n', 'k'));
        var given = Vocabulary.Data("N", TensorKind.SparseMatrix, 'm', 'n');
        var predicted = Multiply(Add(p.Node, Multiply(neighbours == "R" ? R.Node : given.Node, y.Node)), Transpose(q.Node));
        TestParameter[] parameters = [p, q, y, R];
        Requires(Sum(Square(Subtract(predicted, R.Node))), neighbours == "R" ? parameters : [.. parameters, given], both: both);
    }

    [Fact]
    public void Sparse_products_that_are_needed_by_themselves_are_added_up_as_they_are()
    {
        var (a, b) = (Vocabulary.Factor("A", TensorKind.Matrix, 'm', 'k'), Vocabulary.Factor("B", TensorKind.Matrix, 'm', 'k'));
        var (ofA, ofB) = (Multiply(Transpose(R.Node), a.Node), Multiply(Transpose(R.Node), b.Node));
        LossNode With(LossNode product) => Add(Sum(Elementwise("Softplus", product)), Sum(Hadamard(M.Node, product)));
        Requires(Add(With(ofA), With(ofB)), [a, b, M, R], both: "10 |R| k");
    }

    [Fact]
    public void Features_are_multiplied_before_they_meet()
    {
        var (p, q) = (Vocabulary.Factor("P", TensorKind.Matrix, 'p', 'k'), Vocabulary.Factor("Q", TensorKind.Matrix, 'q', 'k'));
        var (a, b) = (Vocabulary.Data("A", TensorKind.SparseMatrix, 'm', 'p'), Vocabulary.Data("B", TensorKind.SparseMatrix, 'n', 'q'));
        var predicted = Multiply(Multiply(a.Node, p.Node), Transpose(Multiply(b.Node, q.Node)));
        Requires(Sum(Hadamard(Observed(R.Node), Square(Subtract(predicted, R.Node)))), [p, q, a, b, R],
            value: "2 |A| k + 2 |B| k + 2 |R| k", both: "4 |A| k + 4 |B| k + 6 |R| k");
    }

    [Fact]
    public void A_graph_penalty_costs_its_edges()
    {
        var graph = Vocabulary.Data("L", TensorKind.SparseMatrix, 'm', 'm');
        Requires(Sum(Hadamard(U.Node, Multiply(graph.Node, U.Node))), [U, graph], value: "2 |L| k", both: "4 |L| k");
    }

    [Fact]
    public void Two_matrices_that_share_a_factor_are_two_passes()
    {
        var other = Vocabulary.Factor("V", TensorKind.Matrix, 'p', 'k');
        var second = Vocabulary.Data("Z", TensorKind.SparseMatrix, 'm', 'p');
        LossNode Masked(LossNode ratings, LossNode predicted) => Sum(Hadamard(Observed(ratings), Square(Subtract(predicted, ratings))));
        Requires(Add(Masked(R.Node, Product), Masked(second.Node, Multiply(U.Node, Transpose(other.Node)))), [U, M, other, R, second],
            value: "2 |R| k + 2 |Z| k", both: "6 |R| k + 6 |Z| k");
    }

    [Fact]
    public void Generalized_Kullback_Leibler_sums_the_prediction_by_columns()
    {
        var poisson = Subtract(Sum(Product), Sum(Hadamard(R.Node, Elementwise("Log", Product))));
        var compiled = Requires(poisson, [U, M, R]);
        Assert.Equal("2 |R| k", CostModel.Flops(compiled.Plan.Value).Leading().ToString().Split(" + ").First(t => t.Contains('|')));
        Assert.Equal("6 |R| k", CostModel.Flops(compiled.Plan.ValueAndGradient).Leading().ToString().Split(" + ").First(t => t.Contains('|')));
    }

    [Fact]
    public void Dense_weights_are_streamed_and_the_prediction_is_computed_once() => Requires(
        Sum(Hadamard(D.Node, Square(Subtract(Product, R.Node)))), [U, M, D, R], value: "2 m n k", both: "6 m n k", isStreamed: true);

    [Fact]
    public void The_logistic_loss_over_all_pairs_is_streamed_beside_its_observed_ones()
    {
        var weighted = Hadamard(Add(Number(1), Scale(Alpha.Node, R.Node)), Elementwise("Softplus", Product));
        Requires(Sum(Subtract(weighted, Hadamard(Scale(Alpha.Node, R.Node), Product))), [U, M, R, Alpha], isStreamed: true);
    }

    [Fact]
    public void A_sum_over_a_part_of_the_entries_is_taken_along_by_one_over_all() => Requires(
        Add(Sum(Hadamard(Observed(R.Node), Square(Subtract(Product, R.Node)))), Sum(Hadamard(Hadamard(Observed(R.Node), Z.Node), Square(Product)))), [U, M, R, Z],
        value: "2 |R| k", both: "6 |R| k");

    [Fact]
    public void A_sum_that_is_linear_in_the_product_is_taken_along_too() => Requires(
        Subtract(Sum(Hadamard(Observed(R.Node), Elementwise("Softplus", Product))), Sum(Hadamard(Hadamard(Z.Node, R.Node), Product))), [U, M, R, Z],
        value: "2 |R| k", both: "6 |R| k");

    [Fact]
    public void Two_sums_over_one_pattern_are_one_pass() => Requires(
        Subtract(Sum(Hadamard(Observed(R.Node), Elementwise("Softplus", Product))), Sum(Hadamard(R.Node, Product))), [U, M, R],
        value: "2 |R| k", both: "6 |R| k");

    /// <summary>Σ X² over all pairs is two Grams beside ⟨R V, U⟩, which a pass over the same entries has the elements of.</summary>
    [Theory]
    [InlineData("6 |R| k", "Implicit")]
    [InlineData("6 |R| k", "Divergence")]
    [InlineData("8 |R| k", "Root")]
    public void A_sparse_product_beside_a_pass_over_its_entries_is_of_that_pass(string both, string loss)
    {
        var all = Sum(Square(Subtract(Product, Observed(R.Node))));
        var clicked = Sum(Hadamard(R.Node, Square(Subtract(Observed(R.Node), Product))));
        LossNode body = loss switch
        {
            "Implicit" => Add(Scale(Number(0.5), all), Scale(Scale(Number(0.5), Alpha.Node), clicked)),
            "Divergence" => Subtract(Scale(Number(0.1), all), Sum(Hadamard(R.Node, Elementwise("Log", Product)))),
            _ => Add(Total("Sqrt", all), Scale(Alpha.Node, clicked)),
        };
        Requires(body, [U, M, R, Alpha], value: "2 m k² + 2 n k² + 2 |R| k", both: $"4 m k² + 4 n k² + {both}");
    }

    [Fact]
    public void So_it_is_of_three_factors()
    {
        var (parameters, product) = ThreeFactors();
        var squares = Scale(Number(0.5), Sum(Square(Subtract(product, R.Node))));
        var compiled = Requires(Add(squares, Scale(Alpha.Node, Sum(Hadamard(R.Node, Square(product))))), [.. parameters, Alpha]);
        Assert.Contains("2 |R| l", CostModel.Flops(compiled.Plan.Value).Leading().ToString().Split(" + "));
        Assert.Contains("6 |R| l", CostModel.Flops(compiled.Plan.ValueAndGradient).Leading().ToString().Split(" + "));
    }

    /// <summary>The derivative waits for the value, and is over the fewer entries.</summary>
    [Fact]
    public void What_a_function_of_a_sum_over_a_part_waits_for_is_over_that_part()
    {
        var part = Total("Softplus", Sum(Hadamard(Hadamard(Observed(R.Node), Z.Node), Square(Product))));
        Requires(Add(Sum(Hadamard(Observed(R.Node), Square(Subtract(Product, R.Node)))), part), [U, M, R, Z],
            value: "2 |R| k + 2 |R∩Z| k", both: "6 |R| k + 6 |R∩Z| k");
    }

    [Fact]
    public void A_sum_of_other_products_over_a_part_of_the_entries_stays_apart()
    {
        TestParameter OfOtherFeatures(string name, char rows) => new(new(name, TensorKind.Matrix, true, null, "l"), rows, 'l');
        var (p, q) = (OfOtherFeatures("P", 'm'), OfOtherFeatures("Q", 'n'));
        Requires(
            Add(Sum(Hadamard(Observed(R.Node), Square(Subtract(Product, R.Node)))), Sum(Hadamard(Hadamard(Observed(R.Node), Z.Node), Square(Multiply(p.Node, Transpose(q.Node)))))),
            [U, M, p, q, R, Z],
            value: "2 |R| k + 2 |R∩Z| l", both: "6 |R| k + 6 |R∩Z| l + m l + n l");
    }

    [Fact]
    public void Newton_steps_gather_the_terms_of_one_pattern_at_once()
    {
        var loss = Add(Sum(Hadamard(Observed(R.Node), Square(Subtract(Product, R.Node)))), Scale(Alpha.Node, Sum(Hadamard(Hadamard(Observed(R.Node), Z.Node), Square(Product)))));
        var step = Requires(loss, [U, M, R, Z, Alpha]).Plan.NewtonSteps[0]!;
        Assert.Contains("2 |R| k²", CostModel.Flops(step).ToString().Split(" + "));
    }

    /// <summary>Where Z has no entry, the logarithm is of a negative number.</summary>
    [Fact]
    public void What_a_part_of_the_entries_leaves_out_is_not_looked_at()
    {
        var loss = Add(Sum(Hadamard(Observed(R.Node), Square(Product))), Sum(Hadamard(Hadamard(Z.Node, Observed(R.Node)), Elementwise("Log", Product))));
        TestParameter[] parameters = [U, M, R, Z];
        var point = new Point(parameters, Vocabulary.Of(3, 4, 2), 1);
        var prediction = LossInterpreter.Array(Product, point);
        for (var element = 0; element < prediction.Elements.Length; element++)
        {
            point.Keep("R", element, true);
            point.Keep("Z", element, prediction.Elements[element].Value > 0);
        }

        var compiled = Compile(loss, parameters);
        var (value, gradient, _) = Run(compiled, point, parameters);
        Assert.Equal("2 |R| k", CostModel.Flops(compiled.Plan.Value).Leading().ToString());
        Assert.True(double.IsFinite(value) && value != 0);
        Assert.All(gradient.Values.SelectMany(g => g), g => Assert.True(double.IsFinite(g)));
    }

    [Fact]
    public void What_is_not_observed_is_not_looked_at()
    {
        var point = new Point([U, M, R], Vocabulary.Of(3, 4, 2), 1);
        var prediction = LossInterpreter.Array(Product, point);
        for (var element = 0; element < prediction.Elements.Length; element++)
        {
            var isPositive = prediction.Elements[element].Value > 0;
            point.Keep("R", element, isPositive);
        }

        var loss = Sum(Hadamard(Observed(R.Node), Elementwise("Log", Product)));
        var (value, gradient, _) = Run(Compile(loss, [U, M, R]), point, [U, M, R]);
        Assert.True(double.IsFinite(value) && value != 0);
        Assert.All(gradient.Values.SelectMany(g => g), g => Assert.True(double.IsFinite(g)));
    }

    private static (TestParameter[] Parameters, LossNode Product) ThreeFactors()
    {
        TestParameter Shaped(string name, char rows, char columns) =>
            new(new(name, TensorKind.Matrix, true, rows == 'k' ? "k" : null, columns.ToString()), rows, columns);
        var (u, s, v) = (Shaped("U", 'm', 'k'), Shaped("S", 'k', 'l'), Shaped("V", 'n', 'l'));
        return ([u, s, v, R], Multiply(Multiply(u.Node, s.Node), Transpose(v.Node)));
    }

    /// <summary>Holds a loss's plan against its cost, its storage, its value and its gradient.</summary>
    private static CompiledLoss Requires(LossNode loss, TestParameter[] parameters, string? value = null, string? both = null, bool isStreamed = false)
    {
        var compiled = Compile(loss, parameters);
        foreach (var evaluation in new[] { compiled.Plan.Value, compiled.Plan.ValueAndGradient })
        {
            Assert.Equal(isStreamed, CostModel.Flops(evaluation).ToString().Split(" + ").Any(IsOfAllPairs));
        }

        Assert.DoesNotContain(compiled.Plan.Temporaries.Concat(compiled.Plan.Derived), s =>
            s.Pattern is null && s.Dimensions.Count(d => !d.IsLatent) > 1);
        var outcome = LossCheck.Check(loss, PositivePoint(parameters), parameters);
        Assert.True(outcome.Kind == OutcomeKind.Right, outcome.Reason);
        AssertCost(value, compiled.Plan.Value, isStreamed);
        AssertCost(both, compiled.Plan.ValueAndGradient, isStreamed);
        return compiled;
    }

    /// <summary>Numbers at which a logarithm has a value.</summary>
    private static Point PositivePoint(TestParameter[] parameters)
    {
        var point = new Point(parameters, Vocabulary.Of(4, 5, 2), 1);
        foreach (var values in parameters.Select(p => point.Values(p.Name)))
        {
            for (var element = 0; element < values.Length; element++)
            {
                values[element] = 0.1 + Math.Abs(values[element]);
            }
        }

        return point;
    }

    /// <summary>
    /// Holds the cost against the expected one; passes over a factor's elements go without saying, and beside all pairs the
    /// observed ones.
    /// </summary>
    private static void AssertCost(string? expected, Evaluation evaluation, bool isStreamed)
    {
        if (expected is not null)
        {
            var (right, actual) = (expected.Split(" + "), CostModel.Flops(evaluation).Leading().ToString().Split(" + "));
            Assert.Equal(right.Order(), actual.Where(t => isStreamed ? IsOfAllPairs(t) : right.Contains(t) || !IsOfOneFactor(t)).Order());
        }
    }

    private static bool IsOfOneFactor(string term) => term.Split(' ') is [.., "m" or "n" or "p" or "q", "k"] and { Length: <= 3 };

    private static bool IsOfAllPairs(string term) => term.Split(' ').Count(f => f[0] is 'm' or 'n' or 'p' or 'q') > 1;

    private static CompiledLoss Compile(LossNode loss, TestParameter[] parameters)
    {
        var (compiled, problems) = LossCompiler.Compile(Pipeline.ModelOf(loss, parameters), new NameScope(parameters.Select(p => p.Name)));
        Assert.Empty(problems);
        return compiled!;
    }

    private static (double Value, IReadOnlyDictionary<string, double[]> Gradient, double Flops) Run(CompiledLoss loss, Point point, TestParameter[] parameters)
    {
        var sizes = Pipeline.Sizes(loss.Shapes, point, parameters);
        return new PlanInterpreter(loss.Plan, point, sizes).Run(loss.Plan.ValueAndGradient);
    }
}
