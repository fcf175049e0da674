using System.Numerics;
using System.Runtime.CompilerServices;

namespace AutoGradMf.Kernels;

/// <summary>Which registers a kernel computes with: the one place where widths are chosen.</summary>
internal static class RegisterChoice
{
    /// <summary>How many numbers the widest register of the hardware holds.</summary>
    public static int WidestCount<TElement>()
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> =>
        Register512<TElement>.IsSupported ? Register512<TElement>.Count
        : Register256<TElement>.IsSupported ? Register256<TElement>.Count
        : Register128<TElement>.IsSupported ? Register128<TElement>.Count
        : 1;

    /// <summary>Runs the work in the widest registers of which <paramref name="stride"/> numbers fill a whole number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run<TWork, TElement>(ref TWork work, int stride)
        where TWork : struct, IRegisterWork<TElement>, allows ref struct
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        if (Fills<Register512<TElement>, TElement>(stride))
        {
            work.Run<Register512<TElement>>();
        }
        else if (Fills<Register256<TElement>, TElement>(stride))
        {
            work.Run<Register256<TElement>>();
        }
        else if (Fills<Register128<TElement>, TElement>(stride))
        {
            work.Run<Register128<TElement>>();
        }
        else
        {
            work.Run<Register1<TElement>>();
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Fills<TRegister, TElement>(int stride)
        where TRegister : unmanaged, IRegister<TRegister, TElement>
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => TRegister.IsSupported && stride % TRegister.Count == 0;
}
