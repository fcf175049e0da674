using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Structure;
using AutoGradMf.Generators.Symbolics.Translation.Language;

namespace AutoGradMf.Generators.Symbolics.Lowering;

/// <summary>Norms of arrays, by kernels that let no square overflow or underflow.</summary>
internal sealed partial class Lowerer
{
    /// <summary>What a norm is of, if that is an array or becomes one: all of its elements, or those of each row of an entity. Else null.</summary>
    private static Expression? VectorOf(Expression expression) =>
        expression is Apply { Operands: [var squares] } norm && ReferenceEquals(norm.Function, ElementwiseFunction.Norm) ? Norms.ArrayOf(squares) : null;

    private Leaf Norm(Apply norm, Expression vector)
    {
        if (IsFixed(norm) && !ReferenceEquals(_scope, _construction))
        {
            return InConstruction(() => Norm(norm, vector));
        }

        if (_scope.FindScalar(norm) is { } known)
        {
            return known;
        }

        var array = LowerArray(vector);
        var level = LevelOf(array.Storage.Key);
        return Named(norm, $"norm{Capitalised(array)}", name => _scope.Add(new ProductStep(level, ProductKernel.Norm, array.Storage, null, null, name, norm)), level);
    }

    /// <summary>The two small matrices whose elementwise product a norm is the root of the sum of, such as the Gram matrices of two factors; null if there are none.</summary>
    private static (Expression Left, Expression Right)? SquaresOf(Apply norm) =>
        ReferenceEquals(norm.Function, ElementwiseFunction.Norm) && !IsFixed(norm)
        && norm.Operands[0] is Product { Summed.Count: 2 } squares && squares.Summed.All(i => i.Dimension.IsLatent)
        && Pair(squares) is (var left, { } right) && IsStored(left) && IsStored(right) && left.Free.SetEquals(squares.Summed) && right.Free.SetEquals(squares.Summed)
            ? (left, right)
            : null;

    /// <summary>The norm from the two, whose sum of products may be out of range where its root is not.</summary>
    private Leaf RootOfDot(Apply norm, Expression left, Expression right)
    {
        if (_scope.FindScalar(norm) is { } known)
        {
            return known;
        }

        var (a, b) = (LowerArray(left), LowerArray(right));
        (a, b) = (Widened(a), Widened(a.Indices.SequenceEqual(b.Indices) ? b : Transposed(b)));
        var level = Math.Max(LevelOf(a.Storage.Key), LevelOf(b.Storage.Key));
        return Named(norm, $"norm{Capitalised(a)}{Capitalised(b)}", name => _scope.Add(
            new ProductStep(level, ProductKernel.RootOfDot, a.Storage, b.Storage, null, name, norm)), level);
    }

    /// <summary>
    /// Numbers with the reciprocal of a norm, where they multiply a product with a small matrix, in that one: U (V'V / n) is in range where U (V'V) is not,
    /// for small matrices are in double.
    /// </summary>
    private static Expression WithNormsInside(Expression expression) => new Rewriting(e =>
        e is Product { Summed.Count: 0 } product && product.Operands.ToLookup(o => o.Free.Count == 0) is var operands
        && operands[false].ToList() is [var scaled] && operands[true].SelectMany(ReciprocalsOfNorms).Any(IsOverNorm)
            ? Inside(Build.Multiply([Build.Number(product.Coefficient), .. operands[true]]), scaled) ?? e
            : e).Apply(expression);

    /// <summary>A number times products with small matrices, in these; null of others.</summary>
    private static Expression? Inside(Expression number, Expression scaled)
    {
        switch (scaled)
        {
            case Addition sum:
                var terms = Array.ConvertAll(sum.Operands, term => Inside(number, term));
                return Array.IndexOf(terms, null) < 0 ? Build.Add(terms!) : null;
            case Product { Summed.Count: 0, Operands: [var only] } multiple:
                return Inside(Build.Scaled(multiple.Coefficient, number), only);
            case Product { Summed.Count: 1, Operands: [var left, var right] } product when IsSmall(left) != IsSmall(right) && !Expansion.IsWide(IsSmall(left) ? right : left):
                return new Product(1, [.. product.Operands.Select(o => IsSmall(o) ? Build.Multiply(number, o) : o)], product.Summed);
            default:
                return null;
        }
    }

    /// <summary>Whether it is over features alone.</summary>
    private static bool IsSmall(Expression matrix) => matrix.Free.Count == 2 && matrix.Free.All(i => i.Dimension.IsLatent);

    private Placement LowerRowNorms(Apply norm, Expression vector)
    {
        var row = norm.Free.First();
        var array = LowerArray(vector);
        array = array.Indices[0] == row ? array : Transposed(array);
        var placement = new Placement(Temporary(norm, [row], $"norms{Capitalised(array)}", isDouble: array.Storage.IsDouble), [row]);
        var level = LevelOf(array.Storage.Key);
        _scope.Add(new ProductStep(level, ProductKernel.RowNorms, array.Storage, null, placement.Storage, null, norm));
        _scope.SetLevel(placement.Storage.Key, level);
        return placement;
    }
}
