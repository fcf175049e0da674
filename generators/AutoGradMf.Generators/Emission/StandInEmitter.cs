using AutoGradMf.Generators.Symbolics.Model;

namespace AutoGradMf.Generators.Emission;

/// <summary>
/// Writes the public surface of a loss that has errors. Without it the compiler would stop at the missing types, and never show
/// the errors that matter.
/// </summary>
internal sealed class StandInEmitter(SourceWriter writer, LossModel model, LossNames names, Constructor constructor)
{
    private readonly LibraryNames _library = names.Library;

    public void Emit()
    {
        var (element, parameters, workspace) = (names.Element, names.Over(LibraryNames.Parameters), _library[LibraryNames.Workspace]);
        var failure = $"throw new {_library[LibraryNames.InvalidOperationException]}(\"{model.Name} has errors, which the compiler lists.\");";
        Type(names.Objective, names.Over(LibraryNames.IObjective),
        [
            $"public {names.Objective}({constructor.Parameters}) => {failure}",
            .. names.Hyperparameters.Select(h => $"public double {names.Parameter(h.Name)} {{ get; set; }}"),
            $"public {_library[LibraryNames.ParameterLayout]} Layout => {failure}",
            $"public {workspace} CreateWorkspace({_library[LibraryNames.Workers]}? {names.Workers} = null) => {failure}",
            $"public double Value({parameters} {names.At}, {workspace} {names.Workspace}) => {failure}",
            $"public double ValueAndGradient({parameters} {names.At}, {parameters} {names.Gradient}, {workspace} {names.Workspace}) => {failure}",
            $"public double Reference({parameters} {names.At}) => {failure}",
        ]);
        writer.Line();
        Type(names.Model, $"{names.Over(LibraryNames.Model)}, {_library[LibraryNames.IRatingModel]}",
        [
            $"public {names.Model}({names.Objective}<{element}> objective, {parameters} parameters) : base(parameters) => {failure}",
            .. names.Factors.Select(f =>
                $"public {(f.Kind == TensorKind.Scalar ? "double" : names.TypeOf(f.Kind))} {names.Parameter(f.Name)} => {failure}"),
            $"public int Rows => {failure}",
            $"public int Columns => {failure}",
            $"public double Predict(int row, int column) => {failure}",
        ]);
        writer.Line();
        Type(names.Trainer, $"{_library[LibraryNames.Trainer]}<{element}, {names.Model}<{element}>>",
        [
            .. constructor.PriorityOfObjective,
            $"public {names.Trainer}({names.Objective}<{element}> objective) : base(objective) => {failure}",
            $"public {names.Trainer}({constructor.Parameters}) : this(new {names.Objective}<{element}>({constructor.Arguments})) => {failure}",
            $"protected override {names.Model}<{element}> CreateModel({parameters} parameters) => {failure}",
        ]);
    }

    private void Type(string name, string bases, IEnumerable<string> members)
    {
        writer.Line($"/// <summary>Stands in for what is generated of {names.LossReference} once its errors are mended.</summary>");
        writer.Lines(model.Attributes);
        writer.Line($"{names.Declared(name)} : {bases}");
        writer.Indented(() => writer.Line(names.Constraint));
        writer.Line("{");
        writer.Indented(() => writer.Lines(members));
        writer.Line("}");
    }
}
