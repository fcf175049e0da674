using static AutoGradMf.LossMath;

namespace AutoGradMf.Corpus.Tests;

/// <summary>Losses over all pairs of dense data whose second derivatives weigh each pair.</summary>
public static partial class DenseData
{
    /// <summary>A pair counts by a weight of its own.</summary>
    [Loss]
    public static double Weighted([Factor] Matrix<double> U, [Factor] Matrix<double> V, Matrix<double> R, Matrix<double> W) =>
        0.5 * Sum(W % Square(U * V.T - R));

    /// <summary>Binary data, or shares.</summary>
    [Loss]
    public static double Logistic([Factor] Matrix<double> U, [Factor] Matrix<double> V, Matrix<double> R, double reg) =>
        Sum(Softplus(U * V.T) - R % (U * V.T)) + reg / 2 * (Sum(Square(U)) + Sum(Square(V)));

    /// <summary>Spectra: the divergence of Itakura and Saito up to what data alone says.</summary>
    [Loss]
    public static double ItakuraSaito([Factor] Matrix<double> U, [Factor] Matrix<double> V, Matrix<double> R) =>
        Sum(R / (U * V.T) + Log(U * V.T));

    /// <summary>A curve between the squared and the absolute error.</summary>
    [Loss]
    public static double LogCoshError([Factor] Matrix<double> U, [Factor] Matrix<double> V, Matrix<double> R) => Sum(LogCosh(U * V.T - R));
}
