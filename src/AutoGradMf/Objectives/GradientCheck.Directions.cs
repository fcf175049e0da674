using System.Numerics.Tensors;

namespace AutoGradMf.Objectives;

public static partial class GradientCheck
{
    /// <summary>
    /// Compares derivatives along random directions of length 1 with (f(x + h·d) − f(x − h·d)) / 2h: within each factor, and through
    /// all factors together. Costs two evaluations of <see cref="IObjective{TElement}.Reference"/> per direction.
    /// </summary>
    /// <remarks>
    /// A wrong element among many changes a directional derivative little; <see cref="Coordinates"/> finds it and its place.
    /// </remarks>
    /// <param name="objective">What to check.</param>
    /// <param name="at">Where.</param>
    /// <param name="count">How many directions within each factor, and through all.</param>
    /// <param name="step">h, relative to the length of <paramref name="at"/> where that is above 1.</param>
    /// <param name="seed">Of the directions.</param>
    /// <returns>One check per factor that has elements, in the loss's order, and last the one through all.</returns>
    /// <exception cref="ArgumentException">The parameters were made for another objective.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The step is not a finite number above 0, or <paramref name="count"/> is below 1.</exception>
    public static IReadOnlyList<DirectionCheck> Directions(
        IObjective<double> objective, Parameters<double> at, int count = 10, double step = 1e-5, int seed = 0)
    {
        RequireStep(step);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var (_, gradient) = Evaluate(objective, at);
        var random = new Random(seed);
        var length = step * Math.Max(1, TensorPrimitives.Norm<double>(at.Values));
        var checks = new List<DirectionCheck>();
        for (var factor = 0; factor < at.Layout.Factors.Count; factor++)
        {
            var shape = at.Layout.Factors[factor];
            if (shape.Count > 0)
            {
                var place = at.Layout.Offset(factor);
                checks.Add(Worst(objective, at, gradient, shape.Name, place..(place + shape.Count), count, length, random));
            }
        }

        checks.Add(Worst(objective, at, gradient, factor: null, .., count, length, random));
        return checks;
    }

    private static DirectionCheck Worst(
        IObjective<double> objective,
        Parameters<double> at,
        Parameters<double> gradient,
        string? factor,
        Range elements,
        int count,
        double step,
        Random random)
    {
        var worst = new DirectionCheck(factor, -1, 0, 0, count);
        for (var checkedCount = 0; checkedCount < count; checkedCount++)
        {
            var direction = RandomDirection(at.Layout, elements, random);
            var analytic = TensorPrimitives.Dot<double>(gradient.Values, direction.Values);
            var numeric = (Along(objective, at, direction, step) - Along(objective, at, direction, -step)) / (2 * step);
            var error = RelativeError(analytic, numeric);
            if (error > worst.LargestRelativeError)
            {
                worst = new(factor, error, analytic, numeric, count);
            }
        }

        return worst;
    }

    /// <summary>Uniform on the unit sphere of the given elements, zero in the others.</summary>
    private static Parameters<double> RandomDirection(ParameterLayout layout, Range elements, Random random)
    {
        var direction = new Parameters<double>(layout);
        var values = direction.Values[elements];
        foreach (ref var value in values)
        {
            // Box and Muller (1958); 1 − u lies in (0, 1], so the logarithm is finite.
            value = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        }

        TensorPrimitives.Divide(values, TensorPrimitives.Norm<double>(values), values);
        return direction;
    }

    /// <summary>f(x + step · d) by the user's own method.</summary>
    private static double Along(IObjective<double> objective, Parameters<double> at, Parameters<double> direction, double step)
    {
        var moved = new Parameters<double>(at.Layout);
        TensorPrimitives.MultiplyAdd(direction.Values, step, at.Values, moved.Values);
        return objective.Reference(moved);
    }
}
