using AutoGradMf.Generators.Symbolics.Model;

namespace AutoGradMf.Symbolics.Tests.Generation;

/// <summary>Writes losses as the parser would read them.</summary>
internal static class Syntax
{
    public static LossNode Number(double value) => new NumberNode(0, value);

    public static LossNode Add(LossNode a, LossNode b) => Elementwise(Operators.Add, a, b);

    public static LossNode Subtract(LossNode a, LossNode b) => Elementwise(Operators.Subtract, a, b);

    public static LossNode Negate(LossNode a) => Elementwise(Operators.Negate, a);

    public static LossNode Hadamard(LossNode a, LossNode b) => Elementwise(Operators.Hadamard, a, b);

    public static LossNode Divide(LossNode a, LossNode b) => Elementwise(Operators.Divide, a, b);

    /// <summary><c>*</c> where one side is a number.</summary>
    public static LossNode Scale(LossNode a, LossNode b) => Elementwise(Operators.Multiply, a, b);

    /// <summary><c>*</c> of matrices and vectors.</summary>
    public static LossNode Multiply(LossNode a, LossNode b) => new CallNode(0, KindOf(HasRows(a.Kind), HasColumns(b.Kind)), Operators.Multiply, new([a, b]));

    public static LossNode Transpose(LossNode a) => new CallNode(0, KindOf(HasColumns(a.Kind), HasRows(a.Kind)), Operators.Transpose, new([a]));

    /// <summary>A function of each element, or a fill: as large as its arguments.</summary>
    public static LossNode Elementwise(string function, params LossNode[] arguments) => new CallNode(
        0, KindOf(arguments.Any(a => HasRows(a.Kind)), arguments.Any(a => HasColumns(a.Kind))), function, new(arguments));

    public static LossNode Square(LossNode a) => Elementwise("Square", a);

    public static LossNode Observed(LossNode sparse) => Elementwise("Observed", sparse);

    public static LossNode FillMissing(LossNode sparse, LossNode fill) => Elementwise("FillMissing", sparse, fill);

    /// <summary>A function whose result is a scalar.</summary>
    public static LossNode Total(string function, params LossNode[] arguments) => new CallNode(0, TensorKind.Scalar, function, new(arguments));

    public static LossNode Sum(LossNode a) => Total("Sum", a);

    /// <summary>A function whose result is a column.</summary>
    public static LossNode ByRow(string function, params LossNode[] arguments) => new CallNode(0, TensorKind.ColumnVector, function, new(arguments));

    /// <summary>A function whose result is a row.</summary>
    public static LossNode ByColumn(string function, params LossNode[] arguments) => new CallNode(0, TensorKind.RowVector, function, new(arguments));

    private static bool HasRows(TensorKind kind) => kind is TensorKind.Matrix or TensorKind.SparseMatrix or TensorKind.ColumnVector;

    private static bool HasColumns(TensorKind kind) => kind is TensorKind.Matrix or TensorKind.SparseMatrix or TensorKind.RowVector;

    private static TensorKind KindOf(bool rows, bool columns) => (rows, columns) switch
    {
        (true, true) => TensorKind.Matrix,
        (true, false) => TensorKind.ColumnVector,
        (false, true) => TensorKind.RowVector,
        _ => TensorKind.Scalar,
    };
}
