using System.Runtime.InteropServices;
using AutoGradMf.Optimizers;

namespace AutoGradMf.Training;

/// <summary>Fills in the parts of a run from what was written.</summary>
/// <param name="stream">Where they are.</param>
/// <param name="length">The bytes of it that hold parts.</param>
/// <param name="path">Of the file, for errors.</param>
internal sealed class StateReader(Stream stream, long length, string path) : RunState
{
    /// <summary>Requires a text that was written.</summary>
    /// <exception cref="CheckpointException">It is another.</exception>
    public void Require(string expected, string of, string whatToDo)
    {
        if (Text() is var found && found != expected)
        {
            throw new CheckpointException(path, $"it is {of} \"{found}\", and expected is \"{expected}\"", whatToDo);
        }
    }

    /// <summary>Requires that all that was written has been read.</summary>
    /// <exception cref="CheckpointException">There is more.</exception>
    public void RequireEnd()
    {
        if (stream.Position != length)
        {
            throw OfOtherSettings("it holds more than is expected");
        }
    }

    /// <summary>A text that was written.</summary>
    public string Text()
    {
        var count = 0;
        Visit(ref count);
        var found = new char[Math.Clamp(count, 0, (length - stream.Position) / sizeof(char))];
        Read(MemoryMarshal.AsBytes(found.AsSpan()));
        return new(found);
    }

    public override void Visit(ref double value) => Read(MemoryMarshal.AsBytes(new Span<double>(ref value)));

    public override void Visit(ref int value) => Read(MemoryMarshal.AsBytes(new Span<int>(ref value)));

    public override void Visit<TElement>(Span<TElement> values)
    {
        var count = 0;
        Visit(ref count);
        if (count != values.Length)
        {
            throw OfOtherSettings($"it holds {count} numbers where {values.Length} are expected");
        }

        Read(MemoryMarshal.AsBytes(values));
    }

    private void Read(Span<byte> bytes)
    {
        if (bytes.Length > length - stream.Position)
        {
            throw OfOtherSettings("it ends where more is expected");
        }

        stream.ReadExactly(bytes);
    }

    private CheckpointException OfOtherSettings(string found) =>
        new(path, found, "Resume it with the optimizer settings, stopping window and validation that it was written with.");
}
