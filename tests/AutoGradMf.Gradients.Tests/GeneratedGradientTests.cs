using AutoGradMf.Objectives;
using AutoGradMf.TestLosses;
using Xunit;

namespace AutoGradMf.Gradients.Tests;

/// <summary>Generated values and gradients against autograd, finite differences and what is derived by hand.</summary>
public class GeneratedGradientTests
{
    public static TheoryData<string, string> LossesAndPoints => LossAtPoint.All;

    public static TheoryData<string> Points() => [.. Golden.Values.Points.Keys];

    [Theory]
    [MemberData(nameof(LossesAndPoints))]
    public void Value_and_gradient_agree_with_autograd(string loss, string point)
    {
        var p = Golden.Values.Points[point];
        Close.AreEqual(p.Expected(loss), GeneratedLossAtPoint.Evaluate(loss, p), 1e-12);
    }

    [Theory]
    [MemberData(nameof(LossesAndPoints))]
    public void Value_alone_is_the_value_beside_the_gradient(string loss, string point)
    {
        var p = Golden.Values.Points[point];
        var objective = GeneratedLossAtPoint.Objective(loss, p);
        var value = objective.Value(GeneratedLossAtPoint.Start(objective, p), objective.CreateWorkspace());
        Close.AreEqual(p.Expected(loss).Value, value, 1e-12, loss);
    }

    [Theory]
    [MemberData(nameof(LossesAndPoints))]
    public void Gradient_agrees_with_finite_differences_of_the_users_method(string loss, string point)
    {
        var p = Golden.Values.Points[point];
        var objective = GeneratedLossAtPoint.Objective(loss, p);
        var start = GeneratedLossAtPoint.Start(objective, p);
        Assert.All(
            GradientCheck.Directions(objective, start),
            check => Assert.True(check.LargestRelativeError < 1e-6, $"{check}"));
        var taylor = GradientCheck.Taylor(objective, start);
        Assert.True(taylor.Passed, taylor.Explanation);
    }

    [Theory]
    [MemberData(nameof(Points))]
    public void Notebook_gradient_agrees_with_the_looped_form(string point)
    {
        var p = Golden.Values.Points[point];
        var filled = ClassicByHand.FilledByColumnMeans(p.R);
        Close.AreEqual(ClassicByHand.Looped(p.U, p.M, p.DenseR, Golden.Values.Reg), GeneratedLossAtPoint.Evaluate("Quadratic", p), 1e-12);
        Close.AreEqual(ClassicByHand.Looped(p.U, p.M, filled, Golden.Values.Reg), GeneratedLossAtPoint.Evaluate("Classic", p), 1e-12);
    }

    [Theory]
    [MemberData(nameof(Points))]
    public void Notebook_gradient_agrees_with_the_vectorised_form(string point)
    {
        var p = Golden.Values.Points[point];
        var filled = ClassicByHand.FilledByColumnMeans(p.R);
        Close.AreEqual(ClassicByHand.Vectorised(p.U, p.M, p.DenseR, Golden.Values.Reg), GeneratedLossAtPoint.Evaluate("Quadratic", p), 1e-12);
        Close.AreEqual(ClassicByHand.Vectorised(p.U, p.M, filled, Golden.Values.Reg), GeneratedLossAtPoint.Evaluate("Classic", p), 1e-12);
    }
}
