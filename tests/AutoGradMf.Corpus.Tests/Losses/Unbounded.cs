using static AutoGradMf.LossMath;

namespace AutoGradMf.Corpus.Tests;

/// <summary>Losses that are minus infinity somewhere, as one slip of a sign makes them.</summary>
public static partial class Unbounded
{
    /// <summary>A ridge that rewards large factors, where its number is negative.</summary>
    [Loss]
    public static double Ridge([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R, double reg) =>
        SquaredError.Masked(U, V, R, -4 * reg);

    /// <summary>The same over all pairs.</summary>
    [Loss]
    public static double RidgeOfAllPairs([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R, double reg) =>
        SquaredError.Ridged(U, V, R, -40 * reg);

    /// <summary>Minus infinity at a bound that steps are clamped to.</summary>
    [Loss]
    public static double LogarithmAtBound([Factor(Min = 0)] Matrix<double> U, [Factor(Min = 0)] Matrix<double> V, SparseMatrix<double> R) =>
        0.5 * Sum(Observed(R) % Square(U * V.T - R)) + 10 * Sum(Log(U)) + Sum(Square(V));

    /// <summary>Overflows before anything else does.</summary>
    [Loss]
    public static double Exponential([Factor] Matrix<double> U, [Factor] Matrix<double> V, SparseMatrix<double> R) =>
        -Sum(Observed(R) % Exp(U * V.T));
}
