using System.Collections.Concurrent;
using System.Globalization;
using AutoGradMf.RandomPrograms.Tests.Checking;
using AutoGradMf.RandomPrograms.Tests.Compiling;
using AutoGradMf.RandomPrograms.Tests.Programs;
using CsCheck;

namespace AutoGradMf.RandomPrograms.Tests;

/// <summary>
/// The random losses of this run, checked once; every run draws the same ones. AUTOGRADMF_PROGRAMS says how many, 300 if it says nothing,
/// and AUTOGRADMF_SEED, a number, which.
/// </summary>
internal sealed class RandomProgramRun
{
    private const int AtOnce = 30;
    public const int LargestDepth = 6;
    private const int EntryLossesPer = 15;

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

    private static string Describe((LossProgram Program, Failure Failure) found) =>
        $"\n{found.Program.Source}\n        {found.Failure.Kind}: {found.Failure.Message}\n";

    private static (IReadOnlyList<(LossProgram, Verdict)>, IReadOnlySet<string>) Run()
    {
        IReadOnlySet<string> language = new HashSet<string>();
        var results = new ConcurrentDictionary<int, (LossProgram, Verdict)>();
        Parallel.ForEach(Draw(Option("PROGRAMS", 300)).Chunk(AtOnce), programs =>
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

    private static List<LossProgram> Draw(int count)
    {
        var random = PCG.Parse(Option("SEED", 0).ToString("0000000000000", CultureInfo.InvariantCulture));
        var losses = Gen.Int[2, LargestDepth].SelectMany(RandomTerm.LossOfDepth);
        var programs = new List<LossProgram>();
        while (programs.Count < count)
        {
            if (programs.Count % EntryLossesPer == EntryLossesPer - 1)
            {
                programs.Add(EntryLossProgram.Random.Generate(random, null, out _)(programs.Count));
                continue;
            }

            var body = losses.Generate(random, null, out _);
            if (body.Depth is > 1 and <= LargestDepth && body.DependsOnFactor)
            {
                programs.Add(LossProgram.Create(programs.Count, body));
            }
        }

        return programs;
    }
}
