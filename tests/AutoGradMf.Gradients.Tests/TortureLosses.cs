using static AutoGradMf.LossMath;

namespace AutoGradMf.Gradients.Tests;

/// <summary>Losses of one factor as they are written down, though their terms overflow, underflow or cancel where they themselves do not.</summary>
public static partial class TortureLosses
{
    [Loss]
    internal static double LogOfCosh([Factor] Matrix<double> U) => Sum(Log(Cosh(U)));

    [Loss]
    internal static double LogOfTwoExponentials([Factor] Matrix<double> U) => Sum(Log(Exp(U) + Exp(-U)));

    [Loss]
    internal static double LogOfThreeExponentials([Factor] Matrix<double> U) => Sum(Log(Exp(U) + 2 * Exp(-U) + 1));

    [Loss]
    internal static double LogOfOneAndTwoExponentials([Factor] Matrix<double> U) => Sum(Log(1 + Exp(U) + Exp(2 * U)));

    [Loss]
    internal static double LogisticOfSquares([Factor] Matrix<double> U) => Sum(Square(Exp(U)) / (1 + Square(Exp(U))));

    [Loss]
    internal static double RootOfOnePlusFourthPower([Factor] Matrix<double> U) => Sum(Pow(1 + Pow(U, 4), 0.25));

    [Loss]
    internal static double LogOfOneSizeAndSquare([Factor] Matrix<double> U) => Sum(Log(1 + Abs(U) + Square(U)));

    [Loss]
    internal static double LogOfOneSquareAndFourth([Factor] Matrix<double> U) => Sum(Log(1 + Square(U) + Pow(U, 4)));

    [Loss]
    internal static double LogOfOnePlusPowerOfSize([Factor] Matrix<double> U) => Sum(Log(1 + Pow(Abs(U), 1.5)));

    [Loss]
    internal static double SquareOverOneSizeAndSquare([Factor] Matrix<double> U) => Sum(Square(U) / (1 + Abs(U) + Square(U)));

    [Loss]
    internal static double FourthOverOneSquareAndFourth([Factor] Matrix<double> U) => Sum(Pow(U, 4) / (1 + Square(U) + Pow(U, 4)));

    [Loss]
    internal static double QuadraticOverOneSquareAndSixth([Factor] Matrix<double> U) => Sum((1 + U + Square(U)) / (1 + Square(U) + Pow(U, 6)));

    [Loss]
    internal static double SquareOfSoftSign([Factor] Matrix<double> U) => Sum(Square(U / (1 + Abs(U))));

    [Loss]
    internal static double LogOfSteepExponential([Factor] Matrix<double> U) => Sum(Log(Exp(1e4 * U)));

    [Loss]
    internal static double BinaryLogOfOnePlusExponential([Factor] Matrix<double> U) => Sum(Log2(1 + Exp(U)));

    [Loss]
    internal static double LogOfThreePlusExponential([Factor] Matrix<double> U) => Sum(Log(3 + Exp(U)));

    [Loss]
    internal static double LogOfScaledSigmoid([Factor] Matrix<double> U) => Sum(Log(0.5 * Square(Sigmoid(U))));

    [Loss]
    internal static double LogOfRowSums([Factor] Matrix<double> U) => Sum(Log(RowSums(Exp(U))));

    [Loss]
    internal static double LogOfSum([Factor] Matrix<double> U) => Log(Sum(Exp(Sigmoid(U))));

    [Loss]
    internal static double LogOfProduct([Factor] Matrix<double> U) => Sum(Log(Exp(Sigmoid(U)) * Exp(Sigmoid(U)).T));

    [Loss]
    internal static double ReciprocalOfCosh([Factor] Matrix<double> U) => Sum(1 / Cosh(U));

    [Loss]
    internal static double SquaredReciprocalOfCosh([Factor] Matrix<double> U) => Sum(1 / Square(Cosh(U)));

    [Loss]
    internal static double ExponentialMinusOneOverItself([Factor] Matrix<double> U) => Sum(Expm1(U) / U);

    [Loss]
    internal static double SineOfMultipleOverItself([Factor] Matrix<double> U) => Sum(Sin(2 * U) / U) / 2;

    [Loss]
    internal static double SineOverItself([Factor] Matrix<double> U) => Sum(Sin(U) / U);

    [Loss]
    internal static double LogarithmOfOnePlusItselfOverItself([Factor(Min = -0.5)] Matrix<double> U) => Sum(Log1p(U) / U);

    [Loss]
    internal static double SinhOverCosh([Factor] Matrix<double> U) => Sum(Sinh(U) / Cosh(U));

    [Loss]
    internal static double HyperbolicTangentWritten([Factor] Matrix<double> U) => Sum((Exp(U) - Exp(-U)) / (Exp(U) + Exp(-U)));

    [Loss]
    internal static double HyperbolicTangentOfExponential([Factor] Matrix<double> U) => Sum((Exp(2 * U) - 1) / (Exp(2 * U) + 1));

    [Loss]
    internal static double LogisticWritten([Factor] Matrix<double> U) => Sum(Exp(U) / (1 + Exp(U)));

    [Loss]
    internal static double LogisticOfTwo([Factor] Matrix<double> U) => Sum(Exp(U) / (Exp(U) + Exp(-U)));

    [Loss]
    internal static double LogisticOfThree([Factor] Matrix<double> U) => Sum(Exp(-U) / (Exp(U) + 2 * Exp(-U) + 1));

    [Loss]
    internal static double LogisticDensity([Factor] Matrix<double> U) => Sum(Exp(-U) / Square(1 + Exp(-U)));

    [Loss]
    internal static double SoftSign([Factor] Matrix<double> U) => Sum(U / (1 + Abs(U)));

    [Loss]
    internal static double Gumbel([Factor] Matrix<double> U) => Sum(Exp(-Exp(U)));

    [Loss]
    internal static double GumbelDensity([Factor] Matrix<double> U) => Sum(Exp(-U) % Exp(-Exp(-U)));

    [Loss]
    internal static double ExponentialOfMinusCosh([Factor] Matrix<double> U) => Sum(Exp(-Cosh(U)));

    [Loss]
    internal static double ProductOfExponentials([Factor] Matrix<double> U) => Sum(Exp(U) % Exp(-2 * U) % Exp(1.001 * U + 1));

    [Loss]
    internal static double QuotientOfExponentials([Factor] Matrix<double> U) => Sum(Exp(2 * U) / Exp(1.999 * U - 3));

    [Loss]
    internal static double ExponentialOfMinusSquare([Factor] Matrix<double> U) => Sum(Exp(-Square(U)));

    [Loss]
    internal static double SquareOverOnePlusSquare([Factor] Matrix<double> U) => Sum(Square(U) / (1 + Square(U)));

    [Loss]
    internal static double SquareOverThreePlusSquareByOperators([Factor] Matrix<double> U) => Sum(U % U / (3 + U % U));

    [Loss]
    internal static double ReciprocalOfOnePlusSquare([Factor] Matrix<double> U) => Sum(1 / (1 + Square(U)));

    [Loss]
    internal static double RootOfOnePlusSquare([Factor] Matrix<double> U) => Sum(Sqrt(1 + Square(U)));

    [Loss]
    internal static double RootOfTwoSquares([Factor] Matrix<double> U) => Sum(Sqrt(Square(U) + Square(2 * U)));

    [Loss]
    internal static double OverRootOfOnePlusSquare([Factor] Matrix<double> U) => Sum(U / Sqrt(1 + Square(U)));

    [Loss]
    internal static double LogOfSquare([Factor] Matrix<double> U) => Sum(Log(Square(U)));

    [Loss]
    internal static double DifferenceOfLogs([Factor] Matrix<double> U) => Sum(Log(3 * Abs(U)) - 0.5 * Log(Abs(U)));

    [Loss]
    internal static double RootOfSquare([Factor] Matrix<double> U) => Sum(Sqrt(Square(U)));

    [Loss]
    internal static double RowNormsOf([Factor] Matrix<double> U) => Sum(RowNorms(U));

    [Loss]
    internal static double NormOf([Factor] Matrix<double> U) => Norm(U);

    [Loss]
    internal static double NormOfScaled([Factor] Matrix<double> U) => Norm(-1e-3 * U);

    [Loss]
    internal static double RootOfSumOfSquares([Factor] Matrix<double> U) => Sqrt(Sum(Square(U)));

    [Loss]
    internal static double LogOfOnePlusSquare([Factor] Matrix<double> U) => Sum(Log(1 + Square(U)));

    [Loss]
    internal static double LogOfOnePlusSquareOverScale([Factor] Matrix<double> U, double scale) => Sum(Log(1 + Square(U) / scale));

    [Loss]
    internal static double LogOfScalePlusSquare([Factor] Matrix<double> U, double scale) => Sum(Log(scale + Square(U)));

    [Loss]
    internal static double LogOfQuotientOfSums([Factor] Matrix<double> U) => Sum(Log((1 + Square(U)) / (2 + Square(U))));

    [Loss]
    internal static double SquareTimesExponential([Factor] Matrix<double> U) => Sum(Square(U) % Exp(-U));

    [Loss]
    internal static double CubeTimesBell([Factor] Matrix<double> U) => Sum(Pow(U, 3) % Exp(-Square(U)));

    [Loss]
    internal static double SquareOverCosh([Factor] Matrix<double> U) => Sum(Square(U) / Cosh(0.5 * U));

    [Loss]
    internal static double SquareTimesSigmoid([Factor] Matrix<double> U) => Sum(Square(U) % Sigmoid(-U));

    [Loss]
    internal static double LogOfOnePlusScaledExponential([Factor] Matrix<double> U, double scale) => Sum(Log(1 + scale * Exp(U)));

    [Loss]
    internal static double LogOfSumOfAll([Factor] Matrix<double> U) => Log(Sum(Exp(2 * U)));

    [Loss]
    internal static double LogOfMeanOfAll([Factor] Matrix<double> U) => Log(Mean(Exp(U)));

    [Loss]
    internal static double LogOfSumOfVector([Factor] Matrix<double> U) => Log(Sum(Exp(RowSums(U))));

    [Loss]
    internal static double LogOfOnePlusRowSums([Factor] Matrix<double> U) => Sum(Log(1 + RowSums(Exp(U))));

    [Loss]
    internal static double RootOfSquarePlusScale([Factor] Matrix<double> U, double scale) => Sum(Sqrt(Square(U) + scale));

    [Loss]
    internal static double OverRootOfSquarePlusScale([Factor] Matrix<double> U, double scale) => Sum(U / Sqrt(scale + Square(U)));

    [Loss]
    internal static double RootOfOnePlusSquareOverScale([Factor] Matrix<double> U, double scale) => Sum(Sqrt(1 + Square(U) / scale));

    [Loss]
    internal static double OverRootOfOnePlusScaledSquare([Factor] Matrix<double> U, double scale) => Sum(U / Sqrt(1 + scale * (U % U)));

    [Loss]
    internal static double LogOfScalePlusScaledSquare([Factor] Matrix<double> U, double scale) => Sum(Log(scale + scale * Square(U)));

    [Loss]
    internal static double SquareOverScalePlusSquare([Factor] Matrix<double> U, double scale) => Sum(Square(U) / (scale + Square(U)));

    [Loss]
    internal static double LogOfOnePlusSumOfSquares([Factor] Matrix<double> U) => Log(1 + Sum(Square(U)));

    [Loss]
    internal static double LogOfOnePlusSumOverScale([Factor] Matrix<double> U, double scale) => Log(1 + Sum(U % U) / scale);

    [Loss]
    internal static double LogOfOnePlusSumsOfRows([Factor] Matrix<double> U) => Sum(Log(1 + RowSums(Square(U))));

    [Loss]
    internal static double RootOfOnePlusSumOfSquares([Factor] Matrix<double> U) => Sqrt(1 + Sum(Square(U)));

    [Loss]
    internal static double RootOfOnePlusSumsOfRows([Factor] Matrix<double> U) => Sum(Sqrt(1 + RowSums(Square(U))));

    [Loss]
    internal static double RootOfScalePlusScaledSum([Factor] Matrix<double> U, double scale) => Sqrt(scale + scale * Sum(Square(U)));

    [Loss]
    internal static double SumOverRootOfSumOfSquares([Factor] Matrix<double> U) => Sum(U) / Sqrt(1 + Sum(Square(U)));

    [Loss]
    internal static double FourthOverOnePlusFourth([Factor] Matrix<double> U) => Sum(Pow(U, 4) / (1 + Pow(U, 4)));

    [Loss]
    internal static double LogOfOnePlusFourth([Factor] Matrix<double> U) => Sum(Log(1 + Pow(U, 4)));

    [Loss]
    internal static double LogOfOnePlusCubeOfSize([Factor] Matrix<double> U) => Sum(Log(1 + Pow(Abs(U), 3)));

    [Loss]
    internal static double LogOfScalePlusScaledFourth([Factor] Matrix<double> U, double scale) => Sum(Log(scale + 2 * scale * Pow(U, 4)));

    [Loss]
    internal static double LogOfLittlePlusSquare([Factor] Matrix<double> U) => Sum(Log(U % U + 1e-30));

    [Loss]
    internal static double ReciprocalOfOnePlusSixth([Factor] Matrix<double> U) => Sum(1 / (1 + Pow(U, 6)));

    [Loss]
    internal static double PowerOfOnePlusSquareOverThat([Factor] Matrix<double> U) => Sum(Pow(1 + U % U, 1.5) / (1 + U % U));

    [Loss]
    internal static double OverPowerOfOnePlusSquare([Factor] Matrix<double> U) => Sum(U / Pow(1 + U % U, 1.5));

    [Loss]
    internal static double RootOfRootOfFourth([Factor] Matrix<double> U) => Sum(Sqrt(Sqrt(U % U % U % U)));

#pragma warning disable AGMF0022 // The factors are double.
    [Loss]
    internal static double LittleTimesLittleSquares([Factor] Matrix<double> U) => Sum(1e-200 * (U % (1e-200 * U)));

    [Loss]
    internal static double OverSubnormal([Factor] Matrix<double> U) => Sum(U / 1e-310);

    [Loss]
    internal static double LogOfOnePlusLargeSquare([Factor] Matrix<double> U) => Sum(Log(1 + 1e200 * Square(U)));

    [Loss]
    internal static double LogOfNextToNothingPlusSquare([Factor] Matrix<double> U) => Sum(Log(1e-300 + Square(U)));
#pragma warning restore AGMF0022

    [Loss]
    internal static double LogOfShiftedFourth([Factor] Matrix<double> U, double shift, double weight) => Sum(Log(shift + weight * Pow(U, 4)));

    [Loss]
    internal static double ReciprocalOfShiftedSixth([Factor] Matrix<double> U, double shift, double weight) => Sum(1 / (shift + weight * Pow(U, 6)));

    [Loss]
    internal static double FourthOverSquareOfOnePlusSquare([Factor] Matrix<double> U) => Sum(Square(Square(U)) / Square(1 + Square(U)));

    [Loss]
    internal static double ExponentialsTimesFourth([Factor] double U) => (Exp(-U * U) + Exp(-2 * U * U)) * U * U * U * U;

    [Loss]
    internal static double SquaredHingeOfRoot([Factor] Matrix<double> U) => Sum(Square(Relu(Sqrt(U) - 1)));

    [Loss]
    internal static double SquaredHingeOfReciprocal([Factor] Matrix<double> U) => Sum(Square(Relu(1 - 1 / U)));

    [Loss]
    internal static double SquaredHingeOfExponential([Factor] Matrix<double> U) => Sum(Square(Relu(1 - Exp(U))));

    [Loss]
    internal static double SquaredHingeOfFourth([Factor] Matrix<double> U) => Sum(Square(Max(0, 1 - Pow(U, 4))));

    [Loss]
    internal static double LogOfTwoPlusEighth([Factor] Matrix<double> U) => Sum(Log(2 + 3 * Pow(U, 8)));

    [Loss]
    internal static double RootOfOnePlusFourth([Factor] Matrix<double> U) => Sum(Sqrt(1 + Pow(U, 4)));

    [Loss]
    internal static double SquareOverRootOfOnePlusFourth([Factor] Matrix<double> U) => Sum(Square(U) / Sqrt(1 + Pow(U, 4)));

    [Loss]
    internal static double SquaresOverOnePlusSquares([Factor] Matrix<double> U) => Sum(Square(U)) / (1 + Sum(Square(U)));

    [Loss]
    internal static double QuotientOfSumsOfExponentials([Factor] Matrix<double> U) => Sum(Exp(U)) / Sum(Exp(2 * U));

    [Loss]
    internal static double SumOverOnePlusSum([Factor] Matrix<double> U) => Sum(Exp(U)) / (1 + Sum(Exp(U)));

    [Loss]
    internal static double RootOfSumOfExponentials([Factor] Matrix<double> U) => Sqrt(Sum(Exp(U)));

    [Loss]
    internal static double PowerOfOneMinusSigmoid([Factor] Matrix<double> U) => Sum(Pow(1 - Sigmoid(U), 1.5));

    [Loss]
    internal static double CubeRootOfOnePlusSquare([Factor] Matrix<double> U) => Sum(Cbrt(1 + Square(U)));

    [Loss]
    internal static double SumOverSumOfSquares([Factor] Matrix<double> U) => Sum((1 + Square(U)) / (2 + Square(U)));

    [Loss]
    internal static double SquareOverOnePlusAbs([Factor] Matrix<double> U) => Sum(Square(U) / (1 + Abs(U)));

    [Loss]
    internal static double GeluWritten([Factor] Matrix<double> U) => Sum(0.5 * U % (1 + Tanh(0.8 * (U + 0.045 * Pow(U, 3)))));

    [Loss]
    internal static double SquareOverSquareOfSum([Factor] Matrix<double> U) => Sum(Square(U) / Square(1 + Square(U)));

    [Loss]
    internal static double OverOnePlusSquare([Factor] Matrix<double> U) => Sum((1 + U) / (1 + Square(U)));

    [Loss]
    internal static double ArcTangent([Factor] Matrix<double> U) => Sum(Atan(U));

    [Loss]
    internal static double AreaSine([Factor] Matrix<double> U) => Sum(Asinh(U));

    [Loss]
    internal static double SmoothHuber([Factor] Matrix<double> U) => Sum(PseudoHuber(U, 1.5));

    [Loss]
    internal static double RootOfExponential([Factor] Matrix<double> U) => Sum(Sqrt(Exp(U)));

    [Loss]
    internal static double PowerOfOnePlusExponential([Factor] Matrix<double> U) => Sum(Pow(1 + Exp(U), 0.1));

    [Loss]
    internal static double PowerOfOnePlusSquare([Factor] Matrix<double> U) => Sum(Pow(1 + Square(U), 0.25));

    [Loss]
    internal static double NormsOfColumns([Factor] Matrix<double> U) => Sum(RowNorms(U.T));

    [Loss]
    internal static double LogOfSoftplus([Factor] Matrix<double> U) => Sum(Log(Softplus(U)));

    [Loss]
    internal static double RootOfSoftplus([Factor] Matrix<double> U) => Sum(Sqrt(Log(1 + Exp(U))));

    [Loss]
    internal static double SoftplusOverSigmoid([Factor] Matrix<double> U) => Sum(Softplus(U) / Sigmoid(U));

    [Loss]
    internal static double LogOfGumbel([Factor] Matrix<double> U) => Sum(Log(1 - Exp(-Exp(U))));

    [Loss]
    internal static double LogOfOneMinusBell([Factor] Matrix<double> U) => Sum(Log(1 - Exp(-Square(U))));

    [Loss]
    internal static double LogOfOneMinusNarrowBell([Factor] Matrix<double> U) => Sum(Log(1 - Exp(-3 * U % U)));

    [Loss]
    internal static double LogOfOneMinusExponentialOfSoftplus([Factor] Matrix<double> U) => Sum(Log(1 - Exp(-Softplus(U))));

    [Loss]
    internal static double LogOfEventOfSoftplus([Factor] Matrix<double> U) => Sum(Log1p(-Exp(-2 * Softplus(U))));

    [Loss]
    internal static double LogOfDifferenceOfLogistics([Factor] Matrix<double> U) => Sum(Log(Sigmoid(U + 1) - Sigmoid(U - 1)));

    [Loss]
    internal static double LogOfOnePlusTanh([Factor] Matrix<double> U) => Sum(Log(1 + Tanh(U)));

    [Loss]
    internal static double LogOfOneMinusSquareOfTanh([Factor] Matrix<double> U) => Sum(Log(1 - Square(Tanh(U))));

    [Loss]
    internal static double LogOfOnePlusSquareOfSinh([Factor] Matrix<double> U) => Sum(Log(1 + Square(Sinh(U))));

    [Loss]
    internal static double LogOfSquareOfSinh([Factor] Matrix<double> U) => Sum(Log(Square(Sinh(U))));

    [Loss]
    internal static double LogOfSumOfTwoExponentials([Factor] Matrix<double> U) => Log(Sum(Exp(U) + Exp(-U)));

    [Loss]
    internal static double LogOfSumOfOnePlusExponential([Factor] Matrix<double> U) => Sum(Log(RowSums(1 + Exp(U))));

    [Loss]
    internal static double LogOfSumOfSquares([Factor] Matrix<double> U) => Log(Sum(Square(U)));

    [Loss]
    internal static double LogOfNorm([Factor] Matrix<double> U) => 3 * Log(Norm(U));

    [Loss]
    internal static double HyperbolicDistance([Factor] Matrix<double> U) => Sum(Acosh(1 + 2 * Square(U)));

    [Loss]
    internal static double AreaSineWritten([Factor] Matrix<double> U) => Sum(Log(U + Sqrt(1 + Square(U))));

    [Loss]
    internal static double AreaSineOfHalf([Factor] Matrix<double> U) => Sum(Log(Sqrt(4 + U % U) - U));

    [Loss]
    internal static double PowerOfSquare([Factor] Matrix<double> U) => Sum(Pow(Square(U), 0.25));

    [Loss]
    internal static double LogOfSumOfDensities([Factor] Matrix<double> U) => Sum(Log(RowSums(Sigmoid(U) % Sigmoid(-U))));

    [Loss]
    internal static double LogOfOnePlusPowerOfTwo([Factor] Matrix<double> U) => Sum(Log(1 + Pow(2, U)));

    [Loss]
    internal static double LogisticOfPowersOfTwo([Factor] Matrix<double> U) => Sum(Map(U, x => Math.Pow(2, x) / (1 + double.Exp2(x))));

    [Loss]
    internal static double LogisticOfPowersOfTen([Factor] Matrix<double> U) => Sum(1 / (1 + Pow(0.1, U)));

    [Loss]
    internal static double OverOnePlusSquareWritten([Factor] Matrix<double> U) => Sum(U / (1 + Square(U)));

    [Loss]
    internal static double OverTwoPlusSquareByOperators([Factor] Matrix<double> U) => Sum(Map(U, x => 3 * x / (2 + 0.5 * x * x)));

    [Loss]
    internal static double SoftplusWithoutItsArgument([Factor] Matrix<double> U) => Sum(2 * Softplus(Square(U) + 1) - 2 * Square(U) - 2);

    [Loss]
    internal static double LogisticWithoutItsArgument([Factor] Matrix<double> U) => Sum(Map(U, x => Math.Log(1 + Math.Exp(x)) - x));

    [Loss]
    internal static double LogOfOnePlusItselfAndSquare([Factor] Matrix<double> U) => Sum(Log(1 + U + U % U));

    [Loss]
    internal static double LogOfQuadratic([Factor] Matrix<double> U) => Sum(Map(U, x => Math.Log(2 * x * x - 3 * x + 5)));

    [Loss]
    internal static double RootOfQuadratic([Factor] Matrix<double> U) => Sum(Sqrt(U + 1 + U % U));

    [Loss]
    internal static double LogOfNormsCalled([Factor] Matrix<double> U, double scale) => Sum(Map(RowNorms(U), x => Log1pSquare(x, scale)));

    [Loss]
    internal static double LogOfNormCalledAndWritten([Factor] Matrix<double> U) => Log1pSquare(Norm(U), 1) + 2 * Log(1 + Sum(Square(U)));

    [Loss]
    internal static double RootsOfNormCalled([Factor] Matrix<double> U, double scale) =>
        Hypot(Norm(U), 1) + SmoothAbs(Norm(U), 1) + WeightedSmoothAbs(Norm(U), scale, 1) / scale;
}
