using AutoGradMf.Generators.Tests.Driver;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace AutoGradMf.Generators.Tests;

/// <summary>
/// Losses as they are while someone types: tokens left out, doubled, or put where others were. Whatever comes of it, the generator and the
/// analyzers do not fail, and generated code has no errors where the user's has none.
/// </summary>
public class MutantTests
{
    private const int MutantsPerSeed = 20;

    private const string Source = """
        using System;
        using AutoGradMf;
        using static AutoGradMf.LossMath;

        public static partial class Losses
        {
            private const double Half = 0.5;

            [Partial("x", "-2 * x * Bell(x)")]
            internal static double Bell(double x) => Math.Exp(-x * x);

            private static double Bent(double x, bool isSteep = false) { var y = x * x; if (y > 1) return isSteep ? y : x; return Math.Tanh(y); }

            [Loss]
            public static double Fit(
                [Factor] Matrix<double> U, [Factor(Min = 0)] Matrix<double> V, [Factor] ColumnVector<double> b, SparseMatrix<double> R, IndexVector i, double reg = 1) =>
                Sum(Observed(R) % Square(U * V.T + b - R)) + reg * Half * Sum(RowDots(U[i], U[i])) + Sum(Map(U, x => x switch { > 0 and < 1 => Bell(x), var y when y < -1 => y * y, _ => Bent(x) }));

            [Loss]
            private static double Thin([Factor, Shape("k", "k")] Matrix<double> S, [Factor] double mu) { var inverse = Inverse(S.T * S + Identity(S.Columns)); return Trace(inverse) - mu * Norm1(S); }

            [EntryLoss(Biases = false)]
            internal static double Entry(double prediction, double rating, double delta) { var e = prediction - rating; return Math.Abs(e) <= delta ? e * e / 2 : delta * Math.Abs(e); }
        }
        """;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Whatever_becomes_of_a_loss_nothing_fails_and_nothing_generated_is_wrong(int seed)
    {
        var random = new Random(seed);
        for (var mutant = 0; mutant < MutantsPerSeed; mutant++)
        {
            var text = Mutate(Source, random);
            var run = new UserProject(text).GenerateOnce();
            var errors = run.CompilerDiagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).ToLookup(run.IsGenerated);
            var failures = run.GeneratorDiagnostics.Concat(run.AnalyzerDiagnostics).Where(d => d.Id is "AGMF9999" or "AD0001")
                .Concat(errors[false].Any() ? [] : errors[true]);
            Assert.True(!failures.Any(), $"{string.Join("\n", failures)}\n{text}");
        }
    }

    /// <summary>One or two edits of single tokens.</summary>
    private static string Mutate(string text, Random random)
    {
        for (var edits = random.Next(1, 3); edits > 0; edits--)
        {
            var tokens = CSharpSyntaxTree.ParseText(text).GetRoot().DescendantTokens().Where(t => t.Span.Length > 0).ToArray();
            var (at, other) = (tokens[random.Next(tokens.Length)], tokens[random.Next(tokens.Length)]);
            text = random.Next(4) switch
            {
                0 => text.Remove(at.SpanStart, at.Span.Length),
                1 => text.Insert(at.SpanStart, at.Text + " "),
                2 => text.Remove(at.SpanStart, at.Span.Length).Insert(at.SpanStart, other.Text),
                _ => text.Insert(at.SpanStart, other.Text + " "),
            };
        }

        return text;
    }
}
