namespace AutoGradMf.Generators.Symbolics.Model;

/// <summary>
/// An expression of the loss language as the user wrote it, helpers inlined: what crosses from Roslyn to symbolics.
/// <paramref name="Node"/> numbers the user's sub-expressions, so that a problem found later can be shown at its place.
/// </summary>
internal abstract record LossNode(int Node, TensorKind Kind);

/// <summary>A constant.</summary>
internal sealed record NumberNode(int Node, double Value) : LossNode(Node, TensorKind.Scalar);

/// <summary>A parameter of the loss.</summary>
internal sealed record ParameterNode(int Node, TensorKind Kind, string Name) : LossNode(Node, Kind);

/// <summary>An operator or a function of the language, by its name there.</summary>
internal sealed record CallNode(int Node, TensorKind Kind, string Function, EquatableArray<LossNode> Arguments) : LossNode(Node, Kind);

/// <summary>The number of rows or columns of a parameter: <c>U.Rows</c>, <c>U.Columns</c>, <c>v.Length</c>.</summary>
internal sealed record SizeNode(int Node, string Parameter, bool OfRows) : LossNode(Node, TensorKind.Scalar);

/// <summary>The size of a dimension that inference has named.</summary>
internal sealed record DimensionNode(int Node, string Dimension) : LossNode(Node, TensorKind.Scalar);

/// <summary>The body of a lambda, over placeholders for its <paramref name="Arity"/> parameters.</summary>
internal sealed record LambdaNode(int Node, int Arity, LossNode Body) : LossNode(Node, TensorKind.Scalar);

/// <summary>What could not be read, which has been noted: of a kind that is known, over parts that can be checked all the same.</summary>
internal sealed record UnknownNode(int Node, TensorKind Kind, string Text, EquatableArray<LossNode> Parts) : LossNode(Node, Kind);

/// <summary>A parameter of an elementwise function, inside the rule of one of its partial derivatives.</summary>
internal sealed record PlaceholderNode(int Node, int Position) : LossNode(Node, TensorKind.Scalar);
