using System.Numerics;

namespace AutoGradMf.Kernels;

/// <summary>The solution of <see cref="Cholesky"/>, eight numbers at a time.</summary>
/// <param name="factor">R.</param>
/// <param name="y">The right side, padded to the stride with zeros; replaced by the solution.</param>
/// <param name="k">The size.</param>
/// <param name="stride">Of the rows of R.</param>
internal readonly unsafe struct CholeskySolution<TElement>(TElement* factor, TElement* y, int k, nint stride) : IRegisterWork<TElement>
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    /// <inheritdoc/>
    public void Run<TRegister>()
        where TRegister : unmanaged, IRegister<TRegister, TElement>
    {
        for (var a = 0; a < k; a += ProductTile.Rows)
        {
            SubstituteForward<TRegister>(factor + (a * stride), a, Math.Min(ProductTile.Rows, k - a));
        }

        for (var a = (k - 1) / ProductTile.Rows * ProductTile.Rows; a >= 0; a -= ProductTile.Rows)
        {
            SubstituteBackward<TRegister>(factor + (a * stride), a, Math.Min(ProductTile.Rows, k - a));
        }
    }

    /// <summary>The numbers a and after of Rᵀy = y, and what they take from those after them.</summary>
    private void SubstituteForward<TRegister>(TElement* rows, int a, int count)
        where TRegister : unmanaged, IRegister<TRegister, TElement>
    {
        // From the last one on, since none reads those after it.
        for (var r = count - 1; r >= 0; r--)
        {
            TElement* inverse = rows + (r * stride) + a, numbers = y + a;
            var value = inverse[r] * numbers[r];
            for (var t = 0; t < r; t++)
            {
                value = TElement.MultiplyAddEstimate(inverse[t], numbers[t], value);
            }

            numbers[r] = value;
        }

        for (var j = (nint)a + ProductTile.Rows; j < stride; j += TRegister.Count)
        {
            var sum = TRegister.Load(y + j);
            for (var r = 0; r < count; r++)
            {
                sum = TRegister.MultiplyAdd(TRegister.All(-y[a + r]), TRegister.Load(rows + (r * stride) + j), sum);
            }

            TRegister.Store(sum, y + j);
        }
    }

    /// <summary>The numbers a and after of R y = y, of which those after them are known.</summary>
    private void SubstituteBackward<TRegister>(TElement* rows, int a, int count)
        where TRegister : unmanaged, IRegister<TRegister, TElement>
    {
        var left = stackalloc TElement[ProductTile.Rows];
        for (var r = 0; r < count; r++)
        {
            var sum = default(TRegister);
            for (var j = (nint)a + ProductTile.Rows; j < stride; j += TRegister.Count)
            {
                sum = TRegister.MultiplyAdd(TRegister.Load(rows + (r * stride) + j), TRegister.Load(y + j), sum);
            }

            left[r] = y[a + r] - TRegister.Sum(sum);
        }

        for (var t = 0; t < ProductTile.Rows; t += TRegister.Count)
        {
            var sum = default(TRegister);
            for (var r = 0; r < count; r++)
            {
                sum = TRegister.MultiplyAdd(TRegister.All(left[r]), TRegister.Load(rows + (r * stride) + a + t), sum);
            }

            TRegister.Store(sum, y + a + t);
        }
    }
}
