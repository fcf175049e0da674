using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Lowering;
using AutoGradMf.Generators.Symbolics.Model;

namespace AutoGradMf.Generators.Emission;

/// <summary>Writes the trained model: the factors under the user's names, and the prediction where the loss has one.</summary>
internal static class ModelEmitter
{
    public static void Emit(SourceWriter writer, LossModel model, Prediction? prediction, LossNames names)
    {
        var library = names.Library;
        var scope = new NameScope([.. names.Factors.Select(f => f.Name), "Parameters", "Predict", "Rows", "Columns"]);
        var (objective, parameters) = (scope.Take("objective"), scope.Take("parameters"));
        var bases = library[LibraryNames.Model] + $"<{names.Element}>" + (prediction is null ? "" : $", {library[LibraryNames.IRatingModel]}");
        writer.Line($"/// <summary>The factors of <see cref=\"{names.LossReference}\"/>{(prediction is null ? "" : ", and the ratings that they predict")}.</summary>");
        writer.Line($"/// <typeparam name=\"{names.Element}\">The type of the factors, float or double.</typeparam>");
        writer.Line($"{model.Accessibility} sealed class {names.Model}<{names.Element}> : {bases}");
        writer.Indented(() => writer.Line(names.Constraint));
        writer.Line("{");
        writer.Indented(() =>
        {
            var held = prediction is null ? [] : Held(prediction, names).ToList();
            foreach (var (type, name, _) in held)
            {
                writer.Line($"private readonly {type} _{name};");
            }

            EmitConstructor(writer, prediction, names, held, objective, parameters);
            foreach (var factor in names.Factors)
            {
                writer.Line();
                writer.Line($"/// <summary>The trained factor {factor.Name}.</summary>");
                writer.Line($"public {(factor.Kind == TensorKind.Scalar ? "double" : names.TypeOf(factor.Kind))} {factor.Name} {{ get; }}");
            }

            if (prediction is not null)
            {
                EmitPredict(writer, prediction, names);
            }
        });
        writer.Line("}");
    }

    private static void EmitConstructor(
        SourceWriter writer, Prediction? prediction, LossNames names, List<(string Type, string Name, string Value)> held, string objective, string parameters)
    {
        writer.Line(held.Count == 0 ? "/// <summary>The model with the given factors.</summary>" : "/// <summary>The model with the given factors, and the hyperparameters that the objective has now.</summary>");
        writer.Line($"public {names.Model}({names.Objective}<{names.Element}> {objective}, {names.Over(LibraryNames.Parameters)} {parameters})");
        writer.Indented(() => writer.Line($": base({parameters})"));
        writer.Line("{");
        writer.Indented(() =>
        {
            writer.Line($"{(names.Library.Usings.Any() ? "" : "global::System.")}ArgumentNullException.ThrowIfNull({objective});");
            writer.Line($"{names.Library[LibraryNames.ObjectiveArguments]}.RequireLayout({objective}.Layout, {parameters});");
            var place = 0;
            foreach (var factor in names.Factors)
            {
                writer.Line(factor.Kind == TensorKind.Scalar
                    ? $"this.{factor.Name} = double.CreateChecked({parameters}[{place}][0, 0]);"
                    : $"this.{factor.Name} = {parameters}[{place}].To{factor.Kind}();");
                place++;
            }

            writer.Lines(held.Select(h => $"_{h.Name} = {objective}.{h.Value};"));
            if (prediction is not null)
            {
                writer.Line($"Rows = {Size(prediction.Rows, names, objective)};");
                writer.Line($"Columns = {Size(prediction.Columns, names, objective)};");
            }
        });
        writer.Line("}");
    }

    private static void EmitPredict(SourceWriter writer, Prediction prediction, LossNames names)
    {
        writer.Line();
        writer.Line("/// <inheritdoc/>");
        writer.Line("public int Rows { get; }");
        writer.Line();
        writer.Line("/// <inheritdoc/>");
        writer.Line("public int Columns { get; }");
        writer.Line();
        writer.Line("/// <inheritdoc/>");
        var inputs = prediction.Inputs.ToDictionary(i => i.Name, i => Element(i, names), StringComparer.Ordinal);
        var code = new ScalarCode(
            t => inputs.TryGetValue(t.Name, out var element) ? element : t.Name,
            (function, arguments) => $"global::{function.DeclaringType}.{function.Name}({string.Join(", ", arguments)})");
        writer.Line("public double Predict(int row, int column) =>");
        writer.Indented(() => writer.Line(code.Write(prediction.Value) + ";"));
    }

    /// <summary>Hyperparameters and data that the prediction needs beside the factors.</summary>
    private static IEnumerable<(string Type, string Name, string Value)> Held(Prediction prediction, LossNames names)
    {
        var numbers = prediction.Inputs
            .Where(i => i.Scalar is not null)
            .SelectMany(i => i.Scalar!.SelfAndDescendants().OfType<Leaf>())
            .Where(l => l.Tensor.Role == TensorRole.Hyperparameter)
            .Select(l => ("double", l.Tensor.Name.TrimStart('@'), l.Tensor.Name));
        var arrays = prediction.Inputs
            .SelectMany(i => new[] { i.Storage, i.Right })
            .Where(s => s is { Kind: StorageKind.Data })
            .Select(s => (names.TypeOf(names.Data.First(d => d.Name == s!.Name).Kind), s!.Name.TrimStart('@'), "_" + s.Name.TrimStart('@')));
        return numbers.Concat(arrays).Distinct();
    }

    private static string Size(Dimension dimension, LossNames names, string objective) => $"{objective}.{names.Dimension(dimension)}";

    private static string Element(LoopInput input, LossNames names)
    {
        string Array(Storage storage) => storage.Kind == StorageKind.Data ? "_" + storage.Name.TrimStart('@') : "this." + storage.Name;
        return input.Kind switch
        {
            LoopInputKind.Scalar => "(" + new ScalarCode(
                t => t.Role == TensorRole.Factor ? "this." + t.Name : "_" + t.Name.TrimStart('@'),
                (f, a) => $"global::{f.DeclaringType}.{f.Name}({string.Join(", ", a)})").Write(input.Scalar!) + ")",
            LoopInputKind.Row => $"double.CreateChecked({Array(input.Storage!)}[row])",
            LoopInputKind.Column => $"double.CreateChecked({Array(input.Storage!)}[column])",
            LoopInputKind.Entry => $"double.CreateChecked({Array(input.Storage!)}[row, column])",
            _ => $"{names.Library[LibraryNames.ThinProduct]}.RowDot({Array(input.Storage!)}.View, row, {Array(input.Right!)}.View, column)",
        };
    }
}
