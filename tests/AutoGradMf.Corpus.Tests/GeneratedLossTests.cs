using AutoGradMf.Objectives;
using AutoGradMf.TestLosses;
using Xunit;

namespace AutoGradMf.Corpus.Tests;

/// <summary>Generated values and gradients of the corpus against autograd, closed forms and finite differences, at every point.</summary>
public class GeneratedLossTests
{
    public static TheoryData<string, string> Everywhere => GeneratedLoss.At(_ => true);

    /// <summary>Where float can hold what is expected.</summary>
    public static TheoryData<string, string> WithinFloat => GeneratedLoss.At(at =>
        at.Expected.Gradient.Values.SelectMany(g => g).Append(at.Expected.Value)
            .All(x => Math.Abs(x) < float.MaxValue || double.IsInfinity(x)));

    /// <summary>Where differences of values have digits.</summary>
    public static TheoryData<string, string> Ordinary => GeneratedLoss.At(at => !at.IsExtreme);

    /// <summary>Where no element of a gradient is zero but for rounding.</summary>
    public static TheoryData<string, string> Generic => GeneratedLoss.At(at => !at.IsExtreme && !at.IsPerfect);

    [Theory]
    [MemberData(nameof(Everywhere))]
    public void Value_and_gradient_agree_with_autograd(string loss, string point)
    {
        var at = GeneratedLoss.Case(loss, point);
        at.Expected.RequireClose(GeneratedLoss.Evaluate<double>(loss, at), 1e-12);
    }

    [Theory]
    [MemberData(nameof(Everywhere))]
    public void Value_and_gradient_agree_with_the_closed_form(string loss, string point)
    {
        var at = GeneratedLoss.Case(loss, point);
        var (value, gradient) = ClosedForms.Evaluate(at);
        var expected = at.Expected with { Value = value, Gradient = gradient };
        expected.RequireClose(GeneratedLoss.Evaluate<double>(loss, at), 1e-12);
    }

    [Theory]
    [MemberData(nameof(WithinFloat))]
    public void Value_and_gradient_in_float_agree_with_autograd(string loss, string point)
    {
        var at = GeneratedLoss.Case(loss, point);
        at.Expected.RequireClose(GeneratedLoss.Evaluate<float>(loss, at), 1e-5, smallest: 1e-37);
    }

    [Theory]
    [MemberData(nameof(Everywhere))]
    public void Value_alone_agrees_with_autograd(string loss, string point)
    {
        var at = GeneratedLoss.Case(loss, point);
        var objective = GeneratedLoss.Objective<double>(loss, at);
        at.Expected.RequireCloseValue(objective.Value(GeneratedLoss.Start(objective, at), objective.CreateWorkspace()), 1e-12);
    }

    [Theory]
    [MemberData(nameof(Ordinary))]
    public void The_users_method_agrees_with_autograd(string loss, string point)
    {
        var at = GeneratedLoss.Case(loss, point);
        var objective = GeneratedLoss.Objective<double>(loss, at);
        at.Expected.RequireCloseValue(objective.Reference(GeneratedLoss.Start(objective, at)), 1e-12);
    }

    [Theory]
    [MemberData(nameof(Ordinary))]
    public void Gradient_agrees_with_finite_differences_of_the_users_method(string loss, string point)
    {
        var at = GeneratedLoss.Case(loss, point);
        var objective = GeneratedLoss.Objective<double>(loss, at);

        // A derivative that is nearly zero has no digits in a difference of values with a step of 1e-5.
        var rounding = 1e-10 * Math.Max(1, at.Expected.ValueScale);
        Assert.All(
            GradientCheck.Directions(objective, GeneratedLoss.Start(objective, at), count: 3),
            check => Assert.True(check.LargestRelativeError < 1e-6 || Math.Abs(check.Analytic - check.Numeric) <= rounding, $"{check}"));
    }

    [Theory]
    [MemberData(nameof(Generic))]
    public void As_many_elements_of_the_gradient_are_nonzero_as_autograd_finds(string loss, string point)
    {
        var at = GeneratedLoss.Case(loss, point);
        var gradient = GeneratedLoss.Evaluate<double>(loss, at).Gradient;

        // Terms that cancel leave zero or a rounding error, whichever the order of the sum makes of them.
        var rounding = 1e-14 * Math.Max(1, at.Expected.Gradient.Values.SelectMany(x => x).Max(Math.Abs));
        bool IsNonzero(double x) => Math.Abs(x) > rounding;
        Assert.All(at.Expected.Gradient, part => Assert.Equal(part.Value.Count(IsNonzero), gradient[part.Key].Count(IsNonzero)));
    }

    [Fact]
    public void Every_entry_of_the_corpus_is_declared() =>
        Assert.Equal(ClosedForms.Losses.Order(), GeneratedLoss.Names.Select(GeneratedLoss.Entry).Distinct().Order());

    [Fact]
    public void Every_factor_of_every_loss_has_a_nonzero_gradient_somewhere()
    {
        foreach (var loss in GeneratedLoss.Names)
        {
            var gradient = GeneratedLoss.Evaluate<double>(loss, GeneratedLoss.Case(loss, "4x5x3 random")).Gradient;
            Assert.All(gradient, part => Assert.True(part.Value.Any(x => x != 0), $"{loss} in {part.Key}"));
        }
    }
}
