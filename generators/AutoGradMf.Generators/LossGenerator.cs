using System.Text;
using AutoGradMf.Generators.Diagnostics;
using AutoGradMf.Generators.Emission;
using AutoGradMf.Generators.Parsing;
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
    private readonly Func<LossModel, string> _emit;

    /// <summary>The generator.</summary>
    public LossGenerator()
        : this(LossEmitter.Emit)
    {
    }

    /// <summary>A generator with another way of writing a loss.</summary>
    internal LossGenerator(Func<LossModel, string> emit) => _emit = emit;

    /// <summary>The tracking name of the step that parses a loss.</summary>
    public const string ModelStep = "LossModel";

    /// <summary>The tracking name of the step that compiles a loss.</summary>
    public const string SourceStep = "LossSource";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        Generate(context, LibraryNames.LossAttribute, LossParser.Parse);
        Generate(context, LibraryNames.EntryLossAttribute, EntryLossParser.Parse);
    }

    private void Generate(
        IncrementalGeneratorInitializationContext context, string attribute, Func<IMethodSymbol, Compilation, CancellationToken, ParsedLoss> parse)
    {
        var models = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                attribute,
                static (node, _) => node is MethodDeclarationSyntax,
                (loss, cancellation) => IsMarkedElsewhere(loss.TargetSymbol, attribute) ? null : parse((IMethodSymbol)loss.TargetSymbol, loss.SemanticModel.Compilation, cancellation).Generated)
            .WithTrackingName(ModelStep);
        var sources = models
            .Select((model, _) => Compile(model))
            .WithTrackingName(SourceStep);
        context.RegisterSourceOutput(sources, static (output, source) =>
        {
            if (source.Text is not null)
            {
                output.AddSource(source.HintName, SourceText.From(source.Text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)));
            }

            if (source.Failure is not null)
            {
                output.ReportDiagnostic(source.Failure);
            }
        });
    }

    /// <summary>Whether a method is generated from for another mark: on its defining half, or as a loss.</summary>
    private static bool IsMarkedElsewhere(ISymbol method, string attribute)
    {
        var marks = method.GetAttributes().Select(a => a.AttributeClass?.ToDisplayString()).ToList();
        return (attribute == LibraryNames.EntryLossAttribute && marks.Contains(LibraryNames.LossAttribute))
            || (method is IMethodSymbol { PartialDefinitionPart: not null } && marks.Count(m => m == attribute) > 1);
    }

    private LossSource Compile(LossModel? model)
    {
        if (model is null)
        {
            return new("", null, null);
        }

        try
        {
            return new(HintName(model), _emit(model), null);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return new(HintName(model), LossEmitter.Emit(model with { Body = null }), InternalFailure.Of(model, exception, Location.None));
        }
    }

    /// <summary>The name of the generated file, in which Roslyn allows no at sign.</summary>
    private static string HintName(LossModel model) => model.HintName.Replace("@", "");

    private sealed record LossSource(string HintName, string? Text, Diagnostic? Failure);
}
