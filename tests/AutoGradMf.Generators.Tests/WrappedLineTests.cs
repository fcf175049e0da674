using System.Text.RegularExpressions;
using AutoGradMf.Generators.Emission;
using AutoGradMf.Generators.Symbolics;
using AutoGradMf.Generators.Symbolics.Model;
using AutoGradMf.Generators.Tests.Driver;
using AutoGradMf.TestLosses;
using Xunit;

namespace AutoGradMf.Generators.Tests;

/// <summary>No line of the head of a generated file is wider than a screen, and what it says is what it says in one line.</summary>
public partial class WrappedLineTests
{
    private const int Width = 120;

    [Theory]
    [InlineData("""
        //   computed as L = 0.5 (Σ ((U' U) ∘ (M' M)) - 2 fill Σ ((U' 1) ∘ (M' 1)) + m n fill² - 2 Σ (((R - fill) M) ∘ U)
        //             + Σ (Observed(R) ∘ (R - fill)²)) + 0.5 reg Σ U²
        """)]
    [InlineData("""
        //           Newton step in U 0.33 m k³ + 2 |R| k²; in M 0.33 n k³ + 2 |R| k²; in b 2 |R| k + 5 m; in d 2 |R| k + 5 n;
        //             in mu 2 |R| k
        """)]
    [InlineData("""
        //   Wrong has errors, which the compiler lists. Until they are mended these types only stand in for what will be
        //             generated.
        """)]
    [InlineData("""
        //       [Factor] Matrix<double> U, [Factor] Matrix<double> V, [Factor] ColumnVector<double> b, SparseMatrix<double> R,
        //             double globalMean, double weightOfSquares) =>
        """)]
    [InlineData("""
        //   dL/dM = ((Observed(R) ∘ Exp(U M' + b - Max(U M' + b, 0)))' U) ∘ (1 + Log(Abs(M) + 1e-3)) ∘ Sigmoid(alpha M)
        //             ∘ (U' W)
        """)]
    public void A_long_line_is_broken_where_people_would(string lines)
    {
        var expected = lines.ReplaceLineEndings("\n");
        Assert.Equal(expected, string.Join("\n", WrappedLine.Of(WrappedLines.Join(expected))));
    }

    [Theory]
    [InlineData("""
        return 0.5 * LossMath.Relu(dotUtUVtV - 2 * dotSumUVt - 2 * dotSVU + _constant)
            + 0.5 * reg * (squaredNormU + squaredNormV);
        """)]
    [InlineData("""
        public sealed class Objective<TElement> : IObjective<TElement>, IHessianVectorProduct<TElement>,
            IBlockNewton<TElement>, ISampled<TElement>
        """)]
    [InlineData("""
        public WrongObjective(SparseMatrix<TElement> R, double reg, int rank) =>
            throw new InvalidOperationException("Wrong has errors, which the compiler lists.");
        """)]
    [InlineData("""
        ObjectiveArguments.RequireShape("W", W.Rows, W.Columns, _m, _n,
            "m is the number of rows of R and n is the number of columns of R, which is written down");
        """)]
    [InlineData("""
        ThinProduct.Multiply<TElement, TElement>(w.OfProduct.inverseProductProduct2, w.inverseProduct,
            w.OfProduct.inverseProduct, w.Workers);
        """)]
    [InlineData("""
        output[0] = a < bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb ? cccccccccccccccccccccccccccccccccc * d
            : eeeeeeeeeeeeeeeeeeeeeeeeeeeeee;
        """)]
    [InlineData("""
        public string? RefusalOfSystems => _whateverIsNegative > 0 ? "W, which has to be of no sign at all, anywhere"
            : reg < 0 ? "reg" : null;
        """)]
    public void A_long_statement_is_broken_where_people_would(string lines)
    {
        var expected = lines.ReplaceLineEndings("\n");
        Assert.Equal(expected, string.Join("\n", WrappedLine.Of(expected.Replace("\n    ", " ", StringComparison.Ordinal), 110, "    ")));
    }

    /// <summary>But for texts, documentation and what has no space to be broken at.</summary>
    [Fact]
    public void No_line_of_the_corpus_is_wider_than_a_page() => Assert.All(
        Models([ReferenceProject.Source, .. ReferenceProject.Corpus]),
        model => Assert.All(
            Text().Replace(LossEmitter.Emit(model), "").Split('\n').Where(line => !line.TrimStart().StartsWith("///", StringComparison.Ordinal)),
            line => Assert.InRange(line.Length, 0, 140)));

    [GeneratedRegex("\"\"\".*?\"\"\"", RegexOptions.Singleline)]
    private static partial Regex Text();

    [Theory]
    [InlineData("[Obsolete(\"Write \\\"the masked loss of observed entries\\\", which is the same, or \\\"the loss of entries\\\".\")]")]
    public void A_text_is_not_broken(string attribute) => Assert.Equal([attribute], WrappedLine.Of(attribute, 60, "    "));

    [Theory]
    [InlineData(Width)]
    [InlineData(Width + 1)]
    [InlineData(3 * Width)]
    public void What_has_no_space_is_not_broken(int length)
    {
        var line = "//   L = ".PadRight(length, 'x');
        Assert.Equal([line], WrappedLine.Of(line));
        Assert.Equal([line, "//             + 1"], WrappedLine.Of(line + " + 1"));
    }

    [Theory]
    [InlineData("Sum(Square((Exp(U * M.T) / RowSums(Exp(U * M.T))) * M - U))")]
    [InlineData("Sum(Square(U * M.T - R / RowSums(R) - Exp(U * M.T) / (1 + Exp(U * M.T)) - Log(2 + Square(U * M.T))))")]
    [InlineData("Sum(Square(Tanh(Tanh(Tanh(Tanh(Tanh(Tanh(U * M.T))))))))")]
    [InlineData("Sum(Map(U, x => x < 1 ? Math.Sin(x) : x < 2 ? Math.Cos(x) : x < 3 ? Math.Exp(x) : x < 4 ? Math.Tanh(x) : x < 5 ? Math.Sinh(x) : x < 6 ? Math.Cosh(x) : x))")]
    public void Heads_of_long_formulas_fit(string body) => AssertFit(Models(DiagnosticAssert.InLosses(
        $"[Loss] public static double L([Factor] Matrix<double> U, [Factor] Matrix<double> M, SparseMatrix<double> R) => {body} + 0 * (Sum(M) + Sum(R));")));

    [Fact]
    public void Heads_of_the_corpus_fit()
    {
        var models = Models([ReferenceProject.Source, .. ReferenceProject.Corpus]);
        Assert.InRange(models.Count, 100, 1000);
        AssertFit(models);
    }

    /// <summary>Each line of the heads is narrow enough, and they say what they would without this limit.</summary>
    private static void AssertFit(List<LossModel> models) => Assert.All(models, model =>
    {
        var names = new LossNames(model);
        var (loss, _) = LossCompiler.Compile(model, names.Scope);
        var head = LossEmitter.Emit(model).Split("// </auto-generated>\n")[0];
        Assert.All(head.Split('\n'), line => Assert.InRange(line.Length, 0, Width));
        Assert.Equal(["// <auto-generated>", .. HeaderEmitter.Lines(model, loss, names), ""], WrappedLines.Join(head).Split('\n'));
    });

    /// <summary>What the generator reads of the losses.</summary>
    private static List<LossModel> Models(params string[] files)
    {
        List<LossModel> models = [];
        new UserProject(files)
        {
            Emit = model =>
            {
                lock (models)
                {
                    models.Add(model);
                }

                return "";
            },
        }.GenerateOnce();
        return models;
    }
}
