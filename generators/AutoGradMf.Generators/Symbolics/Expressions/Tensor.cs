using AutoGradMf.Generators.Symbolics.Model;

namespace AutoGradMf.Generators.Symbolics.Expressions;

/// <summary>Where the numbers of a tensor come from, which says when they change.</summary>
internal enum TensorRole
{
    /// <summary>Changed by training.</summary>
    Factor,

    /// <summary>A factor where its gradient is stopped: it changes, and is differentiated as if it did not.</summary>
    Frozen,

    /// <summary>A direction in the space of the factors, under a factor's name.</summary>
    Direction,

    /// <summary>Fixed when the objective is made.</summary>
    Data,

    /// <summary>A number that may change between evaluations.</summary>
    Hyperparameter,

    /// <summary>The size of a dimension.</summary>
    Size,

    /// <summary>A value that a step of the plan has computed before.</summary>
    Computed,
}

/// <summary>A tensor that expressions have as leaves.</summary>
/// <param name="Name">The user's name, or a computed value's.</param>
/// <param name="Role">Where its numbers come from.</param>
/// <param name="Dimensions">The size of each of its indices.</param>
/// <param name="Pattern">The name of the sparse matrix whose pattern it is stored on; null if dense.</param>
/// <param name="IsIndicator">Whether it is one on the whole of its pattern.</param>
/// <param name="IsRowVector">Whether its one index counts columns.</param>
/// <param name="IsIdentity">Whether it is the identity matrix, which only renames an index where it is summed.</param>
/// <param name="Initializer">For data that is derived from data: the expression of the language that computes it.</param>
internal sealed record Tensor(
    string Name,
    TensorRole Role,
    EquatableArray<Dimension> Dimensions,
    string? Pattern = null,
    bool IsIndicator = false,
    bool IsRowVector = false,
    bool IsIdentity = false,
    LossNode? Initializer = null)
{
    /// <summary>Whether it is a size that a mean divides by, which of nothing is 0: then it is 1.</summary>
    public bool IsDivisor { get; init; }

    /// <summary>Whether it is in a shift of exponentials, which the whole does not change with: stopping its gradient changes none.</summary>
    public bool IsShift { get; init; }

    /// <summary>Whether it holds reciprocals of norms, whose powers vanish where what they multiply overflows.</summary>
    public bool IsOverNorm { get; init; }

    /// <summary>Whether it holds the value of a function, which may vanish where what it is multiplied with overflows.</summary>
    public bool MayVanish { get; init; }

    /// <summary>The sparse data that it has the values of, where that is stored on its pattern, beside zeros; null if it is no such part.</summary>
    public Tensor? Source { get; init; }

    /// <summary>Of a product of two sparse matrices of data, what it sums over; null of all else.</summary>
    public Dimension? Inner { get; init; }

    /// <summary>Whether each of its rows is a row of the identity matrix, chosen by an index vector.</summary>
    public bool IsOneHot => Initializer is CallNode { Function: Operators.OneHot };

    /// <summary>A number that is read of a field, wherever it is needed.</summary>
    public static Tensor Of(FieldNode field) => new(field.Name, TensorRole.Data, default, Initializer: field);

    /// <summary>0, 1, 2, … along a dimension.</summary>
    public static Tensor NumbersOf(Dimension dimension) => new(
        $"numbers of {dimension}", TensorRole.Data, new([dimension]), Initializer: new CallNode(0, TensorKind.ColumnVector, Operators.Numbers, new([new DimensionNode(0, dimension.Name)])));
}
