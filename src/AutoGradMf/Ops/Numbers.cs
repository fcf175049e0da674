using System.Numerics;

namespace AutoGradMf;

public static partial class LossMath
{
    /// <summary>The numbers 0, 1, 2, … <paramref name="count"/> − 1 as a column. Exact up to 2²⁴ in float, 2⁵³ in double.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The count is negative.</exception>
    public static ColumnVector<TElement> Numbers<TElement>(int count)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var numbers = ColumnVector<TElement>.Zeros(count);
        for (var i = 0; i < count; i++)
        {
            numbers[i] = TElement.CreateChecked(i);
        }

        return numbers;
    }
}
