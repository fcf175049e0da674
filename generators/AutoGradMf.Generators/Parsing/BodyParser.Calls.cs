using System.Collections.Immutable;
using AutoGradMf.Generators.Diagnostics;
using AutoGradMf.Generators.Emission;
using AutoGradMf.Generators.Symbolics.Model;
using AutoGradMf.Generators.Symbolics.Translation.Language;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AutoGradMf.Generators.Parsing;

/// <summary>Calls: functions of the language, and methods and lambdas whose bodies stand in their place.</summary>
internal sealed partial class BodyParser
{
    private LossNode? ParseInvocation(IInvocationOperation invocation, Dictionary<ISymbol, LossNode?> values)
    {
        var target = Implementation(invocation.TargetMethod, invocation.ConstrainedToType ?? invocation.Instance?.Type);
        var method = OfDouble(WithBody((target.ReducedFrom ?? target).OriginalDefinition), target);
        var arguments = invocation.Arguments.OrderBy(a => a.Parameter?.Ordinal ?? 0).Select(a => a.Value).ToList();
        if (IsCreation(invocation.TargetMethod))
        {
            return Parse(arguments[0], values);
        }

        if (invocation is { TargetMethod.MethodKind: MethodKind.DelegateInvoke, Instance: { } called })
        {
            var given = arguments.Select(a => Parse(a, values)).ToList();
            return Parse(called, values) is DelegateNode function && !given.Contains(null) ? function.Apply([.. given.OfType<LossNode>()]) : Unknown(invocation, given);
        }

        if (IsOfSequences(method))
        {
            return ParseSequence(invocation, arguments, values);
        }

        if (!_functions.Knows(method))
        {
            return _functions.ExpressionOf(method) is { } meant
                ? Expressed(invocation, meant, [.. arguments.Select(a => Parse(a, values))])
                : Inline(invocation, target, invocation.Instance, arguments, values);
        }

        var key = _functions.Use(method);
        if (key is null && IsNotedWhereDeclared(method))
        {
            return Unread(invocation, arguments, values);
        }

        if (key is null)
        {
            Unsupported(invocation.Syntax.GetLocation(), method.Name, "it has no derivative that the generator knows");
            return Unread(invocation, arguments, values);
        }

        return AreAccessible(invocation, key) ? Call(invocation, key, arguments, values) : Unread(invocation, arguments, values);
    }

    /// <summary>What a call means of a function that the library says an expression of.</summary>
    private LossNode? Expressed(IOperation call, LossNode meant, IReadOnlyList<LossNode?> given) => given.Contains(null)
        ? Unknown(call, TensorKind.Scalar, given)
        : _functions.Substitute(meant, [.. given.OfType<LossNode>()], Node(call));

    /// <summary>Whether a function has a form that generated code cannot call, which is said where it is declared.</summary>
    private static bool IsNotedWhereDeclared(IMethodSymbol method) => FunctionForm.ProblemOf(method) is not null && method.DeclaringSyntaxReferences.Length > 0;

    /// <summary>A call that cannot be read, whose arguments may have problems of their own.</summary>
    private UnknownNode? Unread(IOperation call, List<IOperation> arguments, Dictionary<ISymbol, LossNode?> values) =>
        Unknown(call, arguments.Where(a => TensorTypes.KindOf(a.Type, _typeArguments) is not null).Select(a => Parse(a, values)));

    /// <summary>Whether generated code may call a function, and those that its derivatives need; notes the others.</summary>
    private bool AreAccessible(IOperation call, string key) =>
        _functions.MethodsOf(key).Aggregate(true, (all, method) => IsAccessible(call, method) && all);

    /// <summary>Whether generated code may use a member; notes it if not.</summary>
    private bool IsAccessible(IOperation use, ISymbol member)
    {
        var isFileLocal = LossParser.Around(member).Any(type => type.IsFileLocal);
        if (!isFileLocal && compilation.IsSymbolAccessibleWithin(member, _loss!.ContainingType))
        {
            _warnings.UnionWith(member.ContainingType.Is(LibraryNames.LossMath) ? [] : CallerAttributes.WarningsOf(member));
            return true;
        }

        Report(InaccessibleMember.Rule, use, $"{member.ContainingType.Name}.{member.Name}", _loss!.ContainingType.Name,
            isFileLocal ? "drop the modifier 'file' of its type" : "make it internal or public");
        return false;
    }

    /// <summary>The body of a method in place of its call; of a getter or an operator too.</summary>
    private LossNode? Inline(IOperation call, IMethodSymbol target, IOperation? receiver, List<IOperation> arguments, Dictionary<ISymbol, LossNode?> values)
    {
        var method = WithBody((target.ReducedFrom ?? target).OriginalDefinition);
        if (_calls.Contains(method, SymbolEqualityComparer.Default))
        {
            diagnostics.Add(Diagnostic.Create(RecursiveMethod.Rule, call.Syntax.GetLocation(), (method.AssociatedSymbol ?? method).Name));
            return Unread(call, arguments, values);
        }

        if (BodyOf(method) is not { } text || MayBeOverridden(target, receiver, ConstrainedTo(call)))
        {
            return ParseOpaque(call, target, arguments, values);
        }

        if (IsOfExtension(method))
        {
            Unsupported(call.Syntax.GetLocation(), FirstLine(call.Syntax), $"'{target.Name}' is a member of an extension; call it as a member of what that extends, not of '{method.ContainingType.Name}'");
            return Unread(call, arguments, values);
        }

        // What C# 14 extends is a parameter of the block around the method; of another receiver only what the method reads of it matters.
        var inner = With(Captured(method, values), []);
        if (receiver is not null && (TensorTypes.KindOf(receiver.Type, _typeArguments) is not null || ReadsReceiver(text)))
        {
            inner[method.ContainingType] = Parse(receiver, values);
            if (inner[method.ContainingType] is null)
            {
                return Unread(call, arguments, values);
            }
        }

        foreach (var (parameter, argument) in method.Parameters.Zip(arguments, (p, a) => (p, a)).Where(p => !IsOption(p.a)))
        {
            inner[parameter] = Parse(argument, values);
        }

        var body = WithinCall(method, () => WithTypeArguments(target, () => ParseMethod(method, inner, call.Syntax.GetLocation())));
        NoteChangedArguments(method, arguments, isOpaque: false);
        return body is not (null or ThrowNode) && method.Has(LibraryNames.PredictionAttribute) ? Marked(call, target, body) : body;
    }

    /// <summary>A call of a method that nobody can see into.</summary>
    private UnknownNode? ParseOpaque(IOperation call, IMethodSymbol target, List<IOperation> arguments, Dictionary<ISymbol, LossNode?> values)
    {
        var unread = Unread(call, CalledOn(call) is { } receiver ? [receiver, .. arguments] : arguments, values);
        if (!Follows(call, values))
        {
            NoteChangedArguments(target, arguments, isOpaque: true);
            NotVisible(target, call.Syntax.GetLocation(), unread is null || unread.Known.Any(DependsOnFactor));
        }

        return unread;
    }

    /// <summary>What a member is called on, also through others: U in U.View.ToMatrix().</summary>
    private static IOperation? CalledOn(IOperation call)
    {
        var receiver = call;
        while (receiver is IInvocationOperation { Instance: not null } or IPropertyReferenceOperation { Instance: not null })
        {
            receiver = (receiver as IInvocationOperation)?.Instance ?? ((IPropertyReferenceOperation)receiver).Instance!;
        }

        return ReferenceEquals(receiver, call) ? null : receiver;
    }

    /// <summary>Whether a body uses the object that its method is called on.</summary>
    private bool ReadsReceiver(SyntaxNode body) => compilation.OperationOf(body, cancellation)?.DescendantsAndSelf().Any(part =>
        part is IInstanceReferenceOperation or IParameterReferenceOperation { Parameter.ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Constructor } }) == true;

    /// <summary>The matrix that a model predicts by; it is the only one.</summary>
    private LossNode Marked(IOperation call, IMethodSymbol method, LossNode body)
    {
        if (TensorTypes.KindOf(method.ReturnType, _typeArguments) != TensorKind.Matrix)
        {
            Report(InvalidPrediction.Rule, call, FirstLine(call.Syntax), $"it returns {method.ReturnType.ToMinimalDisplayString(call.SemanticModel!, call.Syntax.SpanStart)}, and a model predicts the elements of a Matrix<double>; take [Prediction] off '{method.Name}'");
            return body;
        }

        var (text, value) = (FirstLine(call.Syntax), LossText.Of(body));
        _prediction ??= (text, value);
        if (_prediction.Value.Value != value)
        {
            Report(InvalidPrediction.Rule, call, text, $"the loss predicts by '{_prediction.Value.Call}', which is marked too; take [Prediction] off one of the two methods, or write a loss for each");
            return body;
        }

        return new CallNode(Node(call), body.Kind, Operators.Prediction, new([body]));
    }

    /// <summary>Reads a body in which type parameters stand for what they do in this call, and for what they did again after it.</summary>
    private LossNode? WithTypeArguments(IMethodSymbol method, Func<LossNode?> read)
    {
        var arguments = TypeArguments(method).ToList();
        if (arguments.Count == 0)
        {
            return read();
        }

        var outer = new Dictionary<ITypeSymbol, TensorKind>(_typeArguments, TypeParameters.ByPlace);
        var outerTypes = new Dictionary<ITypeSymbol, ITypeSymbol>(_typesFor, TypeParameters.ByPlace);
        foreach (var (parameter, argument) in arguments)
        {
            _typesFor[parameter] = outerTypes.TryGetValue(argument, out var type) ? type : argument;
            if (TensorTypes.KindOf(argument, outer) is { } kind)
            {
                _typeArguments[parameter] = kind;
            }
            else
            {
                _typeArguments.Remove(parameter);
            }
        }

        var wasReplaced = _areTypesReplaced;
        _areTypesReplaced |= arguments.Any(a => !SymbolEqualityComparer.Default.Equals(a.Parameter, a.Argument));
        try
        {
            return read();
        }
        finally
        {
            _areTypesReplaced = wasReplaced;
            Restore(_typeArguments, outer);
            Restore(_typesFor, outerTypes);
        }
    }

    private static void Restore<TValue>(Dictionary<ITypeSymbol, TValue> into, Dictionary<ITypeSymbol, TValue> before)
    {
        into.Clear();
        foreach (var stood in before)
        {
            into.Add(stood.Key, stood.Value);
        }
    }

    /// <summary>Whether an argument is of a type that may stay unused, as an option may; where it is used, that is noted there.</summary>
    private static bool IsOption(IOperation argument) => argument is IDefaultValueOperation { ConstantValue.HasValue: false };

    /// <summary>A lambda or a method given in place of one.</summary>
    private DelegateNode? ParseDelegate(IOperation creation, IOperation target, Dictionary<ISymbol, LossNode?> values)
    {
        var method = target switch
        {
            IAnonymousFunctionOperation lambda => lambda.Symbol,
            IMethodReferenceOperation reference => reference.Method,
            _ => null,
        };
        if (method is null)
        {
            Unsupported(creation.Syntax.GetLocation(), FirstLine(creation.Syntax), "give a lambda or a method");
            return null;
        }

        return new DelegateNode(Node(creation), new(method.Parameters.Select(p => p.Name)), given => Value(target is IAnonymousFunctionOperation anonymous
            ? ParseStatements(anonymous.Body.Operations, 0, With(values, method.Parameters.Zip(given, (p, value) => (p, value))))
            : ParseReference(creation, (IMethodReferenceOperation)target, given, values)));
    }

    private LossNode? ParseReference(IOperation creation, IMethodReferenceOperation reference, IReadOnlyList<LossNode> given, Dictionary<ISymbol, LossNode?> values)
    {
        var target = Implementation(reference.Method, reference.ConstrainedToType ?? reference.Instance?.Type);
        var method = OfDouble(WithBody(target.OriginalDefinition), target);
        var key = _functions.Knows(method) ? _functions.Use(method) : null;
        if (key is not null)
        {
            return AreAccessible(creation, key) ? new CallNode(Node(creation), TensorTypes.KindOf(target.ReturnType, _typeArguments) ?? TensorKind.Scalar, key, new(given)) : null;
        }

        if (_functions.ExpressionOf(method) is { } meant)
        {
            return Expressed(creation, meant, given);
        }

        if (_functions.Knows(method) && IsNotedWhereDeclared(method))
        {
            return Unknown(creation, TensorKind.Scalar, given);
        }

        if (_calls.Contains(method, SymbolEqualityComparer.Default))
        {
            return Report(RecursiveMethod.Rule, creation, method.ContainingType.Name);
        }

        if (MayBeOverridden(target, reference.Instance, ConstrainedTo(reference)))
        {
            return NotVisible(target, creation.Syntax.GetLocation());
        }

        var elements = With(Captured(method, values), method.Parameters.Zip(given, (p, value) => (p, value)));
        var value = WithinCall(method, () => WithTypeArguments(target, () => ParseMethod(method, elements, creation.Syntax.GetLocation())));
        return value is not (null or ThrowNode) && method.Has(LibraryNames.PredictionAttribute) ? Marked(creation, target, value) : value;
    }

    /// <summary>A local function sees the locals around it.</summary>
    private static Dictionary<ISymbol, LossNode?> Captured(IMethodSymbol method, Dictionary<ISymbol, LossNode?> values) =>
        method.MethodKind == MethodKind.LocalFunction ? values : new(SymbolEqualityComparer.Default);

    private static Dictionary<ISymbol, LossNode?> With(Dictionary<ISymbol, LossNode?> values, IEnumerable<(IParameterSymbol Parameter, LossNode Value)> more)
    {
        var all = new Dictionary<ISymbol, LossNode?>(values, SymbolEqualityComparer.Default);
        foreach (var (parameter, value) in more)
        {
            all[parameter] = value;
        }

        return all;
    }

    /// <summary>Whether a static method is the form in which C# 14 lowers a member of an extension block, whose parameters are others.</summary>
    private bool IsOfExtension(IMethodSymbol method) => method.MethodKind == MethodKind.Ordinary && method.DeclaringSyntaxReferences
        .Select(r => r.GetSyntax(cancellation))
        .Any(declaration => declaration.Parent is TypeDeclarationSyntax type && type.Identifier.ValueText != method.ContainingType.Name);

    /// <summary>The half of a partial method that has its body, with parameters of its own.</summary>
    private static IMethodSymbol WithBody(IMethodSymbol method) => method.PartialImplementationPart ?? method;

    /// <summary>The block or the expression of a method; null if its source is not in this compilation, or it has none.</summary>
    private SyntaxNode? BodyOf(IMethodSymbol method) => BodyOf(method, compilation, cancellation);

    /// <inheritdoc cref="BodyOf(IMethodSymbol)"/>
    public static SyntaxNode? BodyOf(IMethodSymbol method, Compilation compilation, CancellationToken cancellation) => method.DeclaringSyntaxReferences
        .Select(r => r.GetSyntax(cancellation))
        .Where(declaration => compilation.ContainsSyntaxTree(declaration.SyntaxTree))
        .Select(declaration => declaration switch
        {
            BaseMethodDeclarationSyntax m => (SyntaxNode?)m.Body ?? m.ExpressionBody?.Expression,
            LocalFunctionStatementSyntax f => (SyntaxNode?)f.Body ?? f.ExpressionBody?.Expression,
            AccessorDeclarationSyntax a => (SyntaxNode?)a.Body ?? a.ExpressionBody?.Expression,
            ArrowExpressionClauseSyntax property => property.Expression,
            _ => null,
        })
        .FirstOrDefault(body => body is not null);

    private LossNode? NotVisible(IMethodSymbol method, Location call, bool isReached = true)
    {
        var isOverridable = BodyOf(WithBody(method.OriginalDefinition)) is not null;
        if (method.ReturnType.SpecialType == SpecialType.System_Boolean && !isOverridable)
        {
            return Unsupported(call, FirstLine(call), "a condition compares numbers, or calls a method whose code is in this project");
        }

        diagnostics.Add(TensorTypes.IsOtherPrecision(method.ReturnType)
            ? Diagnostic.Create(MixedPrecision.Rule, call, method.Name, method.ReturnType.ToDisplayString(), "call one that returns double")
            : Diagnostic.Create(OpaqueMethod.Rule, call, $"{method.ContainingType?.Name}.{(method.AssociatedSymbol ?? method).Name}",
                isOverridable && method.IsStatic ? ": each type that implements it may have another; call a method that is not virtual"
                    : isOverridable ? ": an override may run in its place; seal it, or the type that it is called on"
                    : (_functions.ReasonAgainst(method) is { } reason ? $": {reason}"
                        : _functions.Nearest(method.Name) is { } nearest ? $", and the nearest function that it knows is LossMath.{nearest}" : "")
                        + (isReached ? "" : "; no factor reaches it here, so pass its value as a parameter")));
        return null;
    }

    private LossNode? ParseMethod(IMethodSymbol method, Dictionary<ISymbol, LossNode?> values, Location call)
    {
        if (BodyOf(method) is not { } body)
        {
            return NotVisible(method, call);
        }

        var operation = compilation.OperationOf(body, cancellation);
        _marked.UnionWith(MarkedIn(operation));
        var value = operation is IBlockOperation block ? ParseStatements(block.Operations, 0, values) : Outcome(operation, values);
        if (value is ThrowNode)
        {
            return value;
        }

        var kind = TensorTypes.KindOf(method.ReturnType, _typeArguments);
        if (kind is not null && value is ReadingNode)
        {
            return Unsupported(call, FirstLine(call), $"'{method.Name}' returns no matrix, vector or number here");
        }

        // A value of another kind than the method returns has the compiler's own error.
        return kind is not null && value?.Kind != kind ? null : value;
    }

    /// <summary>The marked predictions that are called, also where a constant decides that they are not.</summary>
    private static IEnumerable<IMethodSymbol> MarkedIn(IOperation? body) => (body?.DescendantsAndSelf() ?? [])
        .Select(part => part switch { IInvocationOperation call => call.TargetMethod, IMethodReferenceOperation named => named.Method, _ => null })
        .OfType<IMethodSymbol>()
        .Select(method => method.OriginalDefinition)
        .Select(method => method.PartialImplementationPart ?? method)
        .Where(method => method.Has(LibraryNames.PredictionAttribute));

    /// <summary>Local declarations, returns, throws, and conditions that end in these; every other statement is noted.</summary>
    private LossNode? ParseStatements(IReadOnlyList<IOperation> statements, int first, Dictionary<ISymbol, LossNode?> values)
    {
        using var level = Deeper();
        for (var s = first; s < statements.Count; s++)
        {
            switch (statements[s])
            {
                case IVariableDeclarationGroupOperation group:
                    foreach (var variable in group.Declarations.SelectMany(d => d.Declarators).Where(v => v.Initializer is not null))
                    {
                        values[variable.Symbol] = Parse(variable.Initializer!.Value, values);
                    }

                    break;
                case IExpressionStatementOperation { Operation: IDeconstructionAssignmentOperation deconstruction } when Declares(deconstruction, values):
                case ILocalFunctionOperation or IEmptyOperation:
                    break;
                case IReturnOperation { ReturnedValue: { } value }:
                    return Outcome(value, values);
                case IThrowOperation thrown:
                    return Outcome(thrown, values);
                case IConditionalOperation { WhenTrue: var yes, WhenFalse: var no } conditional when Returns(yes) || (no is not null && Returns(no)):
                    // Only a branch that does not return goes on with what follows.
                    var condition = ParseCondition(conditional, values);
                    LossNode? Branch(IOperation? branch) => ParseStatements(
                        branch is not null && Returns(branch) ? Statements(branch) : [.. Statements(branch), .. statements.Skip(s + 1)], 0, values);
                    if (condition?.IsKnown is { } holds)
                    {
                        return Branch(holds ? yes : no);
                    }

                    var then = Branch(yes);
                    var otherwise = Branch(no);
                    return Select(conditional, condition, then, otherwise)
                        ?? UnknownOutcome(conditional, [then, otherwise]);
                case ISwitchOperation select when select.Cases.All(c => c.Body is [.., var last] && Returns(last)):
                    return ParseSwitch(select, [.. statements.Skip(s + 1)], values);
                case IExpressionStatementOperation { Operation: IInvocationOperation call } when IsGuard(call, values):
                    break;
                // Braces alone, or those of checked.
                case IBlockOperation block:
                    return ParseStatements([.. block.Operations, .. statements.Skip(s + 1)], 0, values);
                case ILabeledOperation labeled:
                    return ParseStatements([labeled.Operation!, .. statements.Skip(s + 1)], 0, values);
                case IInvalidOperation:
                    break;
                default:
                    NoteStatement(statements[s]);
                    var seen = ReadRefused(statements[s], values);
                    return UnknownAfter(statements[s], seen, ParseStatements(statements, s + 1, values));
            }
        }

        return null;
    }

    private static ImmutableArray<IOperation> Statements(IOperation? statement) => statement switch
    {
        null => [],
        IBlockOperation block => block.Operations,
        _ => [statement],
    };

    /// <summary>Whether a statement ends in a return or a throw, whatever its conditions.</summary>
    private static bool Returns(IOperation statement) => statement switch
    {
        IReturnOperation or IThrowOperation => true,
        IBlockOperation { Operations: [.., var last] } => Returns(last),
        IConditionalOperation { WhenFalse: { } no } conditional => Returns(conditional.WhenTrue) && Returns(no),
        ISwitchOperation { Cases: var cases } => cases.All(c => c.Body is [.., var last] && Returns(last)) && cases.Any(c => c.Clauses.Any(clause => clause is IDefaultCaseClauseOperation)),
        _ => false,
    };
}
