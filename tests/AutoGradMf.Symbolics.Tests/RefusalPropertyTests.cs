using AutoGradMf.Generators.Symbolics.Model;
using AutoGradMf.Symbolics.Tests.Generation;
using CsCheck;

namespace AutoGradMf.Symbolics.Tests;

/// <summary>Whatever has no plan is refused at a sub-expression of the loss, through all rewrites.</summary>
public class RefusalPropertyTests
{
    [Fact]
    public void Each_refusal_points_into_the_loss()
    {
        var random = PCG.Parse("0000000000000");
        var refusals = Enumerable.Range(0, 600)
            .Select(_ => Numbered(RandomLoss.OfDepth(4).Generate(random, null, out var _)))
            .SelectMany(loss => Refusals(loss).Select(problem => (Loss: loss, Problem: problem)))
            .ToList();

        Assert.NotEmpty(refusals);
        Assert.All(refusals, r => Assert.True(r.Problem.Node > 0, $"{r.Problem.Arguments[0]} stems from nowhere in {LossText.Of(r.Loss)}"));
        Assert.True(refusals.Count(r => r.Problem.Node > 1) >= 0.9 * refusals.Count, "As a rule a part of the loss is refused, and not the whole.");
    }

    private static IReadOnlyList<Problem> Refusals(LossNode loss)
    {
        try
        {
            new Pipeline(loss).Lower();
            return [];
        }
        catch (LossException refusal)
        {
            return refusal.Problems;
        }
    }

    /// <summary>The same loss, its operations numbered from 1 on, which is the whole.</summary>
    private static LossNode Numbered(LossNode loss)
    {
        var last = 0;
        LossNode Number(LossNode node)
        {
            var number = ++last;
            return node switch
            {
                CallNode call => new CallNode(number, call.Kind, call.Function, new(call.Arguments.Select(Number).ToList())),
                LambdaNode lambda => new LambdaNode(number, lambda.Arity, Number(lambda.Body)),
                _ => node with { Node = number },
            };
        }

        return Number(loss);
    }
}
