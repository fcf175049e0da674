using AutoGradMf.Generators.Emission;
using AutoGradMf.Generators.Symbolics.Model;
using AutoGradMf.Generators.Symbolics.Translation.Language;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AutoGradMf.Generators.Parsing;

/// <summary>
/// The elementwise functions of the library, known by the rules that they declare: the generator reads the attributes from the
/// symbols and has no list of its own.
/// </summary>
internal sealed class FunctionTable(Compilation compilation)
{
    private readonly Dictionary<string, FunctionModel?> _functions = new(StringComparer.Ordinal);
    private readonly INamedTypeSymbol? _library = compilation.GetTypeByMetadataName(LibraryNames.LossMath);

    /// <summary>What was used, and what the rules of those use.</summary>
    public IEnumerable<FunctionModel> Used => _functions.Values.OfType<FunctionModel>();

    /// <summary>Takes a function into use. False if there is none of that name with a rule.</summary>
    public bool Use(string name)
    {
        if (_functions.TryGetValue(name, out var known))
        {
            return known is not null;
        }

        var method = _library?.GetMembers(name).OfType<IMethodSymbol>().FirstOrDefault(m => Rules(m).Any());
        if (method is null)
        {
            _functions[name] = null;
            return false;
        }

        // The function is known before its rules are read: e^x is its own derivative.
        _functions[name] = new(name, LibraryNames.LossMath, default);
        var parameters = method.Parameters.Select(p => p.Name).ToList();
        var partials = parameters.Select(p => Rules(method)
            .Where(rule => rule.Parameter == p)
            .Select(rule => ParseRule(SyntaxFactory.ParseExpression(rule.Expression), parameters))
            .FirstOrDefault());
        _functions[name] = new(name, LibraryNames.LossMath, new(partials.ToList()));
        return true;
    }

    private static IEnumerable<(string Parameter, string Expression)> Rules(IMethodSymbol method) => method.GetAttributes()
        .Where(a => a.AttributeClass?.ToDisplayString() == LibraryNames.PartialAttribute && a.ConstructorArguments.Length == 2)
        .Select(a => ((string)a.ConstructorArguments[0].Value!, (string)a.ConstructorArguments[1].Value!));

    private LossNode? ParseRule(ExpressionSyntax syntax, List<string> parameters)
    {
        LossNode? Call(string function, params IEnumerable<ExpressionSyntax> operands)
        {
            var arguments = operands.Select(o => ParseRule(o, parameters)).ToList();
            return arguments.Contains(null) ? null : new CallNode(0, TensorKind.Scalar, function, new(arguments!));
        }

        return syntax switch
        {
            ParenthesizedExpressionSyntax p => ParseRule(p.Expression, parameters),
            LiteralExpressionSyntax { Token.Value: { } value } => new NumberNode(0, Convert.ToDouble(value, System.Globalization.CultureInfo.InvariantCulture)),
            IdentifierNameSyntax name when parameters.Contains(name.Identifier.ValueText) =>
                new PlaceholderNode(0, parameters.IndexOf(name.Identifier.ValueText)),
            PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.UnaryMinusExpression } minus => Call(Operators.Negate, minus.Operand),
            BinaryExpressionSyntax binary when OperatorOf(binary) is { } name => Call(name, binary.Left, binary.Right),
            InvocationExpressionSyntax { Expression: IdentifierNameSyntax name } call
                when LossLanguage.FunctionNames.Contains(name.Identifier.ValueText) || Use(name.Identifier.ValueText) =>
                Call(name.Identifier.ValueText, call.ArgumentList.Arguments.Select(a => a.Expression)),
            _ => null,
        };
    }

    private static string? OperatorOf(BinaryExpressionSyntax binary) => binary.Kind() switch
    {
        SyntaxKind.AddExpression => Operators.Add,
        SyntaxKind.SubtractExpression => Operators.Subtract,
        SyntaxKind.MultiplyExpression => Operators.Multiply,
        SyntaxKind.DivideExpression => Operators.Divide,
        _ => null,
    };
}
