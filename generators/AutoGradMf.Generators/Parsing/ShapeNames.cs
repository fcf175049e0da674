using AutoGradMf.Generators.Symbolics.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AutoGradMf.Generators.Parsing;

/// <summary>The names that [Shape] gives to the sizes of a parameter.</summary>
internal static class ShapeNames
{
    /// <summary>What is wrong with them for a parameter of the given kind; null if they fit.</summary>
    public static string? ProblemOf(AttributeData shape, TensorKind kind)
    {
        var names = shape.ConstructorArguments.Select(a => a.Value as string ?? "").ToList();
        if (names.Count > 0 && names[names.Count - 1].Length == 0)
        {
            names.RemoveAt(names.Count - 1);
        }

        var (sizes, expected) = kind switch
        {
            TensorKind.Scalar => (0, "a number has no sizes to name; drop [Shape]"),
            TensorKind.Matrix or TensorKind.SparseMatrix => (2, "a matrix has two sizes; name its rows and its columns, as in [Shape(\"m\", \"k\")]"),
            _ => (1, "a vector has one size; give one name, as in [Shape(\"m\")]"),
        };
        return names.Count != sizes ? expected
            : names.FirstOrDefault(n => !SyntaxFacts.IsValidIdentifier(n)) is { } wrong ? $"\"{wrong}\" is no name; a size is named by an identifier such as \"m\" or \"k\", and equal names are equal sizes"
            : null;
    }
}
