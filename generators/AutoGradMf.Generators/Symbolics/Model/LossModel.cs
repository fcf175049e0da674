namespace AutoGradMf.Generators.Symbolics.Model;

/// <summary>A parameter of a loss.</summary>
/// <param name="Name">As the user wrote it.</param>
/// <param name="Kind">What it is.</param>
/// <param name="IsFactor">Whether the gradient is taken of it.</param>
/// <param name="RowShape">The declared name of its number of rows, if any.</param>
/// <param name="ColumnShape">The declared name of its number of columns, if any.</param>
internal sealed record LossParameter(string Name, TensorKind Kind, bool IsFactor, string? RowShape, string? ColumnShape)
{
    /// <summary>The least that an element of a factor may be.</summary>
    public double Min { get; init; } = double.NegativeInfinity;

    /// <summary>The most that an element of a factor may be.</summary>
    public double Max { get; init; } = double.PositiveInfinity;

    /// <summary>What a hyperparameter is where none is given; null if one must be.</summary>
    public double? Default { get; init; }
}

/// <summary>An elementwise function: where its body is, and its partial derivatives as rules over placeholders.</summary>
/// <param name="Name">As losses call it.</param>
/// <param name="DeclaringType">The fully qualified type that declares it.</param>
/// <param name="Partials">One rule per parameter; null where it is not differentiable in that parameter.</param>
/// <param name="Signs">What is known of the sign of its value.</param>
/// <param name="Bounds">Of the size of its value, and then of each partial derivative, as rules over placeholders; null where none is known.</param>
internal sealed record FunctionModel(
    string Name, string DeclaringType, EquatableArray<LossNode?> Partials, EquatableArray<SignRule> Signs = default, EquatableArray<LossNode?> Bounds = default)
{
    /// <summary>What its value never is below.</summary>
    public double Least { get; init; } = double.NegativeInfinity;

    /// <summary>The least argument that it has a value of.</summary>
    public double LeastArgument { get; init; } = double.NegativeInfinity;

    /// <summary>The greatest argument that it has a value of.</summary>
    public double GreatestArgument { get; init; } = double.PositiveInfinity;

    /// <summary>What its arguments must satisfy.</summary>
    public EquatableArray<Requirement> Requirements { get; init; }

    /// <summary>Whether it is of one number and falls nowhere.</summary>
    public bool IsIncreasing { get; init; }

    /// <summary>The name of the function in the language: short for the library's own, and with the number of its parameters for others, which may have overloads.</summary>
    public string Key => DeclaringType == "AutoGradMf.LossMath" ? Name : $"{DeclaringType}.{Name}{LossText.Overload}{Partials.Count}";
}

/// <summary>A type around the loss, outermost first: its header as a partial declaration needs it.</summary>
internal sealed record ContainingType(string Header, string Name, EquatableArray<string> TypeParameters);

/// <summary>One annotated loss: all that the pipeline needs to know of it. Equatable, and free of symbols and locations.</summary>
/// <param name="Name">The method's name.</param>
/// <param name="Namespace">Empty for the global one.</param>
/// <param name="ContainingTypes">Outermost first.</param>
/// <param name="Accessibility">Of the generated types, as a keyword: that of the method, but protected in no sealed type.</param>
/// <param name="Parameters">In the method's order.</param>
/// <param name="Body">The inlined expression; null if the loss has errors.</param>
/// <param name="Functions">The elementwise functions that the body and their rules call.</param>
/// <param name="Documented">The paths of the elements that the user's documentation of it has: <c>summary</c>, <c>remarks</c>, <c>param[@name='reg']</c>.</param>
/// <param name="Expansion">The long form, if the loss was declared by its term at one entry.</param>
/// <param name="Distinction">What the name of the generated file needs beside names, if those of two types differ by case alone.</param>
internal sealed record LossModel(
    string Name,
    string Namespace,
    EquatableArray<ContainingType> ContainingTypes,
    string Accessibility,
    EquatableArray<LossParameter> Parameters,
    LossNode? Body,
    EquatableArray<FunctionModel> Functions,
    EquatableArray<string> Documented = default,
    EntryExpansion? Expansion = null,
    string Distinction = "")
{
    /// <summary>The types that generated code uses and whose short names mean something else where the loss stands.</summary>
    public EquatableArray<string> Qualified { get; init; }

    /// <summary>The user's attributes that the generated types have too, as code.</summary>
    public EquatableArray<string> Attributes { get; init; }

    /// <summary>Warnings of the compiler that the loss has where it uses a member, and generated code would have again.</summary>
    public EquatableArray<string> Warnings { get; init; }

    /// <summary>The names of generated types that hide those of a base of the type around the loss.</summary>
    public EquatableArray<string> Hiding { get; init; }

    /// <summary>The full name of the method.</summary>
    public string FullName => string.Join(".", new[] { Namespace }.Where(n => n.Length > 0).Concat(ContainingTypes.Select(t => t.Name)).Append(Name));

    /// <summary>The name of the generated file.</summary>
    public string HintName =>
        string.Join(".", new[] { Namespace }.Where(n => n.Length > 0).Concat(ContainingTypes.Select(t => t.TypeParameters.Count == 0 ? t.Name : $"{t.Name}-{t.TypeParameters.Count}")))
        + $".{Name}{Distinction}.g.cs";
}
