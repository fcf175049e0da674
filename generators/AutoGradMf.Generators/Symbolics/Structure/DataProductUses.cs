using AutoGradMf.Generators.Symbolics.Expressions;

namespace AutoGradMf.Generators.Symbolics.Structure;

/// <summary>How many places need each product of a matrix of data, in expressions that are computed together.</summary>
internal sealed class DataProductUses
{
    private readonly Dictionary<Fingerprint, int> _uses = [];

    public DataProductUses(IReadOnlyList<Expression> expressions)
    {
        var users = expressions.SelectMany(e => e.SelfAndDescendants()).Where(e => !IsScaled(e)).GroupBy(e => e.Key).Select(same => same.First());
        foreach (var used in users.SelectMany(e => e.Operands).Concat(expressions))
        {
            Note(used);
        }
    }

    /// <summary>Whether several places need it.</summary>
    public bool IsShared(Expression product) => _uses.TryGetValue(product.Form.Skeleton, out var uses) && uses > 1;

    /// <summary>A number times a product is where that is.</summary>
    private static bool IsScaled(Expression expression) => expression is Product { Summed.Count: 0 };

    private void Note(Expression used)
    {
        if (IsScaled(used))
        {
            Array.ForEach(used.Operands, Note);
        }
        else if (used is Product { Summed.Count: > 0 } sum && (Support.OfProduct(sum.Operands) is not null || DataProduct.IsOfDense(sum)))
        {
            _uses.TryGetValue(sum.Form.Skeleton, out var uses);
            _uses[sum.Form.Skeleton] = uses + 1;
        }
    }
}
