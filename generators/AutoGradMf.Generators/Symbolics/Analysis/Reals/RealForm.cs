using AutoGradMf.Generators.Symbolics.Expressions;

namespace AutoGradMf.Generators.Symbolics.Analysis.Reals;

/// <summary>
/// An expression that changes with a factor in one way alone, as a function of that number and of parameters: ℓ″(x_ij) where x_ij is the
/// prediction less the rating. Whatever the factor is, the number is a real one.
/// </summary>
internal sealed class RealForm
{
    private const int MostArguments = 12;

    private readonly Dictionary<Fingerprint, int> _places = [];

    private RealForm(Expression value)
    {
        Value = value;
        Collect(value);
        Function = new(value, Variable, _places);
    }

    /// <summary>What changes.</summary>
    public static Expression Variable { get; } = new Leaf(new Tensor("t", TensorRole.Factor, default), []);

    /// <summary>The expression of the variable.</summary>
    public Expression Value { get; }

    /// <summary>The same to be evaluated.</summary>
    public RealFunction Function { get; }

    /// <summary>What it depends on beside the variable.</summary>
    public List<Expression> Parameters { get; } = [];

    /// <summary>The powers of the parameters that it is scaled by; null if they do not come out.</summary>
    public double[]? Powers => Scaling.Of(Value, Variable, _places);

    /// <summary>The form of an expression; null if it changes in several ways, or not at all.</summary>
    public static RealForm? Of(Expression expression)
    {
        if (!expression.DependsOnFactors())
        {
            return null;
        }

        var plain = Plain(expression);
        var forms = Arguments(plain).Take(MostArguments).ToList();
        return forms.Select(x => In(plain, x)).OfType<Expression>().Select(value => new RealForm(value)).FirstOrDefault();
    }

    /// <summary>Whether a comparison decides what it is.</summary>
    public bool Selects => Value.SelfAndDescendants().Any(e => e is Apply { Function.IsSelection: true });

    /// <summary>Whether a parameter is a divisor, which is not zero.</summary>
    public bool DividesBy(Expression parameter) =>
        Value.SelfAndDescendants().Any(e => e is Power { Exponent: < 0 } power && power.Base.Equals(parameter));

    /// <summary>Whether a parameter is not negative, or it is the same if it is, as of squares.</summary>
    public bool HasNoSign(Expression parameter) => NonNegativity.Of(parameter) is []
        || Value.SelfAndDescendants().All(e =>
            !Array.Exists(e.Operands, o => o.Equals(parameter)) || (e is Power { Exponent: var exponent } && exponent % 2 == 0));

    /// <summary>
    /// The expression with slopes that have names, and functions that are made of others, written out. What no factor is part of stays as it is:
    /// a number, which bounds are computed from.
    /// </summary>
    private static Expression Plain(Expression expression)
    {
        var factor = expression.SelfAndDescendants().OfType<Leaf>().First(l => l.Tensor.Role == TensorRole.Factor).Tensor.Name;
        return WithoutShifts(expression);

        Expression WithoutShifts(Expression e) => e.Replace(part => part switch
        {
            _ when !part.Has(TensorRole.Factor) && !part.Has(TensorRole.Frozen) => part,
            Leaf { Tensor.Role: TensorRole.Frozen } leaf => new Leaf(
                leaf.Tensor with { Role = leaf.Tensor.Name == factor ? TensorRole.Factor : TensorRole.Frozen, IsShift = false },
                leaf.Indices),
            Apply { Function.Meaning: { } meaning } slope when meaning(slope.Operands) is { } slopes => WithoutShifts(slopes),
            Apply { Function: { DeclaringType: ElementwiseFunction.Library, Name: var name } } apply when RealDefinitions.Has(name) =>
                RealDefinitions.Of(name, apply.MapOperands(WithoutShifts)),
            _ => null,
        });
    }

    /// <summary>What stands in the expression of predictions and the like, each with the numbers that are added to it.</summary>
    private static IEnumerable<LinearForm> Arguments(Expression expression) =>
        !expression.DependsOnFactors() ? []
        : LinearForm.IsOperation(expression) && expression is not Addition ? expression.Operands.SelectMany(Arguments)
        : expression is Addition sum && LinearForm.Of(expression) is null
            ? Arguments(LinearPart(sum)).Concat(OtherPart(sum).SelectMany(Arguments))
        : [LinearForm.Of(expression)!];

    private static Expression LinearPart(Addition sum) => Build.Add(sum.Operands.Where(o => LinearForm.Of(o) is not null));

    private static IEnumerable<Expression> OtherPart(Addition sum) => sum.Operands.Where(o => LinearForm.Of(o) is null);

    /// <summary>The expression of a variable in the place of a form; null if something else changes, too.</summary>
    private static Expression? In(Expression expression, LinearForm form)
    {
        if (!expression.DependsOnFactors())
        {
            return expression;
        }

        if (expression is Addition or { Operands.Length: 0 } || !LinearForm.IsOperation(expression))
        {
            var (linear, others) = expression is Addition sum
                ? (LinearPart(sum), OtherPart(sum).Select(o => In(o, form)).ToList())
                : (expression, []);
            var here = !linear.DependsOnFactors() ? linear
                : LinearForm.Of(linear)!.In(form) is var (scale, shift) ? Build.Add(Build.Multiply(scale, Variable), shift)
                : null;
            return here is null || others.Contains(null) ? null : Build.Add([here, .. others!]);
        }

        var operands = expression.Operands.Select(o => In(o, form)).ToArray();
        return operands.Contains(null) ? null : expression.WithOperands(o => operands[Array.IndexOf(expression.Operands, o)]!);
    }

    /// <summary>Numbers that are no products, powers or roots of others.</summary>
    private void Collect(Expression expression)
    {
        if (expression.Equals(Variable) || expression is Constant)
        {
            return;
        }

        if (LinearForm.IsOperation(expression) && (expression.DependsOnFactors() || (expression is not Addition && !IsOpaque(expression))))
        {
            foreach (var operand in expression.Operands)
            {
                Collect(operand);
            }
        }
        else if (!_places.ContainsKey(expression.Key))
        {
            _places[expression.Key] = Parameters.Count;
            Parameters.Add(expression);
        }
    }

    private static bool IsOpaque(Expression expression) => expression is Apply { Function.Name: not ("Abs" or "Sqrt") };
}
