using AutoGradMf.RandomPrograms.Tests.Checking;
using AutoGradMf.RandomPrograms.Tests.Compiling;

namespace AutoGradMf.RandomPrograms.Tests.Programs;

/// <summary>
/// Finds a smallest loss that fails alike. CsCheck shrinks by drawing again, which would take thousands of compilations; replacing
/// sub-expressions by what is in them, or by a parameter, takes a dozen.
/// </summary>
internal static class Shrinking
{
    private const int AtOnce = 60;

    public static (LossProgram Program, Failure Failure) Shrink(LossProgram program, Failure failure)
    {
        while (program.Smaller()
            .Where(p => p.Body.Size < program.Body.Size)
            .DistinctBy(p => p.Source)
            .OrderBy(p => p.Body.Size)
            .Select((smaller, place) => smaller.WithNumber(program.Number + (place * 1000 * 1000)))
            .Chunk(AtOnce)
            .Select(candidates => Failing(candidates, failure))
            .FirstOrDefault(found => found is not null) is { } smaller)
        {
            (program, failure) = (smaller.Program.WithNumber(program.Number), smaller.Failure);
        }

        return (program, failure);
    }

    private static FailingProgram? Failing(LossProgram[] candidates, Failure failure)
    {
        var compiled = ProgramProject.Compile(candidates);
        return candidates
            .Select(p => (Program: p, ProgramCheck.Of(p, compiled).Failure))
            .Where(c => c.Failure?.IsLike(failure) == true)
            .Select(c => new FailingProgram(c.Program, c.Failure!))
            .FirstOrDefault();
    }

    /// <summary>The expressions of the same type that are made of less. An index is none of numbers, though its type has their shape.</summary>
    public static IEnumerable<Term> Smaller(Term term)
    {
        var replacements = term.All.Skip(1).Concat(Vocabulary.Leaves(term.Type))
            .Where(t => t.Type == term.Type && t.Size < term.Size && t.Parameter?.RowsInto == term.Parameter?.RowsInto);
        foreach (var replacement in replacements)
        {
            yield return replacement;
        }

        for (var place = 0; place < term.Parts.Length; place++)
        {
            foreach (var smaller in Smaller(term.Parts[place]))
            {
                yield return term.With(place, smaller);
            }
        }
    }

    private sealed record FailingProgram(LossProgram Program, Failure Failure);
}
