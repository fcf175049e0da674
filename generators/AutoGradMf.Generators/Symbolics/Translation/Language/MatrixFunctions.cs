using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Model;
using Index = AutoGradMf.Generators.Symbolics.Expressions.Index;

namespace AutoGradMf.Generators.Symbolics.Translation.Language;

/// <summary>The inverse of a square matrix.</summary>
internal sealed class MatrixInverse : SquareFunction
{
    public override Indexed Translate(CallNode call, IReadOnlyList<Indexed> arguments, Translator translator)
    {
        var (row, column) = (arguments[0].Row!, arguments[0].Column!);
        var (r, c) = (new Index(column.Dimension), new Index(row.Dimension));
        return new(new Inverse(arguments[0].Value, row, column, r, c), r, c);
    }

    protected override Shape Result(Shape argument) => new(argument.Columns, argument.Rows);
}

/// <summary>The logarithm of a square matrix's determinant.</summary>
internal sealed class LogDet : SquareFunction
{
    public override Indexed Translate(CallNode call, IReadOnlyList<Indexed> arguments, Translator translator) =>
        arguments[0].Value is Inverse inverse
            ? new(Build.Negate(new LogDeterminant(inverse.Body, inverse.BodyRow, inverse.BodyColumn)), null, null)
            : new(new LogDeterminant(arguments[0].Value, arguments[0].Row!, arguments[0].Column!), null, null);

    protected override Shape Result(Shape argument) => Shape.Scalar;
}

/// <summary>A function of a square matrix.</summary>
internal abstract class SquareFunction : LanguageFunction
{
    public override Shape Infer(CallNode call, IReadOnlyList<Shape> arguments, ShapeInference inference)
    {
        var isSquare = inference.Unify(call, "not square", arguments[0].Rows, arguments[0].Columns, (call.Arguments[0], arguments[0]), (call.Arguments[0], arguments[0]));
        inference.NoteInverted(arguments[0].Rows);

        // What is wrong is said once, and not again of what is made of it.
        return Result(isSquare ? arguments[0] : new(arguments[0].Rows, arguments[0].Rows));
    }

    protected abstract Shape Result(Shape argument);
}
