using System.Numerics;
using System.Numerics.Tensors;

namespace AutoGradMf.Optimizers;

/// <summary>
/// Leads on from three points of a slow method, by squared extrapolation (Varadhan &amp; Roland, Scandinavian Journal of Statistics 35, 2008):
/// x₀ + 2α(x₁ − x₀) + α²(x₂ − 2x₁ + x₀), which is x₂ for α = 1. The method goes there if that is lower.
/// </summary>
internal class SquaredExtrapolation<TElement>(int count)
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    /// <summary>The first iterations change too much to go on as they do.</summary>
    private const int PlainIterations = 20;

    private const double GrowthOfMost = 4;

    private TElement[] _first = [], _second = [], _change = [];
    private int _points = -PlainIterations;
    private double _most = GrowthOfMost;

    /// <summary>α of the cycle of three points that ended with the last one, below 1 where the points turn back; 0 where none ended.</summary>
    public double Length { get; private set; }

    /// <summary>Takes note of a point, and where it ends a cycle that leads on, writes where to; <see cref="Judge"/> then wants to know whether the method went there.</summary>
    public bool TryExtrapolate(ReadOnlySpan<TElement> point, Span<TElement> ahead)
    {
        _points++;
        Length = _points > 2 ? MeasureLength(point) : 0;
        if (Length > 1)
        {
            Extrapolate(point, ahead);
            return true;
        }

        if (Length > 0)
        {
            Begin(point);
        }
        else if (_points >= 1)
        {
            Reserve();
            point.CopyTo(_points == 1 ? _first : _second);
        }

        return false;
    }

    /// <summary>Allows longer steps where one as long as allowed was taken, and shorter ones where one was not, and begins the next cycle.</summary>
    public void Judge(bool isTaken, ReadOnlySpan<TElement> at)
    {
        _most = !isTaken ? Math.Max(1 + ((Length - 1) / 2), GrowthOfMost) : Length == _most ? GrowthOfMost * _most : _most;
        Begin(at);
    }

    /// <summary>Shows what the next extrapolation depends on.</summary>
    public void Visit(RunState state)
    {
        state.Visit(ref _points);
        state.Visit(ref _most);
        if (_points >= 1)
        {
            Reserve();
            state.Visit<TElement>(_first);
            state.Visit<TElement>(_second);
        }
    }

    /// <summary>What leads from one point to another.</summary>
    protected virtual void Change(ReadOnlySpan<TElement> from, ReadOnlySpan<TElement> to, Span<TElement> change) => TensorPrimitives.Subtract(to, from, change);

    /// <summary>Makes of a change where it leads from a point.</summary>
    protected virtual void Apply(Span<TElement> change, ReadOnlySpan<TElement> point) => TensorPrimitives.Add(change, point, change);

    /// <summary>Most runs end before the first cycle, and need no memory for it.</summary>
    private void Reserve()
    {
        if (_first.Length != count)
        {
            (_first, _second, _change) = (new TElement[count], new TElement[count], new TElement[count]);
        }
    }

    private void Begin(ReadOnlySpan<TElement> at)
    {
        at.CopyTo(_first);
        _points = 1;
    }

    private void Extrapolate(ReadOnlySpan<TElement> point, Span<TElement> ahead)
    {
        // Beyond x₂ by 2α·d₁ + α²·(d₂ − d₁) − d₁ − d₂, with d₁ and d₂ the two changes.
        Change(_first, _second, ahead);
        Change(_second, point, _change);
        TensorPrimitives.Multiply(ahead, TElement.CreateChecked((2 * Length) - (Length * Length) - 1), ahead);
        TensorPrimitives.MultiplyAdd(_change, TElement.CreateChecked((Length * Length) - 1), ahead, ahead);
        Apply(ahead, point);
    }

    /// <summary>α = ‖x₁ − x₀‖ / ‖x₂ − 2x₁ + x₀‖, at most as long as steps were good for.</summary>
    private double MeasureLength(ReadOnlySpan<TElement> point)
    {
        var (change, turn) = (0.0, 0.0);
        for (var i = 0; i < point.Length; i++)
        {
            var (before, now) = (double.CreateChecked(_second[i] - _first[i]), double.CreateChecked(point[i] - _second[i]));
            change += before * before;
            turn += (now - before) * (now - before);
        }

        // Squares of large numbers may overflow, and say nothing then.
        return change > 0 && double.IsFinite(change) && double.IsFinite(turn) ? Math.Min(_most, Math.Sqrt(change / turn)) : 1;
    }
}
