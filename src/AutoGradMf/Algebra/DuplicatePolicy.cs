namespace AutoGradMf;

/// <summary>What becomes of several values given for one entry of a sparse matrix.</summary>
public enum DuplicatePolicy
{
    /// <summary>An exception names the entry.</summary>
    Throw,

    /// <summary>The value given first.</summary>
    KeepFirst,

    /// <summary>The value given last.</summary>
    KeepLast,

    /// <summary>The sum of all values.</summary>
    Sum,

    /// <summary>The mean of all values.</summary>
    Mean,
}
