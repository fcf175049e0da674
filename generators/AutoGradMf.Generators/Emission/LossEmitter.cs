using AutoGradMf.Generators.Symbolics;
using AutoGradMf.Generators.Symbolics.Checks;
using AutoGradMf.Generators.Symbolics.Model;

namespace AutoGradMf.Generators.Emission;

/// <summary>Writes the generated file of a loss: the header, and the generated types inside the user's partial type.</summary>
internal static class LossEmitter
{
    /// <summary>Compiles and writes a loss. A loss with problems gets the same types, whose constructors throw.</summary>
    /// <exception cref="LossException">It, or the code that is generated of it, is too large, and the review that would say so does not see that.</exception>
    public static string Emit(LossModel model)
    {
        var names = new LossNames(model);
        var (compiled, problems) = model.Body is null ? (null, []) : LossCompiler.Compile(model, names.Scope);
        if (problems.Any(IsOfSize) && !LossReview.Of(model).Problems.Any(IsOfSize))
        {
            throw new LossException(problems);
        }

        var constructor = new Constructor(model, names, compiled?.Shapes);
        var types = new SourceWriter();
        Nest(types, model, isStandIn: compiled is null, () =>
        {
            if (compiled is null)
            {
                new StandInEmitter(types, model, names, constructor).Emit();
                return;
            }

            new ObjectiveEmitter(types, model, compiled, names, constructor).Emit();
            types.Line();
            new ModelEmitter(types, model, compiled.Prediction, names).Emit();
            types.Line();
            TrainerEmitter.Emit(types, model, names, constructor);
        });

        var head = new SourceWriter();
        HeaderEmitter.Emit(head, model, compiled, names);
        head.Line("#nullable enable");
        if (compiled is null)
        {
            head.Line("#pragma warning disable CS1591 // What only stands in has no documentation.");
        }

        if (model.Warnings.Count > 0)
        {
            head.Line($"#pragma warning disable {string.Join(", ", model.Warnings)} // The loss uses members of which the compiler says this.");
        }

        head.Line();
        if (names.Library.Namespaces.Any())
        {
            head.Lines(names.Library.Namespaces.Select(n => $"using {n};"));
            head.Line();
        }

        return head.ToString() + types;
    }

    private static bool IsOfSize(Problem problem) => problem.Rule == RuleNames.TooLarge;

    private static void Nest(SourceWriter writer, LossModel model, bool isStandIn, Action body)
    {
        void Open(int level)
        {
            if (level == model.ContainingTypes.Count)
            {
                body();
            }
            else
            {
                writer.Block(model.ContainingTypes[level].Header, () => Open(level + 1));
            }
        }

        if (model.Namespace.Length == 0)
        {
            Open(0);
        }
        else if (isStandIn)
        {
            // Also what is too old for generated code reads this.
            writer.Block($"namespace {model.Namespace}", () => Open(0));
        }
        else
        {
            writer.Line($"namespace {model.Namespace};");
            writer.Line();
            Open(0);
        }
    }
}
