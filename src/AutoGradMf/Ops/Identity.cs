using System.Numerics;

namespace AutoGradMf;

public static partial class LossMath
{
    /// <summary>The n × n identity matrix.</summary>
    /// <exception cref="ArgumentOutOfRangeException">n is negative.</exception>
    public static Matrix<double> Identity(int n) => Identity<double>(n);

    /// <inheritdoc cref="Identity(int)"/>
    public static Matrix<TElement> Identity<TElement>(int n)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => Diag(Ones<TElement>(n));
}
