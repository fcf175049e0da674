using System.Numerics.Tensors;
using AutoGradMf.Kernels;
using AutoGradMf.Objectives;
using AutoGradMf.RandomPrograms.Tests.Compiling;

namespace AutoGradMf.RandomPrograms.Tests.Checking;

/// <summary>Holds what an objective says that it can do against its values, its gradients and its Hessian's products.</summary>
internal sealed class CapabilityCheck
{
    private const double Tolerance = 1e-9;

    private readonly IObjective<double> _objective;
    private readonly Parameters<double> _at;
    private readonly Parameters<double> _gradient;
    private readonly Workspace _workspace;
    private readonly double _magnitude;
    private readonly double _value;
    private readonly Random _random;

    private CapabilityCheck(IObjective<double> objective, Parameters<double> at, double magnitude, Random random)
    {
        (_objective, _at, _magnitude, _random) = (objective, at, magnitude, random);
        (_gradient, _workspace) = (new(objective.Layout), objective.CreateWorkspace());
        _value = objective.ValueAndGradient(at, _gradient, _workspace);
    }

    /// <summary>What is wrong; null if nothing is.</summary>
    /// <param name="objective">The objective.</param>
    /// <param name="at">A point.</param>
    /// <param name="magnitude">Of the loss there.</param>
    /// <param name="isHeld">Whether something is held constant, so that the gradient has no antiderivative.</param>
    /// <param name="random">For changes of the factors.</param>
    public static Failure? Of(IObjective<double> objective, Parameters<double> at, double magnitude, bool isHeld, Random random)
    {
        var check = new CapabilityCheck(objective, at, magnitude, random);
        var wrong = check.Samples() ?? check.Pairs() ?? check.Axes();
        for (var factor = 0; factor < objective.Layout.Factors.Count && wrong is null && !isHeld; factor++)
        {
            wrong = check.Quadratic(factor) ?? check.NewtonStep(factor) ?? check.Bound(factor);
        }

        return wrong is null ? null : new(FailureKind.WrongCapability, wrong);
    }

    /// <summary>The gradients of all samples, with their shares of what is no sum over samples, add up to the gradient.</summary>
    private string? Samples()
    {
        if (_objective is not ISampled<double> sampled)
        {
            return null;
        }

        var sum = new Parameters<double>(_objective.Layout);
        for (var set = 0; set < sampled.Samples.Count; set++)
        {
            for (var sample = 0; sample < sampled.Samples[set].Count; sample++)
            {
                ReferenceSamples.AddGradient(sampled, set, sample, _at, sum);
            }
        }

        TensorPrimitives.Subtract(sum.Values, _gradient.Values, sum.Values);
        return Norm(sum) <= Tolerance * (_magnitude + Norm(_gradient)) ? null : $"the gradients of the samples add up to something {Norm(sum)} away from the gradient";
    }

    /// <summary>Where two features change places by halves, a pair's product and norms stay; where one is scaled, the change is that of the norms.</summary>
    private string? Pairs()
    {
        foreach (var pair in (_objective as IProductInvariant<double>)?.ProductPairs ?? [])
        {
            var (rotated, doubled, tripled) = (_at.Copy(), _at.Copy(), _at.Copy());
            Rotate(Features(rotated, pair.Left));
            Rotate(Features(rotated, pair.Right));
            var (ofDoubled, ofTripled) = (Scaled(doubled, pair, 2), Scaled(tripled, pair, 3));
            var (d, t) = (Value(doubled) - _value, Value(tripled) - _value);
            var scale = 100 * Tolerance * (_magnitude + Math.Abs(d) + Math.Abs(t));
            if (!(Math.Abs(Value(rotated) - _value) <= scale) || !(Math.Abs((d * ofTripled) - (t * ofDoubled)) <= scale * (Math.Abs(ofDoubled) + Math.Abs(ofTripled))))
            {
                return $"the pair {pair} is seen otherwise than through its product and norms";
            }
        }

        return null;
    }

    /// <summary>Where a slice of one factor is multiplied and that of the other divided, only their ridges change; where slices are mixed by halves, nothing does.</summary>
    private string? Axes()
    {
        foreach (var pair in ((_objective as IAxisInvariant<double>)?.AxisPairs ?? []).Where(p => p.Between is null))
        {
            var (doubled, tripled) = (_at.Copy(), _at.Copy());
            var (ofDoubled, ofTripled) = (Scaled(doubled, pair, 2), Scaled(tripled, pair, 3));
            var (d, t) = (Value(doubled) - _value, Value(tripled) - _value);
            var scale = 100 * Tolerance * (_magnitude + Math.Abs(d) + Math.Abs(t));
            if (!(Math.Abs((d * ofTripled) - (t * ofDoubled)) <= scale * (Math.Abs(ofDoubled) + Math.Abs(ofTripled)))
                || (pair.IsMixed && !(Math.Abs(Value(Mixed(pair)) - _value) <= scale)))
            {
                return $"the pair {pair} is seen otherwise than through its slices together and its norms";
            }
        }

        return null;
    }

    /// <summary>The elements of a slice.</summary>
    private static IEnumerable<int> Slice(MatrixView<double> factor, FactorAxis axis, int slice) => Enumerable.Range(0, factor.Count).Where(e => axis switch
    {
        FactorAxis.Rows => e / factor.Columns == slice,
        FactorAxis.Columns => e % factor.Columns == slice,
        _ => true,
    });

    private Parameters<double> Mixed(AxisPair pair)
    {
        var mixed = _at.Copy();
        foreach (var (factor, axis) in new[] { (mixed[pair.Left], pair.LeftAxis), (mixed[pair.Right], pair.RightAxis) })
        {
            foreach (var (first, second) in Slice(factor, axis, 0).Zip(Slice(factor, axis, 1)))
            {
                (factor.Span[first], factor.Span[second]) = ((0.6 * factor.Span[first]) + (0.8 * factor.Span[second]), (0.6 * factor.Span[second]) - (0.8 * factor.Span[first]));
            }
        }

        return mixed;
    }

    private static double Scaled(Parameters<double> at, AxisPair pair, double scale)
    {
        double change = 0;
        var (left, right) = double.IsPositiveInfinity(pair.RidgeRatio) ? (0, 1) : (1, pair.RidgeRatio);
        foreach (var (factor, axis, by, ridge) in new[] { (at[pair.Left], pair.LeftAxis, scale, left), (at[pair.Right], pair.RightAxis, 1 / scale, right) })
        {
            foreach (var element in Slice(factor, axis, 0))
            {
                change += ridge * ((by * by) - 1) * factor.Span[element] * factor.Span[element];
                factor.Span[element] *= by;
            }
        }

        return change;
    }

    /// <summary>A factor with its features in columns: of a vector there is one.</summary>
    private static MatrixView<double> Features(Parameters<double> at, int factor) => at.Layout.Factors[factor].Kind == FactorKind.RowVector ? at[factor].AsColumn : at[factor];

    private static void Rotate(MatrixView<double> factor)
    {
        for (var i = 0; i < factor.Rows && factor.Columns > 1; i++)
        {
            (factor[i, 0], factor[i, 1]) = ((0.6 * factor[i, 0]) + (0.8 * factor[i, 1]), (0.6 * factor[i, 1]) - (0.8 * factor[i, 0]));
        }
    }

    /// <summary>Scales a feature of one factor, and that of the other back; by how much that changes their norms, weighed as their ridges are.</summary>
    private static double Scaled(Parameters<double> at, FactorPair pair, double scale)
    {
        double change = 0;
        var (left, right) = double.IsPositiveInfinity(pair.RidgeRatio) ? (0, 1) : (1, pair.RidgeRatio);
        foreach (var (factor, by, ridge) in new[] { (Features(at, pair.Left), scale, left), (Features(at, pair.Right), 1 / scale, right) })
        {
            for (var i = 0; i < factor.Rows; i++)
            {
                change += ridge * ((by * by) - 1) * factor[i, 0] * factor[i, 0];
                factor[i, 0] *= by;
            }
        }

        return change;
    }

    /// <summary>Third differences of what is quadratic are zero.</summary>
    private string? Quadratic(int factor)
    {
        if (_objective is not IBlockNewton<double> newton || !newton.Blocks[factor].IsQuadratic)
        {
            return null;
        }

        var direction = Direction(factor);
        var (one, two, three) = (Value(Moved(direction, 1)), Value(Moved(direction, 2)), Value(Moved(direction, 3)));
        var (third, scale) = (three - (3 * two) + (3 * one) - _value, _magnitude + Math.Abs(one) + Math.Abs(two) + Math.Abs(three));
        return Math.Abs(third) <= 10 * Tolerance * scale ? null : $"factor {factor} is said to be quadratic, and a third difference is {third}";
    }

    /// <summary>In each row, or column, H s = −g for the step s, or with a multiple of the identity that makes H definite: what is left is −λ s.</summary>
    private string? NewtonStep(int factor)
    {
        if (_objective is not (IBlockNewton<double> newton and IHessianVectorProduct<double> second) || newton.Blocks[factor].Systems == BlockSystems.None)
        {
            return null;
        }

        var (step, product) = (new Parameters<double>(_objective.Layout), new Parameters<double>(_objective.Layout));
        newton.NewtonStep(factor, _at, step, _workspace);
        if (step[factor].Span.ToArray().Any(s => !double.IsFinite(s)))
        {
            return null;
        }

        second.HessianVectorProduct(_at, Direction(factor), product, _workspace);
        var curvature = Norm(product) * Math.Sqrt(_objective.Layout.Factors[factor].Count);
        second.HessianVectorProduct(_at, step, product, _workspace);
        var (systems, shape) = (newton.Blocks[factor].Systems, _objective.Layout.Factors[factor]);
        var isByColumn = systems is BlockSystems.SharedByColumns or BlockSystems.EachColumn;
        var blocks = systems == BlockSystems.One ? 1 : isByColumn ? shape.Columns : shape.BlockCount;
        var length = shape.Count / blocks;
        for (var row = 0; row < blocks; row++)
        {
            Span<double> Row(Parameters<double> of) => (isByColumn ? of[factor].ToMatrix().T.View : of[factor]).Span.Slice(row * length, length);

            var left = new double[length];
            var s = Row(step);
            TensorPrimitives.Add(Row(product), Row(_gradient), left);
            var damping = TensorPrimitives.Dot<double>(s, s) is > 0 and var squared ? Math.Max(0, -TensorPrimitives.Dot<double>(s, left) / squared) : 0;
            TensorPrimitives.MultiplyAdd(s, damping, left, left);
            var scale = _magnitude + ((curvature + damping) * TensorPrimitives.Norm<double>(s));
            if (!(TensorPrimitives.Norm<double>(left) <= 10 * Tolerance * scale))
            {
                return $"the Newton step in row {row} of factor {factor} leaves {TensorPrimitives.Norm<double>(left)} with damping {damping}";
            }
        }

        return null;
    }

    /// <summary>No change of a factor raises the loss above the quadratic function that the bound gives.</summary>
    private string? Bound(int factor)
    {
        if (_objective is not ICurvatureBound<double> bounded || !bounded.HasCurvatureBound[factor])
        {
            return null;
        }

        var (shape, isByColumn) = (_objective.Layout.Factors[factor], bounded.CurvatureBoundAxes[factor] == FactorAxis.Columns);
        var blocks = shape.SliceCount(bounded.CurvatureBoundAxes[factor]);
        var bounds = new MatrixView<double>(new double[blocks], 0, blocks, 1);
        bounded.CurvatureBound(factor, _at, bounds, _workspace);
        foreach (var size in (double[])[0.1, 1, 10])
        {
            var direction = Direction(factor);
            var (slope, curvature) = (0.0, 0.0);
            for (var e = 0; e < direction[factor].Span.Length; e++)
            {
                var change = size * direction[factor].Span[e];
                slope += change * _gradient[factor].Span[e];
                curvature += 0.5 * change * change * bounds.Span[isByColumn ? e % shape.Columns : e / shape.Columns];
            }

            var after = Value(Moved(direction, size));
            if (!(after - _value - slope - curvature <= 10 * Tolerance * (_magnitude + Math.Abs(after) + Math.Abs(slope) + curvature)))
            {
                return $"the bound of the curvature in factor {factor} gives {_value + slope + curvature}, and the loss is {after}";
            }
        }

        return null;
    }

    private double Value(Parameters<double> at) => _objective.Value(at, _workspace);

    private Parameters<double> Direction(int factor)
    {
        var direction = new Parameters<double>(_objective.Layout);
        foreach (ref var element in direction[factor].Span)
        {
            element = (2 * _random.NextDouble()) - 1;
        }

        TensorPrimitives.Divide(direction[factor].Span, TensorPrimitives.Norm<double>(direction[factor].Span), direction[factor].Span);
        return direction;
    }

    private Parameters<double> Moved(Parameters<double> direction, double step)
    {
        var moved = new Parameters<double>(_objective.Layout);
        TensorPrimitives.MultiplyAdd(direction.Values, step, _at.Values, moved.Values);
        return moved;
    }

    private static double Norm(Parameters<double> parameters) => TensorPrimitives.Norm<double>(parameters.Values);
}
