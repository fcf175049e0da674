using AutoGradMf.Kernels;

namespace AutoGradMf;

public static partial class LossMath
{
    /// <summary>
    /// <paramref name="yes"/> where <paramref name="left"/> &lt; <paramref name="right"/>, else <paramref name="no"/>, also where either
    /// is NaN: what a conditional expression on numbers becomes.
    /// </summary>
    [Partial("left", "0")]
    [Partial("right", "0")]
    [Partial("yes", "IfLess(left, right, 1, 0)")]
    [Partial("no", "IfLess(left, right, 0, 1)")]
    public static double IfLess(double left, double right, double yes, double no) =>
        LaneMath.IfLess<ScalarLane<double>>(left, right, yes, no).Value;
}

public static partial class LaneMath
{
    /// <inheritdoc cref="LossMath.IfLess(double, double, double, double)"/>
    public static TLane IfLess<TLane>(TLane left, TLane right, TLane yes, TLane no)
        where TLane : struct, ILane<TLane> => TLane.IfLess(left, right, yes, no);
}
