using AutoGradMf.Generators.Symbolics.Expressions;

namespace AutoGradMf.Generators.Symbolics.Model;

/// <summary>
/// An expression of the loss language as the user wrote it, helpers inlined: what crosses from Roslyn to symbolics.
/// <paramref name="Node"/> numbers the user's sub-expressions, so that a problem found later can be shown at its place. What a local or
/// an outcome of a condition is used for twice is one object: who walks an expression visits each object once.
/// </summary>
internal abstract record LossNode(int Node, TensorKind Kind)
{
    /// <summary>What it is made of.</summary>
    public virtual IEnumerable<LossNode> Parts => [];

    /// <summary>Equal for expressions that are written alike, wherever they stand.</summary>
    internal virtual Fingerprint Wording => WordingOf(GetType().Name, Parts);

    /// <summary>Made once from those of the parts: comparing two expressions takes no walk.</summary>
    protected Fingerprint Fingerprint { get; private protected init; }

    /// <summary>The expression and everything in it, each object once.</summary>
    public IEnumerable<LossNode> SelfAndDescendants()
    {
        var seen = new HashSet<LossNode>(SameObject<LossNode>.Instance);
        var left = new Stack<LossNode>([this]);
        while (left.Count > 0)
        {
            var next = left.Pop();
            if (seen.Add(next))
            {
                yield return next;
                foreach (var part in next.Parts.Reverse())
                {
                    left.Push(part);
                }
            }
        }
    }

    /// <summary>How many levels of parts there are below it.</summary>
    protected int Depth { get; private protected init; }

    /// <exception cref="LossException">There are more than a loss may have.</exception>
    private protected static int DepthOver(IEnumerable<LossNode> parts)
    {
        var depth = 1 + parts.Select(p => p.Depth).DefaultIfEmpty().Max();
        SymbolicBudget.RequireDepth(depth);
        return depth;
    }

    private protected static Fingerprint Of(string kind, LossNode node, IEnumerable<LossNode> parts) => parts.Aggregate(
        Fingerprint.Of(kind).With((ulong)node.Node).With((ulong)node.Kind),
        (f, part) => f.With(part.Fingerprint == default ? Fingerprint.Of(part.ToString()) : part.Fingerprint));

    private protected static Fingerprint WordingOf(string kind, IEnumerable<LossNode> parts) => parts.Aggregate(Fingerprint.Of(kind), (f, part) => f.With(part.Wording));

    private protected static Fingerprint WordingOf(string kind, string name) => Fingerprint.Of(kind).With(Fingerprint.Of(name));
}

/// <summary>A constant.</summary>
internal sealed record NumberNode(int Node, double Value) : LossNode(Node, TensorKind.Scalar)
{
    internal override Fingerprint Wording => Fingerprint.Of("number").With(Value);

    /// <summary>Every bit, in every culture: expressions are told apart by it.</summary>
    public override string ToString() => string.Join(" ", Node, unchecked((ulong)BitConverter.DoubleToInt64Bits(Value)));
}

/// <summary>A parameter of the loss.</summary>
internal sealed record ParameterNode(int Node, TensorKind Kind, string Name) : LossNode(Node, Kind)
{
    internal override Fingerprint Wording => WordingOf("parameter", Name);
}

/// <summary>A number that generated code reads of a field, which does not change; nothing is known of its value.</summary>
/// <param name="Name">What a person calls it.</param>
/// <param name="Code">What generated code reads.</param>
internal sealed record FieldNode(string Name, string Code) : LossNode(0, TensorKind.Scalar)
{
    internal override Fingerprint Wording => WordingOf("field", Code);
}

/// <summary>An operator or a function of the language, by its name there.</summary>
internal sealed record CallNode : LossNode
{
    public CallNode(int node, TensorKind kind, string function, EquatableArray<LossNode> arguments)
        : base(node, kind)
    {
        (Function, Arguments) = (function, arguments);
        Fingerprint = Of(function, this, arguments);
        Wording = function == Operators.Prediction ? arguments[0].Wording : WordingOf(function, arguments);
        Depth = DepthOver(arguments);
    }

    public string Function { get; }

    internal override Fingerprint Wording { get; }

    public EquatableArray<LossNode> Arguments { get; }

    public override IEnumerable<LossNode> Parts => Arguments;

    public bool Equals(CallNode? other) => other is not null && Fingerprint == other.Fingerprint;

    public override int GetHashCode() => Fingerprint.GetHashCode();
}

/// <summary>The number of rows or columns of a tensor, which itself is not computed for it: <c>U.Rows</c>, <c>(U * M.T).Columns</c>, <c>v.Length</c>.</summary>
internal sealed record SizeNode : LossNode
{
    public SizeNode(int node, LossNode of, bool ofRows)
        : base(node, TensorKind.Scalar)
    {
        (Tensor, OfRows) = (of, ofRows);
        Fingerprint = Of(ofRows ? ".Rows" : ".Columns", this, [of]);
        Wording = WordingOf(ofRows ? ".Rows" : ".Columns", [of]);
        Depth = DepthOver([of]);
    }

    internal override Fingerprint Wording { get; }

    public LossNode Tensor { get; }

    public bool OfRows { get; }

    public bool Equals(SizeNode? other) => other is not null && Fingerprint == other.Fingerprint;

    public override int GetHashCode() => Fingerprint.GetHashCode();
}

/// <summary>The size of a dimension that inference has named.</summary>
internal sealed record DimensionNode(int Node, string Dimension) : LossNode(Node, TensorKind.Scalar)
{
    internal override Fingerprint Wording => WordingOf("dimension", Dimension);
}

/// <summary>The body of a lambda, over placeholders for its parameters.</summary>
internal sealed record LambdaNode : LossNode
{
    public LambdaNode(int node, int arity, LossNode body)
        : base(node, TensorKind.Scalar)
    {
        (Arity, Body) = (arity, body);
        Fingerprint = Of($"{arity} =>", this, [body]);
        Wording = WordingOf($"{arity} =>", [body]);
        Depth = DepthOver([body]);
    }

    internal override Fingerprint Wording { get; }

    public int Arity { get; }

    public LossNode Body { get; }

    public override IEnumerable<LossNode> Parts => [Body];

    public bool Equals(LambdaNode? other) => other is not null && Fingerprint == other.Fingerprint;

    public override int GetHashCode() => Fingerprint.GetHashCode();
}

/// <summary>What could not be read, which has been noted: of a kind that is known, over parts that can be checked all the same.</summary>
internal sealed record UnknownNode : LossNode
{
    public UnknownNode(int node, TensorKind kind, string text, EquatableArray<LossNode> known)
        : base(node, kind)
    {
        (Text, Known) = (text, known);
        Fingerprint = Of($"unknown {text}", this, known);
        Wording = WordingOf("unknown", text);
        Depth = DepthOver(known);
    }

    internal override Fingerprint Wording { get; }

    public string Text { get; }

    /// <summary>The parts of it that could be read.</summary>
    public EquatableArray<LossNode> Known { get; }

    public override IEnumerable<LossNode> Parts => Known;

    public bool Equals(UnknownNode? other) => other is not null && Fingerprint == other.Fingerprint;

    public override int GetHashCode() => Fingerprint.GetHashCode();
}

/// <summary>A parameter of a lambda, or of an elementwise function inside the rule of one of its partial derivatives.</summary>
/// <param name="Node">The number of the sub-expression that it is a parameter of.</param>
/// <param name="Position">Which parameter.</param>
/// <param name="Name">What a person calls it, if it is a lambda's.</param>
internal sealed record PlaceholderNode(int Node, int Position, string? Name = null) : LossNode(Node, TensorKind.Scalar)
{
    internal override Fingerprint Wording => WordingOf("placeholder", Name ?? $"{Position}");
}
