using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace AutoGradMf.Kernels;

/// <summary>What <see cref="Vector"/> has for float and double alone, for the element type of a kernel, and sums of arrays.</summary>
internal static unsafe class Simd
{
    /// <summary>left · right + addend, rounded once where the hardware does so.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<TElement> MultiplyAdd<TElement>(Vector<TElement> left, Vector<TElement> right, Vector<TElement> addend)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> =>
        typeof(TElement) == typeof(float)
            ? Vector.MultiplyAddEstimate(left.As<TElement, float>(), right.As<TElement, float>(), addend.As<TElement, float>())
                .As<float, TElement>()
            : Vector.MultiplyAddEstimate(left.As<TElement, double>(), right.As<TElement, double>(), addend.As<TElement, double>())
                .As<double, TElement>();

    /// <summary>The elements widened, in two registers; doubles stay as they are, and the upper register is zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector<double> Lower, Vector<double> Upper) Widen<TElement>(Vector<TElement> values)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        if (typeof(TElement) == typeof(double))
        {
            return (values.As<TElement, double>(), Vector<double>.Zero);
        }

        Vector.Widen(values.As<TElement, float>(), out var lower, out var upper);
        return (lower, upper);
    }

    /// <summary>Σ values[i], accumulated in double.</summary>
    public static double Sum<TElement>(TElement* values, int count)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        FlopCount.Add(count);
        if (typeof(TElement) == typeof(float) && Vector512.IsHardwareAccelerated && Avx512F.IsSupported)
        {
            return Sum((float*)values, count);
        }

        var (sum0, sum1) = (Vector<double>.Zero, Vector<double>.Zero);
        var i = 0;
        for (; i <= count - Vector<TElement>.Count; i += Vector<TElement>.Count)
        {
            var (lower, upper) = Widen(Vector.Load(values + i));
            sum0 += lower;
            sum1 += upper;
        }

        var sum = Vector.Sum(sum0 + sum1);
        for (; i < count; i++)
        {
            sum += double.CreateTruncating(values[i]);
        }

        return sum;
    }

    /// <summary>Widened as they are loaded: to widen the halves of a register is to shuffle it first.</summary>
    private static double Sum(float* values, int count)
    {
        var (sum0, sum1) = (Vector512<double>.Zero, Vector512<double>.Zero);
        var (sum2, sum3) = (Vector512<double>.Zero, Vector512<double>.Zero);
        var w = Vector256<float>.Count;
        var i = 0;
        for (; i <= count - (4 * w); i += 4 * w)
        {
            sum0 += Avx512F.ConvertToVector512Double(Vector256.Load(values + i));
            sum1 += Avx512F.ConvertToVector512Double(Vector256.Load(values + i + w));
            sum2 += Avx512F.ConvertToVector512Double(Vector256.Load(values + i + (2 * w)));
            sum3 += Avx512F.ConvertToVector512Double(Vector256.Load(values + i + (3 * w)));
        }

        for (; i <= count - w; i += w)
        {
            sum0 += Avx512F.ConvertToVector512Double(Vector256.Load(values + i));
        }

        var sum = Vector512.Sum(sum0 + sum1 + (sum2 + sum3));
        for (; i < count; i++)
        {
            sum += values[i];
        }

        return sum;
    }

    /// <summary>Σ left[i] · right[i], accumulated in double.</summary>
    public static double Dot<TElement>(TElement* left, TElement* right, int count)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        FlopCount.Add(2L * count);
        var (sum0, sum1) = (Vector<double>.Zero, Vector<double>.Zero);
        var i = 0;
        for (; i <= count - Vector<TElement>.Count; i += Vector<TElement>.Count)
        {
            var (leftLower, leftUpper) = Widen(Vector.Load(left + i));
            var (rightLower, rightUpper) = Widen(Vector.Load(right + i));
            sum0 = MultiplyAdd(leftLower, rightLower, sum0);
            sum1 = MultiplyAdd(leftUpper, rightUpper, sum1);
        }

        var sum = Vector.Sum(sum0 + sum1);
        for (; i < count; i++)
        {
            sum += double.CreateTruncating(left[i]) * double.CreateTruncating(right[i]);
        }

        return sum;
    }

    /// <summary>into[i] += Σ_r values[r · stride + i] over <paramref name="rows"/> rows.</summary>
    public static void AddRows<TElement>(TElement* values, nint stride, int rows, TElement* into, int count)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var i = 0;
        for (; i <= count - Vector<TElement>.Count; i += Vector<TElement>.Count)
        {
            var sum = Vector<TElement>.Zero;
            for (var r = 0; r < rows; r++)
            {
                sum += Vector.Load(values + (r * stride) + i);
            }

            (Vector.Load(into + i) + sum).Store(into + i);
        }

        for (; i < count; i++)
        {
            var sum = TElement.Zero;
            for (var r = 0; r < rows; r++)
            {
                sum += values[(r * stride) + i];
            }

            into[i] += sum;
        }
    }
}
