namespace AutoGradMf.Objectives;

/// <summary>Of what elements of a factor a <see cref="Penalty"/> sums Euclidean norms.</summary>
public enum PenaltyGroups
{
    /// <summary>Of each element by itself, Σ|F|: it makes single elements zero (the lasso).</summary>
    Elements,

    /// <summary>Of each row, Σ_i ‖F_i‖: it makes whole rows zero (the group lasso).</summary>
    Rows,

    /// <summary>Of each column, Σ_k ‖F^k‖: it makes whole latent features zero.</summary>
    Columns,

    /// <summary>Of all elements, ‖F‖: it makes the factor zero or none of it.</summary>
    Whole,
}
