using System.Collections.Immutable;
using AutoGradMf.Generators.Emission;
using AutoGradMf.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AutoGradMf.Generators.Diagnostics;

/// <summary>Reads each declared derivative where it is declared, whether a loss uses it or not.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class PartialAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [InvalidPartial.Rule];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterSymbolAction(method => Analyze((IMethodSymbol)method.Symbol, method.Compilation, method.ReportDiagnostic, method.CancellationToken), SymbolKind.Method);
        context.RegisterSyntaxNodeAction(
            function => Analyze((IMethodSymbol)function.SemanticModel.GetDeclaredSymbol(function.Node, function.CancellationToken)!, function.Compilation, function.ReportDiagnostic, function.CancellationToken),
            SyntaxKind.LocalFunctionStatement);
    }

    private static void Analyze(IMethodSymbol method, Compilation compilation, Action<Diagnostic> report, CancellationToken cancellation)
    {
        var partials = method.GetAttributes()
            .Where(a => a.AttributeClass.Is(LibraryNames.PartialAttribute) && a.ConstructorArguments.Length == 2)
            .ToList();
        if (partials.Count == 0)
        {
            return;
        }

        void Report(AttributeData attribute, int place, string what)
        {
            var syntax = (AttributeSyntax?)attribute.ApplicationSyntaxReference?.GetSyntax(cancellation);
            var name = attribute.AttributeConstructor?.Parameters[place].Name;
            var arguments = syntax?.ArgumentList?.Arguments ?? default;
            var argument = arguments.FirstOrDefault(a => a.NameColon?.Name.Identifier.ValueText == name) ?? arguments.ElementAtOrDefault(place);
            report(Diagnostic.Create(InvalidPartial.Rule, argument?.Expression.GetLocation() ?? method.Locations[0], what));
        }

        if (FunctionForm.ProblemOf(method) is { } form)
        {
            report(Diagnostic.Create(InvalidPartial.Rule, method.Locations[0], $"'{method.Name}' cannot declare its derivatives: it {form}"));
        }

        var names = method.Parameters.Select(p => p.Name).ToList();
        var parameters = names.Count == 0 ? "it has none" : $"its parameters are {string.Join(", ", names)}";
        var functions = new FunctionTable(compilation);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var partial in partials)
        {
            var (parameter, rule) = ((string?)partial.ConstructorArguments[0].Value ?? "", (string?)partial.ConstructorArguments[1].Value ?? "");
            if (!names.Contains(parameter))
            {
                Report(partial, 0, $"'{method.Name}' has no parameter '{parameter}'; {parameters}");
            }
            else if (!seen.Add(parameter))
            {
                Report(partial, 0, $"The derivative of '{method.Name}' in '{parameter}' is declared twice; {parameters}, each differentiated once");
            }

            if (functions.ProblemOf(rule, method) is { } problem)
            {
                Report(partial, 1, $"'{rule}' is no derivative that the generator can read: {problem}");
            }
        }

        foreach (var bound in method.GetAttributes().Where(a => a.AttributeClass.Is(LibraryNames.BoundAttribute) && a.ConstructorArguments.Length == 2))
        {
            var (rule, parameter) = ((string?)bound.ConstructorArguments[0].Value ?? "", (string?)bound.ConstructorArguments[1].Value);
            if (parameter is not null && !names.Contains(parameter))
            {
                Report(bound, 1, $"'{method.Name}' has no parameter '{parameter}'; {parameters}");
            }

            if (functions.ProblemOf(rule, method) is { } problem)
            {
                Report(bound, 0, $"'{rule}' is no bound that the generator can read: {problem}");
            }
        }
    }
}
