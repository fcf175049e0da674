using System.Numerics;
using AutoGradMf.Kernels;
using Xunit;

namespace AutoGradMf.Tests.Kernels;

/// <summary>What is remembered of rows is read into lanes and written where it was.</summary>
[EveryRegisterWidth]
public sealed unsafe class RowMemoryTests
{
    private const int Rows = 20;
    private static readonly int[] Chosen = [7, 0, 19, 3, 11, 2, 16, 5, 1, 13, 8, 18, 4, 12, 9, 6];

    [Fact]
    public void Lanes_hold_the_numbers_of_rows()
    {
        Check<float>();
        Check<double>();
    }

    private static void Check<TElement>()
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        TElement* memory = stackalloc TElement[4 * Rows], scratch = stackalloc TElement[4 * Vector<TElement>.Count];
        fixed (int* rows = Chosen)
        {
            for (var count = 1; count <= Vector<TElement>.Count; count++)
            {
                for (var i = 0; i < 4 * Rows; i++)
                {
                    memory[i] = TElement.CreateChecked(i);
                }

                var read = RowMemory<TElement>.Read(memory, rows, count, scratch);
                Assert.All(Enumerable.Range(0, count), s => Assert.Equal(
                    Enumerable.Range(4 * Chosen[s], 4).Select(TElement.CreateChecked),
                    [read.SlowSquares[s], read.FastSquares[s], read.SlowNorm[s], read.FastNorm[s]]));

                var hundred = new Vector<TElement>(TElement.CreateChecked(100));
                var moved = new RowMemory<TElement>
                {
                    SlowSquares = read.SlowSquares + hundred, FastSquares = read.FastSquares + hundred, SlowNorm = read.SlowNorm + hundred, FastNorm = read.FastNorm + hundred,
                };
                moved.Write(memory, rows, count, scratch);
                for (var i = 0; i < 4 * Rows; i++)
                {
                    Assert.Equal(TElement.CreateChecked(i + (Chosen.AsSpan(0, count).Contains(i / 4) ? 100 : 0)), memory[i]);
                }
            }
        }
    }
}
