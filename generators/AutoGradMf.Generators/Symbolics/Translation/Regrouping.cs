using System.Globalization;
using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Model;

namespace AutoGradMf.Generators.Symbolics.Translation;

/// <summary>
/// Products that do not fit as they are read, from the left, and do if those on the right are taken together: R % U * M.T is (R % U) * M.T, and R % (U * M.T) was meant.
/// </summary>
/// <param name="Meant">The products as they fit.</param>
/// <param name="Around">How many operations around the one that does not fit are taken into it; 0 if it is itself the outermost.</param>
internal sealed record Regrouping(LossNode Meant, int Around)
{
    /// <summary>What a remedy for a code fix begins with; <see cref="Around"/> follows.</summary>
    public const string Prefix = "regroup ";

    public string Remedy => Prefix + Around.ToString(CultureInfo.InvariantCulture);

    /// <param name="body">The loss.</param>
    /// <param name="at">The operation that does not fit.</param>
    /// <param name="shapeOf">The shapes of its operands, and of those of the operations around.</param>
    public static Regrouping? Of(LossNode body, LossNode at, Func<LossNode, Shape> shapeOf) => at switch
    {
        CallNode { Function: Operators.Hadamard, Arguments: [CallNode { Arguments: [var left, var middle] } product, var right] } when IsMatrixProduct(product)
            && Elementwise(shapeOf(middle), shapeOf(right)) is { } inner && Product(shapeOf(left), inner) is not null =>
            new(Call(Operators.Multiply, left, Call(Operators.Hadamard, middle, right)), 0),
        CallNode { Function: Operators.Multiply, Arguments: [CallNode { Function: Operators.Hadamard, Arguments: [var left, var middle] }, var right] }
            when Product(shapeOf(middle), shapeOf(right)) is { } inner && Elementwise(shapeOf(left), inner) is not null =>
            new(Call(Operators.Hadamard, left, Call(Operators.Multiply, middle, right)), 0),
        CallNode { Function: Operators.Hadamard, Arguments: [var left, var middle] } => WithProductsAround(body, at, left, middle, shapeOf),
        _ => null,
    };

    /// <summary>As few of the products around as make the right operand fit the left one.</summary>
    private static Regrouping? WithProductsAround(LossNode body, LossNode at, LossNode left, LossNode right, Func<LossNode, Shape> shapeOf)
    {
        var products = body.SelfAndDescendants().OfType<CallNode>().Where(c => c is { Function: Operators.Multiply, Arguments.Count: 2 }).ToList();
        var shape = shapeOf(right);
        for (var around = 1; products.Find(p => ReferenceEquals(p.Arguments[0], at)) is { } next; around++)
        {
            (at, right) = (next, Call(Operators.Multiply, right, next.Arguments[1]));
            if (Product(shape, shapeOf(next.Arguments[1])) is not { } product)
            {
                return null;
            }

            if (Elementwise(shapeOf(left), shape = product) is not null)
            {
                return new(Call(Operators.Hadamard, left, right), around);
            }
        }

        return null;
    }

    private static CallNode Call(string function, LossNode left, LossNode right) => new(0, TensorKind.Matrix, function, new([left, right]));

    private static bool IsMatrixProduct(CallNode call) => call.Function == Operators.Multiply && call.Arguments.All(a => a.Kind != TensorKind.Scalar);

    /// <summary>The shape of a product; null if its operands do not fit.</summary>
    private static Shape? Product(Shape left, Shape right) =>
        left == Shape.Scalar ? right
        : right == Shape.Scalar ? left
        : left.Columns is { } inner && right.Rows is { } other && Size.MayBeOne(inner, other) ? new(left.Rows, right.Columns)
        : null;

    private static Shape? Elementwise(Shape left, Shape right)
    {
        static bool Fit(Size? one, Size? other) => one is null || other is null || Size.MayBeOne(one, other);
        return Fit(left.Rows, right.Rows) && Fit(left.Columns, right.Columns) ? new(left.Rows ?? right.Rows, left.Columns ?? right.Columns) : null;
    }
}
