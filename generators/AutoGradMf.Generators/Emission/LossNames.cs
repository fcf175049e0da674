using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Lowering;
using AutoGradMf.Generators.Symbolics.Model;
using AutoGradMf.Generators.Symbolics.Notation;

namespace AutoGradMf.Generators.Emission;

/// <summary>What generated code calls the parts of one loss: the user's names where they are free, and where those take ours, others.</summary>
internal sealed class LossNames
{
    /// <summary>Members that every generated type has or inherits: a parameter cannot give its name to another.</summary>
    private static readonly string[] Reserved =
    [
        "Layout", "Inputs", "CreateWorkspace", "Value", "ValueAndGradient", "HessianVectorProduct", "SignSplit", "FindNegative", "Blocks", "NewtonStep", "HasCurvatureBound", "CurvatureBoundAxes", "CurvatureBound", "Samples", "Visit",
        "ProductPairs", "AxisPairs", "Penalties", "Latex", "Reference", "Buffers", "OfProduct", "ProductBuffers", "OfNewton", "NewtonBuffers", "OfSplit", "SplitBuffers", "OfBound", "BoundBuffers",
        "Parameters", "Predict", "Rows", "Columns", "Objective", "Fit", "CreateModel",
        nameof(Equals), nameof(GetHashCode), nameof(GetType), nameof(MemberwiseClone), nameof(ReferenceEquals), nameof(ToString), "Finalize",
    ];

    private readonly Dictionary<string, string> _dimensions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _locals = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _parameters;
    private readonly Dictionary<string, string> _fields;
    private readonly LossModel _model;

    public LossNames(LossModel model)
    {
        _model = model;
        Scope = new NameScope([.. Reserved, Objective, Model, Trainer]);
        _parameters = model.Parameters.ToDictionary(p => p.Name, p => Identifier.Escaped(Scope.Take(p.Name)), StringComparer.Ordinal);
        _fields = Data.ToDictionary(p => p.Name, p => Scope.Take("_" + p.Name), StringComparer.Ordinal);
        var typeParameters = new NameScope([.. model.ContainingTypes.SelectMany(t => t.TypeParameters), .. _parameters.Values]);
        Element = typeParameters.Take("TElement");
        Lane = typeParameters.Take("TLane");
        At = Scope.Take("at");
        Gradient = Scope.Take("gradient");
        Direction = Scope.Take("direction");
        Product = Scope.Take("into");
        Factor = Scope.Take("factor");
        Step = Scope.Take("step");
        Bounds = Scope.Take("bounds");
        Positive = Scope.Take("positive");
        Negative = Scope.Take("negative");
        Set = Scope.Take("set");
        Visitor = Scope.Take("visitor");
        Samples = Scope.Take("samples");
        Workspace = Scope.Take("workspace");
        Workers = Scope.Take("workers");
        Buffers = Scope.Take("w");
        Library = new LibraryNames(model.Qualified);
    }

    public LibraryNames Library { get; }

    /// <summary>How comments write expressions.</summary>
    public PlainNotation Notation { get; } = new();

    /// <summary>The names in the objective, of its members and of what its methods share: none hides another.</summary>
    public NameScope Scope { get; }

    /// <summary>The type parameter for the type of the factors.</summary>
    public string Element { get; }

    /// <summary>The type parameter for a scalar or a vector of them, in the functions of loops.</summary>
    public string Lane { get; }

    public string At { get; }

    public string Gradient { get; }

    public string Direction { get; }

    public string Product { get; }

    public string Factor { get; }

    public string Step { get; }

    public string Bounds { get; }

    public string Positive { get; }

    public string Negative { get; }

    public string Set { get; }

    public string Visitor { get; }

    public string Samples { get; }

    public string Workspace { get; }

    public string Workers { get; }

    public string Buffers { get; }

    public string Objective => _model.Name + "Objective";

    public string Trainer => _model.Name + "Trainer";

    public string Model => _model.Name + "Model";

    /// <summary>The start of the declaration of a generated type.</summary>
    public string Declared(string type) => $"{_model.Accessibility} {(_model.Hiding.Contains(type) ? "new " : "")}sealed class {type}<{Element}>";

    public IEnumerable<LossParameter> Factors => _model.Parameters.Where(p => p.IsFactor);

    public IEnumerable<LossParameter> Hyperparameters => _model.Parameters.Where(p => !p.IsFactor && p.Kind == TensorKind.Scalar);

    public IEnumerable<LossParameter> Data => _model.Parameters.Where(p => !p.IsFactor && p.Kind != TensorKind.Scalar);

    /// <summary>The user's method, for documentation.</summary>
    public string LossReference => $"<see cref=\"{LossCref}\"/>";

    /// <summary>The summary of a type, the user's own of the loss before ours if there is one, and the remarks.</summary>
    public IEnumerable<string> Documentation(string ours)
    {
        var (summary, remarks) = (Inherited("summary"), Inherited("remarks"));
        yield return $"/// <summary>{summary ?? ours}</summary>";
        if (new[] { summary is null ? null : ours, remarks }.OfType<string>().ToList() is { Count: > 0 } more)
        {
            yield return $"/// <remarks>{string.Join(" ", more)}</remarks>";
        }
    }

    /// <summary>A sentence of ours on a parameter of the loss, and the user's own if there is one.</summary>
    public string Documentation(string ours, string parameter) =>
        Inherited($"param[@name='{Identifier.Bare(parameter)}']") is { } theirs ? $"{ours} {theirs}" : ours;

    /// <summary>What the user says of an element; null if nothing.</summary>
    private string? Inherited(string path) =>
        _model.Documented.Contains(path) ? $"<inheritdoc cref=\"{LossCref}\" path=\"/{path}/node()\"/>" : null;

    /// <summary>The user's method with its parameters, since it may have overloads.</summary>
    private string LossCref
    {
        get
        {
            var types = _model.ContainingTypes.Select(t => t.TypeParameters.Count == 0 ? t.Name : $"{t.Name}{{{string.Join(", ", t.TypeParameters)}}}");
            var parameters = _model.Expansion is { } expansion ? Enumerable.Repeat("double", expansion.Further.Count + 2) : _model.Parameters.Select(p => p.Kind switch
            {
                TensorKind.Scalar => "double",
                TensorKind.IndexVector => Library[LibraryNames.IndexVector],
                _ => $"{Library[TypeName(p.Kind)]}{{double}}",
            });
            return $"{string.Join(".", types)}.{Identifier.Escaped(_model.Name)}({string.Join(", ", parameters)})";
        }
    }

    /// <summary>The user's method, to call: from the type on whose parameters hide those of a type around it, which have no name there, and else in full.</summary>
    public string LossMethod
    {
        get
        {
            var types = _model.ContainingTypes.ToList();
            var hiding = types.FindLastIndex(type => types
                .TakeWhile(outer => !ReferenceEquals(outer, type))
                .Any(outer => outer.TypeParameters.Any(parameter => type.TypeParameters.Contains(parameter))));
            var names = types
                .Skip(Math.Max(0, hiding))
                .Select(t => t.TypeParameters.Count == 0 ? t.Name : $"{t.Name}<{string.Join(", ", t.TypeParameters)}>");
            return (hiding >= 0 ? "" : "global::" + (_model.Namespace.Length == 0 ? "" : _model.Namespace + "."))
                + string.Join(".", names) + "." + Identifier.Escaped(_model.Name);
        }
    }

    /// <summary>A parameter of the loss: the property, the local and the constructor's parameter that stand for it.</summary>
    public string Parameter(string parameter) => _parameters[parameter];

    /// <summary>The field that holds a data parameter.</summary>
    public string Field(string data) => _fields[data];

    /// <summary>The field that holds a size.</summary>
    public string Dimension(Dimension dimension)
    {
        if (!_dimensions.TryGetValue(dimension.Name, out var field))
        {
            _dimensions[dimension.Name] = field = Scope.Take("_" + dimension.Name);
        }

        return field;
    }

    /// <summary>The local that views a factor's part of the gradient.</summary>
    public string GradientOf(string factor) => Local("d", factor);

    /// <summary>The local that views a factor's part of a direction.</summary>
    public string DirectionOf(string factor) => Local("v", factor);

    /// <summary>The local that views a factor's part of the Hessian times a direction.</summary>
    public string ProductOf(string factor) => Local("h", factor);

    /// <summary>The method that makes a Newton step in a factor.</summary>
    public string NewtonStepIn(string factor) => Method("NewtonStep", factor);

    /// <summary>The method that bounds the curvature in a factor.</summary>
    public string CurvatureBoundIn(string factor) => Method("CurvatureBound", factor);

    /// <summary>The local that views the bounds of a factor's rows.</summary>
    public string BoundsOf(string factor) => Local("c", factor);

    /// <summary>The local that views a factor's part of what is added in the gradient.</summary>
    public string PositiveOf(string factor) => Local("p", factor);

    /// <summary>The local that views a factor's part of what is subtracted in the gradient.</summary>
    public string NegativeOf(string factor) => Local("n", factor);

    private string Method(string prefix, string factor) => Named(prefix, factor, char.ToUpperInvariant(Identifier.Bare(factor)[0]) + Identifier.Bare(factor)[1..]);

    private string Local(string prefix, string factor) => Named(prefix, factor, Identifier.Bare(factor));

    /// <summary>One name for each prefix and factor, also of factors that differ in case alone.</summary>
    private string Named(string prefix, string factor, string wish)
    {
        if (!_locals.TryGetValue(prefix + factor, out var name))
        {
            _locals[prefix + factor] = name = Scope.Take(prefix + wish);
        }

        return name;
    }

    /// <summary>The view of a data parameter; a vector's is a column.</summary>
    public string ViewOf(string data) =>
        $"{Field(data)}.View" + (_model.Parameters.First(p => p.Name == data).Kind == TensorKind.RowVector ? ".AsColumn" : "");

    /// <summary>A call of an elementwise function with numbers.</summary>
    public string Call(ElementwiseFunction function, IReadOnlyList<string> arguments) =>
        $"{(function.DeclaringType == LibraryNames.LossMath ? Library[LibraryNames.LossMath] : "global::" + function.DeclaringType)}.{Identifier.Escaped(function.Name)}({string.Join(", ", arguments)})";

    /// <summary>The constraint on <see cref="Element"/>.</summary>
    public string Constraint => $"where {Element} : unmanaged, {Library[LibraryNames.IBinaryFloatingPointIeee754]}<{Element}>";

    /// <summary>A library type over the element type.</summary>
    public string Over(string type) => $"{Library[type]}<{Element}>";

    /// <summary>The type of a parameter that is not a number.</summary>
    public string TypeOf(TensorKind kind) => kind == TensorKind.IndexVector ? Library[LibraryNames.IndexVector] : Over(TypeName(kind));

    /// <summary>The objective, for documentation.</summary>
    public string ObjectiveReference => $"<see cref=\"{Objective}{{{Element}}}\"/>";

    private static string TypeName(TensorKind kind) => kind switch
    {
        TensorKind.Matrix => LibraryNames.Matrix,
        TensorKind.SparseMatrix => LibraryNames.SparseMatrix,
        TensorKind.ColumnVector => LibraryNames.ColumnVector,
        TensorKind.RowVector => LibraryNames.RowVector,
        TensorKind.IndexVector => LibraryNames.IndexVector,
        _ => throw new InvalidOperationException("A number has no tensor type."),
    };
}
