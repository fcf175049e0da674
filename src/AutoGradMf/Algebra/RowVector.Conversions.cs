using System.Numerics;

namespace AutoGradMf;

public sealed partial class RowVector<TElement> : ITensor<RowVector<TElement>>
{
    internal TensorShape Shape => TensorShape.RowVector(Length);

    /// <inheritdoc/>
    public RowVector<TElement> Map(Func<double, double> f) => new(Elementwise<TElement>.Map(_values, f));

    /// <inheritdoc/>
    public RowVector<TElement> Map(RowVector<TElement> other, Func<double, double, double> f)
    {
        ArgumentNullException.ThrowIfNull(other);
        TensorShape.RequireSame(nameof(Map), Shape, other.Shape);
        return new(Elementwise<TElement>.Map(_values, other._values, f));
    }

    /// <summary>
    /// The same elements as <typeparamref name="TOther"/>, rounded where it holds fewer digits; this vector itself if it is that type.
    /// </summary>
    /// <typeparam name="TOther"><see cref="float"/> or <see cref="double"/>.</typeparam>
    public RowVector<TOther> Cast<TOther>()
        where TOther : unmanaged, IBinaryFloatingPointIeee754<TOther> =>
        this as RowVector<TOther> ?? new RowVector<TOther>(Array.ConvertAll(_values, TOther.CreateTruncating));
}
