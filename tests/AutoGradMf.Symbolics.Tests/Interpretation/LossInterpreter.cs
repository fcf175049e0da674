using AutoGradMf.Generators.Symbolics.Model;

namespace AutoGradMf.Symbolics.Tests.Interpretation;

/// <summary>The meaning of the loss language, operator by operator over full matrices: the reference for everything else.</summary>
internal static class LossInterpreter
{
    public static Number Evaluate(LossNode loss, Point point, Direction? direction = null) =>
        Assert.Single(Array(loss, point, direction).Elements);

    public static Grid Array(LossNode node, Point point, Direction? direction = null)
    {
        switch (node)
        {
            case NumberNode number:
                return Grid.Scalar(Number.Of(number.Value));
            case ParameterNode parameter:
                var (rows, columns) = point.Shape(parameter.Name);
                return Grid.Make(rows, columns, (i, j) => point.Element(parameter.Name, (i * columns) + j, direction));
            case CallNode call:
                return Call(call, [.. call.Arguments.Select(a => Array(a, point, direction))]);
            default:
                throw new ArgumentException($"{node.GetType().Name} is not part of a loss.");
        }
    }

    private static Grid Call(CallNode call, Grid[] x) => call.Function switch
    {
        Operators.Add => Grid.Zip(x[0], x[1], (a, b) => a + b),
        Operators.Subtract => Grid.Zip(x[0], x[1], (a, b) => a - b),
        Operators.Negate => x[0].Map(a => -a),
        Operators.Hadamard => Grid.Zip(x[0], x[1], (a, b) => a * b),
        Operators.Divide => Grid.Zip(x[0], x[1], (a, b) => a * b.Power(-1)),
        Operators.Multiply when call.Arguments.All(a => a.Kind == TensorKind.SparseMatrix) => Grid.Multiply(x[0], x[1], isSparse: true),
        Operators.Multiply => call.Arguments.Any(a => a.Kind == TensorKind.Scalar) ? Grid.Zip(x[0], x[1], (a, b) => a * b) : Grid.Multiply(x[0], x[1]),
        Operators.Transpose => x[0].T,
        Operators.ProductDot => Grid.Scalar(Grid.Total(Grid.Zip(Grid.Multiply(x[0], x[1]), Grid.Multiply(x[2], x[3]), (a, b) => a * b).Elements)),
        Operators.Prediction => x[0],
        "Square" => x[0].Map(a => a.Power(2)),
        "Reciprocal" => x[0].Map(a => a.Power(-1)),
        "Sum" => Grid.Scalar(Grid.Total(x[0].Elements)),
        "Mean" => Grid.Scalar(Grid.Total(x[0].Elements) * Number.Of(1.0 / x[0].Elements.Length)),
        "Dot" => Grid.Scalar(Grid.Total(Grid.Zip(x[0], x[1], (a, b) => a * b).Elements)),
        "RowSums" => x[0].RowSums(),
        "ColumnSums" => x[0].T.RowSums().T,
        "RowDots" => Grid.Zip(x[0], x[1], (a, b) => a * b).RowSums(),
        "Observed" => x[0].Map(a => a.IsStored ? Number.Of(1) : default),
        "FillMissing" => Grid.Zip(x[0], x[1], (a, b) => a.IsStored ? a.NextTo(b) : b),
        "RowMeans" => x[0].RowMeans(),
        "ColumnMeans" => x[0].T.RowMeans().T,
        "ObservedMean" => x[0].ObservedMean(),
        _ => x[0].Map(TestFunction.All[call.Function].Apply),
    };
}
