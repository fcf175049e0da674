using System.Collections.Immutable;
using AutoGradMf.Generators.Diagnostics;
using AutoGradMf.Generators.Emission;
using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Model;
using AutoGradMf.Generators.Symbolics.Translation.Language;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AutoGradMf.Generators.Parsing;

/// <summary>Reads the body of a loss as an expression of the language, and the bodies of the methods it calls in their place.</summary>
internal sealed partial class BodyParser(Compilation compilation, List<Diagnostic> diagnostics, Location where, CancellationToken cancellation)
{
    private readonly List<Location> _locations = [where];
    private readonly Stack<IMethodSymbol> _calls = new();
    private readonly FunctionTable _functions = new(compilation);
    private readonly StaticInitializers _initializers = new(compilation, cancellation);
    private readonly SortedSet<string> _warnings = new(StringComparer.Ordinal);
    private readonly int _before = diagnostics.Count;
    private IMethodSymbol? _loss;
    private HashSet<string> _factors = [];
    private (string Call, string Value)? _prediction;
    private readonly HashSet<ISymbol> _marked = new(SymbolEqualityComparer.Default);
    private int _levels;
    private readonly Dictionary<ITypeSymbol, TensorKind> _typeArguments = new(TypeParameters.ByPlace);

    /// <summary>Where each numbered sub-expression stands; number 0 is the whole body.</summary>
    public IReadOnlyList<Location> Locations => _locations;

    /// <summary>Whether all could be read so far.</summary>
    public bool IsRead => diagnostics.Skip(_before).All(d => d.Severity != DiagnosticSeverity.Error);

    /// <summary>The methods marked as predictions that were called.</summary>
    public IReadOnlyCollection<ISymbol> Predictions => _marked;

    /// <summary>The elementwise functions that were called.</summary>
    public IEnumerable<FunctionModel> Functions => _functions.Used;

    /// <summary>What the compiler says where members are used that generated code uses, too.</summary>
    public IEnumerable<string> Warnings => _warnings;

    /// <summary>The body of a loss; null if it cannot be read, which is then noted.</summary>
    public LossNode? Parse(IMethodSymbol method) => Parse(method, p =>
        TensorTypes.KindOf(p) is { } kind ? new ParameterNode(0, kind, Identifier.Escaped(p.Name)) : null);

    /// <summary>The body of a method whose parameters stand for the given values.</summary>
    public LossNode? Parse(IMethodSymbol loss, Func<IParameterSymbol, LossNode?> value)
    {
        var method = WithBody(loss);
        _loss = method;
        _factors = [.. method.Parameters.Where(LossParser.IsFactor).Select(p => Identifier.Escaped(p.Name))];
        _locations[0] = (BodyOf(method) is BlockSyntax block ? ReturnedBy(block) : BodyOf(method))?.GetLocation() ?? where;

        // What is no number has been noted of the declaration.
        return WithinBudget(() => Value(ParseMethod(
            method, method.Parameters.ToDictionary<IParameterSymbol, ISymbol, LossNode?>(p => p, value, SymbolEqualityComparer.Default), where)) is not ReadingNode and var read ? read : null);
    }

    private static SyntaxNode ReturnedBy(BlockSyntax block) => block.Statements.OfType<ReturnStatementSyntax>().LastOrDefault()?.Expression ?? (SyntaxNode)block;

    /// <summary>The expression, with what cannot be read as unknown; null if it is not even known to be a number or a tensor.</summary>
    private LossNode? Parse(IOperation? operation, Dictionary<ISymbol, LossNode?> values) => Value(ReadBeside(operation, values)) ?? Unknown(operation, []);

    /// <summary>The same where it may throw instead, as the outcome of a condition may.</summary>
    private LossNode? Outcome(IOperation? operation, Dictionary<ISymbol, LossNode?> values) => ReadBeside(operation, values) ?? Unknown(operation, []);

    private UnknownNode? Unknown(IOperation? operation, IEnumerable<LossNode?> parts) =>
        operation is null ? null : Unknown(operation, TensorTypes.KindOf(operation.Type, _typeArguments), parts);

    private UnknownNode? Unknown(IOperation operation, TensorKind? kind, IEnumerable<LossNode?> parts) => kind is null
        ? null
        : new UnknownNode(Node(operation), kind.Value, FirstLine(operation.Syntax), new(parts.OfType<LossNode>().Where(p => p is not (LambdaNode or ReadingNode))));

    /// <summary>What is read; null, with nothing noted, where it cannot be.</summary>
    private TNode? Tried<TNode>(Func<TNode?> read)
        where TNode : LossNode
    {
        var noted = diagnostics.Count;
        var value = read();
        if (value is not null && diagnostics.Skip(noted).All(d => d.Severity != DiagnosticSeverity.Error))
        {
            return value;
        }

        diagnostics.RemoveRange(noted, diagnostics.Count - noted);
        return null;
    }

    private LossNode? Read(IOperation? operation, Dictionary<ISymbol, LossNode?> values)
    {
        cancellation.ThrowIfCancellationRequested();
        using var level = Deeper();
        // A method that calls another twice, which calls a third twice, is read a thousand times after ten of them.
        SymbolicBudget.Spend(4);
        if (operation?.ConstantValue is { HasValue: true, Value: bool holds })
        {
            return ConditionNode.Of(holds);
        }

        if (operation?.ConstantValue is { HasValue: true, Value: { } constant } && constant is double or float or sbyte or byte or short or ushort or int or uint or long or ulong)
        {
            NoteDroppedFractions(operation);
            return new NumberNode(Node(operation), Convert.ToDouble(constant, System.Globalization.CultureInfo.InvariantCulture));
        }

        if (operation is { ConstantValue.HasValue: true, Type: null or { TypeKind: not TypeKind.Error, IsReferenceType: true } })
        {
            return new OptionNode(operation.ConstantValue.Value);
        }

        return Reader(operation, values)();
    }

    /// <summary>What reads an operation. Operations nest, and what tells them apart needs much of the stack, which is free again when they are read.</summary>
    private Func<LossNode?> Reader(IOperation? operation, Dictionary<ISymbol, LossNode?> values) => operation switch
    {
        null => () => null,
        ILocalReferenceOperation { Type.TypeKind: TypeKind.Error, Local: var local } when values.TryGetValue(local, out var value) => () => value,
        IInvalidOperation or { Type.TypeKind: TypeKind.Error } or IConversionOperation { Conversion.Exists: false } => () => ParseInvalid(operation, values),
        _ when Nondeterminism.SourceOf(operation) is { } source => () => Report(NotDeterministic.Rule, operation, FirstLine(operation.Syntax), source),
        IParameterReferenceOperation p when values.TryGetValue(p.Parameter.ContainingSymbol is INamedTypeSymbol extension ? extension : p.Parameter, out var value) => () => Current(p, p.Parameter, value),
        ILocalReferenceOperation l when values.TryGetValue(l.Local, out var value) => () => Current(l, l.Local, value),
        IParenthesizedOperation p => () => Parse(p.Operand, values),
        IThrowOperation thrown => () => new ThrowNode(thrown),
        IConversionOperation c when c.Operand is IThrowOperation || c.Conversion.IsIdentity || IsWidening(c) || IsLifted(c) || IsOfLibrary(c) || IsTransparent(c) => () => Outcome(c.Operand, values),
        IConversionOperation { OperatorMethod: { } own } c when BodyOf(own) is not null => () => Inline(c, own, null, [c.Operand], values),
        IConversionOperation { Operand.Type.SpecialType: not SpecialType.System_Object } c when c.Type?.IsValueType == true => () => ParseNarrowing(c, values),
        IBinaryOperation { OperatorMethod: { } own } binary when BodyOf(own) is not null => () => Inline(binary, own, null, [binary.LeftOperand, binary.RightOperand], values),
        IUnaryOperation { OperatorMethod: { } own } unary when BodyOf(own) is not null => () => Inline(unary, own, null, [unary.Operand], values),
        IUnaryOperation or IBinaryOperation or IIsPatternOperation when operation.Type?.SpecialType == SpecialType.System_Boolean => () => ReadCondition(operation, values),
        IBinaryOperation binary when OperatorOf(binary) is { } name => () => Call(binary, name, [binary.LeftOperand, binary.RightOperand], values),
        IUnaryOperation { OperatorKind: UnaryOperatorKind.Minus } unary => () => Call(unary, Operators.Negate, [unary.Operand], values),
        IUnaryOperation { OperatorKind: UnaryOperatorKind.Plus } unary => () => Parse(unary.Operand, values),
        ITupleOperation tuple => () => ParsePack(tuple.Elements, values),
        ICollectionExpressionOperation collection => () => ParseCollection(collection, values),
        IArrayCreationOperation { Initializer.ElementValues: var elements } => () => ParsePack(elements, values),
        IArrayElementReferenceOperation { Indices: [var index] } element => () => ParseElement(element, element.ArrayReference, index, values),
        IImplicitIndexerReferenceOperation element => () => ParseElement(element, element.Instance, element.Argument, values),
        IObjectCreationOperation creation => () => ParseObject(creation, values),
        IAnonymousObjectCreationOperation creation => () => Initialized(new PackNode(default, default, 0), creation.Initializers, values),
        IWithOperation copy => () => Initialized(Parse(copy.Operand, values), copy.Initializer, values),
        IInstanceReferenceOperation { Type: INamedTypeSymbol type } when values.TryGetValue(type.OriginalDefinition, out var self) => () => self,
        IParameterReferenceOperation { Parameter: { ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Constructor, ContainingType: { } type }, Name: var name } }
            when values.TryGetValue(type, out var self) => () => (self as PackNode)?[name],
        IDelegateCreationOperation creation => () => ParseDelegate(creation, creation.Target, values),
        // The body of a method is read without the conversion to what it returns.
        IAnonymousFunctionOperation or IMethodReferenceOperation => () => ParseDelegate(operation, operation, values),
        IPropertyReferenceOperation property => () => ParseProperty(property, values),
        IFieldReferenceOperation { Instance.Type.IsTupleType: true } element => () => ParseElement(element, values),
        IFieldReferenceOperation field => () => ParseField(field, values),
        IConditionalOperation { WhenFalse: not null } conditional => () => ParseConditional(conditional, values),
        ISwitchExpressionOperation select => () => ParseSwitch(select, values),
        ICoalesceOperation { WhenNull: IThrowOperation or IConversionOperation { Operand: IThrowOperation } } guard => () => ParseGuard(guard, values),
        IInvocationOperation invocation => () => ParseInvocation(invocation, values),
        // The statement that declares it has been noted.
        ILocalReferenceOperation => () => null,
        _ when TensorTypes.IsOtherPrecision(operation.Type) => () => LeavesDouble(operation),
        _ => () => Follows(operation, values) ? null : Refused(operation),
    };

    private LossNode? Refused(IOperation operation)
    {
        NoteChanges(operation);
        return Unsupported(operation.Syntax.GetLocation(), FirstLine(operation.Syntax), AdviceOn(operation));
    }

    /// <summary>What does not compile has the compiler's own error; its operands may have problems of their own.</summary>
    private UnknownNode? ParseInvalid(IOperation invalid, Dictionary<ISymbol, LossNode?> values)
    {
        // What has no kind is the name of a type before a member that it lacks.
        var operands = invalid.ChildOperations
            .Where(o => o.Kind != OperationKind.None)
            .Where(o => o is IInvalidOperation or IArgumentOperation or { Type.TypeKind: TypeKind.Error } || TensorTypes.IsWhole(o.Type) || TensorTypes.KindOf(o.Type, _typeArguments) is not null)
            .Select(o => Parse(o is IArgumentOperation argument ? argument.Value : o, values))
            .OfType<LossNode>()
            .ToList();
        return operands.Count == 0 ? null : Unknown(invalid, TensorTypes.KindOf(invalid.Type, _typeArguments) ?? TensorKind.Scalar, operands);
    }

    /// <summary>Whether an operation is of something that could not be read, which has been noted.</summary>
    private bool Follows(IOperation operation, Dictionary<ISymbol, LossNode?> values)
    {
        bool IsLost(ISymbol symbol) =>
            values.TryGetValue(symbol, out var value) && (value is null || (value is ReadingNode && _changed.Contains(symbol)));
        return operation.DescendantsAndSelf().Any(part =>
            (part is IParameterReferenceOperation { Parameter: var parameter } && IsLost(parameter))
            || (part is ILocalReferenceOperation { Local: var local } && IsLost(local)));
    }

    /// <summary>Counts a level of what is read within itself, up to the disposal of what it returns.</summary>
    /// <exception cref="LossException">There are too many.</exception>
    private Level Deeper()
    {
        SymbolicBudget.RequireDepth(_levels + 1);
        _levels++;
        return new(this);
    }

    private readonly struct Level(BodyParser parser) : IDisposable
    {
        public void Dispose() => parser._levels--;
    }

    /// <summary>A conversion to the type that functions of several kinds of tensors take.</summary>
    private static bool IsOfLibrary(IConversionOperation conversion) =>
        conversion is { IsImplicit: true, OperatorMethod.ContainingType: { } type } && type.Is(LibraryNames.TensorOperand);

    /// <summary>An operand whose type follows from the other one, which may be missing, and is where that is noted.</summary>
    private static bool IsLifted(IConversionOperation conversion) => conversion is { IsImplicit: true, Conversion.IsNullable: true, Parent: IBinaryOperation { IsLifted: true } };

    /// <summary>A whole number that becomes a double.</summary>
    private static bool IsWidening(IConversionOperation conversion) =>
        conversion.Type?.SpecialType == SpecialType.System_Double
        && (TensorTypes.IsWhole(conversion.Operand.Type) || conversion.Operand.Type?.SpecialType == SpecialType.System_Single);

    /// <summary><c>X.T</c>, <c>X.Rows</c>, <c>X.Columns</c>, <c>v.Length</c> and <c>X[index]</c>; a property of the user's own is a method without parameters.</summary>
    private LossNode? ParseProperty(IPropertyReferenceOperation property, Dictionary<ISymbol, LossNode?> values)
    {
        if (property.Instance is { } instance && TensorTypes.KindOf(instance.Type, _typeArguments) is { } kind)
        {
            switch (property.Property.Name)
            {
                case "T":
                    return Call(property, Operators.Transpose, [instance], values);
                case "Rows" or "Columns" or "Length":
                    return Parse(instance, values) is { } sized and not ReadingNode
                        ? new SizeNode(Node(property), sized, property.Property.Name == "Rows" || (property.Property.Name == "Length" && kind != TensorKind.RowVector))
                        : null;
                case "this[]" when property.Arguments is [{ Value: { } index }] && TensorTypes.KindOf(index.Type) == TensorKind.IndexVector:
                    return Call(property, Operators.Gather, [instance, index], values);
            }
        }

        if (ParseGenericConstant(property) is { } constant)
        {
            return constant;
        }

        var member = Implementation(property.Property, property.ConstrainedToType ?? property.Instance?.Type);
        if (member.GetMethod is { } getter && BodyOf(getter.OriginalDefinition) is not null)
        {
            return Inline(property, getter, property.Instance, property.Arguments.Select(a => a.Value).ToList(), values);
        }

        if (IsStoredOnce(member))
        {
            return ParseStored(property, member, property.Type!);
        }

        if (property.Instance is { } holder && TensorTypes.KindOf(holder.Type, _typeArguments) is null)
        {
            return ParseMember(property, holder, values);
        }

        return property.Property is { SetMethod.IsInitOnly: false, IsIndexer: false }
            ? Report(MutableState.Rule, property, FirstLine(property.Syntax))
            : Unsupported(property.Syntax.GetLocation(), FirstLine(property.Syntax), property.Property.IsStatic
                ? "the code of this static property is not visible here; make it a const or a static readonly field, or pass it as a parameter"
                : property.Property.IsIndexer ? "a loss computes with whole rows, X[index] by an IndexVector; pass a single element as a parameter"
                : "of a matrix a loss can use .T, .Rows, .Columns and .Length, and the rows by an IndexVector");
    }

    /// <summary>A member of a value that holds several.</summary>
    private LossNode? ParseMember(IPropertyReferenceOperation property, IOperation holder, Dictionary<ISymbol, LossNode?> values)
    {
        if (property.Arguments is [{ Value: var index }])
        {
            return ParseElement(property, holder, index, values);
        }

        return Parse(holder, values) switch
        {
            null => null,
            PackNode pack when pack[property.Property.Name] is { } member => member,
            PackNode pack when property.Property is { Name: "Length" or "Count", Type.SpecialType: SpecialType.System_Int32 } => new NumberNode(Node(property), pack.Places),
            _ => Unsupported(property.Syntax.GetLocation(), FirstLine(property.Syntax), $"what '{property.Property.Name}' is would have to be known when the program is compiled; pass it as a parameter"),
        };
    }

    private LossNode? Call(IOperation operation, string function, IEnumerable<IOperation> operands, Dictionary<ISymbol, LossNode?> values)
    {
        var node = Node(operation);
        var arguments = new List<LossNode?>();
        foreach (var operand in operands)
        {
            arguments.Add(Parse(operand, values) switch { DelegateNode given => given.ToLambda(), var value => value });
        }

        foreach (var (_, operand) in arguments.Zip(operands, (value, operand) => (value, operand)).Where(a => a.value is ReadingNode))
        {
            Unsupported(operand.Syntax.GetLocation(), FirstLine(operand.Syntax), "it is no matrix, vector or number");
        }

        if (arguments.Any(a => a is null or ReadingNode))
        {
            return Unknown(operation, arguments);
        }

        // Math.Sign is whole.
        var isWhole = operation.Type?.SpecialType == SpecialType.System_Int32
            && (function is Operators.Add or Operators.Subtract or Operators.Multiply || (operation is IInvocationOperation call && _functions.AliasOf(call.TargetMethod) is not null));
        if ((TensorTypes.KindOf(operation.Type, _typeArguments) ?? (isWhole ? TensorKind.Scalar : null)) is not { } kind)
        {
            return TensorTypes.IsOtherPrecision(operation.Type)
                ? LeavesDouble(operation)
                : Unsupported(operation.Syntax.GetLocation(), FirstLine(operation.Syntax), TensorTypes.IsWhole(operation.Type)
                    ? "it computes with whole numbers, which drops fractions; convert one operand to double"
                    : $"its type is {operation.Type?.ToDisplayString()}, and the language has double and tensors of double");
        }

        _functions.UseIngredients(function);
        return new CallNode(node, kind, function, new(arguments!));
    }

    /// <summary>The type parameters of a method and of the types around it, with what stands for each.</summary>
    private static IEnumerable<(ITypeSymbol Parameter, ITypeSymbol Argument)> TypeArguments(IMethodSymbol method)
    {
        var own = method.OriginalDefinition.TypeParameters.Zip(method.TypeArguments, (p, a) => ((ITypeSymbol)p, a));
        return LossParser.Around(method).Aggregate(own, (all, type) =>
            all.Concat(type.OriginalDefinition.TypeParameters.Zip(type.TypeArguments, (p, a) => ((ITypeSymbol)p, a))));
    }

    /// <summary>The operator of the language, for doubles and for tensors; null if it has none such.</summary>
    private static string? OperatorOf(IBinaryOperation binary)
    {
        var isScalar = binary.OperatorMethod is null;
        return binary.OperatorKind switch
        {
            BinaryOperatorKind.Add => Operators.Add,
            BinaryOperatorKind.Subtract => Operators.Subtract,
            BinaryOperatorKind.Multiply => Operators.Multiply,
            BinaryOperatorKind.Divide => Operators.Divide,
            BinaryOperatorKind.Remainder when !isScalar => Operators.Hadamard,
            _ => null,
        };
    }

    private int Node(IOperation operation)
    {
        _locations.Add(operation.Syntax.GetLocation());
        return _locations.Count - 1;
    }

    private LossNode? Report(DiagnosticDescriptor rule, IOperation operation, params object[] arguments)
    {
        diagnostics.Add(Diagnostic.Create(rule, operation.Syntax.GetLocation(), arguments));
        return null;
    }

    private LossNode? Unsupported(Location location, string what, string advice)
    {
        diagnostics.Add(Diagnostic.Create(UnsupportedConstruct.Rule, location, what, advice));
        return null;
    }

    private static string FirstLine(SyntaxNode syntax) => syntax.ToString().Split('\n')[0].Trim();
}
