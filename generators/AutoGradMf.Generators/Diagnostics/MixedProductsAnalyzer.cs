using System.Collections.Immutable;
using AutoGradMf.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace AutoGradMf.Generators.Diagnostics;

/// <summary>Finds <c>W % U * M.T</c>, wherever it stands.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class MixedProductsAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [MixedProducts.Rule];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            var conflicts = new ShapeConflicts(start.Compilation);
            start.RegisterOperationAction(operation => Analyze(operation, conflicts), OperationKind.Binary);
        });
    }

    private static void Analyze(OperationAnalysisContext context, ShapeConflicts conflicts)
    {
        // Both operators bind from the left, so only a left operand can go without parentheses.
        if (context.Operation is IBinaryOperation { Syntax: BinaryExpressionSyntax { Left: BinaryExpressionSyntax left } whole, LeftOperand: IBinaryOperation inner } outer
            && inner.Syntax == left
            && ((IsMatrixProduct(outer) && IsElementwise(inner)) || (IsElementwise(outer) && IsMatrixProduct(inner)))
            && !IsReported(left) && !IsReported(whole))
        {
            context.ReportDiagnostic(Diagnostic.Create(
                MixedProducts.Rule, whole.GetLocation(), whole.ToString(), $"({left}) {whole.OperatorToken.Text} {whole.Right}"));
        }

        // One mistake has one message: products that do not fit as they are read are an error, which says how they fit.
        bool IsReported(SyntaxNode product) => conflicts.IsAt(product, context.ContainingSymbol, context.CancellationToken);
    }

    private static bool IsMatrixProduct(IBinaryOperation operation) =>
        operation.OperatorKind == BinaryOperatorKind.Multiply && TensorTypes.IsTensor(operation.LeftOperand.Type) && TensorTypes.IsTensor(operation.RightOperand.Type);

    private static bool IsElementwise(IBinaryOperation operation) =>
        operation.OperatorKind == BinaryOperatorKind.Remainder && TensorTypes.IsTensor(operation.LeftOperand.Type);
}
