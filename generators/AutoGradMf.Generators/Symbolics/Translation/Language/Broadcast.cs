using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Model;
using Index = AutoGradMf.Generators.Symbolics.Expressions.Index;

namespace AutoGradMf.Generators.Symbolics.Translation.Language;

/// <summary>An elementwise operation: rows meet rows, columns meet columns, and what lacks either is broadcast over it.</summary>
internal class Broadcast(Func<CallNode, IReadOnlyList<Expression>, Translator, Expression> build) : LanguageFunction
{
    /// <summary>An operation that is made of its operands alone.</summary>
    public Broadcast(Func<IReadOnlyList<Expression>, Expression> build)
        : this((_, operands, _) => build(operands))
    {
    }

    public override Shape Infer(CallNode call, IReadOnlyList<Shape> arguments, ShapeInference inference)
    {
        // Numbers before it have no sizes: those of a selection's outcomes meet each other, not those of its condition.
        bool Unify(string operation, Func<Shape, Size?> side)
        {
            var sized = call.Arguments.Zip(arguments, (syntax, shape) => (Syntax: syntax, Shape: shape)).Where(a => side(a.Shape) is not null).ToList();
            return sized.Skip(1).Aggregate(true, (all, a) => inference.Unify(call, operation, side(sized[0].Shape), side(a.Shape), sized[0], a) && all);
        }

        var (rows, columns) = (Unify("rows differ", s => s.Rows), Unify("columns differ", s => s.Columns));
        return new(
            rows ? arguments.Select(a => a.Rows).FirstOrDefault(s => s is not null) : new(SizeKind.Unknown),
            columns ? arguments.Select(a => a.Columns).FirstOrDefault(s => s is not null) : new(SizeKind.Unknown));
    }

    public override bool IsElementwise(CallNode call) => true;

    public override Indexed Translate(CallNode call, IReadOnlyList<Indexed> arguments, Translator translator) =>
        Combine(arguments, operands => build(call, operands, translator));

    /// <summary>Aligns the operands and combines them.</summary>
    public static Indexed Combine(IReadOnlyList<Indexed> arguments, Func<IReadOnlyList<Expression>, Expression> combine)
    {
        // The longest keeps its indices: a chain of operations is renamed at none of them.
        var frame = new Indexed(Build.Zero, Longest(arguments, a => a.Row)?.Row, Longest(arguments, a => a.Column)?.Column);
        var aligned = new Expression[arguments.Count];
        for (var a = 0; a < aligned.Length; a++)
        {
            aligned[a] = arguments[a].AlignedTo(frame).Value;
        }

        return frame with { Value = combine(aligned) };
    }

    /// <summary>The longest of those that have an index; null if none does.</summary>
    private static Indexed? Longest(IReadOnlyList<Indexed> arguments, Func<Indexed, Index?> index)
    {
        var longest = default(Indexed);
        for (var a = 0; a < arguments.Count; a++)
        {
            if (index(arguments[a]) is not null && (longest is null || arguments[a].Value.Length > longest.Value.Length))
            {
                longest = arguments[a];
            }
        }

        return longest;
    }
}
