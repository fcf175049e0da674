using System.Diagnostics;
using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using AutoGradMf.Initialization;
using AutoGradMf.Objectives;
using AutoGradMf.Optimizers;

namespace AutoGradMf.Training;

/// <summary>
/// The checkpoints of one run of training: a mark, what was trained, the settings of the optimizer, the data and hyperparameters of the loss, the validation, the point, the objective there, the state of the run, and the SHA-256
/// digest of all that.
/// </summary>
internal sealed class CheckpointFile<TElement>(
    Checkpoints options, IOptimizer<TElement> optimizer, IObjective<TElement> objective, Validation<TElement>? validation, Action<CheckpointException> warn)
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    private readonly ParameterLayout _layout = objective.Layout;
    private const string Mark = "AutoGradMf checkpoint 14";
    private const string BeginAnew = "Begin anew, or give the path of another checkpoint.";
    private readonly string _validation = validation?.Describe() ?? "no validation";
    private readonly Lazy<string> _inputs = new(() => string.Join('\n', objective.Inputs.Select(DataFingerprint.Of)));
    private readonly StateCopy _kept = new();
    private long _lastSaved = Stopwatch.GetTimestamp();

    private string Temporary => options.Path + ".new";

    /// <summary>Why the last checkpoint could not be written; null if it was, or none was due.</summary>
    public CheckpointException? Failure { get; private set; }

    /// <summary>Whether to go on from the file.</summary>
    public bool IsResumed => options.Resume && File.Exists(options.Path);

    /// <summary>Makes sure, before training takes its time, that there is somewhere to save it.</summary>
    /// <exception cref="CheckpointException">No file can be written there.</exception>
    public void RequireWritable()
    {
        try
        {
            if (Directory.Exists(options.Path))
            {
                throw new IOException("It is a folder.");
            }

            using var file = new FileStream(Temporary, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CheckpointException($"The checkpoint {options.Path} cannot be written: {exception.Message} Give the path of a file in a folder that exists and may be written to.", options.Path, exception);
        }
    }

    public bool IsDue(int iterations) =>
        (options.EveryIterations is { } every && iterations % every == 0) || Stopwatch.GetElapsedTime(_lastSaved) >= options.Every;

    /// <summary>Keeps a copy of where a run is between iterations.</summary>
    public void Keep(OptimizerRun<TElement> run, MinimizationRun<TElement> state)
    {
        _kept.Clear();
        _kept.Visit(run.Point.Values);
        var objective = run.Objective;
        _kept.Visit(ref objective);
        state.Visit(_kept);
    }

    /// <summary>Saves what was kept. A full disk or a folder that is gone must not cost the model: training goes on, and tries again when the next checkpoint is due.</summary>
    public void SaveKept()
    {
        try
        {
            WriteKept();
            Failure = null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Failure = new($"The checkpoint {options.Path} could not be written: {exception.Message} The file is the last that could be, if there is one.", options.Path, exception);
            RemoveTemporary();
            warn(Failure);
        }

        _lastSaved = Stopwatch.GetTimestamp();
    }

    /// <summary>A part of a checkpoint is of no use, and takes what a full disk lacks.</summary>
    private void RemoveTemporary()
    {
        try
        {
            File.Delete(Temporary);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // What could not be written need not be there, either.
        }
    }

    /// <summary>Writes it beside the last checkpoint, and puts it in its place when it is safely stored.</summary>
    private void WriteKept()
    {
        var head = new StateCopy();
        head.Visit(Mark);
        head.Visit(Training);
        head.Visit(Settings);
        head.Visit(_inputs.Value);
        head.Visit(_validation);
        using (var file = new FileStream(Temporary, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            head.Write(file, digest);
            _kept.Write(file, digest);
            file.Write(digest.GetHashAndReset());
            file.Flush(flushToDisk: true);
        }

        File.Move(Temporary, options.Path, overwrite: true);
    }

    /// <summary>The run as it was saved, to go on with.</summary>
    /// <param name="begin">Begins a run at the saved point.</param>
    /// <param name="resume">Makes what iterates it.</param>
    /// <exception cref="CheckpointException">The file is not complete, or is of another training.</exception>
    public MinimizationRun<TElement> Load(
        Func<Parameters<TElement>, OptimizerRun<TElement>> begin, Func<OptimizerRun<TElement>, MinimizationRun<TElement>> resume)
    {
        using var file = new FileStream(options.Path, FileMode.Open, FileAccess.Read, FileShare.Read);
        var reader = Open(file, options.Path);
        reader.Require(
            Training, "training of", $"Resume it with what it was written with, or start from the same factors with {nameof(CheckpointStart<>)}.");
        RequireSame("settings", $"by {optimizer.Name} ", reader.Text(), Settings);
        RequireSame("data and hyperparameters", string.Empty, reader.Text(), _inputs.Value);
        RequireSame("validation", string.Empty, reader.Text(), _validation);
        var point = new Parameters<TElement>(_layout);
        reader.Visit(point.Values);
        var objective = 0.0;
        reader.Visit(ref objective);
        var run = begin(point);
        if (!run.Objective.Equals(objective))
        {
            throw new CheckpointException(
                options.Path,
                string.Create(CultureInfo.InvariantCulture, $"the objective of its factors is {run.Objective:R} here and was {objective:R} when it was written, so the loss, the data, a hyperparameter or the processor differs"),
                $"Bring back what it was written with, or start from its factors with {nameof(CheckpointStart<>)}.");
        }

        var state = resume(run);
        state.Visit(reader);
        reader.RequireEnd();
        return run.Mismatch is { } mismatch
            ? throw new CheckpointException(options.Path, mismatch, $"Resume it with the same settings, or start from its factors with {nameof(CheckpointStart<>)}.")
            : state;
    }

    /// <summary>The factors in a checkpoint, whatever trained them.</summary>
    /// <exception cref="CheckpointException">The file is not complete, or is of other factors.</exception>
    public static Parameters<TElement> Factors(string path, ParameterLayout layout)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        var reader = Open(file, path);
        var training = reader.Text();
        _ = reader.Text();
        _ = reader.Text();
        _ = reader.Text();
        var expected = Describe(layout);
        if (!training.Contains($" in {expected} by ", StringComparison.Ordinal))
        {
            throw new CheckpointException(path, $"it is training of \"{training}\", and expected are the factors {expected}", "Start from a checkpoint of the same factors.");
        }

        var point = new Parameters<TElement>(layout);
        reader.Visit(point.Values);
        return point;
    }

    private static StateReader Open(FileStream file, string path)
    {
        RequireDigest(file, path);
        var reader = new StateReader(file, file.Length - SHA256.HashSizeInBytes, path);
        reader.Require(Mark, "a file of", "Resume it with the version that wrote it, or train anew.");
        return reader;
    }

    private static string Describe(ParameterLayout layout) =>
        $"{typeof(TElement).Name} {string.Join(", ", layout.Factors.Select(f => string.Create(CultureInfo.InvariantCulture, $"{f.Name} {f.Rows}×{f.Columns}")))}";

    /// <summary>What a checkpoint must agree in.</summary>
    private string Training => $"{objective.GetType().Name.Split('`')[0]} in {Describe(_layout)} by {optimizer.Name}";

    /// <summary>A line for each setting.</summary>
    private string Settings => string.Join('\n', optimizer.Settings.Select(s => $"{s.Name} {s.Text}"));

    /// <summary>Requires equal lines, and names the first that differs.</summary>
    private void RequireSame(string what, string by, string writtenLines, string hereLines)
    {
        var (before, now) = (writtenLines.Split('\n'), hereLines.Split('\n'));
        var place = Enumerable.Range(0, Math.Max(before.Length, now.Length)).FirstOrDefault(i => before.ElementAtOrDefault(i) != now.ElementAtOrDefault(i), -1);
        if (place >= 0)
        {
            throw new CheckpointException(
                options.Path,
                $"it was written {by}with {before.ElementAtOrDefault(place) ?? $"fewer {what}"}, and has {now.ElementAtOrDefault(place) ?? $"fewer {what}"} here",
                $"Resume it with the same {what}, or start from its factors with {nameof(CheckpointStart<>)}.");
        }
    }

    private static void RequireDigest(FileStream file, string path)
    {
        var length = file.Length - SHA256.HashSizeInBytes;
        if (length < 0)
        {
            throw Incomplete(path);
        }

        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 16];
        for (var left = length; left > 0;)
        {
            var read = file.Read(buffer, 0, (int)Math.Min(buffer.Length, left));
            digest.AppendData(buffer, 0, read);
            left -= read;
        }

        var expected = new byte[SHA256.HashSizeInBytes];
        file.ReadExactly(expected);
        if (!digest.GetHashAndReset().AsSpan().SequenceEqual(expected))
        {
            throw Incomplete(path);
        }

        file.Position = 0;
    }

    private static CheckpointException Incomplete(string path) => new(path, "it was cut short or altered, for its digest is not that of its content", BeginAnew);
}
