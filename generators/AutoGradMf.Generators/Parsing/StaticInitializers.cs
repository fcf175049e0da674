using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AutoGradMf.Generators.Parsing;

/// <summary>
/// What initializers of static members see: members of the same type only where these stand above, and another type as a whole, unless that is being
/// initialized, too. What may still be zero then is no number of the language, and the member whose initializer sees it is read when the program runs.
/// </summary>
internal sealed class StaticInitializers(Compilation compilation, CancellationToken cancellation)
{
    private readonly Stack<ISymbol> _initialized = new();
    private readonly Dictionary<ISymbol, HashSet<ISymbol>> _reached = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<ISymbol, HashSet<ISymbol>> _setElsewhere = new(SymbolEqualityComparer.Default);

    /// <summary>What is read of the initializer of a member; null if it has none, or it is not the member's value.</summary>
    public T? Read<T>(ISymbol member, Func<IOperation, T?> read)
        where T : class
    {
        if (InitializerOf(member) is not { } initializer || IsSetElsewhere(member))
        {
            return null;
        }

        _initialized.Push(member);
        try
        {
            return read(initializer);
        }
        finally
        {
            _initialized.Pop();
        }
    }

    /// <summary>Whether a member has the value that it keeps where the initializer that is read now, if any, is computed.</summary>
    public bool IsSettled(ISymbol member)
    {
        if (_initialized.Count == 0)
        {
            return true;
        }

        var (now, type) = (_initialized.Peek(), member.ContainingType.OriginalDefinition);
        return AreSame(now.ContainingType.OriginalDefinition, type)
            ? StandsAbove(member, now) && !IsSetElsewhere(member)
            : !_initialized.Any(m => AreSame(m.ContainingType.OriginalDefinition, type) || Reached(type).Contains(m.ContainingType.OriginalDefinition));
    }

    private static bool AreSame(ISymbol? one, ISymbol? other) => SymbolEqualityComparer.Default.Equals(one, other);

    /// <summary>The files of a partial type have no order.</summary>
    private static bool StandsAbove(ISymbol member, ISymbol other) => member.DeclaringSyntaxReferences.All(above =>
        other.DeclaringSyntaxReferences.All(below => above.SyntaxTree == below.SyntaxTree && above.Span.Start < below.Span.Start));

    /// <summary>The types whose static members the initialization of a type may use, and the members and methods on the way there.</summary>
    private HashSet<ISymbol> Reached(INamedTypeSymbol type)
    {
        if (_reached.TryGetValue(type, out var known))
        {
            return known;
        }

        var reached = new HashSet<ISymbol>(SymbolEqualityComparer.Default) { type };
        var rest = new Queue<ISymbol>(reached);
        while (rest.Count > 0)
        {
            foreach (var used in Computed(rest.Dequeue()).SelectMany(o => o.DescendantsAndSelf()).SelectMany(Uses).Where(reached.Add))
            {
                rest.Enqueue(used);
            }
        }

        return _reached[type] = reached;
    }

    /// <summary>What is computed when a type is initialized, or when a method is called.</summary>
    private IEnumerable<IOperation> Computed(ISymbol symbol) => symbol switch
    {
        INamedTypeSymbol type => type.GetMembers().Where(m => m.IsStatic).SelectMany(m =>
            m is IMethodSymbol { MethodKind: MethodKind.StaticConstructor } ? Computed(m)
                : m is IFieldSymbol or IPropertySymbol or IEventSymbol && InitializerOf(m) is { } value ? [value] : []),
        IMethodSymbol method when BodyParser.BodyOf(method, compilation, cancellation) is { } body
            && compilation.OperationOf(body, cancellation) is { } computed => [computed],
        _ => [],
    };

    /// <summary>The methods that an operation calls, and the types whose static members it uses.</summary>
    private static IEnumerable<ISymbol> Uses(IOperation operation)
    {
        ISymbol? used = operation switch
        {
            IFieldReferenceOperation { Field: { IsConst: false } field } => field,
            IPropertyReferenceOperation { Property: { GetMethod: { } getter } } => getter,
            IEventReferenceOperation { Event: var handlers } => handlers,
            IMethodReferenceOperation { Method: var method } => method,
            IInvocationOperation { TargetMethod: var method } => method,
            IObjectCreationOperation { Constructor: { } constructor } => constructor,
            IBinaryOperation { OperatorMethod: { } method } => method,
            IUnaryOperation { OperatorMethod: { } method } => method,
            IConversionOperation { OperatorMethod: { } method } => method,
            _ => null,
        };
        return used is null ? [] : used.IsStatic || used is IMethodSymbol { MethodKind: MethodKind.Constructor }
            ? [used.OriginalDefinition, used.ContainingType.OriginalDefinition]
            : [used.OriginalDefinition];
    }

    /// <summary>Whether a static constructor or another initializer does more with a member than to read it.</summary>
    private bool IsSetElsewhere(ISymbol member)
    {
        var type = member.ContainingType.OriginalDefinition;
        if (!_setElsewhere.TryGetValue(type, out var set))
        {
            _setElsewhere[type] = set = new(
                Computed(type)
                    .SelectMany(computed => computed.DescendantsAndSelf())
                    .OfType<IMemberReferenceOperation>()
                    .Where(use => !IsOnlyRead(use))
                    .Select(use => use.Member.OriginalDefinition),
                SymbolEqualityComparer.Default);
        }

        return set.Contains(member.OriginalDefinition);
    }

    private static bool IsOnlyRead(IOperation use) => use.Parent switch
    {
        null or IFieldInitializerOperation or IPropertyInitializerOperation => true,
        IBinaryOperation or IUnaryOperation or IConversionOperation => true,
        IExpressionStatementOperation or IReturnOperation or INameOfOperation or IIsPatternOperation => true,
        ICollectionExpressionOperation or ISpreadOperation or IArrayInitializerOperation or IInterpolationOperation => true,
        IConditionalOperation { IsRef: false } or ICoalesceOperation => true,
        ISwitchExpressionOperation or ISwitchExpressionArmOperation => true,
        ITupleOperation tuple =>
            tuple.Parent is not IDeconstructionAssignmentOperation { Target: var target } || target != tuple,
        IArgumentOperation argument => BodyParser.IsInput(argument),
        IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol.RefKind: var kind } } => kind == RefKind.None,
        ISimpleAssignmentOperation { IsRef: false } assignment => assignment.Value == use,
        // A part of a value is the value itself. A member of an object is not: ChangeablePart keeps that from change.
        IMemberReferenceOperation or IInvocationOperation =>
            use.Type is { IsReferenceType: true } or { IsReadOnly: true }
            || (use.Parent is IFieldReferenceOperation part && IsOnlyRead(part)),
        _ => false,
    };

    /// <summary>What a field, a property or an event begins as; null if that is not in this compilation.</summary>
    public IOperation? InitializerOf(ISymbol member) => member.DeclaringSyntaxReferences
        .Select(r => r.GetSyntax(cancellation))
        .Select(declared => declared switch
        {
            VariableDeclaratorSyntax variable => variable.Initializer,
            PropertyDeclarationSyntax property => property.Initializer,
            _ => null,
        })
        .OfType<EqualsValueClauseSyntax>()
        .Where(initializer => compilation.ContainsSyntaxTree(initializer.SyntaxTree))
        .Select(initializer => compilation.OperationOf(initializer.Value, cancellation))
        .FirstOrDefault();
}
