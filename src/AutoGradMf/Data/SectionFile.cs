using System.Buffers.Binary;
using System.Globalization;
using System.IO.Hashing;
using System.IO.MemoryMappedFiles;
using System.Text;

namespace AutoGradMf.Data;

/// <summary>
/// A file of named arrays, opened by mapping it into memory. A header (a mark, a version, the length of the file, and the name, place, length
/// and XXH3 checksum of each array, then a checksum of all that), and each array from a multiple of 64 bytes on, little-endian. What is
/// cut short, altered or of another kind is refused.
/// </summary>
internal sealed unsafe class SectionFile : IDisposable
{
    private const int Version = 1;
    private const int Alignment = 64;
    private const int NameLength = 16;
    private const int FixedLength = 32;
    private const int EntryLength = NameLength + 24;
    private const int MostSections = 64;
    private readonly string _path;
    private readonly Dictionary<string, (long Start, long Length, ulong Checksum)> _sections = [];
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly byte* _start;

    /// <summary>Maps a file, and reads its header.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="DataFileException">The file is none of these, or not complete.</exception>
    public SectionFile(string path)
    {
        _path = path;
        var length = new FileInfo(path).Length;
        if (length < FixedLength)
        {
            throw new DataFileException(path, string.Create(CultureInfo.InvariantCulture, $"it has {length} bytes, and a header alone has more"));
        }

        _file = MemoryMappedFile.CreateFromFile(path, FileMode.Open, null, 0, MemoryMappedFileAccess.Read);
        _view = _file.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _start);
        try
        {
            ReadHeader(length);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    private static ReadOnlySpan<byte> Mark => "AutoGradMf data\n"u8;

    /// <summary>Writes a file beside <paramref name="path"/>, and puts it in its place when it is safely stored.</summary>
    public static void Write(string path, IReadOnlyList<Section> sections, CancellationToken cancellationToken = default)
    {
        var temporary = string.Create(CultureInfo.InvariantCulture, $"{path}.{Environment.ProcessId}.new");
        try
        {
            using (var file = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16))
            {
                WriteTo(file, sections, cancellationToken);
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>A copy of an array, pinned, after its checksum has been compared.</summary>
    /// <exception cref="DataFileException">There is no such array of whole elements, or it has been altered.</exception>
    public T[] Read<T>(string name)
        where T : unmanaged
    {
        if (!_sections.TryGetValue(name, out var section) || section.Length % sizeof(T) != 0)
        {
            throw new DataFileException(_path, $"it holds {string.Join(", ", _sections.Keys)}, and no {name} of {typeof(T).Name}");
        }

        if (section.Length / sizeof(T) > Array.MaxLength)
        {
            throw new DataFileException(_path, string.Create(CultureInfo.InvariantCulture, $"its {name} has {section.Length / sizeof(T)} elements, and an array has at most {Array.MaxLength}"));
        }

        var elements = LargeArray.Allocate<T>((int)(section.Length / sizeof(T)));
        fixed (T* into = elements)
        {
            Buffer.MemoryCopy(_start + section.Start, into, section.Length, section.Length);
            if (Checksum((byte*)into, section.Length) != section.Checksum)
            {
                throw new DataFileException(_path, $"its {name} has been altered, for its checksum is another");
            }
        }

        return elements;
    }

    public void Dispose()
    {
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _file.Dispose();
    }

    private static void WriteTo(FileStream file, IReadOnlyList<Section> sections, CancellationToken cancellationToken)
    {
        var header = new byte[FixedLength + (EntryLength * sections.Count) + sizeof(ulong)];
        file.Position = Aligned(header.Length);
        for (var s = 0; s < sections.Count; s++)
        {
            var (start, hash) = (file.Position, new XxHash3());
            sections[s].ForEach(bytes =>
            {
                cancellationToken.ThrowIfCancellationRequested();
                hash.Append(bytes);
                file.Write(bytes);
            });
            var into = header.AsSpan(FixedLength + (s * EntryLength), EntryLength);
            Encoding.ASCII.GetBytes(sections[s].Name, into[..NameLength]);
            BinaryPrimitives.WriteInt64LittleEndian(into[NameLength..], start);
            BinaryPrimitives.WriteInt64LittleEndian(into[(NameLength + 8)..], file.Position - start);
            BinaryPrimitives.WriteUInt64LittleEndian(into[(NameLength + 16)..], hash.GetCurrentHashAsUInt64());
            file.Position = Aligned(file.Position);
        }

        file.SetLength(file.Position);
        Mark.CopyTo(header);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(16), Version);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(20), sections.Count);
        BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(24), file.Position);
        BinaryPrimitives.WriteUInt64LittleEndian(header.AsSpan(header.Length - sizeof(ulong)), XxHash3.HashToUInt64(header.AsSpan(0, header.Length - sizeof(ulong))));
        file.Position = 0;
        file.Write(header);
    }

    private void ReadHeader(long length)
    {
        var head = new ReadOnlySpan<byte>(_start, FixedLength);
        Require(head[..16].SequenceEqual(Mark), $"it does not begin with the mark of such a file");
        var version = BinaryPrimitives.ReadInt32LittleEndian(head[16..]);
        Require(version == Version, $"it is of version {version}, and this library reads version {Version}");
        var count = BinaryPrimitives.ReadInt32LittleEndian(head[20..]);
        var headerLength = FixedLength + (count * (long)EntryLength) + sizeof(ulong);
        Require(count is >= 0 and <= MostSections && headerLength <= length, $"its header has been altered or cut short");
        var header = new ReadOnlySpan<byte>(_start, (int)headerLength);
        Require(BinaryPrimitives.ReadUInt64LittleEndian(header[^8..]) == XxHash3.HashToUInt64(header[..^8]), $"its header has been altered, for its checksum is another");
        var expected = BinaryPrimitives.ReadInt64LittleEndian(head[24..]);
        Require(length == expected, $"it has {length} bytes instead of {expected}");
        for (var s = 0; s < count; s++)
        {
            var entry = header.Slice(FixedLength + (s * EntryLength), EntryLength);
            var (start, bytes) = (BinaryPrimitives.ReadInt64LittleEndian(entry[NameLength..]), BinaryPrimitives.ReadInt64LittleEndian(entry[(NameLength + 8)..]));
            _sections[Encoding.ASCII.GetString(entry[..NameLength]).TrimEnd('\0')] = (start, bytes, BinaryPrimitives.ReadUInt64LittleEndian(entry[(NameLength + 16)..]));
            Require(start >= headerLength && bytes >= 0 && start <= length - bytes, $"its header names places outside of it");
        }
    }

    private void Require(bool condition, FormattableString problem)
    {
        if (!condition)
        {
            throw new DataFileException(_path, problem.ToString(CultureInfo.InvariantCulture));
        }
    }

    private static ulong Checksum(byte* start, long length)
    {
        var hash = new XxHash3();
        for (var at = 0L; at < length; at += 1 << 20)
        {
            hash.Append(new ReadOnlySpan<byte>(start + at, (int)Math.Min(1 << 20, length - at)));
        }

        return hash.GetCurrentHashAsUInt64();
    }

    private static long Aligned(long position) => (position + Alignment - 1) / Alignment * Alignment;
}
