using System.Numerics;
using System.Numerics.Tensors;

namespace AutoGradMf.Optimizers;

/// <summary>
/// Goes on from three points of a slow multiplicative method as its ratios do, by squared extrapolation (Varadhan &amp; Roland, Scandinavian Journal of Statistics 35, 2008)
/// of logarithms, so that numbers stay positive: x₀ · (x₁/x₀)^(2α − α²) · (x₂/x₁)^α², which is x₂ for α = 1. Whether it is taken is for the method to say.
/// </summary>
internal sealed class MultiplicativeExtrapolation<TElement>(int count)
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    /// <summary>The first iterations change too much to go on as they do.</summary>
    private const int PlainIterations = 20;

    /// <summary>By how much the logarithm of an element may change beyond the last point.</summary>
    private const double MostGrowth = 20;

    private const double GrowthOfMost = 4;

    private readonly TElement[] _first = new TElement[count], _second = new TElement[count], _change = new TElement[count];
    private int _points = -PlainIterations;
    private double _most = GrowthOfMost, _length = 1;

    /// <summary>Takes note of a point; with the third of a cycle α, how far to go on, which is below 1 where the points turn back. Else 0.</summary>
    public double Offer(ReadOnlySpan<TElement> point)
    {
        _points++;
        if (_points > 2)
        {
            return _length = Length(point);
        }

        if (_points >= 1)
        {
            point.CopyTo(_points == 1 ? _first : _second);
        }

        return 0;
    }

    /// <summary>Writes where the cycle leads that a point ends.</summary>
    public void Extrapolate(ReadOnlySpan<TElement> point, Span<TElement> ahead)
    {
        // Beyond x₂ by 2α·l₁ + α²·(l₂ − l₁) − l₁ − l₂, with l₁ and l₂ the logarithms of the two ratios. What is zero stays zero.
        LogarithmOfRatio(_second, _first, ahead);
        LogarithmOfRatio(point, _second, _change);
        TensorPrimitives.Multiply(ahead, TElement.CreateChecked((2 * _length) - (_length * _length) - 1), ahead);
        TensorPrimitives.MultiplyAdd(_change, TElement.CreateChecked((_length * _length) - 1), ahead, ahead);
        TensorPrimitives.Clamp(ahead, TElement.CreateChecked(-MostGrowth), TElement.CreateChecked(MostGrowth), ahead);
        TensorPrimitives.Exp(ahead, ahead);
        TensorPrimitives.Multiply(ahead, point, ahead);
    }

    /// <summary>Allows longer steps where one as long as allowed was taken, and shorter ones where one was not.</summary>
    public void Adapt(bool isTaken) => _most = !isTaken ? Math.Max(1 + ((_length - 1) / 2), GrowthOfMost) : _length == _most ? GrowthOfMost * _most : _most;

    /// <summary>Begins the next cycle.</summary>
    public void Begin(ReadOnlySpan<TElement> at)
    {
        at.CopyTo(_first);
        _points = 1;
    }

    /// <summary>Shows what the next extrapolation depends on.</summary>
    public void Visit(RunState state)
    {
        state.Visit(ref _points);
        state.Visit(ref _most);
        state.Visit<TElement>(_first);
        state.Visit<TElement>(_second);
    }

    /// <summary>α = ‖x₁ − x₀‖ / ‖x₂ − 2x₁ + x₀‖, at most as long as steps were good for.</summary>
    private double Length(ReadOnlySpan<TElement> point)
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

    /// <summary>ln(to / from), and 0 where both are 0.</summary>
    private static void LogarithmOfRatio(ReadOnlySpan<TElement> to, ReadOnlySpan<TElement> from, Span<TElement> logarithm)
    {
        TensorPrimitives.Divide(to, from, logarithm);
        for (var i = 0; i < logarithm.Length; i++)
        {
            logarithm[i] = from[i] > TElement.Zero ? logarithm[i] : TElement.One;
        }

        TensorPrimitives.Log(logarithm, logarithm);
    }
}
