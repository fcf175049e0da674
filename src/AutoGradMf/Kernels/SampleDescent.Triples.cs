using System.Numerics;
using System.Runtime.CompilerServices;

namespace AutoGradMf.Kernels;

/// <summary>Triples: inner products of three rows, whose gradients are combinations of the three, such as a user, a movie and another one.</summary>
internal sealed unsafe partial class SampleDescent<TElement>
{
    private void Triples<TFunction, TAdaptivity>(in SampleForm<TElement> form, in Frame frame)
        where TFunction : struct, IEntryFunction
        where TAdaptivity : struct, IAdaptivity
    {
        var work = new TripleWork<TFunction, TAdaptivity> { Descent = this, Form = form, Frame = frame };
        RegisterChoice.Run<TripleWork<TFunction, TAdaptivity>, TElement>(ref work, _factors.Stride(form.Rows[0].Factor));
    }

    private void Triples<TFunction, TAdaptivity, TRegister>(in SampleForm<TElement> form, in Frame frame)
        where TFunction : struct, IEntryFunction
        where TAdaptivity : struct, IAdaptivity
        where TRegister : unmanaged, IRegister<TRegister, TElement>
    {
        var numbers = stackalloc TElement[TripleNumbers.Count];
        var products = stackalloc TElement*[form.Products.Length];
        var coefficients = stackalloc VectorLane<TElement>*[9];
        var output = (VectorLane<TElement>*)frame.Output;
        output[frame.OutputCount] = default;

        // Rates by row need all, for the norms of what rows become.
        var pairs = TAdaptivity.IsAdaptive ? TripleNumbers.AllPairs : 0;
        for (var p = 0; p < form.Products.Length; p++)
        {
            var pair = TripleNumbers.PairOf(form.Products[p].Left, form.Products[p].Right);
            products[p] = numbers + (pair * TripleNumbers.Samples);
            pairs |= 1 << pair;
        }

        for (var c = 0; c < 9; c++)
        {
            coefficients[c] = output + Coefficient(in form, in frame, c / 3, c % 3);
        }

        var triples = new TripleFrame
        {
            Numbers = numbers,
            Products = products,
            ProductsEnd = products + form.Products.Length,
            Pairs = pairs,
            Coefficients = coefficients,
            First = PlaceOf(in form.Rows[0]),
            Second = PlaceOf(in form.Rows[1]),
            Third = PlaceOf(in form.Rows[2]),
            Stride = _factors.Stride(form.Rows[0].Factor),
            Rates = RatesOf(form.Rows[0].Factor),
        };
        var batches = _grid.BatchesOf(_block, _seed, _epoch);
        for (var b = 0; b < batches.Length; b++)
        {
            var (first, end) = _grid.Batch(batches[b]);
            if (b + 2 < batches.Length)
            {
                var later = _grid.Batch(batches[b + 2]).First;
                PrefetchBatch(triples.First.Rows + later);
                PrefetchBatch(triples.Second.Rows + later);
                PrefetchBatch(triples.Third.Rows + later);
                PrefetchNumbers(in frame, later);
            }

            StepInTriples<TFunction, TAdaptivity, TRegister>(in triples, in frame, first, end - first, NextOf(batches, b));
        }
    }

    private RowPlace PlaceOf(in SampleRow<TElement> row) => new()
    {
        Rows = (int*)_grid.Rows[row.Place],
        Values = _factors.Start + _factors.Values(row.Factor),
        Memory = _factors.Start + _factors.Squares(row.Factor),
    };

    /// <summary>As of pairs: all that a batch reads from rows comes before all that it writes.</summary>
    private static void StepInTriples<TFunction, TAdaptivity, TRegister>(in TripleFrame triples, in Frame frame, int start, int count, int next)
        where TFunction : struct, IEntryFunction
        where TAdaptivity : struct, IAdaptivity
        where TRegister : unmanaged, IRegister<TRegister, TElement>
    {
        var (first, second, third) = (triples.First.From(start), triples.Second.From(start), triples.Third.From(start));
        Dots<TAdaptivity, TRegister>(in triples, TripleNumbers.PairOf(0, 1), in first, in second, count);
        Dots<TAdaptivity, TRegister>(in triples, TripleNumbers.PairOf(0, 2), in first, in third, count);
        Dots<TAdaptivity, TRegister>(in triples, TripleNumbers.PairOf(1, 2), in second, in third, count);
        for (var s = 0; s < count; s += VectorLane<TElement>.Width)
        {
            EvaluateTriples<TFunction, TAdaptivity>(in triples, in frame, start, s, Math.Min(VectorLane<TElement>.Width, count - s));
        }

        CombineTriples<TAdaptivity, TRegister>(in triples, start, count, next - start);
    }

    /// <summary>The inner products of two of the rows, if they are needed.</summary>
    private static void Dots<TAdaptivity, TRegister>(in TripleFrame triples, int pair, in RowPlace left, in RowPlace right, int count)
        where TAdaptivity : struct, IAdaptivity
        where TRegister : unmanaged, IRegister<TRegister, TElement>
    {
        if ((triples.Pairs & (1 << pair)) == 0)
        {
            return;
        }

        var into = triples.Numbers + (pair * TripleNumbers.Samples);
        Dots<TAdaptivity, TRegister, Any>(
            left.Rows, left.Values, right.Rows, right.Values, triples.Stride, count, into, into + TripleNumbers.SlowProducts);
    }

    /// <summary>The combinations that the rows of a lane of samples become; and a step in their numbers.</summary>
    private static void EvaluateTriples<TFunction, TAdaptivity>(in TripleFrame triples, in Frame frame, int start, int s, int count)
        where TFunction : struct, IEntryFunction
        where TAdaptivity : struct, IAdaptivity
    {
        var input = (VectorLane<TElement>*)frame.Input;
        for (var product = triples.Products; product < triples.ProductsEnd; product++)
        {
            *input++ = new(LaneGather.LoadParts(*product + s));
        }

        ReadNumbers(in frame, start + s, count);
        TFunction.Evaluate(new Lanes<VectorLane<TElement>>(frame.InputLines, 0), new Lanes<VectorLane<TElement>>(frame.OutputLines, 0));
        if (TAdaptivity.IsAdaptive)
        {
            AdaptTriples(in triples, start, s, count);
        }
        else
        {
            for (var row = 0; row < 3; row++)
            {
                Keep(in triples, row, new Vector<TElement>(triples.Rates.Rate), triples.Numbers + TripleNumbers.OfFast + s);
            }
        }

        MoveNumbers<TAdaptivity>(in frame, in triples.Rates, start + s, count);
    }

    private static void AdaptTriples(in TripleFrame triples, int start, int s, int count)
    {
        TElement* numbers = triples.Numbers + s, scratch = triples.Numbers + TripleNumbers.Scratch;
        var (first, second, third) = (triples.First.From(start + s), triples.Second.From(start + s), triples.Third.From(start + s));
        var memory0 = RowMemory<TElement>.Read(first.Memory, first.Rows, count, scratch);
        var memory1 = RowMemory<TElement>.Read(second.Memory, second.Rows, count, scratch);
        var memory2 = RowMemory<TElement>.Read(third.Memory, third.Rows, count, scratch);
        var whole = TripleProducts.Load(numbers);
        var slow = TripleProducts.Load(numbers + TripleNumbers.SlowProducts);
        var gram = slow with { Norm0 = memory0.SlowNorm, Norm1 = memory1.SlowNorm, Norm2 = memory2.SlowNorm };
        var mean = triples.Rates.SlowMean;
        var into = numbers + TripleNumbers.OfSlow;
        memory0.SlowNorm = Adapt(in triples, in gram, 0, mean, ref memory0.SlowSquares, into);
        memory1.SlowNorm = Adapt(in triples, in gram, 1, mean, ref memory1.SlowSquares, into);
        memory2.SlowNorm = Adapt(in triples, in gram, 2, mean, ref memory2.SlowSquares, into);
        gram = (whole - slow) with { Norm0 = memory0.FastNorm, Norm1 = memory1.FastNorm, Norm2 = memory2.FastNorm };
        mean = triples.Rates.FastMean;
        into = numbers + TripleNumbers.OfFast;
        memory0.FastNorm = Adapt(in triples, in gram, 0, mean, ref memory0.FastSquares, into);
        memory1.FastNorm = Adapt(in triples, in gram, 1, mean, ref memory1.FastSquares, into);
        memory2.FastNorm = Adapt(in triples, in gram, 2, mean, ref memory2.FastSquares, into);
        memory0.Write(first.Memory, first.Rows, count, scratch);
        memory1.Write(second.Memory, second.Rows, count, scratch);
        memory2.Write(third.Memory, third.Rows, count, scratch);
    }

    /// <summary>Adds to the squared gradients of a part of a row, writes what the row becomes, and returns its norm then.</summary>
    private static Vector<TElement> Adapt(
        in TripleFrame triples, in TripleProducts gram, int row, TElement mean, ref Vector<TElement> squares, TElement* into)
    {
        var rate = Vector<TElement>.Zero;
        if (mean != TElement.Zero)
        {
            var unit = triples.Rates.PerUnit;
            var coefficients = triples.Coefficients + (3 * row);
            squares += mean * gram.Square(unit * coefficients[0]->Value, unit * coefficients[1]->Value, unit * coefficients[2]->Value);
            rate = new Vector<TElement>(triples.Rates.Rate) / Vector.SquareRoot(squares);
        }

        var (x, y, z) = Keep(in triples, row, rate, into);
        return gram.Square(x, y, z);
    }

    /// <summary>Writes what a row becomes a combination with: the row less the rate times its gradient.</summary>
    private static (Vector<TElement> X, Vector<TElement> Y, Vector<TElement> Z) Keep(in TripleFrame triples, int row, Vector<TElement> rate, TElement* into)
    {
        var coefficients = triples.Coefficients + (3 * row);
        var (x, y, z) = (-rate * coefficients[0]->Value, -rate * coefficients[1]->Value, -rate * coefficients[2]->Value);
        x += row == 0 ? Vector<TElement>.One : Vector<TElement>.Zero;
        y += row == 1 ? Vector<TElement>.One : Vector<TElement>.Zero;
        z += row == 2 ? Vector<TElement>.One : Vector<TElement>.Zero;
        into += 3 * row * TripleNumbers.Samples;
        x.Store(into);
        y.Store(into + TripleNumbers.Samples);
        z.Store(into + (2 * TripleNumbers.Samples));
        return (x, y, z);
    }

    /// <summary>The triples of a block, in registers of one type.</summary>
    private ref struct TripleWork<TFunction, TAdaptivity> : IRegisterWork<TElement>
        where TFunction : struct, IEntryFunction
        where TAdaptivity : struct, IAdaptivity
    {
        public SampleDescent<TElement> Descent;
        public SampleForm<TElement> Form;
        public Frame Frame;

        public readonly void Run<TRegister>()
            where TRegister : unmanaged, IRegister<TRegister, TElement> => Descent.Triples<TFunction, TAdaptivity, TRegister>(in Form, in Frame);
    }

    /// <summary>Squared norms of three rows and their inner products, of a lane of samples.</summary>
    private struct TripleProducts
    {
        public Vector<TElement> Norm0;
        public Vector<TElement> Norm1;
        public Vector<TElement> Norm2;
        private Vector<TElement> _of01;
        private Vector<TElement> _of02;
        private Vector<TElement> _of12;

        public static TripleProducts operator -(in TripleProducts left, in TripleProducts right) =>
            new() { _of01 = left._of01 - right._of01, _of02 = left._of02 - right._of02, _of12 = left._of12 - right._of12 };

        /// <summary>The inner products.</summary>
        public static TripleProducts Load(TElement* from) => new()
        {
            _of01 = LaneGather.LoadParts(from + (TripleNumbers.PairOf(0, 1) * TripleNumbers.Samples)),
            _of02 = LaneGather.LoadParts(from + (TripleNumbers.PairOf(0, 2) * TripleNumbers.Samples)),
            _of12 = LaneGather.LoadParts(from + (TripleNumbers.PairOf(1, 2) * TripleNumbers.Samples)),
        };

        /// <summary>The squared norm of a combination of the rows; not below zero, as rounding may leave it.</summary>
        public readonly Vector<TElement> Square(Vector<TElement> x, Vector<TElement> y, Vector<TElement> z)
        {
            var first = Simd.MultiplyAdd(x, Norm0, Simd.MultiplyAdd(y, _of01, z * _of02));
            var second = Simd.MultiplyAdd(x, _of01, Simd.MultiplyAdd(y, Norm1, z * _of12));
            var third = Simd.MultiplyAdd(x, _of02, Simd.MultiplyAdd(y, _of12, z * Norm2));
            var square = Simd.MultiplyAdd(x, first, Simd.MultiplyAdd(y, second, z * third));
            return Vector.ConditionalSelect(Vector.LessThan(square, Vector<TElement>.Zero), Vector<TElement>.Zero, square);
        }
    }

    /// <summary>Where the numbers of a batch are, of all its samples those of a kind one after another.</summary>
    private static class TripleNumbers
    {
        public const int Samples = SampleBatches.MostSamples;

        /// <summary>From the inner products of whole rows, which are the first numbers, to those of slow features.</summary>
        public const int SlowProducts = 3 * Samples;

        /// <summary>For each row the combination that it becomes, in slow features.</summary>
        public const int OfSlow = 2 * SlowProducts;

        /// <summary>The same in fast features; in all where rates are fixed.</summary>
        public const int OfFast = OfSlow + (9 * Samples);

        /// <summary>Room for four lanes.</summary>
        public const int Scratch = OfFast + (9 * Samples);

        public const int Count = Scratch + (4 * Samples);

        /// <summary>A bit for each pair of rows.</summary>
        public const int AllPairs = 0b111;

        /// <summary>The place of the inner product of two of the rows.</summary>
        public static int PairOf(int left, int right) => left + right - 1;
    }

    /// <summary>Where the rows of triples are, and which results their gradients are made of.</summary>
    private struct TripleFrame
    {
        public TElement* Numbers;

        /// <summary>Where the products that the function reads are.</summary>
        public TElement** Products;
        public TElement** ProductsEnd;

        /// <summary>A bit for each pair of rows whose inner products are needed.</summary>
        public int Pairs;

        /// <summary>Of each row in the gradient of each row.</summary>
        public VectorLane<TElement>** Coefficients;
        public RowPlace First;
        public RowPlace Second;
        public RowPlace Third;
        public nint Stride;
        public Rates Rates;
    }

    /// <summary>Where the rows of a place are.</summary>
    private struct RowPlace
    {
        public int* Rows;
        public TElement* Values;
        public TElement* Memory;

        public readonly RowPlace From(int sample) => this with { Rows = Rows + sample };
    }
}
