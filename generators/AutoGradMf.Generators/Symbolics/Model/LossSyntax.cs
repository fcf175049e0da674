namespace AutoGradMf.Generators.Symbolics.Model;

/// <summary>
/// An expression of the loss language as the user wrote it, helpers inlined: what crosses from Roslyn to symbolics.
/// <paramref name="Node"/> numbers the user's sub-expressions, so that a problem found later can be shown at its place.
/// </summary>
internal abstract record LossSyntax(int Node, TensorKind Kind);

/// <summary>A constant.</summary>
internal sealed record NumberSyntax(int Node, double Value) : LossSyntax(Node, TensorKind.Scalar);

/// <summary>A parameter of the loss.</summary>
internal sealed record ParameterSyntax(int Node, TensorKind Kind, string Name) : LossSyntax(Node, Kind);

/// <summary>An operator or a function of the language, by its name there.</summary>
internal sealed record CallSyntax(int Node, TensorKind Kind, string Function, EquatableArray<LossSyntax> Arguments) : LossSyntax(Node, Kind);

/// <summary>A parameter of an elementwise function, inside the rule of one of its partial derivatives.</summary>
internal sealed record PlaceholderSyntax(int Node, int Position) : LossSyntax(Node, TensorKind.Scalar);
