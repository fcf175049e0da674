#if HAS_TORCHSHARP
using System.Globalization;
using AutoGradMf.Benchmarks.Dense;
using AutoGradMf.Benchmarks.Ratings;
using AutoGradMf.Benchmarks.Reporting;
using static TorchSharp.torch;

namespace AutoGradMf.Benchmarks.Gradients;

/// <summary>The squared error with a ridge in TorchSharp, of observed ratings over rows that are gathered for each, or of all pairs, and its gradient by autograd.</summary>
internal static class TorchEvaluation
{
    /// <param name="data">A size of <see cref="RatingSize"/>, or users × movies of dense ratings.</param>
    /// <param name="k">Latent features.</param>
    /// <param name="threads">Threads to compute on.</param>
    /// <param name="rounds">How often it is measured.</param>
    public static Timing Measure(string data, int k, int threads, int rounds)
    {
        set_num_threads(threads);
        return data.Split('x') is [var m, var n]
            ? OfAll(DensePoint.Of(int.Parse(m, CultureInfo.InvariantCulture), int.Parse(n, CultureInfo.InvariantCulture), k), rounds)
            : OfObserved(GradientPoint.Of(data, k), rounds);
    }

    private static Timing OfObserved(GradientPoint point, int rounds)
    {
        var entries = point.Ratings.Pattern.Entries.ToArray();
        using var rows = tensor(entries.Select(e => (long)e.Row).ToArray());
        using var columns = tensor(entries.Select(e => (long)e.Column).ToArray());
        using var ratings = tensor(point.Ratings.View.Span.ToArray());
        using var u = tensor(point.U, point.Ratings.Rows, point.K, requires_grad: true);
        using var v = tensor(point.V, point.Ratings.Columns, point.K, requires_grad: true);
        return Timing.Interleaved(
            warmUps: 1, rounds, () => Evaluate(u, v, () => (u.index_select(0, rows) * v.index_select(0, columns)).sum(1) - ratings, GradientPoint.Ridge))[0];
    }

    private static Timing OfAll(DensePoint point, int rounds)
    {
        using var ratings = tensor(point.Ratings, point.M, point.N);
        using var u = tensor(point.U, point.M, point.K, requires_grad: true);
        using var v = tensor(point.V, point.N, point.K, requires_grad: true);
        return Timing.Interleaved(warmUps: rounds / 2, rounds, () => Evaluate(u, v, () => u.mm(v.t()) - ratings, ridge: 0))[0];
    }

    private static void Evaluate(Tensor u, Tensor v, Func<Tensor> error, double ridge)
    {
        using var scope = NewDisposeScope();
        u.grad?.zero_();
        v.grad?.zero_();
        var loss = 0.5 * error().square().sum();
        (ridge == 0 ? loss : loss + (ridge / 2 * (u.square().sum() + v.square().sum()))).backward();
    }
}
#endif
