using System.Diagnostics;
using System.Globalization;
using AutoGradMf.Benchmarks.Alternating;
using AutoGradMf.Benchmarks.Ratings;
using AutoGradMf.Benchmarks.Reporting;
using AutoGradMf.Kernels;
using AutoGradMf.Objectives;
using AutoGradMf.Optimizers;

namespace AutoGradMf.Benchmarks.Suites;

/// <summary>
/// How long alternating steps by a few conjugate gradients take to come as low as five iterations by exact systems, and how low they are when those
/// are done: from which number of features on they pay.
/// </summary>
internal sealed class ConjugateGradientSuite : ISuite
{
    private const int ExactIterations = 5;
    private const double MostOfExactTime = 3;
    private const string Exact = "exact systems";

    public string Name => "als-cg";

    public bool IsInReadme => false;

    public IEnumerable<ResultRow> Run(SuiteOptions options)
    {
        var ratings = RatingCache.Get(RatingSize.Ml1M);
        return Compare("masked", new AlternatingLosses.MaskedObjective<float>(ratings, reg: 5, options.Rank), options)
            .Concat(Compare("implicit", new AlternatingLosses.ImplicitObjective<float>(ratings, alpha: 0.5, reg: 5, options.Rank), options));
    }

    private IEnumerable<ResultRow> Compare(string loss, IObjective<float> objective, SuiteOptions options)
    {
        using var workers = new Workers(options.Threads);
        var exact = Descend(new(), (_, _, iterations) => iterations < ExactIterations);
        var (seconds, goal) = (exact[^1].Seconds, exact[^1].Objective);
        yield return Row(Exact, exact);
        foreach (var steps in new[] { 3, 5, 10 })
        {
            var optimizer = new AlternatingNewton<float> { ConjugateGradientSteps = steps };
            yield return Row(
                string.Create(CultureInfo.InvariantCulture, $"{steps} conjugate gradients"),
                Descend(optimizer, (at, value, _) => at < seconds || (value > goal && at < MostOfExactTime * seconds)));
        }

        List<(double Seconds, double Objective)> Descend(AlternatingNewton<float> optimizer, Func<double, double, int, bool> isGoingOn)
        {
            new OptimizerIterations(optimizer, objective, workers).Iterate();
            var run = new OptimizerIterations(optimizer, objective, workers);
            var (began, course) = (Stopwatch.GetTimestamp(), new List<(double Seconds, double Objective)> { (0, run.Objective) });
            while (isGoingOn(course[^1].Seconds, course[^1].Objective, course.Count - 1))
            {
                run.Iterate();
                course.Add((Stopwatch.GetElapsedTime(began).TotalSeconds, run.Objective));
            }

            return course;
        }

        ResultRow Row(string implementation, List<(double Seconds, double Objective)> course)
        {
            var reached = course.Find(point => point.Objective <= goal);
            var at = reached == default ? double.NaN : reached.Seconds;
            var then = course.Last(point => point.Seconds <= seconds).Objective;
            var size = RatingSize.Ml1M;
            return new(
                Name, $"{size.Name}, {loss}", size.M, size.N, size.Entries, options.Rank, "float", options.Threads, implementation, 1e3 * at, 1e3 * at,
                at / seconds, Exact, string.Create(CultureInfo.InvariantCulture, $"{then:G6} after {seconds:F2} s, in {course.Count(p => p.Seconds <= seconds) - 1} iterations"));
        }
    }
}
