using AutoGradMf.Generators.Diagnostics;
using AutoGradMf.Generators.Emission;
using AutoGradMf.Generators.Symbolics.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AutoGradMf.Generators.Parsing;

/// <summary>Static readonly fields and properties without a setter: numbers that do not change, known where their initializers are of the language, and else read.</summary>
internal sealed partial class BodyParser
{
    private readonly Dictionary<ISymbol, FieldNode> _fields = new(SymbolEqualityComparer.Default);

    /// <summary>Whether type parameters stand for other types in the method that is read.</summary>
    private bool _areTypesReplaced;

    private LossNode? ParseField(IFieldReferenceOperation reference, Dictionary<ISymbol, LossNode?> values)
    {
        var field = reference.Field;
        var (where, text) = (reference.Syntax.GetLocation(), FirstLine(reference.Syntax));
        if (reference.Instance is { } instance)
        {
            return Parse(instance, values) switch
            {
                null => null,
                PackNode pack when pack[(field.AssociatedSymbol ?? field).Name] is { } member => member,
                _ => Unsupported(where, text, "it is a part of another value; make it a const or a static readonly double of its own, or pass it as a parameter"),
            };
        }

        if (field.AssociatedSymbol is IPropertySymbol property)
        {
            return Unsupported(where, text, $"it is what the property '{property.Name}' stores; make that a const or a static readonly field, or pass its value as a parameter");
        }

        if (!field.IsStatic || !field.IsReadOnly)
        {
            return Report(MutableState.Rule, reference, text);
        }

        return ParseStored(reference, field, field.Type);
    }

    /// <summary>Whether a static property only returns what it was initialized with.</summary>
    private static bool IsStoredOnce(IPropertySymbol property) => property is { IsStatic: true, SetMethod: null }
        && property.ContainingType.GetMembers().OfType<IFieldSymbol>().Any(f => SymbolEqualityComparer.Default.Equals(f.AssociatedSymbol, property));

    /// <summary>A static member that keeps its value.</summary>
    private LossNode? ParseStored(IMemberReferenceOperation reference, ISymbol member, ITypeSymbol type)
    {
        var (where, text) = (reference.Syntax.GetLocation(), FirstLine(reference.Syntax));
        if (!_initializers.IsSettled(member))
        {
            return Unsupported(where, text, "its value is not set yet where an initializer reads it");
        }

        if (!IsWrittenReadOnly(member, type) && ChangeablePart.Of(type) is { } part)
        {
            var held = type.ToMinimalDisplayString(reference.SemanticModel!, reference.Syntax.SpanStart);
            var kind = member is IFieldSymbol ? "field" : "property";
            return Unsupported(where, text, $"the {kind} always holds the same '{held}', {AdviceOn(part)}");
        }

        if (type.DeclaringSyntaxReferences.Length == 0 && Collections.IsCollection(type) && !Collections.IsInOrder(type))
        {
            return NotInOrder(reference, type);
        }

        return TensorTypes.KindOf(type, _typeArguments) is not (null or TensorKind.Scalar)
            ? Unsupported(where, text, "an objective is made with its matrices and vectors; pass it as a parameter")
            : _initializers.Read(member, initializer => Tried(() => Parse(initializer, new(SymbolEqualityComparer.Default)))) ?? Read(reference, member, type);
    }

    private static string AdviceOn(ChangeablePart part)
    {
        var (whose, make) = part.Name is { } name ? ($"whose '{name}'", "make that") : ("which", "make it");
        var isCollection = part.Type.DeclaringSyntaxReferences.Length == 0 && Collections.IsCollection(part.Type);
        var instead = !isCollection ? "a record of read-only members, or pass what it holds as parameters"
            : part.Name is null ? "an ImmutableArray, or declare a const for each number"
            : "an ImmutableArray, or pass what it holds as parameters";
        return $"{whose} can be changed; {make} {instead}";
    }

    /// <summary>A member that generated code reads, if it can.</summary>
    private LossNode? Read(IMemberReferenceOperation reference, ISymbol member, ITypeSymbol type)
    {
        string? advice = type.SpecialType is not (SpecialType.System_Double or SpecialType.System_Single or SpecialType.System_Int32 or SpecialType.System_Int64)
            ? "its value is not known before the program runs, and it is no double; " + (type.TypeKind == TypeKind.Delegate ? "make it a method" : "pass it as a parameter")
            : TypeParametersOf(member.ContainingType).Any(t => _areTypesReplaced || !HasInGeneratedCode(t))
                ? "its type has a type parameter that generated code does not have; pass it as a parameter"
                : null;
        if (advice is not null)
        {
            return Unsupported(reference.Syntax.GetLocation(), FirstLine(reference.Syntax), advice);
        }

        return IsAccessible(reference, member) ? _fields.TryGetValue(member, out var known) ? known : _fields[member] = NodeOf(member, type) : null;
    }

    /// <summary>A member under the shortest name that no other has.</summary>
    private FieldNode NodeOf(ISymbol member, ITypeSymbol type)
    {
        var declaring = member.ContainingType.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);
        var (name, code) = ($"{member.ContainingType.Name}.{member.Name}", $"{declaring}.{Identifier.Escaped(member.Name)}");
        return new(
            _fields.Values.Any(f => f.Name == name) ? code : name,
            type.SpecialType == SpecialType.System_Double ? code : "(double)" + code);
    }

    /// <summary>Whether a type parameter is one of the types around the loss, and none between them and the loss hides it.</summary>
    private bool HasInGeneratedCode(ITypeParameterSymbol parameter) =>
        SymbolEqualityComparer.Default.Equals(LossParser.Around(_loss!).FirstOrDefault(type => type.TypeParameters.Any(p => p.Name == parameter.Name)), parameter.DeclaringType);

    private static IEnumerable<ITypeParameterSymbol> TypeParametersOf(ITypeSymbol type) => type switch
    {
        ITypeParameterSymbol parameter => [parameter],
        INamedTypeSymbol named => named.TypeArguments.SelectMany(TypeParametersOf).Concat(named.ContainingType is { } outer ? TypeParametersOf(outer) : []),
        IArrayTypeSymbol array => TypeParametersOf(array.ElementType),
        _ => [],
    };
}
