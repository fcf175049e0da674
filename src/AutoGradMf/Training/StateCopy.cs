using System.Runtime.InteropServices;
using System.Security.Cryptography;
using AutoGradMf.Optimizers;

namespace AutoGradMf.Training;

/// <summary>A copy of the parts of a run, in the byte order of the machine. Of a run that was copied before, it allocates nothing.</summary>
internal sealed class StateCopy : RunState
{
    private readonly List<byte[]> _parts = [];
    private int _count;

    /// <summary>Makes room for another copy.</summary>
    public void Clear() => _count = 0;

    public void Visit(string text) => Visit(text.ToCharArray().AsSpan());

    public override void Visit(ref double value) => Add(MemoryMarshal.AsBytes(new ReadOnlySpan<double>(in value)));

    public override void Visit(ref int value) => Add(MemoryMarshal.AsBytes(new ReadOnlySpan<int>(in value)));

    public override void Visit<TElement>(Span<TElement> values)
    {
        var count = values.Length;
        Visit(ref count);
        Add(MemoryMarshal.AsBytes(values));
    }

    /// <summary>Writes the parts and digests them.</summary>
    public void Write(Stream stream, IncrementalHash digest)
    {
        foreach (var part in CollectionsMarshal.AsSpan(_parts)[.._count])
        {
            stream.Write(part);
            digest.AppendData(part);
        }
    }

    private void Add(ReadOnlySpan<byte> bytes)
    {
        if (_count == _parts.Count)
        {
            _parts.Add(new byte[bytes.Length]);
        }
        else if (_parts[_count].Length != bytes.Length)
        {
            _parts[_count] = new byte[bytes.Length];
        }

        bytes.CopyTo(_parts[_count++]);
    }
}
