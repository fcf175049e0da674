using AutoGradMf.Kernels;

namespace AutoGradMf;

/// <summary>
/// s row numbers, counted from 0, in any order and with repeats: <c>U[index]</c> gathers these rows of U. Data of a loss, such as the
/// users of s sampled triples; never a factor.
/// </summary>
public sealed class IndexVector
{
    private readonly int[] _rows;
    private readonly IRandomRows? _random;
    private readonly int _seed;

    /// <summary>A vector over <paramref name="rows"/>; the array is kept, not copied.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative.</exception>
    public IndexVector(params int[] rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        for (var r = 0; r < rows.Length; r++)
        {
            if (rows[r] < 0)
            {
                throw new ArgumentOutOfRangeException(nameof(rows), $"Number {r} is {rows[r]}; rows count from 0.");
            }
        }

        _rows = rows;
    }

    /// <summary>A vector of rows drawn at random, which stochastic gradient draws anew each epoch; to all else it is a vector like any other.</summary>
    /// <param name="random">Draws them.</param>
    /// <param name="seed">Equal seeds give equal draws; vectors with different seeds are independent.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number that is drawn is negative.</exception>
    public IndexVector(IRandomRows random, int seed)
        : this(random, seed, round: 0)
    {
    }

    private IndexVector(IRandomRows random, int seed, int round)
        : this(Draw(random, seed, round)) => (_random, _seed) = (random, seed);

    /// <summary>Whether the rows were drawn at random, and <see cref="Redrawn"/> gives others.</summary>
    public bool IsRandom => _random is not null;

    /// <summary>s, how many rows are named.</summary>
    public int Length => _rows.Length;

    /// <summary>The row that is named in place <paramref name="r"/>.</summary>
    /// <exception cref="IndexOutOfRangeException">There is no such place.</exception>
    public int this[int r] => _rows[r];

    /// <summary>All row numbers.</summary>
    public ReadOnlySpan<int> Values => _rows;

    /// <summary>The vector as drawn in a round of its own, which with the seed decides what it holds; this one if it is not random. Round 0 is this one's.</summary>
    public IndexVector Redrawn(int round) => _random is null ? this : new(_random, _seed, round);

    /// <summary>Draws the rows of a round in place of those that there are, if they are random: for whoever made this one, and shows it to nobody. Allocates nothing.</summary>
    internal void Redraw(int round) => _random?.Draw(_rows, DrawSeed(_seed, round));

    /// <summary>Refuses numbers from <paramref name="count"/> on; <paramref name="what"/> has so many rows.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A row is not there.</exception>
    internal void RequireBelow(int count, string what)
    {
        for (var r = 0; r < _rows.Length; r++)
        {
            if (_rows[r] >= count)
            {
                throw new ArgumentOutOfRangeException(
                    null, $"Number {r} of the index is {_rows[r]}, and {what} has rows 0 … {count - 1}.");
            }
        }
    }

    private static int[] Draw(IRandomRows random, int seed, int round)
    {
        ArgumentNullException.ThrowIfNull(random);
        var rows = new int[random.Length];
        random.Draw(rows, DrawSeed(seed, round));
        return rows;
    }

    private static int DrawSeed(int seed, int round) => (int)SplitMix.Of(seed, round, part: 0).Next();
}
