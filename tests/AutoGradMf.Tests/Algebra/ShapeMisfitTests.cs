using Xunit;

namespace AutoGradMf.Tests.Algebra;

public class ShapeMisfitTests
{
    private const string TransposeFits = " The right side's transpose, .T, would fit.";

    private static readonly Matrix<double> FourByThree = new(4, 3);
    private static readonly Matrix<double> FiveByThree = new(5, 3);
    private static readonly Matrix<double> FourByTwo = new(4, 2);
    private static readonly SparseMatrix<double> Sparse = SparseMatrix<double>.FromCoordinates(5, 3, [(0, 0, 1.0)]);
    private static readonly ColumnVector<double> Column = ColumnVector<double>.Zeros(5);
    private static readonly RowVector<double> Row = RowVector<double>.Zeros(6);

    public static TheoryData<Func<object>, string> Misfits => new()
    {
        { () => FourByThree * FiveByThree, "Matrix * Matrix: inner dimensions differ: 4×3 and 5×3." + TransposeFits },
        { () => FourByThree * FourByTwo, "Matrix * Matrix: inner dimensions differ: 4×3 and 4×2." },
        { () => FourByThree * Column, "Matrix * ColumnVector: inner dimensions differ: 4×3 and 5×1." },
        { () => Row * FourByThree, "RowVector * Matrix: inner dimensions differ: 1×6 and 4×3." },
        { () => Row * Column, "RowVector * ColumnVector: inner dimensions differ: 1×6 and 5×1." },
        { () => Sparse * FourByThree, "SparseMatrix * Matrix: inner dimensions differ: 5×3 and 4×3." + TransposeFits },
        { () => Sparse * Sparse, "SparseMatrix * SparseMatrix: inner dimensions differ: 5×3 and 5×3." + TransposeFits },
        { () => FourByTwo * Sparse, "Matrix * SparseMatrix: inner dimensions differ: 4×2 and 5×3." },
        { () => Sparse * Column, "SparseMatrix * ColumnVector: inner dimensions differ: 5×3 and 5×1." },
        { () => Row * Sparse, "RowVector * SparseMatrix: inner dimensions differ: 1×6 and 5×3." },
        { () => FourByThree + FiveByThree, "Matrix + Matrix: rows differ: 4×3 and 5×3." },
        { () => FourByThree - FourByTwo, "Matrix - Matrix: columns differ: 4×3 and 4×2." },
        { () => FourByThree % Column, "Matrix % ColumnVector: rows differ: 4×3 and 5×1." },
        { () => Row / FourByThree, "RowVector / Matrix: columns differ: 1×6 and 4×3." },
        { () => Column + ColumnVector<double>.Zeros(4), "ColumnVector + ColumnVector: rows differ: 5×1 and 4×1." },
        { () => Row - RowVector<double>.Zeros(4), "RowVector - RowVector: columns differ: 1×6 and 1×4." },
        { () => FourByThree - Sparse, "Matrix - SparseMatrix: rows differ: 4×3 and 5×3." },
        { () => FourByThree % Sparse, "Matrix % SparseMatrix: rows differ: 4×3 and 5×3." },
        { () => Sparse % Row, "SparseMatrix % RowVector: columns differ: 5×3 and 1×6." },
        { () => Sparse % Sparse.T, "SparseMatrix % SparseMatrix: rows differ: 5×3 and 3×5." },
        { () => Sparse + Sparse.T, "SparseMatrix + SparseMatrix: rows differ: 5×3 and 3×5." },
        { () => Sparse / FourByThree, "SparseMatrix / Matrix: rows differ: 5×3 and 4×3." },
        { () => LossMath.Dot(FourByThree, Sparse), "Dot(Matrix, SparseMatrix): sizes differ: 4×3 and 5×3." },
        { () => LossMath.RowDots(FourByThree, FourByTwo), "RowDots(Matrix, Matrix): sizes differ: 4×3 and 4×2." },
        { () => LossMath.FillMissing(Sparse, Row), "FillMissing(SparseMatrix, RowVector): columns differ: 5×3 and 1×6." },
        { () => LossMath.Trace(FourByThree), "Trace(Matrix) needs a square matrix, and got 4×3." },
        {
            () => SparsePattern.Intersect(Sparse.Pattern, Sparse.T.Pattern),
            "Intersect(SparsePattern, SparsePattern): sizes differ: 5×3 and 3×5."
        },
        { () => Sparse.AlignedTo(Sparse.T.Pattern), "AlignedTo(SparseMatrix, SparsePattern): sizes differ: 5×3 and 3×5." },
    };

    [Theory]
    [MemberData(nameof(Misfits))]
    public void A_misfit_names_the_operation_and_both_shapes(Func<object> operation, string message)
    {
        ArgumentNullException.ThrowIfNull(operation);

        var misfit = Assert.Throws<ArgumentException>(operation);

        Assert.Equal(message, misfit.Message);
    }

    [Fact]
    public void A_matrix_of_one_column_does_not_stretch()
    {
        Assert.Throws<ArgumentException>(() => new Matrix<double>(4, 1) + FourByThree);
    }
}
