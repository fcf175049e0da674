namespace AutoGradMf.Objectives;

/// <summary>Which values of a factor the second derivative of a loss ties together: how many linear systems a Newton step in it solves.</summary>
public enum BlockSystems
{
    /// <summary>All of them, in a system too large to be solved at once; or it is not known.</summary>
    None,

    /// <summary>All of them, in one small system: a vector over the latent features, or a number.</summary>
    One,

    /// <summary>Those of a row, and all rows have the same system, which is factorized once.</summary>
    SharedByRows,

    /// <summary>Those of a row, and each row has a system of its own.</summary>
    EachRow,

    /// <summary>Those of a column of a factor with its features first, k × n, and all columns have the same system.</summary>
    SharedByColumns,

    /// <summary>Those of a column, and each column has a system of its own.</summary>
    EachColumn,
}
