namespace AutoGradMf.Models;

/// <summary>Predicts the rating that each of m users (rows) would give to each of n movies (columns). Reading it is thread-safe.</summary>
public interface IRatingModel
{
    /// <summary>m, the number of users.</summary>
    int Rows { get; }

    /// <summary>n, the number of movies.</summary>
    int Columns { get; }

    /// <summary>The rating of movie <paramref name="column"/> by user <paramref name="row"/>, in the units of the ratings trained on.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row or column.</exception>
    double Predict(int row, int column);
}
