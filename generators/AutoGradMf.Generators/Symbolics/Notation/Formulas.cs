using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Model;

namespace AutoGradMf.Generators.Symbolics.Notation;

/// <summary>
/// What functions mean that losses are rewritten to because they compute better: log(1 + w x²) where code calls Log1pSquare(x, w). To be read only.
/// </summary>
internal sealed class Formulas
{
    private static readonly ElementwiseFunction Log = Known("Log");
    private static readonly ElementwiseFunction Exp = Known("Exp");
    private static readonly ElementwiseFunction Sqrt = Known("Sqrt");

    private readonly Dictionary<Expression, bool> _hasFormula = new(SameExpression.Instance);
    private readonly Rewriting _writeOut = new(e => e is Apply apply && Of(apply) is { } formula ? formula : e);

    /// <summary>The expression with formulas in place of such functions.</summary>
    public Expression WrittenOut(Expression expression) => HasFormula(expression) ? _writeOut.Apply(expression) : expression;

    private bool HasFormula(Expression expression)
    {
        if (expression.Operands.Length == 0)
        {
            return false;
        }

        if (!_hasFormula.TryGetValue(expression, out var has))
        {
            _hasFormula[expression] = has = (expression is Apply apply && Of(apply) is not null) || Array.Exists(expression.Operands, HasFormula);
        }

        return has;
    }

    private static Expression? Of(Apply apply) => apply.Function.DeclaringType != ElementwiseFunction.Library ? null
        : (apply.Function.Name, apply.Operands) switch
        {
            ("Reciprocal" or nameof(ElementwiseFunction.ReciprocalOrZero), [var x]) => Over(Build.One, x),
            ("RootOrZero", [var x]) => Root(x),
            ("Hypot", [var x, var y]) => Length(x, y),
            ("OverHypot", [var x, var y]) => Over(x, Length(x, y)),
            ("SmoothAbs", [var x, var rest]) => Root(Build.Add(Squared(x), rest)),
            ("SmoothSign", [var x, var rest]) => Over(x, Root(Build.Add(Squared(x), rest))),
            ("WeightedSmoothAbs", [var x, var weight, var rest]) => Root(Weighted(x, weight, rest)),
            ("WeightedSmoothSign", [var x, var weight, var rest]) => Over(x, Root(Weighted(x, weight, rest))),
            ("GemanMcClure", [var x, var scale]) => Over(Squared(x), Build.Add(Squared(x), scale)),
            ("Log1p", [var x]) => Build.Apply(Log, [Build.Add(Build.One, x)]),
            ("Expm1", [var x]) => Build.Add(Build.Apply(Exp, [x]), Build.Number(-1)),
            ("Log1pSquare", [var x, var weight]) => Build.Apply(Log, [Weighted(x, weight, Build.One)]),
            ("OverOnePlusSquare", [var x, var weight]) => Over(Build.Multiply(weight, x), Weighted(x, weight, Build.One)),
            ("LogGumbel", [var x]) => Build.Apply(Log, [Build.Add(Build.One, Build.Negate(Build.Apply(Exp, [Build.Negate(Build.Apply(Exp, [x]))])))]),
            ("LogSoftplus", [var x]) => Build.Apply(Log, [Build.Apply(Known("Softplus"), [x])]),
            ("WeightedSoftplus", [var x, var weight]) => Build.Apply(Log, [Build.Add(Build.One, Exponential(x, weight))]),
            ("WeightedSigmoid", [var x, var weight]) => Over(Exponential(x, weight), Build.Add(Build.One, Exponential(x, weight))),
            _ => null,
        };

    private static Expression Root(Expression radicand) => Build.Apply(Sqrt, [radicand]);

    /// <summary>The root of two squares, a number first: in the order in which the loss has it, whichever of the two it is differentiated in.</summary>
    private static Expression Length(Expression x, Expression y) =>
        Root(y is Constant ? Build.Add(Squared(y), Squared(x)) : Build.Add(Squared(x), Squared(y)));

    /// <summary>The square, of a root what that is the root of.</summary>
    private static Expression Squared(Expression x) =>
        x is Apply { Function.Name: "Sqrt", Function.DeclaringType: ElementwiseFunction.Library, Operands: [var radicand] }
            ? radicand : Build.Power(x, 2);

    private static Expression Weighted(Expression x, Expression weight, Expression rest) => Build.Add(rest, Build.Multiply(weight, Squared(x)));

    private static Expression Exponential(Expression x, Expression weight) => Build.Multiply(weight, Build.Apply(Exp, [x]));

    private static Expression Over(Expression numerator, Expression denominator) => Build.Multiply(numerator, new Power(denominator, -1));

    private static ElementwiseFunction Known(string name) => new(name, ElementwiseFunction.Library, (_, _) => null);
}
