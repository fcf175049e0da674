using System.Numerics;

namespace AutoGradMf.Kernels;

/// <summary>Any form: the gradients of all rows are gathered apart, and then every row takes its step.</summary>
internal sealed unsafe partial class SampleDescent<TElement>
{
    private void General<TFunction, TPenalty>(in SampleForm<TElement> form, in Frame frame)
        where TFunction : struct, IEntryFunction
        where TPenalty : struct, IEntryFunction
    {
        var rows = stackalloc RowSource[form.Rows.Length + 1];
        var operands = form.Penalized.Length + form.Numbers.Length;
        var lanes = operands + form.Penalized.Length;
        var scalars = stackalloc ScalarLane<TElement>[lanes + 1];
        var vectors = stackalloc VectorLane<TElement>[lanes + 1];
        void** scalarLines = stackalloc void*[lanes + 1], vectorLines = stackalloc void*[lanes + 1];
        Lanes.Place(scalars, lanes, scalarLines);
        Lanes.Place(vectors, lanes, vectorLines);
        var penalties = new PenaltyFrame
        {
            Scalars = scalars,
            Vectors = vectors,
            ScalarResults = scalars + operands,
            VectorResults = vectors + operands,
            ScalarLines = scalarLines,
            VectorLines = vectorLines,
        };
        BindRows(in form, rows);
        foreach (var batch in _grid.BatchesOf(_block, _seed, _epoch))
        {
            var (start, last) = _grid.Batch(batch);
            ReadFixedNumbers(in frame, start, last);
            var input = frame.Input;
            for (var sample = start; sample < last; sample++, input += frame.SampleStride)
            {
                ReadRows(rows, form.Rows.Length, sample);
                for (var p = 0; p < form.Products.Length; p++)
                {
                    var (left, right) = form.Products[p];
                    input[p] = Dot(rows[left].Values, rows[right].Values, rows[left].Length);
                }

                ReadChangingNumbers(in frame, input, sample);
                var ofSample = (nint)((byte*)input - (byte*)frame.Input);
                TFunction.Evaluate(
                    new Lanes<ScalarLane<TElement>>(frame.InputLines, ofSample), new Lanes<ScalarLane<TElement>>(frame.OutputLines, 0));
                AddGradients<TPenalty>(in form, in frame, input, rows, in penalties);
                for (var r = 0; r < form.Rows.Length; r++)
                {
                    if (rows[r].Gradient != null)
                    {
                        Move(in rows[r]);
                    }
                }

                MoveNumbers(in frame, sample);
            }
        }
    }

    private void BindRows(in SampleForm<TElement> form, RowSource* rows)
    {
        var room = 0;
        for (var r = 0; r < form.Rows.Length; r++)
        {
            rows[r] = Source(in form, rows, r);
            room += 2 * rows[r].Length;
        }

        var scratch = _scratch.Reserve(room);
        for (var r = 0; r < form.Rows.Length; r++)
        {
            if (form.Rows[r].Kind is SampleRowKind.Product or SampleRowKind.TransposedProduct or SampleRowKind.Elementwise)
            {
                rows[r].Values = scratch;
                scratch += rows[r].Length;
            }

            foreach (ref readonly var part in form.Gradients)
            {
                if (part.Kind != SampleGradientKind.Number && part.Into == r && rows[r].Gradient == null)
                {
                    rows[r].Gradient = scratch;
                    scratch += rows[r].Length;
                }
            }
        }
    }

    private RowSource Source(in SampleForm<TElement> form, RowSource* rows, int r)
    {
        ref readonly var row = ref form.Rows[r];
        var source = new RowSource { Kind = row.Kind, Matrix = row.Factor, Of = row.Place };
        switch (row.Kind)
        {
            case SampleRowKind.Data:
                source.First = (TElement*)_sources.Rows[r];
                source.Stride = source.Length = row.Values.Columns;
                source.Rows = (int*)_grid.Rows[row.Place];
                break;
            case SampleRowKind.Factor or SampleRowKind.FactorColumn or SampleRowKind.Shared:
                var start = _factors.Base(row.Factor, _shared);
                source.First = source.Values = start + _factors.Values(row.Factor);
                source.FirstSquares = source.Squares = start + _factors.Squares(row.Factor);
                source.HasFastFeatures = _rule.IsAdaptive && _factors.HasFastFeatures(row.Factor);
                source.SquaresStride = _factors.SquaresStride(row.Factor);
                source.FirstVelocity = source.Velocity = start + _factors.Velocities(row.Factor);
                source.Stride = _factors.Stride(row.Factor);
                source.Length = _factors.Length(row.Factor);
                source.Rows = row.IsOfFactor ? (int*)_grid.Rows[row.Place] : null;
                break;
            case SampleRowKind.Elementwise:
                source.Length = rows[row.Factor].Length;
                break;
            default:
                source.Length = rows[row.Factor].Length / rows[row.Place].Length;
                break;
        }

        return source;
    }

    /// <summary>Where the rows of a sample are; products are computed.</summary>
    private static void ReadRows(RowSource* rows, int count, int sample)
    {
        for (var row = rows; row < rows + count; row++)
        {
            switch (row->Kind)
            {
                case SampleRowKind.Factor or SampleRowKind.FactorColumn or SampleRowKind.Data:
                    nint place = row->Rows[sample];
                    row->Values = row->First + (place * row->Stride);
                    row->Squares = row->FirstSquares + (place * row->SquaresStride);
                    row->Velocity = row->FirstVelocity + (place * row->Stride);
                    break;
                case SampleRowKind.Product:
                    var matrix = rows + row->Matrix;
                    var of = rows + row->Of;
                    for (var i = 0; i < row->Length; i++)
                    {
                        row->Values[i] = Dot(matrix->Values + ((nint)i * of->Length), of->Values, of->Length);
                    }

                    break;
                case SampleRowKind.TransposedProduct:
                    Clear(row->Values, row->Length);
                    for (var i = 0; i < rows[row->Of].Length; i++)
                    {
                        Add(row->Values, rows[row->Of].Values[i], rows[row->Matrix].Values + ((nint)i * row->Length), row->Length);
                    }

                    break;
                case SampleRowKind.Elementwise:
                    Multiply(row->Values, rows[row->Matrix].Values, rows[row->Of].Values, row->Length);
                    break;
                default:
                    break;
            }
        }
    }

    /// <summary>A step in a row: in its slow features, and in the others, unless it is too early for them.</summary>
    private void Move(in RowSource row)
    {
        var slow = row.HasFastFeatures ? SampleFactors<TElement>.SlowFeatures : row.Length;
        Move(row.Values, row.Gradient, slow, row.Squares, row.Velocity);
        if (row.HasFastFeatures && !_rule.IsFirst)
        {
            Move(row.Values + slow, row.Gradient + slow, row.Length - slow, row.Squares + RowMemory<TElement>.OfFastSquares, row.Velocity + slow);
        }
    }

    private static void AddGradients<TPenalty>(in SampleForm<TElement> form, in Frame frame, TElement* input, RowSource* rows, in PenaltyFrame penalties)
        where TPenalty : struct, IEntryFunction
    {
        for (var r = 0; r < form.Rows.Length; r++)
        {
            if (rows[r].Gradient != null)
            {
                Clear(rows[r].Gradient, rows[r].Length);
            }
        }

        foreach (ref readonly var part in form.Gradients)
        {
            var coefficient = frame.Output[part.Coefficient];
            if (part.Kind == SampleGradientKind.Row)
            {
                Add(rows[part.Into].Gradient, coefficient, rows[part.Left].Values, rows[part.Into].Length);
            }
            else if (part.Kind == SampleGradientKind.Outer)
            {
                var left = rows + part.Left;
                var right = rows + part.Right;
                for (var i = 0; i < left->Length; i++)
                {
                    Add(rows[part.Into].Gradient + ((nint)i * right->Length), coefficient * left->Values[i], right->Values, right->Length);
                }
            }
        }

        if (!form.Penalized.IsEmpty)
        {
            AddPenalties<TPenalty>(in form, input, rows, in penalties);
        }
    }

    private static void AddPenalties<TPenalty>(in SampleForm<TElement> form, TElement* input, RowSource* rows, in PenaltyFrame penalties)
        where TPenalty : struct, IEntryFunction
    {
        var penalized = form.Penalized;
        var numbers = form.Numbers.Length;
        var operands = penalized.Length + numbers;
        var (shortest, longest) = (int.MaxValue, 0);
        foreach (var row in penalized)
        {
            (shortest, longest) = (Math.Min(shortest, rows[row].Length), Math.Max(longest, rows[row].Length));
        }

        for (var n = 0; n < numbers; n++)
        {
            var number = input[form.Products.Length + n];
            penalties.Scalars[penalized.Length + n] = new(number);
            penalties.Vectors[penalized.Length + n] = new(new Vector<TElement>(number));
        }

        var k = 0;
        for (; k <= shortest - Vector<TElement>.Count; k += Vector<TElement>.Count)
        {
            for (var p = 0; p < penalized.Length; p++)
            {
                penalties.Vectors[p] = new(Vector.Load(rows[penalized[p]].Values + k));
            }

            TPenalty.Evaluate(
                new Lanes<VectorLane<TElement>>(penalties.VectorLines, 0), new Lanes<VectorLane<TElement>>(penalties.VectorLines + operands, 0));
            foreach (ref readonly var part in form.Gradients)
            {
                if (part.Kind == SampleGradientKind.Penalty)
                {
                    var into = rows[part.Into].Gradient + k;
                    (Vector.Load(into) + penalties.VectorResults[part.Coefficient].Value).Store(into);
                }
            }
        }

        for (; k < longest; k++)
        {
            for (var p = 0; p < penalized.Length; p++)
            {
                penalties.Scalars[p] = new(k < rows[penalized[p]].Length ? rows[penalized[p]].Values[k] : TElement.Zero);
            }

            TPenalty.Evaluate(
                new Lanes<ScalarLane<TElement>>(penalties.ScalarLines, 0), new Lanes<ScalarLane<TElement>>(penalties.ScalarLines + operands, 0));
            foreach (ref readonly var part in form.Gradients)
            {
                if (part.Kind == SampleGradientKind.Penalty && k < rows[part.Into].Length)
                {
                    rows[part.Into].Gradient[k] += penalties.ScalarResults[part.Coefficient].Value;
                }
            }
        }
    }

    private static void Clear(TElement* values, int length) => new Span<TElement>(values, length).Clear();

    /// <summary>into ← into + scale · values.</summary>
    private static void Add(TElement* into, TElement scale, TElement* values, int length)
    {
        var i = 0;
        for (; i <= length - Vector<TElement>.Count; i += Vector<TElement>.Count)
        {
            Simd.MultiplyAdd(new Vector<TElement>(scale), Vector.Load(values + i), Vector.Load(into + i)).Store(into + i);
        }

        for (; i < length; i++)
        {
            into[i] += scale * values[i];
        }
    }

    /// <summary>into ← left ∘ right.</summary>
    private static void Multiply(TElement* into, TElement* left, TElement* right, int length)
    {
        var i = 0;
        for (; i <= length - Vector<TElement>.Count; i += Vector<TElement>.Count)
        {
            (Vector.Load(left + i) * Vector.Load(right + i)).Store(into + i);
        }

        for (; i < length; i++)
        {
            into[i] = left[i] * right[i];
        }
    }

    /// <summary>A row of a sample: where it is, and where its gradient is gathered.</summary>
    private struct RowSource
    {
        public SampleRowKind Kind;
        public TElement* First;
        public TElement* FirstSquares;
        public TElement* FirstVelocity;
        public TElement* Values;
        public TElement* Squares;
        public TElement* Velocity;
        public TElement* Gradient;
        public int* Rows;
        public int Stride;
        public int SquaresStride;
        public int Length;
        public bool HasFastFeatures;
        public int Matrix;
        public int Of;
    }

    /// <summary>The operands and results of a form's penalty.</summary>
    private struct PenaltyFrame
    {
        public ScalarLane<TElement>* Scalars;
        public VectorLane<TElement>* Vectors;
        public ScalarLane<TElement>* ScalarResults;
        public VectorLane<TElement>* VectorResults;

        /// <summary>Where each operand begins, and then each result.</summary>
        public void** ScalarLines;
        public void** VectorLines;
    }
}
