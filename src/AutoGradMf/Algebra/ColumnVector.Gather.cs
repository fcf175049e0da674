namespace AutoGradMf;

public sealed partial class ColumnVector<TElement>
{
    /// <summary>The s named elements, a copy; an element may be named several times.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An element is not there.</exception>
    public ColumnVector<TElement> this[IndexVector rows]
    {
        get
        {
            ArgumentNullException.ThrowIfNull(rows);
            rows.RequireBelow(Length, $"the {Shape} vector");
            var gathered = Zeros(rows.Length);
            for (var r = 0; r < rows.Length; r++)
            {
                gathered[r] = _values[rows[r]];
            }

            return gathered;
        }
    }
}
