using System.Numerics;

namespace AutoGradMf.Samples.MovieLens.Optimum;

/// <summary>The two loops that Lanczos' orthogonalisation spends its time in.</summary>
internal static class DenseVectors
{
    public static double Dot(double[] x, double[] y)
    {
        var sums = Vector<double>.Zero;
        var i = 0;
        for (; i <= x.Length - Vector<double>.Count; i += Vector<double>.Count)
        {
            sums += new Vector<double>(x, i) * new Vector<double>(y, i);
        }

        var sum = Vector.Sum(sums);
        for (; i < x.Length; i++)
        {
            sum += x[i] * y[i];
        }

        return sum;
    }

    /// <summary><c>y += a·x</c>.</summary>
    public static void Add(double a, double[] x, double[] y)
    {
        for (var i = 0; i < x.Length; i++)
        {
            y[i] += a * x[i];
        }
    }

    public static double Norm(double[] x) => Math.Sqrt(Dot(x, x));
}
