using AutoGradMf.Generators.Symbolics;
using AutoGradMf.Generators.Symbolics.Lowering;
using AutoGradMf.Generators.Symbolics.Model;
using AutoGradMf.Generators.Symbolics.Notation;

namespace AutoGradMf.Generators.Emission;

/// <summary>Writes the bounds of the second derivative in single factors.</summary>
internal sealed class CurvatureBoundEmitter(SourceWriter writer, CompiledLoss loss, LossNames names, DerivedFields derived, EvaluationLocals locals)
{
    private readonly LibraryNames _library = names.Library;
    private readonly List<LossParameter> _factors = [.. names.Factors];

    public void Emit()
    {
        writer.Line();
        writer.Line("/// <inheritdoc/>");
        writer.Line($"public {_library[LibraryNames.IReadOnlyList]}<bool> HasCurvatureBound {{ get; }} = "
            + $"[{string.Join(", ", loss.Plan.CurvatureBounds.Select(b => b is null ? "false" : "true"))}];");
        if (HasColumns)
        {
            var axes = _factors.Select((f, place) => loss.Bounds[place]?.IsByColumn == true || f.Kind == TensorKind.RowVector ? "Columns" : "Rows");
            writer.Line();
            writer.Line("/// <inheritdoc/>");
            writer.Line($"public {_library[LibraryNames.IReadOnlyList]}<{_library[LibraryNames.FactorAxis]}> CurvatureBoundAxes {{ get; }} = "
                + $"[{string.Join(", ", axes.Select(axis => $"{_library[LibraryNames.FactorAxis]}.{axis}"))}];");
        }

        EmitDispatch();
        for (var factor = 0; factor < _factors.Count; factor++)
        {
            if (loss.Plan.CurvatureBounds[factor] is { } evaluation)
            {
                EmitBound(factor, evaluation);
            }
        }
    }

    /// <summary>Whether bounds are of columns somewhere else than in row vectors.</summary>
    private bool HasColumns => loss.Bounds.Any(b => b?.IsByColumn == true);

    private void EmitDispatch()
    {
        var buffers = names.Buffers;
        writer.Line();
        writer.Line("/// <inheritdoc/>");
        writer.Block($"public void CurvatureBound(int {names.Factor}, {names.Over(LibraryNames.Parameters)} {names.At}, {names.Over(LibraryNames.MatrixView)} {names.Bounds}, {_library[LibraryNames.Workspace]} {names.Workspace})", () =>
        {
            var arguments = _library[LibraryNames.ObjectiveArguments];
            writer.Line($"{arguments}.RequireLayout(Layout, {names.At});");
            writer.Line($"{arguments}.RequireBounds(Layout, HasCurvatureBound, {(HasColumns ? "CurvatureBoundAxes, " : "")}{names.Factor}, {names.Bounds});");
            writer.Line($"var {buffers} = Buffers.Of(this, {names.Workspace});");
            writer.Block($"switch ({names.Factor})", () =>
            {
                for (var place = 0; place < _factors.Count; place++)
                {
                    if (loss.Plan.CurvatureBounds[place] is not null)
                    {
                        writer.Line($"case {place}:");
                        writer.Indented(() => writer.Lines([$"{names.CurvatureBoundIn(_factors[place].Name)}({names.At}, {names.Bounds}, {buffers});", "break;"]));
                    }
                }
            });
        });
    }

    private void EmitBound(int factor, Evaluation evaluation)
    {
        var (parameter, bound) = (_factors[factor], loss.Bounds[factor]!);
        writer.Line();
        writer.Line($"/// <summary>Bounds of the curvature in {Identifier.Bare(parameter.Name)}.</summary>");
        writer.Block($"private void {names.CurvatureBoundIn(parameter.Name)}({names.Over(LibraryNames.Parameters)} {names.At}, {names.Over(LibraryNames.MatrixView)} {names.BoundsOf(parameter.Name)}, Buffers {names.Buffers})", () =>
        {
            writer.Line($"// {names.BoundsOf(parameter.Name)} = {names.Notation.Text(bound.Bound!, bound.Row)}");
            locals.EmitFactors(evaluation);
            new StepEmitter(writer, names, derived, gradientOf: names.BoundsOf).Emit(evaluation);
        });
    }
}
