using AutoGradMf.TestLosses;
using Xunit;

namespace AutoGradMf.Gradients.Tests;

public class EagerLossTests
{
    public static TheoryData<string, string> LossesAndPoints => LossAtPoint.All;

    /// <summary>The eager semantics are the reference of everything generated, so they are compared with PyTorch's own.</summary>
    [Theory]
    [MemberData(nameof(LossesAndPoints))]
    public void The_method_that_the_user_wrote_computes_what_PyTorch_does(string loss, string point)
    {
        var p = Golden.Values.Points[point];
        Close.AreEqual(p.Expected(loss).Value, LossAtPoint.Eager(loss, p), 1e-12, loss);
    }
}
