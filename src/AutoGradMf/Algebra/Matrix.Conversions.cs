using System.Numerics;

namespace AutoGradMf;

public sealed partial class Matrix<TElement> : ITensor<Matrix<TElement>>
{
    internal TensorShape Shape => TensorShape.Matrix(Rows, Columns);

    /// <inheritdoc/>
    public Matrix<TElement> Map(Func<double, double> f) => new(Rows, Columns, Elementwise<TElement>.Map(_values, f));

    /// <inheritdoc/>
    public Matrix<TElement> Map(Matrix<TElement> other, Func<double, double, double> f)
    {
        ArgumentNullException.ThrowIfNull(other);
        TensorShape.RequireSame(nameof(Map), Shape, other.Shape);
        return new(Rows, Columns, Elementwise<TElement>.Map(_values, other._values, f));
    }

    /// <summary>
    /// The same elements as <typeparamref name="TOther"/>, rounded where it holds fewer digits; this matrix itself if it is that type.
    /// </summary>
    /// <typeparam name="TOther"><see cref="float"/> or <see cref="double"/>.</typeparam>
    public Matrix<TOther> Cast<TOther>()
        where TOther : unmanaged, IBinaryFloatingPointIeee754<TOther> =>
        this as Matrix<TOther> ?? new Matrix<TOther>(Rows, Columns, Array.ConvertAll(_values, TOther.CreateTruncating));
}
