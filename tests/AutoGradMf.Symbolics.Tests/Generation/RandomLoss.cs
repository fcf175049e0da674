using AutoGradMf.Generators.Symbolics.Model;
using AutoGradMf.Symbolics.Tests.Interpretation;
using CsCheck;
using static AutoGradMf.Symbolics.Tests.Generation.Syntax;

namespace AutoGradMf.Symbolics.Tests.Generation;

/// <summary>Random expressions of the loss language over the vocabulary, of a given shape and depth: everything that fits together.</summary>
internal sealed class RandomLoss
{
    private static readonly char[] Sizes = ['m', 'n', 'k'];
    private readonly Dictionary<(LossShape, int), Gen<LossNode>> _known = [];

    /// <summary>Losses of up to that many operators one inside the other.</summary>
    public static Gen<LossNode> OfDepth(int depth) => OfShape(LossShape.Scalar, depth);

    /// <summary>Expressions of a shape.</summary>
    public static Gen<LossNode> OfShape(LossShape shape, int depth) => new RandomLoss().Of(shape, depth);

    private Gen<LossNode> Of(LossShape shape, int depth) =>
        _known.TryGetValue((shape, depth), out var known) ? known : _known[(shape, depth)] = Make(shape, depth);

    private Gen<LossNode> Of(char rows, char columns, int depth) => Of(new LossShape(rows, columns), depth);

    private Gen<LossNode> Make(LossShape shape, int depth)
    {
        var leaves = Leaves(shape).ToArray();
        Gen<LossNode>[] simplest = leaves.Length == 0 ? [Smallest(shape)] : [Gen.OneOf<LossNode>(leaves)];
        if (depth == 0)
        {
            return simplest[0];
        }

        Gen<LossNode>[] common = [.. simplest, .. Elementwise(shape, depth - 1)];
        return Gen.OneOf<LossNode>(shape switch
        {
            { IsMatrix: true } => [.. common, .. Matrix(shape, depth - 1)],
            { IsColumn: true } => [.. common, .. Column(shape, depth - 1)],
            { IsRow: true } => [.. common, .. Row(shape, depth - 1)],
            _ => [.. Scalar(depth - 1), .. Scalar(depth - 1), .. common],
        });
    }

    private static IEnumerable<LossNode> Leaves(LossShape shape)
    {
        foreach (var parameter in Vocabulary.Parameters)
        {
            if (parameter.Rows == shape.Rows && parameter.Columns == shape.Columns)
            {
                yield return parameter.Node;
            }
            else if (parameter.Rows == shape.Columns && parameter.Columns == shape.Rows)
            {
                yield return Transpose(parameter.Node);
            }

            if (shape == LossShape.Scalar && parameter.Name == "mu")
            {
                yield return Number(2);
                yield return Number(-0.5);
                yield return Number(0);
            }
        }
    }

    /// <summary>An expression of a shape that no parameter has.</summary>
    private static Gen<LossNode> Smallest(LossShape shape)
    {
        var (u, v) = (Of("U"), Of("V"));
        return Gen.Const((shape.Rows, shape.Columns) switch
        {
            ('k', '1') => Transpose(ByColumn("ColumnSums", u)),
            ('1', 'k') => ByColumn("ColumnSums", v),
            ('n', 'n') => Multiply(v, Transpose(v)),
            _ => throw new ArgumentException($"{shape} has a parameter."),
        });
    }

    private static ParameterNode Of(string parameter) => Vocabulary.Parameters.First(p => p.Name == parameter).Node;

    private IEnumerable<Gen<LossNode>> Elementwise(LossShape shape, int depth)
    {
        var x = Of(shape, depth);
        var scalar = Of(LossShape.Scalar, depth);
        yield return Gen.Select(x, x, Add);
        yield return Gen.Select(x, x, Subtract);
        yield return Gen.Select(x, x, shape == LossShape.Scalar ? (Func<LossNode, LossNode, LossNode>)Scale : Hadamard);
        yield return Gen.Select(x, scalar, Scale);
        yield return Gen.Select(scalar, x, Scale);
        yield return Gen.Select(x, scalar, Add);
        yield return x.Select(Square);
        yield return x.Select(Square);
        yield return x.Select(Negate);
        yield return Gen.Select(x, x, (a, b) => Divide(a, Add(Square(b), Number(1))));
        yield return x.Select(a => Syntax.Elementwise("Reciprocal", Add(Number(1.5), Square(a))));
        yield return Gen.Select(Gen.OneOf("Tanh", "Sigmoid", "Softplus"), x, (f, a) => Syntax.Elementwise(f, a));
    }

    private IEnumerable<Gen<LossNode>> Matrix(LossShape shape, int depth)
    {
        var (x, column, row) = (Of(shape, depth), Of(shape.Rows, '1', depth), Of('1', shape.Columns, depth));
        yield return Gen.OneOf<LossNode>([.. Sizes.Select(inner => Gen.Select(Of(shape.Rows, inner, depth), Of(inner, shape.Columns, depth), Multiply))]);
        yield return Gen.Select(Of(shape.Rows, 'k', depth), Of('k', shape.Columns, depth), Multiply);
        yield return Of(shape.T, depth).Select(Transpose);
        yield return Gen.Select(x, column, Add);
        yield return Gen.Select(x, row, Add);
        yield return Gen.Select(column, row, Add);
        yield return Gen.Select(column, row, Multiply);
        yield return Gen.Select(x, column, Hadamard);
        yield return Gen.Select(row, x, Hadamard);
        if (shape == new LossShape('m', 'n'))
        {
            var sparse = Gen.OneOf<LossNode>(Of("R"), Of("Z"));
            yield return sparse.Select(Observed);
            yield return Gen.Select(sparse, x, (r, a) => Hadamard(Observed(r), a));
            yield return Gen.Select(sparse, x, (r, a) => Hadamard(r, a));
            yield return Gen.Select(sparse, row, FillMissing);
            yield return Gen.Select(sparse, column, FillMissing);
            yield return Gen.Select(sparse, Of(LossShape.Scalar, depth), FillMissing);
        }
    }

    private IEnumerable<Gen<LossNode>> Column(LossShape shape, int depth)
    {
        foreach (var columns in Sizes)
        {
            var x = Of(shape.Rows, columns, depth);
            yield return x.Select(a => ByRow("RowSums", a));
            yield return Gen.Select(x, x, (a, b) => ByRow("RowDots", a, b));
            yield return Gen.Select(x, Of(columns, '1', depth), Multiply);
        }

        yield return Of(shape.T, depth).Select(Transpose);
        if (shape.Rows == 'm')
        {
            yield return Gen.OneOf<LossNode>(Of("R"), Of("Z"), Of("D")).Select(r => ByRow("RowMeans", r));
        }
    }

    private IEnumerable<Gen<LossNode>> Row(LossShape shape, int depth)
    {
        foreach (var rows in Sizes)
        {
            var x = Of(rows, shape.Columns, depth);
            yield return x.Select(a => ByColumn("ColumnSums", a));
            yield return Gen.Select(Of('1', rows, depth), x, Multiply);
        }

        yield return Of(shape.T, depth).Select(Transpose);
        if (shape.Columns == 'n')
        {
            yield return Gen.OneOf<LossNode>(Of("R"), Of("Z"), Of("D")).Select(r => ByColumn("ColumnMeans", r));
        }
    }

    private IEnumerable<Gen<LossNode>> Scalar(int depth)
    {
        var shapes = from rows in Sizes from columns in (char[])['1', .. Sizes] select new LossShape(rows, columns);
        foreach (var shape in shapes.Append(new('m', 'n')).Append(new('m', 'n')).Append(new('m', 'n')))
        {
            var x = Of(shape, depth);
            yield return Gen.OneOf<LossNode>(
                x.Select(Sum),
                x.Select(a => Sum(Square(a))),
                x.Select(a => Total("Mean", a)),
                Gen.Select(x, x, (a, b) => Total("Dot", a, b)));
        }

        yield return Gen.OneOf<LossNode>(Of("R"), Of("Z"), Of("D")).Select(r => Total("ObservedMean", r));
    }
}
