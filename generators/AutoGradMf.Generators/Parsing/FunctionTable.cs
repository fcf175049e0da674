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
    private readonly Dictionary<string, FunctionModel> _functions = new(StringComparer.Ordinal);
    private readonly INamedTypeSymbol? _library = compilation.GetTypeByMetadataName(LibraryNames.LossMath);

    private readonly Dictionary<string, IMethodSymbol> _methods = new(StringComparer.Ordinal);

    /// <summary>What was used, and what the rules of those use.</summary>
    public IEnumerable<FunctionModel> Used => _functions.Values;

    /// <summary>Takes a function of the library into use. Null if there is none of that name with a rule.</summary>
    public string? Use(string name) =>
        _library?.GetMembers(name).OfType<IMethodSymbol>().FirstOrDefault(HasRules) is { } method ? Use(method) : null;

    /// <summary>Takes a function into use, and says under which key.</summary>
    public string Use(IMethodSymbol method)
    {
        var type = method.ContainingType.ToDisplayString();
        var known = new FunctionModel(method.Name, type, default);
        if (_functions.ContainsKey(known.Key))
        {
            return known.Key;
        }

        // The function is known before its rules are read: e^x is its own derivative.
        _functions[known.Key] = known;
        _methods[known.Key] = method;
        var partials = method.Parameters.Select(p => Rules(method)
            .Where(rule => rule.Parameter == p.Name)
            .Select(rule => ParseRule(SyntaxFactory.ParseExpression(rule.Expression), method))
            .FirstOrDefault());
        _functions[known.Key] = known with { Partials = new(partials.ToList()) };
        return known.Key;
    }

    /// <summary>The methods that a function in use needs: its own, and those that rules call, and the rules of those.</summary>
    public IEnumerable<IMethodSymbol> MethodsOf(string key)
    {
        var needed = new HashSet<string>(StringComparer.Ordinal);
        Need(key, needed);
        return needed.Select(k => _methods[k]);
    }

    private void Need(string key, HashSet<string> needed)
    {
        if (!_functions.TryGetValue(key, out var function) || !needed.Add(key))
        {
            return;
        }

        foreach (var call in function.Partials.OfType<LossNode>().SelectMany(Calls))
        {
            Need(call, needed);
        }
    }

    private static IEnumerable<string> Calls(LossNode rule) =>
        rule is CallNode call ? call.Arguments.SelectMany(Calls).Prepend(call.Function) : [];

    /// <summary>The function that losses can call whose name is most like the given one; null if none is near.</summary>
    public string? Nearest(string name) => EditDistance.Nearest(name, LossLanguage.FunctionNames
        .Concat(_library?.GetMembers().OfType<IMethodSymbol>().Where(m => HasRules(m) && m.DeclaredAccessibility == Accessibility.Public).Select(m => m.Name) ?? [])
        .Distinct(StringComparer.Ordinal));

    /// <summary>Whether a method declares partial derivatives.</summary>
    public static bool HasRules(IMethodSymbol method) => Rules(method).Any();

    /// <summary>The function of the library that stands for a method of System.Math; null if none does.</summary>
    public string? AliasOf(IMethodSymbol method) => method.Parameters.All(p => p.Type.SpecialType == SpecialType.System_Double)
        ? _library?.ContainingAssembly.GetAttributes()
            .Where(a => a.AttributeClass?.ToDisplayString() == LibraryNames.FunctionAliasAttribute && a.ConstructorArguments.Length == 3)
            .Where(a => SymbolEqualityComparer.Default.Equals((ITypeSymbol?)a.ConstructorArguments[0].Value, method.ContainingType)
                && (string?)a.ConstructorArguments[1].Value == method.Name)
            .Select(a => (string?)a.ConstructorArguments[2].Value)
            .FirstOrDefault()
        : null;

    private static IEnumerable<(string Parameter, string Expression)> Rules(IMethodSymbol method) => method.GetAttributes()
        .Where(a => a.AttributeClass?.ToDisplayString() == LibraryNames.PartialAttribute && a.ConstructorArguments.Length == 2)
        .Select(a => ((string)a.ConstructorArguments[0].Value!, (string)a.ConstructorArguments[1].Value!));

    /// <summary>What is wrong with the text of a rule that a method declares; null if it can be read.</summary>
    public string? ProblemOf(string rule, IMethodSymbol method)
    {
        var syntax = SyntaxFactory.ParseExpression(rule);
        string? problem = syntax.GetDiagnostics().FirstOrDefault() is { } error
            ? $"it does not parse: {error.GetMessage(System.Globalization.CultureInfo.InvariantCulture)}"
            : null;
        if (problem is null)
        {
            ParseRule(syntax, method, what => problem ??= what);
        }

        return problem;
    }

    private LossNode? ParseRule(ExpressionSyntax syntax, IMethodSymbol method, Action<string>? note = null)
    {
        LossNode? Call(string function, params IEnumerable<ExpressionSyntax> operands)
        {
            var arguments = operands.Select(o => ParseRule(o, method, note)).ToList();
            return arguments.Contains(null) ? null : new CallNode(0, TensorKind.Scalar, function, new(arguments!));
        }

        LossNode? Note(string what)
        {
            note?.Invoke(what);
            return null;
        }

        var parameters = method.Parameters.Select(p => p.Name).ToList();
        return syntax switch
        {
            ParenthesizedExpressionSyntax p => ParseRule(p.Expression, method, note),
            LiteralExpressionSyntax { RawKind: (int)SyntaxKind.NumericLiteralExpression, Token.Value: { } value } =>
                new NumberNode(0, Convert.ToDouble(value, System.Globalization.CultureInfo.InvariantCulture)),
            IdentifierNameSyntax name when parameters.Contains(name.Identifier.ValueText) =>
                new PlaceholderNode(0, parameters.IndexOf(name.Identifier.ValueText)),
            IdentifierNameSyntax name => Note($"'{name}' is no parameter of {method.Name} ({string.Join(", ", parameters)})"),
            PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.UnaryMinusExpression } minus => Call(Operators.Negate, minus.Operand),
            BinaryExpressionSyntax binary when OperatorOf(binary) is { } name => Call(name, binary.Left, binary.Right),
            InvocationExpressionSyntax call when Find(call.Expression, method.ContainingType) is { } function =>
                Call(function, call.ArgumentList.Arguments.Select(a => a.Expression)),
            InvocationExpressionSyntax call => Note($"there is no function '{call.Expression}' with a derivative of its own{(Nearest(call.Expression.ToString()) is { } nearest ? $"; the nearest is {nearest}" : "")}"),
            _ => Note($"'{syntax}' is none of numbers, parameters, + - * / and calls"),
        };
    }

    /// <summary>A function that a rule calls: of the library, of the type that declares the rule, or by its full name.</summary>
    private string? Find(ExpressionSyntax function, INamedTypeSymbol declaring)
    {
        var text = function.ToString();
        var dot = text.LastIndexOf('.');
        var type = dot < 0 ? declaring : compilation.GetTypeByMetadataName(text[..dot].Replace("global::", ""));
        var method = type?.GetMembers(text[(dot + 1)..]).OfType<IMethodSymbol>().FirstOrDefault(HasRules);
        return dot < 0 && LossLanguage.FunctionNames.Contains(text) ? text
            : dot < 0 && Use(text) is { } ofLibrary ? ofLibrary
            : method is null ? null : Use(method);
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
