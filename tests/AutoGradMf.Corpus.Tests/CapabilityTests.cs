using System.Text;
using System.Text.RegularExpressions;
using Xunit;

namespace AutoGradMf.Corpus.Tests;

/// <summary>
/// What is proved of each loss, factor by factor, as the head of its generated file says it. The README shows the same table;
/// <c>UPDATE_SNAPSHOTS=1</c> writes it anew.
/// </summary>
public partial class CapabilityTests
{
    private const string Start = "<!-- capabilities -->\n", End = "<!-- /capabilities -->\n";

    [Theory]
    [InlineData("SquaredError.Dense", "U", "quadratic, the same system for each row: V' V")]
    [InlineData("SquaredError.Filled", "V", "quadratic, the same system for each row: U' U + reg Identity(k)")]
    [InlineData("SquaredError.Masked", "U", "quadratic, a system for each row: Σ_j Observed(R)[i,j] V[j,k] V[j,l] + reg Identity(k)")]
    [InlineData("SquaredError.Implicit", "V", "quadratic, a system for each row: U' U + alpha Σ_j R[j,i] U[j,k] U[j,l] + reg Identity(k)")]
    [InlineData("SquaredError.Biased", "b", "quadratic, a number for each row: Observed(R) 1 + reg")]
    [InlineData("SquaredError.Biased", "mu", "quadratic, curvature Σ Observed(R)")]
    [InlineData("SquaredError.ThreeFactors", "S", "quadratic, one system of all its values")]
    [InlineData("SquaredError.GraphPenalty", "U", "quadratic, one system of all its values")]
    [InlineData("Categorical.Logistic", "U", "not quadratic: Softplus(U V')")]
    [InlineData("Counts.Poisson", "V", "not quadratic: Exp(U V')")]
    [InlineData("Robust.AbsoluteError", "U", "not quadratic: Abs(U V' - R); no Newton steps: the second derivative is zero")]
    [InlineData("Robust.HuberError", "U", "not quadratic: Huber(U V' - R, delta)")]
    [InlineData("Categorical.Hinge", "U", "not quadratic: Max(1 - R ∘ (U V'), 0); no Newton steps: the second derivative is zero")]
    [InlineData("Categorical.Softmax", "U", "not quadratic: Exp(U V' - rowMax(U V'))")]
    [InlineData("Categorical.Softmax", "V", "not quadratic: Exp(U V' - rowMax(U V')); no Newton steps: rows mix in Log(Exp(U V' - rowMax(U V')) 1)")]
    [InlineData("AllPairs.Symmetric", "U", "not quadratic: (U U' - L)²; no Newton steps: rows mix in (U U' - L)²")]
    [InlineData("AllPairs.CubicDivergence", "V", "not quadratic: (U V')^3")]
    [InlineData("AllPairs.WeightedByProduct", "U", "quadratic, a system for each row: Σ_jp Q[p,j] V[p,k] V[p,l] P[i,j] + reg Identity(k)")]
    [InlineData("Categorical.WeightedLogistic", "V", "not quadratic: Softplus(U V')")]
    public void Quadratic_factors_are_found_and_what_stands_in_the_way_is_named(string loss, string factor, string says) =>
        Assert.Equal(says, Capabilities(GeneratedText.Of(loss))[factor]);

    [Theory]
    [InlineData("SquaredError.Dense", "sign-split, P - N, where nothing is negative of the factors, R")]
    [InlineData("SquaredError.Masked", "sign-split, P - N, where nothing is negative of the factors, R, reg")]
    [InlineData("SquaredError.Weighted", "sign-split, P - N, where nothing is negative of the factors, R, W")]
    [InlineData("Counts.KullbackLeibler", "sign-split, P - N, where nothing is negative of the factors, R")]
    [InlineData("Counts.ItakuraSaito", "sign-split, P - N, where nothing is negative of the factors, R")]
    [InlineData("Counts.Poisson", "sign-split, P - N, where nothing is negative of the factors, R")]
    [InlineData("AllPairs.Symmetric", "sign-split, P - N, where nothing is negative of the factors, L")]
    [InlineData("AllPairs.TriFactor", "sign-split, P - N, where nothing is negative of the factors, R")]
    [InlineData("Regularizers.ElasticNet", "sign-split, P - N, where nothing is negative of the factors, R, alpha, rho")]
    [InlineData("Robust.HuberError", "sign-split, P - N, where nothing is negative of the factors, R, delta")]
    [InlineData("Categorical.Logistic", "sign-split, P - N, where nothing is negative of the factors, R")]
    [InlineData("Ranking.Bpr", "sign-split, P - N, where nothing is negative of the factors")]
    [InlineData("Classical.LogDeterminant", "not sign-split: inv(Z)'")]
    [InlineData("Regularizers.LowRank", "not sign-split: inv(U' U + epsilon Identity(k))")]
    public void Gradients_that_split_by_sign_are_found_and_what_stands_in_the_way_is_named(string loss, string says)
    {
        var text = GeneratedText.Of(loss);
        Assert.Contains($"//   {says}\n", text.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Equal(!says.StartsWith("not", StringComparison.Ordinal), text.Contains("ISignSplit<TElement>", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("SquaredError.Masked", "sampled, a sum over the entries of R")]
    [InlineData("SquaredError.Weighted", "sampled, a sum over the entries of W")]
    [InlineData("SquaredError.ThreeFactors", "sampled, a sum over the entries of R")]
    [InlineData("Regularizers.ElasticNet", "sampled, a sum over the entries of R")]
    [InlineData("Rewritten.AbsoluteNorm", "sampled, a sum over the entries of R")]
    [InlineData("SquaredError.FeaturesFirst", "sampled, a sum over the entries of R")]
    [InlineData("SquaredError.WeightedFeatures", "sampled, a sum over the entries of R")]
    [InlineData("Ranking.Bpr", "sampled, a sum over p samples")]
    [InlineData("SquaredError.Filled", "not sampled: Σ (U V' - Observed(R) ∘ (R - ColumnMeans(R)) - ColumnMeans(R))²")]
    [InlineData("SquaredError.SvdPlusPlus", "not sampled: (P + N Y) Q'")]
    [InlineData("Counts.KullbackLeibler", "not sampled: Σ (U V')")]
    [InlineData("Regularizers.Norms", "not sampled: Σ U²")]
    [InlineData("Regularizers.Smooth", "not sampled: 0.5 reg Σ (D U)²")]
    [InlineData("Regularizers.LowRank", "not sampled: U' U")]
    [InlineData("SquaredError.Orthonormal", "not sampled: no sum over entries or samples")]
    public void Sums_over_samples_are_found_and_what_stands_in_the_way_is_named(string loss, string says)
    {
        var text = GeneratedText.Of(loss);
        Assert.Contains($"//   {says}\n", text.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Equal(!says.StartsWith("not", StringComparison.Ordinal), text.Contains("ISampled<TElement>", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("SquaredError.Masked", "curvature bound in U: Observed(R) (V² 1) + Abs(reg)")]
    [InlineData("SquaredError.Dense", "curvature bound in U: Sqrt(Σ (V' V)²)")]
    [InlineData("SquaredError.Filled", "curvature bound in U: Sqrt(Σ (V' V)²) + Abs(reg)")]
    [InlineData("SquaredError.Biased", "curvature bound in b: Observed(R) 1 + Abs(reg)")]
    [InlineData("SquaredError.Biased", "curvature bound in mu: Σ Observed(R)")]
    [InlineData("SquaredError.Weighted", "curvature bound in V: (Observed(W) ∘ Abs(W) ∘ (U² 1))' 1")]
    [InlineData("Categorical.Logistic", "curvature bound in U: 0.25 Observed(R) (V² 1)")]
    [InlineData("DenseData.Logistic", "curvature bound in U: 0.25 Sqrt(Σ (V' V)²) + Abs(reg)")]
    [InlineData("DenseData.LogCoshError", "curvature bound in V: Sqrt(Σ (U' U)²)")]
    [InlineData("Robust.HuberError", "curvature bound in U: Observed(R) (V² 1)")]
    [InlineData("Robust.PseudoHuberError", "curvature bound in U: Observed(R) (V² 1)")]
    [InlineData("Robust.LogCoshError", "curvature bound in V: Observed(R)' (U² 1)")]
    [InlineData("Classical.LeastSquares", "curvature bound in w: 2 Abs(A') (Abs(A')' 1)")]
    [InlineData("SquaredError.ThreeFactors", "curvature bound in U: Observed(R) ((V S')² 1)")]
    [InlineData("Ranking.Bpr", "curvature bound in U: 0.25 scatter((V[j] - V[l])² 1, i)")]
    [InlineData("Counts.Tweedie", "no curvature bound in U: Exp((1 - power) U V')")]
    [InlineData("Counts.Poisson", "no curvature bound in V: Exp(V U')")]
    [InlineData("Counts.ItakuraSaito", "no curvature bound in U: 1 / (U V')²")]
    [InlineData("Robust.AbsoluteError", "no curvature bound in V: Sign(U V' - R)")]
    [InlineData("Categorical.Hinge", "no curvature bound in V: [0 < 1 - R ∘ (U V')]")]
    [InlineData("Regularizers.ElasticNet", "no curvature bound in V: Sign(V)")]
    [InlineData("Regularizers.LowRank", "no curvature bound in U: inv(U' U + epsilon Identity(k))")]
    [InlineData("AllPairs.Symmetric", "no curvature bound in U: (U U' - L)²")]
    [InlineData("AllPairs.WeightedByProduct", "curvature bound in U: Abs(P) (Abs(Q') (V² 1)) + Abs(reg)")]
    public void Bounds_of_curvature_are_found_and_what_stands_in_the_way_is_named(string loss, string says) =>
        Assert.Contains($"//   {says}\n", GeneratedText.Of(loss).ReplaceLineEndings("\n"), StringComparison.Ordinal);

    [Theory]
    [InlineData("SquaredError.Filled", "U: SharedByRows, V: SharedByRows", true)]
    [InlineData("SquaredError.FeaturesFirst", "U: EachRow, V: EachColumn", true)]
    [InlineData("SquaredError.Biased", "U: EachRow, V: EachRow, b: EachRow, d: EachRow, mu: One", true)]
    [InlineData("SquaredError.Implicit", "U: EachRow, V: EachRow", true)]
    [InlineData("Counts.Poisson", "U: EachRow, V: EachRow", true)]
    [InlineData("Robust.HuberError", "U: EachRow, V: EachRow", true)]
    [InlineData("AllPairs.TriFactor", "U: SharedByRows, S: None, V: SharedByRows", true)]
    [InlineData("SquaredError.ThreeFactors", "U: EachRow, S: None, V: EachRow", true)]
    [InlineData("SquaredError.WeightedFeatures", "U: EachRow, c: None, V: EachRow", true)]
    [InlineData("DenseData.Weighted", "U: EachRow, V: EachRow", true)]
    [InlineData("DenseData.Logistic", "U: EachRow, V: EachRow", true)]
    [InlineData("Categorical.WeightedLogistic", "U: EachRow, V: EachRow", true)]
    [InlineData("Counts.KullbackLeibler", "U: EachRow, V: EachRow", true)]
    [InlineData("Ranking.Bpr", "U: EachRow, V: None", true)]
    [InlineData("SquaredError.Features", "", true)]
    [InlineData("AllPairs.Symmetric", "", false)]
    [InlineData("Categorical.Softmax", "U: EachRow, V: None", false)]
    [InlineData("Regularizers.ElasticNet", "U: EachRow, V: EachRow", false)]
    public void Systems_and_balanced_pairs_are_those_of_the_loss(string loss, string systems, bool balanced)
    {
        var text = GeneratedText.Of(loss);
        var blocks = Block().Matches(text).Zip(Capabilities(text).Keys).Select(b => $"{b.Second}: {b.First.Groups["systems"].Value}");
        Assert.Equal(systems, string.Join(", ", blocks));
        Assert.Equal(balanced, IsBalanced(text));
    }

    [Theory]
    [InlineData("Regularizers.ElasticNet", "proximal steps of Σ |U|, Σ |V|")]
    [InlineData("Regularizers.GroupLasso", "proximal steps of Σ ‖rows of U‖, Σ ‖rows of V‖")]
    [InlineData("Regularizers.Norms", "proximal steps of ‖U‖, ‖V‖")]
    [InlineData("Rewritten.AbsoluteSums", "proximal steps of Σ |U|, Σ |V|")]
    [InlineData("Rewritten.RootsOfRows", "proximal steps of Σ ‖rows of U‖, Σ ‖rows of V‖")]
    [InlineData("Rewritten.RootsOfSums", "proximal steps of ‖U‖, ‖V‖")]
    [InlineData("Penalized.SparseGroups", "proximal steps of Σ |U|, Σ ‖rows of U‖, Σ ‖columns of V‖, ‖b‖")]
    public void Norms_of_factors_are_found_however_they_are_written(string loss, string says) =>
        Assert.Contains($"//   {says}\n", GeneratedText.Of(loss).ReplaceLineEndings("\n"), StringComparison.Ordinal);

    [Theory]
    [InlineData("SquaredError.Masked")]
    [InlineData("Robust.AbsoluteError")]
    [InlineData("Classical.LeastAbsolute")]
    [InlineData("Regularizers.Smooth")]
    public void Norms_of_anything_else_are_none(string loss) =>
        Assert.DoesNotContain("IProximal", GeneratedText.Of(loss), StringComparison.Ordinal);

    [Fact]
    public void The_table_in_the_readme_is_what_the_analysis_proves()
    {
        var path = Path.Combine(RepositoryRoot, "README.md");
        var readme = File.ReadAllText(path).ReplaceLineEndings("\n");
        var (start, end) = (readme.IndexOf(Start, StringComparison.Ordinal) + Start.Length, readme.IndexOf(End, StringComparison.Ordinal));
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1")
        {
            File.WriteAllText(path, readme = readme[..start] + Table() + readme[end..]);
            end = readme.IndexOf(End, StringComparison.Ordinal);
        }

        Assert.Equal(Table(), readme[start..end]);
    }

    private static string Table()
    {
        var table = new StringBuilder("| loss | a system for each row or column | one system of all values | not quadratic in | Newton steps in | curvature bound in | balanced | Hessian products | sign-split | sampled | proximal |\n| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |\n");
        foreach (var loss in GeneratedText.Losses)
        {
            var text = GeneratedText.Of(loss);
            var factors = Capabilities(text);
            string In(Func<string, bool> says) => string.Join(", ", factors.Where(f => says(f.Value)).Select(f => f.Key));
            var obstacle = factors.Values.FirstOrDefault(v => v.StartsWith("not quadratic: ", StringComparison.Ordinal))?["not quadratic: ".Length..].Split("; no Newton steps")[0];
            var open = In(v => v.StartsWith("not", StringComparison.Ordinal) || v.StartsWith("no ", StringComparison.Ordinal));
            table.Append($"| {loss} | {In(IsByRow)} | {In(v => v == "quadratic, one system of all its values")} | {open}{(obstacle is null ? "" : $": `{obstacle}`")} "
                + $"| {string.Join(", ", NewtonSteps(text, factors.Keys))} | {string.Join(", ", Bound().Matches(text).Select(m => m.Groups["factor"].Value))} | {(IsBalanced(text) ? "yes" : "")} "
                + $"| {Has(text, "IHessianVectorProduct")} | {Has(text, "ISignSplit")} | {Has(text, "ISampled")} | {Has(text, "IProximal")} |\n");
        }

        return table.ToString();
    }

    /// <summary>The factors that have small systems.</summary>
    private static IEnumerable<string> NewtonSteps(string text, IEnumerable<string> factors) =>
        Block().Matches(text).Zip(factors).Where(b => b.First.Groups["systems"].Value != "None").Select(b => b.Second);

    private static string Has(string text, string capability) => text.Contains(capability + "<TElement>", StringComparison.Ordinal) ? "yes" : "no";

    private static bool IsBalanced(string text) => Has(text, "IProductInvariant") == "yes" || Has(text, "IAxisInvariant") == "yes";

    private static bool IsByRow(string says) => says.StartsWith("quadratic, ", StringComparison.Ordinal) && !says.StartsWith("quadratic, one system of all its values", StringComparison.Ordinal)
        && !says.Contains("which no kernel gathers", StringComparison.Ordinal);

    private static Dictionary<string, string> Capabilities(string text) =>
        Capability().Matches(text).ToDictionary(m => m.Groups["factor"].Value, m => m.Groups["says"].Value);

    internal static string RepositoryRoot => typeof(CapabilityTests).Assembly
        .GetCustomAttributes(typeof(System.Reflection.AssemblyMetadataAttribute), false)
        .Cast<System.Reflection.AssemblyMetadataAttribute>().Single(a => a.Key == "RepositoryRoot").Value!;

    [GeneratedRegex(@"new\(IsQuadratic: \w+, BlockSystems\.(?<systems>\w+)\)")]
    private static partial Regex Block();

    [GeneratedRegex(@"^//   curvature bound in (?<factor>\w+):", RegexOptions.Multiline)]
    private static partial Regex Bound();

    [GeneratedRegex(@"^//   in (?<factor>\S+) +(?<says>.+?)\r?$", RegexOptions.Multiline)]
    private static partial Regex Capability();
}
