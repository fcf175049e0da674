using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Model;

namespace AutoGradMf.Generators.Symbolics.Translation.Language;

/// <summary>The elementwise quotient, in the form that loses no digits.</summary>
internal sealed class Quotient() : Broadcast((_, operands, translator) => StableForms.Divide(operands[0], operands[1], translator));
