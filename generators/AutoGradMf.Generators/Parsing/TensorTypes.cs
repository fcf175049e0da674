using AutoGradMf.Generators.Emission;
using AutoGradMf.Generators.Symbolics.Model;
using Microsoft.CodeAnalysis;

namespace AutoGradMf.Generators.Parsing;

/// <summary>Which C# types are values of the loss language.</summary>
internal static class TensorTypes
{
    /// <summary>What a value of the type is; null if the language has no such value.</summary>
    public static TensorKind? KindOf(ITypeSymbol? type) => type switch
    {
        { SpecialType: SpecialType.System_Double } => TensorKind.Scalar,
        INamedTypeSymbol { TypeArguments: [{ SpecialType: SpecialType.System_Double }] } tensor =>
            $"{tensor.ContainingNamespace.ToDisplayString()}.{tensor.Name}" switch
            {
                LibraryNames.Matrix => TensorKind.Matrix,
                LibraryNames.SparseMatrix => TensorKind.SparseMatrix,
                LibraryNames.ColumnVector => TensorKind.ColumnVector,
                LibraryNames.RowVector => TensorKind.RowVector,
                _ => null,
            },
        _ => null,
    };
}
