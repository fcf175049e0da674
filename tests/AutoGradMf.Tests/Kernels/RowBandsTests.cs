using AutoGradMf.Kernels;
using Xunit;

namespace AutoGradMf.Tests.Kernels;

public sealed class RowBandsTests
{
    [Theory]
    [InlineData(0, 3, 0.5)]
    [InlineData(3, 0, 0.5)]
    [InlineData(1, 1, 1.0)]
    [InlineData(5, 4, 0.0)]
    [InlineData(10_000, 5, 0.3)]
    [InlineData(1_000, 400, 1.0)]
    public void Each_entry_is_in_one_band_in_the_order_of_columns_and_rows(int rows, int columns, double density)
    {
        var pattern = KernelData.Pattern(rows, columns, density, 1);
        var bands = pattern.Bands;
        var expected = pattern.Entries.ToArray();
        var seen = new bool[pattern.Count];
        var (place, endOfLast) = (0, 0);
        for (var band = 0; band < bands.Count; band++)
        {
            var (pointers, ofBand, start) = (bands.Pointers(band).ToArray(), bands.Columns(band).ToArray(), place);
            Assert.Equal(place, pointers[0]);
            Assert.Equal(ofBand.Length + 1, pointers.Length);
            for (var s = 0; s < ofBand.Length; s++)
            {
                var j = ofBand[s];
                Assert.True(s == 0 || j > ofBand[s - 1], "Columns rise within a band.");
                Assert.True(pointers[s + 1] > pointers[s], "Only columns with entries are listed.");
                for (; place < pointers[s + 1]; place++)
                {
                    var entry = bands.Entries[place];
                    Assert.Equal((bands.Rows[place], j), (expected[entry].Row, expected[entry].Column));
                    Assert.False(seen[entry]);
                    Assert.True(place == pointers[s] || bands.Rows[place] > bands.Rows[place - 1], "Rows rise within a column.");
                    seen[entry] = true;
                }
            }

            var (first, end) = bands.RowsOf(band);
            Assert.Equal(endOfLast, first);
            Assert.All(bands.Rows[start..place], i => Assert.InRange(i, first, end - 1));
            Assert.True(place - start <= bands.MostEntries, "No band is larger than the largest.");
            endOfLast = end;
        }

        Assert.Equal((pattern.Count, rows), (place, endOfLast));
        Assert.True(rows < 10_000 || bands.Count > 1, "Many rows take several bands.");
        Assert.True(rows != 1_000 || bands.Count > 1, "Many entries take several bands.");
    }
}
