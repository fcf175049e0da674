using CsCheck;
using static AutoGradMf.RandomPrograms.Tests.Programs.Operations;

namespace AutoGradMf.RandomPrograms.Tests.Programs;

/// <summary>The elementwise operators, between all that they are declared of.</summary>
internal sealed partial class RandomTerm
{
    /// <summary>An operator between two operands whose result has a type; of either order.</summary>
    private Gen<Term> Operators(TermType type, int depth)
    {
        var dense = type with { IsSparse = false };
        var operands = new[] { type, dense, TermType.Column(type.Rows), TermType.Row(type.Columns), TermType.Scalar, type with { IsSparse = true } }
            .Where(t => !t.IsSparse || SparseTypes.Contains(t))
            .Distinct()
            .ToArray();
        var pairs =
            from sign in (string[])["+", "-", "%", "/", "*"]
            from left in operands
            from right in operands
            where ResultOf(left, sign, right) == type
            select Gen.Select(Of(left, depth), Of(right, depth), (a, b) => sign == "/" ? Quotient(type, a, b) : Binary(type, sign, a, b));
        return Gen.OneOf([.. pairs]);
    }

    /// <summary>What an operator makes of two operands that fit; null where it is another operation, or none.</summary>
    private static TermType? ResultOf(TermType left, string sign, TermType right)
    {
        var isScaling = left == TermType.Scalar || right == TermType.Scalar;
        if ((sign == "*" && !isScaling) || (sign == "%" && left == right && isScaling))
        {
            return null;
        }

        char Larger(char a, char b) => a == '1' ? b : a;
        var isSparse = sign switch
        {
            "+" or "-" => left.IsSparse && right.IsSparse,
            "/" => left.IsSparse,
            _ => left.IsSparse || right.IsSparse,
        };
        return new(Larger(left.Rows, right.Rows), Larger(left.Columns, right.Columns), isSparse);
    }

    /// <summary>Quotients by a sparse matrix, which are looked at where that is stored; there it is at least 1.</summary>
    private IEnumerable<Gen<Term>> SparseQuotients(TermType type, int depth)
    {
        const string Divisor = "(Observed({1}) + Square({1}))";
        var data = Gen.OneOf(Vocabulary.SparseData(type));
        var dividends = new[] { type with { IsSparse = false }, TermType.Column(type.Rows), TermType.Row(type.Columns), TermType.Scalar };
        yield return Gen.OneOf([.. dividends.Select(t => Gen.Select(Of(t, depth), data, (a, b) =>
            new Term(type, $"(Observed({{1}}) % ({{0}} / {Divisor}))", $"({Divisor} % {{0m}})", a, b)))]);
        yield return data.Select(x => new Term(type, $"({{0}} / {Divisor.Replace("{1}", "{0}", StringComparison.Ordinal)})", "{0m}", x));
    }
}
