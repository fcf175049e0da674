using System.Diagnostics;
using AutoGradMf.Benchmarks.Compiling;
using AutoGradMf.Benchmarks.Reporting;

namespace AutoGradMf.Benchmarks.Suites;

/// <summary>What a loss costs at compile time, generator and analyzer together, beside binding the same file without them.</summary>
internal sealed class GeneratorSuite : ISuite
{
    private const int Operators = 200;
    private const int WarmUps = 5;
    private const int Rounds = 15;

    public string Name => "generator";

    public IEnumerable<ResultRow> Run(SuiteOptions options)
    {
        var losses = Losses().Select(loss => (loss.Case, Compiler: new WarmCompiler(loss.Source))).ToList();

        // A compiler is warm when its tiers of just-in-time compilation are through, whichever loss came first.
        foreach (var loss in losses)
        {
            _ = Measure(loss.Case, loss.Compiler).ToList();
        }

        return losses.SelectMany(loss => Measure(loss.Case, loss.Compiler));
    }

    private IEnumerable<ResultRow> Measure(string name, WarmCompiler compiler)
    {
        var bind = Timing.Of(WarmUps, Rounds, () => Elapsed(() => compiler.Bind()));
        var generate = Timing.Of(WarmUps, Rounds, () => compiler.Generate().Elapsed);
        var analyze = Timing.Of(WarmUps, Rounds, () => compiler.Analyze().Elapsed);
        var both = new Timing(generate.Median + analyze.Median, generate.Minimum + analyze.Minimum);
        return new[] { ("compiler", bind), ("generator", generate), ("analyzer", analyze), ("generator + analyzer", both) }.Select(row =>
            new ResultRow(Name, name, null, null, null, null, null, 1, row.Item1, row.Item2.Median, row.Item2.Minimum, row.Item2.Minimum / bind.Minimum, "compiler"));
    }

    private static TimeSpan Elapsed(Action action)
    {
        var start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start);
    }

    private static IEnumerable<(string Case, string Source)> Losses()
    {
        yield return ("classic, 12 operators", Loss("Matrix<double> R", "0.5 * Sum(Square(U * M.T - R)) + lambda / 2 * (Sum(Square(U)) + Sum(Square(M)))"));
        yield return ("masked with biases, 20 operators", Loss(
            "SparseMatrix<double> R, [Factor] ColumnVector<double> b, [Factor] ColumnVector<double> d",
            "0.5 * Sum(Observed(R) % Square(b + d.T + U * M.T - R)) + lambda / 2 * (Sum(Square(U)) + Sum(Square(M)) + Sum(Square(b)) + Sum(Square(d)))"));
        yield return ($"masked chain, {Operators} operators", Loss("SparseMatrix<double> R", $"Sum(Observed(R) % {Chain("(U * M.T - R)")}) + lambda * Sum(Square(U))"));
        yield return ($"factor chain, {Operators} operators", Loss("Matrix<double> R", $"Sum({Chain("(U * M.T - R)")}) + lambda * Sum(Square(U))"));
        yield return ($"many terms, {Operators} operators", Loss("SparseMatrix<double> R", string.Join(" + ", Enumerable.Range(1, Operators / 8).Select(i =>
            $"{i} * Sum(Observed(R) % Square({i} * (U * M.T) - R)) + lambda * {i} * Sum(Square(U))"))));
        yield return ($"filled sum of products, {Operators} operators", Loss("SparseMatrix<double> R, ColumnVector<double> w, ColumnVector<double> v", "Sum(Square(" + string.Join(" + ", Enumerable.Range(1, Operators / 5).Select(i =>
            i % 2 == 0 ? $"{i} * (U * M.T)" : $"w * ({i} * v.T) - R")) + "))"));
    }

    private static string Chain(string inner) => Enumerable.Range(1, Operators / 4)
        .Aggregate(inner, (body, i) => (i % 3) switch { 0 => $"Tanh({body} * 0.{i} + {i})", 1 => $"Log1p(Square({body} - 0.{i}))", _ => $"Softplus(2 * {body} - {i})" });

    private static string Loss(string more, string body) =>
        $"[Loss] public static double L([Factor] Matrix<double> U, [Factor] Matrix<double> M, {more}, double lambda) => {body};";
}
