using AutoGradMf.Data;

namespace AutoGradMf;

public sealed partial class SparsePattern
{
    /// <summary>The compressed rows as a file holds them.</summary>
    internal IReadOnlyList<Section> Sections => [Section.Of<long>("rows", _rowPointers), Section.Of<int>("columns", _columnIndices)];
}
