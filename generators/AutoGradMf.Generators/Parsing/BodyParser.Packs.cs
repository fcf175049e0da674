using AutoGradMf.Generators.Symbolics.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AutoGradMf.Generators.Parsing;

/// <summary>Tuples, arrays and collections: several values at once, taken apart again before anything is computed with them.</summary>
internal sealed partial class BodyParser
{
    private PackNode? ParsePack(IEnumerable<IOperation> elements, Dictionary<ISymbol, LossNode?> values)
    {
        // Each is read, also after one that cannot be.
        var all = elements.SelectMany(element => element is ISpreadOperation spread
            ? (Parse(spread.Operand, values) as PackNode)?.Values ?? Enumerable.Repeat<LossNode?>(null, 1)
            : [Parse(element, values)]).ToList();
        return all.Contains(null) ? null : PackNode.InOrder(all!);
    }

    /// <summary><c>[a, b]</c>, if what it makes holds that.</summary>
    private LossNode? ParseCollection(ICollectionExpressionOperation collection, Dictionary<ISymbol, LossNode?> values)
    {
        var all = ParsePack(collection.Elements, values);
        return Collections.IsInOrder(collection.Type) ? all : NotInOrder(collection, collection.Type!);
    }

    private LossNode? NotInOrder(IOperation operation, ITypeSymbol type)
    {
        var name = type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);
        return Unsupported(
            operation.Syntax.GetLocation(), FirstLine(operation.Syntax), $"'{name}' holds values in its own way, which a loss does not follow; make it an array or an ImmutableArray");
    }

    /// <summary><c>pair.Item1</c>, <c>pair.name</c>.</summary>
    private LossNode? ParseElement(IFieldReferenceOperation reference, Dictionary<ISymbol, LossNode?> values)
    {
        // Item1 is its name whatever else it is called.
        static string Item(IFieldSymbol element) => (element.CorrespondingTupleField ?? element).Name;
        var place = ((INamedTypeSymbol)reference.Instance!.Type!).TupleElements.ToList().FindIndex(element => Item(element) == Item(reference.Field));
        return (Parse(reference.Instance, values) as PackNode)?[place];
    }

    /// <summary><c>values[0]</c>, <c>values[^1]</c>.</summary>
    private LossNode? ParseElement(IOperation element, IOperation from, IOperation index, Dictionary<ISymbol, LossNode?> values)
    {
        if (Parse(from, values) is not PackNode pack)
        {
            return null;
        }

        var (isFromEnd, number) = index is IUnaryOperation { OperatorKind: UnaryOperatorKind.Hat, Operand: { } last } ? (true, last) : (false, index);
        return Parse(number, values) switch
        {
            null => null,
            NumberNode { Value: var place } => pack[isFromEnd ? pack.Places - (int)place : (int)place]
                ?? Unsupported(element.Syntax.GetLocation(), FirstLine(element.Syntax), $"there are {pack.Places} values, from 0 to {pack.Places - 1}"),
            _ => Unsupported(element.Syntax.GetLocation(), FirstLine(element.Syntax), "which of the values it is must be known when the program is compiled; give a number, such as 0"),
        };
    }

    /// <summary>
    /// Whether a conversion leaves the values as they are: to a tuple of wider elements or of other names, to a type that the value has anyway, of what is made
    /// for the type that is asked for, or from an array to another collection.
    /// </summary>
    private static bool IsTransparent(IConversionOperation conversion) => conversion.IsImplicit && (
        (conversion is { OperatorMethod: null, Type.IsTupleType: true, Operand.Type.IsTupleType: true })
        || conversion.Conversion.IsReference
        || (conversion is { OperatorMethod: null, Operand: IObjectCreationOperation or ICollectionExpressionOperation })
        || (conversion.Operand.Type is IArrayTypeSymbol && Collections.IsInOrder(conversion.Type)));

    /// <summary>Gives the parts of a value to the locals that a deconstruction declares. False if these are not new, or the value has no parts in order.</summary>
    private bool Declares(IDeconstructionAssignmentOperation deconstruction, Dictionary<ISymbol, LossNode?> values) =>
        AreNew(deconstruction.Target) && Declare(deconstruction.Target, Parse(deconstruction.Value, values), values);

    private static bool AreNew(IOperation target) => target switch
    {
        IDeclarationExpressionOperation or IDiscardOperation => true,
        ITupleOperation tuple => tuple.Elements.All(AreNew),
        _ => false,
    };

    /// <summary>False if a value has no parts at the places that are asked for.</summary>
    private static bool Declare(IOperation target, LossNode? value, Dictionary<ISymbol, LossNode?> values)
    {
        switch (target)
        {
            case IDeclarationExpressionOperation declaration:
                return Declare(declaration.Expression, value, values);
            case ILocalReferenceOperation local:
                values[local.Local] = value;
                return true;
            case ITupleOperation tuple:
                return value is null or PackNode
                    && tuple.Elements.Select((element, place) => (Target: element, Value: (value as PackNode)?[place])).ToList() is var parts
                    && parts.All(part => (value is null || part.Value is not null) && Declare(part.Target, part.Value, values));
            default:
                return target is IDiscardOperation;
        }
    }
}
