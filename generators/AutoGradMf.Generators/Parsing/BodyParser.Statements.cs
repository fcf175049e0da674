using AutoGradMf.Generators.Symbolics.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;

namespace AutoGradMf.Generators.Parsing;

/// <summary>Statements that are no part of an expression: each is noted, not only the first.</summary>
internal sealed partial class BodyParser
{
    /// <summary>Notes each loop, each mutation and each block of a kind that losses do not have, or the statement itself if it has none.</summary>
    private void NoteStatement(IOperation statement)
    {
        var headers = statement.DescendantsAndSelf()
            .Where(o => o is ILoopOperation or ITryOperation or ILockOperation or IUsingOperation or ISwitchOperation)
            .Select(block => (Block: block, Header: HeaderOf(block.Syntax)))
            .ToList();
        var others = statement.DescendantsAndSelf()
            .OfType<IExpressionStatementOperation>()
            .Where(e => !headers.Any(h => h.Header.SourceSpan.Contains(e.Syntax.Span)))
            .Select(e => (e.Operation, e.Syntax.GetLocation()));
        foreach (var (operation, location) in headers.Concat(others).DefaultIfEmpty((statement, statement.Syntax.GetLocation())))
        {
            Unsupported(location, FirstLine(location), AdviceOn(operation));
        }
    }

    /// <summary>
    /// What a refused statement computes, which may have problems of its own. What it changes may be changed before that, as in a loop; only what an
    /// assignment by itself assigns to is still what it was.
    /// </summary>
    private List<LossNode> ReadRefused(IOperation statement, Dictionary<ISymbol, LossNode?> values)
    {
        if (statement is IExpressionStatementOperation { Operation: ISimpleAssignmentOperation })
        {
            var before = ValuesIn(statement, values);
            NoteChanges(statement);
            return before;
        }

        NoteChanges(statement);
        return ValuesIn(statement, values);
    }

    private List<LossNode> ValuesIn(IOperation statement, Dictionary<ISymbol, LossNode?> values) => [.. statement.DescendantsAndSelf()
        .Select(ValueIn)
        .Where(value => TensorTypes.KindOf(value?.Type, _typeArguments) is not null)
        .Select(value => Parse(value, values))
        .OfType<LossNode>()];

    /// <summary>What follows a statement that is noted: unknown, of what is known of both.</summary>
    private LossNode? UnknownAfter(IOperation statement, List<LossNode> seen, LossNode? rest) =>
        seen.Count == 0 ? rest : Unknown(statement, rest?.Kind ?? seen[^1].Kind, [.. seen, rest]);

    /// <summary>What a statement returns, assigns or declares; null if it is none that does.</summary>
    private static IOperation? ValueIn(IOperation operation) => operation switch
    {
        IReturnOperation returned => returned.ReturnedValue,
        // In a = b = c the inner one has the value, and the statement is noted for both.
        IAssignmentOperation assignment => assignment.Value is IAssignmentOperation ? null : assignment.Value,
        IVariableInitializerOperation declared => declared.Value,
        _ => null,
    };

    private static string AdviceOn(IOperation operation) => operation switch
    {
        IDynamicInvocationOperation or IDynamicMemberReferenceOperation or IDynamicIndexerAccessOperation or { Type.TypeKind: TypeKind.Dynamic } or IConversionOperation { Operand.Type.TypeKind: TypeKind.Dynamic } =>
            "what is dynamic is known only when the program runs; declare it by its type",
        ILoopOperation => "a loss has no loops; sum over whole matrices, with Sum, RowSums, Map and the like, and over several values with .Sum(x => …)",
        IDeconstructionAssignmentOperation deconstruction when deconstruction.Target.DescendantsAndSelf().Any(o => o is IDeclarationExpressionOperation) => $"{WhyNotApart(deconstruction)}; declare one at a time: {Declarations(deconstruction)}",
        IAssignmentOperation or IIncrementOrDecrementOperation => "a loss changes nothing; declare a further local for the new value",
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Remainder } => "the remainder of numbers jumps and has no derivative there; multiply them with *, or pass the remainder as a parameter",
        IBinaryOperation or IUnaryOperation => "a loss computes with doubles, by +, -, * and /; pass what is computed of whole numbers as a parameter",
        IArrayCreationOperation => "the values of an array in a loss are written out, as in [a, b]",
        IDefaultValueOperation => "write the values out that it holds",
        IAwaitOperation => "a loss is computed at once, and awaits nothing",
        ISwitchOperation => "let each of its cases return, or write it as a switch expression, x switch { … }",
        ITryOperation => "a loss catches nothing; write what it computes without try",
        IUsingOperation or IUsingDeclarationOperation or ILockOperation => "a loss opens and locks nothing; pass what is read as a parameter",
        IBranchOperation => "a loss jumps nowhere; write the choice as a condition, x > 0 ? a : b",
        _ when operation.DescendantsAndSelf().Any(o => o is IThrowOperation) =>
            "a loss throws nothing that depends on a factor or an element; a guard of sizes and hyperparameters may throw, before anything is computed",
        IConversionOperation { Type.OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } => "a loss has no numbers that may be missing; declare it as a double, with a default value if need be",
        ICoalesceOperation or IConditionalAccessOperation => "nothing that a loss computes with may be missing; write it without ? and ??",
        IConversionOperation { Type.TypeKind: TypeKind.Delegate, Operand: IConditionalOperation or ISwitchExpressionOperation } =>
            "a loss makes no choice between methods; choose within the lambda, x => a > b ? F(x) : G(x)",
        IConversionOperation => "a value of a loss keeps its type; drop the conversion",
        ITypeOfOperation or IInterpolatedStringOperation => "a loss computes with numbers, and not with texts and types; pass it as a parameter",
        IAddressOfOperation or { Kind: OperationKind.None } => "a loss is made of matrices, vectors and doubles, not of pointers and memory",
        ITranslatedQueryOperation => "call .Select(x => …) and .Sum() of the values themselves",
        IInvocationOperation { Arguments: var arguments } when arguments.Any(a => a.Syntax is ArgumentSyntax { RefKindKeyword.RawKind: not 0 } && a.Parameter?.RefKind is RefKind.Out or RefKind.Ref) =>
            "a loss has no out or ref parameters; let the method return a value, or a tuple of several",
        IInvocationOperation { TargetMethod.ReturnsVoid: true } => "it returns nothing, and a loss only computes its value; leave it out, or call it outside of the loss",
        IDeclarationExpressionOperation => "a loss has no out or ref parameters; let the method return a value, or a tuple of several",
        ITupleBinaryOperation => "compare the parts one at a time, a.X == b.X && a.Y == b.Y",
        IRangeOperation => "take the values that are meant one at a time, as in [a[0], a[1]]",
        IParameterReferenceOperation => "what it is given is known only when the program runs; pass it as a parameter of the loss",
        _ when operation.Type is null || operation.Type.SpecialType == SpecialType.System_Void => "a loss is local declarations and a return",
        _ => "a loss is made of operators and functions of matrices, vectors and doubles",
    };

    /// <summary>Why a loss takes a value not apart.</summary>
    private static string WhyNotApart(IDeconstructionAssignmentOperation deconstruction) => deconstruction.Value.Type is INamedTypeSymbol { IsTupleType: false } type
        ? $"the Deconstruct of '{type.Name}' hands its values out by parameters, which a loss does not follow"
        : "it takes a value apart into several locals";

    /// <summary>The declarations that say the same as a deconstruction, of a tuple that is written out or of another value.</summary>
    private static string Declarations(IDeconstructionAssignmentOperation deconstruction)
    {
        static IEnumerable<string> Elements(IOperation operation) => operation switch
        {
            IDeclarationExpressionOperation declaration => Elements(declaration.Expression),
            IConversionOperation conversion => Elements(conversion.Operand),
            ITupleOperation tuple => tuple.Elements.Select(e => FirstLine(e.Syntax)),
            _ => [],
        };
        var (locals, values) = (Elements(deconstruction.Target).ToList(), Elements(deconstruction.Value).ToList());
        var isWritten = deconstruction.Value is IConversionOperation { Operand: ITupleOperation } or ITupleOperation;
        return string.Join(" ", locals.Select((local, place) => $"var {local.Split(' ')[^1]} = {(isWritten ? values[place] : "…")};"));
    }

    /// <summary>A loop, or another statement with a body, up to that.</summary>
    private static Location HeaderOf(SyntaxNode statement)
    {
        var end = statement switch
        {
            ForStatementSyntax s => s.CloseParenToken.Span.End,
            CommonForEachStatementSyntax s => s.CloseParenToken.Span.End,
            WhileStatementSyntax s => s.CloseParenToken.Span.End,
            DoStatementSyntax s => s.DoKeyword.Span.End,
            TryStatementSyntax s => s.TryKeyword.Span.End,
            LockStatementSyntax s => s.CloseParenToken.Span.End,
            UsingStatementSyntax s => s.CloseParenToken.Span.End,
            SwitchStatementSyntax s => s.OpenBraceToken.GetPreviousToken().Span.End,
            _ => statement.Span.End,
        };
        return Location.Create(statement.SyntaxTree, TextSpan.FromBounds(statement.SpanStart, end));
    }

    private static string FirstLine(Location location) => location.SourceTree!.GetText().ToString(location.SourceSpan).Split('\n')[0].Trim();
}
