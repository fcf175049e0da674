using AutoGradMf.Generators.Symbolics.Expressions;
using Index = AutoGradMf.Generators.Symbolics.Expressions.Index;

namespace AutoGradMf.Generators.Symbolics.Lowering;

/// <summary>How an operand of a loop is addressed: the kinds of the library's Operand.</summary>
internal enum LoopInputKind
{
    Scalar,
    Row,
    Column,
    Entry,
    Dot,
    Sparse,
    SparseTransposed,
    SparseTimesDense,
    DenseTimesSparse,
}

/// <summary>An operand of a loop, and the name that the loop's function has for it.</summary>
internal sealed record LoopInput(string Name, LoopInputKind Kind, Storage? Storage, Storage? Right, Expression? Scalar)
{
    /// <summary>Equal for operands that are the same.</summary>
    public string Key => $"{Kind} {Storage?.Key} {Right?.Key} {Scalar?.Key}";
}

/// <summary>What is done with a result of a loop's function: the kinds of the library's LoopResult.</summary>
internal enum LoopOutputKind
{
    Store,
    RowSums,
    ColumnSums,
    RowProduct,
    ColumnProduct,
    RowMax,
    RowMin,
    RowArgMax,
    RowArgMin,
}

/// <summary>Where result number <paramref name="Slot"/> of a loop's function goes.</summary>
internal sealed record LoopOutput(int Slot, LoopOutputKind Kind, Storage Into, Storage? With);

/// <summary>The points that a loop visits: rows × columns, or of those the entries of a pattern.</summary>
/// <param name="Rows">The number of rows; null for one.</param>
/// <param name="Columns">The number of columns; null for one.</param>
/// <param name="Pattern">The pattern whose entries are visited; null for all points.</param>
/// <param name="IsDouble">Whether it computes in double also for float factors.</param>
internal sealed record LoopSpace(Dimension? Rows, Dimension? Columns, string? Pattern, bool IsDouble);

/// <summary>
/// A fused loop over the points of a space: one function of the point's operands, whose results are summed, stored or multiplied.
/// Everything that the plan needs at those points, at one level, is computed in one pass.
/// </summary>
internal sealed class LoopStep(int level, LoopSpace space, Index row, Index column) : Step(level)
{
    public LoopSpace Space { get; } = space;

    public Index Row { get; } = row;

    public Index Column { get; } = column;

    /// <summary>The name of the function.</summary>
    public string FunctionName { get; set; } = "";

    public List<LoopInput> Inputs { get; } = [];

    /// <summary>What lowered expressions are over its inputs: parts that several results have in common are one.</summary>
    public Dictionary<Expression, Expression> Relabelled { get; } = new(SameExpression.Instance);

    /// <summary>The sums: the name of each, and its term.</summary>
    public List<(string Name, Expression Term)> Sums { get; } = [];

    /// <summary>The distinct results of the function, after the sums.</summary>
    public List<Expression> Slots { get; } = [];

    public List<LoopOutput> Outputs { get; } = [];

    public override IEnumerable<Expression> Numbers => Inputs.Select(i => i.Scalar).OfType<Expression>();

    /// <summary>A number that has a name is called so in the function, too.</summary>
    public override Step WithNumbers(Func<Expression, Expression> number) => With(number);

    /// <inheritdoc cref="WithNumbers"/>
    public LoopStep With(Func<Expression, Expression> number)
    {
        var renamed = new Dictionary<string, string>(StringComparer.Ordinal);
        var other = new LoopStep(Level, Space, Row, Column) { FunctionName = FunctionName };
        other.Inputs.AddRange(Inputs);
        for (var place = 0; place < Inputs.Count; place++)
        {
            if (Inputs[place] is { Scalar: { } scalar } input)
            {
                var given = number(scalar);
                renamed[input.Name] = NameOf(given) is { } name && !other.Inputs.Exists(i => i.Name == name) ? name : input.Name;
                other.Inputs[place] = input with { Scalar = given, Name = renamed[input.Name] };
            }
        }

        other.Sums.AddRange(Sums.Select(sum => (sum.Name, other.With(sum.Term, renamed))));
        other.Slots.AddRange(Slots.Select(slot => other.With(slot, renamed)));
        other.Outputs.AddRange(Outputs);
        return other;
    }

    private static string? NameOf(Expression number) => number is Leaf { Tensor: { Role: TensorRole.Computed, Name: var name } } ? name : null;

    private Expression With(Expression result, Dictionary<string, string> renamed) => renamed.All(r => r.Key == r.Value) ? result : result.Relabel(
        leaf => renamed.TryGetValue(leaf.Tensor.Name, out var name) && name != leaf.Tensor.Name ? new Leaf(leaf.Tensor with { Name = name }, []) : leaf,
        Relabelled);
}
