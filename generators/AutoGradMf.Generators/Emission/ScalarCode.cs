using System.Globalization;
using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Model;

namespace AutoGradMf.Generators.Emission;

/// <summary>Writes an expression without indices as C#. What is used twice becomes a local; nothing else does.</summary>
/// <param name="name">How a leaf is written.</param>
/// <param name="call">How an elementwise function is called, given its arguments.</param>
internal sealed class ScalarCode(Func<Tensor, string> name, Func<ElementwiseFunction, IReadOnlyList<string>, string> call)
{
    private const int SumLevel = 1;
    private const int TermLevel = 2;
    private const int AtomLevel = 3;
    private readonly Dictionary<Fingerprint, string> _locals = [];
    private readonly Dictionary<Fingerprint, int> _uses = [];
    private readonly HashSet<Fingerprint> _visited = [];
    private readonly Dictionary<Expression, bool> _mayVanish = new(SameExpression.Instance);

    /// <summary>A number as a C# literal, a double or an integer that converts to one.</summary>
    public static string Literal(double value) => value switch
    {
        double.PositiveInfinity => "double.PositiveInfinity",
        double.NegativeInfinity => "double.NegativeInfinity",
        _ when double.IsNaN(value) => "double.NaN",
        _ when Math.Abs(value) >= 1e9 => value.ToString("R", CultureInfo.InvariantCulture) + "d",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };

    /// <summary>A number as a C# literal that is a double, also where it meets others alone: 1 / 3 would be 0.</summary>
    public static string DoubleLiteral(double value) =>
        Literal(value) is var literal && literal.All(c => char.IsDigit(c) || c == '-') ? literal + "d" : literal;

    /// <summary>Counts the uses in expressions that will be written, so that what they share becomes a local.</summary>
    public void Count(IEnumerable<Expression> expressions)
    {
        foreach (var expression in expressions)
        {
            Use(expression);
        }
    }

    /// <summary>The locals that an expression needs and that are not written yet, each with its definition.</summary>
    public IReadOnlyList<(string Name, string Definition)> Locals(Expression expression, Func<string, string> take)
    {
        var locals = new List<(string, string)>();
        Visit(expression);
        return locals;

        void Visit(Expression node)
        {
            if (!_visited.Add(node.Key))
            {
                return;
            }

            foreach (var operand in node.Operands)
            {
                Visit(operand);
            }

            if (_uses.TryGetValue(node.Key, out var uses) && uses > 1 && IsWorthALocal(node))
            {
                var definition = Write(node, 0);
                var local = take(node is Addition ? "e" : "t");
                _locals[node.Key] = local;
                locals.Add((local, definition));
            }
        }
    }

    public string Write(Expression expression) => Write(expression, 0);

    private static bool IsWorthALocal(Expression expression) => expression switch
    {
        Leaf or Constant => false,
        Product { Coefficient: -1, Operands: [Leaf] } => false,
        Power { Exponent: > 1, Base: var root } => !IsOverNorm(root),
        _ => true,
    };

    private void Use(Expression expression)
    {
        _uses.TryGetValue(expression.Key, out var uses);
        _uses[expression.Key] = uses + 1;
        if (uses == 0)
        {
            foreach (var operand in expression is Product product && Ordered(product) is var (head, tail) ? head.Concat(tail) : expression.Operands)
            {
                Use(operand);
            }

            // A power is written as a product of its base with itself.
            if (expression is Power { Exponent: > 1 or < -1, Base: var repeated })
            {
                Use(repeated);
            }
        }
    }

    private string Write(Expression expression, int outer)
    {
        if (_locals.TryGetValue(expression.Key, out var local))
        {
            return local;
        }

        return expression switch
        {
            Constant c => c.Value < 0 ? Parenthesised(Literal(c.Value), outer > SumLevel) : Literal(c.Value),
            Leaf leaf => name(leaf.Tensor),
            Addition a => Parenthesised(WriteSum(a), outer > SumLevel),
            Power p => WritePower(p, outer),
            Product p => WriteProduct(p, outer),
            Apply a => call(a.Function, [.. a.Operands.Select(o => Write(o, 0))]),
            _ => throw new InvalidOperationException($"No code for {expression.GetType().Name}."),
        };
    }

    private string WriteSum(Addition addition)
    {
        var text = new List<string>(2 * addition.Operands.Length);
        foreach (var term in addition.Operands)
        {
            var negative = Build.SplitCoefficient(term).Coefficient < 0 && !_locals.ContainsKey(term.Key);
            text.Add(text.Count == 0 ? (negative ? "-" : "") : negative ? " - " : " + ");
            text.Add(Write(negative ? Build.Negate(term) : term, SumLevel + (negative ? 1 : 0)));
        }

        return string.Concat(text);
    }

    private string WritePower(Power power, int outer)
    {
        var repeated = string.Join(" * ", Enumerable.Repeat(Write(power.Base, TermLevel + 1), Math.Abs(power.Exponent)));
        return power.Exponent switch
        {
            > 0 => Parenthesised(repeated, outer > TermLevel),
            -1 => Parenthesised($"1.0 / {repeated}", outer > TermLevel),
            _ => Parenthesised($"1.0 / ({repeated})", outer > TermLevel),
        };
    }

    private string WriteProduct(Product product, int outer)
    {
        if (OverNorms(product) is { } overNorms)
        {
            return Parenthesised(overNorms, outer > TermLevel || (outer > SumLevel && overNorms[0] == '-'));
        }

        var divisors = product.Operands.OfType<Power>().Where(p => p.Exponent < 0 && !_locals.ContainsKey(p.Key)).ToList();
        var (head, tail) = Ordered(product);
        var factors = head.Where(f => !divisors.Contains(f)).Concat(divisors.Count == 0 ? tail : []).ToList();
        if (Alternating(product, divisors, factors, tail) is { } alternating)
        {
            return Parenthesised(alternating, outer > TermLevel || (outer > SumLevel && alternating[0] == '-'));
        }

        var after = divisors.Count == 0 ? [] : tail;
        if (factors.Count == 0 && after.Count > 0)
        {
            (factors, after) = ([after[0]], [.. after.Skip(1)]);
        }

        var written = string.Join(" * ", factors.Select(f => Write(f, f is Power ? TermLevel : TermLevel + 1)));
        var lead = product.Coefficient switch { 1 => "", -1 => "-", _ => Literal(product.Coefficient) };
        var text = factors.Count == 0
            ? lead is "" ? "1.0" : lead is "-" ? "-1.0" : lead
            : lead is "" or "-" ? lead + written : $"{lead} * {written}";
        text += string.Concat(Divisions(product, divisors).Select(d => $" / {Write(d, TermLevel + 1)}"));
        text += string.Concat(after.Select(f => $" * {Write(f, TermLevel + 1)}"));
        return Parenthesised(text, outer > TermLevel || (outer > SumLevel && text[0] == '-'));
    }

    /// <summary>
    /// A product with a power of the reciprocal of a norm, spread over the other factors: x / n / n · y / n, where 1 / n³ vanishes and
    /// x · y overflows. Null of other products.
    /// </summary>
    private string? OverNorms(Product product)
    {
        var reciprocals = product.Operands.OfType<Power>()
            .Where(p => p.Exponent > 1 && IsOverNorm(p.Base))
            .SelectMany(p => Enumerable.Repeat(p.Base, p.Exponent))
            .ToList();
        var others = product.Operands.Where(o => !(o is Power { Exponent: > 1, Base: var root } && IsOverNorm(root)))
            .SelectMany(o => o is Power { Exponent: > 1 } p && !_locals.ContainsKey(o.Key) ? Enumerable.Repeat(p.Base, p.Exponent) : [o])
            .OrderBy(o => o is Power { Exponent: < 0 })
            .ToList();
        if (reciprocals.Count == 0 || others.Count == 0)
        {
            return null;
        }

        var text = product.Coefficient switch { 1 => "", -1 => "-", _ => Literal(product.Coefficient) + " * " };
        for (var (place, written) = (0, 0); place < others.Count; place++)
        {
            text += Times(others[place], place == 0);
            for (var until = (((place + 1) * reciprocals.Count) + others.Count - 1) / others.Count; written < until; written++)
            {
                text += Times(reciprocals[written], isFirst: false);
            }
        }

        return text;

        string Times(Expression factor, bool isFirst) => !isFirst && factor is Power { Exponent: < 0 } divisor && !_locals.ContainsKey(factor.Key)
            ? string.Concat(Enumerable.Repeat($" / {Write(divisor.Base, TermLevel + 1)}", -divisor.Exponent))
            : (isFirst ? "" : " * ") + Write(factor, TermLevel + 1);
    }

    private static bool IsOverNorm(Expression expression) => expression is Leaf { Tensor.IsOverNorm: true }
        or Apply { Function: { Name: nameof(ElementwiseFunction.ReciprocalOrZero), DeclaringType: ElementwiseFunction.Library } };

    /// <summary>
    /// A product of several factors by powers, one by one: a / e · b / e, where a · b overflows before it is divided, or e² does. Null where one of
    /// them stands alone.
    /// </summary>
    private string? Alternating(Product product, IReadOnlyList<Power> divisors, IReadOnlyList<Expression> factors, IReadOnlyList<Expression> tail)
    {
        var growing = factors.Where(f => !MayVanish(f)).Concat(tail).ToList();
        if (growing.Count < 2 || !divisors.Any(d => d.Exponent < -1))
        {
            return null;
        }

        var apart = divisors.SelectMany(d => Enumerable.Repeat(d.Base, -d.Exponent)).ToList();
        var text = string.Join(" * ", factors.Where(MayVanish).Select(f => Write(f, TermLevel + 1)).Prepend(product.Coefficient is 1 or -1 ? "" : Literal(product.Coefficient)).Where(t => t.Length > 0));
        for (var place = 0; place < Math.Max(growing.Count, apart.Count); place++)
        {
            text += place < growing.Count ? $"{(text.Length > 0 ? " * " : "")}{Write(growing[place], TermLevel + 1)}" : "";
            text += place < apart.Count ? $" / {Write(apart[place], TermLevel + 1)}" : "";
        }

        return product.Coefficient == -1 ? "-" + text : text;
    }

    /// <summary>
    /// The factors of a product as they are multiplied, and those after its divisors. Beside what may vanish, powers and sums come last, and a power
    /// as its base again and again: e^−x x x is zero far off, where x² e^−x is ∞ · 0.
    /// </summary>
    private (IReadOnlyList<Expression> Head, IReadOnlyList<Expression> Tail) Ordered(Product product)
    {
        var growing = Array.Exists(product.Operands, MayVanish) ? Array.FindAll(product.Operands, f => !MayVanish(f) && f is Addition or Power { Exponent: > 1 }) : [];
        return growing.Length == 0 ? (product.Operands, []) : ([.. product.Operands.Except(growing)], [.. growing.SelectMany(f => f is Power power ? Enumerable.Repeat(power.Base, power.Exponent) : [f])]);
    }

    /// <summary>
    /// What is divided by. Beside a function of it, which may vanish where it does, and beside an exponential that may, it is a power's base again
    /// and again: sin(x) / x / x is 1 / x near zero, and e^(−1/x) / x / x is zero, where x² is zero and they would be ∞ and 0 / 0.
    /// </summary>
    private static IEnumerable<Expression> Divisions(Product product, IReadOnlyList<Power> divisors)
    {
        var besideExponential = product.Operands.Any(o => o is Leaf { Tensor.MayVanish: true } || Exponentials.Vanishes(o));
        bool VanishTogether(Power divisor) => divisor is { Exponent: < -1, Base: not Addition }
            && product.Operands.Any(o => o is Apply && o.SelfAndDescendants().Contains(divisor.Base));
        return divisors.SelectMany(d => besideExponential || VanishTogether(d)
            ? Enumerable.Repeat(d.Base, -d.Exponent)
            : [Build.Power(d.Base, -d.Exponent)]);
    }

    /// <summary>Whether a factor may be zero far off: a reciprocal, a function, or a sum with one.</summary>
    private bool MayVanish(Expression factor)
    {
        if (factor is Addition or Product)
        {
            if (!_mayVanish.TryGetValue(factor, out var may))
            {
                _mayVanish[factor] = may = Array.Exists(factor.Operands, MayVanish);
            }

            return may;
        }

        return factor is Apply or Leaf { Tensor.MayVanish: true } or Power { Exponent: < 0 } || (factor is Power power && MayVanish(power.Base));
    }

    private static string Parenthesised(string text, bool needed) => needed ? $"({text})" : text;
}
