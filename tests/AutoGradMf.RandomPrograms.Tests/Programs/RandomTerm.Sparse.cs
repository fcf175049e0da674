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

    private IEnumerable<Gen<Term>> Sparse(TermType type, int depth)
    {
        var data = Gen.OneOf(Vocabulary.SparseData(type));
        var (sparse, dense) = (Of(type, depth), Of(type with { IsSparse = false }, depth));
        var (column, row) = (Of(TermType.Column(type.Rows), depth), Of(TermType.Row(type.Columns), depth));
        var observed = data.Select(x => new Term(type, "Observed({0})", "Observed({0})", x));
        yield return observed;
        yield return Gen.Select(observed, dense, (a, b) => Binary(type, "%", a, b));
        yield return Gen.Select(data, dense, (a, b) => Binary(type, "%", a, b));
        yield return Gen.Select(observed, dense, data, (a, b, r) => Binary(type, "%", a, Call(b.Type, "Square", Binary(b.Type, "-", b, r))));
        yield return Gen.Select(sparse, dense, (a, b) => Binary(type, "%", a, b));
        yield return Gen.Select(dense, sparse, (a, b) => Binary(type, "%", a, b));
        yield return Gen.Select(sparse, dense, (a, b) => Quotient(type, a, b));
        yield return Gen.Select(sparse, column, (a, b) => Binary(type, "%", a, b));
        yield return Gen.Select(row, sparse, (a, b) => Binary(type, "%", a, b));
        yield return Of(type.T, depth).Select(x => x.Transpose());
        yield return data.Select(x => Lipschitz(x, "Sign({0})"));
    }
}
