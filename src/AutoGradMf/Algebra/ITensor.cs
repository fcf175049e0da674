namespace AutoGradMf;

/// <summary>What every elementwise function of <see cref="LossMath"/> can be taken of: a matrix, sparse or not, or a vector.</summary>
/// <typeparam name="TSelf">The tensor type itself.</typeparam>
public interface ITensor<TSelf>
    where TSelf : ITensor<TSelf>
{
    /// <summary>
    /// <paramref name="f"/> of each element, computed in double and rounded once. Of a sparse matrix, the stored elements alone:
    /// right where f(0) = 0.
    /// </summary>
    TSelf Map(Func<double, double> f);

    /// <summary>
    /// <paramref name="f"/> of each pair of elements of two tensors of one size, computed in double and rounded once. Of sparse matrices,
    /// the entries stored in either, the other being zero: right where f(0, 0) = 0.
    /// </summary>
    /// <exception cref="ArgumentException">The tensors are of different sizes.</exception>
    TSelf Map(TSelf other, Func<double, double, double> f);
}
