using System.Buffers.Binary;
using System.Text;
using Xunit;

namespace AutoGradMf.TorchSharp.Tests;

/// <summary>On a made-up ELF file: 64 bytes of header, a string table, two needs with two versions each, three section headers.</summary>
public sealed class SymbolVersionNeedTests : IDisposable
{
    private const int Strings = 64;
    private const int Needs = 128;
    private const int NeedSize = 48;
    private const int Sections = 256;
    private const int WantedFlags = Needs + NeedSize + 32 + 4;

    private readonly string _folder = Directory.CreateTempSubdirectory("autogradmf-").FullName;

    private string Library => Path.Combine(_folder, "lib.so");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Only_the_flag_of_the_named_version_of_the_named_library_changes()
    {
        var image = Image();
        File.WriteAllBytes(Library, image);

        SymbolVersionNeed.MakeWeak(Library, "libb.so", "V_2");

        var patched = File.ReadAllBytes(Library);
        Assert.Equal([WantedFlags], Enumerable.Range(0, image.Length).Where(i => image[i] != patched[i]));
        Assert.Equal(2, patched[WantedFlags]);
    }

    [Fact]
    public void A_second_time_changes_nothing()
    {
        File.WriteAllBytes(Library, Image());
        SymbolVersionNeed.MakeWeak(Library, "libb.so", "V_2");
        var once = File.ReadAllBytes(Library);

        SymbolVersionNeed.MakeWeak(Library, "libb.so", "V_2");

        Assert.Equal(once, File.ReadAllBytes(Library));
    }

    [Fact]
    public void The_file_keeps_its_date_and_leaves_no_other_behind()
    {
        File.WriteAllBytes(Library, Image());
        var date = new DateTime(2024, 2, 29, 12, 0, 0, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(Library, date);

        SymbolVersionNeed.MakeWeak(Library, "libb.so", "V_2");

        Assert.Equal(date, File.GetLastWriteTimeUtc(Library));
        Assert.Equal([Library], Directory.GetFiles(_folder));
    }

    [Theory]
    [InlineData("libb.so", "V_3")]
    [InlineData("libc.so", "V_2")]
    public void A_version_that_is_not_needed_is_an_error(string library, string version)
    {
        File.WriteAllBytes(Library, Image());

        var error = Assert.Throws<BadImageFormatException>(() => SymbolVersionNeed.MakeWeak(Library, library, version));

        Assert.Contains(version, error.Message, StringComparison.Ordinal);
        Assert.Contains(library, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(63)]
    [InlineData(Sections)]
    [InlineData(Sections + 130)]
    public void A_file_that_is_cut_short_is_an_error_and_stays_as_it_is(int length)
    {
        var image = Image()[..length];
        File.WriteAllBytes(Library, image);

        Assert.Throws<BadImageFormatException>(() => SymbolVersionNeed.MakeWeak(Library, "libb.so", "V_2"));

        Assert.Equal(image, File.ReadAllBytes(Library));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(58)]
    public void A_file_of_another_kind_is_an_error(int identifyingByte)
    {
        var image = Image();
        image[identifyingByte] ^= 0xff;
        File.WriteAllBytes(Library, image);

        Assert.Throws<BadImageFormatException>(() => SymbolVersionNeed.MakeWeak(Library, "libb.so", "V_2"));
    }

    [Fact]
    public void Several_at_once_leave_one_whole_file()
    {
        File.WriteAllBytes(Library, Image());

        Parallel.For(0, 16, _ => SymbolVersionNeed.MakeWeak(Library, "libb.so", "V_2"));

        Assert.Equal(Image().Length, File.ReadAllBytes(Library).Length);
        Assert.Equal(2, File.ReadAllBytes(Library)[WantedFlags]);
        Assert.Equal([Library], Directory.GetFiles(_folder));
    }

    private static byte[] Image()
    {
        var image = new byte[Sections + (3 * 64)];
        "\u007fELF\u0002\u0001"u8.CopyTo(image);
        Put64(image, 40, Sections);
        Put16(image, 58, 64);
        Put16(image, 60, 3);

        Encoding.ASCII.GetBytes("\0liba.so\0libb.so\0V_1\0V_2\0").CopyTo(image, Strings);
        Need(image, Needs, library: 1, next: NeedSize);
        Need(image, Needs + NeedSize, library: 9, next: 0);

        Section(image, 1, type: 3, Strings, link: 0, info: 0);
        Section(image, 2, type: 0x6ffffffe, Needs, link: 1, info: 2);
        return image;
    }

    private static void Need(byte[] image, int at, uint library, uint next)
    {
        Put16(image, at, 1);
        Put16(image, at + 2, 2);
        Put32(image, at + 4, library);
        Put32(image, at + 8, 16);
        Put32(image, at + 12, next);
        Put32(image, at + 16 + 8, 17);
        Put32(image, at + 16 + 12, 16);
        Put32(image, at + 32 + 8, 21);
    }

    private static void Section(byte[] image, int index, uint type, ulong offset, uint link, uint info)
    {
        var at = Sections + (index * 64);
        Put32(image, at + 4, type);
        Put64(image, at + 24, offset);
        Put32(image, at + 40, link);
        Put32(image, at + 44, info);
    }

    private static void Put16(byte[] image, int at, ushort value) => BinaryPrimitives.WriteUInt16LittleEndian(image.AsSpan(at), value);

    private static void Put32(byte[] image, int at, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(image.AsSpan(at), value);

    private static void Put64(byte[] image, int at, ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(image.AsSpan(at), value);
}
