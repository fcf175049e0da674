using AutoGradMf.Generators.Symbolics.Lowering;
using static AutoGradMf.Symbolics.Tests.Interpretation.InvalidPlanException;
using Index = AutoGradMf.Generators.Symbolics.Expressions.Index;

namespace AutoGradMf.Symbolics.Tests.Interpretation;

/// <summary>Third moments of rows, and products of small arrays.</summary>
internal sealed partial class PlanInterpreter
{
    private static double Run(MomentStep step, PlanMemory memory)
    {
        var isProduct = step.Kernel == MomentKernel.MultiplyMoments;
        Require(!step.Outer.IsDouble && !step.Left.IsDouble && step.Right.IsDouble == isProduct && step.Into.IsDouble != isProduct, $"{step.Kernel} into {step.Into.Name}: no such kernel");
        var (outer, left, right) = (new View(memory, step.Outer), new View(memory, step.Left), new View(memory, step.Right));
        var rows = Same(outer.Rows, left.Rows);
        var products = outer.Columns * left.Columns;
        double Product(int i, int place) => outer[i, place / left.Columns] * left[i, place % left.Columns];
        memory.Write(step.Into, isProduct
            ? Fill(rows, right.Columns, (i, l) => Sum(Same(products, right.Rows), place => Product(i, place) * right[place, l]))
            : Fill(products, right.Columns, (place, l) => Sum(Same(rows, right.Rows), i => Product(i, place) * right[i, l])));
        return rows * products * (1 + (2.0 * right.Columns));
    }

    private double Run(TensorStep step, PlanMemory memory)
    {
        var into = new double[step.Into.Indices.Aggregate(1, (count, index) => count * Size(index))];
        var flops = 0.0;
        foreach (var term in step.Terms)
        {
            Require(term.Operands.All(o => o.Storage.IsDouble), $"an operand of {step.Into.Storage.Name} is not in double");
            var indices = step.IndicesOf(term);
            var operands = term.Operands.Select(o => (Values: memory.Read(o.Storage), o.Indices)).ToList();
            var scale = memory.Number(term.Scale);
            var points = indices.Aggregate(1, (count, index) => count * Size(index));
            for (var point = 0; point < points; point++)
            {
                var places = new Dictionary<Index, int>();
                var rest = point;
                foreach (var index in indices)
                {
                    (rest, places[index]) = Math.DivRem(rest, Size(index));
                }

                int Place(IReadOnlyList<Index> of) => of.Aggregate(0, (place, index) => (place * Size(index)) + places[index]);
                into[Place(step.Into.Indices)] += operands.Aggregate(scale, (product, o) => product * o.Values[Place(o.Indices)]);
            }

            flops += points * (1.0 + operands.Count);
        }

        memory.Write(step.Into.Storage, into);
        return flops;
    }

    private int Size(Index index) => _sizes[index.Dimension.Name];
}
