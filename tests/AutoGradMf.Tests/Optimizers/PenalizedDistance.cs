using System.Numerics;
using AutoGradMf.Kernels;
using AutoGradMf.Objectives;

namespace AutoGradMf.Tests.Optimizers;

/// <summary>
/// ½Σcurvature·(F − target)², of curvatures 1 unless told otherwise, and norms of F, which has two columns; the gradient has the least subgradient of the norms.
/// </summary>
internal sealed class PenalizedDistance<TElement>(
    double[] target,
    Penalty[] penalties,
    double min = double.NegativeInfinity,
    double max = double.PositiveInfinity,
    Func<int, double>? curvature = null) : IProximal<TElement>
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    private const int Columns = 2;

    public ParameterLayout Layout { get; } = new(new FactorShape("F", FactorKind.Matrix, target.Length / Columns, Columns) { Min = min, Max = max });

    public IReadOnlyList<Penalty> Penalties => penalties;

    public Workspace CreateWorkspace(Workers? workers = null) => Problems.Quadratic<TElement>(1, 1).CreateWorkspace(workers);

    public double Value(Parameters<TElement> at, Workspace workspace) => ValueAndGradient(at, new(Layout), workspace);

    public double Reference(Parameters<TElement> at) => ValueAndGradient(at, new(Layout), CreateWorkspace());

    public double ValueAndGradient(Parameters<TElement> at, Parameters<TElement> gradient, Workspace workspace)
    {
        var value = 0.0;
        for (var p = 0; p < target.Length; p++)
        {
            var residual = double.CreateChecked(at.Values[p]) - target[p];
            var slope = (curvature?.Invoke(p) ?? 1) * residual;
            value += slope * residual / 2;
            gradient.Values[p] = TElement.CreateChecked(slope);
        }

        foreach (var penalty in penalties)
        {
            foreach (var group in Enumerable.Range(0, target.Length).GroupBy(p => GroupOf(penalty.Groups, p)))
            {
                var norm = Math.Sqrt(group.Sum(p => Math.Pow(double.CreateChecked(at.Values[p]), 2)));
                value += penalty.Weight * norm;
                foreach (var p in group.Where(_ => norm > 0))
                {
                    gradient.Values[p] += TElement.CreateChecked(penalty.Weight * double.CreateChecked(at.Values[p]) / norm);
                }
            }
        }

        return value;
    }

    private static int GroupOf(PenaltyGroups groups, int place) => groups switch
    {
        PenaltyGroups.Elements => place,
        PenaltyGroups.Rows => place / Columns,
        PenaltyGroups.Columns => place % Columns,
        _ => 0,
    };
}
