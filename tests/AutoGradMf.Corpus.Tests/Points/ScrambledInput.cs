namespace AutoGradMf.Corpus.Tests;

/// <summary>The same numbers, but a sparse matrix is built of entries in no order, each in two halves.</summary>
internal sealed class ScrambledInput(CorpusInput input) : CorpusInput(input)
{
    public override SparseMatrix<double> ToSparseMatrix()
    {
        var halves = Entries().Concat(Entries()).Select(entry => (entry.Row, entry.Column, entry.Value / 2)).ToArray();
        new Random(1).Shuffle(halves);
        return SparseMatrix<double>.FromCoordinates(Rows, Columns, halves, DuplicatePolicy.Sum);
    }
}
