using AutoGradMf.Generators.Symbolics.Expressions;

namespace AutoGradMf.Generators.Symbolics.Translation.Language;

/// <summary>The functions of the library that are a bounded factor times an exponential, and the exponential of an expression in its best form.</summary>
internal static class ExponentialFunctions
{
    /// <summary>The functions that others are written as.</summary>
    public static IReadOnlyList<string> Ingredients { get; } = ["Exp", "Expm1", "Softplus", "LogSoftplus", "LogGumbel", "Sigmoid", "LogSigmoid", "LogCosh", "Tanh", "Log", "Log1p", "Max"];

    /// <summary>What is known of a function of the library as an exponential; null of others. With 1 + eˣ = e^Softplus(x), eˣ − 1 is tanh(x / 2) (eˣ + 1).</summary>
    public static ExponentialFunction? Of(string function, Translator translator)
    {
        ExponentialFunction Function(bool grows, bool vanishes, Func<Expression, ExponentialForm> form) => Known(grows, vanishes, form, translator);
        Expression Call(string name, Expression x) => Build.Apply(translator.Function(name), [x]);
        return !translator.Has(Ingredients) ? null : function switch
        {
            "Exp" => Function(true, true, x => new(Build.One, x)),
            "Cosh" => Function(true, false, x => new(Build.One, Call("LogCosh", x))),
            "Sinh" => Function(true, false, x => new(Call("Tanh", x), Call("LogCosh", x))),
            "Expm1" => Function(true, false, x => new(Call("Tanh", Build.Scaled(0.5, x)), Call("Softplus", x))),
            "Sigmoid" => Function(false, true, x => new(Build.One, Build.Negate(Call("Softplus", Negated(x))))),
            "Softplus" => Function(false, true, x => new(Build.One, Call("LogSoftplus", x))),
            _ => null,
        };
    }

    /// <summary>That cˣ is e^(x log c), of a positive number c.</summary>
    public static ExponentialFunction OfPower(double radix, Translator translator) => Known(true, true, x => new(Build.One, Build.Scaled(Math.Log(radix), x)), translator);

    private static ExponentialFunction Known(bool grows, bool vanishes, Func<Expression, ExponentialForm> form, Translator translator) =>
        new(grows, vanishes, form, sum => Exponential(sum, translator));

    /// <summary>Whether it is eˣ − 1.</summary>
    public static bool IsExpm1(Expression expression) => expression is Apply { Function: { Name: "Expm1", DeclaringType: ElementwiseFunction.Library } };

    /// <summary>The exponential of a sum: of −Softplus(x) it is σ(−x), and of x − Softplus(x) it is σ(x).</summary>
    public static Expression Exponential(Expression exponent, Translator translator)
    {
        var sum = WithoutDifferences(exponent, translator);
        var logistic = Terms(sum).Select(Logistic).ToList();
        return sum is Constant { Value: var value } && Math.Exp(value) is > 0 and < double.PositiveInfinity ? Build.Number(Math.Exp(value))
            : logistic.TrueForAll(t => t is not null)
            ? Build.Multiply(logistic.Select(t => Build.Power(Build.Apply(translator.Function("Sigmoid"), [Negated(t!.Value.Argument)]), t.Value.Count)))
            : Build.Apply(translator.Function("Exp"), [sum]);
    }

    /// <summary>The negative, of a sum term by term, so that it meets its terms.</summary>
    public static Expression Negated(Expression expression) => Build.Add(Terms(expression).Select(Build.Negate));

    /// <summary>x − Softplus(x) as −Softplus(−x), which does not cancel.</summary>
    private static Expression WithoutDifferences(Expression sum, Translator translator)
    {
        var shorter = Terms(sum).Select(Logistic).Where(t => t is not null)
            .Select(t => t!.Value.Argument)
            .Select(x => Build.Add(sum, SoftplusOf(x), Negated(x), Build.Negate(SoftplusOf(Negated(x)))))
            .FirstOrDefault(other => Others(other) < Others(sum));
        return shorter is null ? sum : WithoutDifferences(shorter, translator);

        Expression SoftplusOf(Expression x) => Build.Apply(translator.Function("Softplus"), [x]);
        static int Others(Expression e) => Terms(e).Count(t => Logistic(t) is null && t is not Constant { Value: 0 });
    }

    /// <summary>Whether an exponential of the expression is a product of logistic functions.</summary>
    public static bool IsLogistic(Expression exponent) => Terms(exponent).All(t => Logistic(t) is not null);

    /// <summary>The x and the n of −n Softplus(x), and of n LogSigmoid(−x).</summary>
    private static (Expression Argument, int Count)? Logistic(Expression term) =>
        Build.SplitCoefficient(term) is (var coefficient, Apply { Function: { DeclaringType: ElementwiseFunction.Library, Name: var name }, Operands: [var x] })
        && coefficient == Math.Floor(coefficient)
            ? (name, coefficient) switch
            {
                ("Softplus", < 0) => (x, (int)-coefficient),
                ("LogSigmoid", > 0) => (Negated(x), (int)coefficient),
                _ => null,
            }
            : null;

    private static Expression[] Terms(Expression expression) => expression is Addition addition ? addition.Operands : [expression];
}
