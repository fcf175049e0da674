using AutoGradMf.TestLosses;
using Xunit;

namespace AutoGradMf.TorchSharp.Tests;

public class AutogradTests
{
    public static TheoryData<string, string> LossesAndPoints => LossAtPoint.All;

    /// <summary>Shows that TorchSharp is really there and computes, and that its expressions of the losses are the right ones.</summary>
    [SkippableTheory]
    [MemberData(nameof(LossesAndPoints))]
    public void TorchSharp_agrees_with_PyTorch(string loss, string point)
    {
        Close.AreEqual(Golden.Values.Points[point].Expected(loss), Evaluate(loss, point), 1e-12);
    }

    [SkippableTheory]
    [MemberData(nameof(LossesAndPoints))]
    public void Generated_value_and_gradient_agree_with_live_autograd(string loss, string point)
    {
        var autograd = Evaluate(loss, point);
        Close.AreEqual(autograd, GeneratedLossAtPoint.Evaluate(loss, Golden.Values.Points[point]), 1e-10);
    }

    private static ValueAndGradient Evaluate(string loss, string point)
    {
        TorchRuntime.Require();
#if HAS_TORCHSHARP
        return TorchLosses.Evaluate(loss, Golden.Values.Points[point]);
#else
        throw new System.Diagnostics.UnreachableException();
#endif
    }
}
