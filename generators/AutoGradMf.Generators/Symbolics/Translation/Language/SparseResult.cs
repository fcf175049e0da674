using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Model;
using AutoGradMf.Generators.Symbolics.Structure;

namespace AutoGradMf.Generators.Symbolics.Translation.Language;

/// <summary>Keeps the result of an elementwise function on the pattern of its first argument, where the language says it is sparse.</summary>
internal static class SparseResult
{
    /// <summary>The value where the argument is stored, and zero elsewhere, if the call is sparse.</summary>
    public static Expression Of(CallNode call, Expression argument, Expression value)
    {
        if (call.Kind != TensorKind.SparseMatrix || argument.Support is not { } support)
        {
            return value;
        }

        return Build.Multiply([.. support.Indicators(argument), value]);
    }
}
