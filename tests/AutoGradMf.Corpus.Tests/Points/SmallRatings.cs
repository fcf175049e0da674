namespace AutoGradMf.Corpus.Tests;

/// <summary>Half of the ratings of 25 movies by 30 users, from 0.5 to 5.</summary>
internal static class SmallRatings
{
    private const int Users = 30, Movies = 25;

    public static SparseMatrix<double> Create()
    {
        var random = new Random(3);
        return SparseMatrix<double>.FromCoordinates(Users, Movies, (
            from i in Enumerable.Range(0, Users)
            from j in Enumerable.Range(0, Movies)
            where random.NextDouble() < 0.5
            select (i, j, random.Next(1, 11) / 2.0)).ToArray());
    }
}
