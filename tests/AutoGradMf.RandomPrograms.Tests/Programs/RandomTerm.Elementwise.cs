using CsCheck;
using static AutoGradMf.RandomPrograms.Tests.Programs.Operations;

namespace AutoGradMf.RandomPrograms.Tests.Programs;

internal sealed partial class RandomTerm
{
    /// <summary>Functions that are not zero at zero, or are kept off their poles; slopes of at most 4.</summary>
    private static readonly string[] Functions =
    [
        "Sigmoid({0})", "Softplus({0})", "LogSigmoid({0})", "Cos({0})", "Clamp({0}, -0.9, 1.1)", "Max({0}, 0.3)", "Min({0}, -0.2)", "Max(-0.4, {0})",
        "Log(1.0 + Square({0}))", "Sqrt(1.0 + Square({0}))", "Exp(Tanh({0}))", "Sign({0} - 0.23)", "Max(0.25, {0})", "Min(0.15, {0})", "Exp(-Square({0}))", "Reciprocal(1.0 + Square({0}))",
        "Pow(1.0 + Square({0}), -0.5)", "Pow(2.0, Tanh({0}))", "Pow(1.0 + Square(Tanh({0})), 1.5)", "Cbrt(1.0 + Square({0}))", "Cosh(Tanh({0}))", "Log(2.0 + Sigmoid({0}))",
        "Hypot({0}, 0.5)", "Hypot(0.4, {0})", "Atan2({0}, 1.5)", "Atan2(0.7, 1.0 + Square({0}))", "Sinh(Tanh({0}))", "Tan(Tanh({0}))", "Acos(0.5 * Tanh({0}))", "Asin(0.5 * Tanh({0}))", "Atanh(0.5 * Tanh({0}))", "Acosh(2.0 + Square({0}))",
        "Log2(1.0 + Square({0}))", "Log10(1.0 + Square({0}))", "(1.5 - Sigmoid({0}))", "(0.7 / (1.0 + Square({0})))", "({0} / Sqrt(1.0 + Square({0})))",
    ];

    private IEnumerable<Gen<Term>> Elementwise(TermType type, int depth)
    {
        var x = Of(type, depth);
        var operators = Operators(type, depth);
        for (var repeat = 0; repeat < 6; repeat++)
        {
            yield return operators;
        }

        yield return x.Select(a => new Term(type, "(-{0})", "{0m}", a));
        yield return x.Select(a => Call(type, "Square", a));
        yield return x.Select(a => Call(type, "Square", a));
        yield return x.Select(a => new Term(type, "StopGradient({0})", "{0m}", a) { Frozen = "{0h}" });
        yield return Gen.Select(Gen.Enum<HelperForm>(), x, (form, a) => a.Parts.Length > 0 ? Written(a, form) : a);
        foreach (var map in Maps(type, depth))
        {
            yield return map;
        }

        yield return Gen.OneOf(ZeroAtZero).SelectMany(f => x.Select(a => f == "Square({0})" ? Call(type, "Square", a) : Lipschitz(a, f)));
        if (type.IsSparse)
        {
            yield return Gen.OneOf("Max({0}, {1})", "Min({0}, {1})", "Hypot({0}, {1})").SelectMany(f => Gen.Select(x, x, (a, b) => new Term(type, f, "({0m} + {1m})", a, b)));
            yield break;
        }

        yield return Gen.OneOf(Functions).SelectMany(f => x.Select(a => Lipschitz(a, f)));
        yield return Gen.OneOf(Functions).SelectMany(f => x.Select(a => Lipschitz(a, f)));
        yield return x.Select(a => new Term(type, "Pow({0}, 3.0)", "Pow({0m}, 3.0)", a));
        yield return x.Select(a => new Term(type, "Pow({0}, 2.0)", "Pow({0m}, 2.0)", a));
        yield return Gen.Select(x, x, (a, b) => new Term(type, "Pow(1.0 + Square({0}), Tanh({1}))", "((1.0 + Square({0m})) % (1.0 + {1m}))".Replace("%", type == TermType.Scalar ? "*" : "%", StringComparison.Ordinal), a, b));
        yield return Gen.Select(x, x, (a, b) => new Term(type, "Max({0}, {1})", "({0m} + {1m})", a, b));
        yield return Gen.Select(x, x, (a, b) => new Term(type, "Min({0}, {1})", "({0m} + {1m})", a, b));
        if (type == TermType.Scalar)
        {
            yield return Gen.Select(x, x, x, (a, b, c) => new Term(type, "({0} < 0.37 ? {1} : {2})", "({1m} + {2m})", a, b, c));
            yield return Gen.Select(x, x, (a, b) => new Term(type, "IfLess({0}, 0.41, {0}, {1})", "({0m} + {1m})", a, b));
            foreach (var call in Numbers(depth))
            {
                yield return call;
            }

            yield break;
        }

        foreach (var mixed in OfTwoKinds(type, depth))
        {
            yield return mixed;
        }
    }

    /// <summary>Functions of two operands, of which at least one is of another kind than the result; slopes of at most 1.</summary>
    private IEnumerable<Gen<Term>> OfTwoKinds(TermType type, int depth)
    {
        var operands = new[] { type, TermType.Column(type.Rows), TermType.Row(type.Columns), type with { IsSparse = true } }
            .Where(t => !t.IsSparse || SparseTypes.Contains(t))
            .ToArray();
        return
            from function in (string[])["Max({0}, {1})", "Min({0}, {1})", "Hypot({0}, {1})", "Atan2({0}, 1.0 + Square({1}))", "Pow(1.0 + Square(Tanh({0})), Tanh({1}))"]
            from left in operands
            from right in operands
            where type.IsMatrix && left != right && ResultOf(left, "+", right) == type
            select Gen.Select(Of(left, depth), Of(right, depth), (a, b) => new Term(type, function, "({0m} + {1m} + 1.0)", a, b));
    }
}
