using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Model;

namespace AutoGradMf.Generators.Symbolics.Notation;

/// <summary>Names of tensors, and data that the library computes once as its formula.</summary>
internal abstract partial class MatrixNotation
{
    /// <summary>A direction's part is written with a v before the factor's name.</summary>
    private string Name(Leaf leaf) => leaf.Tensor is { IsIndicator: false, Initializer: CallNode { Function: Operators.Multiply or Operators.Hadamard or Operators.Add or Operators.Subtract or Operators.TimesProduct } formula }
        ? Parentheses(Data(formula, 0))
        : Named((leaf.Tensor.Role == TensorRole.Direction ? "v" : "") + leaf.Tensor.Name);

    private string Data(LossNode node, int outer) => node switch
    {
        CallNode { Function: Operators.Add } sum => Binary(sum, " + ", Sum, outer),
        CallNode { Function: Operators.Subtract } difference => Binary(difference, " - ", Sum, outer),
        CallNode { Function: Operators.Hadamard } product => Binary(product, Hadamard, Term, outer),
        CallNode { Function: Operators.Multiply } product => Binary(product, Times, Term, outer),
        CallNode { Function: Operators.TimesProduct, Arguments: [var sparse, var left, var right] } =>
            Parenthesised(Data(sparse, Term) + Hadamard + Parentheses(Data(left, Term) + Times + Data(right, Term + 1)), outer > Term),
        CallNode { Function: Operators.Transpose, Arguments: [ParameterNode matrix] } => Transposed(Named(matrix.Name)),
        NumberNode number => Number(number.Value),
        _ => Named(LossText.Of(node)),
    };

    private string Binary(CallNode call, string sign, int level, int outer) =>
        Parenthesised(Data(call.Arguments[0], level) + sign + Data(call.Arguments[1], level + 1), outer > level);
}
