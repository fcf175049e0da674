using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Model;

namespace AutoGradMf.Generators.Symbolics.Lowering;

/// <summary>Where the numbers of a plan are kept.</summary>
internal enum StorageKind
{
    /// <summary>A factor in the buffer of parameters.</summary>
    Factor,

    /// <summary>A factor's part of the gradient.</summary>
    Gradient,

    /// <summary>A factor's part of a direction.</summary>
    Direction,

    /// <summary>Data of the user's.</summary>
    Data,

    /// <summary>Derived from data when the objective is made.</summary>
    Derived,

    /// <summary>A temporary of the workspace.</summary>
    Temporary,

    /// <summary>A temporary that only Hessian-vector products need: made when the first one is asked for.</summary>
    ProductTemporary,

    /// <summary>A temporary that only Newton steps need: made when the first one is asked for.</summary>
    NewtonTemporary,

    /// <summary>A factor's part of what is subtracted in a gradient split by sign; what is added is in <see cref="Gradient"/>.</summary>
    NegativePart,

    /// <summary>A temporary that only gradients split by sign need: made when the first one is asked for.</summary>
    SplitTemporary,

    /// <summary>A temporary that only curvature bounds need: made when the first one is asked for.</summary>
    BoundTemporary,
}

/// <summary>A dense array of up to two dimensions, row after row; or, on a pattern, one number per stored entry.</summary>
/// <param name="Name">What the generated code calls it.</param>
/// <param name="Kind">Where it is kept.</param>
/// <param name="Dimensions">Its sizes.</param>
/// <param name="Pattern">The pattern that it is stored on; null if dense.</param>
/// <param name="IsDouble">Whether it is kept in double also for float factors: what entities are summed into is.</param>
/// <param name="Initializer">For derived data: the eager expression that computes it; null if a step of the plan does.</param>
internal sealed record Storage(
    string Name,
    StorageKind Kind,
    EquatableArray<Dimension> Dimensions,
    string? Pattern = null,
    bool IsDouble = false,
    DerivedData? Initializer = null)
{
    /// <summary>The name as a part of other names.</summary>
    public string Label => Kind == StorageKind.Direction ? "v" + Name : Name;

    /// <summary>Tells a factor from its part of the gradient or of a direction, which have the same name.</summary>
    public string Key => Kind switch
    {
        StorageKind.Gradient => "gradient of " + Name,
        StorageKind.Direction => "direction of " + Name,
        StorageKind.NegativePart => "negative part of " + Name,
        _ => Name,
    };
}

/// <summary>Data derived eagerly from data.</summary>
internal abstract record DerivedData;

/// <summary>An expression of the language over data parameters.</summary>
internal sealed record EagerData(LossNode Expression) : DerivedData;

/// <summary>An expression of the language that makes a sparse matrix; its pattern is the storage's.</summary>
internal sealed record SparseData(LossNode Expression) : DerivedData;

/// <summary>A sparse matrix's values, or its indicator's, or those of its transpose, on another pattern; zero where it has none.</summary>
internal sealed record AlignedData(string Sparse, bool IsIndicator, bool IsTransposed, string Pattern) : DerivedData;

/// <summary>A dense matrix's elements on a pattern.</summary>
internal sealed record SampledData(string Dense, string Pattern) : DerivedData;

/// <summary>The elements on a pattern of a product of two matrices, at least one of which is sparse.</summary>
internal sealed record SampledProduct(Storage Left, Storage Right, string Pattern) : DerivedData;

/// <summary>A dense matrix's transpose.</summary>
internal sealed record TransposedData(string Dense) : DerivedData;
