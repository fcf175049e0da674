using System.Numerics;
using System.Runtime.CompilerServices;

namespace AutoGradMf.Kernels;

/// <summary>How stochastic gradient goes down.</summary>
/// <param name="Rate">The step along a sample's gradient.</param>
/// <param name="Momentum">The share of a row's last step that its next one keeps; 0 for none.</param>
/// <param name="IsAdaptive">Whether each row divides the rate by the root of the mean squares of its gradients, summed over the past (AdaGrad).</param>
internal readonly record struct DescentRule(double Rate, double Momentum, bool IsAdaptive);

/// <summary>Goes down along the gradient of one sample of a block after another, in all rows that it reads at once.</summary>
internal sealed unsafe partial class SampleDescent<TElement> : ISampleVisitor<TElement>
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    private readonly PinnedBuffer<TElement> _scratch = new();
    private SampleGrid<TElement> _grid = null!;
    private SampleSources<TElement> _sources = null!;
    private SampleFactors<TElement> _factors = null!;
    private DescentRule _rule;
    private TElement _rate;
    private TElement _momentum;
    private TElement* _shared;
    private int _block;
    private int _seed;
    private int _epoch;

    /// <summary>What the next visit goes through.</summary>
    /// <param name="grid">The samples.</param>
    /// <param name="sources">The data that they read.</param>
    /// <param name="factors">The factors.</param>
    /// <param name="rule">How to go down.</param>
    /// <param name="block">The number of the block.</param>
    /// <param name="place">Its place among the blocks that run at once.</param>
    /// <param name="seed">Of the order of the samples.</param>
    /// <param name="epoch">The number of the epoch, which has an order of its own.</param>
    public void Aim(
        SampleGrid<TElement> grid, SampleSources<TElement> sources, SampleFactors<TElement> factors, DescentRule rule, int block, int place, int seed, int epoch)
    {
        (_grid, _sources, _factors, _rule, _block, _seed, _epoch) = (grid, sources, factors, rule, block, seed, epoch);
        (_rate, _momentum) = (TElement.CreateTruncating(rule.Rate), TElement.CreateTruncating(rule.Momentum));
        _shared = factors.Copy(place);
    }

    public void Visit<TFunction, TPenalty>(in SampleForm<TElement> form)
        where TFunction : struct, IEntryFunction
        where TPenalty : struct, IEntryFunction
    {
        var sources = stackalloc NumberSource[form.Numbers.Length + 1];
        var targets = stackalloc NumberTarget[form.Gradients.Length + 1];
        var input = stackalloc ScalarLane<TElement>[form.Products.Length + form.Numbers.Length + 1];
        var output = stackalloc ScalarLane<TElement>[form.Gradients.Length + 1];
        var frame = new Frame
        {
            Sources = sources,
            Targets = targets,
            Input = input,
            Output = output,
            InputCount = form.Products.Length + form.Numbers.Length,
            OutputCount = form.Gradients.Length,
        };
        frame.Output[frame.OutputCount] = 0;
        BindSources(in form, ref frame);
        BindTargets(in form, ref frame);
        if (!IsPair(in form))
        {
            General<TFunction, TPenalty>(in form, in frame);
        }
        else if (_rule.IsAdaptive)
        {
            Pairs<TFunction, Adaptive>(in form, in frame);
        }
        else
        {
            Pairs<TFunction, Fixed>(in form, in frame);
        }
    }

    private void BindSources(in SampleForm<TElement> form, ref Frame frame)
    {
        foreach (var isRead in (ReadOnlySpan<Func<SampleNumberKind, bool>>)[IsByRow, IsOwn, IsShared])
        {
            for (var n = 0; n < form.Numbers.Length; n++)
            {
                ref readonly var number = ref form.Numbers[n];
                if (isRead(number.Kind))
                {
                    frame.Sources[frame.ByRow + frame.Own + frame.Shared] = Source(in number, n, form.Products.Length + n);
                    frame.ByRow += IsByRow(number.Kind) ? 1 : 0;
                    frame.Own += IsOwn(number.Kind) ? 1 : 0;
                    frame.Shared += IsShared(number.Kind) ? 1 : 0;
                }
                else if (number.Kind == SampleNumberKind.Scalar)
                {
                    frame.Input[form.Products.Length + n] = number.Value;
                }
            }
        }

        static bool IsByRow(SampleNumberKind kind) => kind is SampleNumberKind.Factor or SampleNumberKind.Data or SampleNumberKind.Share;

        static bool IsOwn(SampleNumberKind kind) => kind == SampleNumberKind.Own;

        static bool IsShared(SampleNumberKind kind) => kind == SampleNumberKind.Shared;
    }

    private NumberSource Source(in SampleNumber<TElement> number, int n, int input) => new()
    {
        Input = input,
        Rows = number.Place < 0 ? null : (int*)_grid.Rows[number.Place],
        Values = number.Kind switch
        {
            SampleNumberKind.Own => (TElement*)_grid.Numbers[number.Source],
            SampleNumberKind.Factor or SampleNumberKind.Shared => _factors.Base(number.Source, _shared) + _factors.Values(number.Source),
            _ => (TElement*)_sources.Numbers[n],
        },
    };

    private void BindTargets(in SampleForm<TElement> form, ref Frame frame)
    {
        foreach (ref readonly var part in form.Gradients)
        {
            if (part.Kind == SampleGradientKind.Number)
            {
                ref readonly var number = ref form.Numbers[part.Into];
                var start = _factors.Base(number.Source, _shared);
                frame.Targets[frame.TargetCount++] = new()
                {
                    Coefficient = part.Coefficient,
                    Rows = number.Place < 0 ? null : (int*)_grid.Rows[number.Place],
                    Values = start + _factors.Values(number.Source),
                    Squares = start + _factors.Squares(number.Source),
                    Velocities = start + _factors.Velocities(number.Source),
                };
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ReadNumbers(in Frame frame, int sample)
    {
        var source = frame.Sources;
        for (var end = source + frame.ByRow; source < end; source++)
        {
            frame.Input[source->Input] = new(source->Values[source->Rows[sample]]);
        }

        for (var end = source + frame.Own; source < end; source++)
        {
            frame.Input[source->Input] = new(source->Values[sample]);
        }

        for (var end = source + frame.Shared; source < end; source++)
        {
            frame.Input[source->Input] = new(*source->Values);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void MoveNumbers(in Frame frame, int sample)
    {
        for (var target = frame.Targets; target < frame.Targets + frame.TargetCount; target++)
        {
            var place = target->Rows == null ? 0 : target->Rows[sample];
            var gradient = frame.Output[target->Coefficient].Value;
            Move(target->Values + place, &gradient, 1, target->Squares + place, target->Velocities + place);
        }
    }

    /// <summary>A step in the elements of one row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Move(TElement* values, TElement* gradient, int length, TElement* squares, TElement* velocity)
    {
        var rate = _rate;
        if (_rule.IsAdaptive)
        {
            rate = Slowed(squares, length == 1 ? *gradient * *gradient : Dot(gradient, gradient, length), length);
        }

        if (_momentum != TElement.Zero)
        {
            AddScaled(velocity, _momentum, gradient, length);
            gradient = velocity;
        }

        var i = 0;
        for (; i <= length - Vector<TElement>.Count; i += Vector<TElement>.Count)
        {
            (Vector.Load(values + i) - (rate * Vector.Load(gradient + i))).Store(values + i);
        }

        for (; i < length; i++)
        {
            values[i] -= rate * gradient[i];
        }
    }

    /// <summary>The rate of a row after a gradient of the given square.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TElement Slowed(TElement* squares, TElement square, int length)
    {
        *squares += square / TElement.CreateTruncating(length);
        return _rate / TElement.Sqrt(*squares);
    }

    /// <summary>into ← scale · into + values.</summary>
    private static void AddScaled(TElement* into, TElement scale, TElement* values, int length)
    {
        for (var i = 0; i < length; i++)
        {
            into[i] = (scale * into[i]) + values[i];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TElement Dot(TElement* left, TElement* right, int length)
    {
        var sums = Vector<TElement>.Zero;
        var i = 0;
        for (; i <= length - Vector<TElement>.Count; i += Vector<TElement>.Count)
        {
            sums = Simd.MultiplyAdd(Vector.Load(left + i), Vector.Load(right + i), sums);
        }

        var sum = Vector.Sum(sums);
        for (; i < length; i++)
        {
            sum += left[i] * right[i];
        }

        return sum;
    }

    /// <summary>The operands and results of a form's function, and where its numbers are.</summary>
    private struct Frame
    {
        public NumberSource* Sources;
        public NumberTarget* Targets;
        public ScalarLane<TElement>* Input;

        /// <summary>The results, and after them a zero.</summary>
        public ScalarLane<TElement>* Output;

        public int InputCount;
        public int OutputCount;
        public int ByRow;
        public int Own;
        public int Shared;
        public int TargetCount;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly void Evaluate<TFunction>()
            where TFunction : struct, IEntryFunction =>
            TFunction.Evaluate(new ReadOnlySpan<ScalarLane<TElement>>(Input, InputCount), new Span<ScalarLane<TElement>>(Output, OutputCount));
    }

    /// <summary>Where a number is read.</summary>
    private struct NumberSource
    {
        public TElement* Values;
        public int* Rows;
        public int Input;
    }

    /// <summary>Where a number is changed.</summary>
    private struct NumberTarget
    {
        public TElement* Values;
        public TElement* Squares;
        public TElement* Velocities;
        public int* Rows;
        public int Coefficient;
    }
}
