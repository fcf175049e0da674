using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Lowering;

namespace AutoGradMf.Generators.Emission;

/// <summary>The function of a loop, as it is written.</summary>
internal sealed record LoopFunction(string Name, string Summary, IReadOnlyList<string> Lines);

/// <summary>Writes the function of a loop: a struct that the library's loops are specialised with.</summary>
internal static class FunctionEmitter
{
    /// <summary>Names the functions of a plan's loops, each with what to say of it; equal functions are written once.</summary>
    public static IReadOnlyList<LoopFunction> Name(Plan plan, LossNames names)
    {
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        var distinct = new List<LoopFunction>();
        foreach (var (loop, purpose) in Loops(plan))
        {
            var lines = Declaration(loop, names).ToList();
            var body = string.Join("\n", lines);
            if (!known.TryGetValue(body, out var name))
            {
                known[body] = name = names.Scope.Take(Wish(loop, purpose));
                distinct.Add(new(name, Summary(loop, purpose), lines));
            }

            loop.FunctionName = name;
        }

        return distinct;
    }

    private static IEnumerable<(LoopStep Loop, LoopPurpose Purpose)> Loops(Plan plan)
    {
        foreach (var evaluation in plan.Evaluations.Prepend(plan.Construction))
        {
            var purpose = ReferenceEquals(evaluation, plan.HessianVectorProduct) ? LoopPurpose.Product
                : ReferenceEquals(evaluation, plan.SignSplit) ? LoopPurpose.Split
                : plan.CurvatureBounds.Contains(evaluation) ? LoopPurpose.Bound
                : LoopPurpose.Gradient;
            foreach (var loop in evaluation.Steps.OfType<LoopStep>())
            {
                yield return (loop, purpose);
            }

            foreach (var loop in evaluation.Steps.OfType<SystemsStep>().Select(s => s.Weights).OfType<LoopStep>())
            {
                yield return (loop, LoopPurpose.Weight);
            }
        }

        foreach (var sample in plan.Samples)
        {
            var isUnread = !sample.Sum.IsOfSamples;
            yield return (sample.Function, isUnread ? LoopPurpose.Unread : LoopPurpose.Sample);
            if (sample.Penalty is { } penalty)
            {
                yield return (penalty, isUnread ? LoopPurpose.UnreadPenalty : LoopPurpose.SamplePenalty);
            }
        }
    }

    public static void Emit(SourceWriter writer, LoopFunction function, LossNames names)
    {
        writer.Line($"/// <summary>{function.Summary}</summary>");
        writer.Block($"private readonly struct {function.Name} : {names.Library[LibraryNames.IEntryFunction]}", () => writer.Lines(function.Lines));
    }

    /// <summary>What a loop's evaluation is for.</summary>
    private enum LoopPurpose
    {
        Gradient,
        Product,
        Split,
        Bound,
        Weight,
        Sample,
        SamplePenalty,
        Unread,
        UnreadPenalty,
    }

    private static string Wish(LoopStep loop, LoopPurpose purpose)
    {
        if (purpose is LoopPurpose.Sample or LoopPurpose.SamplePenalty or LoopPurpose.Unread or LoopPurpose.UnreadPenalty)
        {
            return purpose.ToString() + (purpose is LoopPurpose.Sample or LoopPurpose.Unread ? "Term" : "");
        }

        var place = loop.Space switch
        {
            { Pattern: not null } => "Observed",
            { Rows.IsLatent: false, Columns.IsLatent: false } => "Pair",
            _ => "Element",
        };
        return (GradientOf(loop), loop.Outputs.Count) switch
        {
            _ when purpose == LoopPurpose.Weight => place + purpose,
            ({ } factor, _) => $"{(purpose == LoopPurpose.Split ? PartOf(loop) : purpose.ToString())}{char.ToUpperInvariant(factor[0])}{factor[1..]}",
            (_, 0) => place + "Term",
            _ => (place == "Observed" ? "ObservedEntry" : place) + (purpose == LoopPurpose.Gradient ? "" : purpose.ToString()),
        };
    }

    private static string Summary(LoopStep loop, LoopPurpose purpose)
    {
        if (SummaryOfSamples(purpose) is { } ofSamples)
        {
            return ofSamples;
        }

        if (GradientOf(loop) is { } factor)
        {
            return purpose switch
            {
                LoopPurpose.Product => $"An element of the Hessian times a direction, in {factor}.",
                LoopPurpose.Split => PartOf(loop) switch
                {
                    "Positive" => $"An element of what is added in dL/d{factor}.",
                    "Negative" => $"An element of what is subtracted in dL/d{factor}.",
                    _ => $"An element of what is added and of what is subtracted in dL/d{factor}.",
                },
                LoopPurpose.Bound => $"A bound of the curvature in a row of {factor}.",
                _ => $"An element of dL/d{factor}.",
            };
        }

        var place = loop.Space.Pattern is { } pattern ? $"At an observed entry of {pattern}"
            : loop.Space is { Rows.IsLatent: false, Columns.IsLatent: false } ? "At a pair of a row and a column"
            : "At an element";
        var what = (loop.Sums.Count, loop.Slots.Count) switch
        {
            _ when purpose == LoopPurpose.Product => "what the Hessian times a direction needs",
            _ when purpose == LoopPurpose.Split => "what the gradient split by sign needs",
            _ when purpose == LoopPurpose.Weight => "its weight in the systems of a Newton step",
            _ when purpose == LoopPurpose.Bound => "what the bounds of the curvature need",
            (0, _) => "what is stored",
            (_, 0) => "the term of the loss",
            _ => "the term of the loss and its derivatives",
        };
        return $"{place}: {what}.";
    }

    private static string? SummaryOfSamples(LoopPurpose purpose) => purpose switch
    {
        LoopPurpose.Sample => "Of a sample: the coefficients of its gradient.",
        LoopPurpose.SamplePenalty => "Of a sample: the derivatives of its shares of penalties on single elements.",
        LoopPurpose.Unread => "Of what no sample reads: the coefficients of the gradient of its regularizer.",
        LoopPurpose.UnreadPenalty => "Of what no sample reads: the derivatives of penalties on single elements.",
        _ => null,
    };

    /// <summary>Which parts of a gradient split by sign a loop stores.</summary>
    private static string PartOf(LoopStep loop) => loop.Outputs.Select(o => o.Into.Kind).Distinct().ToList() switch
    {
        [StorageKind.Gradient] => "Positive",
        [StorageKind.NegativePart] => "Negative",
        _ => "Split",
    };

    /// <summary>The factor whose gradient, product, or parts by sign a loop stores and nothing else.</summary>
    private static string? GradientOf(LoopStep loop) =>
        loop.Sums.Count == 0
        && loop.Outputs.Count > 0
        && loop.Outputs.All(o => o is { Into.Kind: StorageKind.Gradient or StorageKind.NegativePart, Kind: LoopOutputKind.Store })
        && loop.Outputs.Select(o => o.Into.Name).Distinct().ToList() is [var factor] ? Identifier.Bare(factor) : null;

    private static IEnumerable<string> Declaration(LoopStep loop, LossNames names)
    {
        var (library, lane) = (names.Library, names.Lane);
        var scope = new NameScope(loop.Inputs.Select(i => i.Name));
        var (input, output) = (scope.Take("input"), scope.Take("output"));
        return
        [
            $"public static void Evaluate<{lane}>({library[LibraryNames.Lanes]}<{lane}> {input}, {library[LibraryNames.Lanes]}<{lane}> {output})",
            $"    where {lane} : struct, {library[LibraryNames.ILane]}<{lane}>",
            "{",
            .. Body(loop, scope, lane, input, output, library).Select(line => "    " + line),
            "}",
        ];
    }

    private static IEnumerable<string> Body(LoopStep loop, NameScope scope, string lane, string input, string output, LibraryNames library)
    {
        var results = loop.Sums.Select(s => s.Term).Concat(loop.Slots).ToList();
        var code = new ScalarCode(t => Identifier.Escaped(t.Name), (function, arguments) => Call(function, arguments, lane, library));
        code.Count(results);
        for (var i = 0; i < loop.Inputs.Count; i++)
        {
            yield return $"var {Identifier.Escaped(loop.Inputs[i].Name)} = {input}[{i}];";
        }

        for (var r = 0; r < results.Count; r++)
        {
            foreach (var (name, definition) in code.Locals(results[r], scope.Take))
            {
                yield return $"var {name} = {definition};";
            }

            yield return $"{output}[{r}] = {code.Write(results[r])};";
        }
    }

    /// <summary>Whether an argument is a number, from which a lane cannot be inferred.</summary>
    private static bool IsNumber(string argument) => double.TryParse(
        argument.TrimEnd('d'), System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out _);

    /// <summary>A call with lanes; a user's own op, of doubles, is called lane by lane.</summary>
    private static string Call(ElementwiseFunction function, IReadOnlyList<string> arguments, string lane, LibraryNames library) =>
        function.DeclaringType == LibraryNames.LossMath
            ? $"{library[LibraryNames.LaneMath]}.{function.Name}{(arguments.Any(IsNumber) ? $"<{lane}>" : "")}({string.Join(", ", arguments)})"
            : $"{lane}.Map({string.Join(", ", arguments)}, global::{function.DeclaringType}.{Identifier.Escaped(function.Name)})";
}
