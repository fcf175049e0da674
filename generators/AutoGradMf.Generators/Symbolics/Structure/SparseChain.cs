using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Model;
using Index = AutoGradMf.Generators.Symbolics.Expressions.Index;

namespace AutoGradMf.Generators.Symbolics.Structure;

/// <summary>
/// The product of two sparse matrices of data, A B', which may have an entry for each pair. Summed over all pairs it is a chain of matrices:
/// Σ (U V') ∘ (A B') is Σ (A' U) ∘ (B' V), and makes no pairs. Where other sparse data is stored, its elements are computed at those entries alone.
/// </summary>
internal static class SparseChain
{
    /// <summary>Whether it is such a product.</summary>
    public static bool Is(Tensor tensor) => tensor is { Inner: not null, IsIndicator: false };

    private static bool Is(Expression expression) => expression is Leaf leaf && Is(leaf.Tensor);

    /// <summary>The two matrices of such a product.</summary>
    public static (Tensor Left, Tensor Right) Links(Tensor product)
    {
        var (arguments, rows, columns) = (((CallNode)product.Initializer!).Arguments, product.Dimensions[0], product.Dimensions[1]);
        return (Sparse(arguments[0], rows, product.Inner!), Sparse(arguments[1], product.Inner!, columns));
    }

    /// <summary>The sum of a term in which such products are the only sparse data; null if it is none, or no sum of matrix products.</summary>
    public static Expression? Summed(IReadOnlyList<Expression> term, IndexSet summed)
    {
        if (Support.OfProduct(term) is null)
        {
            return null;
        }

        var opened = term.Select(o => o.Replace(Opened)).ToList();
        if (Support.OfProduct(opened) is not null || Expansion.Terms(opened) is not { } parts || !parts.All(p => StructureStage.IsSeparable(p, isChained: true)))
        {
            return null;
        }

        var sums = parts.Select(Expansion.Flatten).ToList();
        return sums.Exists(s => s.Operands.Count(Expansion.IsWide) > 2)
            ? Dot(term, summed)
            : Build.Add(sums.Select(s => Build.Contract(s.Operands, summed.Union(s.Summed))));
    }

    /// <summary>
    /// The operands of a sum over the entries that such products and other sparse data have in common, with the products read at those of the
    /// other data; as they are where zeros annihilate more than finite numbers.
    /// </summary>
    public static IReadOnlyList<Expression> AtEntries(IReadOnlyList<Expression> operands)
    {
        var whole = Build.Multiply(operands);
        if (whole.Support is not { Patterns.Count: > 1 } support || !StructuralZeros.IsFinite(whole)
            || support.Indicators(whole).FirstOrDefault(i => i.Tensor.Inner is null)?.Tensor is not { } other)
        {
            return operands;
        }

        return [.. operands.Select(o => o.Replace(e => e is Leaf leaf && Is(leaf) && leaf.Indices.SequenceEqual([support.Row, support.Column])
            ? new Leaf(PartialPatterns.Part(leaf.Tensor, other), leaf.Indices)
            : null))];
    }

    /// <summary>
    /// The sum of two such products, weighted by row and by column at most, which the library computes once; null if a term is none. Whether A B' or A' A takes less
    /// is known of the data alone.
    /// </summary>
    private static Expression? Dot(IReadOnlyList<Expression> term, IndexSet summed)
    {
        var factors = term.SelectMany(Factors).ToList();
        if (factors.Where(Is).Cast<Leaf>().ToList() is not [var one, var other] || !one.Free.SetEquals(summed) || !other.Free.SetEquals(summed) || summed.Count != 2)
        {
            return null;
        }

        var (left, right) = Operands(one, one.Indices[0]);
        var (otherLeft, otherRight) = Operands(other, one.Indices[0]);
        foreach (var weight in factors.Where(f => f.Free.Count > 0 && !Is(f)))
        {
            if (weight is not Leaf { Indices.Count: 1, Tensor: { Role: TensorRole.Data, Pattern: null } vector })
            {
                return null;
            }

            if (weight.Free.Contains(one.Indices[0]))
            {
                left = Weighted(left, vector, isOfRows: true);
            }
            else
            {
                right = Weighted(right, vector, isOfRows: false);
            }
        }

        static LossNode Product(LossNode first, LossNode second) => new CallNode(0, TensorKind.SparseMatrix, Operators.Multiply, new([first, second]));
        var name = LossText.Of(new CallNode(0, TensorKind.Scalar, "Dot", new([Product(left, right), Product(otherLeft, otherRight)])));
        var dot = new Tensor(name, TensorRole.Data, default, Initializer: new CallNode(0, TensorKind.Scalar, Operators.ProductDot, new([left, right, otherLeft, otherRight])));
        return Build.Multiply([new Leaf(dot, []), .. factors.Where(f => f.Free.Count == 0)]);
    }

    private static IEnumerable<Expression> Factors(Expression operand) => operand switch
    {
        Product { Summed.Count: 0 } product => product.Operands.SelectMany(Factors).Prepend(Build.Number(product.Coefficient)),
        Power { Exponent: 2 } square when Is(square.Base) => [square.Base, square.Base],
        _ => [operand],
    };

    /// <summary>The matrices of a product as the language writes them, those of its transpose where the rows are its columns.</summary>
    private static (LossNode Left, LossNode Right) Operands(Leaf product, Index row)
    {
        var arguments = ((CallNode)product.Tensor.Initializer!).Arguments;
        return product.Indices[0] == row ? (arguments[0], arguments[1]) : (Transposed(arguments[1]), Transposed(arguments[0]));
    }

    private static CallNode Weighted(LossNode matrix, Tensor vector, bool isOfRows)
    {
        var kind = vector.IsRowVector ? TensorKind.RowVector : TensorKind.ColumnVector;
        var weights = vector.Initializer ?? new ParameterNode(0, kind, vector.Name);
        return new CallNode(0, TensorKind.SparseMatrix, Operators.Hadamard, new([matrix, vector.IsRowVector == isOfRows ? Transposed(weights) : weights]));
    }

    private static CallNode Transposed(LossNode node) => new(0, node.Kind switch
    {
        TensorKind.RowVector => TensorKind.ColumnVector,
        TensorKind.ColumnVector => TensorKind.RowVector,
        var kind => kind,
    }, Operators.Transpose, new([node]));

    /// <summary>Such a product as a sum over what its matrices have in common; null for any other expression.</summary>
    private static Expression? Opened(Expression expression)
    {
        if (expression is not Leaf product || !Is(product.Tensor))
        {
            return null;
        }

        var (arguments, inner) = (((CallNode)product.Tensor.Initializer!).Arguments, new Index(product.Tensor.Inner!));
        return Build.Contract([Link(arguments[0], product.Indices[0], inner), Link(arguments[1], inner, product.Indices[1])], [inner]);
    }

    private static Leaf Link(LossNode matrix, Index row, Index column) => matrix is CallNode { Function: Operators.Transpose } transposed
        ? Link(transposed.Arguments[0], column, row)
        : new(Sparse(matrix, row.Dimension, column.Dimension), [row, column]);

    private static Tensor Sparse(LossNode matrix, Dimension rows, Dimension columns)
    {
        var name = LossText.Of(matrix);
        return new(name, TensorRole.Data, new([rows, columns]), name, Initializer: matrix is ParameterNode ? null : matrix);
    }
}
