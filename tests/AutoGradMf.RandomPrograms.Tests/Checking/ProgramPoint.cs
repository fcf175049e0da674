using System.Numerics;
using AutoGradMf.Objectives;
using AutoGradMf.RandomPrograms.Tests.Programs;

namespace AutoGradMf.RandomPrograms.Tests.Checking;

/// <summary>Random data and factors of a loss. Numbers are drawn from a continuous distribution, so that no kink is hit by chance; a float holds them.</summary>
internal sealed class ProgramPoint
{
    private const double Density = 0.45;
    private readonly Random _random;
    private readonly IReadOnlyDictionary<char, int> _sizes;
    private readonly Dictionary<string, object> _arguments;

    private readonly bool _isNonNegative;

    /// <param name="program">The loss.</param>
    /// <param name="isNonNegative">Whether magnitudes are drawn alone.</param>
    public ProgramPoint(LossProgram program, bool isNonNegative = false)
    {
        _isNonNegative = isNonNegative;
        _random = new Random(program.Number);
        _sizes = program.Sizes;
        _arguments = Vocabulary.Parameters.ToDictionary(p => p.Name, Argument);
    }

    /// <summary>The argument of that name; of a size of a factor, such as rowsOfU or rank, the size.</summary>
    public object this[string parameter] => parameter switch
    {
        ['r', 'a', 'n', 'k', ..] => _sizes['k'],
        ['r', 'o', 'w', 's', 'O', 'f', .. var factor] => _sizes[Vocabulary.Parameters.First(p => p.Name == factor).Type.Rows],
        ['c', 'o', 'l', 'u', 'm', 'n', 's', 'O', 'f', .. var factor] => _sizes[Vocabulary.Parameters.First(p => p.Name == factor).Type.Columns],
        var name => _arguments[name],
    };

    /// <summary>An objective over this data.</summary>
    public IObjective<TElement> Construct<TElement>(Type objective)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var constructor = objective.MakeGenericType(typeof(TElement)).GetConstructors().Single();
        return (IObjective<TElement>)constructor.Invoke([.. constructor.GetParameters().Select(p => Cast<TElement>(this[p.Name!]))]);
    }

    /// <summary>The factors as an objective takes them.</summary>
    public Parameters<TElement> Factors<TElement>(ParameterLayout layout)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var factors = new Parameters<TElement>(layout);
        foreach (var factor in layout.Factors)
        {
            var values = factors[factor.Name];
            switch (Cast<TElement>(_arguments[factor.Name]))
            {
                case Matrix<TElement> matrix:
                    matrix.Span.CopyTo(values.Span);
                    break;
                case ColumnVector<TElement> column:
                    column.View.Span.CopyTo(values.Span);
                    break;
                case RowVector<TElement> row:
                    row.View.Span.CopyTo(values.Span);
                    break;
                case var number:
                    values.Span[0] = TElement.CreateChecked((double)number);
                    break;
            }
        }

        return factors;
    }

    private static object Cast<TElement>(object argument)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => argument switch
        {
            SparseMatrix<double> sparse => sparse.Cast<TElement>(),
            Matrix<double> matrix => matrix.Cast<TElement>(),
            ColumnVector<double> column => column.Cast<TElement>(),
            RowVector<double> row => row.Cast<TElement>(),
            _ => argument,
        };

    private object Argument(LossParameter parameter)
    {
        var (rows, columns) = (_sizes[parameter.Type.Rows], _sizes[parameter.Type.Columns]);
        return parameter.Type switch
        {
            _ when parameter.RowsInto is { } into => new IndexVector([.. Enumerable.Range(0, rows).Select(_ => _random.Next(_sizes[into]))]),
            { IsSparse: true } => Sparse(rows, columns),
            { IsMatrix: true } => new Matrix<double>(rows, columns, Numbers(rows * columns)),
            { IsColumn: true } => new ColumnVector<double>(Numbers(rows)),
            { IsRow: true } => new RowVector<double>(Numbers(columns)),
            _ => Number(),
        };
    }

    private SparseMatrix<double> Sparse(int rows, int columns)
    {
        var places =
            from row in Enumerable.Range(0, rows)
            from column in Enumerable.Range(0, columns)
            where _random.NextDouble() < Density
            select (row, column, Number());
        return SparseMatrix<double>.FromCoordinates(rows, columns, places.ToArray());
    }

    private double[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(_ => Number())];

    private double Number() => (float)((2.4 * _random.NextDouble()) - 1) is var number && _isNonNegative ? Math.Abs(number) : number;
}
