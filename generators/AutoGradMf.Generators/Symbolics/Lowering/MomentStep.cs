using AutoGradMf.Generators.Symbolics.Expressions;

namespace AutoGradMf.Generators.Symbolics.Lowering;

/// <summary>A kernel of the library for third moments of rows.</summary>
internal enum MomentKernel
{
    /// <summary>into[r, k, l] = Σ_i outer[i, r] left[i, k] right[i, l].</summary>
    Moments,

    /// <summary>into[i, l] = Σ_rk outer[i, r] left[i, k] right[r, k, l].</summary>
    MultiplyMoments,
}

/// <summary>A call of such a kernel.</summary>
internal sealed class MomentStep(int level, MomentKernel kernel, Storage outer, Storage left, Storage right, Storage into, Expression meaning) : Step(level)
{
    public MomentKernel Kernel { get; } = kernel;

    public Storage Outer { get; } = outer;

    public Storage Left { get; } = left;

    public Storage Right { get; } = right;

    public Storage Into { get; } = into;

    /// <summary>What it computes, for the comment above it.</summary>
    public Expression Meaning { get; } = meaning;
}
