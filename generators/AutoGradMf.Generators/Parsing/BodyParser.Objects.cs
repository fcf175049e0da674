using AutoGradMf.Generators.Diagnostics;
using AutoGradMf.Generators.Symbolics.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AutoGradMf.Generators.Parsing;

/// <summary>Objects of the user's own types, which hold values for a helper: records, structs, and classes whose constructors only set members.</summary>
internal sealed partial class BodyParser
{
    private PackNode? ParseObject(IObjectCreationOperation creation, Dictionary<ISymbol, LossNode?> values)
    {
        if (creation is not { Type: INamedTypeSymbol type, Constructor: { } constructor })
        {
            return null;
        }

        if (WhyNotHeld(type) is { } reason)
        {
            Unsupported(creation.Syntax.GetLocation(), FirstLine(creation.Syntax), reason);
            return null;
        }

        var given = With(new(SymbolEqualityComparer.Default), []);
        foreach (var argument in creation.Arguments)
        {
            given[argument.Parameter!.OriginalDefinition] = Parse(argument.Value, values);
        }

        var made = given.ContainsValue(null) ? null : WithTypeArguments(constructor, () => Constructed(type, constructor.OriginalDefinition, given, creation));
        return Initialized(made, creation.Initializer, values);
    }

    /// <summary>Why the values of a new object are not those that its constructor is given; null if they are.</summary>
    private static string? WhyNotHeld(INamedTypeSymbol type) =>
        type.OriginalDefinition.DeclaringSyntaxReferences.Length == 0 ? TensorTypes.KindOf(type) == TensorKind.IndexVector
            ? "a loss makes no index vectors of its own; pass it as a parameter"
            : TensorTypes.IsTensor(type)
            ? "a loss makes no matrices of its own; pass it as a parameter, or make it of others by Ones, Identity and Map"
            : $"'{type.Name}' is not of this project; hold values in an array, [a, b], in a tuple or in a type of your own"
        : type.BaseType is { SpecialType: not (SpecialType.System_Object or SpecialType.System_ValueType), Name: var @base } ?
            $"'{type.Name}' inherits from '{@base}'; hold the values in a type that inherits from none, or in a tuple"
        : type.IsRecord && type.InstanceConstructors.Any(c => !c.IsImplicitlyDeclared && c.Parameters is [{ Type: var copied }] && SymbolEqualityComparer.Default.Equals(copied, type)) ?
            $"'{type.Name}' has a constructor of its own that copies; leave that to the compiler"
        : null;

    /// <summary>The members of a new object, after its initializers and its constructor; null if these do more than to set members, which is then noted.</summary>
    private PackNode? Constructed(INamedTypeSymbol type, IMethodSymbol constructor, Dictionary<ISymbol, LossNode?> given, IOperation creation)
    {
        var declaration = constructor.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellation);
        var isPrimary = declaration is TypeDeclarationSyntax;
        List<IParameterSymbol> positional = isPrimary && type.IsRecord ? [.. constructor.Parameters] : [];
        var isTakenApart = type.GetMembers("Deconstruct").All(m => m.IsImplicitlyDeclared);
        var made = new PackNode(default, default, isTakenApart ? positional.Count : 0);
        var members = type.OriginalDefinition.GetMembers().OfType<IFieldSymbol>()
            .Where(f => !f.IsStatic && (f.CanBeReferencedByName || f.AssociatedSymbol is IPropertySymbol))
            .Select(field => (Field: field, Member: field.AssociatedSymbol ?? field, Place: positional.FindIndex(p => p.Name == (field.AssociatedSymbol ?? field).Name)));
        foreach (var (field, member, place) in members.OrderBy(m => m.Place < 0 ? int.MaxValue : m.Place))
        {
            var value = _initializers.InitializerOf(member) is { } initializer ? Parse(initializer, given)
                : place >= 0 ? given[positional[place]]
                : TensorTypes.IsDouble(field.Type, _typeArguments) || TensorTypes.IsWhole(field.Type) ? new NumberNode(Node(creation), 0)
                : field.Type.SpecialType == SpecialType.System_Boolean ? ConditionNode.Of(false)
                : new OptionNode(null);
            if (value is null)
            {
                return null;
            }

            made = made.With(member.Name, value);
        }

        if (isPrimary)
        {
            // What no member hides is seen by the members.
            return constructor.Parameters.Where(p => !made.Names.Contains(p.Name)).Aggregate(made, (all, p) => all.With(p.Name, given[p]!));
        }

        if (declaration is ConstructorDeclarationSyntax { Initializer: { } chained })
        {
            Unsupported(chained.GetLocation(), FirstLine(chained), "a constructor of what a loss makes calls no other; set the members");
            return null;
        }

        return BodyOf(constructor) is { } body ? Set(made, compilation.OperationOf(body, cancellation), given) : made;
    }

    /// <summary>What the statements of a constructor make of an object.</summary>
    private PackNode? Set(PackNode made, IOperation? body, Dictionary<ISymbol, LossNode?> values)
    {
        foreach (var statement in body is IBlockOperation block ? block.Operations : [body!])
        {
            var assigned = (statement as IExpressionStatementOperation)?.Operation ?? statement;
            var pairs = Assignments(assigned).ToList();
            if (pairs.Count == 0 || !pairs.All(pair => pair.Target is IMemberReferenceOperation { Instance: IInstanceReferenceOperation, Member: var member } && IsStored(member)))
            {
                Unsupported(assigned.Syntax.GetLocation(), FirstLine(assigned.Syntax), "the constructor of what a loss makes only sets members");
                return null;
            }

            var computed = pairs.Select(pair => (((IMemberReferenceOperation)pair.Target).Member.Name, Value: Parse(pair.Value, values))).ToList();
            if (computed.Any(c => c.Value is null))
            {
                return null;
            }

            made = computed.Aggregate(made, (all, one) => all.With(one.Name, one.Value!));
        }

        return made;
    }

    /// <summary><c>By = by</c>, <c>(X, By) = (x, by)</c>.</summary>
    private static IEnumerable<(IOperation Target, IOperation Value)> Assignments(IOperation assignment)
    {
        static IOperation Converted(IOperation value) => value is IConversionOperation { IsImplicit: true, Operand: var operand } ? operand : value;
        return assignment switch
        {
            ISimpleAssignmentOperation one => [(one.Target, one.Value)],
            IDeconstructionAssignmentOperation { Target: ITupleOperation targets } all when Converted(all.Value) is ITupleOperation given =>
                targets.Elements.Zip(given.Elements, (target, value) => (target, value)),
            _ => [],
        };
    }

    /// <summary><c>old with { By = 2 }</c>, <c>new Weights { By = 2 }</c>, <c>new { By = 2 }</c>.</summary>
    private PackNode? Initialized(LossNode? made, IObjectOrCollectionInitializerOperation? initializer, Dictionary<ISymbol, LossNode?> values) =>
        Initialized(made, initializer is null ? [] : initializer.Initializers, values);

    private PackNode? Initialized(LossNode? made, IReadOnlyList<IOperation> initializers, Dictionary<ISymbol, LossNode?> values)
    {
        var result = made as PackNode;
        foreach (var initializer in initializers)
        {
            var (name, value) = initializer is ISimpleAssignmentOperation { Target: IMemberReferenceOperation { Member: var member }, Value: { } set } && IsStored(member)
                ? (member.Name, Parse(set, values))
                : ("", Unsupported(initializer.Syntax.GetLocation(), FirstLine(initializer.Syntax), "an initializer of what a loss makes sets members"));
            result = value is null ? null : result?.With(name, value);
        }

        return result;
    }

    /// <summary>Whether a member holds what it is set to.</summary>
    private bool IsStored(ISymbol member) => member is not IPropertySymbol { SetMethod: { } setter } || BodyOf(setter.OriginalDefinition) is null;

    /// <summary>Whether a member holds what <c>[a, b]</c> makes of a read-only interface, which nothing changes.</summary>
    private bool IsWrittenReadOnly(ISymbol member, ITypeSymbol type) =>
        Collections.IsReadOnlyAsWritten(type)
        && ((INamedTypeSymbol)type).TypeArguments.All(t => ChangeablePart.Of(t) is null)
        && _initializers.InitializerOf(member) is ICollectionExpressionOperation or IConversionOperation { Operand: ICollectionExpressionOperation };
}
