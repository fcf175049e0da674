using System.Globalization;
using System.Numerics;
using AutoGradMf.Objectives;

namespace AutoGradMf.Optimizers;

/// <summary>
/// All that an objective has besides what is smooth: its penalties, and the bounds of its factors. Of groups that lie within each other the
/// proximal step is that of the smaller, then of the greater (Jenatton, Mairal, Obozinski &amp; Bach, JMLR 12, 2011); an interval is
/// clamped to after its elements are shrunk, since both terms are convex functions of one number, and before groups are, whose norms
/// leave signs as they are.
/// </summary>
internal sealed class PenaltyTerms<TElement>
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    private readonly List<PenaltyTerm<TElement>> _terms, _elements, _groups;
    private readonly Box<TElement> _box;

    public PenaltyTerms(IObjective<TElement> objective)
    {
        _box = new(objective.Layout);
        var byGroups = Of(objective).OrderBy(p => p.Groups)
            .ToLookup(p => p.Groups == PenaltyGroups.Elements, p => new PenaltyTerm<TElement>(p, objective.Layout));
        (_elements, _groups) = ([.. byGroups[true]], [.. byGroups[false]]);
        _terms = [.. _elements, .. _groups];
    }

    /// <summary>
    /// Why no proximal step is known of the terms of a factor: a negative weight, rows and columns at once, groups within bounds other than zero.
    /// </summary>
    public static string? FindObstacle(IObjective<TElement> objective)
    {
        foreach (var (number, shape) in objective.Layout.Factors.Index())
        {
            var penalties = Of(objective).Where(p => p.Factor == number).ToList();
            if (penalties.FindIndex(p => !(p.Weight >= 0)) is >= 0 and var negative)
            {
                return string.Create(CultureInfo.InvariantCulture, $"the weight of the norms in {shape.Name} is {penalties[negative].Weight}; make it 0 or more");
            }

            if (penalties.Exists(p => p.Groups == PenaltyGroups.Rows) && penalties.Exists(p => p.Groups == PenaltyGroups.Columns))
            {
                return $"norms of rows and of columns of {shape.Name} are added";
            }

            if (shape is not { Min: 0 or double.NegativeInfinity, Max: 0 or double.PositiveInfinity }
                && penalties.Exists(p => p.Groups != PenaltyGroups.Elements))
            {
                return $"{shape.Name} has bounds other than zero beside norms of several elements";
            }
        }

        return null;
    }

    /// <summary>The gradient of what is smooth.</summary>
    public void SmoothGradient(ReadOnlySpan<TElement> point, ReadOnlySpan<TElement> gradient, Span<TElement> smooth) =>
        GradientWithout(_terms, point, gradient, smooth);

    /// <summary>The gradient of all but the norms of single elements.</summary>
    public void GradientWithoutElements(ReadOnlySpan<TElement> point, ReadOnlySpan<TElement> gradient, Span<TElement> rest) =>
        GradientWithout(_elements, point, gradient, rest);

    /// <summary>The proximal step of a length, in place.</summary>
    public void Shrink(Span<TElement> point, double length)
    {
        foreach (var term in _elements)
        {
            term.Shrink(point, length);
        }

        _box.Project(point);
        foreach (var term in _groups)
        {
            term.Shrink(point, length);
        }
    }

    /// <summary>1 for the elements in which the objective is smooth about the point, 0 for those at a kink or a bound.</summary>
    public void FindSmooth(ReadOnlySpan<TElement> point, Span<TElement> smooth)
    {
        _box.FindInner(point, smooth);
        foreach (var term in _terms)
        {
            term.MarkKinks(point, smooth);
        }
    }

    /// <summary>Ends the way from the point to the trial at the kinks of single elements and at the bounds.</summary>
    public void StopAtKinks(ReadOnlySpan<TElement> point, Span<TElement> trial)
    {
        foreach (var term in _terms)
        {
            term.StopAtKinks(point, trial);
        }

        _box.Project(trial);
    }

    private static void GradientWithout(
        List<PenaltyTerm<TElement>> terms, ReadOnlySpan<TElement> point, ReadOnlySpan<TElement> gradient, Span<TElement> rest)
    {
        gradient.CopyTo(rest);
        foreach (var term in terms)
        {
            term.SubtractSubgradient(point, rest);
        }
    }

    private static IReadOnlyList<Penalty> Of(IObjective<TElement> objective) => (objective as IProximal<TElement>)?.Penalties ?? [];
}
