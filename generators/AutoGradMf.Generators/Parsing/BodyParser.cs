using System.Collections.Immutable;
using AutoGradMf.Generators.Diagnostics;
using AutoGradMf.Generators.Emission;
using AutoGradMf.Generators.Symbolics.Model;
using AutoGradMf.Generators.Symbolics.Translation.Language;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AutoGradMf.Generators.Parsing;

/// <summary>Reads the body of a loss as an expression of the language, and the bodies of the methods it calls in their place.</summary>
internal sealed class BodyParser(Compilation compilation, List<Diagnostic> diagnostics, Location where, CancellationToken cancellation)
{
    private readonly List<Location> _locations = [where];
    private readonly Stack<IMethodSymbol> _calls = new();
    private readonly FunctionTable _functions = new(compilation);
    private readonly HashSet<ITypeSymbol> _doubles = new(SymbolEqualityComparer.Default);

    /// <summary>Where each numbered sub-expression stands; number 0 is the loss itself.</summary>
    public IReadOnlyList<Location> Locations => _locations;

    /// <summary>The elementwise functions that were called.</summary>
    public IEnumerable<FunctionModel> Functions => _functions.Used;

    /// <summary>The body of a loss; null if it cannot be read, which is then noted.</summary>
    public LossNode? Parse(IMethodSymbol method)
    {
        var parameters = method.Parameters.ToDictionary<IParameterSymbol, ISymbol, LossNode?>(
            p => p,
            p => TensorTypes.KindOf(p.Type) is { } kind ? new ParameterNode(0, kind, Identifier.Escaped(p.Name)) : null,
            SymbolEqualityComparer.Default);
        return ParseMethod(method, parameters, where);
    }

    private LossNode? ParseMethod(IMethodSymbol method, Dictionary<ISymbol, LossNode?> values, Location call)
    {
        var declaration = method.DeclaringSyntaxReferences
            .Select(r => r.GetSyntax(cancellation))
            .FirstOrDefault(s => s is BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax && compilation.ContainsSyntaxTree(s.SyntaxTree));
        var (block, arrow) = declaration switch
        {
            BaseMethodDeclarationSyntax m => (m.Body, m.ExpressionBody),
            LocalFunctionStatementSyntax f => (f.Body, f.ExpressionBody),
            _ => (null, null),
        };
        if (block is null && arrow is null)
        {
            return Unsupported(call, method.Name, "its body is not visible here; call functions of LossMath, or methods whose source is in this project");
        }

        var semantics = compilation.GetSemanticModel(declaration!.SyntaxTree);
        return arrow is not null
            ? Parse(semantics.GetOperation(arrow.Expression, cancellation), values)
            : ParseBlock(block!, semantics, values);
    }

    /// <summary>A block of local declarations and a return; every other statement is noted.</summary>
    private LossNode? ParseBlock(BlockSyntax block, SemanticModel semantics, Dictionary<ISymbol, LossNode?> values)
    {
        LossNode? result = null;
        foreach (var statement in block.Statements)
        {
            switch (statement)
            {
                case LocalDeclarationStatementSyntax { IsConst: false } local:
                    foreach (var variable in local.Declaration.Variables.Where(v => v.Initializer is not null))
                    {
                        values[semantics.GetDeclaredSymbol(variable, cancellation)!] =
                            Parse(semantics.GetOperation(variable.Initializer!.Value, cancellation), values);
                    }

                    break;
                case LocalDeclarationStatementSyntax or LocalFunctionStatementSyntax:
                    break;
                case ReturnStatementSyntax { Expression: { } expression }:
                    result = Parse(semantics.GetOperation(expression, cancellation), values);
                    break;
                default:
                    Unsupported(statement.GetLocation(), FirstLine(statement), "a loss is local declarations and one return");
                    break;
            }
        }

        return result;
    }

    private LossNode? Parse(IOperation? operation, Dictionary<ISymbol, LossNode?> values)
    {
        cancellation.ThrowIfCancellationRequested();
        if (operation?.ConstantValue is { HasValue: true, Value: { } constant } && constant is double or float or int or long)
        {
            return new NumberNode(Node(operation), Convert.ToDouble(constant, System.Globalization.CultureInfo.InvariantCulture));
        }

        return operation switch
        {
            IParameterReferenceOperation p when values.TryGetValue(p.Parameter, out var value) => value,
            ILocalReferenceOperation l when values.TryGetValue(l.Local, out var value) => value,
            IParenthesizedOperation p => Parse(p.Operand, values),
            IConversionOperation { Conversion.IsIdentity: true } c => Parse(c.Operand, values),
            IBinaryOperation binary when OperatorOf(binary) is { } name => Call(binary, name, [binary.LeftOperand, binary.RightOperand], values),
            IUnaryOperation { OperatorKind: UnaryOperatorKind.Minus } unary => Call(unary, Operators.Negate, [unary.Operand], values),
            IUnaryOperation { OperatorKind: UnaryOperatorKind.Plus } unary => Parse(unary.Operand, values),
            IPropertyReferenceOperation { Property.Name: "T", Instance: { } instance } when TensorTypes.KindOf(instance.Type, _doubles) is not null =>
                Call(operation, Operators.Transpose, [instance], values),
            IInvocationOperation invocation => ParseInvocation(invocation, values),
            // What does not compile has the compiler's own error.
            null or IInvalidOperation => null,
            _ => Unsupported(operation.Syntax.GetLocation(), FirstLine(operation.Syntax),
                "a loss is made of operators and functions of matrices, vectors and doubles"),
        };
    }

    private LossNode? ParseInvocation(IInvocationOperation invocation, Dictionary<ISymbol, LossNode?> values)
    {
        var method = (invocation.TargetMethod.ReducedFrom ?? invocation.TargetMethod).OriginalDefinition;
        var arguments = invocation.Arguments.OrderBy(a => a.Parameter?.Ordinal ?? 0).Select(a => a.Value).ToList();
        var isLossMath = method.ContainingType?.ToDisplayString() == LibraryNames.LossMath;
        if (isLossMath && LossLanguage.FunctionNames.Contains(method.Name))
        {
            return Call(invocation, method.Name, arguments, values);
        }

        if (isLossMath)
        {
            return _functions.Use(method.Name)
                ? Call(invocation, method.Name, arguments, values)
                : Unsupported(invocation.Syntax.GetLocation(), method.Name, "it has no derivative that the generator knows");
        }

        return Inline(invocation, method, arguments, values);
    }

    private LossNode? Inline(IInvocationOperation invocation, IMethodSymbol method, List<IOperation> arguments, Dictionary<ISymbol, LossNode?> values)
    {
        if (_calls.Contains(method, SymbolEqualityComparer.Default))
        {
            diagnostics.Add(Diagnostic.Create(RecursiveMethod.Rule, invocation.Syntax.GetLocation(), method.Name));
            return null;
        }

        // A local function sees the locals around it.
        var inner = new Dictionary<ISymbol, LossNode?>(SymbolEqualityComparer.Default);
        foreach (var captured in method.MethodKind == MethodKind.LocalFunction ? values : [])
        {
            inner[captured.Key] = captured.Value;
        }

        foreach (var (parameter, argument) in method.Parameters.Zip(arguments, (p, a) => (p, a)))
        {
            inner[parameter] = Parse(argument, values);
        }

        _doubles.UnionWith(TypeArguments(invocation.TargetMethod).Where(p => TensorTypes.IsDouble(p.Argument, _doubles)).Select(p => p.Parameter));
        _calls.Push(method);
        var body = ParseMethod(method, inner, invocation.Syntax.GetLocation());
        _calls.Pop();
        var isPrediction = method.GetAttributes().Any(a => a.AttributeClass?.ToDisplayString() == LibraryNames.PredictionAttribute);
        return body is not null && isPrediction
            ? new CallNode(Node(invocation), body.Kind, Operators.Prediction, new([body]))
            : body;
    }

    private LossNode? Call(IOperation operation, string function, IEnumerable<IOperation> operands, Dictionary<ISymbol, LossNode?> values)
    {
        var node = Node(operation);
        var arguments = operands.Select(o => Parse(o, values)).ToList();
        if (TensorTypes.KindOf(operation.Type, _doubles) is not { } kind)
        {
            return Unsupported(operation.Syntax.GetLocation(), FirstLine(operation.Syntax), $"its type is {operation.Type?.ToDisplayString()}, and the language has double and tensors of double");
        }

        return arguments.Contains(null) ? null : new CallNode(node, kind, function, new(arguments!));
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

    private LossNode? Unsupported(Location location, string what, string advice)
    {
        diagnostics.Add(Diagnostic.Create(UnsupportedConstruct.Rule, location, what, advice));
        return null;
    }

    private static string FirstLine(SyntaxNode syntax) => syntax.ToString().Split('\n')[0].Trim();
}
