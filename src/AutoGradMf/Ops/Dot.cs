using System.Numerics;

namespace AutoGradMf;

public static partial class LossMath
{
    /// <summary>Σ x[i, j] · y[i, j] over all m × n elements, in double.</summary>
    /// <exception cref="ArgumentException">The operands are of different sizes.</exception>
    public static double Dot<TElement>(Matrix<TElement> x, Matrix<TElement> y)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        TensorShape.RequireSame(nameof(Dot), x.Shape, y.Shape);
        return Reduction.Dot<TElement>(x.Span, y.Span);
    }

    /// <summary>Σ x[i] · y[i], in double.</summary>
    /// <exception cref="ArgumentException">The operands are of different sizes.</exception>
    public static double Dot<TElement>(ColumnVector<TElement> x, ColumnVector<TElement> y)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        TensorShape.RequireSame(nameof(Dot), x.Shape, y.Shape);
        return Reduction.Dot<TElement>(x.Span, y.Span);
    }

    /// <summary>Σ x[j] · y[j], in double.</summary>
    /// <exception cref="ArgumentException">The operands are of different sizes.</exception>
    public static double Dot<TElement>(RowVector<TElement> x, RowVector<TElement> y)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        TensorShape.RequireSame(nameof(Dot), x.Shape, y.Shape);
        return Reduction.Dot<TElement>(x.Span, y.Span);
    }

    /// <summary>Σ x[i, j] · y[i, j] over the entries that both store, in double.</summary>
    /// <exception cref="ArgumentException">The operands are of different sizes.</exception>
    public static double Dot<TElement>(SparseMatrix<TElement> x, SparseMatrix<TElement> y)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        TensorShape.RequireSame(nameof(Dot), x.Shape, y.Shape);
        return SumOfProducts(x, SparsePattern.Intersect(x.Pattern, y.Pattern), (i, j) => y[i, j]);
    }

    /// <summary>Σ x[i, j] · y[i, j] over the stored entries, in double.</summary>
    /// <exception cref="ArgumentException">The operands are of different sizes.</exception>
    public static double Dot<TElement>(SparseMatrix<TElement> x, Matrix<TElement> y)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        TensorShape.RequireSame(nameof(Dot), x.Shape, y.Shape);
        return SumOfProducts(x, x.Pattern, (i, j) => y[i, j]);
    }

    /// <summary>Σ x[i, j] · y[i, j] over the stored entries, in double.</summary>
    /// <exception cref="ArgumentException">The operands are of different sizes.</exception>
    public static double Dot<TElement>(Matrix<TElement> x, SparseMatrix<TElement> y)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        TensorShape.RequireSame(nameof(Dot), x.Shape, y.Shape);
        return SumOfProducts(y, y.Pattern, (i, j) => x[i, j]);
    }

    private static double SumOfProducts<TElement>(SparseMatrix<TElement> x, SparsePattern over, Func<int, int, TElement> y)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var sum = 0.0;
        foreach (var (i, j, _) in over.Entries)
        {
            sum += double.CreateTruncating(x[i, j]) * double.CreateTruncating(y(i, j));
        }

        return sum;
    }
}
