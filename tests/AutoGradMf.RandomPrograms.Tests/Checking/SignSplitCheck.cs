using AutoGradMf.Objectives;
using AutoGradMf.RandomPrograms.Tests.Compiling;
using AutoGradMf.RandomPrograms.Tests.Programs;

namespace AutoGradMf.RandomPrograms.Tests.Checking;

/// <summary>The parts of a gradient that splits by sign, where neither factors nor data are negative: they are not, and differ by the gradient.</summary>
internal static class SignSplitCheck
{
    private const double Tolerance = 1e-11;

    /// <summary>What is wrong; null if nothing is.</summary>
    public static Failure? Of(Type objectiveType, LossProgram program)
    {
        var point = new ProgramPoint(program, isNonNegative: true);
        if (point.Construct<double>(objectiveType) is not ISignSplit<double> objective)
        {
            return null;
        }

        var (at, workspace) = (point.Factors<double>(objective.Layout), objective.CreateWorkspace());
        var (gradient, positive, negative) = (Unwritten(objective), Unwritten(objective), Unwritten(objective));
        objective.ValueAndGradient(at, gradient, workspace);
        objective.SignSplit(at, positive, negative, workspace);
        for (var factor = 0; factor < objective.Layout.Factors.Count; factor++)
        {
            var (g, p, n) = (gradient[factor].Span.ToArray(), positive[factor].Span.ToArray(), negative[factor].Span.ToArray());
            var largest = p.Concat(n).Max(Math.Abs);
            if (!double.IsFinite(largest))
            {
                continue;
            }

            if (objective.FindNegative() is null && p.Concat(n).Any(part => part < 0))
            {
                return new(FailureKind.WrongCapability, $"the parts by sign of factor {factor} are {string.Join(", ", p)} and {string.Join(", ", n)}");
            }

            if (Enumerable.Range(0, g.Length).Any(e => !(Math.Abs(p[e] - n[e] - g[e]) <= Tolerance * largest)))
            {
                return new(FailureKind.WrongCapability, $"the parts by sign of factor {factor} do not differ by the gradient");
            }
        }

        return null;
    }

    private static Parameters<double> Unwritten(IObjective<double> objective)
    {
        var parameters = new Parameters<double>(objective.Layout);
        parameters.Values.Fill(double.NaN);
        return parameters;
    }
}
