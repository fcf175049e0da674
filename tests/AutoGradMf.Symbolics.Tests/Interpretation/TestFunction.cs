using AutoGradMf.Generators.Symbolics.Model;

namespace AutoGradMf.Symbolics.Tests.Interpretation;

/// <summary>An elementwise function of one argument as the pipeline knows it, by rules, and as the interpreters do, by code.</summary>
internal sealed record TestFunction(
    FunctionModel Model, Func<double, double> Value, Func<double, double> First, Func<double, double> Second)
{
    private static PlaceholderNode X { get; } = new(0, 0);

    private static PlaceholderNode Y { get; } = new(0, 1);

    public static IReadOnlyDictionary<string, TestFunction> All { get; } = new[]
    {
        Define("Exp", Call("Exp", X), Math.Exp, Math.Exp, Math.Exp, "+"),
        Define("Tanh", Times(Times(new NumberNode(0, 4), SigmoidOf(2)), SigmoidOf(-2)), Math.Tanh, x => 4 * Sigmoid(2 * x) * Sigmoid(-2 * x),
            x => -8 * Math.Tanh(x) * Sigmoid(2 * x) * Sigmoid(-2 * x), "x"),
        Define("Sigmoid", Times(SigmoidOf(1), SigmoidOf(-1)), Sigmoid, x => Sigmoid(x) * Sigmoid(-x), x => Sigmoid(x) * Sigmoid(-x) * (1 - (2 * Sigmoid(x))), "+"),
        Define("Softplus", SigmoidOf(1), x => Math.Log(1 + Math.Exp(x)), Sigmoid, x => Sigmoid(x) * Sigmoid(-x), "+"),
        Define("LogSoftplus", Call("Exp", Plus(Call("LogSigmoid", X), Negative(Call("LogSoftplus", X)))), LogSoftplus, SlopeOfLogSoftplus,
            x => SlopeOfLogSoftplus(x) * (Sigmoid(-x) - SlopeOfLogSoftplus(x))),
        Define("LogGumbel", Call("Exp", Plus(Plus(X, Negative(Call("Exp", X))), Negative(Call("LogGumbel", X)))), LogGumbel, SlopeOfLogGumbel,
            x => SlopeOfLogGumbel(x) * (1 - Math.Exp(x) - SlopeOfLogGumbel(x)), "-"),
        Define("Log1p", Call("Reciprocal", Plus(X, new NumberNode(0, 1))), x => Math.Log(1 + x), x => 1 / (1 + x), x => -1 / ((1 + x) * (1 + x)), "x"),
        Define("LogSigmoid", SigmoidOf(-1), x => -Math.Log(1 + Math.Exp(-x)), x => Sigmoid(-x), x => -Sigmoid(x) * Sigmoid(-x), "-"),
        Define("Cbrt", Times(new NumberNode(0, 1.0 / 3), Call("Square", Call("Reciprocal", Call("Cbrt", X)))), Math.Cbrt, x => 1 / (3 * Math.Pow(Math.Cbrt(x), 2)), x => -2 / (9 * Math.Pow(Math.Cbrt(x), 5))),
        Define("Log", Call("Reciprocal", X), Math.Log, x => 1 / x, x => -1 / (x * x)),
        Define("Sqrt", Times(new NumberNode(0, 0.5), Call("Reciprocal", Call("Sqrt", X))), Math.Sqrt, x => 0.5 / Math.Sqrt(x), x => -0.25 / (x * Math.Sqrt(x)), "+"),
        Define("Expm1", Call("Exp", X), x => Math.Exp(x) - 1, Math.Exp, Math.Exp, "x"),
        Define("Cosh", Call("Sinh", X), Math.Cosh, Math.Sinh, Math.Cosh, "+"),
        Define("Sinh", Call("Cosh", X), Math.Sinh, Math.Cosh, Math.Sinh, "x"),
        Define("LogCosh", Call("Tanh", X), x => Math.Log(Math.Cosh(x)), Math.Tanh, x => 1 - (Math.Tanh(x) * Math.Tanh(x)), "+"),
        Define("Asinh", Call("Reciprocal", Call("Hypot", new NumberNode(0, 1), X)), Math.Asinh, x => 1 / Math.Sqrt(1 + (x * x)), x => -x / Math.Pow(1 + (x * x), 1.5)),
        Define("Acosh", Call("Reciprocal", Times(Call("Sqrt", Plus(X, new NumberNode(0, -1))), Call("Sqrt", Plus(X, new NumberNode(0, 1))))), Math.Acosh, x => 1 / Math.Sqrt((x * x) - 1), x => -x / Math.Pow((x * x) - 1, 1.5)),
        Define("Abs", Call("Sign", X), Math.Abs, x => Math.Sign(x), _ => 0, "+"),
        Define("Relu", new NumberNode(0, 1), x => Math.Max(x, 0), _ => 1, _ => 0, "+"),
        Define("Sign", new NumberNode(0, 0), x => Math.Sign(x), _ => 0, _ => 0, "x"),
    }.ToDictionary(f => f.Model.Name, StringComparer.Ordinal);

    private static PlaceholderNode Z { get; } = new(0, 2);

    /// <summary>Functions of several numbers. Where the larger one stands, the gradient is stopped.</summary>
    public static IReadOnlyList<FunctionModel> OfSeveral { get; } =
    [
        Of("Max", null, null),
        Of("Hypot", Call("OverHypot", X, Y), Call("OverHypot", Y, X)),
        Of("OverHypot",
            Times(Call("Square", Call("OverHypot", Y, X)), Call("Reciprocal", Call("Hypot", X, Y))),
            Call(Operators.Negate, Times(Times(Call("OverHypot", X, Y), Call("OverHypot", Y, X)), Call("Reciprocal", Call("Hypot", X, Y))))),
        Of("SmoothAbs", Call("SmoothSign", X, Y), null),
        Of("SmoothSign", Times(Y, Times(Call("Reciprocal", Call("SmoothAbs", X, Y)), Call("Square", Call("Reciprocal", Call("SmoothAbs", X, Y))))), null),
        Of("WeightedSmoothAbs", Times(Y, Call("WeightedSmoothSign", X, Y, Z)), null, null),
        Of("WeightedSmoothSign",
            Times(Z, Times(Call("Reciprocal", Call("WeightedSmoothAbs", X, Y, Z)), Call("Square", Call("Reciprocal", Call("WeightedSmoothAbs", X, Y, Z))))), null, null),
        Of("GemanMcClure", Times(Times(new NumberNode(0, 2), Times(X, Y)), Call("Square", Call("Reciprocal", Plus(Call("Square", X), Y)))), null),
        Of("OverOnePlusSquare", Times(Times(Y, OverOnePlus), Plus(Times(new NumberNode(0, 2), OverOnePlus), new NumberNode(0, -1))), null)
            with { Signs = new([SignRule.Of("x", ["y >= 0"], ["x", "y"])!]) },
        Of("Log1pSquare", Times(Times(new NumberNode(0, 2), Times(X, Y)), Call("Reciprocal", Plus(new NumberNode(0, 1), Times(Y, Call("Square", X))))), null),
        Of("WeightedSoftplus", Call("WeightedSigmoid", X, Y), Call("Reciprocal", Plus(Y, Call("Exp", Call(Operators.Negate, X))))),
        Of("WeightedSigmoid", Times(Call("WeightedSigmoid", X, Y), Call("WeightedSigmoid", Call(Operators.Negate, X), Call("Reciprocal", Y))), null),
    ];

    /// <summary>One of those at some numbers.</summary>
    public static Number Apply(string function, params Number[] numbers) => (function, numbers) switch
    {
        ("WeightedSmoothAbs", [var x, var weight, var rest]) => Root((weight * x * x) + rest),
        ("WeightedSmoothSign", [var x, var weight, var rest]) => x * Root((weight * x * x) + rest).Power(-1),
        (_, [var x, var y]) => OfTwo(function, x, y),
        _ => throw new ArgumentException($"{function} is no function of {numbers.Length} numbers."),
    };

    private static Number OfTwo(string function, Number x, Number y) => function switch
    {
        "Max" => x.Value < y.Value ? y : x,
        "Hypot" => Length(x, y),
        "OverHypot" => x * Length(x, y).Power(-1),
        "SmoothAbs" => Root((x * x) + y),
        "SmoothSign" => x * Root((x * x) + y).Power(-1),
        "GemanMcClure" => x * x * ((x * x) + y).Power(-1),
        "OverOnePlusSquare" => y * x * (Number.Of(1) + (y * x * x)).Power(-1),
        "Log1pSquare" => Log(Number.Of(1) + (y * x * x)),
        "WeightedSoftplus" => Log(Number.Of(1) + (y * Exp(x))),
        "WeightedSigmoid" => y * Exp(x) * (Number.Of(1) + (y * Exp(x))).Power(-1),
        _ => throw new ArgumentException($"{function} is no function of two numbers."),
    };

    private static Number Length(Number x, Number y) => Root((x * x) + (y * y));

    private static Number Root(Number x) => x.Map(Math.Sqrt, v => 0.5 / Math.Sqrt(v), v => -0.25 / (v * Math.Sqrt(v)));

    private static Number Log(Number x) => x.Map(Math.Log, v => 1 / v, v => -1 / (v * v));

    private static Number Exp(Number x) => x.Map(Math.Exp, Math.Exp, Math.Exp);

    private static FunctionModel Of(string name, params LossNode?[] partials) => new(name, "AutoGradMf.LossMath", new(partials));

    public Number Apply(Number x) => (x.IsStored ? x : Number.Of(0)).Map(Value, First, Second);

    private static TestFunction Define(
        string name, LossNode partial, Func<double, double> value, Func<double, double> first, Func<double, double> second, string? sign = null) =>
        new(new(name, "AutoGradMf.LossMath", new(new LossNode?[] { partial }), new(SignsOf(sign))), value, first, second);

    private static IEnumerable<SignRule> SignsOf(string? sign) => sign is null ? [] : [SignRule.Of(sign, [], ["x"])!];

    private static CallNode Call(string function, params LossNode[] arguments) => new(0, TensorKind.Scalar, function, new(arguments));

    private static CallNode Times(LossNode left, LossNode right) => Call(Operators.Multiply, left, right);

    private static CallNode Plus(LossNode left, LossNode right) => Call(Operators.Add, left, right);

    /// <summary>1 / (1 + y x²).</summary>
    private static CallNode OverOnePlus => Call("Reciprocal", Plus(new NumberNode(0, 1), Times(Y, Call("Square", X))));

    private static CallNode SigmoidOf(double factor) => Call("Sigmoid", Times(new NumberNode(0, factor), X));

    private static CallNode Negative(LossNode operand) => Call(Operators.Negate, operand);

    private static double LogSoftplus(double x) => Math.Log(Math.Log(1 + Math.Exp(x)));

    private static double SlopeOfLogSoftplus(double x) => Sigmoid(x) / Math.Log(1 + Math.Exp(x));

    private static double LogGumbel(double x) => Math.Log(1 - Math.Exp(-Math.Exp(x)));

    private static double SlopeOfLogGumbel(double x) => Math.Exp(x - Math.Exp(x)) / (1 - Math.Exp(-Math.Exp(x)));

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
}
