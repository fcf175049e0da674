using System.Numerics;
using AutoGradMf.Objectives;

namespace AutoGradMf.Optimizers;

/// <summary>The iteration that methods of descent along lines share.</summary>
internal abstract class LineDescent<TElement>(LineFunction<TElement> line) : OptimizerRun<TElement>
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    public sealed override Parameters<TElement> Point => Line.Point;

    public sealed override double Objective => Line.Value;

    public sealed override double GradientNorm => Line.GradientNorm;

    public sealed override int Evaluations => Line.Evaluations;

    /// <summary>The point moves when a step was found.</summary>
    public sealed override bool IsUnchangedByInterruption => true;

    protected LineFunction<TElement> Line => line;

    public sealed override Iteration Iterate(StoppingMonitor monitor)
    {
        var evaluations = Line.Evaluations;
        var found = Search(monitor);
        switch (found.Outcome)
        {
            case LineSearchOutcome.Found:
                Line.Accept();
                Stepped();
                return Iteration.Moved(found.Step);
            case LineSearchOutcome.NonFinite:
                return Line.Fail(anyFinite: false);
            case LineSearchOutcome.Interrupted:
                return Line.Interrupt(evaluations);
            default:
                return Iteration.Stuck;
        }
    }

    public override void Visit(RunState state) => Line.Visit(state);

    /// <summary>Aims the line and looks for a step along it. Where it is interrupted, it changes nothing that the next search depends on.</summary>
    protected abstract LineSearchResult Search(StoppingMonitor monitor);

    /// <summary>Learns from the step that was taken.</summary>
    protected virtual void Stepped()
    {
    }
}
