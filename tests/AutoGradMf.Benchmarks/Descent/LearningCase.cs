using System.Globalization;
using AutoGradMf.Benchmarks.Ratings;
using AutoGradMf.Data;
using AutoGradMf.Kernels;
using AutoGradMf.Objectives;

namespace AutoGradMf.Benchmarks.Descent;

/// <summary>What a few epochs learn: the test error after each, from one start, over one random tenth of the ratings that is left out.</summary>
internal sealed class LearningCase
{
    private const int Epochs = 10;
    private const float Rate = 0.1f;
    private const float Ridge = 8;
    private readonly SparseMatrix<float> _test;
    private readonly DescentLosses.MaskedObjective<float> _objective;
    private readonly Parameters<float> _start;
    private readonly SampleSet<float> _samples;

    public LearningCase(RatingSize size, int k)
    {
        Size = size;
        var split = RatingSplit.Sample(RatingCache.Get(size), 0.1, seed: 1);
        _test = split.Test;
        _objective = new(split.Train, Ridge, k);
        _samples = ((ISampled<float>)_objective).Samples[0];

        // As LIBMF begins: uniform numbers whose inner products are of the size of ratings.
        _start = Parameters<float>.Uniform(_objective.Layout, 0, 2 / Math.Sqrt(k), seed: 2);
    }

    public RatingSize Size { get; }

    /// <summary>Roots of the mean squared test errors after each epoch of generated code.</summary>
    public double[] Generated(Workers workers)
    {
        var epochs = new SampleEpochs<float>(_objective, workers, seed: 1, remembersGradients: false);
        epochs.Factors.Load(_start);
        var at = new Parameters<float>(_objective.Layout);
        return [.. Enumerable.Range(0, Epochs).Select(epoch =>
        {
            epochs.Run(epoch, new(Rate, 0, IsAdaptive: true, IsFirst: epoch == 0));
            epochs.Factors.Store(at);
            return TestError(at);
        })];
    }

    /// <summary>The same of LIBMF's rates.</summary>
    public double[] ByHand()
    {
        var at = _start.Copy();
        var (u, v) = (at[0].Span.ToArray(), at[1].Span.ToArray());
        var descent = new AdaptiveDescent(
            _samples.Places[0].Rows.ToArray(), _samples.Places[1].Rows.ToArray(), _samples.Numbers[0].Span.ToArray(), u, v, Size.M, Size.N, at[0].Columns);
        return [.. Enumerable.Range(0, Epochs).Select(_ =>
        {
            descent.Run(Rate, Ridge);
            u.CopyTo(at[0].Span);
            v.CopyTo(at[1].Span);
            return TestError(at);
        })];
    }

    public static string Figure(double[] errors) => string.Create(
        CultureInfo.InvariantCulture, $"test RMSE {errors[0]:0.000} after 1 epoch, {errors[Epochs / 2 - 1]:0.000} after {Epochs / 2}, {errors[^1]:0.000} after {Epochs}");

    private double TestError(Parameters<float> at)
    {
        var sum = 0.0;
        foreach (var (i, j, entry) in _test.Pattern.Entries)
        {
            var error = System.Numerics.Tensors.TensorPrimitives.Dot<float>(at[0].Row(i), at[1].Row(j)) - _test.Values[entry];
            sum += (double)error * error;
        }

        return Math.Sqrt(sum / _test.Count);
    }
}
