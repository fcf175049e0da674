using System.Numerics;

namespace AutoGradMf;

public static partial class LossMath
{
    /// <summary>1 at each stored entry, whatever its value; nothing is stored elsewhere. Its products with other matrices look at these entries
    /// alone: <c>Sum(Observed(R) % Square(U * M.T - R))</c> is the loss over the observed ratings.</summary>
    public static SparseMatrix<TElement> Observed<TElement>(SparseMatrix<TElement> x)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var ones = new TElement[x.Count];
        Array.Fill(ones, TElement.One);
        return new SparseMatrix<TElement>(x.Pattern, ones);
    }
}
