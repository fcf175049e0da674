using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Lowering;
using AutoGradMf.Generators.Symbolics.Model;

namespace AutoGradMf.Generators.Emission;

/// <summary>What generated code calls the parts of one loss: the user's names where they are free, and where those take ours, others.</summary>
internal sealed class LossNames
{
    private readonly Dictionary<string, string> _dimensions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _gradients = new(StringComparer.Ordinal);
    private readonly LossModel _model;

    public LossNames(LossModel model)
    {
        _model = model;
        Locals = new NameScope(model.Parameters.Select(p => p.Name));
        Members = new NameScope(
            ["Layout", "CreateWorkspace", "Value", "ValueAndGradient", "Reference", "Buffers", .. model.Parameters.Select(p => "_" + p.Name), .. Hyperparameters.Select(p => p.Name)]);
        Element = new NameScope(model.ContainingTypes.SelectMany(t => t.TypeParameters)).Take("TElement");
        At = Locals.Take("at");
        Gradient = Locals.Take("gradient");
        Workspace = Locals.Take("workspace");
        Workers = Locals.Take("workers");
        Buffers = Locals.Take("w");
        Library = new LibraryNames(model.MustQualify);
    }

    public LibraryNames Library { get; }

    /// <summary>The names of locals and parameters in the objective's methods.</summary>
    public NameScope Locals { get; }

    /// <summary>The names of the objective's members.</summary>
    public NameScope Members { get; }

    /// <summary>The type parameter for the type of the factors.</summary>
    public string Element { get; }

    public string At { get; }

    public string Gradient { get; }

    public string Workspace { get; }

    public string Workers { get; }

    public string Buffers { get; }

    public string Objective => _model.Name + "Objective";

    public string Trainer => _model.Name + "Trainer";

    public string Model => _model.Name + "Model";

    public IEnumerable<LossParameter> Factors => _model.Parameters.Where(p => p.IsFactor);

    public IEnumerable<LossParameter> Hyperparameters => _model.Parameters.Where(p => !p.IsFactor && p.Kind == TensorKind.Scalar);

    public IEnumerable<LossParameter> Data => _model.Parameters.Where(p => !p.IsFactor && p.Kind != TensorKind.Scalar);

    /// <summary>The user's method, for documentation.</summary>
    public string LossReference =>
        string.Join(".", _model.ContainingTypes.Select(t => t.TypeParameters.Count == 0 ? t.Name : $"{t.Name}{{{string.Join(", ", t.TypeParameters)}}}")) + "." + _model.Name;

    /// <summary>The user's method, to call.</summary>
    public string LossMethod =>
        "global::" + (_model.Namespace.Length == 0 ? "" : _model.Namespace + ".")
        + string.Join(".", _model.ContainingTypes.Select(t => t.TypeParameters.Count == 0 ? t.Name : $"{t.Name}<{string.Join(", ", t.TypeParameters)}>"))
        + "." + _model.Name;

    /// <summary>The field that holds a size.</summary>
    public string Dimension(Dimension dimension)
    {
        if (!_dimensions.TryGetValue(dimension.Name, out var field))
        {
            _dimensions[dimension.Name] = field = Members.Take("_" + dimension.Name);
        }

        return field;
    }

    /// <summary>The local that views a factor's part of the gradient.</summary>
    public string GradientOf(string factor)
    {
        if (!_gradients.TryGetValue(factor, out var local))
        {
            _gradients[factor] = local = Locals.Take("d" + factor);
        }

        return local;
    }

    /// <summary>The view of a data parameter; a vector's is a column.</summary>
    public string ViewOf(string data) =>
        $"_{data.TrimStart('@')}.View" + (_model.Parameters.First(p => p.Name == data).Kind == TensorKind.RowVector ? ".AsColumn" : "");

    /// <summary>The constraint on <see cref="Element"/>.</summary>
    public string Constraint => $"where {Element} : unmanaged, {(Library.Usings.Any() ? "" : "global::System.Numerics.")}IBinaryFloatingPointIeee754<{Element}>";

    /// <summary>A library type over the element type.</summary>
    public string Over(string type) => $"{Library[type]}<{Element}>";

    /// <summary>The type of a parameter that is not a number.</summary>
    public string TypeOf(TensorKind kind) => Over(kind switch
    {
        TensorKind.Matrix => LibraryNames.Matrix,
        TensorKind.SparseMatrix => LibraryNames.SparseMatrix,
        TensorKind.ColumnVector => LibraryNames.ColumnVector,
        TensorKind.RowVector => LibraryNames.RowVector,
        _ => throw new InvalidOperationException("A number has no tensor type."),
    });
}
