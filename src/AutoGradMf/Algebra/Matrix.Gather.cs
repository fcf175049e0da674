namespace AutoGradMf;

public sealed partial class Matrix<TElement>
{
    /// <summary>The s × k matrix of the named rows, a copy; a row may be named several times.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A row is not there.</exception>
    public Matrix<TElement> this[IndexVector rows]
    {
        get
        {
            ArgumentNullException.ThrowIfNull(rows);
            rows.RequireBelow(Rows, $"the {Shape} matrix");
            var gathered = new Matrix<TElement>(rows.Length, Columns);
            for (var r = 0; r < rows.Length; r++)
            {
                View.Row(rows[r]).CopyTo(gathered.View.Row(r));
            }

            return gathered;
        }
    }
}
