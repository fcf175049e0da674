using CsCheck;

namespace AutoGradMf.RandomPrograms.Tests.Programs;

/// <summary>
/// Bodies of lambdas over elements x, y and z: at most as large as 4 (1 + x² + y² + z²), as are their slopes times x, y and z. No threshold
/// is 0, where structural zeros lie.
/// </summary>
internal static class ElementBody
{
    private static readonly string[] Names = ["x", "y", "z"];

    /// <summary>With {x} and {y} for any two of the elements.</summary>
    private static readonly string[] Arms =
    [
        "{x}", "{x} * {x}", "0.5 * {x} - 1", "0.25", "-{x}", "{x} * {y}", "{x} - {y}", "{x} / (1 + {y} * {y})", "Half * {x} + Settings.Shift",
        "Math.Abs({x})", "Math.Acos(0.5 * Math.Tanh({x}))", "Math.Acosh(2 + {x} * {x})", "Math.Asin(0.5 * Math.Tanh({x}))", "Math.Asinh({x})",
        "Math.Atan({x})", "Math.Atan2({x}, 2)", "Math.Atan2({x}, 1 + {y} * {y})", "Math.Atanh(0.5 * Math.Tanh({x}))", "Math.Cbrt(1 + {x} * {x})",
        "Math.Clamp({x}, -0.7, 0.9)", "Math.Cos({x})", "Math.Cosh(Math.Tanh({x}))", "Math.Exp(-{x} * {x})", "Math.Log(1.5 + {x} * {x})",
        "Math.Log10(1 + {x} * {x})", "Math.Log2(1 + {x} * {x})", "Math.Max({x}, -0.6)", "Math.Max({x}, {y})", "Math.Min(0.7, {x})",
        "Math.Min({x}, {y})", "Math.Pow({x}, 2)", "Math.Pow(1 + {x} * {x}, 0.75)", "Math.Sign({x} - 0.21) * {y}", "Math.Sin({x})", "Math.Sinh(Math.Tanh({x}))",
        "Math.Sqrt(1 + {x} * {x})", "Math.Tan(Math.Tanh({x}))", "Math.Tanh({x})",
        "Abs({x})", "Acos(0.5 * Tanh({x}))", "Acosh(2 + {x} * {x})", "Asin(0.5 * Tanh({x}))", "Asinh({x})", "Atan({x})", "Atan2({x}, 2)",
        "Atanh(0.5 * Tanh({x}))", "Cbrt(1 + {x} * {x})", "Clamp({x}, -0.8, 0.6)", "Cos({x})", "Cosh(Tanh({x}))", "Exp(Tanh({x}))", "Expm1(Tanh({x}))",
        "Hypot({x}, 1)", "Hypot({x}, 1 + {y} * {y})", "Huber({x} + {y}, 0.9)", "IfLess({x}, 0.2, {y}, {x})", "IfLessOrEqual({x}, 0.35, {x}, {y})",
        "Log(1.5 + {x} * {x})", "Log10(1 + {x} * {x})", "Log1p({x} * {x})", "Log2(1 + {x} * {x})", "LogCosh({x} - {y})", "LogSigmoid({x})",
        "Max({x}, -0.6)", "Min({x}, 0.4)", "OverHypot({x}, 1)", "Pow(1 + {x} * {x}, 0.75)", "PseudoHuber({x}, 1.1)", "Reciprocal(1 + {x} * {x})",
        "ReciprocalOrZero(1 + {x} * {x})", "Relu({x} - 0.13)", "RootOrZero(1 + {x} * {x})", "Sigmoid({x}) * {y}", "Sign({x} - 0.21) * {y}", "Sin({x})",
        "Sinh(Tanh({x}))", "Softplus(-{x})", "Sqrt(1 + {x} * {x})", "Square({x})", "Tan(Tanh({x}))", "Tanh({x} * {y})", "StopGradient(0.4) * {x}",
        "Ops.Warp({x})", "Ops.Damp({x}, {y})", "Ops.Scaled({x} - {y}, 1.3)", "Ops.Bump({x})", "Blend({x}, {y}, 0.3)", "Weighted({x})",
        "Weighted(weight: 0.7, x: {x})", "Weighted({x}, shift: Settings.Shift)", "Ramp({x})", "Steps({x}, {y})", "{x}.Mixed({y})",
        "SmoothAbs({x}, 1.2)", "SmoothSign({x}, 0.8)", "WeightedSmoothAbs({x}, 0.6, 1.2)", "WeightedSmoothSign({x}, 0.6, 1.2)", "GemanMcClure({x}, 1.3)", "Log1pSquare({x}, 0.7) + OverOnePlusSquare({x}, 0.9)", "WeightedSoftplus({x}, 0.6) - LogSoftplus({y})", "WeightedSigmoid({x}, 1.4) + LogGumbel({x})",
    ];

    private static readonly string[] Conditions =
    [
        "{x} < 0.3", "{x} + {y} <= -0.45", "{x} > 1.1", "{y} >= 0.15", "{x} > -0.4 && {y} < 0.9", "{x} < -0.6 || {y} > 0.55", "!({x} < 0.25)",
        "{x} is > -0.5 and < 0.7", "{x} is not (< -0.2 or > Half)", "{x} == 0.123", "{x} != 0.123",
    ];

    /// <summary>Functions and methods that a name alone stands for.</summary>
    private static readonly Gen<string> MethodGroups = Gen.OneOf("Tanh", "Math.Sin", "Square", "Softplus", "Ops.Warp", "Ops.Bump", "Ramp", "Users.Ops.Bump");

    private static readonly Gen<string> PairGroups = Gen.OneOf("Ops.Damp", "Steps", "Math.Max", "Atan2Half", "Blended");

    /// <summary>What a lambda of that many elements does, beside numbers that it sees around it.</summary>
    public static Gen<Term> Of(int elements, Gen<Term> numbers)
    {
        var names = Gen.OneOf(Names[..elements]);
        var arm = Gen.OneOf(
            Gen.Select(Gen.OneOf(Arms), names, names, Written),
            Gen.Select(Gen.OneOf(Arms), names, names, Written),
            Gen.Select(Gen.OneOf(Arms), names, names, Written),
            Gen.Select(numbers, names, (number, x) => Term.Element($"Math.Tanh({{0}}) * {x}", number)));
        var condition = Gen.Select(Gen.OneOf(Conditions), names, names, Written);
        return Gen.Frequency(
            (5, arm),
            (2, Gen.Select(condition, arm, arm, (c, a, b) => Term.Element("({0} ? {1} : {2})", c, a, b))),
            (1, Gen.Select(condition, condition, Gen.Select(arm, arm, arm), (c, d, arms) =>
                Term.Element("({0} ? {1} : {2} ? {3} : {4})", c, arms.Item1, d, arms.Item2, arms.Item3))),
            (1, Gen.Select(names, arm, arm, arm, (x, a, b, c) => Term.Element($"{x} switch {{ < -0.35 => {{0}}, < 0.8 => {{1}}, _ => {{2}} }}", a, b, c))),
            (1, Gen.Select(names, arm, arm, arm, (x, a, b, c) =>
                Term.Element($"{x} switch {{ > 0.9 or < -0.7 => {{0}}, >= 0.1 and < 0.6 => {{1}}, _ => {{2}} }}", a, b, c))));
    }

    /// <summary>A body as the argument that a function of elements is.</summary>
    public static Gen<Term> Delegate(int elements, Gen<Term> numbers)
    {
        var lambda = elements switch { 1 => "x", 2 => "(x, y)", _ => "(x, y, z)" };
        var body = Of(elements, numbers);
        var written = Gen.OneOf(
            body.Select(b => Term.Element($"{lambda} => {{0}}", b)),
            body.Select(b => Term.Element($"{lambda} => {{0}}", b)),
            body.Select(b => Term.Element($"{lambda} => {{ var inner = {{0}}; return 0.5 * inner; }}", b)),
            Gen.Select(Gen.OneOf(Conditions), body, body, (c, a, b) =>
                Term.Element($"{lambda} => {{ if ({Fill(c, "x", "x")}) {{ return {{0}}; }} return {{1}}; }}", a, b)));
        return elements switch
        {
            1 => Gen.Frequency((5, written), (1, MethodGroups.Select(m => Term.Element(m)))),
            2 => Gen.Frequency((5, written), (1, PairGroups.Select(m => Term.Element(m)))),
            _ => Gen.Frequency((5, written), (1, Gen.Const(Term.Element("Between")))),
        };
    }

    private static Term Written(string text, string x, string y) => Term.Element(Fill(text, x, y));

    private static string Fill(string text, string x, string y) =>
        text.Replace("{x}", x, StringComparison.Ordinal).Replace("{y}", y, StringComparison.Ordinal);
}
