using System.Numerics;
using AutoGradMf.Kernels;
using AutoGradMf.Objectives;

namespace AutoGradMf.Initialization;

/// <summary>An objective of which only vectors and scalars may move: the gradient in its matrices is zero.</summary>
internal sealed class HeldMatrices<TElement>(IObjective<TElement> objective) : IObjective<TElement>
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    public ParameterLayout Layout => objective.Layout;

    public Workspace CreateWorkspace(Workers? workers = null) => objective.CreateWorkspace(workers);

    public double Value(Parameters<TElement> at, Workspace workspace) => objective.Value(at, workspace);

    public double ValueAndGradient(Parameters<TElement> at, Parameters<TElement> gradient, Workspace workspace)
    {
        var value = objective.ValueAndGradient(at, gradient, workspace);
        foreach (var (factor, shape) in Layout.Factors.Index())
        {
            if (shape.Kind == FactorKind.Matrix)
            {
                gradient[factor].Span.Clear();
            }
        }

        return value;
    }

    public double Reference(Parameters<TElement> at) => objective.Reference(at);
}
