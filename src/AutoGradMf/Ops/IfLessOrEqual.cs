using AutoGradMf.Kernels;

namespace AutoGradMf;

public static partial class LossMath
{
    /// <summary>
    /// <paramref name="yes"/> where <paramref name="left"/> ≤ <paramref name="right"/>, else <paramref name="no"/>, also where either
    /// is NaN: what a conditional expression on numbers becomes.
    /// </summary>
    [Partial("left", "0")]
    [Partial("right", "0")]
    [Partial("yes", "IfLessOrEqual(left, right, 1, 0)")]
    [Partial("no", "IfLessOrEqual(left, right, 0, 1)")]
    public static double IfLessOrEqual(double left, double right, double yes, double no) =>
        LaneMath.IfLessOrEqual<ScalarLane<double>>(left, right, yes, no).Value;
}

public static partial class LaneMath
{
    /// <inheritdoc cref="LossMath.IfLessOrEqual(double, double, double, double)"/>
    public static TLane IfLessOrEqual<TLane>(TLane left, TLane right, TLane yes, TLane no)
        where TLane : struct, ILane<TLane> => TLane.IfLessOrEqual(left, right, yes, no);
}
