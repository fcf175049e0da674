using AutoGradMf.Generators.Symbolics.Expressions;

namespace AutoGradMf.Generators.Symbolics.Analysis.Reals;

/// <summary>
/// Functions of the library as what they are of real numbers, in those that <see cref="RealFunctions"/> has: overflow is no matter here.
/// </summary>
internal static class RealDefinitions
{
    private static readonly Dictionary<string, Func<Expression[], Expression>> Table = new(StringComparer.Ordinal)
    {
        ["Square"] = x => Build.Power(x[0], 2),
        ["Reciprocal"] = x => Build.Power(x[0], -1),
        ["RootOrZero"] = x => Sqrt(Call("Relu", x[0])),
        ["Log2"] = x => Build.Scaled(1 / Math.Log(2), Call("Log", x[0])),
        ["Log10"] = x => Build.Scaled(1 / Math.Log(10), Call("Log", x[0])),
        ["LogSoftplus"] = x => Call("Log", Call("Softplus", x[0])),
        ["Clamp"] = x => Clamp(x[0], x[1], x[2]),
        ["Hypot"] = x => Hypot(x[0], x[1]),
        ["OverHypot"] = x => Build.Divide(x[0], Hypot(x[0], x[1])),
        ["Huber"] = x => Huber(x[0], Clamp(x[0], Build.Negate(x[1]), x[1])),
        ["PseudoHuber"] = x => Build.Multiply(x[1], Build.Add(Hypot(x[0], x[1]), Build.Negate(x[1]))),
        ["GemanMcClure"] = x => Build.Divide(Build.Power(x[0], 2), Build.Add(Build.Power(x[0], 2), x[1])),
        ["Log1pSquare"] = x => Call("Log", Build.Add(Build.One, Build.Multiply(x[1], Build.Power(x[0], 2)))),
        ["OverOnePlusSquare"] = x =>
            Build.Divide(Build.Multiply(x[1], x[0]), Build.Add(Build.One, Build.Multiply(x[1], Build.Power(x[0], 2)))),
        ["SmoothAbs"] = x => Root(x[0], Build.One, x[1]),
        ["SmoothSign"] = x => Build.Divide(x[0], Root(x[0], Build.One, x[1])),
        ["WeightedSmoothAbs"] = x => Root(x[0], x[1], x[2]),
        ["WeightedSmoothSign"] = x => Build.Divide(x[0], Root(x[0], x[1], x[2])),
        ["WeightedSigmoid"] = x => Call("Sigmoid", Build.Add(x[0], Call("Log", x[1]))),
        ["WeightedSoftplus"] = x => Call("Softplus", Build.Add(x[0], Call("Log", x[1]))),
    };

    /// <summary>Where functions of real numbers are declared, which no rewriting of the library's knows.</summary>
    public const string Reals = "real numbers";

    /// <summary>Whether a function has one.</summary>
    public static bool Has(string function) => Table.ContainsKey(function);

    /// <summary>The function at the given arguments; null of one that is not made of others.</summary>
    public static Expression? Of(string function, Expression[] arguments) =>
        Table.TryGetValue(function, out var row) ? row(arguments) : null;

    /// <summary>A function of real numbers, as one step.</summary>
    public static Expression Call(string function, params Expression[] arguments) =>
        new Apply(new(function, Reals, (_, _) => null), arguments);

    private static Expression Sqrt(Expression x) => Call("Sqrt", x);

    private static Expression Hypot(Expression x, Expression y) => Sqrt(Build.Add(Build.Power(x, 2), Build.Power(y, 2)));

    private static Expression Root(Expression x, Expression weight, Expression rest) =>
        Sqrt(Build.Add(Build.Multiply(weight, Build.Power(x, 2)), rest));

    private static Expression Clamp(Expression x, Expression low, Expression high) => Call("Min", Call("Max", x, low), high);

    private static Expression Huber(Expression x, Expression force) => Build.Multiply(force, Build.Add(x, Build.Scaled(-0.5, force)));
}
