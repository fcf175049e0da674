using AutoGradMf.Generators.Symbolics.Expressions;

namespace AutoGradMf.Generators.Symbolics.Lowering;

/// <summary>One step of a plan. Steps of a lower level come first; at one level, loops come before products of what they made.</summary>
internal abstract class Step(int level)
{
    public int Level { get; } = level;

    /// <summary>The numbers that it reads, as expressions over those that were computed before.</summary>
    public virtual IEnumerable<Expression> Numbers => [];

    /// <summary>The step with other expressions for its numbers, of the same values.</summary>
    public virtual Step WithNumbers(Func<Expression, Expression> number) => this;
}

/// <summary>A kernel of the library that multiplies dense or sparse arrays.</summary>
internal enum ProductKernel
{
    /// <summary>into[k, l] = Σ_i left[i, k] right[i, l].</summary>
    Gram,

    /// <summary>into[k] = Σ_i left[i, k].</summary>
    ColumnSums,

    /// <summary>into = left · right, right small.</summary>
    Multiply,

    /// <summary>into = left · rightᵀ, right small.</summary>
    MultiplyTransposed,

    /// <summary>into[i] = Σ_k left[i, k] right[i, k].</summary>
    RowDots,

    /// <summary>The number Σ left ∘ right.</summary>
    Dot,

    /// <summary>The number √Σ left ∘ right.</summary>
    RootOfDot,

    /// <summary>The number √Σ left².</summary>
    Norm,

    /// <summary>into[i] = √Σ_k left[i, k]².</summary>
    RowNorms,

    /// <summary>The number Σ left.</summary>
    Sum,

    /// <summary>The number max left.</summary>
    Max,

    /// <summary>into = left, in double.</summary>
    Widen,

    /// <summary>into = leftᵀ.</summary>
    Transpose,

    /// <summary>into[k] = left[k, k].</summary>
    Diagonal,

    /// <summary>into = left⁻¹, small.</summary>
    Inverse,

    /// <summary>The number log det left, small.</summary>
    LogDeterminant,

    /// <summary>into = left⁻¹, and the number log det left, by one factorization.</summary>
    InverseAndLogDeterminant,

    /// <summary>into = left · right, left sparse.</summary>
    SparseMultiply,

    /// <summary>into = leftᵀ · right, left sparse.</summary>
    SparseMultiplyTransposed,
}

/// <summary>A call of a product kernel. Its result is an array, or the number called <see cref="Scalar"/>, or both.</summary>
internal sealed class ProductStep(int level, ProductKernel kernel, Storage left, Storage? right, Storage? into, string? scalar, Expression meaning)
    : Step(level)
{
    public ProductKernel Kernel { get; } = kernel;

    public Storage Left { get; } = left;

    public Storage? Right { get; } = right;

    public Storage? Into { get; } = into;

    public string? Scalar { get; } = scalar;

    /// <summary>What it computes, for the comment above it.</summary>
    public Expression Meaning { get; } = meaning;
}

/// <summary>A number computed from numbers.</summary>
internal sealed class ScalarStep(int level, string name, Expression value) : Step(level)
{
    public string Name { get; } = name;

    public Expression Value { get; } = value;

    public override IEnumerable<Expression> Numbers => [Value];

    public override Step WithNumbers(Func<Expression, Expression> number) => new ScalarStep(Level, Name, number(Value));
}

/// <summary>The gradient of a factor that is a number.</summary>
internal sealed class ScalarGradientStep(int level, Storage gradient, Expression value) : Step(level)
{
    public Storage Gradient { get; } = gradient;

    public Expression Value { get; } = value;

    public override IEnumerable<Expression> Numbers => [Value];

    public override Step WithNumbers(Func<Expression, Expression> number) => new ScalarGradientStep(Level, Gradient, number(Value));
}
