using CsCheck;
using static AutoGradMf.RandomPrograms.Tests.Programs.Operations;

namespace AutoGradMf.RandomPrograms.Tests.Programs;

internal sealed partial class RandomTerm
{
    /// <summary>Functions that are not zero at zero, or are kept off their poles; slopes of at most 4.</summary>
    private static readonly string[] Functions =
    [
        "Sigmoid({0})", "Softplus({0})", "LogSigmoid({0})", "Cos({0})", "Clamp({0}, -0.9, 1.1)", "Max({0}, 0.3)", "Min({0}, -0.2)", "Max(-0.4, {0})",
        "Log(1.0 + Square({0}))", "Sqrt(1.0 + Square({0}))", "Exp(Tanh({0}))", "Exp(-Square({0}))", "Reciprocal(1.0 + Square({0}))",
        "Pow(1.0 + Square({0}), -0.5)", "Pow(2.0, Tanh({0}))", "Pow(1.0 + Square(Tanh({0})), 1.5)", "Cbrt(1.0 + Square({0}))", "Cosh(Tanh({0}))",
        "Sinh(Tanh({0}))", "Tan(Tanh({0}))", "Acos(0.5 * Tanh({0}))", "Asin(0.5 * Tanh({0}))", "Atanh(0.5 * Tanh({0}))", "Acosh(2.0 + Square({0}))",
        "Log2(1.0 + Square({0}))", "Log10(1.0 + Square({0}))", "(1.5 - Sigmoid({0}))", "(0.7 / (1.0 + Square({0})))", "({0} / Sqrt(1.0 + Square({0})))",
    ];

    /// <summary>Functions of two numbers at most as large as 4 (1 + x² + y²), as are their slopes times x and y.</summary>
    private static readonly Gen<string> Arms = Gen.OneOf(
        "{x}", "{x} * {x}", "0.5 * {x} - 1", "Math.Exp(-{x} * {x})", "Log1p({x} * {x})", "Math.Sqrt(1 + {x} * {x})", "Math.Tanh({x})", "Softplus(-{x})", "0.25",
        "Math.Max({x}, -0.6)", "Math.Abs({x})", "Math.Sin({x})", "Math.Pow({x}, 2)", "Hypot({x}, 1)", "Atan2({x}, 2)", "{x} * {y}", "{x} - {y}", "Math.Max({x}, {y})",
        "{x} / (1 + {y} * {y})", "IfLess({x}, 0.2, {y}, {x})", "LogCosh({x} - {y})", "Sigmoid({x}) * {y}", "Huber({x} + {y}, 0.9)");

    /// <summary>Bodies with and without conditions; no threshold is 0, where structural zeros lie.</summary>
    private static readonly Gen<string> Bodies = Gen.OneOf(
        Arms,
        Gen.Select(Arms, Arms, (a, b) => $"{{x}} < 0.3 ? {a} : {b}"),
        Gen.Select(Arms, Arms, (a, b) => $"{{x}} + {{y}} <= -0.45 ? {a} : {b}"),
        Gen.Select(Arms, Arms, Arms, (a, b, c) => $"{{x}} > 1.1 ? {a} : {{y}} >= 0.15 ? {b} : {c}"),
        Gen.Select(Arms, Arms, Arms, (a, b, c) => $"{{x}} switch {{ < -0.35 => {a}, < 0.8 => {b}, _ => {c} }}"));

    private IEnumerable<Gen<Term>> Elementwise(TermType type, int depth)
    {
        var x = Of(type, depth);
        var scalar = Of(TermType.Scalar, depth);
        foreach (var sign in (string[])["+", "-", "%"])
        {
            yield return Gen.Select(x, x, (a, b) => Binary(type, type == TermType.Scalar && sign == "%" ? "*" : sign, a, b));
        }

        yield return Gen.Select(scalar, x, (a, b) => Binary(type, "*", a, b));
        yield return Gen.Select(x, scalar, (a, b) => Quotient(type, a, b));
        yield return x.Select(a => new Term(type, "(-{0})", "{0m}", a));
        yield return x.Select(a => Call(type, "Square", a));
        yield return x.Select(a => Call(type, "Square", a));
        yield return x.Select(a => Call(type, "StopGradient", a));
        yield return Gen.OneOf(ZeroAtZero).SelectMany(f => x.Select(a => f == "Square({0})" ? Call(type, "Square", a) : Lipschitz(a, f)));
        if (type.IsSparse)
        {
            yield return Gen.Select(x, Bodies, Mapped);
            yield break;
        }

        yield return Gen.OneOf(Functions).SelectMany(f => x.Select(a => Lipschitz(a, f)));
        yield return Gen.OneOf(Functions).SelectMany(f => x.Select(a => Lipschitz(a, f)));
        yield return Gen.Select(x, x, (a, b) => Quotient(type, a, b));
        yield return x.Select(a => new Term(type, "Pow({0}, 3.0)", "Pow({0m}, 3.0)", a));
        yield return x.Select(a => new Term(type, "Pow({0}, 2.0)", "Pow({0m}, 2.0)", a));
        yield return Gen.Select(x, x, (a, b) => new Term(type, "Pow(1.0 + Square({0}), Tanh({1}))", "((1.0 + Square({0m})) % (1.0 + {1m}))".Replace("%", type == TermType.Scalar ? "*" : "%", StringComparison.Ordinal), a, b));
        yield return Gen.Select(x, x, (a, b) => new Term(type, "Max({0}, {1})", "({0m} + {1m})", a, b));
        yield return Gen.Select(x, x, (a, b) => new Term(type, "Min({0}, {1})", "({0m} + {1m})", a, b));
        if (type == TermType.Scalar)
        {
            yield return Gen.Select(x, x, x, (a, b, c) => new Term(type, "({0} < 0.37 ? {1} : {2})", "({1m} + {2m})", a, b, c));
            yield return Gen.Select(x, x, (a, b) => new Term(type, "IfLess({0}, 0.41, {0}, {1})", "({0m} + {1m})", a, b));
            yield break;
        }

        yield return Gen.Select(scalar, x, (a, b) => Binary(type, "-", a, b));
        yield return Gen.Select(x, Bodies, Mapped);
        yield return Gen.Select(x, x, Bodies, MappedPair);
    }

    private static Term Mapped(Term x, string body) =>
        new(x.Type, $"Map({{0}}, x => {Written(body, "x")})", "Map({0m}, x => 8.0 * (1.0 + x * x))", x);

    /// <summary>Map of two; the second is broadcast.</summary>
    private static Term MappedPair(Term x, Term y, string body) =>
        new(x.Type, $"Map({{0}}, {{1}}, (x, y) => {Written(body, "y")})", "Map({0m}, {1m}, (x, y) => 8.0 * (1.0 + x * x + y * y))", x, y);

    private static string Written(string body, string y) =>
        body.Replace("{x}", "x", StringComparison.Ordinal).Replace("{y}", y, StringComparison.Ordinal);
}
