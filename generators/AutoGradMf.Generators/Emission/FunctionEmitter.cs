using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Lowering;

namespace AutoGradMf.Generators.Emission;

/// <summary>Writes the function of a loop: a struct that the library's loops are specialised with.</summary>
internal static class FunctionEmitter
{
    /// <summary>Names the functions of loops; equal functions are written once.</summary>
    public static IReadOnlyList<LoopStep> Name(IEnumerable<LoopStep> loops, LossNames names)
    {
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        var distinct = new List<LoopStep>();
        foreach (var loop in loops)
        {
            var body = string.Join("\n", Declaration(loop, names));
            if (!known.TryGetValue(body, out var name))
            {
                known[body] = name = names.Scope.Take(Wish(loop));
                distinct.Add(loop);
            }

            loop.FunctionName = name;
        }

        return distinct;
    }

    public static void Emit(SourceWriter writer, LoopStep loop, LossNames names)
    {
        writer.Line($"/// <summary>{Summary(loop)}</summary>");
        writer.Block($"private readonly struct {loop.FunctionName} : {names.Library[LibraryNames.IEntryFunction]}", () =>
            writer.Lines(Declaration(loop, names)));
    }

    private static string Wish(LoopStep loop) => loop switch
    {
        { Outputs: [{ Into.Kind: StorageKind.Gradient, Kind: LoopOutputKind.Store } only], Sums.Count: 0 } => $"Gradient{char.ToUpperInvariant(only.Into.Name[0])}{only.Into.Name[1..]}",
        { Space.Pattern: not null, Outputs.Count: 0 } => "ObservedTerm",
        { Space.Pattern: not null } => "ObservedEntry",
        { Space: { Rows.IsLatent: false, Columns.IsLatent: false }, Outputs.Count: 0 } => "PairTerm",
        { Space: { Rows.IsLatent: false, Columns.IsLatent: false } } => "Pair",
        { Outputs.Count: 0 } => "ElementTerm",
        _ => "Element",
    };

    private static string Summary(LoopStep loop)
    {
        if (loop is { Outputs: [{ Into: { Kind: StorageKind.Gradient } into, Kind: LoopOutputKind.Store }], Sums.Count: 0 })
        {
            return $"An element of dL/d{into.Name}.";
        }

        var place = loop.Space.Pattern is { } pattern ? $"At an observed entry of {pattern}"
            : loop.Space is { Rows.IsLatent: false, Columns.IsLatent: false } ? $"At a pair of a row and a column"
            : "At an element";
        var what = (loop.Sums.Count, loop.Slots.Count) switch
        {
            (0, _) => "what is stored",
            (_, 0) => "the term of the loss",
            _ => "the term of the loss and its derivatives",
        };
        return $"{place}: {what}.";
    }

    private static IEnumerable<string> Declaration(LoopStep loop, LossNames names)
    {
        var (library, lane) = (names.Library, names.Lane);
        var scope = new NameScope(loop.Inputs.Select(i => i.Name));
        var (input, output) = (scope.Take("input"), scope.Take("output"));
        return
        [
            $"public static void Evaluate<{lane}>({library[LibraryNames.ReadOnlySpan]}<{lane}> {input}, {library[LibraryNames.Span]}<{lane}> {output})",
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

    /// <summary>A call with lanes; a user's own op, of doubles, is called lane by lane.</summary>
    private static string Call(ElementwiseFunction function, IReadOnlyList<string> arguments, string lane, LibraryNames library) =>
        function.DeclaringType == LibraryNames.LossMath
            ? $"{library[LibraryNames.LaneMath]}.{function.Name}({string.Join(", ", arguments)})"
            : $"{lane}.Map({string.Join(", ", arguments)}, global::{function.DeclaringType}.{function.Name})";
}
