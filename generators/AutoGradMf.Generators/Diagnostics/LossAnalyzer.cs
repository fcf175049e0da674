using System.Collections.Immutable;
using System.Globalization;
using AutoGradMf.Generators.Emission;
using AutoGradMf.Generators.Parsing;
using AutoGradMf.Generators.Symbolics.Checks;
using AutoGradMf.Generators.Symbolics.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AutoGradMf.Generators.Diagnostics;

/// <summary>Reports all that is wrong with a loss, at the user's own sub-expressions, while typing.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LossAnalyzer : DiagnosticAnalyzer
{
    /// <summary>The property of a diagnostic that tells a code fix what would mend it.</summary>
    public const string Remedy = "Remedy";

    /// <summary>As users write it: operator + and not op_Addition.</summary>
    private static readonly SymbolDisplayFormat NameAlone = new(miscellaneousOptions: SymbolDisplayMiscellaneousOptions.UseSpecialTypes);

    private readonly ReadLoss _read;
    private readonly ReviewLoss _review;
    private readonly Func<LossModel, string> _emit;

    /// <summary>The analyzer.</summary>
    public LossAnalyzer()
        : this(LossMarks.Read, LossReview.Of, LossEmitter.Emit)
    {
    }

    /// <summary>An analyzer with another way of reading, of reviewing or of writing a loss.</summary>
    internal LossAnalyzer(ReadLoss read, ReviewLoss review, Func<LossModel, string> emit) => (_read, _review, _emit) = (read, review, emit);

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
    [
        UnsupportedConstruct.Rule, NotPartial.Rule, ShapeMismatch.Rule, NotDifferentiable.Rule, GradientIsZero.Rule,
        InvalidDeclaration.Rule, RecursiveMethod.Rule, OpaqueMethod.Rule, DerivativeLost.Rule, IntegerDivision.Rule, NotDeterministic.Rule,
        MutableState.Rule, MixedPrecision.Rule, InaccessibleMember.Rule, NoKernel.Rule, PowerOfNegative.Rule, UnstableForm.Rule, OutOfFloatRange.Rule, TooLarge.Rule, InvalidPrediction.Rule,
        InfiniteAtMissing.Rule, ArgumentOutsideDomain.Rule, SquareByUse.Rule, ImpossibleConstant.Rule,
        AllPairs.Rule, AllPairsBesideSparse.Rule, InternalFailure.Rule,
    ];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterSymbolAction(Analyze, SymbolKind.Method);
        context.RegisterSyntaxNodeAction(AnalyzeLocalFunction, SyntaxKind.LocalFunctionStatement);
    }

    private static void AnalyzeLocalFunction(SyntaxNodeAnalysisContext context)
    {
        if (context.SemanticModel.GetDeclaredSymbol(context.Node, context.CancellationToken) is IMethodSymbol function && IsMarked(function))
        {
            context.ReportDiagnostic(NoMethod(function, "a local function"));
        }
    }

    /// <summary>What a marked member is that is no method. No generator is asked for it, so that nothing else would say why its types are missing.</summary>
    private static string? OtherKind(IMethodSymbol member) => member.MethodKind switch
    {
        MethodKind.UserDefinedOperator or MethodKind.Conversion => "an operator",
        MethodKind.Destructor => "a finalizer",
        _ => member.AssociatedSymbol is null ? null : "an accessor",
    };

    private static Diagnostic NoMethod(IMethodSymbol marked, string kind) => Diagnostic.Create(
        InvalidDeclaration.Rule,
        marked.Locations[0],
        marked.AssociatedSymbol?.Name ?? marked.ToDisplayString(NameAlone),
        $"is {kind}, for which no types can be generated; make it a static method of a partial class");

    private static bool IsMarked(IMethodSymbol method) => LossMarks.Of(method) is var marks && (marks.Contains(LibraryNames.LossAttribute) || marks.Contains(LibraryNames.EntryLossAttribute));

    private void Analyze(SymbolAnalysisContext context)
    {
        var method = (IMethodSymbol)context.Symbol;
        if (method.PartialDefinitionPart is not null || !IsMarked(method))
        {
            return;
        }

        if (OtherKind(method) is { } kind)
        {
            context.ReportDiagnostic(NoMethod(method, kind));
            return;
        }

        // The generator reads it in the same way, and reports what fails in that.
        var diagnostics = InternalFailure.Guard<IReadOnlyList<Diagnostic>>(
            () =>
            {
                var parsed = _read(method, context.Compilation, context.CancellationToken);
                return UnexplainedRefusal.Of(method, parsed, context.Compilation, context.CancellationToken) is { } unexplained
                    ? [unexplained]
                    : [.. DiagnosticsOf(method, parsed)];
            },
            _ => []);
        foreach (var diagnostic in diagnostics)
        {
            context.ReportDiagnostic(diagnostic);
        }
    }

    /// <summary>What is wrong with a loss; what was found in reading it is told also where the review of it fails.</summary>
    private IEnumerable<Diagnostic> DiagnosticsOf(IMethodSymbol method, ParsedLoss parsed)
    {
        var reviewed = InternalFailure.Guard<IReadOnlyList<Diagnostic>>(
            () => [.. Reviewed(method, parsed)],
            failure => FailsInGenerator(parsed) ? [] : [InternalFailure.Of(method.ToDisplayString(LossMarks.FullName), failure, method.Locations[0])]);

        // A helper that is read twice has its problems twice.
        return parsed.Diagnostics.Concat(reviewed)
            .GroupBy(d => (d.Id, d.Location, d.GetMessage(CultureInfo.InvariantCulture)))
            .Select(same => same.First());
    }

    /// <summary>Whether the generator fails, too, and says so.</summary>
    private bool FailsInGenerator(ParsedLoss parsed) => parsed.Generated is { } model && InternalFailure.Guard(() => _emit(model) is null, _ => true);

    private IEnumerable<Diagnostic> Reviewed(IMethodSymbol method, ParsedLoss parsed)
    {
        if (parsed.Model.Body is null)
        {
            return [];
        }

        var review = _review(parsed.Model, parsed.Quote);

        // A factor may be missing in what could not be read.
        var lost = parsed.IsRead ? review.FactorsWithoutGradient : [];
        return review.Problems.Select(p => Create(p, p.Parameter is { } name ? LocationOf(method, name) : parsed.Locations[p.Node])).Concat(parsed.Model.Expansion is null ? Lost(method, lost) : LostInPrediction(method, lost));
    }

    private static IEnumerable<Diagnostic> Lost(IMethodSymbol method, IReadOnlyList<string> factors) => factors.Select(factor => Diagnostic.Create(
        GradientIsZero.Rule, LocationOf(method, factor), $"The loss does not depend on the factor '{factor}'", "use it or drop [Factor]"));

    private static Location LocationOf(IMethodSymbol method, string parameter) => method.Parameters.First(p => p.Name == parameter.TrimStart('@')).Locations[0];

    /// <summary>The factors of an entry's expansion are the generator's; what the user wrote is the prediction.</summary>
    private static IEnumerable<Diagnostic> LostInPrediction(IMethodSymbol method, IReadOnlyList<string> factors) => factors.Take(1).Select(_ => Diagnostic.Create(
        GradientIsZero.Rule, method.Parameters[0].Locations[0], $"The loss of an entry has no slope in the prediction '{method.Parameters[0].Name}'", "write a term that changes smoothly with it"));

    private Diagnostic Create(Problem problem, Location where) => Diagnostic.Create(
        SupportedDiagnostics.First(d => d.Id == problem.Rule),
        where,
        problem.Remedy is null ? null : Property(problem.Remedy),
        [.. problem.Arguments]);

    /// <summary>The properties of a diagnostic that a code fix can mend.</summary>
    internal static ImmutableDictionary<string, string?> Property(string remedy) => ImmutableDictionary<string, string?>.Empty.Add(Remedy, remedy);
}

/// <summary>What reviews a loss, given how it quotes what the user wrote.</summary>
internal delegate LossReview ReviewLoss(LossModel model, Func<LossNode, string> quote);
