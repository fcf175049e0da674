using System.Runtime.InteropServices;

namespace AutoGradMf.Data;

/// <summary>A named array as a <see cref="SectionFile"/> holds it: the elements, little-endian, one after another.</summary>
internal abstract record Section(string Name)
{
    public static Section Of<T>(string name, ReadOnlyMemory<T> elements)
        where T : unmanaged => new Array<T>(name, elements);

    /// <summary>The bytes in pieces, for an array may have more of them than a span.</summary>
    public abstract void ForEach(Action<ReadOnlySpan<byte>> use);

    private sealed record Array<T>(string Name, ReadOnlyMemory<T> Elements) : Section(Name)
        where T : unmanaged
    {
        private const int Piece = 1 << 18;

        public override void ForEach(Action<ReadOnlySpan<byte>> use)
        {
            for (var rest = Elements.Span; !rest.IsEmpty; rest = rest[Math.Min(rest.Length, Piece)..])
            {
                use(MemoryMarshal.AsBytes(rest[..Math.Min(rest.Length, Piece)]));
            }
        }
    }
}
