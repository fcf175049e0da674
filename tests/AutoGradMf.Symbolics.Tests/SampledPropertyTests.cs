using AutoGradMf.Generators.Symbolics.Analysis;
using AutoGradMf.Generators.Symbolics.Model;
using AutoGradMf.Symbolics.Tests.Generation;
using AutoGradMf.Symbolics.Tests.Interpretation;
using CsCheck;
using static AutoGradMf.Symbolics.Tests.Generation.Syntax;

namespace AutoGradMf.Symbolics.Tests;

/// <summary>Random losses that are sums over entries: the gradients of the samples, shares of regularizers included, add up to the gradient.</summary>
public class SampledPropertyTests
{
    private const double Tolerance = 1e-11;
    private const double LargestMagnitude = 1e12;
    private static readonly IReadOnlyList<Point> Points = [.. Vocabulary.Sizes.Select((sizes, seed) => new Point(Vocabulary.Parameters, sizes, seed))];

    /// <param name="depth">How many operators stand one inside the other.</param>
    /// <param name="count">How many losses.</param>
    /// <param name="least">How many of them are sums over entries at least.</param>
    [Theory]
    [InlineData(1, 300, 120)]
    [InlineData(2, 800, 160)]
    [InlineData(3, 400, 50)]
    public void The_gradients_of_the_samples_add_up_to_the_gradient(int depth, int count, int least)
    {
        var losses = Losses(depth);
        var random = PCG.Parse("0000000000000");
        var sampled = 0;
        for (var i = 0; i < count; i++)
        {
            var (loss, point) = (losses.Generate(random, null, out _), Points[i % Points.Count]);
            var (isSampled, mistake) = Check(loss, point);
            Assert.True(mistake is null, $"{LossText.Of(loss)}: {mistake}");
            sampled += isSampled ? 1 : 0;
        }

        Assert.True(sampled >= least, $"only {sampled} of {count} losses are sums over entries");
    }

    /// <summary>Features first or last, all around a matrix or multiplied element by element: the samples have a form, and no row is made that nothing reads.</summary>
    [Fact]
    public void Products_of_rows_and_columns_of_factors_are_sampled()
    {
        var (u, ut) = (Vocabulary.Factor("U", TensorKind.Matrix, 'm', 'k'), Turned("Ut", "m"));
        var (v, vt) = (Vocabulary.Factor("V", TensorKind.Matrix, 'n', 'k'), Turned("Vt", "n"));
        TestParameter c = new(new("C", TensorKind.Matrix, true, "k", "k"), 'k', 'k');
        var (x, r) = (Vocabulary.Data("X", TensorKind.Matrix, 'm', 'k'), Vocabulary.Data("R", TensorKind.SparseMatrix, 'm', 'n'));
        var (uRows, vColumns) = (new[] { u.Node, Transpose(ut.Node) }, new[] { Transpose(v.Node), vt.Node });
        foreach (var (rows, columns) in uRows.SelectMany(rows => vColumns.Select(columns => (rows, columns))))
        {
            LossNode[] predictions =
            [
                Multiply(rows, columns),
                Multiply(Multiply(rows, c.Node), columns),
                Multiply(Multiply(rows, Transpose(c.Node)), columns),
                Multiply(Hadamard(x.Node, rows), columns),
                Multiply(Hadamard(rows, x.Node), columns),
                Multiply(Hadamard(Hadamard(rows, x.Node), rows), columns),
            ];
            foreach (var prediction in predictions)
            {
                var loss = Sum(Hadamard(Observed(r.Node), Square(Subtract(prediction, r.Node))));
                TestParameter[] parameters = [.. new[] { u, ut, v, vt, c, x, r }.Where(p => Pipeline.Mentions(loss, p.Name))];
                var (isSampled, mistake) = Check(loss, new(parameters, Vocabulary.Sizes[0], seed: 1), parameters);
                Assert.True(isSampled && mistake is null, $"{LossText.Of(loss)}: {mistake ?? "no sum over entries"}");
            }
        }

        static TestParameter Turned(string name, string entity) => new(new(name, TensorKind.Matrix, true, "k", entity), 'k', entity[0]);
    }

    /// <summary>A function of predictions and of something else at the entries of R, and regularizers.</summary>
    private static Gen<LossNode> Losses(int depth)
    {
        LossNode Of(string parameter) => Vocabulary.Parameters.First(p => p.Name == parameter).Node;
        LossNode Product(string left, string right) => Multiply(Of(left), Transpose(Of(right)));
        var prediction = Gen.OneOf<LossNode>(
            Product("U", "V"),
            Add(Add(Product("U", "V"), Of("b")), Add(Of("e"), Of("mu"))),
            Multiply(Multiply(Of("U"), Of("C")), Transpose(Of("V"))),
            Add(Product("P", "V"), Product("U", "V")));
        var other = RandomLoss.OfShape(new('m', 'n'), depth - 1);
        var entries = Gen.Select(prediction, other, Gen.OneOf<Func<LossNode, LossNode, LossNode>>(Add, Subtract, Hadamard), Gen.OneOf("Square", "Tanh", "Softplus", Operators.Negate), (p, x, combine, f) =>
            Sum(Hadamard(Observed(Of("R")), Elementwise(f, combine(p, x)))));
        LossShape[] shapes = [new('m', 'k'), new('n', 'k'), new('k', 'k'), new('m', '1'), new('1', 'n'), LossShape.Scalar];
        var regularizer = Gen.OneOf<LossNode>(
        [
            .. shapes.Select(shape => RandomLoss.OfShape(shape, depth - 1).Select(x => Sum(Square(x)))),
            .. shapes.Select(shape => RandomLoss.OfShape(shape, depth - 1).Select(Sum)),
        ]);
        return Gen.Select(entries, regularizer, regularizer, (e, a, b) => Add(e, Add(a, b)));
    }

    private static (bool IsSampled, string? Mistake) Check(LossNode loss, Point point, IReadOnlyList<TestParameter>? parameters = null)
    {
        var pipeline = new Pipeline(loss, parameters);
        var form = SampledForm.Of(pipeline.Translated, pipeline.Structured);
        if (!form.IsSampled)
        {
            return (false, null);
        }

        var sizes = pipeline.Sizes(point);
        try
        {
            var plan = pipeline.Lower(form);
            if (plan.Samples.Count == 0)
            {
                // No kernel computes some of the data.
                return (false, null);
            }

            var gradients = new PlanInterpreter(plan, point, sizes).Samples(form, plan.Samples);
            var meaning = new ExpressionInterpreter(point, sizes);
            return (true, pipeline.Gradient
                .Select(g => Difference(g.Factor.Name, meaning.Array(g.Value, g.Indices), gradients.TryGetValue(g.Factor.Name, out var sums) ? sums : null))
                .FirstOrDefault(d => d is not null));
        }
        catch (LossException)
        {
            // No kernel computes the gradient of some of the deep ones.
            return (false, null);
        }
    }

    private static string? Difference(string factor, Number[] meaning, (double[] Sum, double[] Magnitude)? samples) => meaning
        .Select((m, place) => (Meaning: m, Sum: samples?.Sum[place] ?? 0, Magnitude: samples?.Magnitude[place] ?? 0))
        .Select(e => !(e.Meaning.Magnitude + e.Magnitude < LargestMagnitude) || Math.Abs(e.Meaning.Value - e.Sum) <= Tolerance * (e.Meaning.Magnitude + e.Magnitude)
            ? null
            : $"in {factor} the samples add up to {e.Sum} and not {e.Meaning.Value}")
        .FirstOrDefault(d => d is not null);
}
