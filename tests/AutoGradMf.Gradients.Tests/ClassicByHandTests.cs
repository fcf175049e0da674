using AutoGradMf.TestLosses;
using Xunit;

namespace AutoGradMf.Gradients.Tests;

/// <summary>The two forms derived by hand agree with autograd, before anything is compared with them.</summary>
public class ClassicByHandTests
{
    public static TheoryData<string> Points() => [.. Golden.Values.Points.Keys];

    [Theory]
    [MemberData(nameof(Points))]
    public void Looped_form_agrees_with_autograd(string point)
    {
        var p = Golden.Values.Points[point];
        Close.AreEqual(p.Expected("Quadratic"), ClassicByHand.Looped(p.U, p.M, p.DenseR, Golden.Values.Reg), 1e-12);
        var filled = ClassicByHand.FilledByColumnMeans(p.R);
        Close.AreEqual(p.Expected("Classic"), ClassicByHand.Looped(p.U, p.M, filled, Golden.Values.Reg), 1e-12);
    }

    [Theory]
    [MemberData(nameof(Points))]
    public void Vectorised_form_agrees_with_autograd(string point)
    {
        var p = Golden.Values.Points[point];
        Close.AreEqual(p.Expected("Quadratic"), ClassicByHand.Vectorised(p.U, p.M, p.DenseR, Golden.Values.Reg), 1e-12);
        var filled = ClassicByHand.FilledByColumnMeans(p.R);
        Close.AreEqual(p.Expected("Classic"), ClassicByHand.Vectorised(p.U, p.M, filled, Golden.Values.Reg), 1e-12);
    }
}
