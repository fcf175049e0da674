using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace AutoGradMf.Kernels;

/// <summary>How stochastic gradient goes down.</summary>
/// <param name="Rate">The step along a sample's gradient.</param>
/// <param name="Momentum">The share of a row's last step that its next one keeps; 0 for none.</param>
/// <param name="IsAdaptive">Whether each row divides the rate by the root of the mean squares of its gradients, summed over the past (AdaGrad).</param>
/// <param name="GradientUnit">What gradients are squared in, a power of two: their squares may be more than an element holds.</param>
/// <param name="IsFirst">
/// Whether of rows with rates of their own only the first <see cref="SampleFactors{TElement}.SlowFeatures"/> features move. Numbers and what
/// all samples read move, too.
/// </param>
/// <param name="NumberScale">How many times as long the step is in numbers, which may be of another unit than rows.</param>
internal readonly record struct DescentRule(
    double Rate, double Momentum, bool IsAdaptive, double GradientUnit = 1, bool IsFirst = false, double NumberScale = 1);

/// <summary>Goes down along the gradient of one sample of a block after another, in all rows that it reads at once.</summary>
internal sealed unsafe partial class SampleDescent<TElement> : ISampleVisitor<TElement>
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    private readonly PinnedBuffer<TElement> _scratch = new();
    private SampleGrid<TElement> _grid = null!;
    private SampleSources<TElement> _sources = null!;
    private SampleFactors<TElement> _factors = null!;
    private DescentRule _rule;

    /// <summary>In gradient units where it is divided by roots of squares in them.</summary>
    private TElement _rate;

    /// <summary>The same of numbers.</summary>
    private TElement _numberRate;
    private TElement _perUnit;
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
        (_perUnit, _momentum) = (TElement.CreateTruncating(1 / rule.GradientUnit), TElement.CreateTruncating(rule.Momentum));
        var rate = rule.IsAdaptive ? rule.Rate / rule.GradientUnit : rule.Rate;
        (_rate, _numberRate) = (TElement.CreateTruncating(rate), TElement.CreateTruncating(rate * rule.NumberScale));
        _shared = factors.Copy(place);
    }

    public void Visit<TFunction, TPenalty>(in SampleForm<TElement> form)
        where TFunction : struct, IEntryFunction
        where TPenalty : struct, IEntryFunction
    {
        var isBatched = IsBatched(in form);
        var inputs = form.Products.Length + form.Numbers.Length;
        var sources = stackalloc NumberSource[form.Numbers.Length + 1];
        var targets = stackalloc NumberTarget[form.Gradients.Length + 1];
        var input = stackalloc VectorLane<TElement>[isBatched ? Frame.Few : ((SampleBatches.MostSamples * inputs) / VectorLane<TElement>.Width) + 1];
        var output = stackalloc VectorLane<TElement>[(isBatched ? Frame.Few : form.Gradients.Length / VectorLane<TElement>.Width) + 1];
        var lines = stackalloc void*[inputs + form.Gradients.Length];
        if (isBatched)
        {
            Lanes.Place(input, inputs, lines);
            Lanes.Place(output, form.Gradients.Length, lines + inputs);
        }
        else
        {
            Lanes.Place((TElement*)input, inputs, lines);
            Lanes.Place((TElement*)output, form.Gradients.Length, lines + inputs);
        }

        var frame = new Frame
        {
            InputLines = lines,
            OutputLines = lines + inputs,
            Sources = sources,
            Targets = targets,
            Input = (TElement*)input,
            Output = (TElement*)output,
            Samples = isBatched ? VectorLane<TElement>.Width : SampleBatches.MostSamples,
            SampleStride = isBatched ? 1 : inputs,
            NumberStride = isBatched ? VectorLane<TElement>.Width : 1,
            OutputCount = form.Gradients.Length,
        };
        BindSources(in form, ref frame);
        BindTargets(in form, ref frame);
        if (!isBatched)
        {
            General<TFunction, TPenalty>(in form, in frame);
        }
        else if (_rule.IsAdaptive)
        {
            Batches<TFunction, Adaptive>(in form, in frame);
        }
        else
        {
            Batches<TFunction, Fixed>(in form, in frame);
        }
    }

    /// <summary>First what is each sample's own, then what a sample's step may change.</summary>
    private void BindSources(in SampleForm<TElement> form, ref Frame frame)
    {
        var source = frame.Sources;
        for (var n = 0; n < form.Numbers.Length; n++)
        {
            if (form.Numbers[n].Kind is SampleNumberKind.Own or SampleNumberKind.Data or SampleNumberKind.Share)
            {
                *source++ = Source(in form.Numbers[n], n, (form.Products.Length + n) * frame.NumberStride);
            }
        }

        frame.Changing = source;
        for (var n = 0; n < form.Numbers.Length; n++)
        {
            ref readonly var number = ref form.Numbers[n];
            if (number.Kind is SampleNumberKind.Factor or SampleNumberKind.Shared)
            {
                *source++ = Source(in number, n, (form.Products.Length + n) * frame.NumberStride);
            }

            for (var s = 0; s < frame.Samples && number.Kind == SampleNumberKind.Scalar; s++)
            {
                frame.Input[(s * frame.SampleStride) + ((form.Products.Length + n) * frame.NumberStride)] = TElement.CreateTruncating(number.Value);
            }
        }

        frame.SourcesEnd = source;
    }

    private NumberSource Source(in SampleNumber<TElement> number, int n, int input) => new()
    {
        Input = input,
        Rows = number.Place < 0 ? null : (int*)_grid.Rows[number.Place],
        Values = number.Kind switch
        {
            SampleNumberKind.Factor or SampleNumberKind.Shared => _factors.Base(number.Source, _shared) + _factors.Values(number.Source),
            _ => (TElement*)_sources.Numbers[n],
        },
    };

    private void BindTargets(in SampleForm<TElement> form, ref Frame frame)
    {
        frame.TargetsEnd = frame.Targets;
        foreach (ref readonly var part in form.Gradients)
        {
            if (part.Kind == SampleGradientKind.Number)
            {
                ref readonly var number = ref form.Numbers[part.Into];
                var start = _factors.Base(number.Source, _shared);
                *frame.TargetsEnd++ = new()
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

    /// <summary>Reads all numbers of at most a lane of samples, one number of all of them after the other.</summary>
    private static void ReadNumbers(in Frame frame, int start, int count)
    {
        for (var source = frame.Sources; source < frame.SourcesEnd; source++)
        {
            var into = frame.Input + source->Input;
            if (source < frame.Changing)
            {
                // A whole lane: what is beyond the last sample is in the room that a buffer has after its end.
                Vector.Load(source->Values + start).Store(into);
            }
            else if (source->Rows == null)
            {
                new Vector<TElement>(*source->Values).Store(into);
            }
            else
            {
                LaneGather.Read(source->Values, source->Rows + start, count, into).Store(into);
            }
        }
    }

    /// <summary>Reads what no step changes into the operands of a batch.</summary>
    private static void ReadFixedNumbers(in Frame frame, int start, int end)
    {
        for (var source = frame.Sources; source < frame.Changing; source++)
        {
            Copy(source->Values + start, end - start, frame.Input + source->Input, frame.SampleStride);
        }
    }

    /// <summary>The values one after another, into every so many-th place.</summary>
    private static void Copy(TElement* values, int count, TElement* into, nint stride)
    {
        for (; count >= 4; count -= 4, values += 4, into += 4 * stride)
        {
            *into = values[0];
            into[stride] = values[1];
            into[2 * stride] = values[2];
            into[3 * stride] = values[3];
        }

        for (; count > 0; count--, values++, into += stride)
        {
            *into = *values;
        }
    }

    /// <summary>Reads what the steps of samples change into the operands of one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ReadChangingNumbers(in Frame frame, TElement* input, int sample)
    {
        for (var source = frame.Changing; source < frame.SourcesEnd; source++)
        {
            input[source->Input] = source->Values[source->Rows == null ? 0 : source->Rows[sample]];
        }
    }

    private void MoveNumbers(in Frame frame, int sample)
    {
        for (var target = frame.Targets; target < frame.TargetsEnd; target++)
        {
            var place = target->Rows == null ? 0 : target->Rows[sample];
            var gradient = frame.Output[target->Coefficient];
            Move(target->Values + place, gradient, target->Squares + place, target->Velocities + place);
        }
    }

    /// <summary>A step in one number.</summary>
    private void Move(TElement* value, TElement gradient, TElement* squares, TElement* velocity)
    {
        var rate = _rule.IsAdaptive ? Slowed(_numberRate, ref *squares, Square(gradient, _perUnit)) : _numberRate;
        if (_momentum != TElement.Zero)
        {
            gradient = *velocity = (_momentum * *velocity) + gradient;
        }

        *value -= rate * gradient;
    }

    /// <summary>A step in the elements of one row.</summary>
    private void Move(TElement* values, TElement* gradient, int length, TElement* squares, TElement* velocity)
    {
        var rate = _rule.IsAdaptive ? Slowed(_rate, ref *squares, Square(gradient, _perUnit, length) / TElement.CreateTruncating(length)) : _rate;
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

    /// <summary>(scale · value)², which does not overflow before it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TElement Square(TElement value, TElement scale) => (scale * value) * (scale * value);

    /// <summary>‖scale · values‖².</summary>
    private static TElement Square(TElement* values, TElement scale, int length)
    {
        var sums = Vector<TElement>.Zero;
        var i = 0;
        for (; i <= length - Vector<TElement>.Count; i += Vector<TElement>.Count)
        {
            var scaled = scale * Vector.Load(values + i);
            sums = Simd.MultiplyAdd(scaled, scaled, sums);
        }

        var sum = Sum(sums);
        for (; i < length; i++)
        {
            sum += Square(values[i], scale);
        }

        return sum;
    }

    /// <summary>The rate of a row after a gradient of the given mean square, in gradient units.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TElement Slowed(TElement rate, ref TElement squares, TElement square) => rate / TElement.Sqrt(squares += square);

    /// <summary>into ← scale · into + values.</summary>
    private static void AddScaled(TElement* into, TElement scale, TElement* values, int length)
    {
        for (var i = 0; i < length; i++)
        {
            into[i] = (scale * into[i]) + values[i];
        }
    }

    /// <summary>Half and half is added first, which takes fewer operations than what the runtime does.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TElement Sum(Vector<TElement> values) => Vector<byte>.Count == Vector256<byte>.Count
        ? Vector128.Sum(values.AsVector256().GetLower() + values.AsVector256().GetUpper())
        : Vector.Sum(values);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TElement Dot(TElement* left, TElement* right, int length)
    {
        var sums = Vector<TElement>.Zero;
        var i = 0;
        for (; i <= length - Vector<TElement>.Count; i += Vector<TElement>.Count)
        {
            sums = Simd.MultiplyAdd(Vector.Load(left + i), Vector.Load(right + i), sums);
        }

        var sum = Sum(sums);
        for (; i < length; i++)
        {
            sum += left[i] * right[i];
        }

        return sum;
    }

    /// <summary>The operands and results of a form's function, and where its numbers are.</summary>
    private struct Frame
    {
        /// <summary>There is room for so many operands, and so many results and a zero, of a lane of samples.</summary>
        public const int Few = 64;

        public NumberSource* Sources;
        public NumberSource* Changing;
        public NumberSource* SourcesEnd;
        public NumberTarget* Targets;
        public NumberTarget* TargetsEnd;

        /// <summary>The operands: of one sample after the other, or one operand of all samples after the other, a lane each.</summary>
        public TElement* Input;

        /// <summary>The results, and after them a zero.</summary>
        public TElement* Output;

        /// <summary>Where each operand of the first sample, or of all of them, begins, and each result.</summary>
        public void** InputLines;
        public void** OutputLines;

        /// <summary>There is room for the operands of so many samples.</summary>
        public int Samples;

        /// <summary>From an operand of a sample to that of the next.</summary>
        public int SampleStride;

        /// <summary>From an operand of a sample to its next.</summary>
        public int NumberStride;

        public int OutputCount;
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
