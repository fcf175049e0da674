namespace AutoGradMf.Objectives;

public static partial class GradientCheck
{
    /// <summary>
    /// Compares single partial derivatives with (f(x + h·e) − f(x − h·e)) / 2h, in every factor. Costs two evaluations of
    /// <see cref="IObjective{TElement}.Reference"/> per element checked: for a large loss, take a sample.
    /// </summary>
    /// <param name="objective">What to check.</param>
    /// <param name="at">Where.</param>
    /// <param name="step">h, in the units of the parameters. 10⁻⁵ suits parameters between 0.1 and 10.</param>
    /// <param name="sample">How many elements of each factor to check, chosen at random; all if null.</param>
    /// <param name="seed">Of the choice.</param>
    /// <returns>One check per factor that has elements, in the loss's order.</returns>
    /// <exception cref="ArgumentException">The parameters were made for another objective.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The step is not a finite number above 0, or the sample is below 1.</exception>
    public static IReadOnlyList<CoordinateCheck> Coordinates(
        IObjective<double> objective, Parameters<double> at, double step = 1e-5, int? sample = null, int seed = 0)
    {
        RequireStep(step);
        ArgumentOutOfRangeException.ThrowIfLessThan(sample ?? 1, 1, nameof(sample));
        var (_, gradient) = Evaluate(objective, at);
        var moved = at.Copy();
        var random = new Random(seed);
        var checks = new List<CoordinateCheck>();
        for (var factor = 0; factor < at.Layout.Factors.Count; factor++)
        {
            var shape = at.Layout.Factors[factor];
            if (shape.Count > 0)
            {
                var elements = Choose(shape.Count, sample ?? shape.Count, random);
                checks.Add(Worst(objective, moved, gradient, factor, elements, step));
            }
        }

        return checks;
    }

    private static CoordinateCheck Worst(
        IObjective<double> objective, Parameters<double> moved, Parameters<double> gradient, int factor, int[] elements, double step)
    {
        var shape = moved.Layout.Factors[factor];
        var worst = new CoordinateCheck(shape.Name, -1, 0, 0, 0, 0, elements.Length);
        foreach (var element in elements)
        {
            var analytic = gradient[factor].Span[element];
            var numeric = CentralDifference(objective, moved, ref moved[factor].Span[element], step);
            var error = RelativeError(analytic, numeric);
            if (error > worst.LargestRelativeError)
            {
                var (row, column) = Math.DivRem(element, shape.Columns);
                worst = new(shape.Name, error, row, column, analytic, numeric, elements.Length);
            }
        }

        return worst;
    }

    private static double CentralDifference(IObjective<double> objective, Parameters<double> moved, ref double element, double step)
    {
        var before = element;
        var (above, below) = (before + step, before - step);
        element = above;
        var valueAbove = objective.Reference(moved);
        element = below;
        var valueBelow = objective.Reference(moved);
        element = before;

        // The distance as it was rounded, not as it was meant.
        return (valueAbove - valueBelow) / (above - below);
    }

    private static int[] Choose(int count, int sample, Random random)
    {
        var elements = Enumerable.Range(0, count).ToArray();
        if (sample >= count)
        {
            return elements;
        }

        random.Shuffle(elements);
        return elements[..sample];
    }
}
