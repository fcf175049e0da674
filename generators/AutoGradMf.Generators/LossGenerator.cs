using System.Text;
using AutoGradMf.Generators.Diagnostics;
using AutoGradMf.Generators.Emission;
using AutoGradMf.Generators.Parsing;
using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace AutoGradMf.Generators;

/// <summary>
/// Generates the objective, the model and the trainer of each method marked [Loss] or [EntryLoss]. Parsing gives an equatable model without
/// symbols; everything after it runs only when that model changes.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class LossGenerator : IIncrementalGenerator
{
    private readonly ReadLoss _read;
    private readonly Func<LossModel, string> _emit;

    /// <summary>The generator.</summary>
    public LossGenerator()
        : this(LossMarks.Read, LossEmitter.Emit)
    {
    }

    /// <summary>A generator with another way of reading or of writing a loss.</summary>
    internal LossGenerator(ReadLoss read, Func<LossModel, string> emit) => (_read, _emit) = (read, emit);

    /// <summary>The tracking name of the step that parses a loss.</summary>
    public const string ModelStep = "LossModel";

    /// <summary>The tracking name of the step that compiles a loss.</summary>
    public const string SourceStep = "LossSource";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        Generate(context, LibraryNames.LossAttribute);
        Generate(context, LibraryNames.EntryLossAttribute);
    }

    private void Generate(IncrementalGeneratorInitializationContext context, string attribute)
    {
        var models = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                attribute,
                static (node, _) => node is MethodDeclarationSyntax,
                (loss, cancellation) => Parse((IMethodSymbol)loss.TargetSymbol, attribute, loss.SemanticModel.Compilation, cancellation))
            .WithTrackingName(ModelStep);
        var sources = models
            .Select((model, _) => Compile(model))
            .WithTrackingName(SourceStep);
        context.RegisterSourceOutput(sources, static (output, source) =>
        {
            if (InternalFailure.Guard(() => Add(output, source), failure => failure) is { } failure)
            {
                output.ReportDiagnostic(InternalFailure.Of(source.HintName, failure, Location.None));
            }
        });

        // Only where something failed is the compilation asked for the place, which moves with every edit.
        context.RegisterSourceOutput(
            sources.Where(source => source.Failure is not null || source.IsTooLarge).Combine(context.CompilationProvider),
            static (output, failed) => output.ReportDiagnostic(DiagnosticOf(failed.Left, failed.Right)));
    }

    /// <summary>Adds what was generated, if anything; null, as nothing failed.</summary>
    private static string? Add(SourceProductionContext output, LossSource source)
    {
        if (source.Text is not null)
        {
            output.AddSource(source.HintName, SourceText.From(source.Text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)));
        }

        return null;
    }

    private static Diagnostic DiagnosticOf(LossSource failed, Compilation compilation)
    {
        var loss = DocumentationCommentId.GetFirstSymbolForDeclarationId(failed.Declaration, compilation);
        var where = loss?.Locations[0] ?? Location.None;
        return failed.IsTooLarge
            ? Diagnostic.Create(TooLarge.Rule, where, SymbolicBudget.Most)
            : InternalFailure.Of(loss?.ToDisplayString(LossMarks.FullName) ?? failed.Declaration, failed.Failure!, where);
    }

    private ParsedModel Parse(IMethodSymbol loss, string attribute, Compilation compilation, CancellationToken cancellation)
    {
        var declaration = DocumentationCommentId.CreateDeclarationId(loss)!;
        return InternalFailure.Guard<ParsedModel>(
            () => new(IsMarkedElsewhere(loss, attribute) ? null : Read(loss, compilation, cancellation), declaration, null),
            failure => new(null, declaration, failure));
    }

    private LossModel? Read(IMethodSymbol loss, Compilation compilation, CancellationToken cancellation) =>
        _read(loss, compilation, cancellation).Generated is { } model
            ? model with { Qualified = new(NameClashes.In(loss.PartialDefinitionPart ?? loss, compilation, cancellation)) }
            : null;

    /// <summary>Whether a method is generated from for another mark: on its defining half, or as a loss.</summary>
    private static bool IsMarkedElsewhere(IMethodSymbol method, string attribute)
    {
        var marks = LossMarks.Of(method);
        return (attribute == LibraryNames.EntryLossAttribute && marks.Contains(LibraryNames.LossAttribute))
            || (method.PartialDefinitionPart is not null && marks.Count(m => m == attribute) > 1);
    }

    private LossSource Compile(ParsedModel parsed)
    {
        if (parsed.Model is not { } model)
        {
            return new("", null, parsed.Declaration, parsed.Failure);
        }

        return InternalFailure.Guard<LossSource>(
            () => Emit(model, parsed.Declaration),
            failure => new(HintName(model), StandIn(model), parsed.Declaration, failure));
    }

    private LossSource Emit(LossModel model, string declaration)
    {
        try
        {
            return new(HintName(model), _emit(model), declaration, null);
        }
        catch (LossException refused) when (refused.IsFinal)
        {
            return new(HintName(model), StandIn(model), declaration, null, IsTooLarge: true);
        }
    }

    private static string? StandIn(LossModel model) => InternalFailure.Guard<string?>(() => LossEmitter.Emit(model with { Body = null }), _ => null);

    /// <summary>The name of the generated file, in which Roslyn allows no at sign.</summary>
    private static string HintName(LossModel model) => model.HintName.Replace("@", "");

    /// <summary>What was read of a method: nothing if it is no loss that can be generated from, or if reading it failed.</summary>
    private sealed record ParsedModel(LossModel? Model, string Declaration, string? Failure);

    /// <summary>What was generated for a method, and what failed, or that it is too large for more than a review.</summary>
    private sealed record LossSource(string HintName, string? Text, string Declaration, string? Failure, bool IsTooLarge = false);
}
