using AutoGradMf.TestLosses;
using Xunit;

namespace AutoGradMf.TorchSharp.Tests;

public class AutogradTests
{
    public static TheoryData<string, string> LossesAndPoints()
    {
        var data = new TheoryData<string, string>();
        foreach (var point in Golden.Values.Points.Values)
        {
            foreach (var loss in point.Losses)
            {
                data.Add(loss, point.Name);
            }
        }

        return data;
    }

    /// <summary>Shows that TorchSharp is really there and computes, and that its expressions of the losses are the right ones.</summary>
    [SkippableTheory]
    [MemberData(nameof(LossesAndPoints))]
    public void TorchSharp_agrees_with_PyTorch(string loss, string point)
    {
        var autograd = Evaluate(loss, point);
        var golden = Golden.Values.Points[point].Expected(loss);
        Close.AreEqual(golden.Value, autograd.Value, 1e-12, "value");
        Assert.Equal(golden.Gradient.Keys.Order(), autograd.Gradient.Keys.Order());
        foreach (var (factor, gradient) in golden.Gradient)
        {
            Close.AreEqual(gradient, autograd.Gradient[factor], 1e-12, $"gradient in {factor}");
        }
    }

    private static GoldenResult Evaluate(string loss, string point)
    {
        TorchRuntime.Require();
#if HAS_TORCHSHARP
        return TorchLosses.Evaluate(loss, Golden.Values.Points[point]);
#else
        throw new System.Diagnostics.UnreachableException();
#endif
    }
}
