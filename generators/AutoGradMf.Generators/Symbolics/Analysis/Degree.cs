using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Model;

namespace AutoGradMf.Generators.Symbolics.Analysis;

/// <summary>The degrees of expressions as polynomials in one factor: infinite where it is under a function. What occurs in several places is looked at once.</summary>
/// <param name="factor">The factor.</param>
/// <param name="isStoppedToo">Whether it also counts where its gradient is stopped.</param>
internal sealed class Degree(Tensor factor, bool isStoppedToo)
{
    private readonly Dictionary<Expression, double> _known = new(SameExpression.Instance);

    public double Of(Expression expression)
    {
        if (!expression.Has(TensorRole.Factor) && !(isStoppedToo && expression.Has(TensorRole.Frozen)))
        {
            return 0;
        }

        if (!_known.TryGetValue(expression, out var degree))
        {
            _known[expression] = degree = OfNode(expression);
        }

        return degree;
    }

    private double OfNode(Expression expression) => expression switch
    {
        Leaf { Tensor: { Role: TensorRole.Factor or TensorRole.Frozen } tensor } => tensor.Name == factor.Name ? 1 : 0,
        Addition addition => addition.Operands.Max(Of),
        Product product => product.Operands.Sum(Of),
        Power { Exponent: > 0 } power => power.Exponent * Of(power.Base),
        _ => expression.Operands.Any(o => Of(o) > 0) ? double.PositiveInfinity : 0,
    };
}
