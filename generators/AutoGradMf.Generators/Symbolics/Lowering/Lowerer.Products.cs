using System.Collections.Immutable;
using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Structure;
using Index = AutoGradMf.Generators.Symbolics.Expressions.Index;

namespace AutoGradMf.Generators.Symbolics.Lowering;

/// <summary>Sums of products: which kernel, or which loop, computes each.</summary>
internal sealed partial class Lowerer
{
    private Leaf LowerReduction(Product product)
    {
        if (SplitWide(product) is { } wide)
        {
            return wide.Rest.Count == 0
                ? LoopSum(product, wide.Pointwise, wide.Row, wide.Column, wide.Support)
                : throw Unsupported(product);
        }

        if (LowerTensorSum(product) is { } number)
        {
            return number;
        }

        var (left, right) = Pair(product);
        if (right is null && IsStored(left))
        {
            var array = LowerArray(left);
            return NamedProduct(product, ProductKernel.Sum, array.Storage, null, $"sum{Capitalised(array)}");
        }

        if (product.Summed.Count == 2 && product.Summed.Where(i => i.Dimension.IsLatent).Cast<Index?>().FirstOrDefault() is { } feature
            && new Product(1, product.Operands, [feature]) is var rows && Sides(rows) is not null)
        {
            var dots = LowerArray(rows);
            return NamedProduct(product, ProductKernel.Sum, dots.Storage, null, $"sum{Capitalised(dots)}");
        }

        if (right is not null && left.Free.SetEquals(right.Free) && IsStored(left) && IsStored(right))
        {
            var (a, b) = (LowerArray(left), LowerArray(right));
            b = a.Indices.SequenceEqual(b.Indices) ? b : Transposed(b);
            if (a.Storage.IsDouble || b.Storage.IsDouble)
            {
                (a, b) = (Widened(a), Widened(b));
            }

            return NamedProduct(product, ProductKernel.Dot, a.Storage, b.Storage,
                a.Storage == b.Storage ? $"squaredNorm{Capitalised(a)}" : $"dot{Capitalised(a)}{Capitalised(b)}");
        }

        var indices = Ordered(product.Summed);
        if (indices.Count > 2)
        {
            throw Unsupported(product);
        }

        return LoopSum(product, Build.Multiply(product.Operands), indices[0], indices.Count > 1 ? indices[1] : NoIndex, null);
    }

    private Leaf NamedProduct(Product product, ProductKernel kernel, Storage left, Storage? right, string wish)
    {
        var level = Math.Max(LevelOf(left.Key), right is null ? 0 : LevelOf(right.Key));
        return Named(product, wish, name => _scope.Add(new ProductStep(level, kernel, left, right, null, name, product)), level);
    }

    private Placement LowerContraction(Product product, Placement? target)
    {
        if (SplitWide(product) is { } wide)
        {
            return LowerWide(product, wide, target);
        }

        if ((LowerMoments(product) ?? LowerMultipliedMoments(product, target)) is { } moments)
        {
            return moments;
        }

        if ((LowerRowDots(product, target) ?? LowerRowGram(product)) is { } gathered)
        {
            return gathered;
        }

        var (left, right) = Pair(product);
        if (right is null)
        {
            return LowerSingle(product, left, target);
        }

        return product.Summed.Count == 1
            && LowerPair(product, product.Summed.First(), LowerArray(left), LowerArray(right), target) is { } placement
            ? placement
            : LowerSingle(product, Build.Multiply(product.Operands), target);
    }

    /// <summary>A sum of one array over one of its indices.</summary>
    private Placement LowerSingle(Product product, Expression operand, Placement? target)
    {
        var summed = product.Summed.First();
        if (product.Summed.Count > 1 || operand.Free.Count > 2)
        {
            throw Unsupported(product);
        }

        if (!product.Free.All(i => i.Dimension.IsLatent))
        {
            var free = product.Free.Single();
            var destination = target ?? new(Temporary(product, [free], "rowSums"), [free]);
            LoopOutput(operand, free, summed, null, LoopOutputKind.RowSums, destination.Storage, null);
            return destination;
        }

        var array = LowerArray(operand);
        array = array.Indices[0] == summed ? array : Transposed(array);
        return Call(product, ProductKernel.ColumnSums, array.Storage, null, [array.Indices[1]], $"sum{Capitalised(array)}", null);
    }

    /// <summary>A product of two arrays summed over one index that both have; null if no kernel does it.</summary>
    private Placement? LowerPair(Product product, Index summed, Placement left, Placement right, Placement? target)
    {
        var (a, b) = (Other(left, summed), Other(right, summed));
        if (a is not null && a == b)
        {
            return summed.Dimension.IsLatent ? LowerRowDots(product, a, summed, left, right, target) : null;
        }

        var small = product.Free.All(i => i.Dimension.IsLatent);
        if (!summed.Dimension.IsLatent)
        {
            // Summed over an entity: a Gram matrix, or a sum of weighted rows.
            if (!small)
            {
                return null;
            }

            left = left.Indices[0] == summed ? left : Transposed(left);
            right = right.Indices[0] == summed ? right : Transposed(right);
            (left, right, a, b) = a is null ? (right, left, b, a) : (left, right, a, b);
            return Call(product, ProductKernel.Gram, left.Storage, right.Storage, Indices(a, b), $"{left.Storage.Label}t{Capitalised(right)}", null);
        }

        // Summed over features: the side with an entity, if any, stands left.
        if (b is { Dimension.IsLatent: false } || (a is null && b is not null))
        {
            (left, right, a, b) = (right, left, b, a);
        }

        left = left.Indices[^1] == summed ? left : Transposed(left);
        if (small)
        {
            (left, right) = (Widened(left), Widened(right));
        }

        var transposed = b is not null && right.Indices[^1] == summed;
        return Call(product, transposed ? ProductKernel.MultiplyTransposed : ProductKernel.Multiply, left.Storage, right.Storage,
            Indices(a, b), $"{left.Storage.Label}{Capitalised(right)}", small ? null : target);
    }

    private Placement LowerRowDots(Product product, Index row, Index summed, Placement left, Placement right, Placement? target)
    {
        left = left.Indices[^1] == summed ? left : Transposed(left);
        right = right.Indices[^1] == summed ? right : Transposed(right);
        var small = row.Dimension.IsLatent;
        if (small)
        {
            (left, right) = (Widened(left), Widened(right));
        }

        return Call(product, ProductKernel.RowDots, left.Storage, right.Storage, [row], $"dots{Capitalised(left)}{Capitalised(right)}", small ? null : target);
    }

    /// <summary>A kernel call whose result is an array.</summary>
    private Placement Call(
        Product product, ProductKernel kernel, Storage left, Storage? right, IReadOnlyList<Index> indices, string wish, Placement? target)
    {
        var destination = target is not null && target.Indices.SequenceEqual(indices) ? target : new(Temporary(product, indices, wish), indices);
        var level = Math.Max(LevelOf(left.Key), right is null ? 0 : LevelOf(right.Key));
        _scope.Add(new ProductStep(level, kernel, left, right, destination.Storage, null, product));
        _scope.SetLevel(destination.Storage.Key, level);
        return destination;
    }

    /// <summary>A sum over one index of a pair, of a pointwise factor times an array with the other indices: G M or Gᵀ U.</summary>
    private Placement LowerWide(Product product, WideProduct wide, Placement? target)
    {
        if (LowerScatter(product, wide, target) is { } scattered)
        {
            return scattered;
        }

        if (wide.Rest.Count == 0)
        {
            var (free, kind) = product.Summed.Contains(wide.Column) ? (wide.Row, LoopOutputKind.RowSums) : (wide.Column, LoopOutputKind.ColumnSums);
            var sums = target ?? new(Temporary(product, [free], kind == LoopOutputKind.RowSums ? "rowSums" : "columnSums"), [free]);
            LoopOutput(wide.Pointwise, wide.Row, wide.Column, wide.Support, kind, sums.Storage, null);
            return sums;
        }

        if (wide.Rest.Count > 1 || product.Summed.Count != 1 || wide.Rest[0].Free.Count > 2)
        {
            throw Unsupported(product);
        }

        var summed = product.Summed.First();
        var byRow = summed == wide.Column;
        var with = CanBeMultiplied(wide.Rest[0]) ? LowerArray(wide.Rest[0]) : throw Unsupported(wide.Rest[0]);
        with = with.Indices[0] == summed ? with : Transposed(with);
        with = with.Storage.IsDouble ? throw Unsupported(product) : with;
        var indices = Indices(byRow ? wide.Row : wide.Column, with.Indices.Count > 1 ? with.Indices[1] : null);
        if (product.Free.Count != indices.Count || !indices.All(product.Free.Contains))
        {
            // The sum is over an index that the pair of the sparse operand does not have.
            throw Unsupported(product);
        }

        if (wide.Support is not null && IsFixed(wide.Pointwise) && (_temporaryKind != StorageKind.SplitTemporary || IsKept(wide)))
        {
            var sparse = LowerSparse(wide);
            return Call(product, byRow ? ProductKernel.SparseMultiply : ProductKernel.SparseMultiplyTransposed, sparse, with.Storage, indices,
                byRow ? $"{sparse.Name}{Capitalised(with)}" : $"{sparse.Name}t{Capitalised(with)}", target);
        }

        var destination = target is not null && target.Indices.SequenceEqual(indices)
            ? target
            : new(Temporary(product, indices, byRow ? $"G{Capitalised(with)}" : $"Gt{Capitalised(with)}"), indices);
        LoopOutput(wide.Pointwise, wide.Row, wide.Column, wide.Support, byRow ? LoopOutputKind.RowProduct : LoopOutputKind.ColumnProduct,
            destination.Storage, with.Storage);
        return destination;
    }

    /// <summary>Whether it is a dense array, or may become one.</summary>
    private bool CanBeMultiplied(Expression operand) =>
        !Expansion.IsWide(operand) || operand is Leaf { Tensor.Pattern: null } or Inverse || (operand.Support is null && MayBeKept(operand));

    /// <summary>Whether a pointwise factor is there anyway. For split gradients, which few ask for, no more is kept in the objective.</summary>
    private bool IsKept(WideProduct wide) => LeafOf(wide) is not null || _construction.FindArray(wide.Pointwise) is not null;

    /// <summary>The data that is the whole of a pointwise factor; null if there is more to it.</summary>
    private static Leaf? LeafOf(WideProduct wide) =>
        wide.Support!.Patterns.Count == 1 && wide.Pointwise is Leaf { Tensor.IsIndicator: false } leaf ? leaf : null;

    /// <summary>A pointwise factor that data fixes, stored on its pattern.</summary>
    private Storage LowerSparse(WideProduct wide) => InConstruction(() =>
    {
        if (LeafOf(wide) is { } leaf)
        {
            return StorageOf(leaf.Tensor);
        }

        if (_scope.FindArray(wide.Pointwise) is { } known)
        {
            return known.Storage;
        }

        var indices = new[] { wide.Row, wide.Column };
        var storage = Temporary(wide.Pointwise, indices, "S", wide.Support!.Name);
        Store(wide.Pointwise, new(storage, indices), wide.Support);
        _scope.RememberArray(wide.Pointwise, new(storage, indices));
        return storage;
    });

    /// <summary>
    /// A product with a factor on a pair of entity indices, as that factor (all that is evaluated point by point) and the rest;
    /// null if no operand has two entity indices.
    /// </summary>
    private static WideProduct? SplitWide(Product product)
    {
        var support = Support.OfProduct(product.Operands);
        var wide = product.Operands.Where(Expansion.IsWide).OrderBy(o => o is Leaf).FirstOrDefault();
        if (wide is null)
        {
            return null;
        }

        var pair = support is not null ? [support.Row, support.Column] : PairOf(product, wide);
        var pointwise = product.Operands.Where(o => o.Free.IsSubsetOf([.. pair])).ToList();
        var rest = product.Operands.Except(pointwise).ToList();
        var together = Build.Multiply(rest);
        return new(Build.Multiply(pointwise), rest.Count > 1 && together.Free.Count <= 2 ? [together] : rest, pair[0], pair[1], support);
    }

    /// <summary>
    /// The row and the column of a dense pair: as a matrix of data has them, else in the order of the dimensions. Where a matrix of pairs
    /// comes out, its rows are those of the loop, of which each is summed in one place.
    /// </summary>
    private static Index[] PairOf(Product product, Expression wide)
    {
        var entities = wide.Free.Where(i => !i.Dimension.IsLatent).ToList();
        if (Expansion.IsWide(product) && product.Summed.Count == 1)
        {
            return [.. entities.OrderBy(product.Summed.Contains)];
        }

        var data = product.SelfAndDescendants().OfType<Leaf>().FirstOrDefault(l => l.Indices.Count == 2 && l.Indices.All(entities.Contains));
        return data is not null ? [.. data.Indices] : [.. entities.OrderBy(i => i.Dimension.Name, StringComparer.Ordinal).ThenBy(i => i)];
    }

    /// <summary>The operands as two arrays: what has no indices but the largest one's is multiplied with it first.</summary>
    private static (Expression Left, Expression? Right) Pair(Product product)
    {
        if (product.Operands is [Power { Exponent: 2 } square])
        {
            return (square.Base, square.Base);
        }

        if (product.Operands is [var first, var second])
        {
            return (first, second);
        }

        var largest = product.Operands.OrderByDescending(o => o.Free.Count).First();
        var together = product.Operands.Where(o => o.Free.IsSubsetOf(largest.Free)).ToList();
        var rest = product.Operands.Except(together).ToList();
        return (Build.Multiply(together), rest.Count == 0 ? null : Build.Multiply(rest));
    }

    /// <summary>Whether an operand is an array or becomes one by a kernel, and not by a loop of its own.</summary>
    private static bool IsStored(Expression expression) => expression is Leaf or Product { Summed.Count: > 0 } or Extreme or Inverse;

    /// <summary>The same numbers in double.</summary>
    private Placement Widened(Placement placement) => placement.Storage.IsDouble
        ? placement
        : new(Copy(placement, ProductKernel.Widen, "Wide", placement.Storage.Dimensions, isDouble: true), placement.Indices);

    private static Index? Other(Placement placement, Index index) => placement.Indices.Where(i => i != index).Cast<Index?>().FirstOrDefault();

    private static IReadOnlyList<Index> Indices(Index? first, Index? second) => [.. new[] { first, second }.OfType<Index>()];

    /// <summary>An array's name, as a part of another name.</summary>
    private static string Capitalised(Placement placement) => char.ToUpperInvariant(placement.Storage.Label[0]) + placement.Storage.Label[1..];

    private static List<Index> Ordered(IEnumerable<Index> indices) => [.. indices.OrderBy(i => i.Dimension.IsLatent).ThenBy(i => i)];

    private sealed record WideProduct(Expression Pointwise, IReadOnlyList<Expression> Rest, Index Row, Index Column, Support? Support);
}
