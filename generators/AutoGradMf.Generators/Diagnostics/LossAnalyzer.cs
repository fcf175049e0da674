using System.Collections.Immutable;
using System.Globalization;
using AutoGradMf.Generators.Emission;
using AutoGradMf.Generators.Parsing;
using AutoGradMf.Generators.Symbolics.Checks;
using AutoGradMf.Generators.Symbolics.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AutoGradMf.Generators.Diagnostics;

/// <summary>Reports all that is wrong with a loss, at the user's own sub-expressions, while typing.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LossAnalyzer : DiagnosticAnalyzer
{
    /// <summary>The property of a diagnostic that tells a code fix what would mend it.</summary>
    public const string Remedy = "Remedy";

    private readonly Func<LossModel, LossReview> _review;

    /// <summary>The analyzer.</summary>
    public LossAnalyzer()
        : this(LossReview.Of)
    {
    }

    /// <summary>An analyzer with another way of reviewing a loss.</summary>
    internal LossAnalyzer(Func<LossModel, LossReview> review) => _review = review;

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
    [
        UnsupportedConstruct.Rule, NotPartial.Rule, ShapeMismatch.Rule, NotDifferentiable.Rule, GradientIsZero.Rule,
        InvalidDeclaration.Rule, RecursiveMethod.Rule, OpaqueMethod.Rule, DerivativeLost.Rule, IntegerDivision.Rule, NotDeterministic.Rule,
        MutableState.Rule, MixedPrecision.Rule, InaccessibleFunction.Rule, NoKernel.Rule, PowerOfNegative.Rule, UnstableForm.Rule, OutOfFloatRange.Rule, TooLarge.Rule,
        AllPairs.Rule, AllPairsBesideSparse.Rule, InternalFailure.Rule,
    ];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterSymbolAction(Analyze, SymbolKind.Method);
    }

    private void Analyze(SymbolAnalysisContext context)
    {
        var method = (IMethodSymbol)context.Symbol;
        if (method.PartialDefinitionPart is not null)
        {
            return;
        }

        var attributes = method.GetAttributes().Select(a => a.AttributeClass?.ToDisplayString()).ToList();
        if (!attributes.Contains(LibraryNames.LossAttribute) && !attributes.Contains(LibraryNames.EntryLossAttribute))
        {
            return;
        }

        var parsed = attributes.Contains(LibraryNames.LossAttribute)
            ? LossParser.Parse(method, context.Compilation, context.CancellationToken)
            : EntryLossParser.Parse(method, context.Compilation, context.CancellationToken);

        var review = Review(parsed.Model, failure => context.ReportDiagnostic(InternalFailure.Of(parsed.Model, failure, method.Locations[0])));

        // A helper that is read twice has its problems twice.
        var distinct = parsed.Diagnostics
            .Concat(review.Problems.Select(p => Create(p, parsed.Locations[p.Node])))
            .GroupBy(d => (d.Id, d.Location, d.GetMessage(CultureInfo.InvariantCulture)))
            .Select(same => same.First());
        foreach (var diagnostic in distinct)
        {
            context.ReportDiagnostic(diagnostic);
        }

        // A factor may be missing in what could not be read.
        foreach (var factor in parsed.IsRead ? review.FactorsWithoutGradient : [])
        {
            var parameter = method.Parameters.FirstOrDefault(p => p.Name == factor.TrimStart('@')) ?? (ISymbol)method;
            context.ReportDiagnostic(Diagnostic.Create(GradientIsZero.Rule, parameter.Locations[0], factor));
        }
    }

    private Diagnostic Create(Problem problem, Location where) => Diagnostic.Create(
        SupportedDiagnostics.First(d => d.Id == problem.Rule),
        where,
        problem.Remedy is null ? null : Property(problem.Remedy),
        [.. problem.Arguments]);

    /// <summary>The properties of a diagnostic that a code fix can mend.</summary>
    internal static ImmutableDictionary<string, string?> Property(string remedy) => ImmutableDictionary<string, string?>.Empty.Add(Remedy, remedy);

    /// <summary>What can be said against a loss; nothing after a failure of our own.</summary>
    private LossReview Review(LossModel model, Action<Exception> fail)
    {
        try
        {
            return model.Body is null ? new([], []) : _review(model);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            fail(exception);
            return new([], []);
        }
    }
}
