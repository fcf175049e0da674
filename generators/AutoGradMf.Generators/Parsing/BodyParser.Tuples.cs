using AutoGradMf.Generators.Symbolics.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AutoGradMf.Generators.Parsing;

/// <summary>Tuples: several values at once, taken apart again before anything is computed with them.</summary>
internal sealed partial class BodyParser
{
    private TupleNode? ParseTuple(ITupleOperation tuple, Dictionary<ISymbol, LossNode?> values)
    {
        var elements = tuple.Elements.Select(element => Parse(element, values)).ToList();
        return elements.Contains(null) ? null : new(new(elements.OfType<LossNode>()));
    }

    /// <summary><c>pair.Item1</c>, <c>pair.name</c>.</summary>
    private LossNode? ParseElement(IFieldReferenceOperation reference, Dictionary<ISymbol, LossNode?> values)
    {
        // Item1 is its name whatever else it is called.
        static string Item(IFieldSymbol element) => (element.CorrespondingTupleField ?? element).Name;
        var place = ((INamedTypeSymbol)reference.Instance!.Type!).TupleElements.ToList().FindIndex(element => Item(element) == Item(reference.Field));
        return (Parse(reference.Instance, values) as TupleNode)?.Elements.ElementAtOrDefault(place);
    }

    /// <summary>Whether a tuple becomes another of wider elements, or of other names.</summary>
    private static bool IsOfTuple(IConversionOperation conversion) =>
        conversion is { IsImplicit: true, OperatorMethod: null, Type.IsTupleType: true, Operand.Type.IsTupleType: true };

    /// <summary>Gives the parts of a value to the locals that a deconstruction declares. False if it is none of a tuple into new locals.</summary>
    private bool Declares(IDeconstructionAssignmentOperation deconstruction, Dictionary<ISymbol, LossNode?> values) =>
        AreNew(deconstruction.Target) && deconstruction.Value.Type?.IsTupleType == true && Declare(deconstruction.Target, Parse(deconstruction.Value, values), values);

    private static bool AreNew(IOperation target) => target switch
    {
        IDeclarationExpressionOperation or IDiscardOperation => true,
        ITupleOperation tuple => tuple.Elements.All(AreNew),
        _ => false,
    };

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
                var elements = (value as TupleNode)?.Elements ?? default;
                return tuple.Elements.Select((element, place) => Declare(element, elements.ElementAtOrDefault(place), values)).Aggregate((all, one) => all & one);
            default:
                return target is IDiscardOperation;
        }
    }
}
