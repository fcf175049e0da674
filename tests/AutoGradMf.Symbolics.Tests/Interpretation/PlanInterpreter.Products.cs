using AutoGradMf.Generators.Symbolics.Lowering;
using static AutoGradMf.Symbolics.Tests.Interpretation.InvalidPlanException;

namespace AutoGradMf.Symbolics.Tests.Interpretation;

/// <summary>Kernel calls.</summary>
internal sealed partial class PlanInterpreter
{
    private double Run(ProductStep step, PlanMemory memory)
    {
        RequireTypes(step);
        var left = new View(memory, step.Left);
        if (step.Kernel is ProductKernel.SparseMultiply or ProductKernel.SparseMultiplyTransposed)
        {
            return RunSparse(step, left.Values, memory);
        }

        Require(step.Left.Pattern is null && step.Right?.Pattern is null && step.Into?.Pattern is null, $"{step.Kernel} of an array on a pattern");
        var right = step.Right is null ? left : new View(memory, step.Right);
        Func<int, int, double> product = step.Kernel switch
        {
            ProductKernel.Gram => (k, l) => Sum(Same(left.Rows, right.Rows), i => left[i, k] * right[i, l]),
            ProductKernel.Multiply => (i, l) => Sum(Same(left.Columns, right.Rows), k => left[i, k] * right[k, l]),
            ProductKernel.MultiplyTransposed => (i, l) => Sum(Same(left.Columns, right.Columns), k => left[i, k] * right[l, k]),
            ProductKernel.RowDots => (i, _) => Sum(Same(left.Columns, right.Columns), k => left[i, k] * right[i, k]),
            ProductKernel.RowNorms => (i, _) => Math.Sqrt(Sum(left.Columns, k => left[i, k] * left[i, k])),
            ProductKernel.Norm => (_, _) => Math.Sqrt(left.Values.Sum(x => x * x)),
            ProductKernel.Max => (_, _) => left.Values.Max(),
            ProductKernel.ColumnSums => (k, _) => Sum(left.Rows, i => left[i, k]),
            ProductKernel.Transpose => (k, i) => left[i, k],
            ProductKernel.Widen => (i, k) => left[i, k],
            ProductKernel.Dot => (_, _) => Sum(Same(left.Rows, right.Rows), i => Sum(Same(left.Columns, right.Columns), k => left[i, k] * right[i, k])),
            ProductKernel.RootOfDot => (_, _) => Math.Sqrt(Math.Max(0, left.Values.Select((_, p) => p).Sum(p => left.Values[p] * right.Values[p]))),
            _ => (_, _) => left.Values.Sum(),
        };
        var (rows, columns) = step.Kernel switch
        {
            ProductKernel.Gram => (left.Columns, right.Columns),
            ProductKernel.Multiply => (left.Rows, right.Columns),
            ProductKernel.MultiplyTransposed => (left.Rows, right.Rows),
            ProductKernel.RowDots => (Same(left.Rows, right.Rows), 1),
            ProductKernel.RowNorms => (left.Rows, 1),
            ProductKernel.ColumnSums => (left.Columns, 1),
            ProductKernel.Transpose => (left.Columns, left.Rows),
            ProductKernel.Widen => (left.Rows, left.Columns),
            _ => (1, 1),
        };
        var result = Fill(rows, columns, product);
        if (step.Scalar is { } scalar)
        {
            memory.Define(scalar, result[0]);
        }
        else
        {
            var shape = memory.Shape(step.Into!);
            Require(shape == (rows, columns) || (Math.Min(rows, columns) == 1 && shape == (columns, rows)), $"{rows}×{columns} does not fit {step.Into!.Name}, {shape}");
            memory.Write(step.Into!, result);
        }

        return step.Kernel switch
        {
            ProductKernel.Gram => 2.0 * left.Rows * result.Length,
            ProductKernel.Multiply or ProductKernel.MultiplyTransposed => 2.0 * left.Columns * result.Length,
            ProductKernel.RowDots or ProductKernel.Dot or ProductKernel.RootOfDot or ProductKernel.RowNorms or ProductKernel.Norm => 2.0 * left.Values.Length,
            ProductKernel.ColumnSums or ProductKernel.Sum or ProductKernel.Max => left.Values.Length,
            _ => 0,
        };
    }

    private double RunSparse(ProductStep step, double[] values, PlanMemory memory)
    {
        var right = new View(memory, step.Right!);
        var (rows, columns) = (_sizes[step.Left.Dimensions[0].Name], _sizes[step.Left.Dimensions[1].Name]);
        var entries = _point.Entries(step.Left.Pattern!);
        var isTransposed = step.Kernel == ProductKernel.SparseMultiplyTransposed;
        Require(right.Rows == (isTransposed ? rows : columns), $"{step.Left.Name}, {rows}×{columns}, times {step.Right!.Name}, {right.Rows}×{right.Columns}");
        var into = new double[(isTransposed ? columns : rows) * right.Columns];
        for (var e = 0; e < entries.Count; e++)
        {
            var (to, from) = isTransposed ? (entries[e].Column, entries[e].Row) : entries[e];
            for (var k = 0; k < right.Columns; k++)
            {
                into[(to * right.Columns) + k] += values[e] * right[from, k];
            }
        }

        Require(memory.Shape(step.Into!) == (isTransposed ? columns : rows, right.Columns), $"the product does not fit {step.Into!.Name}");
        memory.Write(step.Into!, into);
        return 2.0 * entries.Count * right.Columns;
    }

    /// <summary>Float and double as the kernels' signatures have them.</summary>
    private static void RequireTypes(ProductStep step)
    {
        var (left, right, into) = (step.Left.IsDouble, step.Right?.IsDouble, step.Into?.IsDouble);
        var fits = step.Kernel switch
        {
            ProductKernel.Gram => left == right && into == true,
            ProductKernel.ColumnSums or ProductKernel.Widen => into == true,
            ProductKernel.Multiply or ProductKernel.MultiplyTransposed or ProductKernel.Transpose => left == into,
            ProductKernel.Dot or ProductKernel.RootOfDot => left == right,
            ProductKernel.Sum or ProductKernel.Norm or ProductKernel.Max => true,
            ProductKernel.RowNorms => left == into,
            _ => left == right && left == into,
        };
        Require(fits, $"{step.Kernel} of {step.Left.Name} and {step.Right?.Name} into {step.Into?.Name}: no such kernel (double: {left}, {right}, {into})");
    }

    private static int Same(int a, int b)
    {
        Require(a == b, $"inner sizes {a} and {b} differ");
        return a;
    }

    private static double Sum(int count, Func<int, double> term)
    {
        var sum = 0.0;
        for (var i = 0; i < count; i++)
        {
            sum += term(i);
        }

        return sum;
    }

    private static double[] Fill(int rows, int columns, Func<int, int, double> element)
    {
        var values = new double[rows * columns];
        for (var place = 0; place < values.Length; place++)
        {
            values[place] = element(place / columns, place % columns);
        }

        return values;
    }

    /// <summary>A storage as a matrix.</summary>
    private sealed class View(PlanMemory memory, Storage storage)
    {
        public double[] Values { get; } = memory.Read(storage);

        public int Rows { get; } = memory.Shape(storage).Rows;

        public int Columns { get; } = memory.Shape(storage).Columns;

        public double this[int i, int j] => Values[(i * Columns) + j];
    }
}
