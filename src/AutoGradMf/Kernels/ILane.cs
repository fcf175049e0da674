using System.Numerics;

namespace AutoGradMf.Kernels;

/// <summary>
/// One or several numbers that a generated function computes with at a time: a scalar, or a SIMD register. An op written once
/// against this interface runs at every width, in float and in double.
/// </summary>
/// <typeparam name="TSelf">The lane type itself.</typeparam>
public interface ILane<TSelf> :
    IAdditionOperators<TSelf, TSelf, TSelf>,
    ISubtractionOperators<TSelf, TSelf, TSelf>,
    IMultiplyOperators<TSelf, TSelf, TSelf>,
    IDivisionOperators<TSelf, TSelf, TSelf>,
    IUnaryNegationOperators<TSelf, TSelf>
    where TSelf : struct, ILane<TSelf>
{
    /// <summary>The constant in every lane.</summary>
    static abstract implicit operator TSelf(double value);

    /// <summary>√x, correctly rounded.</summary>
    static abstract TSelf Sqrt(TSelf x);

    /// <summary>|x|, exact.</summary>
    static abstract TSelf Abs(TSelf x);

    /// <summary>eˣ.</summary>
    static abstract TSelf Exp(TSelf x);

    /// <summary>The natural logarithm.</summary>
    static abstract TSelf Log(TSelf x);

    /// <summary>Per lane: <paramref name="yes"/> where <paramref name="left"/> &lt; <paramref name="right"/>, else <paramref name="no"/>.</summary>
    static abstract TSelf IfLess(TSelf left, TSelf right, TSelf yes, TSelf no);

    /// <summary>Per lane: <paramref name="yes"/> where <paramref name="left"/> ≤ <paramref name="right"/>, else <paramref name="no"/>.</summary>
    static abstract TSelf IfLessOrEqual(TSelf left, TSelf right, TSelf yes, TSelf no);

    /// <summary>
    /// f of each lane's number, one after the other, computed in double and rounded once: for functions that have no SIMD form.
    /// </summary>
    static abstract TSelf Map(TSelf x, Func<double, double> function);

    /// <summary>f of each lane's two numbers, as for one.</summary>
    static abstract TSelf Map(TSelf x, TSelf y, Func<double, double, double> function);

    /// <summary>f of each lane's three numbers, as for one.</summary>
    static abstract TSelf Map(TSelf x, TSelf y, TSelf z, Func<double, double, double, double> function);
}
