using AutoGradMf.Generators.Emission;
using AutoGradMf.Generators.Symbolics.Model;
using Microsoft.CodeAnalysis;

namespace AutoGradMf.Generators.Parsing;

/// <summary>Which C# types are values of the loss language.</summary>
internal static class TensorTypes
{
    /// <summary>What a value of the type is; null if the language has no such value.</summary>
    /// <param name="type">The type.</param>
    /// <param name="arguments">What the type parameters stand for here.</param>
    public static TensorKind? KindOf(ITypeSymbol? type, IReadOnlyDictionary<ITypeSymbol, TensorKind>? arguments = null) => type switch
    {
        _ when IsDouble(type, arguments) => TensorKind.Scalar,
        ITypeParameterSymbol parameter when arguments?.TryGetValue(parameter, out var kind) == true => kind,
        INamedTypeSymbol { TypeArguments: [var element] } tensor when IsDouble(element, arguments) =>
            KindOfTensor(tensor),
        INamedTypeSymbol index when index.Is(LibraryNames.IndexVector) => TensorKind.IndexVector,
        _ => null,
    };

    /// <summary>What a loss gets from a parameter; null if it cannot have such a one.</summary>
    public static TensorKind? KindOf(IParameterSymbol parameter) => parameter.RefKind == RefKind.None ? KindOf(parameter.Type) : null;

    /// <summary>Whether a type is a matrix or a vector, of whatever numbers.</summary>
    public static bool IsTensor(ITypeSymbol? type) => type is INamedTypeSymbol { TypeArguments.Length: 1 } tensor && KindOfTensor(tensor) is not null;

    private static TensorKind? KindOfTensor(INamedTypeSymbol type) =>
        type.Is(LibraryNames.Matrix) ? TensorKind.Matrix
        : type.Is(LibraryNames.SparseMatrix) ? TensorKind.SparseMatrix
        : type.Is(LibraryNames.ColumnVector) ? TensorKind.ColumnVector
        : type.Is(LibraryNames.RowVector) ? TensorKind.RowVector
        : null;

    /// <summary>Whether a type is a whole number.</summary>
    public static bool IsWhole(ITypeSymbol? type) => type?.SpecialType is >= SpecialType.System_SByte and <= SpecialType.System_UInt64;

    /// <summary>Whether a type is a number with a fraction, or a tensor of such, but not of double.</summary>
    public static bool IsOtherPrecision(ITypeSymbol? type) => type switch
    {
        { SpecialType: SpecialType.System_Single or SpecialType.System_Decimal } => true,
        INamedTypeSymbol { TypeArguments: [var element] } => IsTensor(type) && IsOtherPrecision(element),
        { Name: "Half", ContainingNamespace.Name: "System" } => true,
        _ => false,
    };

    /// <summary>Whether a type is double, or a type parameter that stands for it.</summary>
    public static bool IsDouble(ITypeSymbol? type, IReadOnlyDictionary<ITypeSymbol, TensorKind>? arguments) =>
        type is not null
        && (type.SpecialType == SpecialType.System_Double || (arguments?.TryGetValue(type, out var kind) == true && kind == TensorKind.Scalar));
}
