using System.Numerics;
using AutoGradMf.Objectives;

namespace AutoGradMf.Kernels;

/// <summary>The gradient of single samples by plain loops: slow and obvious, what the kernel of stochastic gradient is tested against.</summary>
public static class ReferenceSamples
{
    /// <summary>Adds the gradient of one sample's term, the shares of regularizers included.</summary>
    /// <param name="objective">A sum over samples.</param>
    /// <param name="set">The number of one of its sets of samples.</param>
    /// <param name="sample">The number of a sample of that set.</param>
    /// <param name="at">Where.</param>
    /// <param name="gradient">What is added to.</param>
    public static void AddGradient<TElement>(
        ISampled<TElement> objective, int set, int sample, Parameters<TElement> at, Parameters<TElement> gradient)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        ArgumentNullException.ThrowIfNull(objective);
        objective.Visit(set, new Visitor<TElement>(objective.Samples[set], sample, at, gradient));
    }

    private sealed class Visitor<TElement>(SampleSet<TElement> set, int sample, Parameters<TElement> at, Parameters<TElement> gradient)
        : ISampleVisitor<TElement>
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        public void Visit<TFunction, TPenalty>(in SampleForm<TElement> form)
            where TFunction : struct, IEntryFunction
            where TPenalty : struct, IEntryFunction
        {
            var rows = Rows(form.Rows);
            var inputs = new List<ScalarLane<TElement>>();
            foreach (var product in form.Products)
            {
                inputs.Add(new(rows[product.Left].Zip(rows[product.Right], (a, b) => a * b).Aggregate(TElement.Zero, (sum, ab) => sum + ab)));
            }

            foreach (ref readonly var number in form.Numbers)
            {
                inputs.Add(new(Number(in number)));
            }

            var coefficients = new ScalarLane<TElement>[form.Gradients.Length];
            Lanes.Evaluate<TFunction, ScalarLane<TElement>>(inputs.ToArray(), coefficients);
            foreach (ref readonly var part in form.Gradients)
            {
                var coefficient = coefficients[part.Coefficient].Value;
                switch (part.Kind)
                {
                    case SampleGradientKind.Row:
                        Add(form.Rows[part.Into], rows[part.Left].Select(value => coefficient * value));
                        break;
                    case SampleGradientKind.Outer:
                        var right = rows[part.Right];
                        Add(form.Rows[part.Into], rows[part.Left].SelectMany(a => right.Select(b => coefficient * a * b)));
                        break;
                    case SampleGradientKind.Number:
                        var into = form.Numbers[part.Into];
                        gradient[into.Source].Span[into.Kind == SampleNumberKind.Factor ? RowIn(into.Place) : 0] += coefficient;
                        break;
                    default:
                        Add(form.Rows[part.Into], Penalty<TPenalty>(form, rows, inputs, part));
                        break;
                }
            }
        }

        private static TElement[] Penalty<TPenalty>(in SampleForm<TElement> form, TElement[][] rows, List<ScalarLane<TElement>> inputs, SampleGradient part)
            where TPenalty : struct, IEntryFunction
        {
            var numbers = inputs.Skip(form.Products.Length).ToArray();
            var penalized = form.Penalized.ToArray();
            var derivatives = new TElement[rows[part.Into].Length];
            var outputs = new ScalarLane<TElement>[penalized.Length];
            for (var k = 0; k < derivatives.Length; k++)
            {
                Lanes.Evaluate<TPenalty, ScalarLane<TElement>>([.. penalized.Select(row => new ScalarLane<TElement>(rows[row].ElementAtOrDefault(k))), .. numbers], outputs);
                derivatives[k] = outputs[part.Coefficient].Value;
            }

            return derivatives;
        }

        private TElement[][] Rows(ReadOnlySpan<SampleRow<TElement>> list)
        {
            var rows = new TElement[list.Length][];
            for (var r = 0; r < rows.Length; r++)
            {
                ref readonly var row = ref list[r];
                rows[r] = row.Kind switch
                {
                    SampleRowKind.Factor => at[row.Factor].Row(RowIn(row.Place)).ToArray(),
                    SampleRowKind.FactorColumn => at[row.Factor].ToMatrix().T.View.Row(RowIn(row.Place)).ToArray(),
                    SampleRowKind.Shared => at[row.Factor].Span.ToArray(),
                    SampleRowKind.Data => row.Values.Row(RowIn(row.Place)).ToArray(),
                    SampleRowKind.Elementwise => [.. rows[row.Factor].Zip(rows[row.Place], (a, b) => a * b)],
                    SampleRowKind.Product => Product(rows[row.Factor], rows[row.Place]),
                    _ => TransposedProduct(rows[row.Factor], rows[row.Place]),
                };
            }

            return rows;
        }

        private static TElement[] Product(TElement[] matrix, TElement[] row) =>
            [.. matrix.Chunk(row.Length).Select(line => line.Zip(row, (s, v) => s * v).Aggregate(TElement.Zero, (sum, sv) => sum + sv))];

        private static TElement[] TransposedProduct(TElement[] matrix, TElement[] row)
        {
            var width = matrix.Length / row.Length;
            return [.. Enumerable.Range(0, width).Select(l => row.Select((u, k) => u * matrix[(k * width) + l]).Aggregate(TElement.Zero, (sum, us) => sum + us))];
        }

        private TElement Number(in SampleNumber<TElement> number) => number.Kind switch
        {
            SampleNumberKind.Scalar => TElement.CreateTruncating(number.Value),
            SampleNumberKind.Factor => at[number.Source].Span[RowIn(number.Place)],
            SampleNumberKind.Shared => at[number.Source].Span[0],
            SampleNumberKind.Data => number.Values.Span[RowIn(number.Place)],
            SampleNumberKind.Own => set.Numbers[number.Source].Span[sample],
            _ => set.Shares(number.Place)[RowIn(number.Place)],
        };

        private int RowIn(int place) => set.Places[place].Rows[sample];

        private void Add(SampleRow<TElement> row, IEnumerable<TElement> values)
        {
            var into = gradient[row.Factor];
            var (first, step) = row.Kind switch
            {
                SampleRowKind.Shared => (0, 1),
                SampleRowKind.FactorColumn => (RowIn(row.Place), into.Columns),
                _ => (RowIn(row.Place) * into.Columns, 1),
            };
            foreach (var value in values)
            {
                into.Span[first] += value;
                first += step;
            }
        }
    }
}
