using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using AutoGradMf.RandomPrograms.Tests.Checking;
using AutoGradMf.RandomPrograms.Tests.Compiling;
using AutoGradMf.RandomPrograms.Tests.Programs;
using CsCheck;

namespace AutoGradMf.RandomPrograms.Tests;

/// <summary>
/// The random losses of this run, checked once; every run draws the same ones. AUTOGRADMF_PROGRAMS says how many, 360 if it says nothing,
/// and AUTOGRADMF_SEED, a number, which.
/// </summary>
internal sealed partial class RandomProgramRun
{
    private const int AtOnce = 30;
    public const int LargestDepth = 6;
    private const int EntryLossesPer = 15;
    private const int CandidatesPer = 40;

    private RandomProgramRun((IReadOnlyList<(LossProgram Program, Verdict Verdict)> Results, IReadOnlySet<string> Language) run) =>
        (Results, Language) = run;

    public static Lazy<RandomProgramRun> Instance { get; } = new(() => new(Run()));

    /// <summary>Each loss and what was found, in the order of drawing.</summary>
    public IReadOnlyList<(LossProgram Program, Verdict Verdict)> Results { get; }

    /// <summary>All that losses can be written with.</summary>
    public IReadOnlySet<string> Language { get; }

    /// <summary>The losses that fail in one of these ways; the smallest few shrunk, the others as they were drawn.</summary>
    public string Report(params FailureKind[] kinds)
    {
        const int Shrunk = 3;
        var failures = Results.Where(r => r.Verdict.Failure is { } f && kinds.Contains(f.Kind)).OrderBy(r => r.Program.Body.Size).ToArray();
        return string.Concat(failures.Select((r, place) => place < Shrunk
            ? Describe(Shrinking.Shrink(r.Program, r.Verdict.Failure!))
            : Describe((r.Program, r.Verdict.Failure!))));
    }

    /// <summary>What is refused, by the reason without what it is about: how often, and the smallest loss of each.</summary>
    public string Refusals() => string.Join("\n", Results
        .Where(r => r.Verdict.Failure?.Kind == FailureKind.Refused)
        .GroupBy(r => Quoted().Replace(r.Verdict.Failure!.Message, "…"))
        .OrderByDescending(g => g.Count())
        .Select(g => $"{g.Count()} × {g.Key}{Describe(g.Select(r => (r.Program, r.Verdict.Failure!)).MinBy(r => r.Program.Body.Size))}"));

    [GeneratedRegex("'.*'")]
    private static partial Regex Quoted();

    private static string Describe((LossProgram Program, Failure Failure) found) =>
        $"\n{found.Program.Source}\n        {found.Failure.Kind}: {found.Failure.Message}\n";

    private static (IReadOnlyList<(LossProgram, Verdict)>, IReadOnlySet<string>) Run()
    {
        IReadOnlySet<string> language = new HashSet<string>();
        var results = new ConcurrentDictionary<int, (LossProgram, Verdict)>();
        Parallel.ForEach(Draw(Option("PROGRAMS", 360)).Chunk(AtOnce), programs =>
        {
            var compiled = ProgramProject.Compile(programs);
            language = compiled.Language;
            foreach (var program in programs)
            {
                results[program.Number] = (program, ProgramCheck.Of(program, compiled) with { Used = [.. compiled.Used[program]] });
            }
        });
        return ([.. results.OrderBy(r => r.Key).Select(r => r.Value)], language);
    }

    private static int Option(string name, int otherwise) =>
        Environment.GetEnvironmentVariable("AUTOGRADMF_" + name) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;

    /// <summary>Of a few losses at a time, the one is taken that has most, for its size, of what no loss before it had.</summary>
    private static List<LossProgram> Draw(int count)
    {
        var random = PCG.Parse(Option("SEED", 0).ToString("0000000000000", CultureInfo.InvariantCulture));
        var losses = Gen.Int[2, LargestDepth].SelectMany(RandomTerm.LossOfDepth)
            .Where(body => body.Depth is > 1 and <= LargestDepth && body.DependsOnFactor)
            .Select(body => (Func<int, LossProgram>)(number => LossProgram.Create(number, body)));
        var programs = new List<LossProgram>();
        var known = new HashSet<string>(StringComparer.Ordinal);
        while (programs.Count < count)
        {
            var kind = programs.Count % EntryLossesPer == EntryLossesPer - 1 ? EntryLossProgram.Random : losses;
            var candidates = Enumerable.Range(0, CandidatesPer).Select(candidate => kind.Generate(random, null, out _)(programs.Count)).ToArray();
            var program = candidates.MaxBy(p => p.Body.Forms.Except(known).Count() / (10.0 + p.Body.Size))!;
            known.UnionWith(program.Body.Forms);
            programs.Add(program);
        }

        return programs;
    }
}
