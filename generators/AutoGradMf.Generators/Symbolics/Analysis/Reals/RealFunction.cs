using AutoGradMf.Generators.Symbolics.Expressions;

namespace AutoGradMf.Generators.Symbolics.Analysis.Reals;

/// <summary>An expression of one variable and of parameters, as steps that enclosures go through.</summary>
internal sealed class RealFunction
{
    private readonly List<Func<RealArithmetic, Enclosure[], Enclosure>> _steps = [];
    private readonly Dictionary<Expression, int> _places = new(SameExpression.Instance);
    private readonly Expression _variable;
    private readonly IReadOnlyDictionary<Fingerprint, int> _parameters;
    private readonly double[] _values;

    /// <param name="value">The expression.</param>
    /// <param name="variable">What of it is the variable.</param>
    /// <param name="parameters">The number of each of its parameters.</param>
    public RealFunction(Expression value, Expression variable, IReadOnlyDictionary<Fingerprint, int> parameters)
    {
        (_variable, _parameters, _values) = (variable, parameters, new double[parameters.Count]);
        PlaceOf(value);
    }

    /// <summary>How many steps it has.</summary>
    public int Length => _steps.Count;

    /// <summary>What the parameters are.</summary>
    public void Set(IReadOnlyList<double> parameters)
    {
        for (var p = 0; p < _values.Length; p++)
        {
            _values[p] = parameters[p];
        }
    }

    /// <summary>Where its values are for the variable in a range.</summary>
    public Enclosure At(Enclosure variable, RealArithmetic arithmetic)
    {
        var results = new Enclosure[_steps.Count + 1];
        results[_steps.Count] = variable;
        for (var step = 0; step < _steps.Count; step++)
        {
            results[step] = _steps[step](arithmetic, results);
        }

        return results[_steps.Count - 1];
    }

    private int PlaceOf(Expression expression)
    {
        if (!_places.TryGetValue(expression, out var place))
        {
            var step = StepOf(expression);
            _places[expression] = place = _steps.Count;
            _steps.Add(step);
        }

        return place;
    }

    private Func<RealArithmetic, Enclosure[], Enclosure> StepOf(Expression expression)
    {
        if (expression.Equals(_variable))
        {
            return (_, results) => results[results.Length - 1];
        }

        if (_parameters.TryGetValue(expression.Key, out var parameter))
        {
            return (_, _) => Enclosure.Of(_values[parameter]);
        }

        var places = expression.Operands.Select(PlaceOf).ToArray();
        return expression switch
        {
            Constant number => (_, _) => Enclosure.Of(number.Value),
            Addition => (arithmetic, results) => places.Aggregate(Enclosure.Of(0), (sum, p) => arithmetic.Add(sum, results[p])),
            Product product => (_, results) => places.Aggregate(
                Enclosure.Of(product.Coefficient), (all, p) => RealArithmetic.Multiply(all, results[p])),
            Power power => (_, results) => RealArithmetic.Power(results[places[0]], power.Exponent),
            Apply { Function: { IsSelection: true, Name: var name } } => SelectionOf(name == nameof(ElementwiseFunction.IfLessOrEqual), places),
            Apply { Function.Name: "Pow", Operands: [_, Constant exponent] } => (_, results) =>
                RealArithmetic.RealPower(results[places[0]], exponent.Value),
            Apply apply => FunctionOf(apply, places),
            _ => throw new InvalidOperationException($"{expression.GetType().Name} is no operation on numbers."),
        };
    }

    private static Func<RealArithmetic, Enclosure[], Enclosure> SelectionOf(bool orEqual, int[] places) => (arithmetic, results) =>
        arithmetic.IsLess(results[places[0]], results[places[1]], orEqual) switch
        {
            true => results[places[2]],
            false => results[places[3]],
            null => arithmetic.Hull(results[places[2]], results[places[3]]),
        };

    /// <summary>A function, within what it declares of itself.</summary>
    private static Func<RealArithmetic, Enclosure[], Enclosure> FunctionOf(Apply apply, int[] places)
    {
        var declared = Declared(apply);
        var isOwn = apply.Function.DeclaringType is not (ElementwiseFunction.Library or RealDefinitions.Reals);
        var isFlat = apply.Operands.Where((_, p) => apply.Partial(p) is Constant { Value: 0 }).Any();
        return (arithmetic, results) =>
        {
            if (!isOwn && RealFunctions.Of(apply.Function.Name, arithmetic, Array.ConvertAll(places, p => results[p])) is { } known)
            {
                return known;
            }

            // What is constant piece by piece jumps, and where is not known.
            arithmetic.IsUndecided |= isFlat;
            return declared;
        };
    }

    private static Enclosure Declared(Apply apply)
    {
        var most = apply.Function.Bound?.Invoke(0, apply.Operands) is Constant { Value: var size }
            ? Math.Abs(size)
            : double.PositiveInfinity;
        return new(NonNegativity.Of(apply) is [] ? 0 : -most, most);
    }
}
