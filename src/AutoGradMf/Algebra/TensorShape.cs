namespace AutoGradMf;

/// <summary>
/// The size of an operand, and the directions in which it repeats to fit the other: a column repeats across, a row down, a number
/// both ways. The one place where operands are compared and a misfit is worded.
/// </summary>
internal readonly record struct TensorShape(string Kind, int Rows, int Columns, bool RepeatsDown, bool RepeatsAcross)
{
    public static TensorShape Matrix(int rows, int columns) => new(nameof(Matrix), rows, columns, false, false);

    public static TensorShape SparseMatrix(int rows, int columns) => new(nameof(SparseMatrix), rows, columns, false, false);

    public static TensorShape SparsePattern(int rows, int columns) => new(nameof(SparsePattern), rows, columns, false, false);

    public static TensorShape ColumnVector(int length) => new(nameof(ColumnVector), length, 1, false, true);

    public static TensorShape RowVector(int length) => new(nameof(RowVector), 1, length, true, false);

    public static TensorShape Scalar { get; } = new("scalar", 1, 1, true, true);

    /// <summary>For example 4×3.</summary>
    public override string ToString() => string.Create(null, $"{Rows}×{Columns}");

    /// <summary>The size of an elementwise result.</summary>
    /// <exception cref="ArgumentException">The operands do not fit.</exception>
    public static (int Rows, int Columns) Broadcast(string operation, TensorShape left, TensorShape right)
    {
        var rowsFit = left.RepeatsDown || right.RepeatsDown || left.Rows == right.Rows;
        var columnsFit = left.RepeatsAcross || right.RepeatsAcross || left.Columns == right.Columns;
        if (!rowsFit || !columnsFit)
        {
            throw Misfit(operation, rowsFit ? "columns differ" : "rows differ", left, right);
        }

        return (left.RepeatsDown ? right.Rows : left.Rows, left.RepeatsAcross ? right.Columns : left.Columns);
    }

    /// <summary>The size of an elementwise result, and the directions in which it still repeats.</summary>
    /// <exception cref="ArgumentException">The operands do not fit.</exception>
    public TensorShape With(string operation, TensorShape other)
    {
        var (rows, columns) = Broadcast(operation, this, other);
        return new(nameof(Matrix), rows, columns, RepeatsDown && other.RepeatsDown, RepeatsAcross && other.RepeatsAcross);
    }

    /// <summary>Refuses a matrix product whose inner dimensions differ.</summary>
    /// <exception cref="ArgumentException">The left operand has not as many columns as the right one has rows.</exception>
    public static void RequireProduct(TensorShape left, TensorShape right)
    {
        if (left.Columns != right.Rows)
        {
            var hint = left.Columns == right.Columns ? " The right side's transpose, .T, would fit." : "";
            throw Misfit("*", "inner dimensions differ", left, right, hint);
        }
    }

    /// <summary>Refuses arguments of a function that are not of one size.</summary>
    /// <exception cref="ArgumentException">The sizes differ.</exception>
    public static void RequireSame(string function, TensorShape left, TensorShape right)
    {
        if ((left.Rows, left.Columns) != (right.Rows, right.Columns))
        {
            throw Misfit(function, "sizes differ", left, right);
        }
    }

    /// <summary>Refuses a matrix that is not square.</summary>
    /// <exception cref="ArgumentException">The numbers of rows and columns differ.</exception>
    public static void RequireSquare(string function, TensorShape shape)
    {
        if (shape.Rows != shape.Columns)
        {
            throw new ArgumentException($"{function}({shape.Kind}) needs a square matrix, and got {shape}.");
        }
    }

    private static ArgumentException Misfit(string operation, string what, TensorShape left, TensorShape right, string hint = "")
    {
        var written = char.IsLetter(operation[0])
            ? $"{operation}({left.Kind}, {right.Kind})"
            : $"{left.Kind} {operation} {right.Kind}";
        return new ArgumentException($"{written}: {what}: {left} and {right}.{hint}");
    }
}
