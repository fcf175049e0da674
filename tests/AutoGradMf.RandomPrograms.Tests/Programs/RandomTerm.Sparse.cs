using CsCheck;
using static AutoGradMf.RandomPrograms.Tests.Programs.Operations;

namespace AutoGradMf.RandomPrograms.Tests.Programs;

internal sealed partial class RandomTerm
{
    /// <summary>The types of the sparse data, and of their transposes.</summary>
    private static readonly TermType[] SparseTypes = [new('m', 'n', true), new('n', 'm', true), new('m', 'm', true)];

    /// <summary>Functions that are zero at zero: of a sparse matrix they are sparse.</summary>
    private static readonly string[] ZeroAtZero =
    [
        "Square({0})", "Abs({0})", "Sin({0})", "Tanh({0})", "Relu({0})", "LogCosh({0})", "Asinh({0})", "Atan({0})", "Huber({0}, 0.8)",
        "PseudoHuber({0}, 1.2)", "Expm1(Tanh({0}))", "Log1p(Square({0}))",
    ];

    /// <summary>Functions that are not zero at zero, of a sparse matrix itself: they are dense.</summary>
    private static readonly string[] OfSparse =
    [
        "Sigmoid({0})", "Softplus({0})", "LogSigmoid({0})", "Cos({0})", "Max({0}, 0.3)", "Max(0.2, {0})", "Min({0}, -0.2)", "Min(-0.1, {0})",
        "Clamp({0}, 0.1, 0.9)", "Acos(0.5 * Tanh({0}))", "Cosh(Tanh({0}))", "Pow(2.0, Tanh({0}))", "Exp(Tanh({0}))",
        "Hypot({0}, 0.5)", "Hypot(0.4, {0})", "Atan2({0}, 1.5)", "Atan2(0.7, 1.0 + Square({0}))",
    ];

    /// <summary>Functions that are not finite at zero, looked at where D is stored, which is at least 1 there.</summary>
    private static readonly string[] OfStored =
    [
        "Log(D)", "Log2(D)", "Log10(D)", "Reciprocal(D)", "Acosh(2.0 * D)", "Pow(D, 1.5)", "Pow(D, -0.5)", "Pow(Tanh(D), Tanh(D))", "Sqrt(D)",
    ];

    /// <summary>A dense matrix of a sparse one.</summary>
    private static Term Dense(TermType type, string text, Term sparse) => new(type, text, $"(Abs({text}) + 4.0 * {{0m}})", sparse);

    private IEnumerable<Gen<Term>> Sparse(TermType type, int depth)
    {
        var data = Gen.OneOf(Vocabulary.SparseData(type));
        var dense = Of(type with { IsSparse = false }, depth);
        var observed = data.Select(x => new Term(type, "Observed({0})", "Observed({0})", x));
        yield return observed;
        yield return Gen.Select(observed, dense, (a, b) => Binary(type, "%", a, b));
        yield return Gen.Select(data, dense, (a, b) => Binary(type, "%", a, b));
        yield return Gen.Select(observed, dense, data, (a, b, r) => Binary(type, "%", a, Call(b.Type, "Square", Binary(b.Type, "-", b, r))));
        yield return Of(type.T, depth).Select(x => x.Transpose());
        yield return Gen.OneOf(OfStored).SelectMany(f => data.Select(x => Lipschitz(
            x, $"(Observed({{0}}) % {f.Replace("D", "(Observed({0}) + Square({0}))", StringComparison.Ordinal)})")));
        foreach (var quotient in SparseQuotients(type, depth))
        {
            yield return quotient;
        }

        yield return data.Select(x => Lipschitz(x, "Sign({0})"));
    }
}
