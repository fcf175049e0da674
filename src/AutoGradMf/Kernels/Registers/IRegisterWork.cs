using System.Numerics;

namespace AutoGradMf.Kernels;

/// <summary>A kernel that is written for every width of register.</summary>
/// <typeparam name="TElement"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal interface IRegisterWork<TElement>
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    /// <summary>Does the work in registers of one type.</summary>
    void Run<TRegister>()
        where TRegister : unmanaged, IRegister<TRegister, TElement>;
}
