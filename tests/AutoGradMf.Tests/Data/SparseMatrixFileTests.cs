using AutoGradMf.Data;
using Xunit;

namespace AutoGradMf.Tests.Data;

public sealed class SparseMatrixFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string PathOf(string name) => Path.Combine(_folder.FullPath, name);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_was_saved_is_opened_bit_for_bit()
    {
        var matrix = SparseMatrix<float>.FromCoordinates(4, 5, [(3, 0, 1.5f), (0, 4, -0f), (0, 1, float.NaN), (3, 4, 1e-40f)]);
        matrix.Save(PathOf("m"));
        var opened = SparseMatrix<float>.Open(PathOf("m"));
        Assert.True(opened.Pattern.SameAs(matrix.Pattern));
        Assert.Equal(matrix.Values.ToArray().Select(BitConverter.SingleToInt32Bits), opened.Values.ToArray().Select(BitConverter.SingleToInt32Bits));
        Assert.Equal(["m"], Directory.GetFiles(_folder.FullPath).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(3, 0)]
    [InlineData(0, 7)]
    public void Matrices_without_entries_are_opened(int rows, int columns)
    {
        new SparseMatrix<double>(new(rows, columns, new long[rows + 1], []), []).Save(PathOf("m"));
        var opened = SparseMatrix<double>.Open(PathOf("m"));
        Assert.Equal((rows, columns, 0), (opened.Rows, opened.Columns, opened.Count));
    }

    [Fact]
    public void Every_file_of_another_length_is_refused()
    {
        var bytes = Saved();
        for (var length = 0; length < bytes.Length; length++)
        {
            File.WriteAllBytes(PathOf("cut"), bytes[..length]);
            Assert.Throws<DataFileException>(() => SparseMatrix<double>.Open(PathOf("cut")));
        }

        File.WriteAllBytes(PathOf("longer"), [.. bytes, 0]);
        Assert.Throws<DataFileException>(() => SparseMatrix<double>.Open(PathOf("longer")));
    }

    /// <summary>Between the arrays there are zeros that nothing reads; whatever else is altered is found.</summary>
    [Fact]
    public void Every_altered_byte_is_refused_or_is_none_of_the_matrix()
    {
        var (bytes, matrix) = (Saved(), SparseMatrix<double>.Open(PathOf("m")));
        var refused = 0;
        for (var at = 0; at < bytes.Length; at++)
        {
            bytes[at] ^= 0x10;
            File.WriteAllBytes(PathOf("altered"), bytes);
            bytes[at] ^= 0x10;
            try
            {
                Assert.Equal(matrix.Values.ToArray(), SparseMatrix<double>.Open(PathOf("altered")).Values.ToArray());
            }
            catch (DataFileException)
            {
                refused++;
            }
        }

        var header = 32 + (4 * 40) + 8;
        Assert.Equal(header + (2 * 4) + (4 * 8) + (3 * 4) + (3 * 8), refused);
    }

    [Fact]
    public void What_holds_something_else_is_refused()
    {
        Saved();
        Assert.Contains("Double", Assert.Throws<DataFileException>(() => SparseMatrix<float>.Open(PathOf("m"))).Message, StringComparison.Ordinal);
        File.WriteAllText(PathOf("text"), new string('x', 1000));
        Assert.Contains("mark", Assert.Throws<DataFileException>(() => SparseMatrix<float>.Open(PathOf("text"))).Message, StringComparison.Ordinal);
        Assert.Throws<FileNotFoundException>(() => SparseMatrix<float>.Open(PathOf("none")));
    }

    [Fact]
    public void A_cancelled_save_leaves_the_old_file()
    {
        var before = Saved();
        Assert.Throws<OperationCanceledException>(() => SparseMatrix<double>.FromCoordinates(1, 1, [(0, 0, 7)]).Save(PathOf("m"), new(canceled: true)));
        Assert.Equal(before, File.ReadAllBytes(PathOf("m")));
        Assert.Single(Directory.GetFiles(_folder.FullPath));
    }

    private byte[] Saved()
    {
        SparseMatrix<double>.FromCoordinates(3, 4, [(0, 1, 1), (2, 0, 2), (2, 3, 3)]).Save(PathOf("m"));
        return File.ReadAllBytes(PathOf("m"));
    }
}
