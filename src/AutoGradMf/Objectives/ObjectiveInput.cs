using System.Globalization;
using System.Numerics;

namespace AutoGradMf.Objectives;

/// <summary>What an objective was given: data, or a hyperparameter.</summary>
/// <typeparam name="TElement"><see cref="float"/> or <see cref="double"/>: the type of the factors.</typeparam>
public sealed class ObjectiveInput<TElement>
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    private readonly SparsePattern? _pattern;
    private readonly MatrixView<TElement> _values;

    /// <summary>A hyperparameter.</summary>
    public ObjectiveInput(string name, double number) => (Name, Number) = (name, number);

    /// <summary>A dense matrix or vector.</summary>
    public ObjectiveInput(string name, MatrixView<TElement> values) => (Name, _values) = (name, values);

    /// <summary>A sparse matrix.</summary>
    public ObjectiveInput(string name, SparseMatrix<TElement> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        (Name, _pattern, _values) = (name, values.Pattern, values.View);
    }

    /// <summary>Numbers of rows.</summary>
    public ObjectiveInput(string name, IndexVector rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        (Name, Rows, _values) = (name, rows, new([], 0, 0, 0));
    }

    /// <summary>What the loss calls it.</summary>
    public string Name { get; }

    /// <summary>The number of a hyperparameter; null for data.</summary>
    public double? Number { get; }

    /// <summary>The numbers of data.</summary>
    internal MatrixView<TElement> Values => _values;

    /// <summary>The rows of an index vector; null of other data.</summary>
    internal IndexVector? Rows { get; }

    /// <summary>Where sparse data has them.</summary>
    internal SparsePattern? Pattern => _pattern;

    /// <summary>The first number that is NaN or infinite and where it is, as in "R[3, 5] is NaN"; null if all are finite. O(number of entries).</summary>
    public string? FindNonFinite()
    {
        if (Number is { } number)
        {
            return double.IsFinite(number) ? null : string.Create(CultureInfo.InvariantCulture, $"{Name} is {number}");
        }

        var values = _values.Span;
        for (var entry = 0; entry < values.Length; entry++)
        {
            if (!TElement.IsFinite(values[entry]))
            {
                return Describe(entry);
            }
        }

        return null;
    }

    /// <summary>
    /// The largest number and where it is, if its square, or a sum of some thousands of such, is more than the type of the factors holds; else null.
    /// O(number of entries).
    /// </summary>
    internal string? FindHuge()
    {
        var most = Math.Sqrt(typeof(TElement) == typeof(float) ? float.MaxValue : double.MaxValue) / 1000;
        if (Number is { } number)
        {
            return Math.Abs(number) > most ? string.Create(CultureInfo.InvariantCulture, $"{Name} is {number}") : null;
        }

        var entry = _values.Count == 0 ? -1 : System.Numerics.Tensors.TensorPrimitives.IndexOfMaxMagnitude<TElement>(_values.Span);
        return entry >= 0 && Math.Abs(double.CreateTruncating(_values.Span[entry])) > most ? Describe(entry) : null;
    }

    private string Describe(int entry)
    {
        var (row, column) = Place(entry);
        return string.Create(CultureInfo.InvariantCulture, $"{Name}[{row}, {column}] is {_values.Span[entry]}");
    }

    private (int Row, int Column) Place(int entry)
    {
        if (_pattern is null)
        {
            return Math.DivRem(entry, _values.Columns);
        }

        var row = 0;
        while (_pattern.RowPointers[row + 1] <= entry)
        {
            row++;
        }

        return (row, _pattern.ColumnIndices[entry]);
    }
}
