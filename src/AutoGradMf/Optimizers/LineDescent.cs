using System.Numerics;

namespace AutoGradMf.Optimizers;

/// <summary>What tells one method of descent along lines from another.</summary>
internal interface ILineDescent<TElement>
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    /// <summary>Aims <paramref name="line"/> and looks for a step along it.</summary>
    LineSearchResult Search(LineFunction<TElement> line, StoppingMonitor monitor);

    /// <summary>Learns from the step that was taken.</summary>
    void Stepped(LineFunction<TElement> line);
}

/// <summary>The iteration that methods of descent along lines share.</summary>
internal static class LineDescent
{
    public static OptimizationResult<TElement> Minimize<TElement>(
        LineFunction<TElement> line, ILineDescent<TElement> method, StoppingMonitor monitor)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        if (!double.IsFinite(line.Value) || !double.IsFinite(line.GradientNorm))
        {
            throw line.NonFinite(iteration: 0);
        }

        var reason = monitor.Started(line.Value, line.GradientNorm);
        while (reason is null)
        {
            var found = method.Search(line, monitor);
            switch (found.Outcome)
            {
                case LineSearchOutcome.Found:
                    line.Accept();
                    method.Stepped(line);
                    reason = monitor.Completed(line.Value, line.GradientNorm, found.Step);
                    break;
                case LineSearchOutcome.NonFinite:
                    throw line.NonFinite(monitor.Iterations + 1);
                case LineSearchOutcome.Interrupted:
                    reason = monitor.Interruption;
                    break;
                default:
                    reason = StoppingReason.NoFurtherProgress;
                    break;
            }
        }

        return new(
            line.Point, line.Value, line.GradientNorm, monitor.Iterations, line.Evaluations, reason.Value, monitor.Elapsed);
    }
}
