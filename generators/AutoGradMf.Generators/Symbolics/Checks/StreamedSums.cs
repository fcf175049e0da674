using AutoGradMf.Generators.Symbolics.Analysis;
using AutoGradMf.Generators.Symbolics.Costs;
using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Lowering;
using AutoGradMf.Generators.Symbolics.Model;
using AutoGradMf.Generators.Symbolics.Structure;
using AutoGradMf.Generators.Symbolics.Translation;
using Index = AutoGradMf.Generators.Symbolics.Expressions.Index;

namespace AutoGradMf.Generators.Symbolics.Checks;

/// <summary>
/// Finds the sums that visit every pair of two entities, what forces each to, and what it costs: a loss whose plan has such a loop
/// is taken apart, and the parts that have one alone are taken apart further.
/// </summary>
internal sealed class StreamedSums
{
    /// <summary>Each part is compiled to see, as long as they are no larger than this together; of what is nested deeper, an outer part is named.</summary>
    private const int LargestParts = 600;

    private readonly LossModel _model;
    private readonly ShapeInference _shapes;
    private readonly Func<LossNode, string> _quote;
    private int _seen;

    private StreamedSums(LossModel model, ShapeInference shapes, Func<LossNode, string> quote) => (_model, _shapes, _quote) = (model, shapes, quote);

    public static IEnumerable<Problem> Problems(LossModel model, Plan plan, ShapeInference shapes, Func<LossNode, string> quote)
    {
        var whole = new Streamed(model.Body!, plan);
        return plan.Value.Steps.Any(IsOverPairs)
            ? new StreamedSums(model, shapes, quote).Innermost(whole, whole).GroupBy(found => found.Sum).Select(found => found.First()).Select(found => found.Problem)
            : [];
    }

    /// <summary>The innermost parts that visit all pairs, each as a problem of the reduction around it.</summary>
    private List<(LossNode Sum, Problem Problem)> Innermost(Streamed part, Streamed reduction)
    {
        var sum = IsReduction(part.Syntax) || part.Syntax.Kind == TensorKind.Scalar ? part : reduction;
        var isNamed = DenseData(sum.Syntax).FirstOrDefault() is null;
        var met = new HashSet<LossNode>(SameObject<LossNode>.Instance);
        var looked = Arguments(part.Syntax)
            .SelectMany(syntax => Terms(syntax, met))
            .Where(syntax => isNamed || syntax.SelfAndDescendants().Any(IsReduction))
            .ToList();

        // A number made of one other number takes what that takes.
        var isOnly = looked.Count == 1 && part.Syntax.Kind == TensorKind.Scalar && looked[0].Kind == TensorKind.Scalar;
        var inner = looked
            .TakeWhile(syntax => isOnly || (_seen += syntax.SelfAndDescendants().Count()) <= LargestParts)
            .Select(syntax => (Syntax: syntax, Plan: isOnly ? part.Plan : Lower(syntax)))
            .Where(a => a.Plan?.Value.Steps.Any(IsOverPairs) == true)
            .SelectMany(a => Innermost(new(a.Syntax, a.Plan!), sum))
            .ToList();
        return inner.Count > 0 ? inner : [(sum.Syntax, Problem(sum, part.Syntax))];
    }

    private Problem Problem(Streamed sum, LossNode part)
    {
        var space = sum.Plan.Value.Steps.OfType<LoopStep>().First(IsOverPairs).Space;
        var dense = DenseData(sum.Syntax).FirstOrDefault();
        var arguments = new[]
        {
            _quote(sum.Syntax), $"{space.Rows!.Name}·{space.Columns!.Name}", Reason(sum.Syntax, dense ?? part), Cost(sum.Plan),
        };

        // Whoever gives a dense matrix expects that it is read.
        var sparse = _model.Parameters.FirstOrDefault(p => p.Kind == TensorKind.SparseMatrix && IsOfPairs(p.Name, space))?.Name;
        return sparse is null || dense is not null
            ? new(RuleNames.AllPairs, sum.Syntax.Node, new(arguments))
            : new(RuleNames.AllPairsBesideSparse, sum.Syntax.Node, new([.. arguments, sparse]));
    }

    /// <summary>Whether data has an entry for each of the pairs that a loop visits, so that those observed could be meant.</summary>
    private bool IsOfPairs(string parameter, LoopSpace space)
    {
        if (_shapes.ShapeOf(parameter) is not { Rows: { } rows, Columns: { } columns })
        {
            return false;
        }

        var (row, column) = (_shapes.DimensionOf(rows).Name, _shapes.DimensionOf(columns).Name);
        var (first, second) = (space.Rows!.Name, space.Columns!.Name);
        return (row == first && column == second) || (row == second && column == first);
    }

    /// <summary>What forces a sum to visit each pair: what it is of, or what it is.</summary>
    private string Reason(LossNode sum, LossNode part) => MaskingProduct(sum) is { } product
        ? $"'{_quote(product)}' is the product of two matrices, not of their elements, which '%' is"
        : ReferenceEquals(sum, part)
        ? $"it is taken of each element of '{_quote(Arguments(sum).FirstOrDefault(IsMatrix) ?? sum)}'"
        : Factors(part).Select(ProductOfExponentials).FirstOrDefault(e => e is not null) is { } exponentials ? exponentials
        : $"'{_quote(part)}' is neither sparse nor written as a sum of few products of a row part and a column part";

    /// <summary>
    /// That the exponential of a sum of column vectors, row vectors and numbers is separable as a product of exponentials; null for anything else. It is left to
    /// the user to take it apart, for e⁸⁰⁰ e⁻⁸⁰⁰ is not e⁰ in numbers.
    /// </summary>
    private string? ProductOfExponentials(LossNode factor)
    {
        if (factor is not CallNode { Function: "Exp", Arguments: [var exponent] })
        {
            return null;
        }

        var terms = SignedTerms(exponent, isMinus: false).ToList();
        var kind = terms.Find(t => t.Term.Kind != TensorKind.Scalar).Term?.Kind;
        var (first, second) = (terms.FindAll(t => t.Term.Kind == kind || t.Term.Kind == TensorKind.Scalar), terms.FindAll(t => t.Term.Kind != kind && t.Term.Kind != TensorKind.Scalar));
        if (second.Count == 0 || terms.Exists(t => t.Term.Kind is not (TensorKind.ColumnVector or TensorKind.RowVector or TensorKind.Scalar)))
        {
            return null;
        }

        var isQuotient = second.TrueForAll(t => t.IsMinus);
        var product = $"Exp({Sum(first)}) {(isQuotient ? "/" : "%")} Exp({Sum(second.ConvertAll(t => (t.Term, t.IsMinus != isQuotient)))})";
        return $"'{_quote(factor)}' is not written as a product of a row part and a column part, which '{product}' is";
    }

    private string Sum(IEnumerable<(LossNode Term, bool IsMinus)> terms) =>
        string.Concat(terms.Select((t, place) => (t.IsMinus ? place == 0 ? "-" : " - " : place == 0 ? "" : " + ") + _quote(t.Term)));

    /// <summary>The terms of a sum of sums and differences, with their signs.</summary>
    private static IEnumerable<(LossNode Term, bool IsMinus)> SignedTerms(LossNode value, bool isMinus) => value switch
    {
        CallNode { Function: Operators.Add, Arguments: [var x, var y] } => SignedTerms(x, isMinus).Concat(SignedTerms(y, isMinus)),
        CallNode { Function: Operators.Subtract, Arguments: [var x, var y] } => SignedTerms(x, isMinus).Concat(SignedTerms(y, !isMinus)),
        CallNode { Function: Operators.Negate, Arguments: [var x] } => SignedTerms(x, !isMinus),
        _ => [(value, isMinus)],
    };

    private static IEnumerable<LossNode> Factors(LossNode part) =>
        part is CallNode { Function: Operators.Hadamard } product ? product.Arguments.SelectMany(Factors) : [part];

    /// <summary>A product of matrices where a mask of observed entries was hardly meant to be one; null if there is none.</summary>
    private static CallNode? MaskingProduct(LossNode sum) => sum.SelfAndDescendants().OfType<CallNode>().FirstOrDefault(IsMaskingProduct);

    /// <summary>Whether it is such a product, of which it is said what it is.</summary>
    public static bool IsMaskingProduct(LossNode node) =>
        node is CallNode { Function: Operators.Multiply } call && call.Arguments.All(IsMatrix) && call.Arguments.Any(a => a is CallNode { Function: "Observed" });

    /// <summary>Flops, and where a matrix of pairs is kept, how many numbers that has.</summary>
    private static string Cost(Plan plan)
    {
        var written = plan.Value.Steps.SelectMany(s => s switch { LoopStep loop => loop.Outputs.Select(o => o.Into), ProductStep { Into: { } into } => [into], _ => [] });
        var kept = written.Where(s => s.Pattern is null && s.Dimensions.Count(d => !d.IsLatent) > 1).Distinct().ToList();
        return $"{CostModel.Flops(plan.Value).Leading()} flops" + (kept.Count == 0 ? "" : $" and {CostModel.Numbers(kept)} numbers of memory");
    }

    /// <summary>The operands of an operator or function; a lambda has only numbers inside.</summary>
    private static IEnumerable<LossNode> Arguments(LossNode syntax) => syntax is CallNode call ? call.Arguments.Where(a => a is not LambdaNode) : [];

    /// <summary>Whether it makes less than a matrix of a matrix.</summary>
    private static bool IsReduction(LossNode syntax) => syntax is CallNode call && !IsMatrix(call) && call.Arguments.Any(IsMatrix);

    /// <summary>The terms of a sum of sums, each object once: what is added up is compiled term by term, and not its partial sums.</summary>
    private static IEnumerable<LossNode> Terms(LossNode syntax, HashSet<LossNode> met) =>
        !met.Add(syntax) ? []
        : syntax is CallNode { Function: Operators.Add or Operators.Subtract } sum ? sum.Arguments.SelectMany(a => Terms(a, met))
        : [syntax];

    /// <summary>The matrices of data with an element for each pair.</summary>
    private IEnumerable<LossNode> DenseData(LossNode syntax) =>
        syntax.SelfAndDescendants().OfType<ParameterNode>().Where(IsDenseData);

    private bool IsDenseData(ParameterNode parameter) =>
        parameter.Kind == TensorKind.Matrix
        && !_model.Parameters.First(p => p.Name == parameter.Name).IsFactor
        && _shapes.ShapeOf(parameter.Name) is { Rows: { } rows, Columns: { } columns }
        && !_shapes.DimensionOf(rows).IsLatent
        && !_shapes.DimensionOf(columns).IsLatent;

    private static bool IsMatrix(LossNode syntax) => syntax.Kind is TensorKind.Matrix or TensorKind.SparseMatrix;

    /// <summary>The plan of the sum over all elements of a part of the loss; null if it has none alone.</summary>
    private Plan? Lower(LossNode syntax)
    {
        try
        {
            var part = new Translator(_model, _shapes).Translate(syntax);
            var sum = Build.Contract([part.Value], new[] { part.Row, part.Column }.OfType<Index>());
            return Lowerer.Lower(StructureStage.Rewrite(sum), [], Capabilities.None, new NameScope());
        }
        catch (LossException)
        {
            return null;
        }
    }

    private static bool IsOverPairs(Step step) =>
        step is LoopStep { Space: { Pattern: null, Rows.IsLatent: false, Columns.IsLatent: false } };

    /// <summary>A part of the loss whose plan visits all pairs.</summary>
    private sealed record Streamed(LossNode Syntax, Plan Plan);
}
