using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Model;
using Index = AutoGradMf.Generators.Symbolics.Expressions.Index;

namespace AutoGradMf.Generators.Symbolics.Structure;

/// <summary>A product of matrices of data as data of its own, which the library's eager methods compute once.</summary>
internal static class DataProduct
{
    /// <summary>Data as a matrix with this row and this column; null if it is none, and no product of matrices of data.</summary>
    public static Leaf? Of(Expression expression, Index row, Index column)
    {
        if (expression is Leaf { Tensor: { Role: TensorRole.Data, IsIndicator: false, IsIdentity: false } } leaf && leaf.Indices.SequenceEqual([row, column]))
        {
            return leaf;
        }

        if (Written(expression, row, column) is not { } data)
        {
            return null;
        }

        var name = LossText.Of(data);
        return new(new Tensor(name, TensorRole.Data, new([row.Dimension, column.Dimension]), data.Kind == TensorKind.SparseMatrix ? name : null, Initializer: data), [row, column]);
    }

    /// <summary>The two matrices of a product, in order, where one of them is sparse and the other dense; null for any other expression.</summary>
    public static (Leaf Left, Leaf Right)? SparseAndDense(Product product, Index row, Index column) =>
        Factors(product, row) is var (first, inner, second) && Of(first, row, inner) is { } left && Of(second, inner, column) is { } right
            && left.Tensor.Pattern is null != right.Tensor.Pattern is null
                ? (left, right)
                : null;

    /// <summary>The two matrices of a product, the one with the row first, and the index that is summed over; null for any other expression.</summary>
    private static (Expression First, Index Inner, Expression Second)? Factors(Expression expression, Index row) =>
        expression is not Product { Coefficient: 1, Summed.Count: 1, Operands: [var one, var other] } product ? null
        : one.Free.Contains(row) ? (one, product.Summed.First(), other)
        : (other, product.Summed.First(), one);

    /// <summary>Whether it is a product of a dense matrix of data with a thin one.</summary>
    public static bool IsOfDense(Product product) => product is { Summed.Count: 1, Operands: [var one, var other] } && Expansion.IsWide(one) != Expansion.IsWide(other)
        && (Expansion.IsWide(one) ? one : other) is Leaf { Tensor: { Role: TensorRole.Data, Pattern: null, IsIdentity: false } };

    /// <summary>Whether it is sparse data.</summary>
    public static bool IsSparse(Expression expression) => expression is Leaf { Tensor: { Pattern: not null, IsOneHot: false, Role: TensorRole.Data } };

    /// <summary>The product of two sparse matrices, which is sparse, as data; any other expression as it is.</summary>
    public static Expression OfSparse(Expression expression) =>
        expression is Product { Summed.Count: 1, Free.Count: 2 } product && product.Operands.Length == 2 && product.Operands.All(IsSparse)
            && Of(product, product.Free.First(), product.Free.Last()) is { } data
                ? data
                : expression;

    /// <summary>Data as the language writes it, with these indices; null if that has no operators for it.</summary>
    public static LossNode? Written(Expression expression, Index row, Index column)
    {
        if (Factors(expression, row) is var (first, inner, second))
        {
            return Written(first, row, inner) is { } left && Written(second, inner, column) is { } right
                ? new CallNode(0, left.Kind == right.Kind ? left.Kind : TensorKind.Matrix, Operators.Multiply, new([left, right]))
                : null;
        }

        if (expression is not Leaf { Indices.Count: 2, Tensor: { Role: TensorRole.Data, IsIdentity: false, Source: null } tensor } leaf)
        {
            return null;
        }

        var kind = tensor.Pattern is null ? TensorKind.Matrix : TensorKind.SparseMatrix;
        var data = tensor.Initializer ?? new ParameterNode(0, kind, tensor.Pattern ?? tensor.Name);
        data = tensor.IsIndicator ? new CallNode(0, kind, "Observed", new([data])) : data;
        return leaf.Indices[0] == row && leaf.Indices[1] == column ? data
            : leaf.Indices[0] == column && leaf.Indices[1] == row ? new CallNode(0, kind, Operators.Transpose, new([data]))
            : null;
    }
}
