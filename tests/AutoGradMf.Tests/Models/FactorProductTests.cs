using AutoGradMf.Models;
using Xunit;

namespace AutoGradMf.Tests.Models;

public sealed class FactorProductTests
{
    private static readonly Matrix<double> Users = new(2, 2, [1, 2, 3, 4]);
    private static readonly Matrix<double> Movies = new(3, 2, [1, 0, 0, 1, 10, 100]);

    [Fact]
    public void An_entry_is_a_dot_product_and_a_bias()
    {
        var plain = new FactorProduct<double>(Users, Movies);
        var biased = new FactorProduct<double>(Users, Movies, new([0.5, 0.25, 0.125]));

        Assert.Equal((2, 3), (plain.Rows, plain.Columns));
        Assert.Equal([1, 2, 210, 3, 4, 430], from i in Enumerable.Range(0, 2) from j in Enumerable.Range(0, 3) select plain.Predict(i, j));
        Assert.Equal(430.125, biased.Predict(1, 2));
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        Assert.Throws<ArgumentException>("movies", () => new FactorProduct<double>(Users, new Matrix<double>(3, 1)));
        Assert.Throws<ArgumentException>("biases", () => new FactorProduct<double>(Users, Movies, new([1, 2])));
        Assert.Throws<ArgumentOutOfRangeException>("row", () => new FactorProduct<double>(Users, Movies).Predict(2, 0));
        Assert.Throws<ArgumentOutOfRangeException>("column", () => new FactorProduct<double>(Users, Movies).Predict(0, 3));
    }
}
