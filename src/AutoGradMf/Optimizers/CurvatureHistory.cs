using System.Numerics;

namespace AutoGradMf.Optimizers;

/// <summary>
/// The last steps s = x₊ − x and the changes y = ∇f(x₊) − ∇f(x) of the gradient along them, in a ring of buffers: what L-BFGS knows of
/// the inverse Hessian.
/// </summary>
internal sealed class CurvatureHistory<TElement>
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    private readonly TElement[][] _steps;
    private readonly TElement[][] _changes;
    private readonly double[] _curvatures;
    private readonly double[] _freeCurvatures;
    private readonly double[] _projections;
    private int _count;
    private int _newest = -1;
    private double _scale;

    public CurvatureHistory(int capacity, int length)
    {
        _steps = new TElement[capacity][];
        _changes = new TElement[capacity][];
        _curvatures = new double[capacity];
        _freeCurvatures = new double[capacity];
        _projections = new double[capacity];
        for (var pair = 0; pair < capacity; pair++)
        {
            _steps[pair] = new TElement[length];
            _changes[pair] = new TElement[length];
        }
    }

    public int Count => _count;

    public void Clear() => _count = 0;

    public void Visit(RunState state)
    {
        state.Visit(ref _count);
        state.Visit(ref _newest);
        state.Visit(ref _scale);
        state.Visit<double>(_curvatures);
        for (var age = 0; age < Count; age++)
        {
            state.Visit<TElement>(_steps[Place(age)]);
            state.Visit<TElement>(_changes[Place(age)]);
        }
    }

    /// <summary>Remembers the step from the last point to its current one, in place of the oldest when the ring is full.</summary>
    public void Add(TrialPoint<TElement> line)
    {
        _count = Math.Min(Count, _steps.Length - 1);
        var next = (_newest + 1) % _steps.Length;
        var (step, change) = (_steps[next], _changes[next]);
        line.Arithmetic.Add(line.Point.Values, -1, line.Trial.Values, step);
        line.Arithmetic.Add(line.Gradient.Values, -1, line.TrialGradient.Values, change);
        var curvature = line.Arithmetic.Dot(step, change);
        var changeSquared = line.Arithmetic.Dot(change, change);

        // Not positive at a kink or at rounding level, where the pair would spoil the matrix.
        if (curvature > 1e-16 * changeSquared)
        {
            _curvatures[next] = curvature;
            _scale = curvature / changeSquared;
            _newest = next;
            _count++;
        }
    }

    /// <summary>
    /// d = −H·∇f(x) by the two-loop recursion (Nocedal, 1980), and ∇f(x)·d. Each addition is fused with the dot product that follows:
    /// 2·<see cref="Count"/> passes over three vectors.
    /// </summary>
    public double Aim(LineFunction<TElement> line)
    {
        var arithmetic = line.Arithmetic;
        Span<TElement> direction = line.Direction;
        System.Numerics.Tensors.TensorPrimitives.Negate<TElement>(line.Gradient.Values, direction);

        var dot = arithmetic.Dot(direction, _steps[Place(0)]);
        for (var age = 0; age < Count; age++)
        {
            var pair = Place(age);
            _projections[pair] = dot / _curvatures[pair];
            var next = age + 1 < Count ? _steps[Place(age + 1)] : _changes[pair];
            dot = arithmetic.AddAndDot(direction, -_projections[pair], _changes[pair], next);
        }

        System.Numerics.Tensors.TensorPrimitives.Multiply(direction, TElement.CreateChecked(_scale), direction);
        dot *= _scale;
        for (var age = Count - 1; age >= 0; age--)
        {
            var pair = Place(age);
            ReadOnlySpan<TElement> next = age > 0 ? _changes[Place(age - 1)] : line.Gradient.Values;
            dot = arithmetic.AddAndDot(direction, _projections[pair] - (dot / _curvatures[pair]), _steps[pair], next);
        }

        return dot;
    }

    /// <summary>
    /// d = −H·∇f(x) where only the elements with <paramref name="free"/> 1 may move and the others, with 0, stay (Schmidt, Kim &amp; Sra, in
    /// "Optimization for Machine Learning", 2011, section 11.3): the pairs are those of the free elements. The negative gradient if no pair
    /// has curvature in them.
    /// </summary>
    public void AimFree(TrialPoint<TElement> at, ReadOnlySpan<TElement> free, Span<TElement> direction, Span<TElement> scratch)
    {
        var arithmetic = at.Arithmetic;
        System.Numerics.Tensors.TensorPrimitives.Multiply(at.Gradient.Values, free, direction);
        System.Numerics.Tensors.TensorPrimitives.Negate(direction, direction);
        var scale = 0.0;
        for (var age = 0; age < Count; age++)
        {
            var pair = Place(age);
            System.Numerics.Tensors.TensorPrimitives.Multiply<TElement>(_changes[pair], free, scratch);
            var (curvature, squared) = (arithmetic.Dot(_steps[pair], scratch), arithmetic.Dot(scratch, scratch));
            _freeCurvatures[pair] = curvature > 1e-16 * squared ? curvature : 0;
            if (_freeCurvatures[pair] > 0)
            {
                scale = scale == 0 ? curvature / squared : scale;
                _projections[pair] = arithmetic.Dot(direction, _steps[pair]) / curvature;
                arithmetic.Add(direction, -_projections[pair], scratch, direction);
            }
        }

        System.Numerics.Tensors.TensorPrimitives.Multiply(direction, TElement.CreateChecked(scale == 0 ? 1 : scale), direction);
        for (var age = Count - 1; age >= 0; age--)
        {
            var pair = Place(age);
            if (_freeCurvatures[pair] > 0)
            {
                System.Numerics.Tensors.TensorPrimitives.Multiply<TElement>(_steps[pair], free, scratch);
                var length = _projections[pair] - (arithmetic.Dot(direction, _changes[pair]) / _freeCurvatures[pair]);
                arithmetic.Add(direction, length, scratch, direction);
            }
        }
    }

    private int Place(int age) => (_newest - age + _steps.Length) % _steps.Length;
}
