using Xunit;

namespace AutoGradMf.TestLosses;

/// <summary>The reference losses with the data of a golden point.</summary>
internal static class LossAtPoint
{
    /// <summary>Every loss at every point of golden.json, for a theory.</summary>
    public static TheoryData<string, string> All
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var point in Golden.Values.Points.Values)
            {
                foreach (var loss in point.Losses)
                {
                    data.Add(loss, point.Name);
                }
            }

            return data;
        }
    }

    /// <summary>The value by the loss's own method.</summary>
    public static double Eager(string loss, GoldenPoint p) => loss switch
    {
        "Quadratic" => ReferenceLosses.Quadratic(p.U, p.M, p.DenseR, Golden.Values.Reg),
        "Classic" => ReferenceLosses.Classic(p.U, p.M, p.R, Golden.Values.Reg),
        "FilledByRowMeans" => ReferenceLosses.FilledByRowMeans(p.U, p.M, p.R, Golden.Values.Reg),
        "FilledByGlobal" => ReferenceLosses.FilledByGlobal(p.U, p.M, p.R, Golden.Values.Fill, Golden.Values.Reg),
        "Masked" => ReferenceLosses.Masked(p.U, p.M, p.R, Golden.Values.Reg),
        "Biased" => ReferenceLosses.Biased(p.U, p.M, p.B, p.D, p.Mu, p.R, Golden.Values.Reg, Golden.Values.BiasReg),
        "SparseSquared" => ReferenceLosses.SparseSquared(p.U, p.M, p.R),
        "Weighted" => ReferenceLosses.Weighted(p.U, p.M, p.W, p.R, Golden.Values.Reg),
        "WeightedElsewhere" => ReferenceLosses.Weighted(p.U, p.M, p.WElsewhere, p.R, Golden.Values.Reg),
        _ => throw new ArgumentException($"There is no reference loss {loss}.", nameof(loss)),
    };
}
