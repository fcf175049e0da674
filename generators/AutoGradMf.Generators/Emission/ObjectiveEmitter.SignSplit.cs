using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Lowering;
using AutoGradMf.Generators.Symbolics.Model;

namespace AutoGradMf.Generators.Emission;

/// <summary>The gradient split by sign.</summary>
internal sealed partial class ObjectiveEmitter
{
    private void EmitSignSplit(Evaluation evaluation)
    {
        var parameters = names.Over(LibraryNames.Parameters);
        var arguments = _library[LibraryNames.ObjectiveArguments];
        writer.Line();
        writer.Line("/// <inheritdoc/>");
        writer.Block($"public void SignSplit({parameters} {names.At}, {parameters} {names.Positive}, {parameters} {names.Negative}, {_library[LibraryNames.Workspace]} {names.Workspace})", () =>
        {
            writer.Lines(new[] { names.At, names.Positive, names.Negative }.Select(p => $"{arguments}.RequireLayout(Layout, {p});"));
            writer.Line($"{arguments}.RequireDistinct({names.At}, {names.Positive});");
            writer.Line($"{arguments}.RequireDistinct({names.At}, {names.Negative});");
            writer.Line($"{arguments}.RequireDistinct({names.Positive}, {names.Negative});");
            if (UsesBuffers(evaluation))
            {
                writer.Line($"var {names.Buffers} = Buffers.Of(this, {names.Workspace});");
            }

            _locals.EmitFactors(evaluation);
            _locals.EmitViews(names.Positive, names.PositiveOf);
            _locals.EmitViews(names.Negative, names.NegativeOf);
            writer.Line();
            new StepEmitter(writer, names, _derived, gradientOf: names.PositiveOf).Emit(evaluation);
        });
        writer.Line();
        writer.Line("/// <inheritdoc/>");
        writer.Line($"public string? FindNegative() => {string.Concat(loss.SignSplit.NonNegative.Select(n => $"{IsNegative(n)} ? \"{Identifier.Bare(n)}\" : "))}null;");
    }

    private string IsNegative(string parameter) => names.Hyperparameters.Any(h => h.Name == parameter)
        ? $"{names.Parameter(parameter)} < 0"
        : $"{_library[LibraryNames.ObjectiveArguments]}.HasNegative({names.Field(parameter)}.View)";
}
