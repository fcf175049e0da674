#if HAS_TORCHSHARP
using AutoGradMf.Benchmarks.Reporting;
using static TorchSharp.torch;

namespace AutoGradMf.Benchmarks.Gradients;

/// <summary>The masked squared error with a ridge in TorchSharp, over rows that are gathered for each rating, and its gradient by autograd.</summary>
internal static class TorchEvaluation
{
    public static Timing Measure(string size, int k, int threads, int rounds)
    {
        set_num_threads(threads);
        var point = GradientPoint.Of(size, k);
        var entries = point.Ratings.Pattern.Entries.ToArray();
        using var rows = tensor(entries.Select(e => (long)e.Row).ToArray());
        using var columns = tensor(entries.Select(e => (long)e.Column).ToArray());
        using var ratings = tensor(point.Ratings.View.Span.ToArray());
        using var u = tensor(point.U, point.Ratings.Rows, k, requires_grad: true);
        using var v = tensor(point.V, point.Ratings.Columns, k, requires_grad: true);
        return Timing.Interleaved(warmUps: 1, rounds, () => Evaluate(u, v, rows, columns, ratings))[0];
    }

    private static void Evaluate(Tensor u, Tensor v, Tensor rows, Tensor columns, Tensor ratings)
    {
        using var scope = NewDisposeScope();
        u.grad?.zero_();
        v.grad?.zero_();
        var predictions = (u.index_select(0, rows) * v.index_select(0, columns)).sum(1);
        var loss = (0.5 * (predictions - ratings).square().sum()) + (GradientPoint.Ridge / 2 * (u.square().sum() + v.square().sum()));
        loss.backward();
    }
}
#endif
