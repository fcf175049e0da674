using System.Globalization;
using AutoGradMf.Generators.Symbolics.Expressions;

namespace AutoGradMf.Generators.Symbolics.Notation;

/// <summary>Numbers, and what multiplies a product: one number, also where no double holds it.</summary>
internal abstract partial class MatrixNotation
{
    /// <summary>So many digits are never what rounding left.</summary>
    private const int FewDigits = 15;

    /// <summary>A number times a power of ten.</summary>
    protected abstract string Scientific(string mantissa, string exponent);

    private string Coefficient(double value) => Digits(value) switch { "1" => "", "-1" => "-", _ => Number(value) + Times };

    private string Number(double value)
    {
        var text = Digits(value);
        return text.IndexOf('E') is >= 0 and var e ? Scientific(text[..e], Exponent(int.Parse(text[(e + 1)..], CultureInfo.InvariantCulture))) : text;
    }

    /// <summary>All digits, but for what rounding left of a product such as √3 √3, which is 3 to a reader: a few digits after many zeros or nines.</summary>
    private static string Digits(double value)
    {
        var all = value.ToString("R", CultureInfo.InvariantCulture);
        if (value == Math.Truncate(value) || all.Length <= FewDigits)
        {
            return all;
        }

        var few = value.ToString("G15", CultureInfo.InvariantCulture);
        return all.Length - few.Length > 3 ? few : all;
    }

    private static string Exponent(int exponent) => exponent.ToString(CultureInfo.InvariantCulture);

    /// <summary>The number that a product begins with: those of the products in it, too, which code multiplies one after the other.</summary>
    private string Coefficient(Product product, out Expression[] factors)
    {
        var numbers = new List<double> { product.Coefficient };
        factors = Array.Exists(product.Operands, IsScaled) ? [.. product.Operands.SelectMany(o => Unscaled(o, numbers))] : product.Operands;
        var value = numbers.Aggregate(1.0, (all, number) => all * number);
        var isAlone = factors.All(IsDivisor);
        return numbers.Count == 1 || IsHeld(value) || !numbers.TrueForAll(IsHeld)
            ? isAlone ? Number(value) : Coefficient(value)
            : Magnitude(numbers) + (isAlone ? "" : Times);
    }

    /// <summary>Whether a double holds a number with all its digits.</summary>
    private static bool IsHeld(double number) => Math.Abs(number) is >= 1e-300 and < double.PositiveInfinity;

    private static bool IsScaled(Expression factor) => factor is Constant or Product { Summed.Count: 0, Coefficient: not 1 } || WithoutScale(factor) is not null;

    private static Expression[] Unscaled(Expression factor, List<double> numbers)
    {
        if (!IsScaled(factor))
        {
            return [factor];
        }

        factor = WithoutScale(factor) ?? factor;
        numbers.Add(Build.SplitCoefficient(factor).Coefficient);
        return factor is Product product ? [.. product.Operands.SelectMany(o => Unscaled(o, numbers))] : [];
    }

    /// <summary>A product of numbers that is out of the range of double.</summary>
    private string Magnitude(List<double> numbers)
    {
        var (mantissa, exponent) = (1m, 0);
        foreach (var number in numbers.Where(n => n != 0))
        {
            var text = number.ToString("E16", CultureInfo.InvariantCulture);
            mantissa = decimal.Round(mantissa * decimal.Parse(text[..text.IndexOf('E')], CultureInfo.InvariantCulture), 15);
            exponent += int.Parse(text[(text.IndexOf('E') + 1)..], CultureInfo.InvariantCulture);
            while (Math.Abs(mantissa) >= 10)
            {
                (mantissa, exponent) = (mantissa / 10, exponent + 1);
            }
        }

        return Scientific(((double)mantissa).ToString("R", CultureInfo.InvariantCulture), Exponent(exponent));
    }

    /// <summary>
    /// The power of a multiple, or a sum of such, as it is read: (c x)² is written so for code alone, where c² is out of the range of double. Null of others.
    /// </summary>
    private static Expression? WithoutScale(Expression expression) => expression switch
    {
        Power { Exponent: > 0 and var exponent, Base: Product { Summed.Count: 0, Coefficient: not 1 } multiple } =>
            Multiple(multiple.Coefficient, exponent, new Power(multiple.WithoutCoefficient, exponent)),
        Product { Summed: { Count: > 0 } summed, Operands: [Power { Exponent: > 0 and var exponent, Base: Product { Summed.Count: 0, Coefficient: not 1 } multiple }] } =>
            Multiple(multiple.Coefficient, exponent, new Product(1, [new Power(multiple.WithoutCoefficient, exponent)], summed)),
        _ => null,
    };

    private static Expression Multiple(double number, int times, Expression product) =>
        Enumerable.Repeat(number, times).Aggregate(product, (scaled, n) => new Product(n, [scaled], IndexSet.Empty));
}
