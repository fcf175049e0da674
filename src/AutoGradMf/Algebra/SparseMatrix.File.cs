using AutoGradMf.Data;

namespace AutoGradMf;

public sealed partial class SparseMatrix<TElement>
{
    /// <summary>
    /// Writes the matrix to a binary file, to be opened again in a moment: the compressed rows, with checksums. A file that is there already
    /// is replaced when the new one is complete.
    /// </summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="cancellationToken">Ends the writing, and leaves what was there.</param>
    public void Save(string path, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        SectionFile.Write(path, Sections, cancellationToken);
    }

    /// <summary>Opens what <see cref="Save"/> wrote of the same type of elements. O(entries), at the speed of memory where the file is cached.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="DataFileException">The file is cut short, altered, or holds something else.</exception>
    public static SparseMatrix<TElement> Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var file = new SectionFile(path);
        return From(file, path);
    }

    /// <summary>The matrix in the sections of a file, its values of this type of elements.</summary>
    internal static SparseMatrix<TElement> From(SectionFile file, string path)
    {
        try
        {
            var sizes = file.Read<int>("sizes");
            return sizes.Length == 2
                ? new(new(sizes[0], sizes[1], file.Read<long>("rows"), file.Read<int>("columns")), file.Read<TElement>(ValuesName))
                : throw new DataFileException(path, "it does not hold two sizes");
        }
        catch (ArgumentException broken)
        {
            throw new DataFileException(path, $"its arrays are no sparse matrix ({broken.Message})");
        }
    }

    internal IReadOnlyList<Section> Sections =>
    [
        Section.Of("sizes", new ReadOnlyMemory<int>([Rows, Columns])),
        .. Pattern.Sections,
        Section.Of<TElement>(ValuesName, _values),
    ];

    private static string ValuesName => $"values {typeof(TElement).Name}";
}
