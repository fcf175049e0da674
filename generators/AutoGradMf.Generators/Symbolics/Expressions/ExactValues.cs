namespace AutoGradMf.Generators.Symbolics.Expressions;

/// <summary>
/// Values of functions that are exact numbers, the same on every machine: they are constants in what is generated. Others, such as Log(2), are
/// left to the library, whose last digit the compiler's machine need not share.
/// </summary>
internal static class ExactValues
{
    private static readonly Dictionary<string, double> AtZero = new(StringComparer.Ordinal)
    {
        ["Asin"] = 0, ["Asinh"] = 0, ["Atan"] = 0, ["Atanh"] = 0, ["Cbrt"] = 0, ["Cos"] = 1, ["Cosh"] = 1, ["Exp"] = 1, ["Expm1"] = 0,
        ["Log1p"] = 0, ["LogCosh"] = 0, ["Relu"] = 0, ["Sigmoid"] = 0.5, ["Sign"] = 0, ["Sin"] = 0, ["Sinh"] = 0, ["Sqrt"] = 0, ["Tan"] = 0, ["Tanh"] = 0,
    };

    private static readonly Dictionary<string, double> AtOne = new(StringComparer.Ordinal)
    {
        ["Acos"] = 0, ["Acosh"] = 0, ["Cbrt"] = 1, ["Log"] = 0, ["Log10"] = 0, ["Log2"] = 0, ["Relu"] = 1, ["Sign"] = 1, ["Sqrt"] = 1,
    };

    /// <summary>All of them: functions of the library, their arguments and values.</summary>
    public static IEnumerable<(string Function, double Argument, double Value)> All =>
        AtZero.Select(f => (f.Key, 0.0, f.Value)).Concat(AtOne.Select(f => (f.Key, 1.0, f.Value)));

    /// <summary>The value of a function of the library; null if it is not known exactly.</summary>
    public static double? Of(string function, double argument) =>
        argument is 0 or 1 && (argument == 0 ? AtZero : AtOne).TryGetValue(function, out var value) ? value : null;
}
