namespace AutoGradMf;

/// <summary>Draws row numbers at random, one for each of s samples, such as a movie that a user has not rated: what an <see cref="IndexVector"/> may
/// be made of.</summary>
public interface IRandomRows
{
    /// <summary>s, how many rows are drawn.</summary>
    int Length { get; }

    /// <summary>Draws all rows. It may be called by several threads at once.</summary>
    /// <param name="rows">Where they go, s numbers.</param>
    /// <param name="seed">Decides them: equal seeds give equal rows.</param>
    void Draw(Span<int> rows, int seed);
}
