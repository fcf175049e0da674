using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Model;
using AutoGradMf.Generators.Symbolics.Translation.Language;
using Index = AutoGradMf.Generators.Symbolics.Expressions.Index;

namespace AutoGradMf.Generators.Symbolics.Translation;

/// <summary>Turns the user's expression into an index expression: each tensor gets indices, each operator says how they meet.</summary>
internal sealed class Translator(LossModel model, ShapeInference shapes)
{
    private readonly Dictionary<string, FunctionModel> _functions = model.Functions.ToDictionary(f => f.Name, StringComparer.Ordinal);

    /// <summary>What the loss marks as the prediction of the rating matrix, if it does.</summary>
    public Indexed? MarkedPrediction { get; set; }

    public ShapeInference Shapes { get; } = shapes;

    public Indexed Translate(LossNode syntax) => syntax switch
    {
        NumberNode n => new(Build.Number(n.Value), null, null),
        ParameterNode p => Element(TensorOf(p.Name)),
        CallNode c => LossLanguage.Find(c, model).Translate(c, [.. c.Arguments.Select(Translate)], this),
        _ => throw new InvalidOperationException($"{syntax.GetType().Name} stands outside a rule."),
    };

    /// <summary>The tensor of a parameter.</summary>
    public Tensor TensorOf(string parameter)
    {
        var declared = model.Parameters.First(p => p.Name == parameter);
        var shape = Shapes.ShapeOf(parameter);
        var dimensions = new[] { shape.Rows, shape.Columns }.Where(s => s is not null).Select(s => Shapes.DimensionOf(s!));
        var role = declared.IsFactor ? TensorRole.Factor
            : declared.Kind == TensorKind.Scalar ? TensorRole.Hyperparameter
            : TensorRole.Data;
        return new Tensor(parameter, role, new(dimensions), declared.Kind == TensorKind.SparseMatrix ? parameter : null, IsRowVector: declared.Kind == TensorKind.RowVector);
    }

    /// <summary>An element of a tensor of the given kind of shape, with indices of its own.</summary>
    public static Indexed Element(Tensor tensor)
    {
        var indices = tensor.Dimensions.Select(d => new Index(d)).ToArray();
        var leaf = new Leaf(tensor, indices);
        return indices.Length switch
        {
            0 => new(leaf, null, null),
            1 => tensor.IsRowVector ? new(leaf, null, indices[0]) : new(leaf, indices[0], null),
            _ => new(leaf, indices[0], indices[1]),
        };
    }

    /// <summary>The elementwise function called <paramref name="name"/>, with its derivatives from the rules it declares.</summary>
    public ElementwiseFunction Function(string name)
    {
        var function = _functions[name];
        return new ElementwiseFunction(name, function.DeclaringType, (position, arguments) =>
            function.Partials[position] is { } rule ? Rule(rule, arguments) : null);
    }

    private Expression Rule(LossNode rule, IReadOnlyList<Expression> arguments) => rule switch
    {
        NumberNode n => Build.Number(n.Value),
        PlaceholderNode p => arguments[p.Position],
        CallNode c => LossLanguage.Find(c, model)
            .Translate(c, [.. c.Arguments.Select(a => new Indexed(Rule(a, arguments), null, null))], this).Value,
        _ => throw new InvalidOperationException($"{rule.GetType().Name} stands in a rule."),
    };
}
