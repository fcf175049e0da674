// The kernels count their operations in builds for debugging alone.
#if DEBUG
using System.Reflection;
using AutoGradMf.Kernels;
using AutoGradMf.Objectives;
using Xunit;

namespace AutoGradMf.Corpus.Tests;

/// <summary>
/// The costs that the heads of generated files state, against what the kernels count. Both are polynomials in the sizes, and a term that
/// no other outgrows is what is left of one after as many differences in each size as the term has powers of it.
/// </summary>
public class FlopTests
{
    /// <summary>Users, movies, latent features, entries, known features, and how many of these each has.</summary>
    private static readonly int[] Least = [13, 11, 3, 60, 9, 3];
    private static readonly int[] Steps = [3, 2, 1, 13, 2, 2];

    /// <summary>The head has two decimals.</summary>
    private const double Rounding = 0.0051;

    public static TheoryData<string> Losses => [.. GeneratedLoss.All];

    [Theory]
    [MemberData(nameof(Losses))]
    public void Kernels_do_what_the_head_of_the_file_says(string loss)
    {
        var known = new Dictionary<string, Counts>();
        var header = GeneratedHeader.Of(loss);
        Require(header.Value, counts => counts.Value);
        Require(header.ValueAndGradient, counts => counts.ValueAndGradient);
        Assert.Equal(header.NewtonSteps.Keys.Order(StringComparer.Ordinal), At(Least).NewtonSteps.Keys.Order(StringComparer.Ordinal));
        foreach (var (factor, stated) in header.NewtonSteps)
        {
            Require(stated, counts => counts.NewtonSteps[factor]);
        }

        RequireIfStated(header.HessianProduct, counts => counts.HessianProduct);
        RequireIfStated(header.SignSplit, counts => counts.SignSplit);

        void RequireIfStated(IReadOnlyDictionary<string, double>? stated, Func<Counts, long?> counted)
        {
            Assert.Equal(stated is not null, counted(At(Least)) is not null);
            if (stated is not null)
            {
                Require(stated, counts => counted(counts)!.Value);
            }
        }

        void Require(IReadOnlyDictionary<string, double> stated, Func<Counts, long> counted)
        {
            var terms = stated.Keys.Select(term => (Term: term, Powers: Powers(term))).ToList();

            // In this data, some patterns have as many entries as there are users: what then is a part of a larger term cannot be told from it.
            foreach (var (term, powers) in terms.Where(t => !terms.Any(other => IsPart(t.Powers, other.Powers))))
            {
                var (expected, actual) = (Difference(powers, Least, 0, c => Evaluate(stated, c.Names)), Difference(powers, Least, 0, c => counted(c)));
                var coefficient = stated[term] * actual / expected;
                if (stated[term] == 0)
                {
                    Assert.Equal(0, actual);
                }
                else if (IsOfElements(term) && GeneratedText.Of(loss).Contains("LaneMath.", StringComparison.Ordinal))
                {
                    // A function counts as one operation in the head.
                    Assert.InRange(coefficient, stated[term] - Rounding, 3 * stated[term]);
                }
                else
                {
                    Assert.Equal(stated[term], coefficient, Rounding);
                }
            }
        }

        int[] Powers(string term)
        {
            var names = Names(term).ToList();
            return [.. Least.Select((_, size) => names.Count(name => At(Least).Names[name] != At(Moved(Least, size)).Names[name]))];
        }

        // Differences of order `powers`, one size after the other.
        double Difference(int[] powers, int[] at, int size, Func<Counts, double> of) =>
            size == Least.Length ? of(At(at))
            : powers[size] == 0 ? Difference(powers, at, size + 1, of)
            : Difference(Lowered(powers, size), Moved(at, size), size, of) - Difference(Lowered(powers, size), at, size, of);

        Counts At(int[] at)
        {
            var key = string.Join(" ", at);
            return known.TryGetValue(key, out var counts) ? counts : known[key] = Count(loss, at);
        }
    }

    /// <summary>Whether a term is of loops over the elements of matrices alone, and not of products.</summary>
    private static bool IsOfElements(string term) => Names(term).Count() == 2 && !term.Contains('|', StringComparison.Ordinal);

    private static bool IsPart(int[] powers, int[] of) => !powers.SequenceEqual(of) && powers.Zip(of).All(p => p.First <= p.Second);

    /// <summary>Each name of a term as often as its power.</summary>
    private static IEnumerable<string> Names(string term) => term.Split(' ', StringSplitOptions.RemoveEmptyEntries).SelectMany(name => name[^1] switch
    {
        '²' => Enumerable.Repeat(name[..^1], 2),
        '³' => Enumerable.Repeat(name[..^1], 3),
        '⁴' => Enumerable.Repeat(name[..^1], 4),
        _ => [name],
    });

    private static int[] Lowered(int[] powers, int size) => [.. powers.Select((p, s) => s == size ? p - 1 : p)];

    private static int[] Moved(int[] at, int size) => [.. at.Select((a, s) => s == size ? a + Steps[s] : a)];

    private static double Evaluate(IReadOnlyDictionary<string, double> polynomial, IReadOnlyDictionary<string, int> names) =>
        polynomial.Sum(term => Names(term.Key).Aggregate(term.Value, (product, name) => product * names[name]));

    private static Counts Count(string loss, int[] at)
    {
        var point = new SyntheticPoint<double>(at[0], at[1], at[2], at[3], at[4], at[5]);
        var objective = point.Objective(loss);
        using var workers = new Workers(1);
        var workspace = objective.CreateWorkspace(workers);
        var (start, gradient) = (SyntheticPoint<double>.Start(objective), new Parameters<double>(objective.Layout));
        return new(
            Operations(() => objective.Value(start, workspace)),
            Operations(() => objective.ValueAndGradient(start, gradient, workspace)),
            NewtonSteps(objective, start, gradient, workspace),
            objective is IHessianVectorProduct<double> product ? Operations(() => product.HessianVectorProduct(start, SyntheticPoint<double>.Direction(objective), gradient, workspace)) : null,
            objective is ISignSplit<double> split ? Operations(() => split.SignSplit(start, gradient, new Parameters<double>(objective.Layout), workspace)) : null,
            Named(objective));
    }

    private static Dictionary<string, long> NewtonSteps(IObjective<double> objective, Parameters<double> at, Parameters<double> step, Workspace workspace)
    {
        if (objective is not IBlockNewton<double> newton)
        {
            return [];
        }

        var factors = Enumerable.Range(0, newton.Blocks.Count).Where(f => newton.Blocks[f].Systems != BlockSystems.None);
        return factors.ToDictionary(f => newton.Layout.Factors[f].Name, f => Operations(() => newton.NewtonStep(f, at, step, workspace)));
    }

    /// <summary>What the kernels did, and what they could leave out since a matrix is symmetric, which the stated costs do not assume.</summary>
    private static long Operations(Action evaluate)
    {
        FlopCount.Restart();
        evaluate();
        return FlopCount.Done + FlopCount.Spared;
    }

    /// <summary>The sizes by their names in the head of the file, as the objective keeps them.</summary>
    private static Dictionary<string, int> Named(IObjective<double> objective)
    {
        var names = new Dictionary<string, int>();
        foreach (var field in objective.GetType().GetFields(BindingFlags.Instance | BindingFlags.NonPublic).Where(f => f.Name[0] == '_'))
        {
            if (field.GetValue(objective) is int size)
            {
                names[field.Name[1..]] = size;
            }
            else if (field.GetValue(objective) is SparseMatrix<double> sparse)
            {
                names[$"|{field.Name[1..]}|"] = sparse.Pattern.Count;
            }
            else if (field.GetValue(objective) is SparsePattern shared)
            {
                names[$"|{field.Name[1..].Replace("And", "∩", StringComparison.Ordinal)}|"] = shared.Count;
            }
        }

        return names;
    }

    private sealed record Counts(
        long Value, long ValueAndGradient, IReadOnlyDictionary<string, long> NewtonSteps, long? HessianProduct, long? SignSplit, IReadOnlyDictionary<string, int> Names);
}
#endif
