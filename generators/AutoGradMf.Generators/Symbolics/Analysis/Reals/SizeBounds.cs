using System.Globalization;
using AutoGradMf.Generators.Symbolics.Expressions;

namespace AutoGradMf.Generators.Symbolics.Analysis.Reals;

/// <summary>
/// A bound of the size of ℓ″(x_ij), whatever x_ij is, in the hyperparameters and data that it depends on: of Log(1 + (x / c)²) it is 2 /
/// c². What these are makes but a scale; signs are gone through, and zero.
/// </summary>
internal sealed class SizeBounds
{
    private const int MostParameters = 3;

    private const int MostDigits = 4;

    /// <summary>What is left of zero where enclosures are rounded outwards.</summary>
    private const double Negligible = 1e-300;

    /// <summary>What decimals of a number may differ from it: less than what sums in double do.</summary>
    private const double Rounding = 1e-12;

    private readonly Dictionary<Fingerprint, (IReadOnlyList<Condition>? Conditions, double Size)> _sizes = [];
    private readonly Dictionary<Fingerprint, IReadOnlyList<Condition>?> _continuous = [];

    /// <summary>The bound, and where it is one; null if none is found.</summary>
    /// <param name="expression">What is bounded.</param>
    /// <param name="sizeOf">The size of a parameter.</param>
    public (Expression Bound, IReadOnlyList<Condition> Conditions)? Of(Expression expression, Func<Expression, Expression> sizeOf)
    {
        if (RealForm.Of(expression) is not { } form || form.Parameters.Count > MostParameters || form.Powers is not { } powers)
        {
            return null;
        }

        var scales = form.Parameters.Select((p, place) => Scale(p, powers[place], sizeOf)).ToList();
        if (scales.Contains(null))
        {
            return null;
        }

        if (!_sizes.TryGetValue(form.Value.Key, out var found))
        {
            _sizes[form.Value.Key] = found = SizeOf(form, powers);
        }

        return found.Conditions is null ? null : (Build.Multiply([Build.Number(Decimal(found.Size)), .. scales!]), found.Conditions);
    }

    /// <summary>
    /// The parameters that must be positive for a gradient's part to jump nowhere, so that its derivative bounds how fast it changes;
    /// null if it is not known not to.
    /// </summary>
    public IReadOnlyList<Condition>? ContinuousWhere(Expression expression)
    {
        if (RealForm.Of(expression) is not { Powers: { } powers } form || form.Parameters.Count > MostParameters)
        {
            return null;
        }

        if (!_continuous.TryGetValue(form.Value.Key, out var conditions))
        {
            _continuous[form.Value.Key] = conditions = Conditions(form, powers, _ => Extent.IsContinuous(form.Function));
        }

        return conditions;
    }

    private static (IReadOnlyList<Condition>?, double) SizeOf(RealForm form, double[] powers)
    {
        var most = 0.0;
        var conditions = Conditions(form, powers, signs =>
        {
            var size = Extent.Of(form.Function);
            var isBelow = size is not null && (size < Negligible || !signs.Where((sign, place) => sign == 0 && powers[place] > 0).Any());
            most = isBelow ? Math.Max(most, size!.Value) : most;
            return isBelow;
        });
        return (conditions, most);
    }

    /// <summary>
    /// The parameters that must be positive for something to hold, whatever the signs of all others are; null if one alone does not do.
    /// </summary>
    private static IReadOnlyList<Condition>? Conditions(RealForm form, double[] powers, Func<double[], bool> holds)
    {
        var failures = new List<double[]>();
        var places = Enumerable.Range(0, powers.Length).Where(p => form.Parameters[p].Support is null).ToList();
        foreach (var signs in Signs(form, powers))
        {
            form.Function.Set(signs);
            if (holds(signs))
            {
                continue;
            }

            failures.Add(signs);
            places.RemoveAll(p => signs[p] > 0);
            if (places.Count == 0)
            {
                return null;
            }
        }

        return failures.Count == 0 ? [] : [new Condition(form.Parameters[places[0]], failures.TrueForAll(signs => signs[places[0]] < 0))];
    }

    /// <summary>
    /// Of each parameter the signs that it may have; and zero, unless that makes the bound infinite, or the loss, which divides by it
    /// whatever it is.
    /// </summary>
    private static IEnumerable<double[]> Signs(RealForm form, double[] powers)
    {
        IEnumerable<double[]> all = [[]];
        for (var place = 0; place < powers.Length; place++)
        {
            var (parameter, power) = (form.Parameters[place], powers[place]);
            double[] negative = form.HasNoSign(parameter) ? [] : [-1];
            double[] zero = power >= 0 && (form.Selects || !form.DividesBy(parameter)) ? [0] : [];
            double[] signs = [1, .. negative, .. zero];
            all = all.SelectMany(given => signs.Select(sign => (double[])[.. given, sign])).ToList();
        }

        return all;
    }

    /// <summary>The size of a parameter to a power; null if that cannot be written.</summary>
    private static Expression? Scale(Expression parameter, double power, Func<Expression, Expression> sizeOf)
    {
        var (whole, twice) = (Math.Round(power), Math.Round(2 * power));
        return Math.Abs(twice - (2 * power)) > Rounding || (power < 0 && parameter.Support is not null) ? null
            : whole == Math.Round(power, 6) ? Build.Power(whole % 2 == 0 ? parameter : sizeOf(parameter), (int)whole)
            : Build.Power(Build.Apply(ElementwiseFunction.Norm, [sizeOf(parameter)]), (int)twice);
    }

    /// <summary>The least number of a few digits that is not less, but for rounding.</summary>
    private static double Decimal(double number)
    {
        if (number == 0)
        {
            return 0;
        }

        for (var digits = 1; digits <= MostDigits; digits++)
        {
            var unit = Math.Pow(10, digits - 1 - Math.Floor(Math.Log10(number)));
            foreach (var candidate in new[] { Math.Round(number * unit), Math.Ceiling(number * unit) })
            {
                var value = double.Parse((candidate / unit).ToString("G6", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
                if (value >= number * (1 - Rounding) && (digits == MostDigits || value <= number * (1 + Rounding)))
                {
                    return value;
                }
            }
        }

        return number;
    }
}
