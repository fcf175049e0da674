using AutoGradMf.Generators.Symbolics.Expressions;

namespace AutoGradMf.Generators.Symbolics.Analysis;

/// <summary>
/// Keeps the derivative of a function under a name, so that the bound of it that the function declares is found: of σ(x) σ(−x) the
/// parts alone would say 1, and not ¼.
/// </summary>
internal static class BoundedSlope
{
    private const string Mark = "'";

    /// <summary>A function that declares bounds of derivatives, as one whose derivatives are functions with these bounds.</summary>
    public static Expression Name(Expression expression) => expression is Apply { Function: { Bound: { } bound, HasBound: { } hasBound } function } apply
        ? new Apply(
            function with
            {
                Partial = (p, arguments) => !hasBound(p + 1)
                    ? function.Partial(p, arguments)
                    : new Apply(
                        new($"{function.Name}{Mark}{p}", function.DeclaringType, (_, _) => null, Bound: (_, a) => bound(p + 1, a)) { Meaning = a => function.Partial(p, a) },
                        arguments),
            },
            apply.Operands)
        : expression;

    /// <summary>For people: a derivative that stands in the way as the argument's function.</summary>
    public static Expression Unnamed(Expression expression) => expression is Apply { Function: var function } apply && function.Name.Contains(Mark)
        ? new Apply(function with { Name = function.Name[..function.Name.IndexOf(Mark, StringComparison.Ordinal)] }, apply.Operands)
        : expression;
}
