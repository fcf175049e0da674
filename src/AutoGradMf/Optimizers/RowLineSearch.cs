using System.Numerics;
using AutoGradMf.Objectives;

namespace AutoGradMf.Optimizers;

/// <summary>
/// Steps of their own length for each row of a factor whose rows do not mix: a row that overshoots, as the slope at its trial shows, goes
/// back by itself. One evaluation tries all rows at once. Within bounds, trials lie on the projected arc (Bertsekas 1982).
/// </summary>
internal sealed class RowLineSearch<TElement>
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    /// <summary>A slope of this part of the first one, uphill, is near enough to the minimum.</summary>
    private const double MostSlope = 0.1;

    /// <summary>Where secants have led to less than that, lengths fall by tenths, and rows stay where they are once they have nothing to gain.</summary>
    private const double ShortLength = 1e-3;

    private const int MostTrials = 60;

    /// <summary>Rows that are beyond their minimum after so many stay where they are, lest nothing moves.</summary>
    private const int MostTrialsOfRows = 30;
    private readonly BlockPoint<TElement> _at;
    private readonly Box<TElement> _box;
    private Parameters<TElement> _trial;
    private Parameters<TElement> _trialGradient;
    private readonly TElement[] _move;
    private readonly BlockRows<TElement> _directions = new(), _from = new(), _to = new(), _before = new(), _after = new();
    private double[] _lengths = [];

    public RowLineSearch(BlockPoint<TElement> at, Box<TElement> box)
    {
        (_at, _box) = (at, box);
        (_trial, _trialGradient) = (new(at.Point.Layout), new(at.Point.Layout));
        _move = new TElement[at.Point.Layout.Factors.Max(f => f.Count)];
    }

    /// <summary>Moves the point along a step in one factor, to where it is no higher; where no trial is finite, to the last of them, and where one is minus infinity, to that.</summary>
    /// <param name="factor">The factor.</param>
    /// <param name="step">The step in it.</param>
    /// <param name="axis">Cuts a factor into its rows.</param>
    /// <param name="monitor">Says whether to break off.</param>
    public LineSearchOutcome Descend(int factor, Parameters<TElement> step, FactorAxis axis, StoppingMonitor monitor)
    {
        _at.Evaluate();
        var directions = _directions.Of(step[factor], axis);
        _lengths = _lengths.Length >= directions.Rows ? _lengths : new double[directions.Rows];
        Begin(directions, _before.Of(_at.Gradient[factor], axis), Size(_at.Point[factor].Span));
        var (anyFinite, last) = (false, _at.Value);
        for (var trial = 0; trial < MostTrials; trial++)
        {
            if (monitor.Interruption is not null)
            {
                return LineSearchOutcome.Interrupted;
            }

            var value = Try(factor, directions, axis);
            if (double.IsNegativeInfinity(value))
            {
                // What is least is found, and no shorter step to a bound would ever come to it.
                _at.Exchange(ref _trial, ref _trialGradient, value);
                return LineSearchOutcome.NonFinite;
            }

            var shortened = double.IsFinite(value) && Shorten(factor, directions, axis, isLast: trial >= MostTrialsOfRows);
            (anyFinite, last) = (anyFinite || double.IsFinite(value), value);
            if (double.IsFinite(value) && !shortened && value <= _at.Value + Rounding)
            {
                _at.Exchange(ref _trial, ref _trialGradient, value);
                Length = System.Numerics.Tensors.TensorPrimitives.Sum<double>(_lengths.AsSpan(0, directions.Rows)) / Math.Max(directions.Rows, 1);
                return LineSearchOutcome.Found;
            }

            if (!shortened)
            {
                System.Numerics.Tensors.TensorPrimitives.Multiply(_lengths, 0.5, _lengths);
            }
        }

        if (anyFinite)
        {
            return LineSearchOutcome.NoDecrease;
        }

        _at.Exchange(ref _trial, ref _trialGradient, last);
        return LineSearchOutcome.NonFinite;
    }

    /// <summary>What part of their steps the rows went in the last descent, on average: 0 where nothing moved.</summary>
    public double Length { get; private set; }

    /// <summary>Differences of values up to this say nothing.</summary>
    private double Rounding => ValueRounding<TElement>.Part * Math.Abs(_at.Value);

    /// <summary>
    /// Whole steps, but for those beside which the factor would be no more than a rounding error: where the curvature all but vanishes, the length of a Newton step means
    /// nothing, and where the step is not finite, the negative gradient stands for it.
    /// </summary>
    private void Begin(MatrixView<TElement> directions, MatrixView<TElement> gradients, double sizeOfFactor)
    {
        var most = Math.Max(1, sizeOfFactor) / ValueRounding<TElement>.Part;
        for (var i = 0; i < directions.Rows; i++)
        {
            var direction = directions.Row(i);
            if (!double.IsFinite(Size(direction)))
            {
                System.Numerics.Tensors.TensorPrimitives.Negate(gradients.Row(i), direction);
            }

            var size = Size(direction);
            _lengths[i] = size > most ? most / size : 1;
        }

        Length = 0;
    }

    /// <summary>The largest absolute value.</summary>
    private static double Size(ReadOnlySpan<TElement> values) =>
        values.IsEmpty ? 0 : double.CreateChecked(TElement.Abs(System.Numerics.Tensors.TensorPrimitives.MaxMagnitude(values)));

    private double Try(int factor, MatrixView<TElement> directions, FactorAxis axis)
    {
        _at.Point.Values.CopyTo(_trial.Values);
        var rows = _to.Of(_trial[factor], axis);
        for (var i = 0; i < directions.Rows; i++)
        {
            var row = rows.Row(i);
            System.Numerics.Tensors.TensorPrimitives.MultiplyAdd(directions.Row(i), TElement.CreateTruncating(_lengths[i]), row, row);
        }

        BlockRows<TElement>.Return(rows, _trial[factor], axis);
        _box.Project(_trial.Values);
        return _at.EvaluateAt(_trial, _trialGradient);
    }

    /// <summary>Shortens the rows that are beyond their minimum, or that bounds turned uphill; whether there are any.</summary>
    private bool Shorten(int factor, MatrixView<TElement> directions, FactorAxis axis, bool isLast)
    {
        var (from, to) = (_from.Of(_at.Point[factor], axis), _to.Of(_trial[factor], axis));
        var (before, after) = (_before.Of(_at.Gradient[factor], axis), _after.Of(_trialGradient[factor], axis));
        var isBounded = _at.Point.Layout.Factors[factor].IsBounded;
        var move = _move.AsSpan(0, from.Columns);
        var any = false;
        for (var i = 0; i < from.Rows; i++)
        {
            System.Numerics.Tensors.TensorPrimitives.Subtract(to.Row(i), from.Row(i), move);
            var (first, slope) = (WideDot.Of<TElement>(before.Row(i), move), WideDot.Of<TElement>(after.Row(i), move));
            if (first < 0 ? !(slope <= -MostSlope * first) : isBounded && first > 0)
            {
                // At a kink no length is short enough: the row stays where it is, and the others move. Where a bound turned the row uphill,
                // what it would gain is what the whole step promised.
                var gain = first < 0 ? first : WideDot.Of<TElement>(before.Row(i), directions.Row(i));
                var stays = isLast || (_lengths[i] < ShortLength && Math.Abs(gain) * from.Rows <= Rounding);
                _lengths[i] = stays ? 0 : Shorter(_lengths[i], first, slope);
                any = true;
            }
        }

        return any;
    }

    /// <summary>The length to try after one that is too long.</summary>
    /// <param name="length">That length.</param>
    /// <param name="first">The slope at the point along the move of that length.</param>
    /// <param name="slope">The slope where it led.</param>
    private static double Shorter(double length, double first, double slope)
    {
        // Where the line through both slopes is zero; a slope that is not a number says only that it is too far.
        return length < ShortLength ? 0.1 * length
            : length * (first < 0 && double.IsFinite(slope) ? Math.Clamp(first / (first - slope), 0.1, 0.9) : 0.5);
    }
}
