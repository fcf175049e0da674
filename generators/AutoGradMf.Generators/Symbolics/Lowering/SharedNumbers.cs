using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Model;

namespace AutoGradMf.Generators.Symbolics.Lowering;

/// <summary>Numbers that are used more than once in an evaluation: each is a step before the first that needs it, and has a name.</summary>
internal sealed class SharedNumbers
{
    private const string Root = "Sqrt";
    private readonly Func<Fingerprint, string, string> _take;
    private readonly Dictionary<Fingerprint, int> _uses = [];
    private readonly Dictionary<Fingerprint, Leaf> _named = [];
    private readonly List<Step> _steps = [];

    private SharedNumbers(Func<Fingerprint, string, string> take) => _take = take;

    /// <summary>The evaluation, with steps for the numbers that it uses more than once.</summary>
    /// <param name="evaluation">Steps in their order.</param>
    /// <param name="take">A name for a number, given what it should be called.</param>
    public static Evaluation In(Evaluation evaluation, Func<Fingerprint, string, string> take)
    {
        var shared = new SharedNumbers(take);
        foreach (var number in evaluation.Numbers)
        {
            shared.Use(number);
        }

        if (!shared._uses.Values.Any(uses => uses > 1))
        {
            return evaluation;
        }

        foreach (var step in evaluation.Steps)
        {
            shared._steps.Add(step is ScalarStep scalar ? shared.Within(scalar) : step.WithNumbers(number => shared.Named(number, step)));
        }

        var result = evaluation.Result is null ? null : shared.Named(evaluation.Result, null);
        return new([.. shared._steps], result);
    }

    private void Use(Expression number)
    {
        _uses.TryGetValue(number.Key, out var uses);
        _uses[number.Key] = uses + 1;
        if (uses > 0 && IsWorthAName(number))
        {
            return;
        }

        foreach (var operand in number.Operands)
        {
            Use(operand);
        }

        // A power is written as a product of its base with itself.
        if (number is Power { Exponent: > 1 or < -1, Base: var repeated })
        {
            Use(repeated);
        }
    }

    /// <summary>A number that has a name stays under that.</summary>
    private ScalarStep Within(ScalarStep step)
    {
        var value = On(step.Value, step);
        _named[step.Value.Key] = LeafOf(step.Name, step.Value, value);
        return new(step.Level, step.Name, value);
    }

    private Expression Named(Expression number, Step? user)
    {
        if (_named.TryGetValue(number.Key, out var named))
        {
            return named;
        }

        var value = On(number, user);
        return _uses[number.Key] > 1 && IsWorthAName(number) ? _named[number.Key] = NameOf(number, value, user) : value;
    }

    private Expression On(Expression number, Step? user) =>
        number.Operands.Length == 0 ? number : number.On(number.MapOperands(operand => Named(operand, user)), IndexSet.Empty);

    private Leaf NameOf(Expression number, Expression value, Step? user)
    {
        var name = _take(number.Key, Wish(number));
        _steps.Add(new ScalarStep(user?.Level ?? 0, name, value));
        return LeafOf(name, number, value);
    }

    /// <summary>The name of a number, with what the order of factors that it is multiplied with depends on.</summary>
    private static Leaf LeafOf(string name, Expression number, Expression value) =>
        new(new Tensor(name, TensorRole.Computed, default) { IsOverNorm = IsOverRoot(number), MayVanish = MayVanish(value) }, []);

    private static bool MayVanish(Expression value) =>
        value.SelfAndDescendants().Any(e => e is Apply or Power { Exponent: < 0 } or Leaf { Tensor.MayVanish: true });

    /// <summary>
    /// A quotient is divided where it stands: a / b is finite where 1 / b is not. Powers are written as products, and what is a number of the user's
    /// but for a coefficient reads best as it is.
    /// </summary>
    private static bool IsWorthAName(Expression number) => number switch
    {
        Addition or Apply => true,
        Product product => !product.Operands.All(o => o is Power { Exponent: < 0 }) && product.Operands.Length > 1,
        _ => false,
    };

    private static bool IsOverRoot(Expression number) =>
        number is Apply apply && ReferenceEquals(apply.Function, ElementwiseFunction.ReciprocalOrZero);

    private static string Wish(Expression number) => number switch
    {
        Apply { Function: { IsSelection: false, DeclaringType: ElementwiseFunction.Library, Name: var function }, Operands: var operands } => function switch
        {
            Root => "root",
            nameof(ElementwiseFunction.ReciprocalOrZero) => operands[0] is Apply { Function.Name: Root } ? "overRoot" : "overNorm",
            _ => char.ToLowerInvariant(function[0]) + function[1..],
        },
        Product => "coefficient",
        _ => "number",
    };
}
