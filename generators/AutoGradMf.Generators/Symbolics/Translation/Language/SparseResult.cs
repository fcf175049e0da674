using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Model;
using AutoGradMf.Generators.Symbolics.Structure;

namespace AutoGradMf.Generators.Symbolics.Translation.Language;

/// <summary>Keeps the result of an elementwise function on the patterns of its sparse arguments, where the language says it is sparse.</summary>
internal static class SparseResult
{
    /// <summary>The value where one of the arguments is stored, and zero elsewhere, if the call is sparse.</summary>
    /// <param name="call">The call.</param>
    /// <param name="stored">The arguments whose entries are looked at; where the pattern of one is not known, the value is zero itself at all others.</param>
    /// <param name="value">The value at all points.</param>
    public static Expression Of(CallNode call, IEnumerable<Expression> stored, Expression value)
    {
        var arguments = stored.ToList();
        return call.Kind != TensorKind.SparseMatrix || arguments.Exists(a => a.Support is null)
            ? value
            : arguments.GroupBy(a => a.Support).Select(same => same.First()).Aggregate(Build.Zero, (result, argument) => OnEither(result, argument, value));
    }

    /// <summary>The value where the result has it already or an argument is stored: on the union of two patterns, by inclusion and exclusion.</summary>
    private static Expression OnEither(Expression result, Expression argument, Expression value)
    {
        Expression Stored(Expression of) => Build.Multiply([.. argument.Support!.Indicators(argument), of]);
        return Build.Add(result, Stored(value), Build.Negate(Stored(result)));
    }
}
