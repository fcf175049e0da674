using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Model;

namespace AutoGradMf.Generators.Symbolics.Translation.Language;

/// <summary><c>FillMissing(R, f)</c> is by definition <c>Observed(R) % (R − f) + f</c>; no later stage knows of it.</summary>
internal sealed class FillMissing : LanguageFunction
{
    public override Shape Infer(CallNode call, IReadOnlyList<Shape> arguments, ShapeInference inference)
    {
        var (left, right) = ((call.Arguments[0], arguments[0]), (call.Arguments[1], arguments[1]));
        inference.Unify(call, "rows differ", arguments[0].Rows, arguments[1].Rows, left, right);
        inference.Unify(call, "columns differ", arguments[0].Columns, arguments[1].Columns, left, right);
        return arguments[0];
    }

    public override Indexed Translate(CallNode call, IReadOnlyList<Indexed> arguments, Translator translator)
    {
        var ratings = arguments[0].Value;
        var observed = Observed.Pattern(ratings) ?? throw new LossException(new Problem(RuleNames.UnsupportedConstruct, call.Node, new(
            [LossText.Brief(call), "which entries this matrix stores is not seen here; give FillMissing one that is a parameter of the loss"])));
        var fill = arguments[1].AlignedTo(arguments[0]).Value;
        var difference = Build.Multiply(observed, Build.Add(ratings, Build.Negate(fill)));
        return arguments[0] with { Value = Build.Add(difference, fill) };
    }
}
