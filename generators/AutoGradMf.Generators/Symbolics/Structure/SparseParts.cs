using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Model;
using Index = AutoGradMf.Generators.Symbolics.Expressions.Index;

namespace AutoGradMf.Generators.Symbolics.Structure;

/// <summary>
/// The sparse data in a sum, such as Observed(R) ∘ (R − μ) in a filled matrix, as matrices of their own, each with a number before it, which the
/// library's eager methods compute once: so products of a sum with other data are products of sparse matrices, and of what is separable.
/// </summary>
internal sealed class SparseParts
{
    private readonly Index _row;
    private readonly Index _column;
    private readonly List<(Expression Scale, LossNode Matrix)> _matrices = [];

    private SparseParts(Index row, Index column) => (_row, _column) = (row, column);

    /// <summary>The matrices as the language writes them, and what each is multiplied with.</summary>
    public IReadOnlyList<(Expression Scale, LossNode Matrix)> Matrices => _matrices;

    /// <summary>What is left of the sum.</summary>
    public Expression Rest { get; private set; } = Build.Zero;

    /// <summary>The sum, or a single term, in parts; null of what has no sparse data that the language's operators on sparse matrices make.</summary>
    public static SparseParts? Of(Expression sum, Index row, Index column)
    {
        var parts = new SparseParts(row, column);
        parts.Rest = Build.Add(Terms(sum).Where(term => !parts.Takes(term)));
        return parts._matrices.Count > 0 ? parts : null;
    }

    /// <summary>The terms of a sum, and of sums in it that numbers are multiplied with.</summary>
    private static IEnumerable<Expression> Terms(Expression expression) => expression switch
    {
        Addition sum => sum.Operands.SelectMany(Terms),
        Product { Summed.Count: 0 } product when Array.FindAll(product.Operands, o => o.Free.Count > 0) is [Addition sum] =>
            sum.Operands.SelectMany(Terms).Select(term => Build.Multiply(product.Replace(e => ReferenceEquals(e, sum) ? Build.One : null), term)),
        _ => [expression],
    };

    /// <summary>Whether a term is sparse data, which it notes.</summary>
    private bool Takes(Expression term)
    {
        if (term.Support is not { } support || term.DependsOnFactors() || !IndexSet.Of([support.Row, support.Column]).SetEquals([_row, _column]))
        {
            return false;
        }

        var written = MultipliedOut(term).Select(Written).ToList();
        if (!written.TrueForAll(w => w is not null))
        {
            return false;
        }

        written.ForEach(w => Add(w!.Value.Scale, w.Value.Matrix));
        return true;
    }

    /// <summary>Matrices before which there are numbers alone are one.</summary>
    private void Add(Expression scale, LossNode matrix)
    {
        var place = scale is Constant ? _matrices.FindIndex(m => m.Scale is Constant) : -1;
        if (place < 0)
        {
            _matrices.Add((scale, matrix));
            return;
        }

        var (first, sum) = _matrices[place];
        var ratio = ((Constant)scale).Value / ((Constant)first).Value;
        _matrices[place] = (first, Sparse(ratio < 0 ? Operators.Subtract : Operators.Add, sum, Times(Math.Abs(ratio), matrix)));
    }

    private static LossNode Times(double number, LossNode matrix) => number == 1 ? matrix : Sparse(Operators.Multiply, new NumberNode(0, number), matrix);

    private static CallNode Sparse(string function, params LossNode[] arguments) => new(0, TensorKind.SparseMatrix, function, new(arguments));

    /// <summary>The products that a sum, or a product of sums, is the sum of, each as its factors.</summary>
    private static IEnumerable<IReadOnlyList<Expression>> MultipliedOut(Expression expression) => expression switch
    {
        Addition sum => sum.Operands.SelectMany(MultipliedOut),
        Product { Summed.Count: 0 } product => product.Operands.Aggregate(
            (IEnumerable<IReadOnlyList<Expression>>)[[Build.Number(product.Coefficient)]],
            (products, operand) => products.SelectMany(p => MultipliedOut(operand).Select(o => (IReadOnlyList<Expression>)[.. p, .. o]))),
        _ => [[expression]],
    };

    /// <summary>A product as a number and a matrix; null where a factor is neither sparse data, nor of a row, of a column, a number or a product of thin data.</summary>
    private (Expression Scale, LossNode Matrix)? Written(IReadOnlyList<Expression> product)
    {
        var factors = product.ToLookup(f => f.Free.Count == 0);
        var matrices = Factors(Build.Multiply(factors[false])).Select(f => (f.Support, Matrix: Written(f))).OrderBy(f => f.Support is null).ToList();
        return matrices.Exists(m => m.Matrix is null) || matrices[0].Support is null
            ? null
            : (Build.Multiply(factors[true]), matrices.Select(m => m.Matrix!).Aggregate(Times));
    }

    /// <summary>The product with a matrix, a vector, or a product of dense matrices, which is not made but at the entries.</summary>
    private static LossNode Times(LossNode sparse, LossNode other) =>
        other is CallNode { Kind: TensorKind.Matrix, Function: Operators.Multiply, Arguments: [var left, var right] }
            ? Sparse(Operators.TimesProduct, sparse, left, right)
            : Sparse(Operators.Hadamard, sparse, other);

    private static IEnumerable<Expression> Factors(Expression product) =>
        (product is Product { Summed.Count: 0 } p ? p.Operands : [product]).SelectMany(f => f is Power { Exponent: > 1 } power ? Enumerable.Repeat(power.Base, power.Exponent) : [f]);

    private LossNode? Written(Expression factor) => factor is Leaf { Tensor: { Role: TensorRole.Data, Source: null, IsOneHot: false } tensor } leaf
        ? leaf.Indices.Count == 1 ? OfVector(tensor, leaf.Indices[0]) : tensor.Pattern is null ? null : DataProduct.Written(leaf, _row, _column)
        : factor is Product { Summed: { Count: 1 } inner } && inner.First().Dimension.IsLatent && DataProduct.Written(factor, _row, _column) is { Kind: TensorKind.Matrix } product ? product
        : null;

    private LossNode OfVector(Tensor vector, Index index)
    {
        var (kind, other) = vector.IsRowVector ? (TensorKind.RowVector, TensorKind.ColumnVector) : (TensorKind.ColumnVector, TensorKind.RowVector);
        var data = vector.Initializer ?? new ParameterNode(0, kind, vector.Name);
        return index == (vector.IsRowVector ? _column : _row) ? data : new CallNode(0, other, Operators.Transpose, new([data]));
    }
}
