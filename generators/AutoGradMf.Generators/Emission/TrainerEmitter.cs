using AutoGradMf.Generators.Symbolics.Model;

namespace AutoGradMf.Generators.Emission;

/// <summary>Writes the trainer: the library's, bound to the objective and the model of this loss.</summary>
internal static class TrainerEmitter
{
    public static void Emit(SourceWriter writer, LossModel model, LossNames names, Constructor constructor)
    {
        var (trainer, element) = (names.Trainer, names.Element);
        var (objective, parameters) = ($"{names.Objective}<{element}>", names.Over(LibraryNames.Parameters));
        writer.Line($"/// <summary>Minimises a {names.ObjectiveReference} over its factors.</summary>");
        writer.Line($"/// <typeparam name=\"{element}\">The type of the factors, float or double.</typeparam>");
        writer.Lines(model.Attributes);
        writer.Line($"{names.Declared(trainer)} : {names.Library[LibraryNames.Trainer]}<{element}, {names.Model}<{element}>>");
        writer.Indented(() => writer.Line(names.Constraint));
        writer.Line("{");
        writer.Indented(() =>
        {
            writer.Line($"private readonly {objective} _objective;");
            writer.Line();
            writer.Line("/// <summary>A trainer of the given objective.</summary>");
            writer.Lines(constructor.PriorityOfObjective);
            writer.Line($"public {trainer}({objective} objective)");
            writer.Indented(() => writer.Line(": base(objective) => _objective = objective;"));
            writer.Line();
            writer.Line("/// <summary>A trainer for the given data.</summary>");
            writer.Lines(constructor.Documentation);
            writer.Line($"public {trainer}({constructor.Parameters})");
            writer.Indented(() => writer.Line($": this(new {objective}({constructor.Arguments}))"));
            writer.Line("{");
            writer.Line("}");
            writer.Line();
            writer.Line("/// <inheritdoc/>");
            writer.Line($"protected override {names.Model}<{element}> CreateModel({parameters} parameters) => new(_objective, parameters);");
        });
        writer.Line("}");
    }
}
