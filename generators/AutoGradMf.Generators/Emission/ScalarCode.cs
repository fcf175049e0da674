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
    private readonly Dictionary<Product, Factors> _ordered = new(SameExpression.Instance);

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

            foreach (var part in Parts(node))
            {
                Visit(part);
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

    /// <summary>
    /// A quotient is divided where it stands, for a / b is finite where 1 / b is not, but that by what is never small: of it there is one reciprocal.
    /// </summary>
    private static bool IsWorthALocal(Expression expression) => expression switch
    {
        Leaf or Constant => false,
        Product { Coefficient: -1, Operands: [Leaf] } => false,
        Power { Exponent: < 0 } reciprocal => reciprocal.Exponent == -1 && !IsDividedBy(reciprocal),
        Power { Base: var root } => !IsOverNorm(root),
        _ => true,
    };

    /// <summary>Whether it is a reciprocal that is written as a division wherever it stands.</summary>
    private static bool IsDividedBy(Expression expression) => expression is Power { Exponent: -1, Base: var divisor } && !Poles.IsPositive(divisor);

    private void Use(Expression expression)
    {
        _uses.TryGetValue(expression.Key, out var uses);
        _uses[expression.Key] = uses + 1;
        if (uses > 0 && !IsDividedBy(expression))
        {
            return;
        }

        foreach (var part in Parts(expression))
        {
            Use(part);
        }
    }

    /// <summary>What an expression is written of: a power as its base, or the reciprocal of that, again and again.</summary>
    private IEnumerable<Expression> Parts(Expression expression) => expression switch
    {
        Product product => Ordered(product).All,
        Power { Exponent: > 1 or < -1 } power => Repeated(power),
        _ => expression.Operands,
    };

    private static IEnumerable<Expression> Repeated(Expression factor) => factor switch
    {
        Power { Exponent: > 1 } power => Enumerable.Repeat(power.Base, power.Exponent),
        Power { Exponent: < -1 } power => Enumerable.Repeat(Build.Power(power.Base, -1), -power.Exponent),
        _ => [factor],
    };

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
        var reciprocal = power.Exponent < 0 ? Build.Power(power.Base, -1) : null;
        var isKnown = reciprocal is not null && _locals.ContainsKey(reciprocal.Key);
        var repeated = string.Join(" * ", Enumerable.Repeat(Write(isKnown ? reciprocal! : power.Base, TermLevel + 1), Math.Abs(power.Exponent)));
        return power.Exponent switch
        {
            > 0 => Parenthesised(repeated, outer > TermLevel),
            _ when isKnown => Parenthesised(repeated, outer > TermLevel),
            -1 => Parenthesised($"1.0 / {repeated}", outer > TermLevel),
            _ => Parenthesised($"1.0 / ({repeated})", outer > TermLevel),
        };
    }

    /// <summary>
    /// Factors and reciprocals by turns, a / e · b / e: a · b may overflow before it is divided, e² by itself, and one over it may vanish where they do.
    /// </summary>
    private string WriteProduct(Product product, int outer)
    {
        var (first, reciprocals, last) = Ordered(product);
        var text = product.Coefficient switch { 1 => "", -1 => "-", _ => Literal(product.Coefficient) };
        foreach (var factor in first)
        {
            Multiply(factor);
        }

        var written = 0;
        for (var turn = 1; turn <= Math.Max(last.Count, 1); turn++)
        {
            if (turn <= last.Count)
            {
                Multiply(last[turn - 1]);
            }

            for (; written * last.Count < turn * reciprocals.Count && written < reciprocals.Count; written++)
            {
                Multiply(reciprocals[written]);
            }
        }

        return Parenthesised(text, outer > TermLevel || (outer > SumLevel && text[0] == '-'));

        void Multiply(Expression factor)
        {
            var divisor = factor is Power { Exponent: -1, Base: var @base } && !_locals.ContainsKey(factor.Key) ? @base : null;
            text = (text, divisor) switch
            {
                ("" or "-", null) => text + Write(factor, factor is Power ? TermLevel : TermLevel + 1),
                ("" or "-", _) => $"{text}1.0 / {Write(divisor, TermLevel + 1)}",
                (_, null) => $"{text} * {Write(factor, factor is Power ? TermLevel : TermLevel + 1)}",
                _ => $"{text} / {Write(divisor, TermLevel + 1)}",
            };
        }
    }

    private static bool IsOverNorm(Expression expression) => expression is Leaf { Tensor.IsOverNorm: true }
        or Apply { Function: { Name: nameof(ElementwiseFunction.ReciprocalOrZero), DeclaringType: ElementwiseFunction.Library } };

    /// <summary>
    /// The factors of a product as they are multiplied: those that come first, and reciprocals and others by turns. What may vanish comes first, and
    /// sums and powers last, as the base again and again: e^−x x x is zero far off, where x² e^−x is ∞ · 0, and e^(−1/x) / x / x is zero, where it were 0 / 0.
    /// </summary>
    private Factors Ordered(Product product) => _ordered.TryGetValue(product, out var ordered) ? ordered : _ordered[product] = Order(product);

    private Factors Order(Product product)
    {
        if (!Array.Exists(product.Operands, o => IsReciprocal(o) || MayVanish(o)))
        {
            return new(product.Operands, [], []);
        }

        var reciprocals = product.Operands.Where(IsReciprocal).SelectMany(Repeated).ToList();
        var others = product.Operands.Where(o => !IsReciprocal(o)).ToLookup(MayVanish);
        var growing = others[false].ToLookup(o => o is Addition or Power { Exponent: > 1 });
        return reciprocals.Count == 0
            ? new([.. others[true], .. growing[false]], [], [.. growing[true].SelectMany(Repeated)])
            : new([.. others[true]], reciprocals, [.. growing[false], .. growing[true].SelectMany(Repeated)]);
    }

    private static bool IsReciprocal(Expression factor) => factor is Power { Exponent: < 0 } || IsOverNorm(factor) || (factor is Power power && IsOverNorm(power.Base));

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

    /// <summary>The factors of a product in their order: the first ones, and then reciprocals and the others by turns.</summary>
    private sealed record Factors(IReadOnlyList<Expression> First, IReadOnlyList<Expression> Reciprocals, IReadOnlyList<Expression> Last)
    {
        public IEnumerable<Expression> All => First.Concat(Reciprocals).Concat(Last);
    }
}
