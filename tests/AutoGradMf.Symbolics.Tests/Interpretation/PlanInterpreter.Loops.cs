using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Lowering;
using static AutoGradMf.Symbolics.Tests.Interpretation.InvalidPlanException;

namespace AutoGradMf.Symbolics.Tests.Interpretation;

/// <summary>Fused loops.</summary>
internal sealed partial class PlanInterpreter
{
    private double Run(LoopStep loop, PlanMemory memory)
    {
        var rows = loop.Space.Rows is { } r ? _sizes[r.Name] : 1;
        var columns = loop.Space.Columns is { } c ? _sizes[c.Name] : 1;
        var points = loop.Space.Pattern is { } pattern
            ? _point.Entries(pattern)
            : [.. from i in Enumerable.Range(0, rows) from j in Enumerable.Range(0, columns) select (i, j)];
        if (loop.Space.Pattern is { } visited)
        {
            Require(_point.Shape(visited.Split('∩')[0]) == (rows, columns), $"the loop over {visited} is said to be {rows}×{columns}");
        }

        var inputs = loop.Inputs.ToDictionary(i => i.Name, i => Operand(i, loop.Space, rows, columns, points.Count, memory), StringComparer.Ordinal);
        var outputs = loop.Outputs.Select(o => new Output(o, loop.Space, rows, columns, points.Count, memory)).ToList();
        var sums = new double[loop.Sums.Count];
        var flops = points.Count * (loop.Sums.Count + Operations(loop));
        for (var entry = 0; entry < points.Count; entry++)
        {
            var (i, j) = points[entry];
            double Value(Expression e) => PointwiseFunction.Evaluate(e, tensor => inputs.TryGetValue(tensor.Name, out var input)
                ? input(i, j, entry)
                : throw new InvalidPlanException($"the loop's function reads {tensor.Name}, which is no operand of it"));
            for (var s = 0; s < sums.Length; s++)
            {
                sums[s] += Value(loop.Sums[s].Term);
            }

            foreach (var output in outputs)
            {
                flops += output.Add(Value(loop.Slots[output.Slot]), i, j, entry);
            }
        }

        flops += loop.Inputs.Where(i => i.Kind == LoopInputKind.Dot).Sum(i => 2.0 * points.Count * memory.Shape(i.Right!).Columns);
        flops += loop.Inputs.Where(i => i.Kind == LoopInputKind.SparseTimesDense).Sum(i => 2.0 * _point.Entries(i.Storage!.Pattern!).Count * columns);
        flops += loop.Inputs.Where(i => i.Kind == LoopInputKind.DenseTimesSparse).Sum(i => 2.0 * _point.Entries(i.Storage!.Pattern!).Count * rows);
        for (var s = 0; s < sums.Length; s++)
        {
            memory.Define(loop.Sums[s].Name, sums[s]);
        }

        foreach (var output in outputs)
        {
            memory.Write(output.Into, output.Values);
        }

        return flops;
    }

    private Func<int, int, int, double> Sparse(LoopInput input, View values, LoopSpace space, int rows, int columns)
    {
        var (pattern, isTransposed) = (input.Storage!.Pattern!, input.Kind == LoopInputKind.SparseTransposed);
        Require(space.Pattern is null, $"operand {pattern} of the loop over {space} is read at all points");
        Require(_point.Shape(pattern) == (isTransposed ? (columns, rows) : (rows, columns)), $"operand {pattern} does not fit the loop over {space}");
        var places = _point.Entries(pattern).Select((place, entry) => (place, entry)).ToDictionary(e => e.place, e => values.Values[e.entry]);
        return (i, j, _) => places.GetValueOrDefault(isTransposed ? (j, i) : (i, j));
    }

    private Func<int, int, int, double> ProductOfData(LoopInput input, View values, View dense, LoopSpace space, int rows, int columns)
    {
        var pattern = input.Storage!.Pattern!;
        var isSparseLeft = input.Kind == LoopInputKind.SparseTimesDense;
        var fits = isSparseLeft ? _point.Shape(pattern) == (rows, dense.Rows) && dense.Columns == columns : _point.Shape(pattern) == (dense.Columns, columns) && dense.Rows == rows;
        Require(space.Pattern is null && fits, $"the product of {pattern} and {input.Right!.Name} does not fit the loop over {space}");
        var places = _point.Entries(pattern).Select((place, entry) => (place, Value: values.Values[entry])).ToList();
        return (i, j, _) => isSparseLeft
            ? places.Where(p => p.place.Row == i).Sum(p => p.Value * dense[p.place.Column, j])
            : places.Where(p => p.place.Column == j).Sum(p => dense[i, p.place.Row] * p.Value);
    }

    private Func<int, int, int, double> Operand(LoopInput input, LoopSpace space, int rows, int columns, int points, PlanMemory memory)
    {
        if (input.Kind == LoopInputKind.Scalar)
        {
            var number = memory.Number(input.Scalar!);
            return (_, _, _) => number;
        }

        var left = new View(memory, input.Storage!);
        var what = $"operand {input.Kind} {input.Storage!.Name} of the loop over {space}";
        Require(!space.IsDouble || input.Storage.IsDouble, $"{what} is not double");
        if (input.Kind is LoopInputKind.Sparse or LoopInputKind.SparseTransposed)
        {
            return Sparse(input, left, space, rows, columns);
        }

        if (input.Kind is LoopInputKind.SparseTimesDense or LoopInputKind.DenseTimesSparse)
        {
            return ProductOfData(input, left, new View(memory, input.Right!), space, rows, columns);
        }

        Require(input.Kind == LoopInputKind.Entry || input.Storage.Pattern is null, $"{what} lies on a pattern");
        switch (input.Kind)
        {
            case LoopInputKind.Row:
                Require(left.Values.Length == rows, $"{what} is {left.Rows}×{left.Columns}");
                return (i, _, _) => left.Values[i];
            case LoopInputKind.Column:
                Require(left.Values.Length == columns, $"{what} is {left.Rows}×{left.Columns}");
                return (_, j, _) => left.Values[j];
            case LoopInputKind.Entry:
                Require(left.Values.Length == points && input.Storage.Pattern == space.Pattern, $"{what} is {left.Rows}×{left.Columns} on {input.Storage.Pattern}");
                return (_, _, entry) => left.Values[entry];
            default:
                var right = new View(memory, input.Right!);
                Require(space.IsDouble == input.Storage.IsDouble && space.IsDouble == input.Right!.IsDouble, $"{what} · {input.Right!.Name} mixes float and double");
                Require(left.Rows == rows && right.Rows == columns && left.Columns == right.Columns, $"{what} · {input.Right.Name} does not fit");
                return (i, j, _) => Sum(left.Columns, k => left[i, k] * right[j, k]);
        }
    }

    /// <summary>What is done with one result of a loop's function.</summary>
    private sealed class Output
    {
        private readonly LoopOutputKind _kind;
        private readonly View? _with;

        public Output(LoopOutput output, LoopSpace space, int rows, int columns, int points, PlanMemory memory)
        {
            (_kind, Slot, Into) = (output.Kind, output.Slot, output.Into);
            _with = output.With is null ? null : new View(memory, output.With);
            var what = $"result {output.Kind} {Into.Name} of the loop over {space}";
            Require(space.IsDouble == Into.IsDouble && (output.With is null || output.With.IsDouble == space.IsDouble), $"{what} mixes float and double");
            Require(_kind == LoopOutputKind.Store ? Into.Pattern == space.Pattern : Into.Pattern is null, $"{what} is on {Into.Pattern}");
            Require((_kind is LoopOutputKind.RowProduct or LoopOutputKind.ColumnProduct) == (_with is not null), $"{what} has nothing to multiply with");
            Require(_with is null || _with.Rows == (_kind == LoopOutputKind.RowProduct ? columns : rows), $"{what}: {output.With?.Name} has the wrong number of rows");
            Values = new double[_kind switch
            {
                LoopOutputKind.Store => points,
                LoopOutputKind.RowSums => rows,
                LoopOutputKind.ColumnSums => columns,
                LoopOutputKind.RowProduct => rows * _with!.Columns,
                _ => columns * _with!.Columns,
            }];
        }

        public int Slot { get; }

        public Storage Into { get; }

        public double[] Values { get; }

        /// <summary>Takes the function's result at a point; the operations that it took.</summary>
        public double Add(double g, int i, int j, int entry)
        {
            switch (_kind)
            {
                case LoopOutputKind.Store:
                    Values[entry] = g;
                    return 0;
                case LoopOutputKind.RowSums:
                    Values[i] += g;
                    return 1;
                case LoopOutputKind.ColumnSums:
                    Values[j] += g;
                    return 1;
                default:
                    var (to, from) = _kind == LoopOutputKind.RowProduct ? (i, j) : (j, i);
                    for (var k = 0; k < _with!.Columns; k++)
                    {
                        Values[(to * _with.Columns) + k] += g * _with[from, k];
                    }

                    return 2.0 * _with.Columns;
            }
        }
    }
}
