using AutoGradMf.Generators.Tests.Driver;
using AutoGradMf.TestLosses;
using Xunit;

namespace AutoGradMf.Generators.Tests;

/// <summary>The generated code, to be read.</summary>
public class SnapshotOfGeneratedCodeTests
{
    [Theory]
    [InlineData("Quadratic")]
    [InlineData("Classic")]
    [InlineData("FilledByRowMeans")]
    [InlineData("FilledByGlobal")]
    [InlineData("Masked")]
    [InlineData("Biased")]
    [InlineData("SparseSquared")]
    [InlineData("Weighted")]
    public async Task Loss(string loss) =>
        await Snapshot.Verify(ReferenceProject.Run.Value.Generated[$"Films.ReferenceLosses.{loss}.g.cs"], loss);

    [Fact]
    public void Only_what_a_file_needs_is_imported() => Assert.Empty(ReferenceProject.Run.Value.UnneededUsings);

    [Fact]
    public async Task Stand_in_of_a_loss_with_errors()
    {
        var run = new UserProject("""
            using AutoGradMf;
            using static AutoGradMf.LossMath;

            namespace Films;

            public static partial class Losses
            {
                [Loss]
                public static double Wrong([Factor] Matrix<double> U, [Factor] Matrix<double> M, SparseMatrix<double> R, double reg) =>
                    Sum(Square(U * M - R)) + reg * Sum(Square(U));
            }
            """).Generate();

        Assert.Empty(run.CompilerDiagnostics);
        await Snapshot.Verify(run.Generated["Films.Losses.Wrong.g.cs"]);
    }
}
