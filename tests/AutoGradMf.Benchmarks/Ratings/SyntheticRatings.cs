using System.Numerics;
using AutoGradMf.Kernels;

namespace AutoGradMf.Benchmarks.Ratings;

/// <summary>
/// Seeded ratings of exactly the size asked for, like those of MovieLens: users with log-normally many ratings, movies whose popularity
/// falls by a power of their rank, half-star steps around a model of eight features with biases. Each user is drawn from
/// numbers of its own, so that the result does not depend on the number of threads.
/// </summary>
internal static class SyntheticRatings
{
    /// <summary>Of what <see cref="Generate"/> makes: to be raised with each change of it.</summary>
    public const int Version = 1;

    private const int Features = 8;
    private const int LeastRatings = 20;
    private const double CountSpread = 1.1;
    private const double PopularityPower = 1.6;
    private const double PopularityShift = 200;

    /// <summary>So many draws in a hundred take a movie by popularity, the others take any, which ends the search for one that is not rated yet.</summary>
    private const int PopularPercent = 99;

    public static SparseMatrix<float> Generate(RatingSize size, int seed)
    {
        var pointers = RowPointers(size, seed);
        var (columns, values) = (new int[size.Entries], new float[size.Entries]);
        var popularity = new Popularity(size.N, seed);
        var (users, movies) = (Factor(size.M, seed, 1), Factor(size.N, seed, 2));
        Parallel.For(
            0,
            size.M,
            () => new ulong[(size.N + 63) / 64],
            (user, _, rated) =>
            {
                var random = SplitMix.Of(seed, 3, user);
                var (start, end) = ((int)pointers[user], (int)pointers[user + 1]);
                Draw(ref random, popularity, rated, columns.AsSpan(start, end - start), size.N);
                for (var e = start; e < end; e++)
                {
                    values[e] = Rating(users.AsSpan(user * Features, Features), movies.AsSpan(columns[e] * Features, Features), Normal(ref random));
                }

                return rated;
            },
            _ => { });
        return new(new SparsePattern(size.M, size.N, pointers, columns), values);
    }

    /// <summary>Log-normal numbers of ratings, scaled so that they sum to all; no user has rated more than half of the movies.</summary>
    private static long[] RowPointers(RatingSize size, int seed)
    {
        var least = Math.Min(LeastRatings, size.Entries / size.M);
        var weights = new double[size.M];
        for (var user = 0; user < size.M; user++)
        {
            var random = SplitMix.Of(seed, 4, user);
            weights[user] = Math.Exp(CountSpread * Normal(ref random));
        }

        var counts = new long[size.M];
        var rest = (double)(size.Entries - ((long)least * size.M)) / weights.Sum();
        for (var user = 0; user < size.M; user++)
        {
            counts[user] = Math.Min(size.N / 2, least + (long)(weights[user] * rest));
        }

        // What rounding and the bound leave over goes to one user after the other.
        for (var (missing, user) = (size.Entries - counts.Sum(), 0); missing > 0; user = (user + 1) % size.M)
        {
            if (counts[user] < size.N / 2)
            {
                counts[user]++;
                missing--;
            }
        }

        var pointers = new long[size.M + 1];
        for (var user = 0; user < size.M; user++)
        {
            pointers[user + 1] = pointers[user] + counts[user];
        }

        return pointers;
    }

    /// <summary>Distinct movies, ascending: marked in a bit each, and read off.</summary>
    private static void Draw(ref SplitMix random, Popularity popularity, ulong[] rated, Span<int> columns, int movies)
    {
        for (var left = columns.Length; left > 0;)
        {
            var movie = random.Below(100) < PopularPercent ? popularity.Draw(ref random) : random.Below(movies);
            ref var word = ref rated[movie >> 6];
            var bit = 1UL << movie;
            left -= (word & bit) == 0 ? 1 : 0;
            word |= bit;
        }

        var place = 0;
        for (var w = 0; w < rated.Length; w++)
        {
            for (var word = rated[w]; word != 0; word &= word - 1)
            {
                columns[place++] = (w << 6) + BitOperations.TrailingZeroCount(word);
            }

            rated[w] = 0;
        }
    }

    private static float Rating(ReadOnlySpan<float> user, ReadOnlySpan<float> movie, double noise)
    {
        // The first feature of each is its bias.
        var rating = 3.5 + (0.4 * (user[0] + movie[0])) + (0.6 * noise);
        for (var f = 1; f < Features; f++)
        {
            rating += 0.2 * user[f] * movie[f];
        }

        return (float)Math.Clamp(Math.Round(2 * rating) / 2, 0.5, 5);
    }

    private static float[] Factor(int rows, int seed, int stream)
    {
        var factor = new float[rows * Features];
        for (var row = 0; row < rows; row++)
        {
            var random = SplitMix.Of(seed, stream, row);
            for (var f = 0; f < Features; f++)
            {
                factor[(row * Features) + f] = (float)Normal(ref random);
            }
        }

        return factor;
    }

    /// <summary>By Box and Muller.</summary>
    private static double Normal(ref SplitMix random) => Math.Sqrt(-2 * Math.Log(1 - Uniform(ref random))) * Math.Cos(2 * Math.PI * Uniform(ref random));

    private static double Uniform(ref SplitMix random) => (random.Next() >> 11) * (1.0 / (1L << 53));

    /// <summary>Draws a movie in constant time, with a probability that falls by a power of its rank (Walker's aliases, in Vose's form); ranks are in random order.</summary>
    private sealed class Popularity
    {
        private readonly int[] _movies;
        private readonly int[] _aliases;
        private readonly double[] _shares;

        public Popularity(int movies, int seed)
        {
            _movies = [.. Enumerable.Range(0, movies)];
            SplitMix.Of(seed, 5, 0).Shuffle(_movies);
            var weights = Enumerable.Range(0, movies).Select(rank => Math.Pow(rank + PopularityShift, -PopularityPower)).ToArray();
            var mean = weights.Sum() / movies;
            _shares = [.. weights.Select(w => w / mean)];
            _aliases = [.. Enumerable.Range(0, movies)];
            var small = new Stack<int>(Enumerable.Range(0, movies).Where(rank => _shares[rank] < 1));
            var large = new Stack<int>(Enumerable.Range(0, movies).Where(rank => _shares[rank] >= 1));
            while (small.TryPop(out var less) && large.TryPop(out var more))
            {
                _aliases[less] = more;
                _shares[more] -= 1 - _shares[less];
                (_shares[more] < 1 ? small : large).Push(more);
            }
        }

        public int Draw(ref SplitMix random)
        {
            var rank = random.Below(_movies.Length);
            return _movies[Uniform(ref random) < _shares[rank] ? rank : _aliases[rank]];
        }
    }
}
