using System.Numerics;
using AutoGradMf.Objectives;

namespace AutoGradMf.Optimizers;

/// <summary>
/// The last steps s = x₊ − x and the changes y = ∇f(x₊) − ∇f(x) of the gradient along them, in a ring of buffers: what L-BFGS knows of
/// the inverse Hessian.
/// </summary>
internal sealed class CurvatureHistory<TElement>
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    private readonly int _capacity;
    private readonly ParameterLayout _layout;
    private readonly List<Pair> _pairs = [];
    private int _count;
    private int _newest = -1;

    /// <param name="capacity">How many steps it holds; what is not needed yet takes no memory.</param>
    /// <param name="layout">The parameters.</param>
    public CurvatureHistory(int capacity, ParameterLayout layout) => (_capacity, _layout) = (capacity, layout);

    public int Count => _count;

    public void Clear() => (_count, _newest) = (0, -1);

    public void Visit(RunState state)
    {
        state.Visit(ref _count);
        state.Visit(ref _newest);
        for (var age = 0; age < Count; age++)
        {
            var pair = At(age);
            state.Visit(ref pair.Curvature);
            state.Visit<TElement>(pair.Step);
            state.Visit<TElement>(pair.Change);
        }
    }

    /// <summary>Remembers the step from the last point to its current one, in place of the oldest when the ring is full.</summary>
    public void Add(TrialPoint<TElement> line) => Add(line, line.Gradient.Values, line.TrialGradient.Values);

    /// <summary>The same with gradients of a part of the objective.</summary>
    public void Add(TrialPoint<TElement> line, ReadOnlySpan<TElement> gradient, ReadOnlySpan<TElement> gradientBefore)
    {
        _count = Math.Min(Count, _capacity - 1);
        var next = (_newest + 1) % _capacity;
        var pair = Reserve(next);
        line.Arithmetic.Add(line.Point.Values, -1, line.Trial.Values, pair.Step);
        line.Arithmetic.Add(gradient, -1, gradientBefore, pair.Change);
        var curvature = line.Arithmetic.Dot(pair.Step, pair.Change);
        var changeSquared = line.Arithmetic.Dot(pair.Change, pair.Change);

        // Not positive at a kink or at rounding level, where the pair would spoil the matrix.
        if (curvature > 1e-16 * changeSquared)
        {
            pair.Curvature = curvature;
            _newest = next;
            _count++;
        }
    }

    /// <summary>
    /// d = −H·∇f(x) by the two-loop recursion (Nocedal, 1980), and ∇f(x)·d. Each addition is fused with the dot product that follows:
    /// 2·<see cref="Count"/> passes over three vectors, and four over two.
    /// </summary>
    public double Aim(LineFunction<TElement> line)
    {
        var arithmetic = line.Arithmetic;
        Span<TElement> direction = line.Direction;
        System.Numerics.Tensors.TensorPrimitives.Negate<TElement>(line.Gradient.Values, direction);

        var dot = arithmetic.Dot(direction, At(0).Step);
        for (var age = 0; age < Count; age++)
        {
            var pair = At(age);
            pair.Projection = dot / pair.Curvature;
            var next = age + 1 < Count ? At(age + 1).Step : pair.Change;
            dot = arithmetic.AddAndDot(direction, -pair.Projection, pair.Change, next);
        }

        Scale(direction, At(0).Step, At(0).Change, arithmetic);
        dot = arithmetic.Dot(direction, At(Count - 1).Change);
        for (var age = Count - 1; age >= 0; age--)
        {
            var pair = At(age);
            ReadOnlySpan<TElement> next = age > 0 ? At(age - 1).Change : line.Gradient.Values;
            dot = arithmetic.AddAndDot(direction, pair.Projection - (dot / pair.Curvature), pair.Step, next);
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
        Pair? newest = null;
        for (var age = 0; age < Count; age++)
        {
            var pair = At(age);
            System.Numerics.Tensors.TensorPrimitives.Multiply<TElement>(pair.Change, free, scratch);
            var (curvature, squared) = (arithmetic.Dot(pair.Step, scratch), arithmetic.Dot(scratch, scratch));
            pair.FreeCurvature = curvature > 1e-16 * squared ? curvature : 0;
            if (pair.FreeCurvature > 0)
            {
                newest ??= pair;
                pair.Projection = arithmetic.Dot(direction, pair.Step) / curvature;
                arithmetic.Add(direction, -pair.Projection, scratch, direction);
            }
        }

        if (newest is not null)
        {
            System.Numerics.Tensors.TensorPrimitives.Multiply<TElement>(newest.Change, free, scratch);
            Scale(direction, newest.Step, scratch, arithmetic);
        }

        for (var age = Count - 1; age >= 0; age--)
        {
            var pair = At(age);
            if (pair.FreeCurvature > 0)
            {
                System.Numerics.Tensors.TensorPrimitives.Multiply<TElement>(pair.Step, free, scratch);
                var length = pair.Projection - (arithmetic.Dot(direction, pair.Change) / pair.FreeCurvature);
                arithmetic.Add(direction, length, scratch, direction);
            }
        }
    }

    /// <summary>
    /// H₀: the identity on the scale s·y / y·y of the last step (Nocedal &amp; Wright, equation 7.20), for each factor by its own elements: a bias has another
    /// unit than a feature, and is in many more samples. A factor along which the step shows no curvature has the scale of all.
    /// </summary>
    private void Scale(Span<TElement> direction, ReadOnlySpan<TElement> step, ReadOnlySpan<TElement> change, VectorArithmetic<TElement> arithmetic)
    {
        for (var factor = 0; factor < _layout.Factors.Count; factor++)
        {
            var (start, length) = (_layout.Offset(factor), _layout.Factors[factor].Count);
            var (curvature, squared) = (
                arithmetic.Dot(step.Slice(start, length), change.Slice(start, length)),
                arithmetic.Dot(change.Slice(start, length), change.Slice(start, length)));
            var scale = curvature > 1e-16 * squared
                ? curvature / squared
                : arithmetic.Dot(step, change) / arithmetic.Dot(change, change);
            var own = direction.Slice(start, length);
            System.Numerics.Tensors.TensorPrimitives.Multiply(own, TElement.CreateSaturating(scale), own);
        }
    }

    /// <summary>The pair of so many steps ago.</summary>
    private Pair At(int age) => Reserve(_newest >= age ? _newest - age : _newest - age + _capacity);

    private Pair Reserve(int place)
    {
        while (_pairs.Count <= place)
        {
            _pairs.Add(new(_layout.Count));
        }

        return _pairs[place];
    }

    private sealed class Pair(int length)
    {
        /// <summary>s·y.</summary>
        public double Curvature;

        /// <summary>s·y in the elements that may move; 0 if it is not positive.</summary>
        public double FreeCurvature;

        /// <summary>What the first of the two loops took away of <see cref="Change"/>.</summary>
        public double Projection;

        /// <summary>s.</summary>
        public TElement[] Step { get; } = new TElement[length];

        /// <summary>y.</summary>
        public TElement[] Change { get; } = new TElement[length];
    }
}
