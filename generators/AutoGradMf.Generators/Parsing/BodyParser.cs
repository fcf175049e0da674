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
    private readonly int _before = diagnostics.Count;
    private IMethodSymbol? _loss;
    private HashSet<string> _factors = [];
    private (string Call, string Value)? _prediction;
    private readonly Dictionary<ITypeSymbol, TensorKind> _typeArguments = new(SymbolEqualityComparer.Default);

    /// <summary>Where each numbered sub-expression stands; number 0 is the whole body.</summary>
    public IReadOnlyList<Location> Locations => _locations;

    /// <summary>Whether all could be read so far.</summary>
    public bool IsRead => diagnostics.Skip(_before).All(d => d.Severity != DiagnosticSeverity.Error);

    /// <summary>The elementwise functions that were called.</summary>
    public IEnumerable<FunctionModel> Functions => _functions.Used;

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
        using var budget = SymbolicBudget.Open();
        try
        {
            return ParseMethod(method, method.Parameters.ToDictionary<IParameterSymbol, ISymbol, LossNode?>(p => p, value, SymbolEqualityComparer.Default), where);
        }
        catch (LossException tooLarge) when (tooLarge.IsFinal)
        {
            diagnostics.Add(Diagnostic.Create(TooLarge.Rule, _locations[0], SymbolicBudget.Most));
            return null;
        }
    }

    private static SyntaxNode ReturnedBy(BlockSyntax block) => block.Statements.OfType<ReturnStatementSyntax>().LastOrDefault()?.Expression ?? (SyntaxNode)block;

    /// <summary>The expression, with what cannot be read as unknown; null if it is not even known to be a number or a tensor.</summary>
    private LossNode? Parse(IOperation? operation, Dictionary<ISymbol, LossNode?> values) => Read(operation, values) ?? Unknown(operation, []);

    private UnknownNode? Unknown(IOperation? operation, IEnumerable<LossNode?> parts) =>
        operation is null ? null : Unknown(operation, TensorTypes.KindOf(operation.Type, _typeArguments), parts);

    private UnknownNode? Unknown(IOperation operation, TensorKind? kind, IEnumerable<LossNode?> parts) => kind is null
        ? null
        : new UnknownNode(Node(operation), kind.Value, FirstLine(operation.Syntax), new(parts.OfType<LossNode>().Where(p => p is not (LambdaNode or ConditionNode or TupleNode or OptionNode or DelegateNode))));

    private LossNode? Read(IOperation? operation, Dictionary<ISymbol, LossNode?> values)
    {
        cancellation.ThrowIfCancellationRequested();
        if (!SymbolicBudget.HasStack())
        {
            return IsTooLarge(operation);
        }

        if (operation?.ConstantValue is { HasValue: true, Value: bool holds })
        {
            return ConditionNode.Of(holds);
        }

        if (operation?.ConstantValue is { HasValue: true, Value: { } constant } && constant is double or float or int or long)
        {
            NoteDroppedFractions(operation);
            return new NumberNode(Node(operation), Convert.ToDouble(constant, System.Globalization.CultureInfo.InvariantCulture));
        }

        if (operation is { ConstantValue.HasValue: true, Type: null or { TypeKind: not TypeKind.Error, IsReferenceType: true } })
        {
            return new OptionNode(operation.ConstantValue.Value);
        }

        return operation switch
        {
            // What does not compile has the compiler's own error.
            null or IInvalidOperation or { Type.TypeKind: TypeKind.Error } => null,
            _ when Nondeterminism.SourceOf(operation) is { } source => Report(NotDeterministic.Rule, operation, FirstLine(operation.Syntax), source),
            IParameterReferenceOperation p when values.TryGetValue(p.Parameter.ContainingSymbol is INamedTypeSymbol extension ? extension : p.Parameter, out var value) => value,
            ILocalReferenceOperation l when values.TryGetValue(l.Local, out var value) => value,
            IParenthesizedOperation p => Parse(p.Operand, values),
            IConversionOperation c when c.Conversion.IsIdentity || IsWidening(c) || IsOfLibrary(c) || IsOfTuple(c) => Parse(c.Operand, values),
            IConversionOperation { Operand.Type.SpecialType: not SpecialType.System_Object } c when c.Type?.IsValueType == true => ParseNarrowing(c, values),
            IBinaryOperation { OperatorMethod: { } own } binary when BodyOf(own) is not null => Inline(binary, own, null, [binary.LeftOperand, binary.RightOperand], values),
            IUnaryOperation { OperatorMethod: { } own } unary when BodyOf(own) is not null => Inline(unary, own, null, [unary.Operand], values),
            IUnaryOperation or IBinaryOperation or IIsPatternOperation when operation.Type?.SpecialType == SpecialType.System_Boolean => ReadCondition(operation, values),
            IBinaryOperation binary when OperatorOf(binary) is { } name => Call(binary, name, [binary.LeftOperand, binary.RightOperand], values),
            IUnaryOperation { OperatorKind: UnaryOperatorKind.Minus } unary => Call(unary, Operators.Negate, [unary.Operand], values),
            IUnaryOperation { OperatorKind: UnaryOperatorKind.Plus } unary => Parse(unary.Operand, values),
            ITupleOperation tuple => ParseTuple(tuple, values),
            IDelegateCreationOperation creation => ParseDelegate(creation, values),
            IPropertyReferenceOperation property => ParseProperty(property, values),
            IFieldReferenceOperation { Instance.Type.IsTupleType: true } element => ParseElement(element, values),
            IFieldReferenceOperation field => ParseField(field),
            IConditionalOperation { WhenFalse: not null } conditional => ParseConditional(conditional, values),
            ISwitchExpressionOperation select => ParseSwitch(select, values),
            IInvocationOperation invocation => ParseInvocation(invocation, values),
            // The statement that declares it has been noted.
            ILocalReferenceOperation => null,
            _ when TensorTypes.IsOtherPrecision(operation.Type) => LeavesDouble(operation),
            _ => Unsupported(operation.Syntax.GetLocation(), FirstLine(operation.Syntax), AdviceOn(operation)),
        };
    }

    /// <summary>Notes once that the body nests deeper than the stack allows.</summary>
    private LossNode? IsTooLarge(IOperation? operation) =>
        operation is null || diagnostics.Exists(d => d.Id == TooLarge.Rule.Id) ? null : Report(TooLarge.Rule, operation, SymbolicBudget.Most);

    /// <summary>A conversion to the type that functions of several kinds of tensors take.</summary>
    private static bool IsOfLibrary(IConversionOperation conversion) =>
        conversion is { IsImplicit: true, OperatorMethod.ContainingType: { } type } && type.Is(LibraryNames.TensorOperand);

    /// <summary>A whole number that becomes a double.</summary>
    private static bool IsWidening(IConversionOperation conversion) =>
        conversion.Type?.SpecialType == SpecialType.System_Double
        && conversion.Operand.Type?.SpecialType is SpecialType.System_Int32 or SpecialType.System_Int64 or SpecialType.System_Single;

    /// <summary><c>X.T</c>, <c>X.Rows</c>, <c>X.Columns</c>, <c>v.Length</c> and <c>X[index]</c>; a property of the user's own is a method without parameters.</summary>
    private LossNode? ParseProperty(IPropertyReferenceOperation property, Dictionary<ISymbol, LossNode?> values)
    {
        if (property.Instance is { } instance && TensorTypes.KindOf(instance.Type, _typeArguments) is { } kind)
        {
            switch (property.Property.Name)
            {
                case "T":
                    return Call(property, Operators.Transpose, [instance], values);
                case "Rows" or "Columns" or "Length" when Parse(instance, values) is ParameterNode parameter:
                    return new SizeNode(Node(property), parameter.Name, property.Property.Name == "Rows" || (property.Property.Name == "Length" && kind != TensorKind.RowVector));
                case "this[]" when property.Arguments is [{ Value: { } index }] && TensorTypes.KindOf(index.Type) == TensorKind.IndexVector:
                    return Call(property, Operators.Gather, [instance, index], values);
            }
        }

        if (ParseGenericConstant(property) is { } constant)
        {
            return constant;
        }

        if (property.Property.GetMethod is { } getter && BodyOf(getter.OriginalDefinition) is not null)
        {
            return Inline(property, getter, property.Instance, property.Arguments.Select(a => a.Value).ToList(), values);
        }

        return property.Property is { SetMethod.IsInitOnly: false, IsIndexer: false }
            ? Report(MutableState.Rule, property, FirstLine(property.Syntax))
            : Unsupported(property.Syntax.GetLocation(), FirstLine(property.Syntax), property.Property.IsStatic
                ? "the code of this static property is not visible here; make it a const or a static readonly field, or pass it as a parameter"
                : "of a matrix a loss can use .T, the rows by an IndexVector, and of a parameter .Rows, .Columns and .Length");
    }

    private LossNode? Call(IOperation operation, string function, IEnumerable<IOperation> operands, Dictionary<ISymbol, LossNode?> values)
    {
        var node = Node(operation);
        var arguments = operands.Select(o => Parse(o, values) switch { DelegateNode given => given.ToLambda(), var value => value }).ToList();
        if (arguments.Contains(null))
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
