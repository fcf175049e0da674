using System.Numerics;
using AutoGradMf.Kernels;
using AutoGradMf.Objectives;
using Xunit;

namespace AutoGradMf.Corpus.Tests;

/// <summary>The samples' gradients of all losses that are sums over samples, against the gradient.</summary>
public class SampledTests
{
    public static TheoryData<string> Losses => [.. GeneratedLoss.All.Where(loss => Objective<double>(loss, 300) is ISampled<double>)];

    [Theory]
    [MemberData(nameof(Losses))]
    public void The_gradients_of_the_samples_in_double_add_up_to_the_gradient(string loss) => RequireSum<double>(loss, 300, 1e-13);

    [Theory]
    [MemberData(nameof(Losses))]
    public void The_gradients_of_the_samples_in_float_add_up_to_the_gradient(string loss) => RequireSum<float>(loss, 300, 1e-5);

    [Theory]
    [MemberData(nameof(Losses))]
    public void Rows_that_no_sample_reads_have_their_regularizers(string loss) => RequireSum<double>(loss, 12, 1e-13);

    [Theory]
    [MemberData(nameof(Losses))]
    public void Without_samples_there_are_the_regularizers(string loss) => RequireSum<double>(loss, 0, 1e-13);

    private static IObjective<TElement> Objective<TElement>(string loss, int entries)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => new SyntheticPoint<TElement>(30, 25, 4, entries).Objective(loss);

    private static void RequireSum<TElement>(string loss, int entries, double tolerance)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var objective = (ISampled<TElement>)Objective<TElement>(loss, entries);
        var start = SyntheticPoint<TElement>.Start(objective);
        var (gradient, sum, single) = (new Parameters<TElement>(objective.Layout), new Parameters<TElement>(objective.Layout), new Parameters<TElement>(objective.Layout));
        var scale = new double[objective.Layout.Count];
        objective.ValueAndGradient(start, gradient, objective.CreateWorkspace());
        for (var set = 0; set < objective.Samples.Count; set++)
        {
            for (var sample = 0; sample < objective.Samples[set].Count; sample++)
            {
                single.Values.Clear();
                ReferenceSamples.AddGradient(objective, set, sample, start, single);
                for (var p = 0; p < scale.Length; p++)
                {
                    scale[p] += Math.Abs(double.CreateChecked(single.Values[p]));
                    sum.Values[p] += single.Values[p];
                }
            }
        }

        Assert.Equal(entries, objective.Samples[0].Count);
        var largest = scale.Max();
        for (var p = 0; p < scale.Length; p++)
        {
            Assert.Equal(double.CreateChecked(gradient.Values[p]), double.CreateChecked(sum.Values[p]), tolerance * (1 + largest));
        }
    }
}
