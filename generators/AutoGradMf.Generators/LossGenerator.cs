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
/// Generates the objective, the model and the trainer of each method marked [Loss]. Parsing gives an equatable model without
/// symbols; everything after it runs only when that model changes.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class LossGenerator : IIncrementalGenerator
{
    /// <summary>The tracking name of the step that parses a loss.</summary>
    public const string ModelStep = "LossModel";

    /// <summary>The tracking name of the step that compiles a loss.</summary>
    public const string SourceStep = "LossSource";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var models = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                LibraryNames.LossAttribute,
                static (node, _) => node is MethodDeclarationSyntax,
                static (loss, cancellation) => Parse(loss, cancellation))
            .WithTrackingName(ModelStep);
        var sources = models
            .Select(static (model, _) => Compile(model))
            .WithTrackingName(SourceStep);
        context.RegisterSourceOutput(sources, static (output, source) =>
        {
            if (source.Text is not null)
            {
                output.AddSource(source.HintName, SourceText.From(source.Text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)));
            }

            if (source.Failure is not null)
            {
                output.ReportDiagnostic(Diagnostic.Create(InternalFailure.Rule, Location.None, source.HintName, source.Failure));
            }
        });
    }

    private static LossModel? Parse(GeneratorAttributeSyntaxContext loss, CancellationToken cancellation) =>
        LossParser.Parse((IMethodSymbol)loss.TargetSymbol, loss.SemanticModel.Compilation, cancellation).Generated;

    private static LossSource Compile(LossModel? model)
    {
        if (model is null)
        {
            return new("", null, null);
        }

        try
        {
            return new(model.HintName, LossEmitter.Emit(model), null);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return new(model.HintName, LossEmitter.Emit(model with { Body = null }), $"{exception.GetType().Name}: {exception.Message}");
        }
    }

    private sealed record LossSource(string HintName, string? Text, string? Failure);
}
