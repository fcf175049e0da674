using System.Numerics;

namespace AutoGradMf.Kernels;

/// <summary>Makes the terms that the systems of <see cref="RowSystems"/> are sums of. Row i of a factor with k columns has the k × k matrix A_i.</summary>
public static class CurvatureTerm
{
    /// <summary>A_i += ridge · I.</summary>
    public static CurvatureTerm<TElement> Ridge<TElement>(double ridge)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => new() { Kind = CurvatureTermKind.Ridge, Scale = ridge };

    /// <summary>A_i += K.</summary>
    /// <param name="shared">K, k × k and symmetric.</param>
    public static CurvatureTerm<TElement> Shared<TElement>(MatrixView<double> shared)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => new() { Kind = CurvatureTermKind.Shared, Square = shared };

    /// <summary>A_i += w_i · K, or Σ_r w_ir · K_r.</summary>
    /// <param name="weights">w, a number for each row, or one for each row and matrix.</param>
    /// <param name="square">K, k × k and symmetric, or the K_r, one under the other.</param>
    public static CurvatureTerm<TElement> Weighted<TElement>(MatrixView<TElement> weights, MatrixView<double> square)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> =>
        new() { Kind = CurvatureTermKind.Weighted, Weights = weights, HasWeights = true, Square = square };

    /// <summary>A_i += diag(d_i), or d_i · I of a vector d.</summary>
    /// <param name="diagonals">A row of k numbers for each row, or one number.</param>
    public static CurvatureTerm<TElement> Diagonal<TElement>(MatrixView<TElement> diagonals)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => new() { Kind = CurvatureTermKind.Diagonal, Rows = diagonals };

    /// <summary>A_i += scale · w_i · x_i x_iᵀ.</summary>
    /// <param name="weights">w, a number for each row.</param>
    /// <param name="rows">The x_i, m × k.</param>
    /// <param name="scale">A factor of all weights.</param>
    public static CurvatureTerm<TElement> Outer<TElement>(MatrixView<TElement> weights, MatrixView<TElement> rows, double scale = 1)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> =>
        new() { Kind = CurvatureTermKind.Outer, Weights = weights, HasWeights = true, Rows = rows, Scale = scale };

    /// <summary>A_i += scale · x_i x_iᵀ.</summary>
    /// <param name="rows">The x_i, m × k.</param>
    /// <param name="scale">A factor of all of them.</param>
    public static CurvatureTerm<TElement> Outer<TElement>(MatrixView<TElement> rows, double scale = 1)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => new() { Kind = CurvatureTermKind.Outer, Rows = rows, Scale = scale };

    /// <summary>A_i += scale · Σ_j x_j x_jᵀ over the stored entries (i, j) of a pattern.</summary>
    /// <param name="pattern">m × n.</param>
    /// <param name="rows">The x_j, n × k.</param>
    /// <param name="scale">A factor of all of them.</param>
    public static CurvatureTerm<TElement> Sampled<TElement>(SparsePattern pattern, MatrixView<TElement> rows, double scale = 1)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> =>
        new() { Kind = CurvatureTermKind.Sampled, Pattern = pattern, Rows = rows, Scale = scale };

    /// <summary>A_i += scale · Σ_j w_ij x_j x_jᵀ over the stored entries (i, j) of a pattern.</summary>
    /// <param name="pattern">m × n.</param>
    /// <param name="weights">w, a number for each stored entry.</param>
    /// <param name="rows">The x_j, n × k.</param>
    /// <param name="scale">A factor of all weights.</param>
    public static CurvatureTerm<TElement> Sampled<TElement>(
        SparsePattern pattern, MatrixView<TElement> weights, MatrixView<TElement> rows, double scale = 1)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> =>
        new() { Kind = CurvatureTermKind.Sampled, Pattern = pattern, Weights = weights, HasWeights = true, Rows = rows, Scale = scale };

    /// <summary>A_i += scale · Σ_j x_j x_jᵀ over the stored entries (j, i) of a pattern.</summary>
    /// <param name="pattern">n × m.</param>
    /// <param name="rows">The x_j, n × k.</param>
    /// <param name="scale">A factor of all of them.</param>
    public static CurvatureTerm<TElement> SampledTransposed<TElement>(SparsePattern pattern, MatrixView<TElement> rows, double scale = 1)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> =>
        new() { Kind = CurvatureTermKind.SampledTransposed, Pattern = pattern, Rows = rows, Scale = scale };

    /// <summary>A_i += scale · Σ_j w_ji x_j x_jᵀ over the stored entries (j, i) of a pattern.</summary>
    /// <param name="pattern">n × m.</param>
    /// <param name="weights">w, a number for each stored entry.</param>
    /// <param name="rows">The x_j, n × k.</param>
    /// <param name="scale">A factor of all weights.</param>
    public static CurvatureTerm<TElement> SampledTransposed<TElement>(
        SparsePattern pattern, MatrixView<TElement> weights, MatrixView<TElement> rows, double scale = 1)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> =>
        new() { Kind = CurvatureTermKind.SampledTransposed, Pattern = pattern, Weights = weights, HasWeights = true, Rows = rows, Scale = scale };

    /// <summary>A_i += scale · Σ_s w_s x_s x_sᵀ over the samples s that chose i, with rows x_s that are read where they are.</summary>
    /// <param name="index">Samples × m, with one entry in each row.</param>
    /// <param name="weights">w, a number for each sample.</param>
    /// <param name="first">The number of the first term of the rows among those that the systems are solved with.</param>
    /// <param name="count">How many terms they have.</param>
    /// <param name="scale">A factor of all weights.</param>
    public static CurvatureTerm<TElement> Gathered<TElement>(SparsePattern index, MatrixView<TElement> weights, int first, int count, double scale = 1)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> =>
        new() { Kind = CurvatureTermKind.Gathered, Pattern = index, Weights = weights, HasWeights = true, FirstRow = first, RowCount = count, Scale = scale };

    /// <summary>A_i += scale · Σ_j w_ij x_j x_jᵀ over all j.</summary>
    /// <param name="weights">w, m × n.</param>
    /// <param name="rows">The x_j, n × k.</param>
    /// <param name="scale">A factor of all weights.</param>
    public static CurvatureTerm<TElement> Dense<TElement>(MatrixView<TElement> weights, MatrixView<TElement> rows, double scale = 1)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> =>
        new() { Kind = CurvatureTermKind.Dense, Weights = weights, HasWeights = true, Rows = rows, Scale = scale };

    /// <summary>A_i += scale · Σ_j w_ji x_j x_jᵀ over all j.</summary>
    /// <param name="weights">w, n × m.</param>
    /// <param name="rows">The x_j, n × k.</param>
    /// <param name="scale">A factor of all weights.</param>
    public static CurvatureTerm<TElement> DenseTransposed<TElement>(MatrixView<TElement> weights, MatrixView<TElement> rows, double scale = 1)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> =>
        new() { Kind = CurvatureTermKind.DenseTransposed, Weights = weights, HasWeights = true, Rows = rows, Scale = scale };

    /// <summary>A_i += Σ_j w_ij x_j x_jᵀ over all j, of weights that a function gives.</summary>
    /// <param name="rows">The x_j, n × k.</param>
    public static CurvatureTerm<TElement> Streamed<TElement>(MatrixView<TElement> rows)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> =>
        new() { Kind = CurvatureTermKind.Streamed, Rows = rows, Scale = 1 };

    /// <summary>A_g += Σ_i T_i over the rows i that chose g, where T_i is what another term adds for row i.</summary>
    /// <param name="chosen">Rows of the term × rows of the factor, with one entry in each row.</param>
    /// <param name="term">T, of any kind but those that all rows share and those that are streamed.</param>
    public static CurvatureTerm<TElement> Scattered<TElement>(SparsePattern chosen, CurvatureTerm<TElement> term)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => term with { Chosen = chosen };
}

/// <summary>A term of the systems of <see cref="RowSystems"/>; <see cref="CurvatureTerm"/> makes them.</summary>
/// <typeparam name="TElement"><see cref="float"/> or <see cref="double"/>.</typeparam>
public readonly struct CurvatureTerm<TElement>
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    internal CurvatureTermKind Kind { get; init; }

    internal double Scale { get; init; }

    internal MatrixView<double> Square { get; init; }

    internal SparsePattern? Pattern { get; init; }

    internal bool HasWeights { get; init; }

    internal MatrixView<TElement> Weights { get; init; }

    internal MatrixView<TElement> Rows { get; init; }

    internal bool HasSlopes { get; init; }

    internal MatrixView<TElement> Slopes { get; init; }

    internal double SlopeScale { get; init; }

    /// <summary>The number of its rows' first term.</summary>
    internal int FirstRow { get; init; }

    /// <summary>How many terms its rows have.</summary>
    internal int RowCount { get; init; }

    /// <summary>The row of the factor that each of its rows chose; null where its rows are the factor's.</summary>
    internal SparsePattern? Chosen { get; init; }

    /// <summary>
    /// Also adds scale · Σ_j s_ij x_j to row i of the gradient, over the entries and rows of a term that samples them: where rows are gathered for the systems, the
    /// gradient costs no pass of its own.
    /// </summary>
    /// <param name="slopes">s, as the pattern's entries are.</param>
    /// <param name="scale">A factor of all slopes.</param>
    public CurvatureTerm<TElement> WithSlopes(MatrixView<TElement> slopes, double scale = 1) => this with { HasSlopes = true, Slopes = slopes, SlopeScale = scale };

    /// <summary>Whether it is a sum over rows of another factor, as they are.</summary>
    internal bool IsSum => Kind >= CurvatureTermKind.Sampled;
}

/// <summary>What a term of a system is.</summary>
internal enum CurvatureTermKind
{
    Ridge,
    Shared,
    Weighted,
    Diagonal,
    Outer,
    Gathered,
    Sampled,
    SampledTransposed,
    Dense,
    DenseTransposed,
    Streamed,
}
