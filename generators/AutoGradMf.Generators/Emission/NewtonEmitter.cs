using AutoGradMf.Generators.Symbolics;
using AutoGradMf.Generators.Symbolics.Analysis;
using AutoGradMf.Generators.Symbolics.Lowering;
using AutoGradMf.Generators.Symbolics.Model;
using AutoGradMf.Generators.Symbolics.Notation;

namespace AutoGradMf.Generators.Emission;

/// <summary>Writes what an objective says of single factors, and the Newton steps in them.</summary>
internal sealed class NewtonEmitter(SourceWriter writer, CompiledLoss loss, LossNames names, DerivedFields derived, EvaluationLocals locals)
{
    private readonly LibraryNames _library = names.Library;
    private readonly List<LossParameter> _factors = [.. names.Factors];

    public void Emit()
    {
        EmitBlocks();
        EmitDispatch();
        for (var factor = 0; factor < _factors.Count; factor++)
        {
            if (loss.Plan.NewtonSteps[factor] is { } evaluation)
            {
                EmitStep(factor, evaluation);
            }
        }
    }

    private void EmitBlocks()
    {
        var (curvature, systems) = (_library[LibraryNames.BlockCurvature], _library[LibraryNames.BlockSystems]);
        writer.Line();
        writer.Line("/// <inheritdoc/>");
        writer.Line($"public {_library[LibraryNames.IReadOnlyList]}<{curvature}> Blocks {{ get; }} =");
        writer.Line("[");
        writer.Indented(() => writer.Lines(_factors.Select((_, place) =>
            $"new(IsQuadratic: {(loss.Factors[place]?.Curvature.IsQuadratic == true ? "true" : "false")}, {systems}.{Systems(place)}),")));
        writer.Line("];");
    }

    private string Systems(int factor) => (loss.Plan.NewtonSteps[factor], loss.Factors[factor]?.Curvature) switch
    {
        (null, _) => "None",
        (_, { Row: null }) => "One",
        (_, { IsShared: true, IsByColumn: true }) => "SharedByColumns",
        (_, { IsShared: true }) => "SharedByRows",
        (_, { IsByColumn: true }) => "EachColumn",
        _ => "EachRow",
    };

    private void EmitDispatch()
    {
        var (parameters, buffers) = (names.Over(LibraryNames.Parameters), names.Buffers);
        writer.Line();
        writer.Line("/// <inheritdoc/>");
        writer.Block($"public void NewtonStep(int {names.Factor}, {parameters} {names.At}, {parameters} {names.Step}, {_library[LibraryNames.Workspace]} {names.Workspace})", () =>
        {
            var arguments = _library[LibraryNames.ObjectiveArguments];
            writer.Line($"{arguments}.RequireLayout(Layout, {names.At});");
            writer.Line($"{arguments}.RequireLayout(Layout, {names.Step});");
            writer.Line($"{arguments}.RequireDistinct({names.At}, {names.Step});");
            writer.Line($"var {buffers} = Buffers.Of(this, {names.Workspace});");
            writer.Block($"switch ({names.Factor})", () =>
            {
                for (var place = 0; place < _factors.Count; place++)
                {
                    if (loss.Plan.NewtonSteps[place] is not null)
                    {
                        writer.Line($"case {place}:");
                        writer.Indented(() => writer.Lines([$"{names.NewtonStepIn(_factors[place].Name)}({names.At}, {names.Step}, {buffers});", "break;"]));
                    }
                }

                writer.Line("default:");
                writer.Indented(() => writer.Line($"throw {arguments}.NoSystems(Layout, Blocks, {names.Factor});"));
            });
        });
    }

    private void EmitStep(int factor, Evaluation evaluation)
    {
        var parameters = names.Over(LibraryNames.Parameters);
        var parameter = _factors[factor];
        writer.Line();
        writer.Line($"/// <summary>The Newton step in {Identifier.Bare(parameter.Name)}.</summary>");
        writer.Block($"private void {names.NewtonStepIn(parameter.Name)}({parameters} {names.At}, {parameters} {names.Step}, Buffers {names.Buffers})", () =>
        {
            locals.EmitFactors(evaluation);
            writer.Line($"var {names.GradientOf(parameter.Name)} = {names.Step}[{factor}]{EvaluationLocals.AsColumn(parameter)};");
            writer.Line();
            var steps = new StepEmitter(writer, names, derived);
            steps.Emit(evaluation with { Steps = [.. evaluation.Steps.Where(s => s is not SystemsStep)] });
            var curvature = loss.Factors[factor]!.Curvature;
            var systems = evaluation.Steps.OfType<SystemsStep>().Single();
            writer.Line($"// {steps.Solution(systems)}{(curvature.Row is null ? "" : $" in each row{(curvature.IsByColumn ? $", a column of {Identifier.Bare(parameter.Name)}" : "")}")}, A = {CapabilityText.SecondDerivative(curvature)}");
            steps.Emit(systems);
        });
    }
}
