using AutoGradMf.Generators.Symbolics.Analysis;
using AutoGradMf.Generators.Symbolics.Differentiation;
using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Lowering;
using AutoGradMf.Generators.Symbolics.Model;
using AutoGradMf.Generators.Symbolics.Structure;
using AutoGradMf.Generators.Symbolics.Translation;
using AutoGradMf.Symbolics.Tests.Generation;
using AutoGradMf.Symbolics.Tests.Interpretation;

namespace AutoGradMf.Symbolics.Tests;

/// <summary>A loss at each stage.</summary>
internal sealed class Pipeline
{
    private readonly ShapeInference _shapes;
    private readonly IReadOnlyList<TestParameter> _parameters;

    public Pipeline(LossNode loss, IReadOnlyList<TestParameter>? parameters = null)
    {
        // The vocabulary is larger than any one loss; a parameter that the loss does not mention has no part in it.
        _parameters = parameters ?? [.. Vocabulary.Parameters.Where(p => Mentions(loss, p.Name))];
        var model = ModelOf(loss, _parameters);
        _shapes = new ShapeInference(model);
        Assert.Empty(_shapes.Problems);
        var translator = new Translator(model, _shapes);
        Translated = translator.Translate(loss).Value;
        Factors = [.. _parameters.Where(p => p.Declared.IsFactor).Select(p => translator.TensorOf(p.Name))];
        Structured = StructureStage.Rewrite(Translated);
        Gradient = [.. ReverseMode.Gradient(Structured, Factors).Select(g => g with { Value = ContractionOrder.Optimize(Separation.Separate(g.Value)) })];
    }

    public Expression Translated { get; }

    public IReadOnlyList<Tensor> Factors { get; }

    public Expression Structured { get; }

    public IReadOnlyList<FactorGradient> Gradient { get; }

    public static LossModel ModelOf(LossNode loss, IEnumerable<TestParameter> parameters) => new(
        "Loss", "", default, "public", new(parameters.Select(p => p.Declared)), loss, new(Vocabulary.Functions));

    /// <exception cref="LossException">No kernel computes some part of it.</exception>
    public Plan Lower() => Lowerer.Lower(Structured, Gradient, Capabilities.None, new NameScope(_parameters.Select(p => p.Name)));

    /// <summary>The plan with the gradient split by sign, unless no kernel computes some part of that.</summary>
    /// <exception cref="LossException">No kernel computes some part of the gradient.</exception>
    public Plan Lower(SignSplit split) => Lowerer.Lower(Structured, Gradient, Capabilities.None with { SignSplit = split }, new NameScope(_parameters.Select(p => p.Name)));

    /// <summary>The plan with the loss as a sum over samples, unless no kernel computes some part of that.</summary>
    /// <exception cref="LossException">No kernel computes some part of the gradient.</exception>
    public Plan Lower(SampledForm samples) => Lowerer.Lower(Structured, Gradient, Capabilities.None with { Samples = samples }, new NameScope(_parameters.Select(p => p.Name)));

    /// <summary>The sizes of the loss's dimensions at a point.</summary>
    public IReadOnlyDictionary<string, int> Sizes(Point point) => Sizes(_shapes, point, _parameters);

    public static IReadOnlyDictionary<string, int> Sizes(ShapeInference shapes, Point point, IEnumerable<TestParameter> parameters)
    {
        var sizes = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var parameter in parameters)
        {
            var (shape, (rows, columns)) = (shapes.ShapeOf(parameter.Name), point.Shape(parameter.Name));
            foreach (var (size, value) in new[] { (shape.Rows, rows), (shape.Columns, columns) })
            {
                if (size is not null)
                {
                    sizes[shapes.DimensionOf(size).Name] = value;
                }
            }
        }

        return sizes;
    }

    public static bool Mentions(LossNode node, string parameter) => node switch
    {
        ParameterNode p => p.Name == parameter,
        CallNode call => call.Arguments.Any(a => Mentions(a, parameter)),
        _ => false,
    };
}
