using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Model;

namespace AutoGradMf.Generators.Symbolics.Translation.Language;

/// <summary>The 0/1 pattern of a sparse matrix.</summary>
internal sealed class Observed : LanguageFunction
{
    public override Shape Infer(CallNode call, IReadOnlyList<Shape> arguments, ShapeInference inference) => arguments[0];

    public override Indexed Translate(CallNode call, IReadOnlyList<Indexed> arguments, Translator translator) => arguments[0] with
    {
        Value = Pattern(arguments[0].Value) ?? throw new LossException(new Problem(RuleNames.UnsupportedConstruct, call.Node, new(
            [LossText.Brief(call), "which entries this matrix stores is not seen here; give Observed one that is a parameter of the loss"]))),
    };

    /// <summary>One where a sparse expression stores an entry: of a sum, where either operand does; null if that is not known.</summary>
    public static Expression? Pattern(Expression sparse)
    {
        if (sparse.Support is { } support)
        {
            return Build.Multiply(support.Indicators(sparse));
        }

        var operands = sparse is Addition sum ? sum.Operands.Select(Pattern).ToList() : [];
        return operands.Count == 0 || operands.Contains(null) ? null
            : operands.Aggregate((a, b) => Build.Add(a!, b!, Build.Negate(Build.Multiply(a!, b!))));
    }

    /// <summary>One where the sparse matrix has an entry.</summary>
    public static Leaf Indicator(Leaf sparse) => new(
        sparse.Tensor with { Name = $"Observed({sparse.Tensor.Pattern})", IsIndicator = true, Source = null }, sparse.Indices);
}
