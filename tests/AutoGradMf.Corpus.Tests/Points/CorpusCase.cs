namespace AutoGradMf.Corpus.Tests;

/// <summary>A loss of the corpus at a point: what each of its parameters is given there, and what autograd found.</summary>
/// <param name="Loss">The entry, such as "A3".</param>
/// <param name="Point">Such as "4x5x3 random".</param>
/// <param name="Arguments">By the names of the loss's parameters.</param>
/// <param name="Expected">By autograd.</param>
internal sealed record CorpusCase(string Loss, string Point, IReadOnlyDictionary<string, CorpusInput> Arguments, Expectation Expected)
{
    /// <summary>Whether the scores are extreme: powers of e overflow or vanish.</summary>
    public bool IsExtreme => Point.StartsWith("score", StringComparison.Ordinal);

    /// <summary>Whether the prediction is the data, so that all of the residuals are rounding errors.</summary>
    public bool IsPerfect => Point.EndsWith("perfect", StringComparison.Ordinal);

    public CorpusInput this[string parameter] => Arguments[parameter];

    public Matrix<double> Matrix(string parameter) => this[parameter].ToMatrix();

    public SparseMatrix<double> Sparse(string parameter) => this[parameter].ToSparseMatrix();

    public ColumnVector<double> Column(string parameter) => this[parameter].ToColumnVector();

    public double Number(string parameter) => this[parameter].Number;
}
