using System.Numerics;

namespace AutoGradMf.Objectives;

/// <summary>
/// The gradient of an objective as P − N, both elementwise non-negative wherever the factors, the data and the hyperparameters are:
/// what <see cref="Optimizers.MultiplicativeUpdates{TElement}"/> takes. Generated for every loss whose gradient is proved to split so.
/// </summary>
/// <typeparam name="TElement"><see cref="float"/> or <see cref="double"/>: the type of the factors.</typeparam>
public interface ISignSplit<TElement> : IObjective<TElement>
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    /// <summary>
    /// P and N at <paramref name="at"/>, which overwrite <paramref name="positive"/> and <paramref name="negative"/>. Costs one gradient to
    /// two, and allocates nothing.
    /// </summary>
    /// <exception cref="ArgumentException">The parameters or the workspace were made for another objective.</exception>
    void SignSplit(Parameters<TElement> at, Parameters<TElement> positive, Parameters<TElement> negative, Workspace workspace);

    /// <summary>
    /// The name of the first of the data and hyperparameters that holds a negative number where the split needs non-negative ones; null
    /// if none does.
    /// </summary>
    string? FindNegative();
}
