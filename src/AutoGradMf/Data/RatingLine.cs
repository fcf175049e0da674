using System.Runtime.CompilerServices;

namespace AutoGradMf.Data;

/// <summary>
/// The plain form of a line of ratings, four decimal numbers between commas, read without a copy. What is written otherwise (signs, quotes,
/// more digits than are sure to be exact) is no fault: it is left to <see cref="CsvRecord"/>.
/// </summary>
internal static class RatingLine
{
    /// <summary>So many digits fit in an id of 32 bits whatever they are.</summary>
    private const int MostIdDigits = 9;

    /// <summary>So many digits make an integer that a double holds exactly; over a power of ten that it holds, too, the quotient is rounded once.</summary>
    private const int MostValueDigits = 15;

    private const int MostTimeDigits = 18;

    private static ReadOnlySpan<double> PowersOfTen => [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

    /// <summary>Reads the line at the start of <paramref name="text"/>.</summary>
    /// <param name="text">UTF-8, from the line on.</param>
    /// <param name="rating">What it holds.</param>
    /// <param name="length">Its bytes, the line's end among them.</param>
    public static bool TryRead(ReadOnlySpan<byte> text, out Rating rating, out int length)
    {
        length = 0;
        if (Digits(text, MostIdDigits, ref length) is >= 0 and var user && Skip(text, (byte)',', ref length)
            && Digits(text, MostIdDigits, ref length) is >= 0 and var movie && Skip(text, (byte)',', ref length)
            && Value(text, ref length) is >= 0 and var value && Skip(text, (byte)',', ref length)
            && Digits(text, MostTimeDigits, ref length) is >= 0 and var time && IsAtEnd(text, ref length))
        {
            rating = new((int)user, (int)movie, value, time);
            return true;
        }

        rating = default;
        return false;
    }

    /// <summary>The number of one to <paramref name="most"/> digits; negative if there are none or more.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long Digits(ReadOnlySpan<byte> text, int most, ref int at)
    {
        var (number, start) = (0L, at);
        for (; (uint)at < (uint)text.Length && (uint)(text[at] - '0') <= 9; at++)
        {
            number = (10 * number) + (text[at] - '0');
        }

        return at > start && at - start <= most ? number : -1;
    }

    /// <summary>Digits, with others after a point or not.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Value(ReadOnlySpan<byte> text, ref int at)
    {
        var start = at;
        var whole = Digits(text, MostValueDigits, ref at);
        if (whole < 0 || !Skip(text, (byte)'.', ref at))
        {
            return whole;
        }

        var (point, fraction) = (at, Digits(text, MostValueDigits, ref at));
        var decimals = at - point;
        return fraction < 0 || at - start > MostValueDigits ? -1 : ((whole * (long)PowersOfTen[decimals]) + fraction) / PowersOfTen[decimals];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Skip(ReadOnlySpan<byte> text, byte character, ref int at) => (uint)at < (uint)text.Length && text[at] == character && ++at > 0;

    private static bool IsAtEnd(ReadOnlySpan<byte> text, ref int at)
    {
        if (at == text.Length || Skip(text, (byte)'\n', ref at))
        {
            return true;
        }

        return text[at] == '\r' && at + 1 < text.Length && text[at + 1] == '\n' && (at += 2) > 0;
    }
}
