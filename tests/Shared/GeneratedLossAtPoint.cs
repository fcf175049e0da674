using AutoGradMf.Objectives;

namespace AutoGradMf.TestLosses;

/// <summary>The objectives generated from the reference losses, with the data of a golden point.</summary>
internal static class GeneratedLossAtPoint
{
    /// <summary>The objective of a loss.</summary>
    public static IObjective<double> Objective(string loss, GoldenPoint p) => loss switch
    {
        "Quadratic" => new ReferenceLosses.QuadraticObjective<double>(p.DenseR, Golden.Values.Reg, rank: p.Rank),
        "Classic" => new ReferenceLosses.ClassicObjective<double>(p.R, Golden.Values.Reg, rank: p.Rank),
        "FilledByRowMeans" => new ReferenceLosses.FilledByRowMeansObjective<double>(p.R, Golden.Values.Reg, rank: p.Rank),
        "FilledByGlobal" => new ReferenceLosses.FilledByGlobalObjective<double>(p.R, Golden.Values.Fill, Golden.Values.Reg, rank: p.Rank),
        "Masked" => new ReferenceLosses.MaskedObjective<double>(p.R, Golden.Values.Reg, rank: p.Rank),
        "Biased" => new ReferenceLosses.BiasedObjective<double>(p.R, Golden.Values.Reg, Golden.Values.BiasReg, rank: p.Rank),
        "SparseSquared" => new ReferenceLosses.SparseSquaredObjective<double>(p.R, rank: p.Rank),
        "Weighted" => new ReferenceLosses.WeightedObjective<double>(p.W, p.R, Golden.Values.Reg, rank: p.Rank),
        "WeightedElsewhere" => new ReferenceLosses.WeightedObjective<double>(p.WElsewhere, p.R, Golden.Values.Reg, rank: p.Rank),
        _ => throw new ArgumentException($"There is no reference loss {loss}.", nameof(loss)),
    };

    /// <summary>The point's factors as parameters of an objective.</summary>
    public static Parameters<double> Start(IObjective<double> objective, GoldenPoint p)
    {
        var start = new Parameters<double>(objective.Layout);
        foreach (var factor in objective.Layout.Factors)
        {
            p.Factor(factor.Name).CopyTo(start[factor.Name].Span);
        }

        return start;
    }

    /// <summary>Value and gradient by generated code. The gradient's room is full of NaN before, since it is to be overwritten.</summary>
    public static ValueAndGradient Evaluate(string loss, GoldenPoint p)
    {
        var objective = Objective(loss, p);
        var gradient = new Parameters<double>(objective.Layout);
        gradient.Values.Fill(double.NaN);
        var value = objective.ValueAndGradient(Start(objective, p), gradient, objective.CreateWorkspace());
        return new(value, objective.Layout.Factors.ToDictionary(factor => factor.Name, factor => gradient[factor.Name].Span.ToArray()));
    }
}
