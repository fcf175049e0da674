using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;

namespace AutoGradMf.Generators.Parsing;

/// <summary>Statements that are no part of an expression: each is noted, not only the first.</summary>
internal sealed partial class BodyParser
{
    /// <summary>Notes each loop and each mutation in a statement, or the statement itself if it is neither.</summary>
    private void NoteStatement(IOperation statement)
    {
        var headers = statement.DescendantsAndSelf().OfType<ILoopOperation>().Select(loop => (Loop: (IOperation)loop, Header: HeaderOf(loop.Syntax))).ToList();
        var others = statement.DescendantsAndSelf()
            .OfType<IExpressionStatementOperation>()
            .Where(e => !headers.Any(h => h.Header.SourceSpan.Contains(e.Syntax.Span)))
            .Select(e => (e.Operation, e.Syntax.GetLocation()));
        foreach (var (operation, location) in headers.Concat(others).DefaultIfEmpty((statement, statement.Syntax.GetLocation())))
        {
            Unsupported(location, FirstLine(location), AdviceOn(operation));
        }
    }

    private static string AdviceOn(IOperation operation) => operation switch
    {
        ILoopOperation => "a loss has no loops; sum over whole matrices, with Sum, RowSums, Map and the like",
        IDeconstructionAssignmentOperation => "declare one local at a time",
        IAssignmentOperation or IIncrementOrDecrementOperation => "a loss changes nothing; declare a further local for the new value",
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Remainder } => "the remainder of numbers jumps and has no derivative there; multiply them with *, or pass the remainder as a parameter",
        IArrayCreationOperation => "a loss has no arrays, nor params; give the method a parameter for each value",
        IAwaitOperation => "a loss is computed at once, and awaits nothing",
        _ when operation.Type is null || operation.Type.SpecialType == SpecialType.System_Void => "a loss is local declarations and a return",
        _ => "a loss is made of operators and functions of matrices, vectors and doubles",
    };

    /// <summary>A loop up to its body.</summary>
    private static Location HeaderOf(SyntaxNode loop)
    {
        var end = loop switch
        {
            ForStatementSyntax s => s.CloseParenToken.Span.End,
            CommonForEachStatementSyntax s => s.CloseParenToken.Span.End,
            WhileStatementSyntax s => s.CloseParenToken.Span.End,
            DoStatementSyntax s => s.DoKeyword.Span.End,
            _ => loop.Span.End,
        };
        return Location.Create(loop.SyntaxTree, TextSpan.FromBounds(loop.SpanStart, end));
    }

    private static string FirstLine(Location location) => location.SourceTree!.GetText().ToString(location.SourceSpan).Split('\n')[0].Trim();
}
