using AutoGradMf.Generators.Symbolics.Checks;
using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Model;
using AutoGradMf.Generators.Symbolics.Structure;
using AutoGradMf.Generators.Symbolics.Translation.Language;
using Index = AutoGradMf.Generators.Symbolics.Expressions.Index;

namespace AutoGradMf.Generators.Symbolics.Translation;

/// <summary>Turns the user's expression into an index expression: each tensor gets indices, each operator says how they meet.</summary>
internal sealed class Translator(LossModel model, ShapeInference shapes)
{
    private readonly Dictionary<string, FunctionModel> _functions = model.Functions.ToDictionary(f => f.Key, StringComparer.Ordinal);

    private readonly Dictionary<string, ElementwiseFunction> _elementwise = new(StringComparer.Ordinal);

    private readonly Stack<Scope> _scopes = new([new(null, [])]);

    private readonly HashSet<LossNode> _repeated = model.Body is null ? [] : Repeated(model.Body);

    private readonly HashSet<Index> _shared = [];

    /// <summary>What the loss marks as the prediction of the rating matrix, if it does.</summary>
    public Indexed? MarkedPrediction { get; set; }

    public ShapeInference Shapes { get; } = shapes;

    /// <exception cref="LossException">Some parts cannot be translated: with the problems of all of them.</exception>
    public Indexed Translate(LossNode syntax) => syntax switch
    {
        NumberNode n => new(Build.Number(n.Value), null, null),
        ParameterNode p => Element(TensorOf(p.Name)),
        FieldNode field => new(new Leaf(Tensor.Of(field), []), null, null),
        PlaceholderNode p => new(_scopes.First(scope => scope.Lambda == p.Node).Elements[p.Position], null, null),
        SizeNode size => new(Build.Size(DimensionOf(size)), null, null),
        CallNode c => TranslateCall(c),
        UnknownNode u => throw LostWith(u.Known),
        _ => throw new InvalidOperationException($"{syntax.GetType().Name} stands outside a rule."),
    };

    /// <summary>What is used several times is translated once. A tensor then has the same indices at each use.</summary>
    private Indexed TranslateCall(CallNode call)
    {
        var known = _scopes.Peek().Known;
        if (known.TryGetValue(call, out var before))
        {
            return before;
        }

        var result = TranslateNewCall(call);
        if (result is { Row: null, Column: null })
        {
            known[call] = result;
        }
        else if (_repeated.Contains(call))
        {
            known[call] = result;
            _shared.UnionWith(new[] { result.Row, result.Column }.OfType<Index>());
        }

        return result;
    }

    /// <summary>The calls that stand in several places, such as what a local is declared to be.</summary>
    private static HashSet<LossNode> Repeated(LossNode body)
    {
        var seen = new HashSet<LossNode>(SameObject<LossNode>.Instance);
        return new(body.SelfAndDescendants().SelectMany(n => n.Parts).OfType<CallNode>().Where(n => !seen.Add(n)), SameObject<LossNode>.Instance);
    }

    /// <summary>A tensor under indices of its own, if those that it has may stand elsewhere too.</summary>
    public Indexed Apart(Indexed tensor)
    {
        bool IsShared(Index? index) => index is not null && _shared.Contains(index);
        Index? Own(Index? index) => IsShared(index) ? new Index(index!.Dimension) : index;
        return IsShared(tensor.Row) || IsShared(tensor.Column) ? tensor.AlignedTo(new(tensor.Value, Own(tensor.Row), Own(tensor.Column))) : tensor;
    }

    private Indexed TranslateNewCall(CallNode call)
    {
        var (arguments, failures) = TranslateAll(call.Arguments.Where(a => a is not LambdaNode));

        // What does not fit has been noted.
        if (failures.Count > 0 || Shapes.HasConflict(call))
        {
            throw Lost(arguments, failures);
        }

        // Where elements of several places meet, the places must not be the same by accident: e * e.T.
        var function = LossLanguage.Find(call, model);
        var isElementwise = function.IsElementwise(call);
        var result = function.Translate(call, isElementwise ? arguments : [.. arguments.Select(Apart)], this);
        return result with { Value = (isElementwise ? EmptyLines.Filled(result.Value) : result.Value).From(call.Node) };
    }

    private LossException LostWith(EquatableArray<LossNode> parts)
    {
        var (values, failures) = TranslateAll(parts);
        return Lost(values, failures);
    }

    /// <summary>Translates each, also after one that fails.</summary>
    private (List<Indexed> Values, List<LossException> Failures) TranslateAll(IEnumerable<LossNode> operands)
    {
        var (values, failures) = (new List<Indexed>(), new List<LossException>());
        foreach (var operand in operands)
        {
            try
            {
                values.Add(Translate(operand));
            }
            catch (LossException failure) when (!failure.IsFinal)
            {
                failures.Add(failure);
            }
        }

        return (values, failures);
    }

    /// <summary>The failure of an operation: what is wrong with its operands, and with those that no later stage will see.</summary>
    private static LossException Lost(List<Indexed> operands, List<LossException> failures) =>
        new([.. failures.SelectMany(f => f.Problems), .. operands.SelectMany(o => Differentiability.Problems(o.Value))]);

    /// <summary>The dimension whose size is meant.</summary>
    public Dimension DimensionOf(SizeNode size) => Shapes.DimensionOf(Shapes.SizeOf(size));

    /// <summary>The body of a lambda at the given elements.</summary>
    public Expression Apply(LambdaNode lambda, IReadOnlyList<Expression> elements)
    {
        _scopes.Push(new(lambda.Node, elements));
        try
        {
            return Translate(lambda.Body).Value;
        }
        finally
        {
            _scopes.Pop();
        }
    }

    /// <summary>What is translated for one element of a lambda, or outside of any: its tensors have indices of their own, others than those of the element.</summary>
    /// <param name="Lambda">The number of the lambda.</param>
    /// <param name="Elements">What its placeholders stand for.</param>
    private sealed record Scope(int? Lambda, IReadOnlyList<Expression> Elements)
    {
        /// <summary>What was translated here.</summary>
        public Dictionary<LossNode, Indexed> Known { get; } = new(SameObject<LossNode>.Instance);
    }

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

    /// <summary>Whether a dense matrix of data has an element for each pair of the two dimensions, in either order.</summary>
    public bool HasDenseData(Dimension rows, Dimension columns) => model.Parameters
        .Where(p => p is { Kind: TensorKind.Matrix, IsFactor: false })
        .Select(p => TensorOf(p.Name).Dimensions)
        .Any(d => (d[0] == rows && d[1] == columns) || (d[0] == columns && d[1] == rows));

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
        if (!_elementwise.TryGetValue(name, out var elementwise))
        {
            _elementwise[name] = elementwise = Made(_functions[name]);
        }

        return elementwise;
    }

    private ElementwiseFunction Made(FunctionModel function) => new(
        function.Name,
        function.DeclaringType,
        (position, arguments) => SlopesOfLengths.Of(Function(function.Key), position, arguments, this)
            ?? (function.Partials[position] is { } rule ? Apply(new LambdaNode(0, arguments.Length, rule), arguments) : null),
        position => function.Partials[position] is not null,
        function.Signs,
        (part, arguments) => function.Bounds.ElementAtOrDefault(part) is { } bound ? Apply(new LambdaNode(0, arguments.Length, bound), arguments) : null,
        part => function.Bounds.ElementAtOrDefault(part) is not null,
        function.DeclaringType == ElementwiseFunction.Library ? ExponentialFunctions.Of(function.Name, this) : null)
    {
        IsFlatIn = position => function.Partials[position] is NumberNode { Value: 0 },
    };

    /// <summary>Whether the loss may be written in these elementwise functions.</summary>
    public bool Has(IEnumerable<string> functions) => functions.All(_functions.ContainsKey);
}
