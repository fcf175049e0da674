using System.Numerics;

namespace AutoGradMf.Kernels;

/// <summary>
/// The inner loop of every product with a thin matrix: a linear combination of its rows. Up to eight registers of a row are summed
/// in one walk over the rows, because each walk fetches them anew.
/// </summary>
internal static unsafe class PackedProduct
{
    /// <summary>into[k] += Σ_e weights[e · step] · right[rows[e], k] for <paramref name="count"/> rows.</summary>
    public static void Add<TElement, TRows>(
        TElement* weights, int step, PackedRows<TElement> right, TRows rows, int count, Span<TElement> into)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
        where TRows : struct, IRowNumbers =>
        Add(new SpacedWeights<TElement>(weights, step), right, rows, count, into);

    /// <summary>into[k] += Σ_e weights[e] · right[rows[e], k] for <paramref name="count"/> rows.</summary>
    public static void Add<TElement, TWeights, TRows>(TWeights weights, PackedRows<TElement> right, TRows rows, int count, Span<TElement> into)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
        where TWeights : struct, IWeights<TElement>
        where TRows : struct, IRowNumbers
    {
        var sum = new WeightedSum<TElement, TWeights, TRows> { Weights = weights, Right = right, Rows = rows, Count = count, Into = into };
        RegisterChoice.Run<WeightedSum<TElement, TWeights, TRows>, TElement>(ref sum, right.Stride);
    }

    private ref struct WeightedSum<TElement, TWeights, TRows> : IRegisterWork<TElement>
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
        where TWeights : struct, IWeights<TElement>
        where TRows : struct, IRowNumbers
    {
        public TWeights Weights;
        public PackedRows<TElement> Right;
        public TRows Rows;
        public int Count;
        public Span<TElement> Into;

        public readonly void Run<TRegister>()
            where TRegister : unmanaged, IRegister<TRegister, TElement> =>
            Add<TElement, TRegister, TWeights, TRows>(Weights, Right, Rows, Count, Into);
    }

    /// <summary>The same in registers that fill the rows of <paramref name="right"/>.</summary>
    public static void Add<TElement, TRegister, TWeights, TRows>(
        TWeights weights, PackedRows<TElement> right, TRows rows, int count, Span<TElement> into)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
        where TRegister : unmanaged, IRegister<TRegister, TElement>
        where TWeights : struct, IWeights<TElement>
        where TRows : struct, IRowNumbers
    {
        FlopCount.Add(2L * count * into.Length);
        var width = TRegister.Count;
        var k = 0;
        for (; k + (7 * width) < into.Length; k += 8 * width)
        {
            AddEight<TElement, TRegister, TWeights, TRows>(weights, right, rows, count, k, into);
        }

        if (k + (3 * width) < into.Length)
        {
            AddFour<TElement, TRegister, TWeights, TRows>(weights, right, rows, count, k, into);
            k += 4 * width;
        }

        if (k + width < into.Length)
        {
            AddTwo<TElement, TRegister, TWeights, TRows>(weights, right, rows, count, k, into);
            k += 2 * width;
        }

        if (k < into.Length)
        {
            AddOne<TElement, TRegister, TWeights, TRows>(weights, right, rows, count, k, into);
        }
    }

    private static void AddEight<TElement, TRegister, TWeights, TRows>(
        TWeights weights, PackedRows<TElement> right, TRows rows, int count, int k, Span<TElement> into)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
        where TRegister : unmanaged, IRegister<TRegister, TElement>
        where TWeights : struct, IWeights<TElement>
        where TRows : struct, IRowNumbers
    {
        var width = TRegister.Count;
        TRegister sum0 = default, sum1 = default, sum2 = default, sum3 = default;
        TRegister sum4 = default, sum5 = default, sum6 = default, sum7 = default;
        for (var e = 0; e < count; e++)
        {
            var weight = TRegister.All(weights[e]);
            var row = right[rows[e]] + k;
            sum0 = TRegister.MultiplyAdd(weight, TRegister.Load(row), sum0);
            sum1 = TRegister.MultiplyAdd(weight, TRegister.Load(row + width), sum1);
            sum2 = TRegister.MultiplyAdd(weight, TRegister.Load(row + (2 * width)), sum2);
            sum3 = TRegister.MultiplyAdd(weight, TRegister.Load(row + (3 * width)), sum3);
            sum4 = TRegister.MultiplyAdd(weight, TRegister.Load(row + (4 * width)), sum4);
            sum5 = TRegister.MultiplyAdd(weight, TRegister.Load(row + (5 * width)), sum5);
            sum6 = TRegister.MultiplyAdd(weight, TRegister.Load(row + (6 * width)), sum6);
            sum7 = TRegister.MultiplyAdd(weight, TRegister.Load(row + (7 * width)), sum7);
        }

        AddTo<TElement, TRegister>(sum0, into[k..]);
        AddTo<TElement, TRegister>(sum1, into[(k + width)..]);
        AddTo<TElement, TRegister>(sum2, into[(k + (2 * width))..]);
        AddTo<TElement, TRegister>(sum3, into[(k + (3 * width))..]);
        AddTo<TElement, TRegister>(sum4, into[(k + (4 * width))..]);
        AddTo<TElement, TRegister>(sum5, into[(k + (5 * width))..]);
        AddTo<TElement, TRegister>(sum6, into[(k + (6 * width))..]);
        AddTo<TElement, TRegister>(sum7, into[(k + (7 * width))..]);
    }

    private static void AddFour<TElement, TRegister, TWeights, TRows>(
        TWeights weights, PackedRows<TElement> right, TRows rows, int count, int k, Span<TElement> into)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
        where TRegister : unmanaged, IRegister<TRegister, TElement>
        where TWeights : struct, IWeights<TElement>
        where TRows : struct, IRowNumbers
    {
        var width = TRegister.Count;
        TRegister sum0 = default, sum1 = default, sum2 = default, sum3 = default;
        TRegister odd0 = default, odd1 = default, odd2 = default, odd3 = default;
        var e = 0;
        for (; e < count - 1; e += 2)
        {
            var weight = TRegister.All(weights[e]);
            var row = right[rows[e]] + k;
            sum0 = TRegister.MultiplyAdd(weight, TRegister.Load(row), sum0);
            sum1 = TRegister.MultiplyAdd(weight, TRegister.Load(row + width), sum1);
            sum2 = TRegister.MultiplyAdd(weight, TRegister.Load(row + (2 * width)), sum2);
            sum3 = TRegister.MultiplyAdd(weight, TRegister.Load(row + (3 * width)), sum3);
            weight = TRegister.All(weights[e + 1]);
            row = right[rows[e + 1]] + k;
            odd0 = TRegister.MultiplyAdd(weight, TRegister.Load(row), odd0);
            odd1 = TRegister.MultiplyAdd(weight, TRegister.Load(row + width), odd1);
            odd2 = TRegister.MultiplyAdd(weight, TRegister.Load(row + (2 * width)), odd2);
            odd3 = TRegister.MultiplyAdd(weight, TRegister.Load(row + (3 * width)), odd3);
        }

        if (e < count)
        {
            var weight = TRegister.All(weights[e]);
            var row = right[rows[e]] + k;
            sum0 = TRegister.MultiplyAdd(weight, TRegister.Load(row), sum0);
            sum1 = TRegister.MultiplyAdd(weight, TRegister.Load(row + width), sum1);
            sum2 = TRegister.MultiplyAdd(weight, TRegister.Load(row + (2 * width)), sum2);
            sum3 = TRegister.MultiplyAdd(weight, TRegister.Load(row + (3 * width)), sum3);
        }

        AddTo<TElement, TRegister>(sum0 + odd0, into[k..]);
        AddTo<TElement, TRegister>(sum1 + odd1, into[(k + width)..]);
        AddTo<TElement, TRegister>(sum2 + odd2, into[(k + (2 * width))..]);
        AddTo<TElement, TRegister>(sum3 + odd3, into[(k + (3 * width))..]);
    }

    private static void AddTwo<TElement, TRegister, TWeights, TRows>(
        TWeights weights, PackedRows<TElement> right, TRows rows, int count, int k, Span<TElement> into)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
        where TRegister : unmanaged, IRegister<TRegister, TElement>
        where TWeights : struct, IWeights<TElement>
        where TRows : struct, IRowNumbers
    {
        var width = TRegister.Count;
        TRegister sum0 = default, sum1 = default, sum2 = default, sum3 = default;
        TRegister next0 = default, next1 = default, next2 = default, next3 = default;
        var e = 0;
        for (; e < count - 3; e += 4)
        {
            TElement* row0 = right[rows[e]] + k, row1 = right[rows[e + 1]] + k, row2 = right[rows[e + 2]] + k, row3 = right[rows[e + 3]] + k;
            var weight = TRegister.All(weights[e]);
            sum0 = TRegister.MultiplyAdd(weight, TRegister.Load(row0), sum0);
            next0 = TRegister.MultiplyAdd(weight, TRegister.Load(row0 + width), next0);
            weight = TRegister.All(weights[e + 1]);
            sum1 = TRegister.MultiplyAdd(weight, TRegister.Load(row1), sum1);
            next1 = TRegister.MultiplyAdd(weight, TRegister.Load(row1 + width), next1);
            weight = TRegister.All(weights[e + 2]);
            sum2 = TRegister.MultiplyAdd(weight, TRegister.Load(row2), sum2);
            next2 = TRegister.MultiplyAdd(weight, TRegister.Load(row2 + width), next2);
            weight = TRegister.All(weights[e + 3]);
            sum3 = TRegister.MultiplyAdd(weight, TRegister.Load(row3), sum3);
            next3 = TRegister.MultiplyAdd(weight, TRegister.Load(row3 + width), next3);
        }

        for (; e < count; e++)
        {
            var weight = TRegister.All(weights[e]);
            var row = right[rows[e]] + k;
            sum0 = TRegister.MultiplyAdd(weight, TRegister.Load(row), sum0);
            next0 = TRegister.MultiplyAdd(weight, TRegister.Load(row + width), next0);
        }

        AddTo<TElement, TRegister>((sum0 + sum1) + (sum2 + sum3), into[k..]);
        AddTo<TElement, TRegister>((next0 + next1) + (next2 + next3), into[(k + width)..]);
    }

    private static void AddOne<TElement, TRegister, TWeights, TRows>(
        TWeights weights, PackedRows<TElement> right, TRows rows, int count, int k, Span<TElement> into)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
        where TRegister : unmanaged, IRegister<TRegister, TElement>
        where TWeights : struct, IWeights<TElement>
        where TRows : struct, IRowNumbers
    {
        TRegister sum0 = default, sum1 = default, sum2 = default, sum3 = default;
        var e = 0;
        for (; e < count - 3; e += 4)
        {
            sum0 = TRegister.MultiplyAdd(TRegister.All(weights[e]), TRegister.Load(right[rows[e]] + k), sum0);
            sum1 = TRegister.MultiplyAdd(TRegister.All(weights[e + 1]), TRegister.Load(right[rows[e + 1]] + k), sum1);
            sum2 = TRegister.MultiplyAdd(TRegister.All(weights[e + 2]), TRegister.Load(right[rows[e + 2]] + k), sum2);
            sum3 = TRegister.MultiplyAdd(TRegister.All(weights[e + 3]), TRegister.Load(right[rows[e + 3]] + k), sum3);
        }

        for (; e < count; e++)
        {
            sum0 = TRegister.MultiplyAdd(TRegister.All(weights[e]), TRegister.Load(right[rows[e]] + k), sum0);
        }

        AddTo<TElement, TRegister>((sum0 + sum1) + (sum2 + sum3), into[k..]);
    }

    /// <summary>Adds the first elements of <paramref name="sum"/>, as many as <paramref name="into"/> has room for.</summary>
    private static void AddTo<TElement, TRegister>(TRegister sum, Span<TElement> into)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
        where TRegister : unmanaged, IRegister<TRegister, TElement>
    {
        fixed (TElement* first = into)
        {
            if (into.Length >= TRegister.Count)
            {
                TRegister.Store(TRegister.Load(first) + sum, first);
                return;
            }

            var numbers = (TElement*)&sum;
            for (var k = 0; k < into.Length; k++)
            {
                first[k] += numbers[k];
            }
        }
    }
}
