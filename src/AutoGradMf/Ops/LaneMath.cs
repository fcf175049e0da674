namespace AutoGradMf;

/// <summary>
/// The elementwise functions of <see cref="LossMath"/> over lanes of any width: one body for the eager reference and for generated
/// SIMD loops.
/// </summary>
public static partial class LaneMath
{
    /// <summary>2⁶⁰: from here on 1 + x = x in every element type.</summary>
    private const double UnitIsLost = 1152921504606846976;
}
