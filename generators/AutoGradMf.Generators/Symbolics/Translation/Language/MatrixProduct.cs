using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Model;
using AutoGradMf.Generators.Symbolics.Structure;

namespace AutoGradMf.Generators.Symbolics.Translation.Language;

/// <summary><c>*</c>: the matrix product, of matrices and vectors; scaling where one side is a number.</summary>
internal sealed class MatrixProduct : LanguageFunction
{
    public override Shape Infer(CallNode call, IReadOnlyList<Shape> arguments, ShapeInference inference)
    {
        var (left, right) = (arguments[0], arguments[1]);
        if (left == Shape.Scalar || right == Shape.Scalar)
        {
            return left == Shape.Scalar ? right : left;
        }

        return inference.Unify(
            call, "inner dimensions differ", left.Columns, right.Rows, (call.Arguments[0], left), (call.Arguments[1], right))
            ? new(left.Rows, right.Columns)
            : new(left.Rows is null ? null : new(SizeKind.Unknown), right.Columns is null ? null : new(SizeKind.Unknown));
    }

    public override bool IsElementwise(CallNode call) => call.Arguments.Any(a => a.Kind == TensorKind.Scalar);

    public override Indexed Translate(CallNode call, IReadOnlyList<Indexed> arguments, Translator translator)
    {
        var (left, right) = (arguments[0], arguments[1]);
        if (IsElementwise(call))
        {
            return Broadcast.Combine(arguments, Build.Multiply);
        }

        if (call.Kind == TensorKind.SparseMatrix)
        {
            return EagerValue.IsOfData(call, translator) ? EagerValue.Of(call, left.Row, right.Column, left.Column) : throw Changing(call);
        }

        if (IsSparseProduct(call.Arguments[0]) || IsSparseProduct(call.Arguments[1]))
        {
            return IsSparseProduct(call.Arguments[0]) ? Before(call.Arguments[0], right, translator) : Behind(left, call.Arguments[1], translator);
        }

        if (OfParts(call, left, right, translator) is { } sum)
        {
            return sum;
        }

        if (IsAsLargeAsData(left, right, translator) && EagerValue.IsOfData(call, translator))
        {
            return EagerValue.Of(call, left.Row, right.Column);
        }

        return Contracted(left, right);
    }

    /// <summary>
    /// The product of data with a sum that has sparse data in it, L (S + 1 μ'), term by term; null of others. Where both sides are sparse, it is a product that is
    /// taken apart, or computed once.
    /// </summary>
    private static Indexed? OfParts(CallNode call, Indexed left, Indexed right, Translator translator)
    {
        var (before, behind) = (PartsOf(call.Arguments[0], left, translator), PartsOf(call.Arguments[1], right, translator));
        return before is null || behind is null || before.Count + behind.Count == 2 ? null : new(
            Build.Add(before.SelectMany(l => behind.Select(r => Product(call, l, r, translator).AlignedTo(new(Build.One, left.Row, right.Column)).Value))),
            left.Row,
            right.Column);
    }

    /// <summary>A matrix of data as one part, and a sum with sparse data as that, and the rest of it; null of others.</summary>
    private static List<Part>? PartsOf(LossNode node, Indexed value, Translator translator)
    {
        if (value is not { Row: { } row, Column: { } column })
        {
            return null;
        }

        if (node.Kind == TensorKind.SparseMatrix && EagerValue.IsOfData(node, translator))
        {
            return [new(Build.One, node, value)];
        }

        if (SparseParts.Of(value.Value, row, column) is not { } parts)
        {
            return value.Value is Leaf { Tensor.Role: TensorRole.Data } ? [new(Build.One, null, value)] : null;
        }

        List<Part> all = [.. parts.Matrices.Select(m => new Part(m.Scale, m.Matrix, EagerValue.OfMatrix(m.Matrix, row, column)))];
        return parts.Rest is Constant { Value: 0 } ? all : [.. all, new(Build.One, null, value with { Value = parts.Rest })];
    }

    private static Indexed Product(CallNode call, Part left, Part right, Translator translator)
    {
        var product = (left.Sparse, right.Sparse) switch
        {
            ({ } one, { } other) => EagerValue.Of(
                new CallNode(call.Node, TensorKind.SparseMatrix, Operators.Multiply, new([one, other])), left.Value.Row, right.Value.Column, left.Value.Column),
            ({ } sparse, null) when IsSparseProduct(sparse) => Before(sparse, right.Value, translator),
            (null, { } sparse) when IsSparseProduct(sparse) => Behind(left.Value, sparse, translator),
            _ => Contracted(left.Value, right.Value),
        };
        return product with { Value = Build.Multiply(left.Scale, right.Scale, product.Value) };
    }

    /// <summary>A term of an operand: a number, and sparse data that it is multiplied with, or anything else.</summary>
    private sealed record Part(Expression Scale, LossNode? Sparse, Indexed Value);

    private static Indexed Contracted(Indexed left, Indexed right) => left.Column is { } inner && right.Row is { } other
        ? new(Build.Contract(EmptyLines.Filled([left.Value, right.Value.Rename(other, inner)]), [inner]), left.Row, right.Column)
        : new(Build.Multiply(left.Value, right.Value), left.Row, right.Column);

    /// <summary>Whether it is a product of two sparse matrices, as a whole or transposed.</summary>
    private static bool IsSparseProduct(LossNode node) => node is CallNode { Kind: TensorKind.SparseMatrix } call && call.Function switch
    {
        Operators.Transpose => IsSparseProduct(call.Arguments[0]),
        Operators.Multiply => call.Arguments.All(a => a.Kind == TensorKind.SparseMatrix),
        _ => false,
    };

    /// <summary>(S T) V as S (T V): their product may have far more entries than both.</summary>
    private static Indexed Before(LossNode sparse, Indexed right, Translator translator)
    {
        var (first, second) = Links(sparse);
        Indexed Multiply(LossNode link, Indexed with) => IsSparseProduct(link) ? Before(link, with, translator) : Contracted(translator.Apart(translator.Translate(link)), with);
        return Multiply(first, Multiply(second, right));
    }

    /// <summary>V (S T) as (V S) T.</summary>
    private static Indexed Behind(Indexed left, LossNode sparse, Translator translator)
    {
        var (first, second) = Links(sparse);
        Indexed Multiply(Indexed with, LossNode link) => IsSparseProduct(link) ? Behind(with, link, translator) : Contracted(with, translator.Apart(translator.Translate(link)));
        return Multiply(Multiply(left, first), second);
    }

    /// <summary>The two operands of a product, which a transposition exchanges.</summary>
    private static (LossNode First, LossNode Second) Links(LossNode product)
    {
        static LossNode Transposed(LossNode node) => new CallNode(node.Node, node.Kind, Operators.Transpose, new([node]));
        if (product is CallNode { Function: Operators.Transpose } transposed)
        {
            var (first, second) = Links(transposed.Arguments[0]);
            return (Transposed(second), Transposed(first));
        }

        var arguments = ((CallNode)product).Arguments;
        return (arguments[0], arguments[1]);
    }

    private static LossException Changing(CallNode call) => new(new Problem(RuleNames.UnsupportedConstruct, call.Node, new(
        [LossText.Brief(call), "the product of two sparse matrices is computed once from data, and one of these changes with a factor or hyperparameter; multiply it with a dense matrix first, S * (T * V)"])));

    /// <summary>
    /// Whether the product has an element for each pair of two entities, and a dense matrix of the loss has, too. A smaller one is
    /// left to be contracted, a larger one is never held.
    /// </summary>
    private static bool IsAsLargeAsData(Indexed left, Indexed right, Translator translator) =>
        left.Row is { Dimension: { IsLatent: false } rows } && right.Column is { Dimension: { IsLatent: false } columns }
        && translator.HasDenseData(rows, columns);
}
