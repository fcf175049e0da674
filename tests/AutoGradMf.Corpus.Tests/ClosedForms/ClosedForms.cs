using AutoGradMf.TestLosses;

namespace AutoGradMf.Corpus.Tests;

/// <summary>
/// Every loss of the corpus and its gradient, derived by hand and written out with nothing but matrix products and loops: what the
/// generator finds by itself. One file for each section.
/// </summary>
internal static partial class ClosedForms
{
    private static readonly Dictionary<string, Func<CorpusCase, ValueAndGradient>> Entries =
        new[] { SquaredErrors, RobustErrors, CategoricalErrors, CountErrors, RankingErrors, Penalties, ClassicalForms }
            .SelectMany(section => section())
            .ToDictionary(StringComparer.Ordinal);

    public static IEnumerable<string> Losses => Entries.Keys;

    public static ValueAndGradient Evaluate(CorpusCase at) => Entries[at.Loss](at);

    private static ValueAndGradient Result(double value, params (string Factor, MatrixView<double> Gradient)[] gradient) =>
        new(value, gradient.ToDictionary(part => part.Factor, part => part.Gradient.Span.ToArray()));

    private static double Squares(Matrix<double> x) => Squares(x.View);

    private static double Squares(ColumnVector<double> x) => Squares(x.View);

    private static double Squares(MatrixView<double> x)
    {
        var sum = 0.0;
        foreach (var number in x.Span)
        {
            sum += number * number;
        }

        return sum;
    }

    private static Matrix<double> Identity(int size)
    {
        var identity = new Matrix<double>(size, size);
        for (var i = 0; i < size; i++)
        {
            identity[i, i] = 1;
        }

        return identity;
    }

    /// <summary>Calls for every stored entry with its row, its column and its value, and keeps what comes back.</summary>
    private static SparseMatrix<double> Entrywise(SparseMatrix<double> x, Func<int, int, double, double> function)
    {
        var values = new double[x.Count];
        foreach (var (i, j, entry) in x.Pattern.Entries)
        {
            values[entry] = function(i, j, x.Values[entry]);
        }

        return new(x.Pattern, values);
    }

    private static double Total(SparseMatrix<double> x)
    {
        var sum = 0.0;
        foreach (var value in x.Values)
        {
            sum += value;
        }

        return sum;
    }
}
