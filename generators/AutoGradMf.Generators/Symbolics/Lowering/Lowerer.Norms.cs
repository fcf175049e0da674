using AutoGradMf.Generators.Symbolics.Expressions;
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
