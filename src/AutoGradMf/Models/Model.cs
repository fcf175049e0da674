using System.Numerics;
using AutoGradMf.Objectives;

namespace AutoGradMf.Models;

/// <summary>
/// Factors that were trained. Generated as <c>NameModel&lt;TElement&gt;</c> for each <see cref="LossAttribute"/>, with a property per
/// factor, a copy that is made when it is first asked for, and as <see cref="IRatingModel"/> where the loss has a prediction.
/// </summary>
/// <typeparam name="TElement"><see cref="float"/> or <see cref="double"/>: the type of the factors.</typeparam>
public abstract class Model<TElement>
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    /// <summary>A model of <paramref name="parameters"/>, which are kept, not copied.</summary>
    /// <param name="parameters">The factors.</param>
    protected Model(Parameters<TElement> parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        Parameters = parameters;
    }

    /// <summary>The factors.</summary>
    public Parameters<TElement> Parameters { get; }
}
