using AutoGradMf.Optimizers;
using Xunit;

namespace AutoGradMf.Corpus.Tests;

/// <summary>What is tested of every optimizer is tested of one that is added to the library, too.</summary>
public class EveryOptimizerTests
{
    [Fact]
    public void All_of_the_library_are_there()
    {
        var declared = typeof(IOptimizer<>).Assembly.GetExportedTypes()
            .Where(type => type is { IsClass: true, IsAbstract: false } && type.GetInterfaces().Any(i => i.Name == typeof(IOptimizer<>).Name))
            .Select(type => type.GetGenericTypeDefinition());

        Assert.Equal(
            declared.OrderBy(type => type.Name, StringComparer.Ordinal),
            EveryOptimizer.Of<double>().Values.Select(o => o.GetType().GetGenericTypeDefinition()).Distinct().OrderBy(type => type.Name, StringComparer.Ordinal));
    }

    /// <summary>A setting that a checkpoint does not know would be changed between two parts of a run without a word.</summary>
    [Fact]
    public void Their_settings_are_all_that_can_be_set()
    {
        // Those of a schedule are functions, of which a run digests what they gave.
        string[] common = [.. typeof(IOptimizer<>).GetProperties().Select(p => p.Name), nameof(StochasticGradient<>.Schedule)];
        Assert.All(EveryOptimizer.Of<float>().Values, optimizer => Assert.Equal(
            optimizer.GetType().GetProperties().Select(p => p.Name).Except(common).Order(StringComparer.Ordinal),
            optimizer.Settings.Select(s => s.Name).Order(StringComparer.Ordinal)));
    }
}
