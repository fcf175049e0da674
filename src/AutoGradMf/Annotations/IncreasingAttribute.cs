namespace AutoGradMf;

/// <summary>
/// On an elementwise function of one number that falls nowhere: <c>[Increasing]</c> on <c>Exp</c>. What the warnings of roots, logarithms and powers of
/// what may be negative know of <c>Log(1 - Exp(-x))</c> where x is not negative.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class IncreasingAttribute : Attribute;
