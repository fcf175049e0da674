using AutoGradMf.Generators.Symbolics.Expressions;
using Index = AutoGradMf.Generators.Symbolics.Expressions.Index;

namespace AutoGradMf.Generators.Symbolics.Structure;

/// <summary>
/// Structural zeros annihilate, also where what a row has in common is taken out of its sum: Σ_j S_ij v_j / w_i is (Σ_j S_ij v_j) / w_i, and w_i may be 0
/// where no entry is stored. A function with a pole is taken of 1 there, which nothing reads: so it is finite, and its derivatives are.
/// </summary>
internal static class EmptyLines
{
    /// <summary>The same value, if it is sparse, with no pole in a row or a column without entries.</summary>
    public static Expression Filled(Expression value) =>
        value.Support is { } support && support.Row != support.Column ? value.WithOperands(o => Filled(o, support, value)) : value;

    /// <summary>The operands of a product that is summed over, if it is sparse, with no pole in a row or a column without entries.</summary>
    public static IReadOnlyList<Expression> Filled(IReadOnlyList<Expression> operands) =>
        Support.OfProduct(operands) is { } support && support.Row != support.Column && Build.Multiply(operands) is var product
            ? [.. operands.Select(o => Filled(o, support, product))]
            : operands;

    private static Expression Filled(Expression operand, Support support, Expression value)
    {
        // What is as sparse has been filled before, and so has what is chosen where something is stored.
        var pair = IndexSet.Of([support.Row, support.Column]);
        Expression? Fill(Expression e) => !e.Free.Overlaps(pair) || e.Support?.Contains(support) == true || IsFilled(e) ? e
            : LineOf(e) is { } line && pair.Contains(line) && Poles.Has(e) ? e.WithOperands(o => Stored(o, line))
            : null;

        // What is chosen by a comparison alone may be infinite where it is not; what is differentiated may not.
        Expression Stored(Expression argument, Index line) => argument.Free.Contains(line) && !IsFilled(argument)
            ? Build.Apply(ElementwiseFunction.IfStored, [Build.Zero, support.Count(line, value), argument.DependsOnFactors() ? argument.Replace(Fill) : argument, Build.One])
            : argument;

        return operand.Replace(Fill);
    }

    private static bool IsFilled(Expression expression) => expression is Apply { Function: var function } && ReferenceEquals(function, ElementwiseFunction.IfStored);

    /// <summary>The one index of an entity; null if there are none or several.</summary>
    private static Index? LineOf(Expression expression) => expression.Free.Where(i => !i.Dimension.IsLatent).ToList() is [var only] ? only : null;
}
