using System.Reflection;
using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Model;
using AutoGradMf.Generators.Symbolics.Notation;
using Xunit;

namespace AutoGradMf.Generators.Tests;

/// <summary>What heads and LaTeX write in place of a function that code alone needs says what the library computes.</summary>
public class FormulaTests
{
    private static readonly double[] Points = [0.3, 1.7, 0.9, 2.2];

    private static readonly IReadOnlyList<MethodInfo> Methods =
    [
        .. typeof(LossMath).GetMethods(BindingFlags.Public | BindingFlags.Static)
            .Where(m => !m.IsGenericMethod && m.ReturnType == typeof(double) && m.GetParameters() is { Length: > 0 } parameters && Array.TrueForAll(parameters, p => p.ParameterType == typeof(double))),
    ];

    [Fact]
    public void A_formula_has_the_value_of_the_function_that_it_is_written_for()
    {
        var written = 0;
        foreach (var method in Methods)
        {
            var call = Build.Apply(
                new(method.Name, ElementwiseFunction.Library, (_, _) => null),
                [.. method.GetParameters().Select(p => new Leaf(new(p.Name!, TensorRole.Hyperparameter, new([])), []))]);
            var formula = new Formulas().WrittenOut(call);
            written += ReferenceEquals(formula, call) ? 0 : 1;
            var values = method.GetParameters().Zip(Points).ToDictionary(p => p.First.Name!, p => p.Second, StringComparer.Ordinal);
            Assert.Equal(ValueOf(call, values), ValueOf(formula, values), 1e-14);
        }

        Assert.True(written >= 16, $"{written} functions have a formula");
    }

    private static double ValueOf(Expression expression, IReadOnlyDictionary<string, double> values) => expression switch
    {
        Constant constant => constant.Value,
        Leaf leaf => values[leaf.Tensor.Name],
        Addition => expression.Operands.Sum(o => ValueOf(o, values)),
        Product product => product.Operands.Aggregate(product.Coefficient, (value, o) => value * ValueOf(o, values)),
        Power power => Math.Pow(ValueOf(power.Base, values), power.Exponent),
        Apply apply => (double)Methods.Single(m => m.Name == apply.Function.Name && m.GetParameters().Length == apply.Operands.Length)
            .Invoke(null, [.. apply.Operands.Select(o => (object)ValueOf(o, values))])!,
        _ => throw new InvalidOperationException($"{expression} stands where numbers are"),
    };
}
