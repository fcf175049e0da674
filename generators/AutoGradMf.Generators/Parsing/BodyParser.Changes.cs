using AutoGradMf.Generators.Symbolics.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AutoGradMf.Generators.Parsing;

/// <summary>
/// Locals and parameters that are changed, which a loss does not do, and which is noted: each is another value from there on, so that nothing more
/// is said of what it was.
/// </summary>
internal sealed partial class BodyParser
{
    private readonly HashSet<ISymbol> _changed = new(SymbolEqualityComparer.Default);

    /// <summary>What a local or a parameter stands for where it is used; once it is changed, something unknown in its place.</summary>
    private LossNode? Current(IOperation use, ISymbol symbol, LossNode? value) => !_changed.Contains(symbol) ? value
        : value is null or ReadingNode ? null
        : new UnknownNode(Node(use), value.Kind, symbol.Name, new([value]));

    /// <summary>Notes what a construct that a loss does not have changes.</summary>
    private void NoteChanges(IOperation refused) => _changed.UnionWith(refused.DescendantsAndSelf().SelectMany(ChangedBy));

    /// <summary>Notes the arguments by reference that a method changes: its parameters are known to be changed, or nobody can see its body.</summary>
    private void NoteChangedArguments(IMethodSymbol method, List<IOperation> arguments, bool isOpaque) => _changed.UnionWith(method.Parameters
        .Zip(arguments, (parameter, argument) => (Parameter: parameter, Argument: argument))
        .Where(given => given.Parameter.RefKind is RefKind.Ref or RefKind.Out && (isOpaque || _changed.Contains(given.Parameter)))
        .SelectMany(given => Places(given.Argument))
        .ToList());

    private static IEnumerable<ISymbol> ChangedBy(IOperation operation) => operation switch
    {
        IAssignmentOperation assignment => Places(assignment.Target),
        IIncrementOrDecrementOperation step => Places(step.Target),
        IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } argument => Places(argument.Value),
        IAddressOfOperation address => Places(address.Reference),

        // Whichever of the functions around it that is.
        IInvocationOperation { TargetMethod.MethodKind: MethodKind.LocalFunction or MethodKind.DelegateInvoke } call =>
            FunctionsWithin(Around(call))
                .SelectMany(function => function.Descendants())
                .Where(part => part is not IInvocationOperation)
                .SelectMany(ChangedBy),
        _ => [],
    };

    private static IEnumerable<IOperation> FunctionsWithin(IOperation body) =>
        body.Descendants().Where(part => part is IAnonymousFunctionOperation or ILocalFunctionOperation);

    /// <summary>All that is read together with an operation, such as the body of a method.</summary>
    private static IOperation Around(IOperation part)
    {
        while (part.Parent is { } around)
        {
            part = around;
        }

        return part;
    }

    /// <summary>The locals and parameters that are written to, whole or in part.</summary>
    private static IEnumerable<ISymbol> Places(IOperation target) => target switch
    {
        ILocalReferenceOperation { Local: { RefKind: not RefKind.None } other } => Around(target).Descendants()
            .OfType<IVariableDeclaratorOperation>()
            .Where(declarator => SymbolEqualityComparer.Default.Equals(declarator.Symbol, other) && declarator.Initializer is not null)
            .SelectMany(declarator => Places(declarator.Initializer!.Value))
            .Prepend(other),
        ILocalReferenceOperation local => [local.Local],
        IParameterReferenceOperation parameter => [parameter.Parameter],
        ITupleOperation tuple => tuple.Elements.SelectMany(Places),
        IDeclarationExpressionOperation declaration => Places(declaration.Expression),
        IConversionOperation conversion => Places(conversion.Operand),
        IConditionalOperation { WhenFalse: { } no } choice => [.. Places(choice.WhenTrue), .. Places(no)],
        IMemberReferenceOperation { Instance: { } holder } => Places(holder),
        IArrayElementReferenceOperation element => Places(element.ArrayReference),
        _ => [],
    };
}
