using System.Numerics;

namespace AutoGradMf.Kernels;

/// <summary>Does something with the samples of a loss, specialised on the function that gives their derivatives.</summary>
/// <typeparam name="TElement"><see cref="float"/> or <see cref="double"/>.</typeparam>
public interface ISampleVisitor<TElement>
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    /// <summary>Is told what a sample is made of.</summary>
    /// <typeparam name="TFunction">From the products and numbers of a sample to the coefficients of its gradient.</typeparam>
    /// <typeparam name="TPenalty">From an element of each of the form's rows with a penalty, and the numbers of the sample, to the
    /// derivatives in those elements.</typeparam>
    void Visit<TFunction, TPenalty>(in SampleForm<TElement> form)
        where TFunction : struct, IEntryFunction
        where TPenalty : struct, IEntryFunction;
}
