using System.Numerics;
using System.Reflection;
using AutoGradMf.Objectives;

namespace AutoGradMf.Corpus.Tests;

/// <summary>
/// Seeded data and factors of a chosen size for every declared loss, by the names of its parameters; losses that take the same
/// data share it.
/// </summary>
/// <param name="m">The number of users.</param>
/// <param name="n">The number of movies.</param>
/// <param name="k">The number of latent features.</param>
/// <param name="entries">The number of stored entries of what relates users and movies, and of samples.</param>
/// <param name="features">How many known features users and movies have, and how many groups users.</param>
/// <param name="each">How many of them each has, and how many columns a fill of low rank; half as many neighbours to each side.</param>
internal sealed class SyntheticPoint<TElement>(int m, int n, int k, int entries, int features = 40, int each = 3)
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    /// <summary>After so many numbers the same ones come again: a prime, so that no two rows are equal.</summary>
    private const int Period = 65_537;

    private readonly Dictionary<(string Name, Type Type), object> _data = [];

    /// <summary>The objective of a declared loss with this data.</summary>
    public IObjective<TElement> Objective(string loss) => GeneratedLoss.Objective<TElement>(loss, Argument);

    /// <summary>Positive factors, so that every loss is finite.</summary>
    public static Parameters<TElement> Start(IObjective<TElement> objective)
    {
        var start = Random(objective, 0.1, 0.5);
        foreach (var factor in objective.Layout.Factors.Where(f => f.Name == "Z"))
        {
            for (var i = 0; i < factor.Rows; i++)
            {
                // A dominant diagonal makes the determinant positive.
                start[factor.Name][i, i] = TElement.CreateChecked(factor.Rows);
            }
        }

        return start;
    }

    /// <summary>A direction in the space of the factors.</summary>
    public static Parameters<TElement> Direction(IObjective<TElement> objective) => Random(objective, -0.5, 0.5);

    private static Parameters<TElement> Random(IObjective<TElement> objective, double from, double to)
    {
        var parameters = new Parameters<TElement>(objective.Layout);
        Fill(parameters.Values, "factors", from, to);
        return parameters;
    }

    private object Argument(ParameterInfo parameter)
    {
        var key = (parameter.Name!, parameter.ParameterType);
        if (!_data.TryGetValue(key, out var argument))
        {
            _data.Add(key, argument = Make(parameter.Name!, parameter.ParameterType));
        }

        return argument;
    }

    private object Make(string name, Type type) =>
        type == typeof(double) ? Number(name)
        : type == typeof(int) ? Size(name)
        : type == typeof(IndexVector) ? name == "group" ? Rows(name, m, features) : Rows(name, entries, name == "i" ? m : n)
        : type == typeof(SparseMatrix<TElement>) ? Sparse(name)
        : type == typeof(ColumnVector<TElement>) ? new ColumnVector<TElement>(Numbers(name, name == "c" ? n : m))
        : name switch
        {
            "A" => new Matrix<TElement>(m, m, Numbers(name, m * m)),
            "P" => new Matrix<TElement>(m, each, Numbers(name, m * each)),
            "Q" => new Matrix<TElement>(n, each, Numbers(name, n * each)),
            "W" => new Matrix<TElement>(m, n, Numbers(name, m * n)),
            "R" => new Matrix<TElement>(m, n, Numbers(name, m * n)),
            _ => throw new ArgumentException($"There is no {type.Name} {name}.", nameof(name)),
        };

    private static double Number(string name) => name switch
    {
        "power" => 1.5,
        "alpha" => 2.0,
        _ => 0.25,
    };

    private int Size(string name) => name switch
    {
        "rowsOfU" => m,
        "rowsOfV" or "rowsOfY" => n,
        "rowsOfG" => features,
        "rank" or "rowsOfZ" => k,
        _ => throw new ArgumentException($"There is no size {name}.", nameof(name)),
    };

    private static IndexVector Rows(string name, int samples, int count)
    {
        var random = new Random(Seed(name));
        return new([.. Enumerable.Range(0, samples).Select(_ => random.Next(count))]);
    }

    private SparseMatrix<TElement> Sparse(string name) => name switch
    {
        "L" => Laplacian(),
        "D" => Differences(),
        "T" => Ratings(name, m, n, m),
        "A" => Ratings(name, m, features, each * m),
        "B" => Ratings(name, n, features, each * n),
        _ => Ratings(name, m, n, entries),
    };

    /// <summary>Ratings from 0.5 to 5, equally many in each row, one in each of as many equal parts of it.</summary>
    private static SparseMatrix<TElement> Ratings(string name, int rows, int columns, int count)
    {
        var random = new Random(Seed(name));
        var (pointers, indices, values) = (new long[rows + 1], new int[count], new TElement[count]);
        for (var i = 0; i < rows; i++)
        {
            var (start, end) = (Part(count, i, rows), Part(count, i + 1, rows));
            pointers[i + 1] = end;
            for (var e = start; e < end; e++)
            {
                indices[e] = random.Next(Part(columns, e - start, end - start), Part(columns, e - start + 1, end - start));
                values[e] = TElement.CreateChecked(random.Next(1, 11) / 2.0);
            }
        }

        return new(new SparsePattern(rows, columns, pointers, indices), values);
    }

    private static int Part(int total, int part, int count) => (int)((long)total * part / count);

    /// <summary>Of the path through all users, where each is the neighbour of the next ones.</summary>
    private SparseMatrix<TElement> Laplacian() => SparseMatrix<TElement>.FromCoordinates(m, m, (
        from i in Enumerable.Range(0, m)
        from j in Enumerable.Range(i - (each / 2), (2 * (each / 2)) + 1)
        where j >= 0 && j < m
        select (i, j, i == j ? TElement.CreateChecked(2 * (each / 2)) : -TElement.One)).ToArray());

    /// <summary>Of each user and the next.</summary>
    private SparseMatrix<TElement> Differences() => SparseMatrix<TElement>.FromCoordinates(m - 1, m, Enumerable.Range(0, m - 1)
        .SelectMany(i => new[] { (i, i, -TElement.One), (i, i + 1, TElement.One) })
        .ToArray());

    private static TElement[] Numbers(string name, int count)
    {
        var numbers = new TElement[count];
        Fill(numbers, name, 0.1, 0.5);
        return numbers;
    }

    private static void Fill(Span<TElement> numbers, string name, double from, double to)
    {
        var random = new Random(Seed(name));
        var period = Math.Min(Period, numbers.Length);
        foreach (ref var number in numbers[..period])
        {
            number = TElement.CreateChecked(from + (to - from) * random.NextDouble());
        }

        for (var start = period; start < numbers.Length; start += period)
        {
            var rest = numbers[start..];
            numbers[..Math.Min(period, rest.Length)].CopyTo(rest);
        }
    }

    /// <summary>The same in every process, unlike a hash code.</summary>
    private static int Seed(string name) => name.Aggregate(17, (seed, letter) => unchecked(seed * 31 + letter));
}
