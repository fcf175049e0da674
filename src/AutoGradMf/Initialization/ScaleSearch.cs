using System.Numerics;
using System.Numerics.Tensors;
using AutoGradMf.Objectives;
using AutoGradMf.Optimizers;

namespace AutoGradMf.Initialization;

/// <summary>
/// Scales some factors of a start by one number: their distance from the least numbers that bounds allow, which are zero where there are none. The number
/// is the greatest power of √2 at which the objective is about the least.
/// </summary>
internal sealed class ScaleSearch<TElement>
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    private const int MostDoublings = 40;

    private readonly IObjective<TElement> _objective;
    private readonly Workspace _workspace;
    private readonly IReadOnlyList<int> _factors;
    private readonly Box<TElement> _box;
    private readonly Parameters<TElement> _start, _least, _trial;

    /// <param name="objective">What is evaluated.</param>
    /// <param name="workspace">Of the objective.</param>
    /// <param name="start">What is scaled, and left as it is.</param>
    /// <param name="factors">The numbers of the factors to scale.</param>
    public ScaleSearch(IObjective<TElement> objective, Workspace workspace, Parameters<TElement> start, IReadOnlyList<int> factors)
    {
        (_objective, _workspace, _factors, _box) = (objective, workspace, factors, new(objective.Layout));
        (_start, _least, _trial) = (start.Copy(), new(objective.Layout), start.Copy());
        _box.Project(_start.Values);
        _box.Project(_least.Values);
    }

    /// <summary>The scaled point and the objective there; the start within bounds, where it is finite at no scale.</summary>
    /// <remarks>Where no greater scale is worse, as at upper bounds and of what saturates, the gradient soon says nothing: then no scale is greater than needed.</remarks>
    /// <param name="tolerance">Of the least objective, how much more it may be at a greater scale.</param>
    /// <param name="enough">The search goes on beyond a rise as long as no objective below this was met.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public (Parameters<TElement> Point, double Value) Find(double tolerance, double enough, CancellationToken cancellationToken)
    {
        var values = new double[(2 * MostDoublings) + 1];
        Array.Fill(values, double.NaN);
        var (least, hasRisen) = (values[MostDoublings] = Try(0), false);
        foreach (var sign in new[] { 1, -1 })
        {
            for (var doublings = 1; doublings <= MostDoublings && !cancellationToken.IsCancellationRequested; doublings++)
            {
                var value = values[MostDoublings + (sign * doublings)] = Try(sign * doublings);
                if (least < enough && !(value <= Most(least)))
                {
                    hasRisen |= sign > 0;
                    break;
                }

                least = value < least || !double.IsFinite(least) ? value : least;
            }
        }

        var best = hasRisen ? Array.FindLastIndex(values, IsLeast)
            : IsLeast(values[MostDoublings]) ? MostDoublings
            : Array.FindIndex(values, IsLeast);
        return best >= 0 ? (_trial, Try(best - MostDoublings)) : (_start, least);

        bool IsLeast(double value) => double.IsFinite(least) && value <= Most(least);

        double Most(double value) => value + (tolerance * Math.Abs(value));
    }

    private double Try(int doublings)
    {
        var scale = TElement.CreateSaturating(Math.Pow(2, doublings / 2.0));
        foreach (var factor in _factors)
        {
            // least + scale·(start − least)
            var scaled = _trial[factor].Span;
            TensorPrimitives.Subtract(_start[factor].Span, _least[factor].Span, scaled);
            TensorPrimitives.MultiplyAdd(scaled, scale, _least[factor].Span, scaled);
        }

        _box.Project(_trial.Values);
        return _objective.Value(_trial, _workspace);
    }
}
