using System.Numerics;
using AutoGradMf.Kernels;
using AutoGradMf.Objectives;

namespace AutoGradMf.Tests.Optimizers;

/// <summary>An objective written by hand: a function that fills the gradient and returns the value.</summary>
internal sealed class FunctionObjective<TElement>(
    ParameterLayout layout,
    Func<Parameters<TElement>, Parameters<TElement>, double> valueAndGradient,
    Func<Parameters<TElement>, double>? reference = null) : IObjective<TElement>
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    public ParameterLayout Layout => layout;

    public Workspace CreateWorkspace(Workers? workers = null) => new Scratch(workers ?? Workers.Shared, layout);

    public double Value(Parameters<TElement> at, Workspace workspace) => valueAndGradient(at, ((Scratch)workspace).Gradient);

    public double ValueAndGradient(Parameters<TElement> at, Parameters<TElement> gradient, Workspace workspace) =>
        valueAndGradient(at, gradient);

    public double Reference(Parameters<TElement> at) =>
        reference is null ? valueAndGradient(at, new(layout)) : reference(at);

    private sealed class Scratch(Workers workers, ParameterLayout layout) : Workspace(workers)
    {
        public Parameters<TElement> Gradient { get; } = new(layout);
    }
}
