using System.Numerics;
using AutoGradMf.Objectives;

namespace AutoGradMf.Optimizers;

/// <summary>
/// Multiplies each slice of one factor of a pair and divides that of the other so that their ridges are least: a·l·t² + b·r/t² for slices with sums of squares l and r is where
/// t⁴ = b·r / (a·l). Signs stay, and so do bounds at zero.
/// </summary>
internal sealed class AxisScaling<TElement>(Parameters<TElement> point, AxisPair pair, double leftScale)
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    /// <summary>Ridges this near to their least rise with the square of it, which is below rounding; and no nearer than numbers are to each other.</summary>
    private static readonly double Near = Math.Max(1e-8, 8 * double.CreateChecked(TElement.BitIncrement(TElement.One) - TElement.One));

    private const int MostRounds = 50;

    private readonly double[] _left = new double[BalancedFactor<TElement>.Features(point[pair.Left], pair.LeftAxis)];
    private readonly double[] _right = new double[BalancedFactor<TElement>.Features(point[pair.Right], pair.RightAxis)];
    private readonly TElement[] _by = new TElement[BalancedFactor<TElement>.Features(point[pair.Left], pair.LeftAxis)];

    /// <summary>
    /// By what the slice that is farthest from its balance is to be multiplied or divided; 1 where all are balanced. O(size of the
    /// factors).
    /// </summary>
    public double Distance(Parameters<TElement> at)
    {
        Measure(at);
        var most = 1.0;
        for (var slice = 0; slice < _by.Length; slice++)
        {
            var scale = Scale(slice);
            most = Math.Max(most, Math.Max(scale, 1 / scale));
        }

        return most;
    }

    /// <summary>Balances the pair, but for slices that are zero in one of the two; whether any was not balanced. O(size of the factors).</summary>
    public bool Apply(Parameters<TElement> at)
    {
        var (left, right) = (at[pair.Left], at[pair.Right]);
        Measure(at);
        var any = false;
        for (var slice = 0; slice < _by.Length; slice++)
        {
            var scale = Scale(slice);
            _by[slice] = Math.Abs(scale - 1) > Near ? TElement.CreateChecked(scale) : TElement.One;
            any |= _by[slice] != TElement.One;
        }

        if (any)
        {
            Multiply(left, pair.LeftAxis, _by);
            System.Numerics.Tensors.TensorPrimitives.Divide(TElement.One, _by, _by);
            Multiply(right, pair.RightAxis, _by);
        }

        return any;
    }

    /// <summary>
    /// Balances pairs, which share factors, in turn until none changes: by then three factors have come nearer by 4 with each round. Whether
    /// any was not balanced.
    /// </summary>
    public static bool ApplyAll(List<AxisScaling<TElement>> scalings, Parameters<TElement> at)
    {
        var (any, goesOn) = (false, true);
        for (var round = 0; goesOn && round < MostRounds; round++)
        {
            goesOn = false;
            foreach (var scaling in scalings)
            {
                goesOn |= scaling.Apply(at);
            }

            any |= goesOn;
        }

        return any;
    }

    /// <summary>Multiplies each slice of a factor by a number.</summary>
    public static void Multiply(MatrixView<TElement> factor, FactorAxis axis, ReadOnlySpan<TElement> by)
    {
        for (var i = 0; i < factor.Rows; i++)
        {
            var row = factor.Row(i);
            for (var j = 0; j < row.Length; j++)
            {
                row[j] *= by[Slice(axis, i, j)];
            }
        }
    }

    private void Measure(Parameters<TElement> at)
    {
        AddSquares(at[pair.Left], pair.LeftAxis, _left);
        AddSquares(at[pair.Right], pair.RightAxis, _right);
    }

    /// <summary>1 where nothing balances the slice.</summary>
    private double Scale(int slice)
    {
        var scale = _left[slice] > 0 && _right[slice] > 0 ? leftScale * Math.Sqrt(Math.Sqrt(_right[slice] / _left[slice])) : 1;
        return double.IsFinite(scale) && scale > 0 ? scale : 1;
    }

    private static int Slice(FactorAxis axis, int row, int column) => axis switch
    {
        FactorAxis.Rows => row,
        FactorAxis.Columns => column,
        _ => 0,
    };

    private static void AddSquares(MatrixView<TElement> factor, FactorAxis axis, double[] squares)
    {
        Array.Clear(squares);
        for (var i = 0; i < factor.Rows; i++)
        {
            var row = factor.Row(i);
            for (var j = 0; j < row.Length; j++)
            {
                var value = double.CreateChecked(row[j]);
                squares[Slice(axis, i, j)] += value * value;
            }
        }
    }
}
