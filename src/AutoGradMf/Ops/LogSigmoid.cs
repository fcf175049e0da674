using System.Numerics;
using AutoGradMf.Kernels;

namespace AutoGradMf;

public static partial class LossMath
{
    /// <summary>ln(1 / (1 + e⁻ˣ)), the logarithm of <see cref="Sigmoid(double)"/>, finite where that is 0.</summary>
    [Partial("x", "Sigmoid(-x)")]
    [Sign("-")]
    [Increasing]
    public static double LogSigmoid(double x) => LaneMath.LogSigmoid<ScalarLane<double>>(x).Value;

    /// <inheritdoc cref="LogSigmoid(double)"/>
    public static TTensor LogSigmoid<TTensor>(TTensor x)
        where TTensor : ITensor<TTensor> => x.Map(LogSigmoid);

    /// <summary><inheritdoc cref="LogSigmoid(double)" path="/summary"/> A dense matrix, −ln 2 where nothing is stored.</summary>
    public static Matrix<TElement> LogSigmoid<TElement>(SparseMatrix<TElement> x)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        ArgumentNullException.ThrowIfNull(x);
        return LogSigmoid(x.ToDense());
    }
}

public static partial class LaneMath
{
    /// <inheritdoc cref="LossMath.LogSigmoid(double)"/>
    public static TLane LogSigmoid<TLane>(TLane x)
        where TLane : struct, ILane<TLane> => -Softplus(-x);
}
