using AutoGradMf.Generators.Symbolics.Expressions;

namespace AutoGradMf.Generators.Symbolics.Structure;

/// <summary>
/// Sums over rows, or over columns, of sums over their entries, as sums over entries: Σ_i a_i Σ_j S_ij is Σ_Ω a_i S_ij, which one pass takes with others over
/// these entries. Of dense pairs the order stays as it is written, for a row's sum may be cheaper than its elements.
/// </summary>
internal static class EntrySums
{
    /// <summary>The same value, with such sums made one, where data that is finite weighs the rows: in a row without entries 0/0 is not a number.</summary>
    public static Expression Flattened(Expression expression) => new Rewriting(e =>
        e is Product { Summed.Count: 1, Free.Count: 0 } sum && !sum.Summed.First().Dimension.IsLatent && ToOpen(sum) is { } lines && Others(sum, lines).All(IsWeight)
            ? Opened(sum, lines)
            : e).Apply(expression);

    /// <summary>The same value, where that is a number, with all such sums made one, whatever they are multiplied with.</summary>
    public static Expression AllFlattened(Expression expression) =>
        new Rewriting(e => e is Product { Summed.Count: > 0 } sum && ToOpen(sum) is { } lines ? Opened(sum, lines) : e).Apply(expression);

    private static bool IsWeight(Expression operand) => !operand.DependsOnFactors() && StructuralZeros.IsFinite(operand);

    /// <summary>The one operand that is a sum over entries of a line, or has such a term; null if there are none or several.</summary>
    private static Expression? ToOpen(Product sum) => Array.FindAll(sum.Operands, o => Terms(o).Any(IsOfEntries)) is [var only] ? only : null;

    private static IEnumerable<Expression> Others(Product sum, Expression lines) => sum.Operands.Where(o => !ReferenceEquals(o, lines));

    private static Expression[] Terms(Expression operand) => operand is Addition addition ? addition.Operands : [operand];

    private static Expression Opened(Product sum, Expression lines) => Build.Add(Terms(lines).Select(line => Opened(sum, lines, line)));

    private static Expression Opened(Product sum, Expression lines, Expression line)
    {
        if (!IsOfEntries(line))
        {
            return Build.Contract([line, .. Others(sum, lines)], sum.Summed);
        }

        var (coefficient, entries) = Build.SplitCoefficient(line);
        var fresh = ((Product)entries).WithFreshSummed();
        return Build.Contract([Build.Number(coefficient), .. fresh.Operands, .. Others(sum, lines)], sum.Summed.Union(fresh.Summed));
    }

    /// <summary>Whether it is a sum over the entries of a row or a column, and is of factors.</summary>
    private static bool IsOfEntries(Expression line) => Build.SplitCoefficient(line).Remainder is Product { Summed.Count: > 0 } entries
        && entries.DependsOnFactors() && Support.OfProduct(entries.Operands) is { } support && support.Row != support.Column
        && entries.Summed.Contains(support.Row) != entries.Summed.Contains(support.Column);
}
