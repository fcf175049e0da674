namespace AutoGradMf.Generators.Symbolics.Translation;

/// <summary>The symbolic shape of a value: a matrix has both sizes, a column vector only rows, a row vector only columns, a scalar none.</summary>
internal sealed record Shape(Size? Rows, Size? Columns)
{
    public static Shape Scalar { get; } = new(null, null);
}
