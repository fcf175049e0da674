using AutoGradMf.Benchmarks.Alternating;
using AutoGradMf.Benchmarks.Ratings;
using AutoGradMf.Benchmarks.Reporting;
using AutoGradMf.Kernels;
using AutoGradMf.Objectives;
using AutoGradMf.Optimizers;

namespace AutoGradMf.Benchmarks.Suites;

/// <summary>
/// Iterations of alternating least squares, both factors solved exactly, beside code written by hand: of the observed ratings
/// (<c>als</c>) or of implicit feedback on all pairs (<c>implicit-als</c>).
/// </summary>
internal sealed class AlternatingSuite(string name, bool isImplicit) : ISuite
{
    private const float Alpha = 0.5f;
    private const float Ridge = 5;

    public string Name => name;

    public IEnumerable<ResultRow> Run(SuiteOptions options) =>
        new[] { RatingSize.Ml1M, RatingSize.Ml20M }.SelectMany(size => Measure(size, options));

    private List<ResultRow> Measure(RatingSize size, SuiteOptions options)
    {
        var ratings = RatingCache.Get(size);
        using var workers = new Workers(options.Threads);
        IObjective<float> objective = isImplicit
            ? new AlternatingLosses.ImplicitObjective<float>(ratings, Alpha, Ridge, options.Rank)
            : new AlternatingLosses.MaskedObjective<float>(ratings, Ridge, options.Rank);
        var generated = new OptimizerIterations(new AlternatingNewton<float>(), objective, workers);
        var implementations = new List<(string Name, Action Run)>();
        var byHand = OptimizerIterations.Start(objective.Layout);
        if (TunedAlternating.Supports(options.Rank))
        {
            var (u, v) = (byHand[0].Span.ToArray(), byHand[1].Span.ToArray());
            var tuned = new TunedAlternating(ratings, options.Rank, isImplicit ? Alpha : null, Ridge, options.Threads);
            implementations.Add(("hand-tuned C#", () =>
            {
                tuned.Iterate(u, v);
                u.CopyTo(byHand[0].Span);
                v.CopyTo(byHand[1].Span);
            }));
        }

        implementations.Add(("generated, AlternatingNewton", generated.Iterate));
        var timings = Timing.Interleaved(warmUps: 1, size == RatingSize.Ml1M ? 7 : 3, [.. implementations.Select(i => i.Run)]);
        RequireDescent(objective, byHand, generated, implementations.Count);
        return
        [
            .. implementations.Zip(timings, (i, timing) => new ResultRow(
                Name, size.Name, size.M, size.N, size.Entries, options.Rank, "float", options.Threads, i.Name, timing.Median, timing.Minimum,
                timing.Minimum / timings[0].Minimum, implementations[0].Name)),
        ];
    }

    /// <summary>What is written by hand descends, and the library, which also balances the factors, at least as far.</summary>
    private void RequireDescent(IObjective<float> objective, Parameters<float> byHand, OptimizerIterations generated, int implementations)
    {
        var workspace = objective.CreateWorkspace();
        var start = objective.Value(OptimizerIterations.Start(objective.Layout), workspace);
        var value = implementations > 1 ? objective.Value(byHand, workspace) : start;
        if (!(value <= start && generated.Objective <= 1.01 * value))
        {
            throw new InvalidOperationException($"{Name}: from {start} the objective falls to {value} by hand and to {generated.Objective} by the library.");
        }
    }
}
