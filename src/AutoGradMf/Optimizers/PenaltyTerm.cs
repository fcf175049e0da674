using System.Numerics;
using AutoGradMf.Objectives;

namespace AutoGradMf.Optimizers;

/// <summary>A penalty on groups of a factor's elements, each at equal distances in memory: its subgradient and its proximal step.</summary>
internal sealed class PenaltyTerm<TElement>
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    private readonly double _weight;
    private readonly int _offset, _groups, _length, _stride, _distance;

    public PenaltyTerm(Penalty penalty, ParameterLayout layout)
    {
        var shape = layout.Factors[penalty.Factor];
        (_weight, _offset) = (penalty.Weight, layout.Offset(penalty.Factor));
        (_groups, _length, _stride, _distance) = penalty.Groups switch
        {
            PenaltyGroups.Elements => (shape.Count, 1, 1, 1),
            PenaltyGroups.Rows => (shape.Rows, shape.Columns, 1, shape.Columns),
            PenaltyGroups.Columns => (shape.Columns, shape.Rows, shape.Columns, 1),
            _ => (1, shape.Count, 1, shape.Count),
        };
    }

    /// <summary>Takes c·g/‖g‖ from the gradient, the least subgradient, which is 0 where g is.</summary>
    public void SubtractSubgradient(ReadOnlySpan<TElement> point, Span<TElement> gradient)
    {
        var weight = TElement.CreateChecked(_weight);
        for (var group = 0; group < _groups; group++)
        {
            var norm = TElement.CreateChecked(Norm(point, group));
            for (var i = 0; i < _length && norm > TElement.Zero; i++)
            {
                var place = Place(group, i);
                gradient[place] -= weight * (point[place] / norm);
            }
        }
    }

    /// <summary>g·(1 − t·c/‖g‖)₊.</summary>
    public void Shrink(Span<TElement> point, double length)
    {
        var threshold = length * _weight;
        for (var group = 0; group < _groups; group++)
        {
            var norm = Norm(point, group);
            var kept = TElement.CreateChecked(norm > threshold ? 1 - (threshold / norm) : 0);
            for (var i = 0; i < _length; i++)
            {
                point[Place(group, i)] *= kept;
            }
        }
    }

    /// <summary>Writes 0 for the elements of groups that are zero, where the term has its kinks.</summary>
    public void MarkKinks(ReadOnlySpan<TElement> point, Span<TElement> smooth)
    {
        for (var group = 0; group < _groups; group++)
        {
            var isZero = Norm(point, group) == 0;
            for (var i = 0; i < _length && isZero; i++)
            {
                smooth[Place(group, i)] = TElement.Zero;
            }
        }
    }

    /// <summary>Groups of one element end at zero if their sign changes on the way to the trial.</summary>
    public void StopAtKinks(ReadOnlySpan<TElement> point, Span<TElement> trial)
    {
        for (var group = 0; group < _groups && _length == 1; group++)
        {
            var place = Place(group, 0);
            if ((point[place] > TElement.Zero && trial[place] < TElement.Zero) || (point[place] < TElement.Zero && trial[place] > TElement.Zero))
            {
                trial[place] = TElement.Zero;
            }
        }
    }

    private int Place(int group, int i) => _offset + (group * _distance) + (i * _stride);

    private double Norm(ReadOnlySpan<TElement> point, int group)
    {
        if (_length == 1)
        {
            return Math.Abs(double.CreateChecked(point[Place(group, 0)]));
        }

        var squares = 0.0;
        for (var i = 0; i < _length; i++)
        {
            var element = double.CreateChecked(point[Place(group, i)]);
            squares += element * element;
        }

        return Math.Sqrt(squares);
    }
}
