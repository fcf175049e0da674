using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Model;
using Index = AutoGradMf.Generators.Symbolics.Expressions.Index;

namespace AutoGradMf.Generators.Symbolics.Translation.Language;

/// <summary>What the library's own methods compute from data, once, when the objective is made.</summary>
internal static class EagerValue
{
    /// <summary>The call as a tensor of data, of the call's kind, with these dimensions.</summary>
    /// <param name="call">The call.</param>
    /// <param name="row">What counts its rows.</param>
    /// <param name="column">What counts its columns.</param>
    /// <param name="inner">Of a product of two sparse matrices, what it sums over.</param>
    public static Indexed Of(CallNode call, Index? row, Index? column, Index? inner = null)
    {
        var rows = call.Kind is TensorKind.ColumnVector or TensorKind.Matrix or TensorKind.SparseMatrix ? row : null;
        var columns = call.Kind is TensorKind.RowVector or TensorKind.Matrix or TensorKind.SparseMatrix ? column : null;
        var dimensions = new[] { rows, columns }.Where(i => i is not null).Select(i => i!.Dimension);
        var name = LossText.Of(call);
        return Translator.Element(new(
            name, TensorRole.Data, new(dimensions), call.Kind == TensorKind.SparseMatrix ? name : null, IsRowVector: rows is null, Initializer: call) { Inner = inner?.Dimension });
    }

    /// <summary>
    /// Sparse data under the given indices: a parameter, or what is computed of such. What is transposed has the pattern that it has as it is.
    /// </summary>
    public static Indexed OfMatrix(LossNode sparse, Index row, Index column)
    {
        if (sparse is CallNode { Function: Operators.Transpose, Arguments: [var matrix] })
        {
            return new(OfMatrix(matrix, column, row).Value, row, column);
        }

        var name = LossText.Of(sparse);
        var tensor = new Tensor(name, TensorRole.Data, new([row.Dimension, column.Dimension]), name, Initializer: sparse is ParameterNode ? null : sparse);
        return new(new Leaf(tensor, [row, column]), row, column);
    }

    /// <summary>A function of rows of sparse data, whose zeros no kernel visits.</summary>
    /// <exception cref="LossException">It is of what changes.</exception>
    public static Indexed OfSparseRows(CallNode call, Indexed argument, Translator translator) =>
        IsOfData(call, translator) ? Of(call, argument.Row, argument.Column) : throw new LossException(new Problem(RuleNames.UnsupportedConstruct, call.Node, new(
            [LossText.Brief(call), $"{call.Function} of sparse data is computed once, and this changes with a factor or hyperparameter; take {call.Function} of a dense matrix"])));

    /// <summary>Whether there is data in it, and nothing else: also the size of a factor is not known to the library's methods.</summary>
    public static bool IsOfData(LossNode node, Translator translator) => HasData(node) && IsFixed(node, translator);

    private static bool IsFixed(LossNode node, Translator translator)
    {
        // What is outside of them gives the elements of lambdas around the node.
        var lambdas = new HashSet<int>(node.SelfAndDescendants().OfType<LambdaNode>().Select(lambda => lambda.Node));
        return node.SelfAndDescendants().All(part => part switch
        {
            ParameterNode parameter => translator.TensorOf(parameter.Name).Role == TensorRole.Data,
            PlaceholderNode place => lambdas.Contains(place.Node),
            SizeNode => false,
            _ => true,
        });
    }

    private static bool HasData(LossNode node) => node.SelfAndDescendants().Any(part => part is ParameterNode);
}
