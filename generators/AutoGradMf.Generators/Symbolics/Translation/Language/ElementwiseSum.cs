using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Model;

namespace AutoGradMf.Generators.Symbolics.Translation.Language;

/// <summary>The elementwise sum or difference, in the form that loses no digits.</summary>
internal sealed class ElementwiseSum(int sign) : Broadcast((_, operands, translator) =>
    StableForms.Sum([operands[0], .. operands.Skip(1).Select(e => Build.Scaled(sign, e))], translator));
