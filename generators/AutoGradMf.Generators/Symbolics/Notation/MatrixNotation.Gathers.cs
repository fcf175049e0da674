using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Model;
using Index = AutoGradMf.Generators.Symbolics.Expressions.Index;

namespace AutoGradMf.Generators.Symbolics.Notation;

/// <summary>Products with index vectors: the rows that one chooses, U[i], and rows that are added to those, scatter(X, i).</summary>
internal abstract partial class MatrixNotation
{
    private readonly Dictionary<Expression, Index?> _rows = new(SameExpression.Instance);

    /// <summary>Rows of a matrix by the numbers in an index vector.</summary>
    protected abstract string Gathered(string matrix, string index);

    /// <summary>A product with the rows of an identity matrix as rows of the other operand: U[i]; null if it is none.</summary>
    private string? WriteGather(Product product, Index? row, Index? column)
    {
        if (product is not { Summed.Count: 1, Operands.Length: 2 }
            || product.Operands.FirstOrDefault(o => o is Leaf { Tensor.IsOneHot: true } leaf && product.Summed.Contains(leaf.Indices[1])) is not Leaf oneHot)
        {
            return null;
        }

        var matrix = product.Operands.First(o => !ReferenceEquals(o, oneHot));
        var (place, other) = (oneHot.Indices[1], row == oneHot.Indices[0] ? column : row);
        var rows = Gathered(Write(matrix, place, other, Indivisible), IndexOf(oneHot));
        return row == oneHot.Indices[0] ? rows : Transposed(rows);
    }

    /// <summary>A product with the transpose of the rows of an identity matrix: rows that are added to those which an index vector chooses; null if it is none.</summary>
    private string? WriteScatter(Product product, Index? row, Index? column)
    {
        if (ScatterOf(product) is not var (oneHot, rows))
        {
            return null;
        }

        var (sample, place) = (oneHot.Indices[0], oneHot.Indices[1]);
        var written = Call("scatter", $"{Write(rows, sample, rows.Free.FirstOrDefault(i => i != sample), 0)}, {Named(IndexOf(oneHot))}");
        return place == row || rows.Free.Count == 1 ? written : Transposed(written);
    }

    /// <summary>The identity matrix of such a product, and the rows that it adds up; null if it is none.</summary>
    private static (Leaf OneHot, Expression Rows)? ScatterOf(Product product)
    {
        if (product.Operands.FirstOrDefault(o => o is Leaf { Tensor.IsOneHot: true } leaf && product.Summed.Contains(leaf.Indices[0]) && product.Free.Contains(leaf.Indices[1])) is not Leaf oneHot)
        {
            return null;
        }

        var (sample, place) = (oneHot.Indices[0], oneHot.Indices[1]);
        var others = product.Operands.Where(o => !ReferenceEquals(o, oneHot)).ToList();
        var rows = Build.Contract([.. others], [.. product.Summed.Except([sample]).Where(i => others.Exists(o => o.Free.Contains(i)))]);
        return !rows.Free.Contains(sample) || rows.Free.Count > 2 || rows.Free.Contains(place) ? null : (oneHot, rows);
    }

    private static string IndexOf(Leaf oneHot) => ((ParameterNode)((CallNode)oneHot.Tensor.Initializer!).Arguments[0]).Name;

    /// <summary>The operands, with the rows that index vectors choose of one of them in place of it and the identity matrix.</summary>
    private static List<Expression> WithGathers(Product product)
    {
        var operands = product.Operands.ToList();
        foreach (var oneHot in product.Operands.OfType<Leaf>().Where(o => o.Tensor.IsOneHot && product.Summed.Contains(o.Indices[1]) && !product.Summed.Contains(o.Indices[0])))
        {
            var chosen = operands.Where(o => !ReferenceEquals(o, oneHot) && o.Free.Contains(oneHot.Indices[1])).ToList();
            if (chosen.Count == 1 && (operands.Count > 2 || product.Summed.Count > 1))
            {
                operands = [.. operands.Where(o => !ReferenceEquals(o, oneHot) && !ReferenceEquals(o, chosen[0])), new Product(1, [oneHot, chosen[0]], [oneHot.Indices[1]])];
            }
        }

        return operands;
    }

    /// <summary>The index that rows chosen by an index vector have in a matrix, which is the row as it was written; null where none are.</summary>
    private Index? RowOf(Expression matrix)
    {
        if (!_rows.TryGetValue(matrix, out var row))
        {
            foreach (var operand in matrix.Operands)
            {
                row = operand is Leaf { Tensor.IsOneHot: true } oneHot ? oneHot.Indices[0] : RowOf(operand);
                if (row is not null && matrix.Free.Contains(row))
                {
                    break;
                }

                row = null;
            }

            _rows[matrix] = row;
        }

        return row;
    }
}
