using System.Numerics;
using AutoGradMf.Kernels;
using AutoGradMf.Objectives;

namespace AutoGradMf.Optimizers;

/// <summary>
/// Takes the factors of the smallest ridges of all that an objective does not tell apart: pairs that it sees through their product are balanced, and those of which it sees
/// no more than slices, or which have bounds at zero, are scaled.
/// </summary>
internal sealed class PairBalances<TElement>
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    private readonly List<(AxisPair Pair, FactorBalance<TElement> Balance)> _mixed = [];
    private readonly List<AxisPair> _scaled = [];
    private readonly List<AxisScaling<TElement>> _scalings = [];
    private readonly ProductRidges[] _ridges;
    private bool _isActive;

    /// <summary>The pairs of an objective at a point that was evaluated; none where those of some would be the highest of their product, since ridges are negative.</summary>
    public PairBalances(IObjective<TElement> objective, BlockPoint<TElement> at, Workers workers)
    {
        _isActive = true;
        foreach (var pair in Pairs(objective))
        {
            var (left, right) = (objective.Layout.Factors[pair.Left], objective.Layout.Factors[pair.Right]);
            if (RidgeScale.Of(pair.RidgeRatio) is not { } scale || !HasNoBoundButZero(left) || !HasNoBoundButZero(right))
            {
                continue;
            }

            if (pair.IsMixed && !left.IsBounded && !right.IsBounded && !(pair.Between is { } between && objective.Layout.Factors[between].IsBounded))
            {
                _mixed.Add((pair, new(at.Point, pair, scale, workers)));
            }
            else if (pair.Between is null)
            {
                _scaled.Add(pair);
                _scalings.Add(new(at.Point, pair, scale));
            }

            _isActive = _isActive && !FactorBalance<TElement>.IsHighest(at, pair);
        }

        _ridges = new ProductRidges[_mixed.Count];
        for (var p = 0; p < _ridges.Length; p++)
        {
            _ridges[p] = SharesSystems(objective as IBlockNewton<TElement>, _mixed[p].Pair) ? ProductRidges.Of(at, _mixed[p].Pair, workers) : default;
        }
    }

    /// <summary>By how much an objective of some value is expected to fall yet, as of <see cref="OptimizerRun{TElement}.ExpectedDecrease"/>.</summary>
    public double ExpectedDecrease(double value)
    {
        var decrease = 0.0;
        for (var p = 0; p < _ridges.Length; p++)
        {
            decrease += _mixed[p].Balance.ExpectedDecrease(value, _ridges[p]);
        }

        return decrease;
    }

    /// <summary>Balances the pairs of a factor; whether anything changed.</summary>
    /// <param name="at">Where.</param>
    /// <param name="factor">The factor that moved.</param>
    /// <param name="isSolved">Whether it went to its exact minimum.</param>
    public bool Apply(Parameters<TElement> at, int factor, bool isSolved)
    {
        var any = false;
        for (var p = 0; _isActive && p < _mixed.Count; p++)
        {
            var (pair, balance) = _mixed[p];
            any |= Has(pair, factor)
                && (pair.Between is { } between ? balance.ApplyAcross(at, between) : isSolved ? balance.ApplyBest(at, factor, _ridges[p]) : balance.Apply(at));
        }

        return (_isActive && HasScaled(factor) && AxisScaling<TElement>.ApplyAll(_scalings, at)) || any;
    }

    /// <summary>Balances all pairs of a point that none of the steps led to.</summary>
    public void Apply(Parameters<TElement> at)
    {
        if (!_isActive)
        {
            return;
        }

        foreach (var (pair, balance) in _mixed)
        {
            _ = pair.Between is { } between ? balance.ApplyAcross(at, between) : balance.Apply(at);
        }

        AxisScaling<TElement>.ApplyAll(_scalings, at);
    }

    private bool HasScaled(int factor)
    {
        foreach (var pair in _scaled)
        {
            if (Has(pair, factor))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Keeps the products as they are from now on, and where they were kept already, the factors.</summary>
    public void GiveUp()
    {
        _isActive = Array.Exists(_ridges, r => r != default);
        Array.Clear(_ridges);
    }

    /// <summary>Shows what the next balance depends on.</summary>
    public void Visit(RunState state)
    {
        state.Visit(ref _isActive);
        state.Visit(_ridges.AsSpan());
        foreach (var (_, balance) in _mixed)
        {
            balance.Visit(state);
        }
    }

    /// <summary>What an objective does not tell apart: pairs of its product, and then others.</summary>
    public static IEnumerable<AxisPair> Pairs(IObjective<TElement> objective) =>
    [
        .. ((objective as IProductInvariant<TElement>)?.ProductPairs ?? []).Select(pair =>
            new AxisPair(pair.Left, FeaturesOf(objective, pair.Left), pair.Right, FeaturesOf(objective, pair.Right), IsMixed: true, RidgeRatio: pair.RidgeRatio)),
        .. (objective as IAxisInvariant<TElement>)?.AxisPairs ?? [],
    ];

    /// <summary>Vectors of a product are of one feature.</summary>
    private static FactorAxis FeaturesOf(IObjective<TElement> objective, int factor) =>
        objective.Layout.Factors[factor].Kind == FactorKind.Matrix ? FactorAxis.Columns : FactorAxis.Whole;

    /// <summary>What brings the pairs that have a best one to equal sizes at a point, whatever else is known of them.</summary>
    public static List<AxisScaling<TElement>> Scalings(IObjective<TElement> objective, Parameters<TElement> at) =>
    [
        .. Pairs(objective)
            .Where(pair => (double.IsNaN(pair.RidgeRatio) || pair.RidgeRatio is > 0 and < double.PositiveInfinity)
                && HasNoBoundButZero(objective.Layout.Factors[pair.Left]) && HasNoBoundButZero(objective.Layout.Factors[pair.Right]))
            .Select(pair => new AxisScaling<TElement>(at, pair, RidgeScale.Of(pair.RidgeRatio) ?? 1)),
    ];

    private static bool HasNoBoundButZero(FactorShape factor) =>
        factor is { Min: 0 or double.NegativeInfinity, Max: 0 or double.PositiveInfinity };

    private static bool Has(AxisPair pair, int factor) => pair.Left == factor || pair.Right == factor || pair.Between == factor;

    /// <summary>Whether all rows of each factor have one system, so that the curvature in their product is one number.</summary>
    private static bool SharesSystems(IBlockNewton<TElement>? blocks, AxisPair pair) =>
        pair.Between is null && blocks is not null && IsShared(blocks.Blocks[pair.Left], pair.LeftAxis) && IsShared(blocks.Blocks[pair.Right], pair.RightAxis);

    /// <param name="block">The factor's.</param>
    /// <param name="features">Its axis with a slice for each feature.</param>
    private static bool IsShared(BlockCurvature block, FactorAxis features) =>
        block.IsQuadratic && block.Systems == (features == FactorAxis.Rows ? BlockSystems.SharedByColumns : BlockSystems.SharedByRows);
}
