using System.Numerics;
using AutoGradMf.Objectives;

namespace AutoGradMf.Optimizers;

/// <summary>
/// Scales each feature of a product of factors to where the objective is least. By alternating solves under a ridge λ, the distance of a feature of singular
/// value s from its length (s − λ)₊ falls by (s/λ)² or (λ/s)² an iteration, so hardly at all where λ is near s. With √t u and √t m for the columns of a feature, its
/// product and its ridge are linear in t, and a loss that is quadratic in the product is quadratic in t: the slopes at two lengths t say where it is least. Of
/// balanced pairs under systems that all rows share the features do not mix, and that is the soft threshold of singular values (Cai, Candès &amp; Shen,
/// SIAM Journal on Optimization 20, 2010); of others it is kept only where it lowers the objective.
/// </summary>
internal sealed class FeatureScaling<TElement>
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    /// <summary>The length of the trial, of which the slopes are compared with those at length 1.</summary>
    private const double TrialLength = 0.5;

    /// <summary>Lengths change at most so much at once.</summary>
    private const double MostChange = 10;

    /// <summary>The squared cosine between a feature and its gradient from which on it may vanish.</summary>
    private const double LeastAlignment = 0.8;

    /// <summary>The most iterations without a trial: each costs two evaluations.</summary>
    private const int LongestRest = 32;

    private readonly BlockPoint<TElement> _at;
    private readonly FactorPair[] _pairs;
    private readonly double[][] _slopes;
    private readonly double[][] _lengths;
    private readonly double[][] _shortest;
    private Parameters<TElement> _trial, _trialGradient;
    private int _rest, _restAfterFailure = 1;

    public FeatureScaling(BlockPoint<TElement> at, IEnumerable<FactorPair> pairs)
    {
        (_at, _pairs) = (at, [.. pairs]);
        _slopes = [.. _pairs.Select(p => new double[at.Point.OfPair(p.Left).Columns])];
        _lengths = [.. _slopes.Select(s => new double[s.Length])];
        _shortest = [.. _slopes.Select(s => new double[s.Length])];
        (_trial, _trialGradient) = (new(at.Point.Layout), new(at.Point.Layout));
    }

    public void Visit(RunState state)
    {
        state.Visit(ref _rest);
        state.Visit(ref _restAfterFailure);
    }

    /// <summary>Scales the features of the point, which is evaluated, if that lowers the objective. O((m + n) k) and two evaluations.</summary>
    public void Apply()
    {
        if (_pairs.Length == 0)
        {
            return;
        }

        if (_rest > 0)
        {
            _rest--;
            return;
        }

        for (var p = 0; p < _pairs.Length; p++)
        {
            AddUpDots(_pairs[p], _at.Point, _at.Gradient, _slopes[p]);
            FindShortest(p);
            _lengths[p].AsSpan().Fill(TrialLength);
        }

        Evaluate();
        for (var p = 0; p < _pairs.Length; p++)
        {
            FindLengths(p);
        }

        var value = Evaluate();
        if (value < _at.Value && double.IsFinite(value))
        {
            _at.Exchange(ref _trial, ref _trialGradient, value);
            _restAfterFailure = 1;
        }
        else
        {
            (_rest, _restAfterFailure) = (_restAfterFailure, Math.Min(LongestRest, 2 * _restAfterFailure));
        }
    }

    /// <summary>The objective where the features have their lengths.</summary>
    private double Evaluate()
    {
        _at.Point.Values.CopyTo(_trial.Values);
        for (var p = 0; p < _pairs.Length; p++)
        {
            Scale(_trial.OfPair(_pairs[p].Left), _lengths[p]);
            Scale(_trial.OfPair(_pairs[p].Right), _lengths[p]);
        }

        return _at.EvaluateAt(_trial, _trialGradient);
    }

    /// <summary>
    /// How short features may become that are to vanish. One whose gradient would rather turn it than shorten it keeps its length: the residual of a pair of
    /// singular vectors bounds how far above its value a singular value may be, which the feature would have to come back for.
    /// </summary>
    private void FindShortest(int p)
    {
        var (squares, gradientSquares) = (_lengths[p], _shortest[p]);
        AddUpDots(_pairs[p], _at.Point, _at.Point, squares);
        AddUpDots(_pairs[p], _at.Gradient, _at.Gradient, gradientSquares);
        for (var f = 0; f < squares.Length; f++)
        {
            var isAligned = _slopes[p][f] * _slopes[p][f] >= LeastAlignment * squares[f] * gradientSquares[f];
            _shortest[p][f] = isAligned ? 1 / MostChange : 1;
        }
    }

    /// <summary>Where a line through the slopes at both lengths is zero.</summary>
    private void FindLengths(int p)
    {
        var (slopes, lengths) = (_slopes[p], _lengths[p]);
        AddUpDots(_pairs[p], _trial, _trialGradient, lengths);
        for (var f = 0; f < lengths.Length; f++)
        {
            var curvature = (slopes[f] - (lengths[f] / TrialLength)) / (1 - TrialLength);
            var least = 1 - (slopes[f] / curvature);
            lengths[f] = !(curvature > 0 && double.IsFinite(least)) ? 1
                : least > 0 ? Math.Clamp(least, 1 / MostChange, MostChange)
                : _shortest[p][f];
        }
    }

    /// <summary>Of each feature, the dot products of its columns in both factors: of a point and its gradient, twice the length t times the slope in t.</summary>
    private static void AddUpDots(FactorPair pair, Parameters<TElement> x, Parameters<TElement> y, Span<double> dots)
    {
        dots.Clear();
        AddDots(x.OfPair(pair.Left), y.OfPair(pair.Left), dots);
        AddDots(x.OfPair(pair.Right), y.OfPair(pair.Right), dots);
    }

    private static void AddDots(MatrixView<TElement> x, MatrixView<TElement> y, Span<double> dots)
    {
        for (var i = 0; i < x.Rows; i++)
        {
            var row = x.Row(i);
            var other = y.Row(i);
            for (var f = 0; f < dots.Length; f++)
            {
                dots[f] += double.CreateTruncating(row[f]) * double.CreateTruncating(other[f]);
            }
        }
    }

    private static void Scale(MatrixView<TElement> factor, ReadOnlySpan<double> lengths)
    {
        for (var i = 0; i < factor.Rows; i++)
        {
            var row = factor.Row(i);
            for (var f = 0; f < lengths.Length; f++)
            {
                row[f] *= TElement.CreateTruncating(Math.Sqrt(lengths[f]));
            }
        }
    }
}
