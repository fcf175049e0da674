using static AutoGradMf.LossMath;

namespace AutoGradMf.Benchmarks.Dense;

/// <summary>The losses of all pairs of dense data that are measured.</summary>
internal static partial class DenseLosses
{
    /// <summary>Ratings without gaps, as when each missing one was filled beforehand.</summary>
    [Loss]
    public static double Squared([Factor] Matrix<double> U, [Factor] Matrix<double> V, Matrix<double> R) => 0.5 * Sum(Square(U * V.T - R));

    /// <summary>Clicks of all pairs.</summary>
    [Loss]
    public static double Logistic([Factor] Matrix<double> U, [Factor] Matrix<double> V, Matrix<double> R) => Sum(Softplus(U * V.T) - R % (U * V.T));
}
