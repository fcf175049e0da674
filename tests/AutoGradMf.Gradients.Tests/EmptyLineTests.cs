using System.Reflection;
using AutoGradMf.Kernels;
using AutoGradMf.Objectives;
using Xunit;

namespace AutoGradMf.Gradients.Tests;

/// <summary>Structural zeros annihilate where whole rows and columns are made of them, too: what is infinite in these alone does not matter.</summary>
public class EmptyLineTests
{
    private const int EmptyRow = 2, EmptyColumn = 3;

    private static readonly SparseMatrix<double> R = SparseMatrix<double>.FromCoordinates(
        5, 6, [(0, 0, 3.0), (0, 2, 1.5), (1, 1, 2.0), (3, 0, 4.0), (3, 4, 1.0), (4, 5, 2.5), (4, 1, 0.5)]);

    private static readonly SparseMatrix<double> S = SparseMatrix<double>.FromCoordinates(
        5, 6, [(0, 0, 1.0), (0, 2, 2.0), (1, 1, 0.5), (3, 0, 1.5), (3, 3, 2.0), (2, 4, 1.0)]);

    public static TheoryData<string> Losses => [.. typeof(EmptyLineLosses).GetMethods(BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
        .Where(m => m.IsDefined(typeof(LossAttribute))).Select(m => m.Name)];

    [Theory]
    [MemberData(nameof(Losses))]
    public void Value_gradient_and_second_derivatives_are_those_of_the_users_method(string loss)
    {
        var (objective, at) = AtEmpty(loss);
        var (gradient, workspace) = (new Parameters<double>(objective.Layout), objective.CreateWorkspace());
        var reference = objective.Reference(at);
        Assert.Equal(reference, objective.ValueAndGradient(at, gradient, workspace), 1e-12 * Math.Abs(reference));
        Assert.Equal(reference, objective.Value(at, workspace), 1e-12 * Math.Abs(reference));
        AreNear(Slopes(at, objective.Reference), gradient);

        var product = Assert.IsType<IHessianVectorProduct<double>>(objective, exactMatch: false);
        var (direction, along) = (Parameters<double>.Normal(objective.Layout, 1, seed: 5), new Parameters<double>(objective.Layout));
        product.HessianVectorProduct(at, direction, along, workspace);
        AreNear(Slopes(at, moved =>
        {
            var slopes = new Parameters<double>(objective.Layout);
            objective.ValueAndGradient(moved, slopes, workspace);
            return slopes.Values.ToArray().Zip(direction.Values.ToArray(), (g, d) => g * d).Sum();
        }), along);
    }

    [Fact]
    public void Exponentials_of_rows_meet_those_of_entries_before_either_overflows()
    {
        var ratings = SparseMatrix<double>.FromCoordinates(2, 1, [(0, 0, 3.0)]);
        var objective = new EmptyLineLosses.ByExponentialObjective<double>(ratings, rank: 1);
        var (at, gradient) = (new Parameters<double>(objective.Layout), new Parameters<double>(objective.Layout));
        (at["U"][0, 0], at["V"][0, 0], at["b"][0, 0]) = (40, 20, 800);
        Assert.Equal(3, objective.ValueAndGradient(at, gradient, objective.CreateWorkspace()), 1e-9);
        Assert.Equal([60, 0], gradient["U"].Span.ToArray());
        Assert.Equal([-3, 0], gradient["b"].Span.ToArray());
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public void What_else_is_known_of_the_loss_is_known_and_finite(string loss)
    {
        var (objective, at) = AtEmpty(loss);
        Assert.Equal(Known(loss), Capabilities(objective));
        var (gradient, workspace) = (new Parameters<double>(objective.Layout), objective.CreateWorkspace());
        objective.ValueAndGradient(at, gradient, workspace);
        if (objective is ISignSplit<double> split && split.FindNegative() is null)
        {
            var (positive, negative) = (new Parameters<double>(objective.Layout), new Parameters<double>(objective.Layout));
            split.SignSplit(at, positive, negative, workspace);
            AreNear([.. positive.Values.ToArray().Zip(negative.Values.ToArray(), (p, n) => p - n)], gradient);
        }

        if (objective is ISampled<double> sampled)
        {
            var sum = new Parameters<double>(objective.Layout);
            for (var set = 0; set < sampled.Samples.Count; set++)
            {
                for (var sample = 0; sample < sampled.Samples[set].Count; sample++)
                {
                    ReferenceSamples.AddGradient(sampled, set, sample, at, sum);
                }
            }

            AreNear(sum.Values.ToArray(), gradient);
        }

        for (var factor = 0; factor < objective.Layout.Factors.Count; factor++)
        {
            if (objective is IBlockNewton<double> newton && newton.Blocks[factor].Systems != BlockSystems.None)
            {
                var step = new Parameters<double>(objective.Layout);
                newton.NewtonStep(factor, at, step, workspace);
                Assert.All(step.Values.ToArray(), s => Assert.True(double.IsFinite(s), $"a step is {s}"));
            }

            if (objective is ICurvatureBound<double> bound && bound.HasCurvatureBound[factor])
            {
                var blocks = objective.Layout.Factors[factor].SliceCount(bound.CurvatureBoundAxes[factor]);
                var bounds = new MatrixView<double>(new double[blocks], 0, blocks, 1);
                bound.CurvatureBound(factor, at, bounds, workspace);
                Assert.All(bounds.Span.ToArray(), b => Assert.True(double.IsFinite(b), $"a bound is {b}"));
            }
        }
    }

    /// <summary>What each loss has beside a gradient and products with its Hessian: so that none loses it, and the test nothing to look at.</summary>
    private static string Known(string loss) => loss switch
    {
        nameof(EmptyLineLosses.OverRowSums) or nameof(EmptyLineLosses.OverColumnSums) or nameof(EmptyLineLosses.OverRoots) or nameof(EmptyLineLosses.Repeated)
            or nameof(EmptyLineLosses.Linear) or nameof(EmptyLineLosses.ByDot) or nameof(EmptyLineLosses.Implicit) or nameof(EmptyLineLosses.OfAllPairs) => "split, Newton UV, bound UV",
        nameof(EmptyLineLosses.PowersOfColumns) or nameof(EmptyLineLosses.MeansOfRows) or nameof(EmptyLineLosses.MeansOfBoth) or nameof(EmptyLineLosses.InFunction)
            or nameof(EmptyLineLosses.ByWeights) => "split, sampled, Newton UV, bound UV",
        nameof(EmptyLineLosses.ByOwnFunction) => "sampled, Newton UV, bound UV",
        nameof(EmptyLineLosses.Logarithms) => "Newton UV, bound UV",
        nameof(EmptyLineLosses.SumsOfRows) or nameof(EmptyLineLosses.ByRowDots) => "split, Newton U, bound UV",
        nameof(EmptyLineLosses.Divergence) => "split, Newton UV",
        nameof(EmptyLineLosses.ByScale) => "split, Newton UVb, bound UV",
        nameof(EmptyLineLosses.ByLogarithmOfScale) => "sampled, Newton UVb, bound UV",
        nameof(EmptyLineLosses.ByExponential) => "split, sampled, Newton UVb",
        nameof(EmptyLineLosses.ByLengths) => "split, sampled",
        nameof(EmptyLineLosses.ExponentialsByScale) => "split, Newton Vb, bound V",
        nameof(EmptyLineLosses.Memberships) => "split, Newton V, bound V",
        nameof(EmptyLineLosses.MembershipsOfBoth) or nameof(EmptyLineLosses.OverSumsOfPairs) => "split",
        nameof(EmptyLineLosses.ByLogarithms) => "Newton V, bound V",
        nameof(EmptyLineLosses.TimesLogarithms) => "Newton U, bound U",
        _ => "",
    };

    private static string Capabilities(IObjective<double> objective)
    {
        string Of(Func<int, bool> has) => string.Concat(objective.Layout.Factors.Where((_, factor) => has(factor)).Select(factor => factor.Name));
        var newton = objective is IBlockNewton<double> steps ? Of(factor => steps.Blocks[factor].Systems != BlockSystems.None) : "";
        var bound = objective is ICurvatureBound<double> bounds ? Of(factor => bounds.HasCurvatureBound[factor]) : "";
        return string.Join(", ", new[]
        {
            objective is ISignSplit<double> split && split.FindNegative() is null ? "split" : "",
            objective is ISampled<double> ? "sampled" : "",
            newton.Length > 0 ? $"Newton {newton}" : "",
            bound.Length > 0 ? $"bound {bound}" : "",
        }.Where(known => known.Length > 0));
    }

    /// <summary>An objective at positive factors, zero where the row or the column is empty, if the loss divides by that.</summary>
    private static (IObjective<double> Objective, Parameters<double> At) AtEmpty(string loss)
    {
        var constructor = typeof(EmptyLineLosses).GetNestedType($"{loss}Objective`1", BindingFlags.NonPublic)!.MakeGenericType(typeof(double)).GetConstructors().Single();
        var objective = (IObjective<double>)constructor.Invoke([.. constructor.GetParameters().Select(p => (object)(p.Name switch
        {
            "R" => R,
            "S" => S,
            "w" => new ColumnVector<double>([1, 2, 0, 3, 0.5]),
            "alpha" => 1.5,
            _ => 2,
        }))]);
        var at = Parameters<double>.Uniform(objective.Layout, 0.5, 1.5, seed: 3);
        if (loss is nameof(EmptyLineLosses.ByScale) or nameof(EmptyLineLosses.ByLogarithmOfScale) or nameof(EmptyLineLosses.ExponentialsByScale))
        {
            at["b"][EmptyRow, 0] = 0;
        }
        else if (loss is nameof(EmptyLineLosses.ByLengths) or nameof(EmptyLineLosses.ByLogarithms) or nameof(EmptyLineLosses.TimesLogarithms))
        {
            at["U"].Span.Slice(EmptyRow * 2, 2).Clear();
            at["V"].Span.Slice(EmptyColumn * 2, 2).Clear();
        }

        return (objective, at);
    }

    private static double[] Slopes(Parameters<double> at, Func<Parameters<double>, double> value)
    {
        const double Step = 1e-5;
        double Moved(int place, double by)
        {
            var moved = at.Copy();
            moved.Values[place] += by;
            return value(moved);
        }

        return [.. Enumerable.Range(0, at.Layout.Count).Select(p => (Moved(p, Step) - Moved(p, -Step)) / (2 * Step))];
    }

    private static void AreNear(double[] expected, Parameters<double> actual)
    {
        var tolerance = 1e-7 * (1 + expected.Max(Math.Abs));
        for (var p = 0; p < expected.Length; p++)
        {
            Assert.Equal(expected[p], actual.Values[p], tolerance);
        }
    }
}
