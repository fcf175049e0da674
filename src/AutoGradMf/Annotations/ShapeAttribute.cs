namespace AutoGradMf;

/// <summary>
/// Names the dimensions of a loss parameter where the default does not fit: <c>[Shape("k", "k")]</c> for <c>S</c> in
/// <c>U * S * V.T</c>. Equal names are equal sizes. Names that begin with k or l are latent; others are entities.
/// </summary>
/// <param name="rows">The name of the number of rows.</param>
/// <param name="columns">The name of the number of columns; empty for a vector.</param>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class ShapeAttribute(string rows, string columns = "") : Attribute
{
    /// <summary>The name of the number of rows.</summary>
    public string Rows { get; } = rows;

    /// <summary>The name of the number of columns; empty for a vector.</summary>
    public string Columns { get; } = columns;
}
