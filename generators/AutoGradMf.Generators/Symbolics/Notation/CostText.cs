using AutoGradMf.Generators.Symbolics.Costs;
using AutoGradMf.Generators.Symbolics.Lowering;

namespace AutoGradMf.Generators.Symbolics.Notation;

/// <summary>Says what a loss costs in flops: the terms that no other outgrows.</summary>
internal static class CostText
{
    /// <summary>Of the value, and of value and gradient.</summary>
    public static string OfEvaluation(CompiledLoss loss)
    {
        var (value, both) = (CostModel.Flops(loss.Plan.Value).Leading(), CostModel.Flops(loss.Plan.ValueAndGradient).Leading());
        return $"value {value}; value and gradient {both}{(both.RatioTo(value, "the value") is { } ratio ? $" ({ratio})" : "")}";
    }

    /// <summary>
    /// Where third moments stand for all pairs, when that costs less: some k³ operations for each of m + n rows do where k² is below m n / (m + n),
    /// as against k for each of m n pairs. Sizes are not known when that is chosen. Null where there are none.
    /// </summary>
    public static string? OfMoments(CompiledLoss loss)
    {
        var moments = loss.Plan.Value.Steps.OfType<MomentStep>().Where(step => step.Kernel == MomentKernel.Moments).ToList();
        if (moments.Count == 0)
        {
            return null;
        }

        var rows = moments.Select(step => step.Outer.Dimensions[0].Name).Distinct().OrderBy(name => name, StringComparer.Ordinal);
        var columns = moments[0].Into.Dimensions.Select(d => d.Name).OrderBy(name => name.Length).ThenBy(name => name, StringComparer.Ordinal).Take(2);
        return $"third moments of rows stand for all pairs: fewer flops where {Polynomial.Monomial(1, columns)} is well below {string.Join(" and ", rows)}, as sizes of features are taken to be";
    }

    /// <summary>Of a Newton step in each factor that has them, with the gradient that it begins with; null if there are none.</summary>
    public static string? OfNewtonSteps(CompiledLoss loss)
    {
        var steps = loss.Gradient.Zip(loss.Plan.NewtonSteps, (g, step) => step is null ? null : $"in {g.Factor.Name} {CostModel.Flops(step).Leading()}").OfType<string>().ToList();
        return steps.Count == 0 ? null : $"Newton step {string.Join("; ", steps)}";
    }

    /// <summary>Of a product of the Hessian with a direction, and of the gradient's two parts by sign, as far as there are such; null if there are none.</summary>
    public static string? OfDerived(CompiledLoss loss)
    {
        string?[] texts =
        [
            loss.Plan.HessianVectorProduct is { } product ? $"product with the Hessian {CostModel.Flops(product).Leading()}" : null,
            loss.Plan.SignSplit is { } split ? $"gradient by sign {CostModel.Flops(split).Leading()}" : null,
        ];
        return texts.All(text => text is null) ? null : string.Join("; ", texts.OfType<string>());
    }
}
