namespace AutoGradMf.Samples.MovieLens.Report;

/// <summary>All figures of a run, as <c>--json</c> writes them.</summary>
/// <param name="Dataset">What was trained on.</param>
/// <param name="Options">With what.</param>
/// <param name="GradientCheck">Per factor: the largest |a − n| / max(1e-8, |a| + |n|) of analytic and numeric partial derivatives, of all losses.</param>
/// <param name="GradientCheckByLoss">The same for each loss by itself.</param>
/// <param name="Classic">The classic loss.</param>
/// <param name="Biased">The masked, biased loss.</param>
/// <param name="Baselines">What the biased model is compared with, by name.</param>
internal sealed record Figures(
    DatasetFigures Dataset,
    OptionFigures Options,
    IReadOnlyDictionary<string, double> GradientCheck,
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>> GradientCheckByLoss,
    ClassicFigures Classic,
    BiasedFigures Biased,
    IReadOnlyDictionary<string, ErrorFigures> Baselines);

internal sealed record DatasetFigures(string Name, int Users, int Movies, int Ratings);

internal sealed record OptionFigures(int ClassicRank, double ClassicReg, int BiasedRank, double BiasedReg, double BiasReg, int Seed, int Threads);

/// <param name="Objective">The value that training reached.</param>
/// <param name="Optimum">The least value there is.</param>
/// <param name="RelativeGap">(objective − optimum) / optimum; the objective itself where the optimum is 0.</param>
/// <param name="Seconds">Of training.</param>
/// <param name="Iterations">Of training.</param>
internal sealed record ClassicFigures(double Objective, double Optimum, double RelativeGap, double Seconds, int Iterations);

/// <param name="TestRmse">In stars, on the test part.</param>
/// <param name="TestMae">In stars, on the test part.</param>
/// <param name="Seconds">Of training.</param>
/// <param name="Iterations">Of training.</param>
internal sealed record BiasedFigures(double TestRmse, double TestMae, double Seconds, int Iterations);

internal sealed record ErrorFigures(double TestRmse, double TestMae);
