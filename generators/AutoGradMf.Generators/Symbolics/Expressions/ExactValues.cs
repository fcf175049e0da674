namespace AutoGradMf.Generators.Symbolics.Expressions;

/// <summary>
/// Values of functions that are exact numbers, the same on every machine: they are constants in what is generated. Others, such as Log(2), are
/// left to the library, whose last digit the compiler's machine need not share.
/// </summary>
internal static class ExactValues
{
    private static readonly Dictionary<string, double> AtZero = new(StringComparer.Ordinal)
    {
        ["Asin"] = 0, ["Asinh"] = 0, ["Atan"] = 0, ["Atanh"] = 0, ["Cbrt"] = 0, ["Cos"] = 1, ["Cosh"] = 1, ["Exp"] = 1, ["Expm1"] = 0,
        ["Log1p"] = 0, ["LogCosh"] = 0, ["Relu"] = 0, ["Sigmoid"] = 0.5, ["Sign"] = 0, ["Sin"] = 0, ["Sinh"] = 0, ["Sqrt"] = 0, ["Tan"] = 0, ["Tanh"] = 0,
    };

    private static readonly Dictionary<string, double> AtOne = new(StringComparer.Ordinal)
    {
        ["Acos"] = 0, ["Acosh"] = 0, ["Cbrt"] = 1, ["Log"] = 0, ["Log10"] = 0, ["Log2"] = 0, ["Relu"] = 1, ["Sign"] = 1, ["Sqrt"] = 1,
    };

    /// <summary>What is zero wherever one argument is, whatever the other one is: w x² and w eˣ are zero where w is.</summary>
    private static readonly HashSet<(string Function, int Position)> Annihilated =
        [("Log1pSquare", 0), ("Log1pSquare", 1), ("OverHypot", 0), ("OverOnePlusSquare", 0), ("OverOnePlusSquare", 1), ("WeightedSigmoid", 1), ("WeightedSoftplus", 1)];

    /// <summary>Those of one argument: functions of the library, their arguments and values.</summary>
    public static IEnumerable<(string Function, double Argument, double Value)> All =>
        AtZero.Select(f => (f.Key, 0.0, f.Value)).Concat(AtOne.Select(f => (f.Key, 1.0, f.Value)));

    /// <summary>The functions of two arguments that are zero where one is, and which that is.</summary>
    public static IEnumerable<(string Function, int Position)> AllAnnihilated => Annihilated;

    /// <summary>The value of a function of the library; null if it is not known exactly.</summary>
    public static double? Of(string function, Expression[] arguments) => arguments switch
    {
        [Constant x] => OfOne(function, x.Value),
        [Constant x, Constant y] when OfTwo(function, x.Value, y.Value) is { } value => value,
        [Constant { Value: 0 }, _] when Annihilated.Contains((function, 0)) => 0,
        [_, Constant { Value: 0 }] when Annihilated.Contains((function, 1)) => 0,
        [Constant x, Constant low, Constant high] when function == "Clamp" => x.Value < low.Value ? low.Value : high.Value < x.Value ? high.Value : x.Value,
        _ => null,
    };

    /// <summary>The value of a function of one number; null if it is not known exactly.</summary>
    private static double? OfOne(string function, double argument) => function == "Abs" ? Math.Abs(argument)
        : argument is 0 or 1 && (argument == 0 ? AtZero : AtOne).TryGetValue(function, out var value) ? value
        : null;

    /// <summary>The value of a function of two numbers; null if it is not known exactly.</summary>
    private static double? OfTwo(string function, double x, double y) => (function, x, y) switch
    {
        ("Max", _, _) => Math.Max(x, y),
        ("Min", _, _) => Math.Min(x, y),
        ("Pow", _, 0) or ("Pow", 1, _) => 1,
        ("Hypot", 0, _) => Math.Abs(y),
        ("Hypot", _, 0) => Math.Abs(x),
        ("Pow" or "Atan2" or "Huber" or "PseudoHuber" or "GemanMcClure" or "SmoothSign", 0, > 0) => 0,
        _ => null,
    };
}
