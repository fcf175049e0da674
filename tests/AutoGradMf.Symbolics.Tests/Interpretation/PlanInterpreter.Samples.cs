using AutoGradMf.Generators.Symbolics.Analysis;
using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Lowering;
using static AutoGradMf.Symbolics.Tests.Interpretation.InvalidPlanException;

namespace AutoGradMf.Symbolics.Tests.Interpretation;

/// <summary>Sums over the entries of a pattern, entry by entry.</summary>
internal sealed partial class PlanInterpreter
{
    /// <summary>The gradients of all samples of all sums, added up, and how large what was added is.</summary>
    public IReadOnlyDictionary<string, (double[] Sum, double[] Magnitude)> Samples(SampledForm form, IReadOnlyList<SampleStep> steps)
    {
        var memory = new PlanMemory(_point, _sizes, _construction);
        var entriesOf = form.Groups.ToDictionary(group => group, group => _point.Entries(group.Support!.Name));
        var count = entriesOf.Sum(group => group.Value.Count);
        var reads =
            (from @group in entriesOf
             from entry in @group.Value
             from read in (IEnumerable<(SamplePlace Place, int Row)>)[(@group.Key.Places[0], entry.Row), (@group.Key.Places[1], entry.Column)]
             select (read.Place.Row.Dimension, read.Row)).ToLookup(read => read);
        var gradient = new Dictionary<string, (double[] Sum, double[] Magnitude)>(StringComparer.Ordinal);
        foreach (var step in steps)
        {
            // The rows in the places of each sample, and its number.
            IEnumerable<(int[] Rows, int Number)> samples = step.Sum switch
            {
                { Unread: not null, Places: [var place] } => Enumerable.Range(0, _sizes[place.Row.Dimension.Name])
                    .Where(row => !reads.Contains((place.Row.Dimension, row))).Select(row => (new[] { row }, 0)),
                { Places.Count: 0 } => count == 0 ? [([], 0)] : [],
                _ => entriesOf[step.Sum.Group].Select((entry, number) => (new[] { entry.Row, entry.Column }, number)),
            };
            foreach (var (rows, number) in samples)
            {
                double Share(int place) => 1.0 / reads[(step.Sum.Places[place].Row.Dimension, rows[place])].Count();
                new SampleEvaluation(step, rows, number, Share, 1.0 / count, memory, _point, gradient).Run();
            }
        }

        return gradient;
    }

    /// <summary>The gradient of one sample.</summary>
    private sealed class SampleEvaluation(
        SampleStep step, int[] places, int number, Func<int, double> share, double shareOfAll, PlanMemory memory, Point point, Dictionary<string, (double[] Sum, double[] Magnitude)> gradient)
    {
        private readonly List<double[]> _rows = [];

        public void Run()
        {
            foreach (var row in step.Rows)
            {
                Require(IsRead(_rows.Count), $"row {_rows.Count}, {row.Row.Kind}, is made and nothing reads it");
                _rows.Add(Row(row));
            }

            var numbers = step.Numbers.Select(Number).ToList();
            var products = step.Products.Select(p => Dot(_rows[p.Left], _rows[p.Right])).ToList();
            foreach (var (part, slot) in step.Gradients)
            {
                switch (part.Kind)
                {
                    case SampleGradientKind.Row:
                        var coefficient = Value(step.Function, slot, [.. products, .. numbers]);
                        Add(step.Rows[part.Into], [.. _rows[part.Left].Select(value => coefficient * value)]);
                        break;
                    case SampleGradientKind.Outer:
                        var outer = Value(step.Function, slot, [.. products, .. numbers]);
                        Add(step.Rows[part.Into], [.. from a in _rows[part.Left] from b in _rows[part.Right] select outer * a * b]);
                        break;
                    case SampleGradientKind.Number:
                        var into = step.Numbers[part.Into];
                        Add(into.Factor!, [into.Place < 0 ? 0 : places[into.Place]], [Value(step.Function, slot, [.. products, .. numbers])]);
                        break;
                    default:
                        var elements = Enumerable.Range(0, _rows[part.Into].Length);
                        Add(step.Rows[part.Into], [.. elements.Select(k => Value(step.Penalty!, slot, [.. step.Penalized.Select(row => _rows[row].ElementAtOrDefault(k)), .. numbers]))]);
                        break;
                }
            }
        }

        private bool IsRead(int row) =>
            step.Rows.Any(r => r.Row.Matrix == row || r.Row.Of == row)
            || step.Products.Any(p => p.Left == row || p.Right == row)
            || step.Penalized.Contains(row)
            || step.Gradients.Any(g => (g.Part.Kind is SampleGradientKind.Row or SampleGradientKind.Outer && g.Part.Left == row) || (g.Part.Kind == SampleGradientKind.Outer && g.Part.Right == row));

        private static double Value(LoopStep function, int slot, double[] inputs)
        {
            Require(function.Inputs.Count == inputs.Length, $"the function of a sample has {function.Inputs.Count} operands and is given {inputs.Length}");
            var values = function.Inputs.Zip(inputs).ToDictionary(i => i.First.Name, i => i.Second, StringComparer.Ordinal);
            return PointwiseFunction.Evaluate(function.Slots[slot], tensor => values.TryGetValue(tensor.Name, out var value)
                ? value
                : throw new InvalidPlanException($"the function of a sample reads {tensor.Name}, which is no operand of it"));
        }

        private static double Dot(double[] left, double[] right)
        {
            Require(left.Length == right.Length, $"the product of rows of {left.Length} and {right.Length} elements");
            return left.Zip(right, (a, b) => a * b).Sum();
        }

        private double[] Row(PlacedRow row) => row.Row.Kind switch
        {
            SampleRowKind.Shared or SampleRowKind.Factor or SampleRowKind.FactorColumn => [.. Elements(row).Select(element => point.Values(row.Row.Tensor!.Name)[element])],
            SampleRowKind.Data => RowOf(memory.Read(row.Storage!), memory.Shape(row.Storage!).Columns, places[row.Place]),
            SampleRowKind.Elementwise => [.. _rows[row.Row.Matrix].Zip(_rows[row.Row.Of], (a, b) => a * b)],
            SampleRowKind.Product => [.. _rows[row.Row.Matrix].Chunk(_rows[row.Row.Of].Length).Select(line => Dot(line, _rows[row.Row.Of]))],
            SampleRowKind.TransposedProduct => [.. Enumerable.Range(0, _rows[row.Row.Matrix].Length / _rows[row.Row.Of].Length)
                .Select(l => _rows[row.Row.Of].Select((u, k) => u * _rows[row.Row.Matrix][(k * (_rows[row.Row.Matrix].Length / _rows[row.Row.Of].Length)) + l]).Sum())],
            _ => throw new InvalidPlanException($"a row of kind {row.Row.Kind}"),
        };

        private static double[] RowOf(double[] values, int columns, int row) => values[(row * columns)..((row + 1) * columns)];

        /// <summary>Where the elements of a row stand in its factor.</summary>
        private IEnumerable<int> Elements(PlacedRow row)
        {
            var (rows, columns) = point.Shape(row.Row.Tensor!.Name);
            return row.Row.Kind switch
            {
                SampleRowKind.Shared => Enumerable.Range(0, rows * columns),
                SampleRowKind.Factor => Enumerable.Range(places[row.Place] * columns, columns),
                SampleRowKind.FactorColumn => Enumerable.Range(0, rows).Select(k => (k * columns) + places[row.Place]),
                _ => throw new InvalidPlanException($"a gradient in a row of kind {row.Row.Kind}"),
            };
        }

        private double Number(SampleNumber source) => source.Kind switch
        {
            SampleNumberKind.Scalar => source.Scalar is { } scalar ? memory.Number(scalar) : shareOfAll,
            SampleNumberKind.Factor => point.Values(source.Factor!)[places[source.Place]],
            SampleNumberKind.Shared => point.Values(source.Factor!)[0],
            SampleNumberKind.Data => memory.Read(source.Storage!)[places[source.Place]],
            SampleNumberKind.Own => memory.Read(source.Storage!)[number],
            _ => share(source.Place),
        };

        private void Add(PlacedRow row, double[] values) => Add(row.Row.Tensor!.Name, Elements(row), values);

        private void Add(string factor, IEnumerable<int> elements, double[] values)
        {
            if (!gradient.TryGetValue(factor, out var sums))
            {
                gradient[factor] = sums = (new double[point.Values(factor).Length], new double[point.Values(factor).Length]);
            }

            foreach (var (element, value) in elements.Zip(values))
            {
                sums.Sum[element] += value;
                sums.Magnitude[element] += Math.Abs(value);
            }
        }
    }
}
