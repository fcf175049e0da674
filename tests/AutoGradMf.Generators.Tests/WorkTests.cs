using AutoGradMf.Benchmarks.Compiling;
using AutoGradMf.Generators.Emission;
using AutoGradMf.Generators.Symbolics.Checks;
using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Tests.Driver;
using Xunit;

namespace AutoGradMf.Generators.Tests;

/// <summary>
/// What a long loss costs, counted in terms that are made and not in time, which the suite "generator" of the benchmarks measures: half a
/// microsecond each in most shapes.
/// </summary>
public class WorkTests
{
    public static TheoryData<string> Shapes => [.. LongLosses.All().Select(loss => loss.Case)];

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Two_hundred_operators_take_bounded_work(string shape) => Assert.InRange(Work(shape, 200), 1, 100_000);

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Twice_the_operators_take_about_twice_the_work(string shape) => Assert.InRange(Work(shape, 400), 1, 5 * Work(shape, 200) / 2);

    /// <summary>The terms that generator and analyzer make together.</summary>
    private static long Work(string shape, int operators)
    {
        var work = 0L;
        var project = new UserProject(
            $$"""
            using System;
            using AutoGradMf;
            using static AutoGradMf.LossMath;

            public static partial class Losses
            {
                {{LongLosses.All(operators).Single(loss => loss.Case == shape).Source}}
            }
            """)
        {
            Emit = model =>
            {
                using var budget = SymbolicBudget.Open();
                LossReview.Of(model);
                var text = LossEmitter.Emit(model);
                work = budget.Work;
                return text;
            },
        };
        project.Run();
        return work;
    }
}
