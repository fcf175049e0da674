using AutoGradMf.Generators.Emission;
using AutoGradMf.Generators.Symbolics.Model;
using Microsoft.CodeAnalysis;

namespace AutoGradMf.Generators.Parsing;

/// <summary>Which C# types are values of the loss language.</summary>
internal static class TensorTypes
{
    /// <summary>What a value of the type is; null if the language has no such value.</summary>
    /// <param name="type">The type.</param>
    /// <param name="doubles">The type parameters that stand for double here.</param>
    public static TensorKind? KindOf(ITypeSymbol? type, ISet<ITypeSymbol>? doubles = null) => type switch
    {
        _ when IsDouble(type, doubles) => TensorKind.Scalar,
        INamedTypeSymbol { TypeArguments: [var element] } tensor when IsDouble(element, doubles) =>
            $"{tensor.ContainingNamespace.ToDisplayString()}.{tensor.Name}" switch
            {
                LibraryNames.Matrix => TensorKind.Matrix,
                LibraryNames.SparseMatrix => TensorKind.SparseMatrix,
                LibraryNames.ColumnVector => TensorKind.ColumnVector,
                LibraryNames.RowVector => TensorKind.RowVector,
                _ => null,
            },
        INamedTypeSymbol index when index.ToDisplayString() == LibraryNames.IndexVector => TensorKind.IndexVector,
        _ => null,
    };

    /// <summary>Whether a type is double, or a type parameter that stands for it.</summary>
    public static bool IsDouble(ITypeSymbol? type, ISet<ITypeSymbol>? doubles) =>
        type is not null && (type.SpecialType == SpecialType.System_Double || doubles?.Contains(type) == true);
}
