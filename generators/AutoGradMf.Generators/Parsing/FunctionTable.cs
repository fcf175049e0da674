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
    private readonly HashSet<string> _withIngredients = new(StringComparer.Ordinal);

    /// <summary>What was used, and what the rules of those use.</summary>
    public IEnumerable<FunctionModel> Used => _functions.Values;

    /// <summary>The name by which losses call a function of the library or an alias of one; null if the method is neither.</summary>
    private string? NameInLibrary(IMethodSymbol method) => method.ContainingType.Is(LibraryNames.LossMath) ? method.Name : AliasOf(method);

    /// <summary>Whether a method stands for a function of the language, rather than for its body.</summary>
    public bool Knows(IMethodSymbol method) => NameInLibrary(method) is not null || HasRules(method);

    /// <summary>Takes a function into use, and says under which key. Null if losses can call none of its name.</summary>
    public string? Use(IMethodSymbol method) => NameInLibrary(method) is { } name ? Use(name) : UseRules(method);

    /// <summary>Takes a function of the library into use, with those that it is made of or may be rewritten to.</summary>
    private string? Use(string name)
    {
        UseIngredients(name);
        return LossLanguage.FunctionNames.Contains(name) ? name : UseElementwise(name);
    }

    /// <summary>Takes into use what a function or operator of the language is made of or may be rewritten to.</summary>
    public void UseIngredients(string name)
    {
        foreach (var ingredient in _withIngredients.Add(name) ? LossLanguage.Ingredients(name) : [])
        {
            UseElementwise(ingredient);
        }
    }

    private string? UseElementwise(string name) =>
        _library?.GetMembers(name).OfType<IMethodSymbol>().FirstOrDefault(HasRules) is { } method ? UseRules(method) : null;

    private string? UseRules(IMethodSymbol method)
    {
        if (FunctionForm.ProblemOf(method) is not null)
        {
            return null;
        }

        var type = method.ContainingType.ToDisplayString();
        var known = new FunctionModel(method.Name, type, new(method.Parameters.Select(_ => (LossNode?)null)));
        if (_functions.ContainsKey(known.Key))
        {
            return known.Key;
        }

        // The function is known before its rules are read: e^x is its own derivative.
        _functions[known.Key] = known;
        _methods[known.Key] = method;
        var isMisnamed = Rules(method).Any(rule => method.Parameters.All(p => p.Name != rule.Parameter));
        var partials = method.Parameters.Select(p => Rules(method)
            .Where(rule => rule.Parameter == p.Name)
            .Select(rule => ParseRule(SyntaxFactory.ParseExpression(rule.Expression), method) ?? Unread(rule.Expression, method))
            .FirstOrDefault() ?? (isMisnamed ? Unread(p.Name, method) : null));
        _functions[known.Key] = known with
        {
            Partials = new(partials.ToList()), Signs = new(Signs(method)), Bounds = new(Bounds(method).ToList()),
            Least = NumberOf(LibraryNames.LeastAttribute, method) ?? double.NegativeInfinity,
            LeastArgument = ArgumentOf(LibraryNames.LeastArgumentAttribute, method) ?? double.NegativeInfinity,
            GreatestArgument = ArgumentOf(LibraryNames.GreatestArgumentAttribute, method) ?? double.PositiveInfinity,
            Requirements = new(Requirements(method)),
            IsIncreasing = method.Parameters.Length == 1 && method.GetAttributes().Any(a => a.AttributeClass.Is(LibraryNames.IncreasingAttribute)),
        };
        return known.Key;
    }

    /// <summary>The number that an attribute of a method gives; null if it has none.</summary>
    private static double? NumberOf(string attribute, IMethodSymbol method) =>
        method.GetAttributes().FirstOrDefault(a => a.AttributeClass.Is(attribute))?.ConstructorArguments is [{ Value: double number }] ? number : null;

    /// <summary>The same of what is about the only argument.</summary>
    private static double? ArgumentOf(string attribute, IMethodSymbol method) => method.Parameters.Length == 1 ? NumberOf(attribute, method) : null;

    /// <summary>The bound of a function's size, and those of its derivatives in each parameter.</summary>
    private IEnumerable<LossNode?> Bounds(IMethodSymbol method)
    {
        var declared = method.GetAttributes()
            .Where(a => a.AttributeClass.Is(LibraryNames.BoundAttribute) && a.ConstructorArguments.Length == 2)
            .Select(a => (Expression: (string?)a.ConstructorArguments[0].Value ?? "", Parameter: (string?)a.ConstructorArguments[1].Value))
            .ToList();
        return method.Parameters.Select(p => p.Name).Prepend(null!).Select(parameter => declared
            .Where(bound => bound.Parameter == parameter)
            .Select(bound => ParseRule(SyntaxFactory.ParseExpression(bound.Expression), method))
            .FirstOrDefault());
    }

    /// <summary>A rule that cannot be read, which is noted where it is declared: in this project, or where nobody sees it.</summary>
    private static UnknownNode? Unread(string rule, IMethodSymbol method) =>
        method.DeclaringSyntaxReferences.Length > 0 ? new(0, TensorKind.Scalar, rule, default) : null;

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

        foreach (var call in function.Partials.Concat(function.Bounds).OfType<LossNode>().SelectMany(Calls))
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
    public string? AliasOf(IMethodSymbol method) => method.Parameters.All(p => p.Type.SpecialType is SpecialType.System_Double or SpecialType.System_Int32)
        ? Entries(LibraryNames.FunctionAliasAttribute).Where(a => IsOf(a, method)).Select(a => a.Text)
            .FirstOrDefault(function => _library!.GetMembers(function).OfType<IMethodSymbol>().Any(m => m.Parameters.Length == method.Parameters.Length && AreDoubles(m)))
        : null;

    /// <summary>The expression that a method of System.Math means, over placeholders; null if it means none. An overload that lacks what one names does not mean it.</summary>
    public LossNode? ExpressionOf(IMethodSymbol method) => Entries(LibraryNames.FunctionExpressionAttribute)
        .Where(e => IsOf(e, method))
        .Select(e => ParseRule(SyntaxFactory.ParseExpression(e.Text), method))
        .FirstOrDefault(rule => rule is not null);

    /// <summary>A rule of given arguments, as if it stood in the loss in the place of a sub-expression.</summary>
    public LossNode Substitute(LossNode rule, IReadOnlyList<LossNode> arguments, int node)
    {
        switch (rule)
        {
            case PlaceholderNode placeholder:
                return arguments[placeholder.Position];
            case CallNode call:
                UseIngredients(call.Function);
                return new CallNode(node, call.Kind, call.Function, new(call.Arguments.Select(a => Substitute(a, arguments, node))));
            default:
                return rule with { Node = node };
        }
    }

    /// <summary>Why no function of the library stands for a method; null if that is not said.</summary>
    public string? ReasonAgainst(IMethodSymbol method) => Entries(LibraryNames.NoFunctionAliasAttribute).Where(r => IsOf(r, method)).Select(r => r.Text).FirstOrDefault();

    private static bool IsOf((INamedTypeSymbol Type, string Name, string Text) entry, IMethodSymbol method) =>
        SymbolEqualityComparer.Default.Equals(entry.Type, method.ContainingType) && entry.Name == method.Name;

    /// <summary>What the library says of the functions of other types: the function that each means, or why none.</summary>
    private IEnumerable<(INamedTypeSymbol Type, string Name, string Text)> Entries(string said) =>
        from attribute in _library?.ContainingAssembly.GetAttributes() ?? []
        where attribute.AttributeClass.Is(said) && attribute.ConstructorArguments.Length == 3
        let arguments = attribute.ConstructorArguments
        where arguments[0].Value is INamedTypeSymbol
        select ((INamedTypeSymbol)arguments[0].Value!, (string)arguments[1].Value!, (string)arguments[2].Value!);

    private static bool AreDoubles(IMethodSymbol method) => method.Parameters.All(p => p.Type.SpecialType == SpecialType.System_Double);

    private static IEnumerable<(string Parameter, string Expression)> Rules(IMethodSymbol method) => method.GetAttributes()
        .Where(a => a.AttributeClass.Is(LibraryNames.PartialAttribute) && a.ConstructorArguments.Length == 2)
        .Select(a => ((string?)a.ConstructorArguments[0].Value ?? "", (string?)a.ConstructorArguments[1].Value ?? ""));

    private static IEnumerable<SignRule> Signs(IMethodSymbol method)
    {
        var parameters = method.Parameters.Select(p => p.Name).ToList();
        return method.GetAttributes()
            .Where(a => a.AttributeClass.Is(LibraryNames.SignAttribute) && a.ConstructorArguments.Length == 2)
            .Select(a => SignRule.Of((string?)a.ConstructorArguments[0].Value ?? "", StringsOf(a.ConstructorArguments[1]), parameters))
            .OfType<SignRule>();
    }

    private static IEnumerable<Requirement> Requirements(IMethodSymbol method)
    {
        var parameters = method.Parameters.Select(p => p.Name).ToList();
        return method.GetAttributes()
            .Where(a => a.AttributeClass.Is(LibraryNames.RequiresAttribute) && a.ConstructorArguments is [{ Value: string }])
            .Select(a => Requirement.Of((string)a.ConstructorArguments[0].Value!, parameters))
            .OfType<Requirement>();
    }

    /// <summary>The strings of an attribute's array.</summary>
    public static IEnumerable<string> StringsOf(TypedConstant array) => array.IsNull ? [] : array.Values.Select(v => (string?)v.Value ?? "");

    /// <summary>What is wrong with the text of a rule that a method declares; null if it can be read.</summary>
    public string? ProblemOf(string rule, IMethodSymbol method)
    {
        var syntax = SyntaxFactory.ParseExpression(rule);
        string? problem = syntax.GetDiagnostics().FirstOrDefault() is { } error
            ? $"it does not parse: {error.GetMessage(System.Globalization.CultureInfo.InvariantCulture)}"
            : null;
        try
        {
            if (problem is null)
            {
                ParseRule(syntax, method, what => problem ??= what);
            }

            return problem;
        }
        catch (LossException tooLarge) when (tooLarge.IsFinal)
        {
            return "it nests too deeply; make a function of a part of it";
        }
    }

    private LossNode? ParseRule(ExpressionSyntax syntax, IMethodSymbol method, Action<string>? note = null)
    {
        var scope = new RuleScope(method, compilation, Entries(LibraryNames.FunctionAliasAttribute).Select(a => a.Type).Append(_library));
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
            IdentifierNameSyntax or MemberAccessExpressionSyntax when ConstantOf(scope, syntax) is { } value => new NumberNode(0, value),
            IdentifierNameSyntax name => Note($"'{name}' is no parameter of {method.Name} ({string.Join(", ", parameters)}) and no constant"),
            PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.UnaryMinusExpression } minus => Call(Operators.Negate, minus.Operand),
            BinaryExpressionSyntax { RawKind: (int)SyntaxKind.DivideExpression } division when Quotient(scope, division) is { } quotient && quotient != Math.Truncate(quotient) =>
                Note($"'{division}' divides whole numbers and is {((long)quotient).ToString(System.Globalization.CultureInfo.InvariantCulture)} in C#; write one of them as a double"),
            BinaryExpressionSyntax binary when OperatorOf(binary) is { } name => Call(name, binary.Left, binary.Right),
            ConditionalExpressionSyntax choice when ComparisonOf(choice.Condition) is var (name, left, right) => Call(name, left, right, choice.WhenTrue, choice.WhenFalse),
            InvocationExpressionSyntax call when Find(scope, call) is { } function =>
                Call(function, call.ArgumentList.Arguments.Select(a => a.Expression)),
            InvocationExpressionSyntax call => Note(ProblemOf(call)),
            _ => Note($"'{syntax}' is none of numbers, parameters, + - * /, calls and choices by one comparison, as in x < 0 ? -1 : 1"),
        };
    }

    private string ProblemOf(InvocationExpressionSyntax call)
    {
        var (name, count) = (call.Expression.ToString(), call.ArgumentList.Arguments.Count);
        var nearest = Nearest(name[(name.LastIndexOf('.') + 1)..]);
        return nearest is not null && name.EndsWith(nearest, StringComparison.Ordinal)
            ? $"there is no function '{name}' of {count} number{(count == 1 ? "" : "s")}"
            : $"there is no function '{name}' with a derivative of its own{(nearest is null ? "" : $"; the nearest is {nearest}")}";
    }

    /// <summary>A function of numbers that a rule calls.</summary>
    private string? Find(RuleScope scope, InvocationExpressionSyntax call) => scope.Members(call.Expression)
        .OfType<IMethodSymbol>()
        .Where(m => m.Parameters.Length == call.ArgumentList.Arguments.Count && AreDoubles(m) && ((HasRules(m) && FunctionForm.ProblemOf(m) is null) || AliasOf(m) is not null))
        .Select(Use)
        .FirstOrDefault(key => key is not null);

    /// <summary>A constant that a rule names: <c>Math.PI</c>, or one of a type around its method.</summary>
    private static double? ConstantOf(RuleScope scope, ExpressionSyntax name) =>
        scope.Members(name).OfType<IFieldSymbol>().FirstOrDefault() is { HasConstantValue: true, ConstantValue: double or float or int or long } constant
            ? Convert.ToDouble(constant.ConstantValue, System.Globalization.CultureInfo.InvariantCulture)
            : null;

    /// <summary>The quotient of two whole numbers, with its fraction; null if they are none.</summary>
    private static double? Quotient(RuleScope scope, BinaryExpressionSyntax division) =>
        WholeOf(scope, division.Left) / WholeOf(scope, division.Right) is { } quotient && !double.IsNaN(quotient) && !double.IsInfinity(quotient) ? quotient : null;

    /// <summary>The value of what C# computes in whole numbers; null if that is another.</summary>
    private static double? WholeOf(RuleScope scope, ExpressionSyntax syntax) => syntax switch
    {
        ParenthesizedExpressionSyntax p => WholeOf(scope, p.Expression),
        IdentifierNameSyntax name when scope.IsParameter(name.Identifier.ValueText) => null,
        LiteralExpressionSyntax { Token.Value: int or uint or long or ulong } literal => Convert.ToDouble(literal.Token.Value, System.Globalization.CultureInfo.InvariantCulture),
        IdentifierNameSyntax or MemberAccessExpressionSyntax when scope.Members(syntax).OfType<IFieldSymbol>().FirstOrDefault() is { HasConstantValue: true, ConstantValue: int or long } => ConstantOf(scope, syntax),
        PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.UnaryMinusExpression } minus => -WholeOf(scope, minus.Operand),
        BinaryExpressionSyntax binary => binary.Kind() switch
        {
            SyntaxKind.AddExpression => WholeOf(scope, binary.Left) + WholeOf(scope, binary.Right),
            SyntaxKind.SubtractExpression => WholeOf(scope, binary.Left) - WholeOf(scope, binary.Right),
            SyntaxKind.MultiplyExpression => WholeOf(scope, binary.Left) * WholeOf(scope, binary.Right),
            SyntaxKind.DivideExpression when Quotient(scope, binary) is { } quotient => Math.Truncate(quotient),
            _ => null,
        },
        _ => null,
    };

    /// <summary>The selection that a choice by a comparison is; null of other conditions.</summary>
    private static (string Function, ExpressionSyntax Left, ExpressionSyntax Right)? ComparisonOf(ExpressionSyntax condition) => condition switch
    {
        ParenthesizedExpressionSyntax p => ComparisonOf(p.Expression),
        BinaryExpressionSyntax comparison => comparison.Kind() switch
        {
            SyntaxKind.LessThanExpression => (Operators.IfLess, comparison.Left, comparison.Right),
            SyntaxKind.GreaterThanExpression => (Operators.IfLess, comparison.Right, comparison.Left),
            SyntaxKind.LessThanOrEqualExpression => (Operators.IfLessOrEqual, comparison.Left, comparison.Right),
            SyntaxKind.GreaterThanOrEqualExpression => (Operators.IfLessOrEqual, comparison.Right, comparison.Left),
            _ => null,
        },
        _ => null,
    };

    private static string? OperatorOf(BinaryExpressionSyntax binary) => binary.Kind() switch
    {
        SyntaxKind.AddExpression => Operators.Add,
        SyntaxKind.SubtractExpression => Operators.Subtract,
        SyntaxKind.MultiplyExpression => Operators.Multiply,
        SyntaxKind.DivideExpression => Operators.Divide,
        _ => null,
    };
}
