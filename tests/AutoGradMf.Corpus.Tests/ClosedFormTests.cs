using Xunit;

namespace AutoGradMf.Corpus.Tests;

/// <summary>The closed forms against autograd, so that both are known to be right before generated code is compared with either.</summary>
public class ClosedFormTests
{
    public static TheoryData<string, string> All => Corpus.All;

    [Theory]
    [MemberData(nameof(All))]
    public void Closed_form_agrees_with_autograd(string loss, string point)
    {
        var at = Corpus.Case(loss, point);
        at.Expected.RequireClose(ClosedForms.Evaluate(at), 1e-12);
    }
}
