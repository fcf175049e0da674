using AutoGradMf.Generators.Symbolics.Analysis;
using AutoGradMf.Generators.Symbolics.Differentiation;
using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Model;
using Index = AutoGradMf.Generators.Symbolics.Expressions.Index;

namespace AutoGradMf.Generators.Symbolics.Notation;

/// <summary>Says what a loss is as a function of one factor, or what stands in the way.</summary>
internal static class CapabilityText
{
    private const int LongestShown = 100;

    /// <param name="analysis">What is known of the factor.</param>
    /// <param name="isGathered">Whether a kernel gathers its small systems.</param>
    public static string Of(FactorAnalysis? analysis, bool isGathered) => analysis switch
    {
        null => "no second derivative",
        { Curvature: { IsQuadratic: true, Block: Constant { Value: 0 } } } => "linear",
        { Curvature: { IsQuadratic: true, Block: not null, Row: null, Column: null } curvature } => $"quadratic, curvature {SecondDerivative(curvature)}",
        { Curvature: { IsQuadratic: true, Block: { } block } curvature } when isGathered || block is Constant { Value: 0 } =>
            $"quadratic, {Systems(curvature)}: {SecondDerivative(curvature)}",
        { Curvature: { IsQuadratic: true, Block: not null } curvature } => $"quadratic, {Systems(curvature)}, which no kernel gathers{Shown(SecondDerivative(curvature))}",
        { Curvature.IsQuadratic: true } => "quadratic, one system of all its values",
        { Obstacle: { } obstacle } => $"not quadratic: {PlainNotation.Of(obstacle)}{(isGathered ? "" : WithoutSteps(analysis))}",
        _ => "not quadratic",
    };

    /// <summary>Why there are no Newton steps in a factor.</summary>
    private static string WithoutSteps(FactorAnalysis analysis) => analysis switch
    {
        { Curvature.Block: Constant { Value: 0 } } => "; no Newton steps: the second derivative is zero",
        { Curvature.Block: not null } => $"; no Newton steps: no kernel gathers its second derivative{Shown(SecondDerivative(analysis.Curvature))}",
        { Mixing: { } part } => $"; no Newton steps: {Rows(analysis)} mix in {PlainNotation.Of(part)}",
        { Curvature.Gap: CurvatureGap.HeldConstant } => $"; no Newton steps: {analysis.Curvature.Factor.Name} is held constant in a part of the loss",
        { Curvature.Gap: CurvatureGap.NotDifferentiable } => "; no Newton steps: a function in the gradient has no derivative",
        { Curvature.Gap: CurvatureGap.TooLarge } => "; no Newton steps: the second derivative is too large",
        _ => $"; no Newton steps: {Rows(analysis)} mix",
    };

    /// <summary>What no kernel computes, after a reason, unless it is so long that nobody would read the reason.</summary>
    private static string Shown(string expression) => expression.Length <= LongestShown ? $": {expression}" : "";

    private static string Rows(FactorAnalysis analysis) => analysis.Curvature.Factor.Dimensions.ToList() switch
    {
        [{ IsLatent: true }, { IsLatent: false }] => "columns",
        [_, _] => "rows",
        _ => "values",
    };

    /// <summary>The bound of the second derivative in one factor, where there is one, or what stands in the way.</summary>
    public static string Of(string factor, CurvatureBound? known, bool isLowered) => known switch
    {
        { IsLinear: true } => $"no curvature bound in {factor}: it is linear",
        { Bound: { } bound } when isLowered => $"curvature bound in {factor}: {PlainNotation.Of(bound, known.Row)}",
        { Bound: { } bound } => $"no curvature bound in {factor}: no kernel computes the one that is known{Shown(PlainNotation.Of(bound, known.Row))}",
        { Obstacle: { } obstacle } => $"no curvature bound in {factor}: {PlainNotation.Of(obstacle, obstacle.Free.FirstOrDefault(i => !i.Dimension.IsLatent), obstacle.Free.Where(i => !i.Dimension.IsLatent).Skip(1).FirstOrDefault() ?? obstacle.Free.FirstOrDefault(i => i.Dimension.IsLatent))}",
        null => $"no curvature bound in {factor}: no second derivative",
        _ => $"no curvature bound in {factor}: it is too large",
    };

    /// <summary>Whether the gradient is split by sign, where that holds, or what stands in the way.</summary>
    public static string Of(SignSplit split, bool isLowered) => split switch
    {
        _ when isLowered => "sign-split, P - N, where nothing is negative of the factors" + string.Concat(split.NonNegative.Select(n => ", " + n)) + OneSided(split),
        { Obstacle: { } obstacle, ObstacleRow: { } row } => $"not sign-split: {PlainNotation.Of(obstacle, row, obstacle.Free.FirstOrDefault(i => i != row))}",
        { Obstacle: { } obstacle } => $"not sign-split: {PlainNotation.Of(obstacle)}",
        { Splits: true } => "not sign-split: no kernel computes the parts",
        _ => "not sign-split: the parts are too large",
    };

    /// <summary>The factors of which the gradient has one sign alone: multiplicative updates do no more than push them to a bound.</summary>
    private static string OneSided(SignSplit split) =>
        Vanishing("N", split.Negative) + Vanishing("P", split.Positive);

    private static string Vanishing(string part, IReadOnlyList<FactorGradient> gradient) =>
        gradient.Where(g => g.Value is Constant { Value: 0 }).Select(g => g.Factor.Name).ToList() is { Count: > 0 } factors ? $"; {part} is zero in {string.Join(", ", factors)}" : "";

    /// <summary>Why there is no product with the Hessian.</summary>
    public static string OfMissingProduct(Problem problem) => "no product with the Hessian: " + problem.Rule switch
    {
        RuleNames.NoKernel => $"no kernel computes {problem.Arguments[0]}",
        RuleNames.TooLarge => "it is too large",
        _ => "a function in the gradient has no derivative",
    };

    /// <summary>What the loss is a sum over, where that holds, or what stands in the way.</summary>
    public static string Of(SampledForm form, bool isLowered) => form switch
    {
        { IsSampled: true } when isLowered => $"sampled, a sum over {string.Join(" and over ", form.Groups.Select(SamplesOf))}",
        { Obstacle: { } obstacle } => $"not sampled: {PlainNotation.Of(obstacle, obstacle.Free.FirstOrDefault(i => !i.Dimension.IsLatent), obstacle.Free.FirstOrDefault(i => i.Dimension.IsLatent))}",
        { IsSampled: true } => "not sampled: no kernel evaluates the term of a sample",
        _ => "not sampled: no sum over entries or samples",
    };

    private static string SamplesOf(SampleGroup group) => group.Support is { } support ? $"the entries of {support.Name}" : $"{group.Sample!.Dimension} samples";

    /// <summary>The norms of which proximal steps are known.</summary>
    public static string Of(IReadOnlyList<NormPenalty> penalties, IReadOnlyList<FactorGradient> factors) => string.Join(", ", penalties.Select(p =>
        p.Groups switch
        {
            PenaltyGroups.Elements => "Σ |§|",
            PenaltyGroups.Rows => "Σ ‖rows of §‖",
            PenaltyGroups.Columns => "Σ ‖columns of §‖",
            _ => "‖§‖",
        }).Zip(penalties, (norms, p) => norms.Replace("§", factors[p.Factor].Factor.Name)));

    private static string Systems(Curvature curvature) => curvature switch
    {
        { Row: null } => "one system of all its values",
        { IsShared: true } => $"the same system for each {Part(curvature)}",
        { Column: null } => "a number for each row",
        _ => $"a system for each {Part(curvature)}",
    };

    /// <summary>Of a matrix, the rows may mix and the columns not.</summary>
    private static string Part(Curvature curvature) => curvature.IsByColumn ? "column" : "row";

    /// <summary>The second derivative in one row.</summary>
    public static string SecondDerivative(Curvature curvature) => !curvature.IsShared && curvature.Row is not null
        ? PlainNotation.Of(curvature.Block!, curvature.Row, curvature.Column)
        : curvature is { Column: { } column, OtherColumn: { } other } ? OfSquare(curvature.Block!, column, other)
        : PlainNotation.Of(curvature.Block!);

    /// <summary>A matrix over the features, also where terms are the same in all its rows or columns: c 1 1' and x 1'.</summary>
    private static string OfSquare(Expression block, Index column, Index other)
    {
        var terms = (block is Addition sum ? sum.Operands : [block]).ToLookup(t => (t.Free.Contains(column), t.Free.Contains(other)));
        var whole = terms[(true, true)].Any() ? [PlainNotation.Of(Build.Add(terms[(true, true)]), column, other)] : Enumerable.Empty<string>();
        return whole
            .Concat(terms[(true, false)].Select(t => Scaled(t, vector => $"{AsFactor(vector, column, null)} 1'")))
            .Concat(terms[(false, true)].Select(t => Scaled(t, vector => $"1 {AsFactor(vector, null, other)}")))
            .Concat(terms[(false, false)].Select(t => $"{PlainNotation.Of(t)} 1 1'"))
            .Aggregate((sum, term) => term[0] == '-' ? $"{sum} - {term.Substring(1)}" : $"{sum} + {term}");
    }

    /// <summary>An outer product with ones, with its number before it: of 1 (-2 x') the sign would be read as a difference.</summary>
    private static string Scaled(Expression term, Func<Expression, string> outer)
    {
        var (coefficient, vector) = Build.SplitCoefficient(term);
        return PlainNotation.Of(Build.Number(coefficient)) switch { "1" => "", "-1" => "-", var number => number + " " } + outer(vector);
    }

    /// <summary>A vector before or after ones: a quotient in parentheses.</summary>
    private static string AsFactor(Expression vector, Index? row, Index? column) => PlainNotation.Of(vector, row, column) is var text
        && vector is Product { Summed.Count: 0 } product && product.Operands.Any(o => o is Power { Exponent: < 0 }) ? $"({text})" : text;
}
