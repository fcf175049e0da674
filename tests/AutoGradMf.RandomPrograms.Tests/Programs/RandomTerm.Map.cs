using CsCheck;

namespace AutoGradMf.RandomPrograms.Tests.Programs;

/// <summary>Functions of elements, in every form that they are given in.</summary>
internal sealed partial class RandomTerm
{
    private static readonly Gen<Term> Captured = Gen.OneOf(Vocabulary.Leaves(TermType.Scalar));

    private IEnumerable<Gen<Term>> Maps(TermType type, int depth)
    {
        if (type == TermType.Scalar)
        {
            yield break;
        }

        var x = Of(type, depth);
        yield return Mapped(type, x);
        if (!type.IsMatrix)
        {
            yield return Mapped(type, x, x);
            yield return Mapped(type, x, x, x);
            yield break;
        }

        var (column, row) = (Of(TermType.Column(type.Rows), depth), Of(TermType.Row(type.Columns), depth));
        var any = Gen.OneOf(AnyMatrix(type with { IsSparse = false }, depth), column, row);
        yield return Mapped(type, x, any);
        yield return Mapped(type, x, any, any);
        if (!type.IsSparse)
        {
            var (withColumn, withRow) = (Gen.OneOf(AnyMatrix(type, depth), column), Gen.OneOf(AnyMatrix(type, depth), row));
            yield return Mapped(type, column, withRow);
            yield return Mapped(type, row, withColumn);
            yield return Gen.OneOf(Mapped(type, column, withRow, any), Mapped(type, row, any, withColumn), Mapped(type, column, any, withRow));
        }
    }

    private static Gen<Term> Mapped(TermType type, params Gen<Term>[] x) => Gen.Select(
        x.Aggregate(Gen.Const(Array.Empty<Term>()), (known, next) => Gen.Select(known, next, (all, one) => (Term[])[.. all, one])),
        ElementBody.Delegate(x.Length, Captured),
        (arguments, body) => Operations.Map(type, body, arguments));

    /// <summary>Calls of the user's own methods with numbers.</summary>
    private IEnumerable<Gen<Term>> Numbers(int depth)
    {
        var x = Of(TermType.Scalar, depth);
        foreach (var text in (string[])["Weighted({0})", "Weighted(shift: 0.2, x: {0})", "Ramp({0})", "Ops.Warp({0})", "Ops.Bump({0})", "Ops.Scaled({0}, 0.9)"])
        {
            yield return x.Select(a => Operations.Lipschitz(a, text));
        }

        foreach (var text in (string[])["Blend({0}, {1}, 0.3)", "(1.0 * {0}).Mixed({1})", "({0} > 0.21 && {1} <= 0.4 ? {0} : {1})", "((1.0 * {1}) is > -0.3 and < 0.8 ? {0} : {1})"])
        {
            yield return Gen.Select(x, x, (a, b) => new Term(TermType.Scalar, text, "({0m} + {1m})", a, b));
        }
    }
}
