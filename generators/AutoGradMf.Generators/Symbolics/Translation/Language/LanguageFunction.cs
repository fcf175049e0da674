using AutoGradMf.Generators.Symbolics.Model;

namespace AutoGradMf.Generators.Symbolics.Translation.Language;

/// <summary>A function or operator of the loss language: how shapes meet in it, and its meaning as an index expression.</summary>
internal abstract class LanguageFunction
{
    /// <summary>The shape of the result; notes what does not fit.</summary>
    public abstract Shape Infer(CallNode call, IReadOnlyList<Shape> arguments, ShapeInference inference);

    /// <summary>Whether each element of the result is made of the operands' elements at its own place.</summary>
    public virtual bool IsElementwise(CallNode call) => false;

    /// <summary>The result as an index expression.</summary>
    public abstract Indexed Translate(CallNode call, IReadOnlyList<Indexed> arguments, Translator translator);
}
