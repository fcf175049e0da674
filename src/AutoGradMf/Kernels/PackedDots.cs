using System.Numerics;
using System.Runtime.CompilerServices;

namespace AutoGradMf.Kernels;

/// <summary>The inner loop of every dot product at a loop's points.</summary>
internal static unsafe class PackedDots
{
    /// <summary>into[e] = Σ_k left[k] · right[rows[e], k] for <paramref name="count"/> rows.</summary>
    public static void Evaluate<TElement, TRows>(TElement* left, PackedRows<TElement> right, TRows rows, int count, TElement* into)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
        where TRows : struct, IRowNumbers
    {
        var dots = new Dots<TElement, TRows> { Left = left, Right = right, Rows = rows, Count = count, Into = into };
        RegisterChoice.Run<Dots<TElement, TRows>, TElement>(ref dots, right.Stride);
    }

    /// <summary>Four rows at a time share the loads of the left row, hide the latency of the additions, and are summed together.</summary>
    private struct Dots<TElement, TRows> : IRegisterWork<TElement>
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
        where TRows : struct, IRowNumbers
    {
        public TElement* Left;
        public PackedRows<TElement> Right;
        public TRows Rows;
        public int Count;
        public TElement* Into;

        public readonly void Run<TRegister>()
            where TRegister : unmanaged, IRegister<TRegister, TElement>
        {
            var e = (Right.Stride / TRegister.Count) switch
            {
                1 => FoursOfOne<TRegister>(),
                2 => FoursOfTwo<TRegister>(),
                4 => FoursOfFour<TRegister>(),
                _ => Fours<TRegister>(),
            };
            for (; e < Count; e++)
            {
                var row = Right[Rows[e]];
                TRegister dot = default;
                for (var k = 0; k < Right.Stride; k += TRegister.Count)
                {
                    dot = TRegister.MultiplyAdd(TRegister.Load(Left + k), TRegister.Load(row + k), dot);
                }

                Into[e] = TRegister.Sum(dot);
            }
        }

        private readonly int Fours<TRegister>()
            where TRegister : unmanaged, IRegister<TRegister, TElement>
        {
            TElement* left = Left, into = Into;
            var (right, rows, stride, count) = (Right, Rows, Right.Stride, Count);
            var e = 0;
            for (; e <= count - 4; e += 4)
            {
                TElement* row0 = right[rows[e]], row1 = right[rows[e + 1]], row2 = right[rows[e + 2]], row3 = right[rows[e + 3]];
                TRegister dot0 = default, dot1 = default, dot2 = default, dot3 = default;
                for (var k = 0; k < stride; k += TRegister.Count)
                {
                    var factor = TRegister.Load(left + k);
                    dot0 = TRegister.MultiplyAdd(factor, TRegister.Load(row0 + k), dot0);
                    dot1 = TRegister.MultiplyAdd(factor, TRegister.Load(row1 + k), dot1);
                    dot2 = TRegister.MultiplyAdd(factor, TRegister.Load(row2 + k), dot2);
                    dot3 = TRegister.MultiplyAdd(factor, TRegister.Load(row3 + k), dot3);
                }

                TRegister.StoreSums(dot0, dot1, dot2, dot3, into + e);
            }

            return e;
        }

        private readonly int FoursOfOne<TRegister>()
            where TRegister : unmanaged, IRegister<TRegister, TElement>
        {
            var into = Into;
            var (right, rows, count) = (Right, Rows, Count);
            var left = TRegister.Load(Left);
            var e = 0;
            for (; e <= count - 4; e += 4)
            {
                TRegister.StoreSums(
                    left * TRegister.Load(right[rows[e]]),
                    left * TRegister.Load(right[rows[e + 1]]),
                    left * TRegister.Load(right[rows[e + 2]]),
                    left * TRegister.Load(right[rows[e + 3]]),
                    into + e);
            }

            return e;
        }

        private readonly int FoursOfTwo<TRegister>()
            where TRegister : unmanaged, IRegister<TRegister, TElement>
        {
            var into = Into;
            var (right, rows, count) = (Right, Rows, Count);
            var (left0, left1) = (TRegister.Load(Left), TRegister.Load(Left + TRegister.Count));
            var e = 0;
            for (; e <= count - 4; e += 4)
            {
                TRegister.StoreSums(
                    Dot(left0, left1, right[rows[e]]),
                    Dot(left0, left1, right[rows[e + 1]]),
                    Dot(left0, left1, right[rows[e + 2]]),
                    Dot(left0, left1, right[rows[e + 3]]),
                    into + e);
            }

            return e;
        }

        private readonly int FoursOfFour<TRegister>()
            where TRegister : unmanaged, IRegister<TRegister, TElement>
        {
            var into = Into;
            var (right, rows, count) = (Right, Rows, Count);
            var (left0, left1) = (TRegister.Load(Left), TRegister.Load(Left + TRegister.Count));
            var (left2, left3) = (TRegister.Load(Left + (2 * TRegister.Count)), TRegister.Load(Left + (3 * TRegister.Count)));
            var e = 0;
            for (; e <= count - 4; e += 4)
            {
                TElement* row0 = right[rows[e]], row1 = right[rows[e + 1]], row2 = right[rows[e + 2]], row3 = right[rows[e + 3]];
                TRegister.StoreSums(
                    Dot(left0, left1, row0) + Dot(left2, left3, row0 + (2 * TRegister.Count)),
                    Dot(left0, left1, row1) + Dot(left2, left3, row1 + (2 * TRegister.Count)),
                    Dot(left0, left1, row2) + Dot(left2, left3, row2 + (2 * TRegister.Count)),
                    Dot(left0, left1, row3) + Dot(left2, left3, row3 + (2 * TRegister.Count)),
                    into + e);
            }

            return e;
        }

        /// <summary>Of two registers of a row, not yet summed.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static TRegister Dot<TRegister>(TRegister left0, TRegister left1, TElement* row)
            where TRegister : unmanaged, IRegister<TRegister, TElement> =>
            TRegister.MultiplyAdd(left1, TRegister.Load(row + TRegister.Count), left0 * TRegister.Load(row));
    }
}
