using AutoGradMf.Data;

namespace AutoGradMf.Samples.MovieLens.Synthetic;

/// <summary>
/// Ratings made up to resemble MovieLens: half stars from 0.5 to 5, at least 20 by each user, activity of users and popularity
/// of movies by power laws, and values of biases, a taste of few dimensions and noise. One seed gives one set.
/// </summary>
internal static class SyntheticRatings
{
    public const int UserCount = 2_000;
    public const int MovieCount = 3_000;
    public const int FewestByUser = 20;

    private const int MostByUser = 1_000;
    private const double ActivityExponent = 1;
    private const double PopularityExponent = 0.9;
    private const double PopularityOffset = 20;
    private const int TasteDimensions = 6;
    private const double MeanRating = 3.5;
    private const double UserBiasDeviation = 0.4;
    private const double MovieBiasDeviation = 0.45;
    private const double TasteDeviation = 0.6;
    private const double NoiseDeviation = 0.7;

    /// <summary>About 200,000 ratings of the movies 1 … 3000 by the users 1 … 2000.</summary>
    public static RatingSet Create(int seed)
    {
        var random = new Random(seed);
        var movies = SyntheticTitles.Draw(random).Take(MovieCount).Select((title, j) => new Movie(j + 1, title, "")).ToList();
        var taste = new Taste(random);
        var popularity = Popularity(random);
        var ratings = new List<Rating>();
        foreach (var (user, count) in Activity(random).Index())
        {
            foreach (var movie in DrawMovies(popularity, count, random))
            {
                ratings.Add(new Rating(user + 1, movie + 1, taste.Rate(user, movie, random), 1_000_000_000 + (60L * ratings.Count)));
            }
        }

        return RatingSet.From(ratings, movies);
    }

    /// <summary>How many movies each user rates: the quantiles of a Pareto distribution, so that their sum does not depend on the seed.</summary>
    private static int[] Activity(Random random)
    {
        var counts = new int[UserCount];
        for (var i = 0; i < UserCount; i++)
        {
            counts[i] = (int)Math.Min(MostByUser, FewestByUser * Math.Pow((i + 0.5) / UserCount, -1 / ActivityExponent));
        }

        random.Shuffle(counts);
        return counts;
    }

    /// <summary>The weight of each movie when one is drawn (Zipf and Mandelbrot), in random order.</summary>
    private static double[] Popularity(Random random)
    {
        var weights = new double[MovieCount];
        for (var j = 0; j < MovieCount; j++)
        {
            weights[j] = Math.Pow(j + PopularityOffset, -PopularityExponent);
        }

        random.Shuffle(weights);
        return weights;
    }

    /// <summary>Weighted sampling without replacement: the smallest of −log(u)/w (Efraimidis and Spirakis, 2006).</summary>
    private static int[] DrawMovies(double[] weights, int count, Random random)
    {
        var keys = new double[weights.Length];
        var movies = new int[weights.Length];
        for (var j = 0; j < weights.Length; j++)
        {
            keys[j] = -Math.Log(1 - random.NextDouble()) / weights[j];
            movies[j] = j;
        }

        Array.Sort(keys, movies);
        return movies[..count];
    }

    /// <summary>What each user thinks of each movie, before noise: mean, biases and a product of few dimensions.</summary>
    private sealed class Taste(Random random)
    {
        private readonly double[] _userBiases = Normal(UserCount, UserBiasDeviation, random);
        private readonly double[] _movieBiases = Normal(MovieCount, MovieBiasDeviation, random);
        private readonly double[] _users = Normal(UserCount * TasteDimensions, TasteDeviation / Math.Sqrt(TasteDimensions), random);
        private readonly double[] _movies = Normal(MovieCount * TasteDimensions, 1, random);

        public double Rate(int user, int movie, Random random)
        {
            var stars = MeanRating + _userBiases[user] + _movieBiases[movie] + (NoiseDeviation * Gaussian(random));
            for (var f = 0; f < TasteDimensions; f++)
            {
                stars += _users[(user * TasteDimensions) + f] * _movies[(movie * TasteDimensions) + f];
            }

            return Math.Clamp(Math.Round(2 * stars) / 2, 0.5, 5);
        }

        private static double[] Normal(int count, double deviation, Random random)
        {
            var values = new double[count];
            for (var i = 0; i < count; i++)
            {
                values[i] = deviation * Gaussian(random);
            }

            return values;
        }

        /// <summary>Box and Muller (1958).</summary>
        private static double Gaussian(Random random) =>
            Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
    }
}
