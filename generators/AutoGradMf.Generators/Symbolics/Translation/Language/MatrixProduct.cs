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

        if (IsAsLargeAsData(left, right, translator) && EagerValue.IsOfData(call, translator))
        {
            return EagerValue.Of(call, left.Row, right.Column);
        }

        return Contracted(left, right);
    }

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
