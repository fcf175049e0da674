using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Structure;
using Index = AutoGradMf.Generators.Symbolics.Expressions.Index;

namespace AutoGradMf.Generators.Symbolics.Lowering;

/// <summary>Third moments of rows, rows times such moments, and other products of small arrays with three indices.</summary>
internal sealed partial class Lowerer
{
    /// <summary>Σ_i a_ir b_ik c_il; null if it is not that.</summary>
    private Placement? LowerMoments(Product product)
    {
        if (product is not { Summed.Count: 1, Free.Count: 3 } || product.Summed.First() is not { Dimension.IsLatent: false } entity
            || RowsOf(product.Operands, entity, [.. product.Free]) is not { } rows)
        {
            return null;
        }

        var (outer, left, right) = (rows[0], rows[1], rows[2]);
        var into = new Placement(Temporary(product, [outer.Index, left.Index, right.Index], "moments"), [outer.Index, left.Index, right.Index]);
        return Add(MomentKernel.Moments, RowsFirst(outer.Rows, entity), RowsFirst(left.Rows, entity), RowsFirst(right.Rows, entity), into, product);
    }

    /// <summary>Σ_rk a_ir b_ik t_rkl; null if it is not that.</summary>
    private Placement? LowerMultipliedMoments(Product product, Placement? target)
    {
        if (product is not { Summed.Count: 2, Free.Count: 2 } || product.Summed.Any(i => !i.Dimension.IsLatent) || product.Free.Count(i => i.Dimension.IsLatent) != 1)
        {
            return null;
        }

        var (entity, column) = (product.Free.First(i => !i.Dimension.IsLatent), product.Free.First(i => i.Dimension.IsLatent));
        var moments = Build.Multiply(product.Operands.Where(o => !o.Free.Contains(entity)));
        if (!moments.Free.SetEquals(product.Summed.Add(column)) || RowsOf([.. product.Operands.Where(o => o.Free.Contains(entity))], entity, [.. product.Summed]) is not { } rows)
        {
            return null;
        }

        var tensor = LowerArray(moments);
        var isLast = tensor.Indices[2] == column;
        tensor = Arranged(tensor, moments, isLast ? tensor.Indices : [rows[0].Index, rows[1].Index, column]);
        var (outer, left) = rows[0].Index == tensor.Indices[0] ? (rows[0], rows[1]) : (rows[1], rows[0]);
        var into = target is not null && target.Indices.SequenceEqual([entity, column]) ? target : new(Temporary(product, [entity, column], "rows"), [entity, column]);
        return Add(MomentKernel.MultiplyMoments, RowsFirst(outer.Rows, entity), RowsFirst(left.Rows, entity), tensor.Storage, into, product);
    }

    private Placement Add(MomentKernel kernel, Storage outer, Storage left, Storage right, Placement into, Product product)
    {
        var level = new[] { outer, left, right }.Max(s => LevelOf(s.Key));
        _scope.Add(new MomentStep(level, kernel, outer, left, right, into.Storage, product));
        _scope.SetLevel(into.Storage.Key, level);
        return into;
    }

    /// <summary>
    /// The rows of an entity by each index, of which those that are the same come last, and what is of no index goes to the first; null if there
    /// is more to the product.
    /// </summary>
    private static List<(Index Index, Expression Rows)>? RowsOf(Expression[] operands, Index entity, IReadOnlyList<Index> indices)
    {
        var weights = operands.Where(o => o.Free.Count == 1 && o.Free.Contains(entity)).ToList();
        var parts = indices.Select(index => (index, Own: operands.Where(o => o.Free.Contains(index)).ToList())).ToList();
        if (parts.Exists(p => p.Own.Count == 0 || p.Own.Exists(o => o.Free.Any(i => i != entity && i != p.index)))
            || parts.Sum(p => p.Own.Count) + weights.Count < operands.Length || parts.Exists(p => !p.Own.Exists(o => o.Free.Contains(entity))))
        {
            return null;
        }

        var rows = parts.ConvertAll(p => (Index: p.index, Rows: Build.Multiply(p.Own)));
        var odd = rows.FindIndex(r => rows.Where(other => other.Index != r.Index).Select(other => other.Rows.Rename(other.Index, r.Index).Key).Distinct().Count() == 1);
        rows = [.. rows.Skip(Math.Max(odd, 0)).Take(1), .. rows.Where((_, place) => place != Math.Max(odd, 0))];
        rows[0] = (rows[0].Index, Build.Multiply([.. weights, rows[0].Rows]));
        return rows;
    }

    /// <summary>A sum of products of small arrays, of which some have more than two indices; null if none has, or if it is not that.</summary>
    private Placement? LowerTensor(Expression expression)
    {
        var terms = (expression is Addition ? expression.Operands : [expression]).Select(FactorsOf).ToList();
        if (expression.Free.Any(i => !i.Dimension.IsLatent) || terms.Exists(t => t is [var only] && ReferenceEquals(only, expression))
            || (expression.Free.Count <= 2 && !terms.Exists(t => t.Exists(o => o.Free.Count > 2))))
        {
            return null;
        }

        var lowered = terms.ConvertAll(factors => new TensorTerm(
            LowerScalar(Build.Multiply(factors.Where(f => f.Free.Count == 0))), [.. factors.Where(f => f.Free.Count > 0).Select(f => Widened(LowerArray(f)))]));
        var indices = Ordered(expression.Free);
        var into = new Placement(Temporary(expression, indices, "tensor", isDouble: true), indices);
        var level = lowered.SelectMany(t => t.Operands.Select(o => LevelOf(o.Storage.Key)).Append(LevelOf(t.Scale))).Max();
        _scope.Add(new TensorStep(level, lowered, into, expression));
        _scope.SetLevel(into.Storage.Key, level);
        return into;
    }

    /// <summary>The factors of a product over features alone, or the value itself.</summary>
    private static List<Expression> FactorsOf(Expression term) => term switch
    {
        Product product when product.Summed.All(i => i.Dimension.IsLatent) => [Build.Number(product.Coefficient), .. product.Operands.SelectMany(FactorsOfPower)],
        _ => [.. FactorsOfPower(term)],
    };

    private static IEnumerable<Expression> FactorsOfPower(Expression factor) =>
        factor is Power { Exponent: > 0, Base.Free.Count: > 2 } power ? Enumerable.Repeat(power.Base, power.Exponent) : [factor];

    /// <summary>The sum of a product of small arrays, of which some have more than two indices; null if none has, or if it is not that.</summary>
    private Leaf? LowerTensorSum(Product product)
    {
        var factors = FactorsOf(product).Where(f => f.Free.Count > 0).ToList();
        if (product.Summed.Any(i => !i.Dimension.IsLatent) || !factors.Exists(f => f.Free.Count > 2))
        {
            return null;
        }

        if (factors is [var one, var other] && one.Free.SetEquals(other.Free))
        {
            var left = LowerArray(one);
            var right = Arranged(LowerArray(other), other, left.Indices);
            return NamedProduct(product, ProductKernel.Dot, left.Storage, right.Storage, $"dot{Capitalised(left)}{Capitalised(right)}");
        }

        var array = LowerArray(factors.Count == 1 ? factors[0] : new Product(1, product.Operands, [.. product.Summed.Skip(1)]));
        return NamedProduct(product, ProductKernel.Sum, array.Storage, null, $"sum{Capitalised(array)}");
    }

    /// <summary>The same array with its indices in this order.</summary>
    private Placement Arranged(Placement placement, Expression expression, IReadOnlyList<Index> order)
    {
        var indices = placement.Indices.ToList();
        for (var place = 0; place < order.Count; place++)
        {
            var found = indices.IndexOf(order[place]);
            if (found != place && expression.Form.IsSymmetric(indices[place], indices[found]))
            {
                (indices[place], indices[found]) = (indices[found], indices[place]);
            }
        }

        if (indices.SequenceEqual(order))
        {
            return new(placement.Storage, order);
        }

        return Permuted(new(placement.Storage, indices), order);
    }

    /// <summary>A copy with the indices in this order, made once in a scope; of data, once for all.</summary>
    private Placement Permuted(Placement placement, IReadOnlyList<Index> order)
    {
        if (placement.Storage.Kind == StorageKind.Derived && !ReferenceEquals(_scope, _construction))
        {
            return InConstruction(() => Permuted(placement, order));
        }

        var key = (default(Fingerprint), $"{placement.Storage.Key} by {string.Join(" ", order.Select(index => placement.Indices.ToList().IndexOf(index)))}");
        if (!_nameOf.TryGetValue(key, out var name))
        {
            _nameOf[key] = name = names.Take(placement.Storage.Label + "Permuted");
        }

        var into = new Placement(Stored(new(name, TemporaryKind, new(order.Select(i => i.Dimension)), null, IsDouble: true)), order);
        if (!_scope.Knows(into.Storage.Key))
        {
            var level = LevelOf(placement.Storage.Key);
            _scope.Add(new TensorStep(level, [new(Build.One, [placement])], into, Value(placement)));
            _scope.SetLevel(into.Storage.Key, level);
        }

        return into;
    }
}
