using System.Numerics;
using AutoGradMf.Objectives;
using AutoGradMf.TestLosses;

namespace AutoGradMf.Gradients.Tests;

/// <summary>The reference losses on seeded random data of any size, in float or double.</summary>
internal static class RandomLoss
{
    /// <summary>The names of the losses.</summary>
    public static readonly string[] Names =
        ["Quadratic", "Classic", "FilledByRowMeans", "FilledByGlobal", "Masked", "Biased", "SparseSquared", "Weighted"];

    /// <summary>An objective of m × n data with about a tenth of the entries observed.</summary>
    public static IObjective<TElement> Objective<TElement>(string loss, int users, int movies, int rank)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var ratings = Sparse<TElement>(users, movies, seed: 1);
        return loss switch
        {
            "Quadratic" => new ReferenceLosses.QuadraticObjective<TElement>(ratings.ToDense(), 0.5, rank),
            "Classic" => new ReferenceLosses.ClassicObjective<TElement>(ratings, 0.5, rank),
            "FilledByRowMeans" => new ReferenceLosses.FilledByRowMeansObjective<TElement>(ratings, 0.5, rank),
            "FilledByGlobal" => new ReferenceLosses.FilledByGlobalObjective<TElement>(ratings, 3.5, 0.5, rank),
            "Masked" => new ReferenceLosses.MaskedObjective<TElement>(ratings, 0.5, rank),
            "Biased" => new ReferenceLosses.BiasedObjective<TElement>(ratings, 0.5, 0.25, rank),
            "SparseSquared" => new ReferenceLosses.SparseSquaredObjective<TElement>(ratings, rank),
            "Weighted" => new ReferenceLosses.WeightedObjective<TElement>(Sparse<TElement>(users, movies, seed: 2), ratings, 0.5, rank),
            _ => throw new ArgumentException($"There is no reference loss {loss}.", nameof(loss)),
        };
    }

    /// <summary>A random point.</summary>
    public static Parameters<TElement> Point<TElement>(IObjective<TElement> objective)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var point = new Parameters<TElement>(objective.Layout);
        var random = new Random(3);
        foreach (ref var value in point.Values)
        {
            value = TElement.CreateChecked(random.NextSingle() - 0.5f);
        }

        return point;
    }

    private static SparseMatrix<TElement> Sparse<TElement>(int users, int movies, int seed)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var random = new Random(seed);
        var entries =
            from i in Enumerable.Range(0, users)
            from j in Enumerable.Range(0, movies)
            where random.Next(10) == 0
            select (i, j, TElement.CreateChecked(random.Next(1, 11) / 2.0));
        return SparseMatrix<TElement>.FromCoordinates(users, movies, entries.ToArray());
    }
}
