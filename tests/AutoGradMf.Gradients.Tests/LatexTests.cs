using AutoGradMf.TestLosses;
using Xunit;

namespace AutoGradMf.Gradients.Tests;

/// <summary>The derivation that an objective carries as LaTeX.</summary>
public class LatexTests
{
    [Fact]
    public void Holds_the_loss_and_a_line_for_each_factor()
    {
        var lines = ReferenceLosses.QuadraticObjective<double>.Latex.Split('\n', StringSplitOptions.TrimEntries);
        Assert.Equal(@"\begin{align*}", lines[0]);
        Assert.Equal(
            @"L &= 0.5 \, \sum {\left(U \, M^{\top} - R\right)}^{2} + 0.5 \, \mathrm{reg} \, \sum {U}^{2} + 0.5 \, \mathrm{reg} \, \sum {M}^{2} \\", lines[1]);
        Assert.Equal(@"\frac{\partial L}{\partial U} &= \left(U \, M^{\top} - R\right) \, M + \mathrm{reg} \, U \\", lines[2]);
        Assert.Equal(@"\frac{\partial L}{\partial M} &= \left(U \, M^{\top} - R\right)^{\top} \, U + \mathrm{reg} \, M", lines[3]);
        Assert.Equal(@"\end{align*}", lines[4]);
    }
}
