using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Lowering;
using AutoGradMf.Generators.Symbolics.Model;

namespace AutoGradMf.Generators.Emission;

/// <summary>Writes the locals that an evaluation begins with: views of the factors, or numbers, as far as its steps read them.</summary>
internal sealed class EvaluationLocals(SourceWriter writer, LossNames names)
{
    /// <summary>Locals for the factors that the steps read.</summary>
    public void EmitFactors(Evaluation evaluation) => EmitViews(
        names.At, names.Parameter, f => Reads(evaluation, f, StorageKind.Factor, TensorRole.Factor, TensorRole.Frozen), ofNumbers: true);

    /// <summary>Locals for the parts of a direction that the steps read.</summary>
    public void EmitDirections(Evaluation evaluation) => EmitViews(
        names.Direction, names.DirectionOf, f => Reads(evaluation, f, StorageKind.Direction, TensorRole.Direction), ofNumbers: true);

    /// <summary>Locals for the factors' parts of a buffer: views, or numbers where those are read.</summary>
    public void EmitViews(string buffer, Func<string, string> local, Func<string, bool>? isUsed = null, bool ofNumbers = false)
    {
        var place = 0;
        foreach (var factor in names.Factors)
        {
            if (isUsed?.Invoke(factor.Name) != false)
            {
                writer.Line(ofNumbers && factor.Kind == TensorKind.Scalar
                    ? $"var {local(factor.Name)} = double.CreateChecked({buffer}[{place}][0, 0]);"
                    : $"var {local(factor.Name)} = {buffer}[{place}]{AsColumn(factor)};");
            }

            place++;
        }
    }

    /// <summary>A vector is a column to the kernels.</summary>
    public static string AsColumn(LossParameter factor) => factor.Kind == TensorKind.RowVector ? ".AsColumn" : "";

    private static bool Reads(Evaluation evaluation, string factor, StorageKind kind, params TensorRole[] roles)
    {
        bool InNumber(Expression? e) => e is not null && e.SelfAndDescendants().OfType<Leaf>().Any(l => roles.Contains(l.Tensor.Role) && l.Tensor.Name == factor);
        bool IsIt(Storage? s) => s is not null && s.Kind == kind && s.Name == factor;
        bool InRows(IEnumerable<RowTerm> rows) => rows.Any(r => IsIt(r.Matrix));
        bool InStep(Step? step) => step?.Numbers.Any(InNumber) == true || step switch
        {
            ProductStep p => IsIt(p.Left) || IsIt(p.Right),
            MomentStep m => IsIt(m.Outer) || IsIt(m.Left) || IsIt(m.Right),
            TensorStep t => t.Terms.Any(term => term.Operands.Any(o => IsIt(o.Storage))),
            LoopStep l => l.Inputs.Any(i => IsIt(i.Storage) || IsIt(i.Right)) || l.Outputs.Any(o => IsIt(o.With)),
            SystemsStep s => IsIt(s.At) || s.Terms.Any(t => IsIt(t.Weights) || IsIt(t.Array) || IsIt(t.Slopes) || InRows(t.Rows ?? [])) || InStep(s.Weights),
            GatherStep g => InRows(g.Terms) || (g is ScatterStep s && IsIt(s.Weights)),
            _ => false,
        };

        return InNumber(evaluation.Result) || evaluation.Steps.Any(InStep);
    }
}
