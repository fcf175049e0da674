using System.Numerics;

namespace AutoGradMf;

public sealed partial class ColumnVector<TElement> : ITensor<ColumnVector<TElement>>
{
    internal TensorShape Shape => TensorShape.ColumnVector(Length);

    /// <inheritdoc/>
    public ColumnVector<TElement> Map(Func<double, double> f) => new(Elementwise<TElement>.Map(_values, f));

    /// <inheritdoc/>
    public ColumnVector<TElement> Map(ColumnVector<TElement> other, Func<double, double, double> f)
    {
        ArgumentNullException.ThrowIfNull(other);
        TensorShape.RequireSame(nameof(Map), Shape, other.Shape);
        return new(Elementwise<TElement>.Map(_values, other._values, f));
    }

    /// <summary>
    /// The same elements as <typeparamref name="TOther"/>, rounded where it holds fewer digits; this vector itself if it is that type.
    /// </summary>
    /// <typeparam name="TOther"><see cref="float"/> or <see cref="double"/>.</typeparam>
    public ColumnVector<TOther> Cast<TOther>()
        where TOther : unmanaged, IBinaryFloatingPointIeee754<TOther> =>
        this as ColumnVector<TOther> ?? new ColumnVector<TOther>(Array.ConvertAll(_values, TOther.CreateTruncating));
}
