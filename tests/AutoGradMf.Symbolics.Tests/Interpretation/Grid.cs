namespace AutoGradMf.Symbolics.Tests.Interpretation;

/// <summary>A matrix of numbers; vectors and scalars have one row or column.</summary>
internal sealed record Grid(int Rows, int Columns, Number[] Elements)
{
    public Number this[int i, int j] => Elements[(i * Columns) + j];

    public static Grid Make(int rows, int columns, Func<int, int, Number> element) => new(
        rows, columns, [.. from i in Enumerable.Range(0, rows) from j in Enumerable.Range(0, columns) select element(i, j)]);

    public static Grid Scalar(Number value) => new(1, 1, [value]);

    public Grid T => Make(Columns, Rows, (i, j) => this[j, i]);

    public Grid Map(Func<Number, Number> f) => new(Rows, Columns, [.. Elements.Select(f)]);

    /// <summary>Elementwise, a side of size one repeated.</summary>
    public static Grid Zip(Grid a, Grid b, Func<Number, Number, Number> f) => Make(
        Math.Max(a.Rows, b.Rows),
        Math.Max(a.Columns, b.Columns),
        (i, j) => f(a[a.Rows == 1 ? 0 : i, a.Columns == 1 ? 0 : j], b[b.Rows == 1 ? 0 : i, b.Columns == 1 ? 0 : j]));

    /// <summary>The matrix product; a sparse one is stored where some stored element meets another.</summary>
    public static Grid Multiply(Grid a, Grid b, bool isSparse = false)
    {
        Assert.Equal(a.Columns, b.Rows);
        return Make(a.Rows, b.Columns, (i, j) =>
        {
            var terms = Enumerable.Range(0, a.Columns).Select(k => a[i, k] * b[k, j]).ToList();
            return isSparse && !terms.Exists(t => t.IsStored) ? default : Total(terms);
        });
    }

    public static Number Total(IEnumerable<Number> numbers) => numbers.Aggregate(Number.Of(0), (a, b) => a + b);

    public Grid RowSums() => Make(Rows, 1, (i, _) => Total(Enumerable.Range(0, Columns).Select(j => this[i, j])));

    /// <summary>The mean of the stored numbers of each row; of none, the mean of all, and of none at all 0.</summary>
    public Grid RowMeans() => Make(Rows, 1, (i, _) =>
        Mean(Enumerable.Range(0, Columns).Select(j => this[i, j])) ?? Mean(Elements) ?? Number.Of(0));

    public Grid ObservedMean() => Scalar(Mean(Elements) ?? Number.Of(0));

    private static Number? Mean(IEnumerable<Number> numbers)
    {
        var stored = numbers.Where(n => n.IsStored).ToList();
        return stored.Count == 0 ? null : Total(stored) * Number.Of(1.0 / stored.Count);
    }
}
