using System.Numerics;
using AutoGradMf.Kernels;
using Xunit;

namespace AutoGradMf.Tests.Kernels;

/// <summary>Registers of every width that the hardware has compute what numbers do one by one.</summary>
[EveryRegisterWidth]
public sealed class RegisterTests
{
    [Fact]
    public void Registers_of_every_width_compute_lane_by_lane()
    {
        Check<Register512<float>, float>();
        Check<Register256<float>, float>();
        Check<Register128<float>, float>();
        Check<Register1<float>, float>();
        Check<Register512<double>, double>();
        Check<Register256<double>, double>();
        Check<Register128<double>, double>();
        Check<Register1<double>, double>();
    }

    /// <summary>Small integers, so that no order of additions rounds. Widths without hardware are emulated, and must be right all the same.</summary>
    private static unsafe void Check<TRegister, TElement>()
        where TRegister : unmanaged, IRegister<TRegister, TElement>
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var count = TRegister.Count;
        Assert.Equal(Math.Max(TRegister.Bits / 8, sizeof(TElement)), count * sizeof(TElement));
        var numbers = Enumerable.Range(0, 4).Select(r => Enumerable.Range(0, count).Select(i => TElement.CreateChecked((r * r * 100) + (7 * i) + 1)).ToArray()).ToArray();
        fixed (TElement* a = numbers[0], b = numbers[1], c = numbers[2], d = numbers[3])
        {
            TRegister left = TRegister.Load(a), right = TRegister.Load(b), addend = TRegister.Load(c), last = TRegister.Load(d);
            Assert.Equal(Lanes(i => numbers[0][i] + numbers[1][i]), Stored(left + right));
            Assert.Equal(Lanes(i => numbers[0][i] - numbers[1][i]), Stored(left - right));
            Assert.Equal(Lanes(i => numbers[0][i] * numbers[1][i]), Stored(left * right));
            Assert.Equal(Lanes(i => (numbers[0][i] * numbers[1][i]) + numbers[2][i]), Stored(TRegister.MultiplyAdd(left, right, addend)));
            Assert.Equal(Lanes(_ => numbers[1][0]), Stored(TRegister.All(numbers[1][0])));
            Assert.Equal(Total(numbers[3]), TRegister.Sum(last));
            var sums = new TElement[4];
            fixed (TElement* into = sums)
            {
                TRegister.StoreSums(left, right, addend, last, into);
            }

            Assert.Equal(numbers.Select(Total), sums);
        }

        TElement[] Lanes(Func<int, TElement> number) => [.. Enumerable.Range(0, count).Select(number)];
        static TElement Total(TElement[] of) => of.Aggregate(TElement.Zero, (sum, x) => sum + x);
        TElement[] Stored(TRegister values)
        {
            var stored = new TElement[count];
            fixed (TElement* into = stored)
            {
                TRegister.Store(values, into);
            }

            return stored;
        }
    }
}
