namespace AutoGradMf.Kernels;

/// <summary>
/// What a loss computes at one point of a loop (an observed entry, a pair of a user and a movie, an element of a factor): a
/// function without state from the loop's operands to its sums and results. The generator emits one
/// <see langword="readonly"/> <see langword="struct"/> for each; the JIT specialises it into the loops of this namespace.
/// </summary>
public interface IEntryFunction
{
    /// <summary>Evaluates the function at as many points as the lane is wide.</summary>
    /// <param name="input">
    /// One lane per operand of the loop, in the operands' order. All are read before anything is written: a result may be written where an operand was.
    /// </param>
    /// <param name="output">Receives first the terms of the loop's sums, then its results, in the order that the loop was given them.</param>
    static abstract void Evaluate<TLane>(Lanes<TLane> input, Lanes<TLane> output)
        where TLane : struct, ILane<TLane>;
}
