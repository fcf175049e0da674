using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Model;

namespace AutoGradMf.Generators.Symbolics.Lowering;

/// <summary>Numbers: reductions become steps, and the arithmetic between them is left for the code to write out.</summary>
internal sealed partial class Lowerer
{
    private const int LongestNumber = 60;

    /// <summary>The expression, which has no free indices, over numbers that the plan's steps have computed.</summary>
    private Expression LowerScalar(Expression expression)
    {
        if (!_scope.Numbers.TryGetValue(expression, out var lowered))
        {
            _scope.Numbers[expression] = lowered = NamedIfLong(expression, LowerNewScalar(expression));
        }

        return lowered;
    }

    /// <summary>A number that is long to write has a name, so that what uses it is not longer still.</summary>
    private Expression NamedIfLong(Expression expression, Expression lowered) => Length(lowered, LongestNumber) <= LongestNumber
        ? lowered
        : Named(expression, "number", name => _scope.Add(new ScalarStep(LevelOf(lowered), name, lowered)), LevelOf(lowered));

    /// <summary>How many numbers and operations are written, counted as far as the limit.</summary>
    private static int Length(Expression expression, int limit)
    {
        var length = 1;
        foreach (var operand in expression.Operands)
        {
            if (length > limit)
            {
                break;
            }

            length += Length(operand, limit - length);
        }

        return length;
    }

    private Expression LowerNewScalar(Expression expression)
    {
        if (expression is Addition addition && !ReferenceEquals(_scope, _construction))
        {
            var constant = addition.Operands.Where(t => IsFixed(t) && HasReduction(t)).ToList();
            if (constant.Count > 0)
            {
                return Build.Add(addition.Operands.Except(constant).Select(LowerScalar).Append(FixedNumber(Build.Add(constant))));
            }
        }

        return expression switch
        {
            Product { Summed.Count: > 0 } product => Reduction(product),
            Apply norm when VectorOf(norm) is { } vector => Norm(norm, vector),
            Apply norm when SquaresOf(norm) is { } squares => RootOfDot(norm, squares.Left, squares.Right),
            LogDeterminant determinant => Determinant(determinant),
            Extreme { Kind: ExtremeKind.Max } largest => Largest(largest),
            Extreme or Inverse => throw Unsupported(expression),
            Leaf { Tensor.Initializer: not (null or FieldNode) } derived => DerivedNumber(derived),
            Addition sum => Build.Add(Collected(sum.Operands)),
            _ => expression.WithOperands(LowerScalar),
        };
    }

    /// <summary>Each term, also after one that no kernel computes.</summary>
    private List<Expression> Collected(IEnumerable<Expression> terms)
    {
        var lowered = new List<Expression>();
        LossException.Collect(terms, term => lowered.Add(LowerScalar(term)));
        return lowered;
    }

    /// <summary>A number that is derived from data eagerly, such as the mean of all ratings.</summary>
    private Leaf DerivedNumber(Leaf leaf) => InConstruction(() =>
        _scope.FindScalar(leaf) ?? Named(leaf, leaf.Tensor.Name, name => _scope.Add(new ScalarStep(0, name, leaf)), 0));

    private static bool HasReduction(Expression expression) =>
        expression.SelfAndDescendants().Any(e => e is Product { Summed.Count: > 0 } or LogDeterminant);

    /// <summary>A number that data fixes.</summary>
    private Leaf FixedNumber(Expression expression) => InConstruction(() =>
    {
        if (_scope.FindScalar(expression) is { } known)
        {
            return known;
        }

        var value = LowerScalar(expression);
        return value as Leaf ?? Named(expression, "constant", name => _scope.Add(new ScalarStep(LevelOf(value), name, value)), LevelOf(value));
    });

    private Leaf Reduction(Product product)
    {
        if (IsFixed(product) && !ReferenceEquals(_scope, _construction))
        {
            return InConstruction(() => Reduction(product));
        }

        return _scope.FindScalar(product) ?? LowerReduction(product);
    }

    private Leaf Determinant(LogDeterminant determinant)
    {
        if (_scope.FindScalar(determinant) is { } known)
        {
            return known;
        }

        var body = Square(determinant.Body, determinant.BodyRow);
        var level = LevelOf(body.Storage.Key);
        return Named(determinant, $"logDeterminant{Capitalised(body)}", name => _scope.Add(
            new ProductStep(level, ProductKernel.LogDeterminant, body.Storage, null, null, name, determinant)), level);
    }

    /// <summary>The largest element of a vector.</summary>
    private Leaf Largest(Extreme largest)
    {
        if (_scope.FindScalar(largest) is { } known)
        {
            return known;
        }

        var vector = LowerArray(largest.Body);
        var level = LevelOf(vector.Storage.Key);
        return Named(largest, $"largest{Capitalised(vector)}", name => _scope.Add(
            new ProductStep(level, ProductKernel.Max, vector.Storage, null, null, name, largest)), level);
    }

    /// <summary>Gives a number a name, and remembers it.</summary>
    private Leaf Named(Expression expression, string wish, Action<string> define, int level)
    {
        if (!_nameOf.TryGetValue((expression.Key, "number"), out var name))
        {
            _nameOf[(expression.Key, "number")] = name = names.Take(wish);
        }

        define(name);
        _scope.SetLevel(name, level);
        var leaf = new Leaf(new Tensor(name, TensorRole.Computed, default), []);
        _scope.RememberScalar(expression, leaf);
        return leaf;
    }

    /// <summary>The level at which a lowered expression is known.</summary>
    private int LevelOf(Expression lowered, int start = 0) =>
        lowered.SelfAndDescendants().OfType<Leaf>().Select(l => _scope.LevelOf(l.Tensor.Name, start)).DefaultIfEmpty(start).Max();

    private int LevelOf(string name) => _scope.LevelOf(name);
}
