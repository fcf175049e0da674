using System.Runtime.InteropServices;
using System.Security.Cryptography;
using AutoGradMf.Optimizers;

namespace AutoGradMf.Training;

/// <summary>Writes the parts of a run, in the byte order of the machine, and digests them.</summary>
internal sealed class StateWriter(Stream stream, IncrementalHash digest) : RunState
{
    public void Visit(string text) => Visit(text.ToCharArray().AsSpan());

    public override void Visit(ref double value) => Write(MemoryMarshal.AsBytes(new ReadOnlySpan<double>(in value)));

    public override void Visit(ref int value) => Write(MemoryMarshal.AsBytes(new ReadOnlySpan<int>(in value)));

    public override void Visit<TElement>(Span<TElement> values)
    {
        var count = values.Length;
        Visit(ref count);
        Write(MemoryMarshal.AsBytes(values));
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        stream.Write(bytes);
        digest.AppendData(bytes);
    }
}
