using AutoGradMf.Generators.Symbolics.Model;

namespace AutoGradMf.Generators.Emission;

/// <summary>
/// Writes the public surface of a loss that has errors. Without it the compiler would stop at the missing types, and never show
/// the errors that matter.
/// </summary>
internal static class StandInEmitter
{
    public static void Emit(SourceWriter writer, LossModel model, LossNames names, Constructor constructor)
    {
        var library = names.Library;
        var system = library.Usings.Any() ? "" : "global::System.";
        var failure = $"throw new {system}InvalidOperationException(\"The loss {model.Name} has errors, which the compiler lists.\");";
        var (element, parameters, workspace) = (names.Element, names.Over(LibraryNames.Parameters), library[LibraryNames.Workspace]);
        Type(writer, model, names, names.Objective, names.Over(LibraryNames.IObjective), () =>
        {
            writer.Line($"public {names.Objective}({constructor.Parameters}) => {failure}");
            writer.Lines(names.Hyperparameters.Select(h => $"public double {h.Name} {{ get; set; }}"));
            writer.Line($"public {library[LibraryNames.ParameterLayout]} Layout => {failure}");
            writer.Line($"public {workspace} CreateWorkspace({library[LibraryNames.Workers]}? workers = null) => {failure}");
            writer.Line($"public double Value({parameters} at, {workspace} workspace) => {failure}");
            writer.Line($"public double ValueAndGradient({parameters} at, {parameters} gradient, {workspace} workspace) => {failure}");
            writer.Line($"public double Reference({parameters} at) => {failure}");
        });
        Type(writer, model, names, names.Model, $"{library[LibraryNames.Model]}<{element}>, {library[LibraryNames.IRatingModel]}", () =>
        {
            writer.Line($"public {names.Model}({names.Objective}<{element}> objective, {parameters} parameters) : base(parameters) => {failure}");
            writer.Lines(names.Factors.Select(f =>
                $"public {(f.Kind == TensorKind.Scalar ? "double" : names.TypeOf(f.Kind))} {f.Name} => {failure}"));
            writer.Line($"public int Rows => {failure}");
            writer.Line($"public int Columns => {failure}");
            writer.Line($"public double Predict(int row, int column) => {failure}");
        });
        Type(writer, model, names, names.Trainer, $"{library[LibraryNames.Trainer]}<{element}, {names.Model}<{element}>>", () =>
        {
            writer.Line($"public {names.Trainer}({names.Objective}<{element}> objective) : base(objective) => {failure}");
            writer.Line($"public {names.Trainer}({constructor.Parameters}) : this(new {names.Objective}<{element}>({constructor.Arguments})) => {failure}");
            writer.Line($"protected override {names.Model}<{element}> CreateModel({parameters} parameters) => {failure}");
        });
    }

    private static void Type(SourceWriter writer, LossModel model, LossNames names, string name, string bases, Action members)
    {
        writer.Line($"/// <summary>Stands in for what is generated of <see cref=\"{names.LossReference}\"/> once its errors are mended.</summary>");
        writer.Line($"{model.Accessibility} sealed class {name}<{names.Element}> : {bases}");
        writer.Indented(() => writer.Line(names.Constraint));
        writer.Line("{");
        writer.Indented(members);
        writer.Line("}");
        writer.Line();
    }
}
