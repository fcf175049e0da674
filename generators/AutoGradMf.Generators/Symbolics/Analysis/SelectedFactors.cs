using AutoGradMf.Generators.Symbolics.Expressions;
using Index = AutoGradMf.Generators.Symbolics.Expressions.Index;

namespace AutoGradMf.Generators.Symbolics.Analysis;

/// <summary>
/// Takes factors out of the branches of selections: if(c, s x, 0) is if(c, s, 0) x. A derivative along a direction has that in the branches, where
/// nothing sees that it is one factor of a product, as the second derivative of Huber and Max.
/// </summary>
internal static class SelectedFactors
{
    /// <summary>The same value, with factors over some indices beside the selections; of selections whose branches are sums over an index, as they are.</summary>
    public static Expression Outside(Expression expression, Func<Index, bool> isMoved) => expression.Replace(e =>
        e is Apply { Function.IsSelection: true } selection && selection.Free.Any(isMoved)
            ? Build.Add(Branch(selection, 2, isMoved), Branch(selection, 3, isMoved))
            : null);

    private static Expression Branch(Apply selection, int branch, Func<Index, bool> isMoved)
    {
        var arguments = selection.Operands.ToArray();
        var value = Outside(arguments[branch], isMoved);
        var other = 5 - branch;
        if (value is Product { Summed.Count: > 0 })
        {
            arguments[other] = Build.Zero;
            return Build.Apply(selection.Function, arguments);
        }

        var factors = value is Product product ? [.. product.Operands.Prepend(Build.Number(product.Coefficient))] : new[] { value };
        var moved = Array.FindAll(factors, f => f.Free.Any(isMoved));
        arguments[branch] = Build.Multiply(factors.Except(moved));
        arguments[other] = Build.Zero;
        return value is Constant { Value: 0 } ? value : Build.Multiply([Build.Apply(selection.Function, arguments), .. moved]);
    }
}
