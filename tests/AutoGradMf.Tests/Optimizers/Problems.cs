using System.Numerics;
using AutoGradMf.Objectives;

namespace AutoGradMf.Tests.Optimizers;

/// <summary>Objectives whose minima are known.</summary>
internal static class Problems
{
    public static ParameterLayout Vector(int length) => new(new FactorShape("x", FactorKind.ColumnVector, length, 1));

    public static Parameters<TElement> At<TElement>(ParameterLayout layout, Func<int, double> element)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var parameters = new Parameters<TElement>(layout);
        for (var p = 0; p < layout.Count; p++)
        {
            parameters.Values[p] = TElement.CreateChecked(element(p));
        }

        return parameters;
    }

    /// <summary>½ Σ c_p (x_p − p)² with curvatures c from 1 to <paramref name="condition"/>; least, 0, at x_p = p.</summary>
    public static FunctionObjective<TElement> Quadratic<TElement>(int length, double condition)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => new(Vector(length), (at, gradient) =>
        {
            var value = 0.0;
            for (var p = 0; p < length; p++)
            {
                var curvature = Math.Pow(condition, p / Math.Max(1.0, length - 1));
                var difference = double.CreateChecked(at.Values[p]) - p;
                value += 0.5 * curvature * difference * difference;
                gradient.Values[p] = TElement.CreateChecked(curvature * difference);
            }

            return value;
        });

    /// <summary>Σ 100 (x_{p+1} − x_p²)² + (1 − x_p)² (Rosenbrock, 1960); least, 0, at ones.</summary>
    public static FunctionObjective<double> Rosenbrock(int length) => new(Vector(length), (at, gradient) =>
    {
        gradient.Values.Clear();
        var value = 0.0;
        for (var p = 0; p + 1 < length; p++)
        {
            var x = at.Values[p];
            var valley = at.Values[p + 1] - (x * x);
            value += (100 * valley * valley) + ((1 - x) * (1 - x));
            gradient.Values[p] += (-400 * x * valley) - (2 * (1 - x));
            gradient.Values[p + 1] += 200 * valley;
        }

        return value;
    });

    public static Parameters<double> RosenbrockStart(int length) => At<double>(Vector(length), p => p % 2 == 0 ? -1.2 : 1);

    /// <summary>Full ratings of rank <paramref name="rank"/> and noise, as from stars.</summary>
    public static Matrix<double> Ratings(int rows, int columns, int rank, int seed)
    {
        var random = new Random(seed);
        var (left, right) = (new double[rows, rank], new double[columns, rank]);
        Fill(left);
        Fill(right);
        var ratings = new Matrix<double>(rows, columns);
        for (var i = 0; i < rows; i++)
        {
            for (var j = 0; j < columns; j++)
            {
                ratings[i, j] = 3 + Enumerable.Range(0, rank).Sum(l => left[i, l] * right[j, l]) + (0.3 * (random.NextDouble() - 0.5));
            }
        }

        return ratings;

        void Fill(double[,] factor)
        {
            for (var i = 0; i < factor.GetLength(0); i++)
            {
                for (var l = 0; l < rank; l++)
                {
                    factor[i, l] = random.NextDouble() - 0.5;
                }
            }
        }
    }

    /// <summary>½‖U·Mᵀ − R‖² + λ/2‖U‖² + λ/2‖M‖², with loops.</summary>
    public static FunctionObjective<TElement> Classic<TElement>(Matrix<double> ratings, int latent, double ridge)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var layout = new ParameterLayout(
            new("U", FactorKind.Matrix, ratings.Rows, latent), new("M", FactorKind.Matrix, ratings.Columns, latent));
        return new(layout, (at, gradient) =>
        {
            var value = 0.0;
            for (var p = 0; p < layout.Count; p++)
            {
                var parameter = double.CreateChecked(at.Values[p]);
                value += 0.5 * ridge * parameter * parameter;
                gradient.Values[p] = TElement.CreateChecked(ridge * parameter);
            }

            var (users, movies) = (at[0], at[1]);
            var (userGradient, movieGradient) = (gradient[0], gradient[1]);
            for (var i = 0; i < ratings.Rows; i++)
            {
                for (var j = 0; j < ratings.Columns; j++)
                {
                    var prediction = TElement.Zero;
                    for (var l = 0; l < latent; l++)
                    {
                        prediction += users[i, l] * movies[j, l];
                    }

                    var residual = double.CreateChecked(prediction) - ratings[i, j];
                    value += 0.5 * residual * residual;
                    for (var l = 0; l < latent; l++)
                    {
                        userGradient[i, l] += TElement.CreateChecked(residual) * movies[j, l];
                        movieGradient[j, l] += TElement.CreateChecked(residual) * users[i, l];
                    }
                }
            }

            return value;
        });
    }

    /// <summary>The least value of <see cref="Classic{TElement}"/>, from the singular values of the ratings.</summary>
    public static double ClassicOptimum(Matrix<double> ratings, int latent, double ridge)
    {
        var singularValues = MathNet.Numerics.LinearAlgebra.Matrix<double>.Build
            .Dense(ratings.Rows, ratings.Columns, (i, j) => ratings[i, j]).Svd(computeVectors: false).S;
        return singularValues.Select((s, i) =>
            i >= latent || s <= ridge ? 0.5 * s * s : (ridge * s) - (0.5 * ridge * ridge)).Sum();
    }
}
