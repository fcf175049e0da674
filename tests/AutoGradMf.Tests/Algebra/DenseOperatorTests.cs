using System.Numerics;
using Xunit;

namespace AutoGradMf.Tests.Algebra;

public class DenseOperatorTests
{
    public static TheoryData<int, int> Sizes => Tensors.Sizes;

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Elementwise_operators_follow_their_formulas(int rows, int columns)
    {
        ElementwiseFormulas<double>(rows, columns);
        ElementwiseFormulas<float>(rows, columns);
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Products_sum_over_the_inner_index(int rows, int columns)
    {
        ProductFormulas<double>(rows, 2, columns);
        ProductFormulas<float>(rows, 3, columns);
        ProductFormulas<double>(rows, 0, columns);
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Transposes_and_negatives_follow_their_formulas(int rows, int columns)
    {
        var A = Tensors.Matrix<double>(rows, columns);
        var (b, d) = (Tensors.Column<double>(rows), Tensors.Row<double>(columns));

        Tensors.Equal((j, i) => A[i, j], columns, rows, A.T);
        Tensors.Equal((i, j) => -A[i, j], rows, columns, -A);
        Tensors.Equal(i => b[i], rows, b.T);
        Tensors.Equal(i => -b[i], rows, -b);
        Tensors.Equal(j => d[j], columns, d.T);
        Tensors.Equal(j => -d[j], columns, -d);
    }

    [Fact]
    public void A_hyperparameter_is_rounded_to_the_element_type_once()
    {
        var product = 0.1 * new ColumnVector<float>(3f);

        Assert.Equal(0.1f * 3f, product[0]);
    }

    [Fact]
    public void Percent_and_star_bind_alike_from_the_left()
    {
        var W = Tensors.Matrix<double>(3, 2, 1);
        var U = Tensors.Matrix<double>(3, 2, 2);
        var M = Tensors.Matrix<double>(4, 2, 3);

        Assert.Equal(((W % U) * M.T).Span.ToArray(), (W % U * M.T).Span.ToArray());
    }

    [Fact]
    public void Dense_zeros_do_not_hide_a_nan()
    {
        var zeros = new Matrix<double>(1, 1);
        var nan = new Matrix<double>(1, 1, [double.NaN]);

        Assert.True(double.IsNaN((zeros * nan)[0, 0]));
        Assert.True(double.IsNaN((zeros % nan)[0, 0]));
    }

    private static void ProductFormulas<TElement>(int m, int k, int n)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var A = Tensors.Matrix<TElement>(m, k, 1);
        var B = Tensors.Matrix<TElement>(k, n, 2);
        var (u, v) = (Tensors.Row<TElement>(k), Tensors.Column<TElement>(k));
        var (b, d) = (Tensors.Column<TElement>(m), Tensors.Row<TElement>(n));

        Tensors.Equal((i, j) => Rounded<TElement>(k, l => Wide(A[i, l]) * Wide(B[l, j])), m, n, A * B);
        Tensors.Equal(i => Rounded<TElement>(k, l => Wide(A[i, l]) * Wide(v[l])), m, A * v);
        Tensors.Equal(j => Rounded<TElement>(k, l => Wide(u[l]) * Wide(B[l, j])), n, u * B);
        Assert.Equal(Enumerable.Range(0, k).Sum(l => Wide(u[l]) * Wide(v[l])), u * v);
        Tensors.Equal((i, j) => b[i] * d[j], m, n, b * d);
        Tensors.Equal((i, j) => A[i, j] * TElement.CreateChecked(0.3), m, k, A * 0.3);
        Tensors.Equal((i, j) => A[i, j] * TElement.CreateChecked(0.3), m, k, 0.3 * A);
        Tensors.Equal(i => b[i] * TElement.CreateChecked(0.3), m, b * 0.3);
        Tensors.Equal(i => b[i] * TElement.CreateChecked(0.3), m, 0.3 * b);
        Tensors.Equal(j => d[j] * TElement.CreateChecked(0.3), n, d * 0.3);
        Tensors.Equal(j => d[j] * TElement.CreateChecked(0.3), n, 0.3 * d);
    }

    private static double Wide<TElement>(TElement x)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => double.CreateChecked(x);

    private static TElement Rounded<TElement>(int count, Func<int, double> term)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> =>
        TElement.CreateChecked(Enumerable.Range(0, count).Sum(term));

    private static void ElementwiseFormulas<TElement>(int m, int n)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var (A, B) = (Tensors.Matrix<TElement>(m, n, 1), Tensors.Matrix<TElement>(m, n, 2));
        var (b, e) = (Tensors.Column<TElement>(m, 3), Tensors.Column<TElement>(m, 4));
        var (d, f) = (Tensors.Row<TElement>(n, 5), Tensors.Row<TElement>(n, 6));
        var s = TElement.CreateChecked(0.3);

        Tensors.Equal((i, j) => A[i, j] + B[i, j], m, n, A + B);
        Tensors.Equal((i, j) => A[i, j] - B[i, j], m, n, A - B);
        Tensors.Equal((i, j) => A[i, j] * B[i, j], m, n, A % B);
        Tensors.Equal((i, j) => A[i, j] / B[i, j], m, n, A / B);

        Tensors.Equal((i, j) => A[i, j] + b[i], m, n, A + b);
        Tensors.Equal((i, j) => A[i, j] - b[i], m, n, A - b);
        Tensors.Equal((i, j) => A[i, j] * b[i], m, n, A % b);
        Tensors.Equal((i, j) => A[i, j] / b[i], m, n, A / b);

        Tensors.Equal((i, j) => b[i] + A[i, j], m, n, b + A);
        Tensors.Equal((i, j) => b[i] - A[i, j], m, n, b - A);
        Tensors.Equal((i, j) => b[i] * A[i, j], m, n, b % A);
        Tensors.Equal((i, j) => b[i] / A[i, j], m, n, b / A);

        Tensors.Equal((i, j) => A[i, j] + d[j], m, n, A + d);
        Tensors.Equal((i, j) => A[i, j] - d[j], m, n, A - d);
        Tensors.Equal((i, j) => A[i, j] * d[j], m, n, A % d);
        Tensors.Equal((i, j) => A[i, j] / d[j], m, n, A / d);

        Tensors.Equal((i, j) => d[j] + A[i, j], m, n, d + A);
        Tensors.Equal((i, j) => d[j] - A[i, j], m, n, d - A);
        Tensors.Equal((i, j) => d[j] * A[i, j], m, n, d % A);
        Tensors.Equal((i, j) => d[j] / A[i, j], m, n, d / A);

        Tensors.Equal((i, j) => A[i, j] + s, m, n, A + 0.3);
        Tensors.Equal((i, j) => A[i, j] - s, m, n, A - 0.3);
        Tensors.Equal((i, j) => A[i, j] * s, m, n, A % 0.3);
        Tensors.Equal((i, j) => A[i, j] / s, m, n, A / 0.3);

        Tensors.Equal((i, j) => s + A[i, j], m, n, 0.3 + A);
        Tensors.Equal((i, j) => s - A[i, j], m, n, 0.3 - A);
        Tensors.Equal((i, j) => s * A[i, j], m, n, 0.3 % A);
        Tensors.Equal((i, j) => s / A[i, j], m, n, 0.3 / A);

        Tensors.Equal((i, j) => b[i] + d[j], m, n, b + d);
        Tensors.Equal((i, j) => b[i] - d[j], m, n, b - d);
        Tensors.Equal((i, j) => b[i] * d[j], m, n, b % d);
        Tensors.Equal((i, j) => b[i] / d[j], m, n, b / d);

        Tensors.Equal((i, j) => d[j] + b[i], m, n, d + b);
        Tensors.Equal((i, j) => d[j] - b[i], m, n, d - b);
        Tensors.Equal((i, j) => d[j] * b[i], m, n, d % b);
        Tensors.Equal((i, j) => d[j] / b[i], m, n, d / b);

        Tensors.Equal(i => b[i] + e[i], m, b + e);
        Tensors.Equal(i => b[i] - e[i], m, b - e);
        Tensors.Equal(i => b[i] * e[i], m, b % e);
        Tensors.Equal(i => b[i] / e[i], m, b / e);

        Tensors.Equal(i => b[i] + s, m, b + 0.3);
        Tensors.Equal(i => b[i] - s, m, b - 0.3);
        Tensors.Equal(i => b[i] * s, m, b % 0.3);
        Tensors.Equal(i => b[i] / s, m, b / 0.3);

        Tensors.Equal(i => s + b[i], m, 0.3 + b);
        Tensors.Equal(i => s - b[i], m, 0.3 - b);
        Tensors.Equal(i => s * b[i], m, 0.3 % b);
        Tensors.Equal(i => s / b[i], m, 0.3 / b);

        Tensors.Equal(j => d[j] + f[j], n, d + f);
        Tensors.Equal(j => d[j] - f[j], n, d - f);
        Tensors.Equal(j => d[j] * f[j], n, d % f);
        Tensors.Equal(j => d[j] / f[j], n, d / f);

        Tensors.Equal(j => d[j] + s, n, d + 0.3);
        Tensors.Equal(j => d[j] - s, n, d - 0.3);
        Tensors.Equal(j => d[j] * s, n, d % 0.3);
        Tensors.Equal(j => d[j] / s, n, d / 0.3);

        Tensors.Equal(j => s + d[j], n, 0.3 + d);
        Tensors.Equal(j => s - d[j], n, 0.3 - d);
        Tensors.Equal(j => s * d[j], n, 0.3 % d);
        Tensors.Equal(j => s / d[j], n, 0.3 / d);
    }
}
