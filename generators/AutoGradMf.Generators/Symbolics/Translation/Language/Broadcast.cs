using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Model;

namespace AutoGradMf.Generators.Symbolics.Translation.Language;

/// <summary>An elementwise operation: rows meet rows, columns meet columns, and what lacks either is broadcast over it.</summary>
internal class Broadcast(Func<IEnumerable<Expression>, Expression> build) : LanguageFunction
{
    public override Shape Infer(CallNode call, IReadOnlyList<Shape> arguments, ShapeInference inference)
    {
        var (rows, columns) = (true, true);
        for (var a = 1; a < arguments.Count; a++)
        {
            var (left, right) = ((call.Arguments[0], arguments[0]), (call.Arguments[a], arguments[a]));
            rows &= inference.Unify(call, "rows differ", arguments[0].Rows, arguments[a].Rows, left, right);
            columns &= inference.Unify(call, "columns differ", arguments[0].Columns, arguments[a].Columns, left, right);
        }

        return new(
            rows ? arguments.Select(a => a.Rows).FirstOrDefault(s => s is not null) : new(SizeKind.Unknown),
            columns ? arguments.Select(a => a.Columns).FirstOrDefault(s => s is not null) : new(SizeKind.Unknown));
    }

    public override bool IsElementwise(CallNode call) => true;

    public override Indexed Translate(CallNode call, IReadOnlyList<Indexed> arguments, Translator translator) =>
        Combine(arguments, build);

    /// <summary>Aligns the operands and combines them.</summary>
    public static Indexed Combine(IReadOnlyList<Indexed> arguments, Func<IEnumerable<Expression>, Expression> combine)
    {
        // The longest keeps its indices: a chain of operations is renamed at none of them.
        var longest = arguments.OrderByDescending(a => a.Value.Length).ToList();
        var frame = new Indexed(
            Build.Zero,
            longest.Select(a => a.Row).FirstOrDefault(r => r is not null),
            longest.Select(a => a.Column).FirstOrDefault(c => c is not null));
        return frame with { Value = combine(arguments.Select(a => a.AlignedTo(frame).Value)) };
    }
}
