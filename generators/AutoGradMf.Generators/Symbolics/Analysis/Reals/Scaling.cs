using AutoGradMf.Generators.Symbolics.Expressions;

namespace AutoGradMf.Generators.Symbolics.Analysis.Reals;

/// <summary>
/// By what power of each parameter a function g(t; p) is scaled where t is scaled along: Log(1 + (t / c)²) is a function of t / c alone,
/// and so its second derivative 1/c² times one without c. What is added or compared must be scaled alike, and what an exponential is of,
/// not at all (Buckingham, Physical Review 4, 1914).
/// </summary>
internal sealed class Scaling
{
    private const double Nearly = 1e-9;

    private readonly Expression _variable;
    private readonly IReadOnlyDictionary<Fingerprint, int> _parameters;
    private readonly Dictionary<Expression, double[]?> _known = new(SameExpression.Instance);
    private readonly List<double[]> _zeros = [];

    private Scaling(Expression variable, IReadOnlyDictionary<Fingerprint, int> parameters) =>
        (_variable, _parameters) = (variable, parameters);

    /// <summary>The powers of the parameters in a function whose variable is scaled along; null if it is not scaled so.</summary>
    public static double[]? Of(Expression value, Expression variable, IReadOnlyDictionary<Fingerprint, int> parameters)
    {
        var scaling = new Scaling(variable, parameters);
        var powers = scaling.PowersOf(value) ?? scaling.None;
        var tied = scaling._zeros.Find(zero => Math.Abs(zero[^1]) > Nearly);
        double[] Resolved(double[] given) =>
            [.. given.Take(parameters.Count).Select((power, p) => tied is null ? power : power - (given[^1] * tied[p] / tied[^1]))];
        return scaling._zeros.TrueForAll(zero => Resolved(zero).All(power => Math.Abs(power) < Nearly)) ? Resolved(powers) : null;
    }

    /// <summary>Of a number: powers of the parameters, and last of the variable.</summary>
    private double[] None => new double[_parameters.Count + 1];

    /// <summary>The powers that an expression is scaled by; null of zero, which any scale it.</summary>
    private double[]? PowersOf(Expression expression)
    {
        if (!_known.TryGetValue(expression, out var powers))
        {
            _known[expression] = powers = expression.Equals(_variable) ? Unit(_parameters.Count)
                : _parameters.TryGetValue(expression.Key, out var parameter) ? Unit(parameter)
                : OfOperation(expression);
        }

        return powers;
    }

    private double[]? OfOperation(Expression expression) => expression switch
    {
        Constant { Value: 0 } => null,
        Addition sum => Same(sum.Operands),
        Product product => product.Operands.Aggregate(None, (all, o) => Sum(all, PowersOf(o) ?? None)),
        Power power => Times(PowersOf(power.Base), power.Exponent),
        Apply { Function.IsSelection: true, Operands: [var left, var right, var yes, var no] } => OfSelection(left, right, yes, no),
        Apply { Function.Name: "Pow", Operands: [var x, Constant exponent] } => Times(PowersOf(x), exponent.Value),
        Apply { Function.DeclaringType: ElementwiseFunction.Library or RealDefinitions.Reals } apply => OfFunction(apply),
        _ => OfNumbers(expression.Operands),
    };

    private double[]? OfFunction(Apply apply) => apply.Function.Name switch
    {
        "Abs" or "Relu" or "Max" or "Min" => Same(apply.Operands),
        "Sqrt" => Times(PowersOf(apply.Operands[0]), 0.5),
        "Cbrt" => Times(PowersOf(apply.Operands[0]), 1.0 / 3),
        "ReciprocalOrZero" => Times(PowersOf(apply.Operands[0]), -1),
        "Sign" => None,
        "Atan2" => Same(apply.Operands) is null ? null : None,
        _ => OfNumbers(apply.Operands),
    };

    private double[]? OfSelection(Expression left, Expression right, Expression yes, Expression no)
    {
        Same([left, right]);
        return Same([yes, no]);
    }

    private double[] OfNumbers(Expression[] operands)
    {
        _zeros.AddRange(operands.Select(PowersOf).OfType<double[]>());
        return None;
    }

    /// <summary>The powers of all, which must be the same.</summary>
    private double[]? Same(Expression[] operands)
    {
        var all = operands.Select(PowersOf).OfType<double[]>().ToList();
        _zeros.AddRange(all.Skip(1).Select(powers => Sum(powers, Times(all[0], -1)!)));
        return all.FirstOrDefault();
    }

    private double[] Unit(int place)
    {
        var unit = None;
        unit[place] = 1;
        return unit;
    }

    private static double[] Sum(double[] one, double[] other) => [.. one.Zip(other, (a, b) => a + b)];

    private static double[]? Times(double[]? powers, double number) => powers is null ? null : [.. powers.Select(p => p * number)];
}
