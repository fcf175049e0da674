using System.Buffers.Binary;
using System.Text;

namespace AutoGradMf.TorchSharp.Tests;

/// <summary>
/// Lets a Linux library load where another library is too old to have a symbol version that it names but never uses.
/// </summary>
/// <remarks>
/// An ELF file lists, in a section of type SHT_GNU_verneed (.gnu.version_r), the symbol versions it needs of each other
/// library: a chain of Verneed records (one per library), each with a chain of Vernaux records (one per version). The dynamic
/// linker refuses to load the file when a version is missing, unless its record is flagged VER_FLG_WEAK. Linux Standard Base,
/// "Symbol Versioning", gives the layout. Setting that flag is the only change made here.
/// </remarks>
internal static class SymbolVersionNeed
{
    private const uint SectionTypeVersionNeed = 0x6ffffffe;
    private const ushort WeakFlag = 2;
    private const int SectionHeaderSize = 64;

    /// <summary>
    /// Flags the need for <paramref name="version"/> of <paramref name="neededLibrary"/> in <paramref name="library"/> as weak.
    /// The file is replaced in one step, so that other processes see the old one or the new one, and keeps its date, so that the
    /// next build takes it for the copy that it made. Does nothing when the need is weak already.
    /// </summary>
    /// <exception cref="BadImageFormatException">The library is no 64-bit little-endian ELF file, or has no such need.</exception>
    /// <exception cref="IOException">The folder cannot be written to.</exception>
    public static void MakeWeak(string library, string neededLibrary, string version)
    {
        var image = File.ReadAllBytes(library);
        try
        {
            var flags = image.AsSpan(FlagsOffset(image, neededLibrary, version), sizeof(ushort));
            var current = BinaryPrimitives.ReadUInt16LittleEndian(flags);
            if ((current & WeakFlag) != 0)
            {
                return;
            }

            BinaryPrimitives.WriteUInt16LittleEndian(flags, (ushort)(current | WeakFlag));
        }
        catch (Exception e) when (e is ArgumentOutOfRangeException or OverflowException)
        {
            throw new BadImageFormatException($"{library} is cut short or damaged: a table of it lies beyond its end.", library, e);
        }
        catch (BadImageFormatException e)
        {
            throw new BadImageFormatException($"{library}: {e.Message}", library, e);
        }

        Replace(library, image);
    }

    private static int FlagsOffset(ReadOnlySpan<byte> image, string neededLibrary, string version)
    {
        if (!image.StartsWith("\u007fELF\u0002\u0001"u8))
        {
            throw new BadImageFormatException("not a 64-bit little-endian ELF file.");
        }

        var needs = VersionNeedSection(image);
        var names = image[(int)Section(image, (int)needs.Link).Offset..];
        var libraryCount = needs.Info;
        for (var need = (int)needs.Offset; libraryCount > 0; libraryCount--)
        {
            var versionCount = UInt16(image, need + 2);
            var isNeededLibrary = NameAt(names, UInt32(image, need + 4)) == neededLibrary;
            var entry = checked(need + (int)UInt32(image, need + 8));
            for (; isNeededLibrary && versionCount > 0; versionCount--)
            {
                if (NameAt(names, UInt32(image, entry + 8)) == version)
                {
                    return entry + 4;
                }

                entry = checked(entry + (int)UInt32(image, entry + 12));
            }

            need = checked(need + (int)UInt32(image, need + 12));
        }

        throw new BadImageFormatException($"it does not ask for version {version} of {neededLibrary}.");
    }

    private static (ulong Offset, uint Link, uint Info) VersionNeedSection(ReadOnlySpan<byte> image)
    {
        int count = UInt16(image, 60);
        for (var index = 0; index < count; index++)
        {
            if (UInt32(image, SectionHeader(image, index) + 4) == SectionTypeVersionNeed)
            {
                return Section(image, index);
            }
        }

        throw new BadImageFormatException("it asks for no symbol versions.");
    }

    private static (ulong Offset, uint Link, uint Info) Section(ReadOnlySpan<byte> image, int index)
    {
        var header = SectionHeader(image, index);
        return (UInt64(image, header + 24), UInt32(image, header + 40), UInt32(image, header + 44));
    }

    private static int SectionHeader(ReadOnlySpan<byte> image, int index)
    {
        if (UInt16(image, 58) != SectionHeaderSize)
        {
            throw new BadImageFormatException($"its section headers have {UInt16(image, 58)} bytes, not {SectionHeaderSize}.");
        }

        return checked((int)UInt64(image, 40) + (index * SectionHeaderSize));
    }

    private static ushort UInt16(ReadOnlySpan<byte> image, int offset) => BinaryPrimitives.ReadUInt16LittleEndian(image[offset..]);

    private static uint UInt32(ReadOnlySpan<byte> image, int offset) => BinaryPrimitives.ReadUInt32LittleEndian(image[offset..]);

    private static ulong UInt64(ReadOnlySpan<byte> image, int offset) => BinaryPrimitives.ReadUInt64LittleEndian(image[offset..]);

    private static string NameAt(ReadOnlySpan<byte> names, uint offset)
    {
        var name = names[checked((int)offset)..];
        return Encoding.ASCII.GetString(name[..name.IndexOf((byte)0)]);
    }

    private static void Replace(string library, byte[] image)
    {
        var replacement = $"{library}.{Path.GetRandomFileName()}";
        try
        {
            File.Copy(library, replacement);
            File.WriteAllBytes(replacement, image);
            File.SetLastWriteTimeUtc(replacement, File.GetLastWriteTimeUtc(library));
            File.Move(replacement, library, overwrite: true);
        }
        finally
        {
            File.Delete(replacement);
        }
    }
}
