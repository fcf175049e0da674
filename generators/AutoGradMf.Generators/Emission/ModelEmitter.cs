using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Lowering;
using AutoGradMf.Generators.Symbolics.Model;

namespace AutoGradMf.Generators.Emission;

/// <summary>Writes the trained model: the factors under the user's names, and the prediction where the loss has one.</summary>
internal sealed class ModelEmitter
{
    private readonly SourceWriter _writer;
    private readonly LossModel _model;
    private readonly LossNames _names;
    private readonly Prediction? _prediction;
    private readonly string _objective;
    private readonly string _parameters;
    private readonly string _row;
    private readonly string _column;
    private readonly List<Held> _held;
    private readonly Dictionary<string, string> _views;
    private readonly Dictionary<string, string> _copies;

    public ModelEmitter(SourceWriter writer, LossModel model, Prediction? prediction, LossNames names)
    {
        (_writer, _model, _prediction, _names) = (writer, model, prediction, names);
        var scope = names.Scope.Inner();
        (_objective, _parameters) = (scope.Take("objective"), scope.Take("parameters"));
        (_row, _column) = (scope.Take("row"), scope.Take("column"));
        _held = prediction is null ? [] : [.. Hyperparameters(prediction, scope), .. Data(prediction)];
        _views = Predicting(prediction).ToDictionary(factor => factor, factor => scope.Take("_" + Identifier.Bare(factor)), StringComparer.Ordinal);
        _copies = names.Factors.Where(f => f.Kind != TensorKind.Scalar).ToDictionary(f => f.Name, f => scope.Take("_copyOf" + Identifier.Bare(f.Name)), StringComparer.Ordinal);
    }

    public void Emit()
    {
        var element = _names.Element;
        var (promise, rates) = _prediction is null ? ("", "") : (", and the ratings that they predict", $", {_names.Library[LibraryNames.IRatingModel]}");
        _writer.Line($"/// <summary>The factors of a {_names.ObjectiveReference}{promise}.</summary>");
        _writer.Line($"/// <typeparam name=\"{element}\">The type of the factors, float or double.</typeparam>");
        _writer.Lines(_model.Attributes);
        _writer.Line($"{_names.Declared(_names.Model)} : {_names.Over(LibraryNames.Model)}{rates}");
        _writer.Indented(() => _writer.Line(_names.Constraint));
        _writer.Line("{");
        _writer.Indented(() =>
        {
            EmitFields();
            EmitConstructor();
            foreach (var (factor, place) in _names.Factors.Select((factor, place) => (factor, place)))
            {
                _writer.Line();
                EmitFactor(factor, place);
            }

            if (_prediction is not null)
            {
                EmitPredict(_prediction);
            }
        });
        _writer.Line("}");
    }

    private void EmitFields()
    {
        string[] fields =
        [
            .. _held.Select(h => $"private readonly {h.Type} {h.Field};"),
            .. _views.Values.Select(view => $"private readonly {_names.Over(LibraryNames.MatrixView)} {view};"),
            .. _names.Factors.Where(f => _copies.ContainsKey(f.Name)).Select(f => $"private {_names.TypeOf(f.Kind)}? {_copies[f.Name]};"),
        ];
        if (fields.Length > 0)
        {
            _writer.Lines(fields);
            _writer.Line();
        }
    }

    private void EmitConstructor()
    {
        _writer.Line(_held.Count == 0
            ? "/// <summary>The model with the given factors.</summary>"
            : "/// <summary>The model with the given factors, and the hyperparameters that the objective has now.</summary>");
        _writer.Line($"public {_names.Model}({_names.Objective}<{_names.Element}> {_objective}, {_names.Over(LibraryNames.Parameters)} {_parameters})");
        _writer.Indented(() => _writer.Line($": base({_parameters})"));
        _writer.Line("{");
        _writer.Indented(() =>
        {
            _writer.Line($"{_names.Library[LibraryNames.ArgumentNullException]}.ThrowIfNull({_objective});");
            _writer.Line($"{_names.Library[LibraryNames.ObjectiveArguments]}.RequireLayout({_objective}.Layout, {_parameters});");
            _writer.Lines(_names.Factors.Select((factor, place) => _views.TryGetValue(factor.Name, out var view) ? $"{view} = {_parameters}[{place}];" : null).OfType<string>());
            _writer.Lines(_held.Select(h => $"{h.Field} = {_objective}.{h.Source};"));
            if (_prediction is not null)
            {
                _writer.Line($"Rows = {_objective}.{_names.Dimension(_prediction.Rows)};");
                _writer.Line($"Columns = {_objective}.{_names.Dimension(_prediction.Columns)};");
            }
        });
        _writer.Line("}");
    }

    /// <summary>An array is copied when it is first asked for: who measures a model after each iteration pays for no copy.</summary>
    private void EmitFactor(LossParameter factor, int place)
    {
        var name = _names.Parameter(factor.Name);
        _writer.Line($"/// <summary>{_names.Documentation($"The trained factor {Identifier.Bare(factor.Name)}.", factor.Name)}</summary>");
        _writer.Line(factor.Kind == TensorKind.Scalar
            ? $"public double {name} => double.CreateChecked({(_views.TryGetValue(factor.Name, out var view) ? view : $"Parameters[{place}]")}[0, 0]);"
            : $"public {_names.TypeOf(factor.Kind)} {name} => {_copies[factor.Name]} ??= Parameters[{place}].To{factor.Kind}();");
    }

    private void EmitPredict(Prediction prediction)
    {
        _writer.Line();
        _writer.Line("/// <inheritdoc/>");
        _writer.Line("public int Rows { get; }");
        _writer.Line();
        _writer.Line("/// <inheritdoc/>");
        _writer.Line("public int Columns { get; }");
        _writer.Line();
        _writer.Line("/// <inheritdoc/>");
        var inputs = prediction.Inputs.ToDictionary(i => i.Name, Element, StringComparer.Ordinal);
        _writer.Line($"public double Predict(int {_row}, int {_column}) =>");
        _writer.Indented(() => _writer.Line(new ScalarCode(t => inputs[t.Name], _names.Call).Write(prediction.Value) + ";"));
    }

    /// <summary>What the prediction needs beside the factors, copied from the objective.</summary>
    private IEnumerable<Held> Hyperparameters(Prediction prediction, NameScope scope) => Scalars(prediction, TensorRole.Hyperparameter)
        .Select(name => new Held(name, "double", scope.Take("_" + name), _names.Parameter(name)));

    private IEnumerable<Held> Data(Prediction prediction) => prediction.Inputs
        .SelectMany(i => new[] { i.Storage, i.Right })
        .Where(storage => storage is { Kind: StorageKind.Data })
        .Select(storage => _names.Data.First(d => d.Name == storage!.Name))
        .Distinct()
        .Select(data => new Held(data.Name, _names.TypeOf(data.Kind), _names.Field(data.Name), _names.Field(data.Name)));

    /// <summary>The factors that predict.</summary>
    private static IEnumerable<string> Predicting(Prediction? prediction) => prediction is null ? [] : prediction.Inputs
        .SelectMany(i => new[] { i.Storage, i.Right })
        .OfType<Storage>()
        .Where(storage => storage.Kind != StorageKind.Data)
        .Select(storage => storage.Name)
        .Concat(Scalars(prediction, TensorRole.Factor))
        .Distinct();

    private static IEnumerable<string> Scalars(Prediction prediction, TensorRole role) => prediction.Inputs
        .Where(i => i.Scalar is not null)
        .SelectMany(i => i.Scalar!.SelfAndDescendants().OfType<Leaf>())
        .Where(leaf => leaf.Tensor.Role == role)
        .Select(leaf => leaf.Tensor.Name)
        .Distinct();

    private string Element(LoopInput input) => input.Kind switch
    {
        LoopInputKind.Scalar => Parenthesised(input.Scalar!, new ScalarCode(Number, _names.Call)),
        LoopInputKind.Row => $"double.CreateChecked({VectorElement(input.Storage!, _row)})",
        LoopInputKind.Column => $"double.CreateChecked({VectorElement(input.Storage!, _column)})",
        LoopInputKind.Entry => $"double.CreateChecked({MatrixElement(input.Storage!)})",
        _ => $"{_names.Library[LibraryNames.ThinProduct]}.RowDot({View(input.Storage!)}, {_row}, {View(input.Right!)}, {_column})",
    };

    private static string Parenthesised(Expression scalar, ScalarCode code) =>
        scalar is Leaf ? code.Write(scalar) : $"({code.Write(scalar)})";

    private string Number(Tensor tensor) => tensor.Initializer is FieldNode field ? field.Code : _held.Find(h => h.Parameter == tensor.Name)?.Field ?? _names.Parameter(tensor.Name);

    private string VectorElement(Storage storage, string place) => storage.Kind == StorageKind.Data ? $"{_names.Field(storage.Name)}[{place}]"
        : _names.Factors.First(f => f.Name == storage.Name).Kind == TensorKind.RowVector ? $"{_views[storage.Name]}[0, {place}]" : $"{_views[storage.Name]}[{place}, 0]";

    private string View(Storage storage) => storage.Kind == StorageKind.Data ? $"{_names.Field(storage.Name)}.View" : _views[storage.Name];

    /// <summary>A view does not look whether a column is one of its rows'.</summary>
    private string MatrixElement(Storage storage) =>
        storage.Kind == StorageKind.Data ? $"{_names.Field(storage.Name)}[{_row}, {_column}]" : $"{_views[storage.Name]}.Row({_row})[{_column}]";

    /// <summary>A field with what the objective holds for a parameter of the loss.</summary>
    private sealed record Held(string Parameter, string Type, string Field, string Source);
}
