using System.Numerics;

namespace AutoGradMf.Kernels;

/// <summary>The factorization of <see cref="Cholesky"/>, eight rows at a time.</summary>
/// <param name="square">The matrix, replaced by R.</param>
/// <param name="k">Its size.</param>
/// <param name="stride">Of its rows.</param>
internal unsafe struct CholeskyFactorization<TElement>(TElement* square, int k, nint stride) : IRegisterWork<TElement>
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    /// <summary>Whether the matrix is, beyond rounding.</summary>
    public bool IsPositiveDefinite { get; private set; }

    /// <inheritdoc/>
    public void Run<TRegister>()
        where TRegister : unmanaged, IRegister<TRegister, TElement>
    {
        var rounding = TElement.CreateTruncating(k) * (TElement.BitIncrement(TElement.One) - TElement.One);
        IsPositiveDefinite = true;
        for (var a = 0; a < k && IsPositiveDefinite; a += ProductTile.Rows)
        {
            IsPositiveDefinite = TryFactorRows<TRegister>(a, Math.Min(ProductTile.Rows, k - a), rounding);
        }
    }

    /// <summary>Rows a and after of R. They hold what is left of the matrix, negative, so that what the rows above take from it is added.</summary>
    private readonly bool TryFactorRows<TRegister>(int a, int count, TElement rounding)
        where TRegister : unmanaged, IRegister<TRegister, TElement>
    {
        var least = stackalloc TElement[ProductTile.Rows];
        var inverse = stackalloc TElement[ProductTile.Rows * ProductTile.Rows];
        TElement* rows = square + (a * stride), block = rows + a;
        for (var r = 0; r < count; r++)
        {
            least[r] = rounding * block[(r * stride) + r];
            Negate<TRegister>(block + (r * stride), (int)stride - a);
        }

        RankUpdate.AddTileRow(square + a, (int)stride, square, a, square, (int)stride, a);
        if (!TryInvert<TRegister>(block, count, least, inverse))
        {
            return false;
        }

        // From the widest register on, which may begin within the block.
        var width = RegisterChoice.WidestCount<TElement>();
        var b = (a + ProductTile.Rows) / width * width;
        ProductTile.Multiply(inverse, 1, ProductTile.Rows, rows + b, stride, count, rows + b, stride, (int)stride - b, isAdding: false);
        for (var r = 0; r < count; r++)
        {
            Negate<TRegister>(inverse + (r * ProductTile.Rows), ProductTile.Rows);
            new Span<TElement>(inverse + (r * ProductTile.Rows), ProductTile.Rows).CopyTo(new(block + (r * stride), ProductTile.Rows));
        }

        return true;
    }

    /// <summary>Of the block −A, where A = RᵀR, finds −R⁻ᵀ. The pivots are those of LDLᵀ, since a division is shorter than it and a root; R⁻ᵀ = D^(−½) L⁻¹.</summary>
    private readonly bool TryInvert<TRegister>(TElement* block, int count, TElement* least, TElement* inverse)
        where TRegister : unmanaged, IRegister<TRegister, TElement>
    {
        for (var q = 0; q < count; q++)
        {
            TElement* above = block + (q * stride), aboveInverse = inverse + (q * ProductTile.Rows);
            var pivot = -above[q];
            var reciprocal = TElement.One / pivot;
            if (!(pivot > least[q]) || !TElement.IsFinite(reciprocal))
            {
                return false;
            }

            aboveInverse[q] = TElement.One;
            for (var r = q + 1; r < count; r++)
            {
                var factor = TRegister.All(above[r] * reciprocal);
                AddProduct(factor, above, block + (r * stride));
                AddProduct(factor, aboveInverse, inverse + (r * ProductTile.Rows));
            }

            var root = TRegister.All(-TElement.Sqrt(reciprocal));
            for (var t = 0; t < ProductTile.Rows; t += TRegister.Count)
            {
                TRegister.Store(root * TRegister.Load(aboveInverse + t), aboveInverse + t);
            }
        }

        return true;
    }

    private static void AddProduct<TRegister>(TRegister factor, TElement* row, TElement* into)
        where TRegister : unmanaged, IRegister<TRegister, TElement>
    {
        for (var s = 0; s < ProductTile.Rows; s += TRegister.Count)
        {
            TRegister.Store(TRegister.MultiplyAdd(factor, TRegister.Load(row + s), TRegister.Load(into + s)), into + s);
        }
    }

    private static void Negate<TRegister>(TElement* row, int count)
        where TRegister : unmanaged, IRegister<TRegister, TElement>
    {
        for (var j = 0; j < count; j += TRegister.Count)
        {
            TRegister.Store(default(TRegister) - TRegister.Load(row + j), row + j);
        }
    }
}
