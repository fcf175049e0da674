using AutoGradMf.Generators.Symbolics.Differentiation;
using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Structure;
using AutoGradMf.Generators.Symbolics.Translation.Language;
using AutoGradMf.Symbolics.Tests.Generation;
using AutoGradMf.Symbolics.Tests.Interpretation;
using CsCheck;
using Index = AutoGradMf.Generators.Symbolics.Expressions.Index;
using static AutoGradMf.Symbolics.Tests.Generation.RandomExpression;
using static AutoGradMf.Symbolics.Tests.PropertyCheck;

namespace AutoGradMf.Symbolics.Tests;

/// <summary>Forms of functions, quotients and powers that are finite where the plain ones are not.</summary>
public partial class RewritePropertyTests
{
    [Fact]
    public void Stable_logarithms_keep_the_value_and_the_derivative() => ForAll(Gen.Select(OfDepth(2), Positive.List[2, 4], Gen.Int[0, 15], Directions), drawn =>
    {
        var (x, terms, form, direction) = drawn;
        var bounded = Call("Tanh", x);
        var argument = form switch
        {
            0 => Call("Sigmoid", bounded),
            1 => Build.Add(Build.One, Call("Exp", bounded)),
            2 => Build.Add(Build.Power(bounded, 2), Build.One),
            3 => Build.Add(Build.One, Build.Negate(Call("Sigmoid", bounded))),
            4 => Build.Add(Build.One, Build.Multiply(Build.Number(-0.5), bounded)),
            5 => Build.Multiply(terms),
            6 => Build.Add(Build.One, Build.Multiply(Build.Number(0.1), bounded, terms[0])),
            7 => Build.Multiply(terms[0], Build.Power(Build.Add(Build.Number(2), bounded), 2)),
            8 => Build.Contract([terms[0], Build.Add(Build.Number(2), bounded)], [J]),
            9 => Build.Contract([Call("Exp", bounded), Weight], [I, J]),
            10 => Build.Add(Build.One, Build.Multiply(Weight, Call("Exp", bounded))),
            11 => Build.Add(Build.Number(2), Build.Multiply(Weight, Build.Power(bounded, 2))),
            12 => Build.Add(Weight, Build.Power(bounded, 2), Build.Scaled(3, Build.Power(Call("Sigmoid", x), 2))),
            13 => Build.Add(Build.One, Build.Contract([Call("Exp", bounded)], [J])),
            _ => Build.Add(terms),
        };
        var stable = StableForms.Apply("Log", [argument], Functions);
        var plain = Values(Call("Log", argument), Order, direction);
        AssertSame(plain, Values(stable, Order, direction));
        AssertSame([.. plain.Select(Derivative)], Values(new ForwardMode().Along(stable), Order, direction));
    });

    [Fact]
    public void Stable_quotients_keep_the_value_and_the_derivative()
    {
        var met = 0;
        ForAll(Gen.Select(OfDepth(1), Positive.List[1, 3], Gen.Int[0, 4], Directions), drawn =>
        {
            var (other, terms, form, direction) = drawn;
            var numerator = form switch { 0 => Build.One, 1 => other, 2 => Build.Add(terms[0], Build.Negate(other)), _ => terms[0] };
            var denominator = form % 2 == 0 ? Build.Add([Build.One, .. terms]) : Build.Power(Build.Add(terms), 2);
            var stable = StableForms.Divide(numerator, denominator, Functions);
            var plain = Values(new Product(1, [Build.One, numerator, new Power(denominator, -1)], []), Order, direction);
            met += stable.SelfAndDescendants().Any(e => e is Power { Exponent: < 0, Base: Addition sum } && sum.Equals(denominator)) ? 0 : 1;
            AssertSame(plain, Values(stable, Order, direction));
            AssertSame([.. plain.Select(Derivative)], Values(new ForwardMode().Along(stable), Order, direction));
        });
        Assert.True(met > 200, $"{met} quotients have another denominator.");
    }

    [Fact]
    public void Logarithms_and_reciprocals_of_sums_with_high_powers_keep_the_value_and_the_derivative()
    {
        var met = 0;
        ForAll(Gen.Select(OfDepth(1), Gen.Int[0, 5], Gen.Bool, Directions), drawn =>
        {
            var (x, form, isReciprocal, direction) = drawn;
            var bounded = Build.Scaled(2, Call("Tanh", Build.Add(Build.Number(0.3), x)));
            var power = form % 2 == 0 ? Build.Power(bounded, 4) : Build.Power(Call("Abs", bounded), 3);
            var sum = (form / 2) switch
            {
                0 => Build.Add(Build.Number(2), Build.Scaled(3, power)),
                1 => Build.Add(Build.Number(0.5), Build.Multiply(Weight, power)),
                _ => Build.Add(Weight, Build.Scaled(0.7, power)),
            };
            var stable = isReciprocal ? StableForms.Divide(Build.Power(bounded, 3), sum, Functions) : StableForms.Apply("Log", [sum], Functions);
            met += stable.SelfAndDescendants().Any(e => e is Apply { Function.IsSelection: true }) ? 1 : 0;
            var plain = Values(isReciprocal ? new Product(1, [Build.Power(bounded, 3), new Power(sum, -1)], []) : Call("Log", sum), Order, direction);
            AssertSame(plain, Values(stable, Order, direction));
            AssertSame([.. plain.Select(Derivative)], Values(new ForwardMode().Along(stable), Order, direction));
        });
        Assert.True(met > 150, $"{met} sums with high powers were met.");
    }

    [Fact]
    public void Powers_of_roots_keep_the_value_and_the_derivative()
    {
        var met = 0;
        ForAll(Gen.Select(OfDepth(1), Gen.Int[0, 4], Directions), drawn => met += HasStablePower(drawn.Item1, drawn.Item2, drawn.Item3) ? 1 : 0);
        Assert.True(met > 200, $"{met} powers of roots were met.");
    }

    private static bool HasStablePower(Expression drawnX, int form, Direction direction)
    {
        var x = Build.Add(Build.Number(0.1), drawnX, Leaves[0]);
        var squares = Build.Add(Build.Number(1.5), Build.Scaled(2, Build.Power(x, 2)));
        Expression Raised(Expression e, double power) => StableForms.Apply("Pow", [e, Build.Number(power)], Functions);
        Expression Plain(Expression numerator, Expression denominator) => new Product(1, [Build.One, numerator, new Power(denominator, -1)], []);
        Expression Power(double power) => new Product(1, [Build.One, Call("Sqrt", squares), Build.Power(squares, (int)power)], []);
        var (plain, stable) = form switch
        {
            0 => (Plain(Power(1.5), squares), StableForms.Divide(Raised(squares, 1.5), squares, Functions)),
            1 => (Plain(x, Power(1.5)), StableForms.Divide(x, Raised(squares, 1.5), Functions)),
            2 => (Plain(Build.Power(x, 3), Power(1.5)), StableForms.Divide(Build.Power(x, 3), Raised(squares, 1.5), Functions)),
            3 => (Plain(Build.Power(x, 4), Build.Power(squares, 2)), StableForms.Divide(Build.Power(x, 4), Build.Power(squares, 2), Functions)),
            _ => (Build.Power(x, 2), StableForms.Apply("Sqrt", [Build.Power(x, 4)], Functions)),
        };
        var values = Values(plain, Order, direction);
        AssertSame(values, Values(stable, Order, direction));
        AssertSame([.. values.Select(Derivative)], Values(new ForwardMode().Along(stable), Order, direction));
        return stable.SelfAndDescendants().Any(e => e is Apply { Function.Name: "Hypot" or "OverHypot" or "Abs" });
    }

    [Fact]
    public void Roots_of_squares_and_quotients_by_them_keep_the_value_and_the_derivative()
    {
        var met = 0;
        ForAll(Gen.Select(OfDepth(1), OfDepth(1), Gen.Int[0, 11], Directions), drawn =>
        {
            var (x, y, form, direction) = drawn;
            var (a, b) = (Build.Add(Build.Number(2), Call("Tanh", x)), Build.Add(Build.Number(3), Call("Tanh", y)));
            Expression Over(Expression numerator, Expression denominator) => StableForms.Divide(numerator, denominator, Functions);
            Expression Plain(Expression numerator, Expression denominator) => new Product(1, [Build.One, numerator, new Power(denominator, -1)], []);
            var sum = Build.Add(Build.Scaled(2.5, Build.Power(a, 2)), form % 2 == 0 ? Build.Number(3) : Build.Multiply(Build.Power(b, -2), Build.Power(y, 2)));
            var root = Call("Sqrt", sum);
            var (withRest, rootWithRest) = (Build.Add(Build.Scaled(2.5, Build.Power(a, 2)), Weight), Call("Sqrt", Build.Add(Build.Scaled(2.5, Build.Power(a, 2)), Weight)));
            var (weighted, rootWeighted) = (Build.Add(Build.One, Build.Multiply(Weight, Build.Power(a, 2))), Call("Sqrt", Build.Add(Build.One, Build.Multiply(Weight, Build.Power(a, 2)))));
            var (plain, stable) = form switch
            {
                0 or 1 => (root, Roots.Of(sum, Functions)),
                2 or 3 => (Plain(Build.Multiply(a, b), root), Roots.Of(sum, Functions) is { } denominator ? Over(Build.Multiply(a, b), denominator) : null),
                4 or 5 => (Plain(Build.Multiply(Build.Power(a, 2), b), sum), Over(Build.Multiply(Build.Power(a, 2), b), sum)),
                7 => (rootWithRest, Roots.Of(withRest, Functions)),
                8 => (Plain(Build.Multiply(a, b), rootWithRest), Roots.Of(withRest, Functions) is { } smooth ? Over(Build.Multiply(a, b), smooth) : null),
                10 => (rootWeighted, Roots.Of(weighted, Functions)),
                11 => (Plain(Build.Multiply(a, b), rootWeighted), Roots.Of(weighted, Functions) is { } weightedRoot ? Over(Build.Multiply(a, b), weightedRoot) : null),
                9 => (Plain(Build.Multiply(Build.Power(a, 2), b), withRest), Over(Build.Multiply(Build.Power(a, 2), b), withRest)),
                _ => (Call("Sqrt", Build.Multiply(Build.Power(a, 2), Build.Power(b, -4))), Roots.Of(Build.Multiply(Build.Power(a, 2), Build.Power(b, -4)), Functions)),
            };
            if (stable is null)
            {
                return;
            }

            met += stable.SelfAndDescendants().Any(e => e is Apply { Function.Name: "Hypot" or "OverHypot" or "Abs" or "SmoothAbs" or "SmoothSign" or "WeightedSmoothAbs" or "WeightedSmoothSign" or "GemanMcClure" }) ? 1 : 0;
            var values = Values(plain, Order, direction);
            AssertSame(values, Values(stable, Order, direction));
            AssertSame([.. values.Select(Derivative)], Values(new ForwardMode().Along(stable), Order, direction));
        });
        Assert.True(met > 150, $"{met} roots were met.");
    }

    [Fact]
    public void Quotients_of_sums_and_functions_that_vanish_keep_the_value_and_the_derivative() => ForAll(Gen.Select(OfDepth(1), OfDepth(1), Gen.Int[0, 7], Directions), drawn =>
    {
        var (x, y, form, direction) = drawn;
        var (a, b) = (Call("Tanh", x), Call("Tanh", y));
        Expression SumOfRow(params Expression[] operands) => Build.Contract(operands, [J]);
        Expression Over(Expression numerator, Expression denominator) => new Product(1, [Build.One, numerator, new Power(denominator, -1)], []);
        var (numerator, denominator) = form switch
        {
            0 => (SumOfRow(Call("Exp", a)), SumOfRow(Call("Exp", Build.Scaled(2, a)))),
            1 => (SumOfRow(Call("Exp", a), b), SumOfRow(Call("Exp", a))),
            2 => (Build.Add(Build.Number(0.5), SumOfRow(Call("Exp", a))), Build.Add(Build.One, SumOfRow(Call("Exp", a)))),
            3 => (Build.Power(SumOfRow(Call("Exp", a)), 2), SumOfRow(Call("Exp", b))),
            _ => (Build.Add(Build.Number(0.5), Build.Scaled(3, Build.Power(a, 2)), b), Build.Add(Build.One, Build.Power(a, 2))),
        };
        var (plain, stable) = form switch
        {
            5 => (Call("Sqrt", SumOfRow(Call("Exp", a))), StableForms.Apply("Sqrt", [SumOfRow(Call("Exp", a))], Functions)),
            6 => (new Addition([Build.Number(2), new Product(-2, [Call("Sigmoid", a)], [])]), StableForms.Sum([Build.Number(2), Build.Scaled(-2, Call("Sigmoid", a))], Functions)),
            7 => (Call("Cbrt", denominator), StableForms.Apply("Cbrt", [denominator], Functions)),
            _ => (Over(numerator, denominator), StableForms.Divide(numerator, denominator, Functions)),
        };
        var values = Values(plain, Order, direction);
        AssertSame(values, Values(stable, Order, direction));
        AssertSame([.. values.Select(Derivative)], Values(new ForwardMode().Along(stable), Order, direction));
    });

    [Fact]
    public void Logarithms_of_differences_and_of_what_vanishes_keep_the_value_and_the_derivative() => ForAll(Gen.Select(OfDepth(1), OfDepth(1), Gen.Int[0, 8], Directions), drawn =>
    {
        var (x, y, form, direction) = drawn;
        var (a, b) = (Call("Tanh", x), Call("Tanh", y));
        Expression Exp(Expression e) => Call("Exp", e);
        Expression Less(Expression from, Expression less) => new Addition([from, Build.Negate(less)]);
        var below = Build.Add(Build.Number(-1.5), a);
        var argument = form switch
        {
            0 => Less(Build.One, Exp(below)),
            1 => Less(Build.Number(2), Build.Scaled(1.5, Exp(below))),
            2 => Less(Call("Sigmoid", Build.Add(Build.One, a)), Call("Sigmoid", Build.Add(Build.Number(-1), b))),
            3 => Less(Build.One, Build.Power(a, 2)),
            4 => Build.Add(Build.One, Build.Multiply(Build.Power(b, 2), Exp(a))),
            5 => Build.Scaled(3, Build.Multiply(Call("Softplus", a), Exp(b))),
            6 => Less(Build.One, Exp(Build.Negate(Call("Softplus", a)))),
            7 => Less(Build.One, Exp(Build.Negate(Exp(a)))),
            _ => Build.Scaled(-2, Call("Expm1", below)),
        };
        var (plain, stable) = (Call("Log", argument), StableForms.Apply("Log", [argument], Functions));
        var values = Values(plain, Order, direction);
        AssertSame(values, Values(stable, Order, direction));
        AssertSame([.. values.Select(Derivative)], Values(new ForwardMode().Along(stable), Order, direction));
    });

    [Fact]
    public void Area_functions_and_powers_of_squares_keep_the_value_and_the_derivative() => ForAll(Gen.Select(OfDepth(1), Gen.Int[0, 3], Directions), drawn =>
    {
        var (x, form, direction) = drawn;
        var a = Build.Add(Build.Number(1.5), Call("Tanh", x));
        var root = StableForms.Apply("Sqrt", [Build.Add(Build.Number(2.25), Build.Power(a, 2))], Functions);
        var (function, argument) = form switch
        {
            0 => ("Acosh", Build.Add(Build.One, Build.Scaled(2, Build.Power(a, 2)))),
            1 => ("Log", Build.Add(a, root)),
            2 => ("Log", Build.Add(root, Build.Negate(a))),
            _ => ("Cbrt", Build.Scaled(3, Build.Power(a, 2))),
        };
        var (plain, stable) = (Call(function, argument), StableForms.Apply(function, [argument], Functions));
        var values = Values(plain, Order, direction);
        AssertSame(values, Values(stable, Order, direction));
        AssertSame([.. values.Select(Derivative)], Values(new ForwardMode().Along(stable), Order, direction));
    });

    [Fact]
    public void Sums_of_a_number_and_a_function_keep_the_value_and_the_derivative() => ForAll(Gen.Select(OfDepth(1), Gen.OneOf("Tanh", "Sigmoid", "Expm1"), Gen.OneOf(2.0, -2.0), Directions), drawn =>
    {
        var (x, function, coefficient, direction) = drawn;
        var of = Call(function, Call("Tanh", x));
        var values = Values(new Addition([Build.Number(2), new Product(coefficient, [of], [])]), Order, direction);
        var stable = StableForms.Sum([Build.Number(2), Build.Scaled(coefficient, of)], Functions);
        AssertSame(values, Values(stable, Order, direction));
        AssertSame([.. values.Select(Derivative)], Values(new ForwardMode().Along(stable), Order, direction));
    });

    [Fact]
    public void Functions_of_sums_of_squares_of_an_array_keep_the_value_and_both_derivatives()
    {
        var met = 0;
        var arrays = Gen.OneOf<Expression>(Leaf("U", I, K), Leaf("V", J, K), Call("Tanh", Leaf("U", I, K)));
        ForAll(Gen.Select(arrays, arrays, Gen.Bool, Gen.Int[0, 7], Directions), drawn =>
        {
            var (array, other, ofRows, form, direction) = drawn;
            Expression Squares(Expression e) => Build.Contract([Build.Power(e, 2)], ofRows ? [K] : e.Free);
            var (squares, more) = (Squares(array), Build.Scaled(1.5, Squares(other)));
            var (one, weighted) = (Build.Add(Build.Number(0.5), squares), Build.Add(Build.One, Build.Multiply(Weight, squares)));
            Expression Over(Expression numerator, Expression denominator) => new Product(1, [Build.One, numerator, new Power(denominator, -1)], []);
            var (plain, stable) = form switch
            {
                0 => (Call("Sqrt", one), StableForms.Apply("Sqrt", [one], Functions)),
                1 => (Call("Sqrt", weighted), StableForms.Apply("Sqrt", [weighted], Functions)),
                2 => (Call("Sqrt", Build.Add(Weight, squares)), StableForms.Apply("Sqrt", [Build.Add(Weight, squares)], Functions)),
                3 => (Call("Sqrt", Build.Add(one, more)), StableForms.Apply("Sqrt", [Build.Add(one, more)], Functions)),
                4 => (Call("Log", one), StableForms.Apply("Log", [one], Functions)),
                5 => (Call("Log", weighted), StableForms.Apply("Log", [weighted], Functions)),
                6 => (Call("Log", squares), StableForms.Apply("Log", [squares], Functions)),
                _ => (Over(squares, one), StableForms.Divide(squares, one, Functions)),
            };
            met += stable.SelfAndDescendants().Any(e => e is Apply apply && ReferenceEquals(apply.Function, ElementwiseFunction.Norm)) ? 1 : 0;
            Expression Along(Expression e) => new ForwardMode().Along(e);
            AssertSame(Values(plain, Order, direction), Values(stable, Order, direction));
            AssertSame(Values(Along(plain), Order, direction), Values(Along(stable), Order, direction));
            AssertSame([.. Values(Along(plain), Order, direction).Select(Derivative)], Values(Along(Along(stable)), Order, direction));
        });
        Assert.True(met > 200, $"{met} norms were met.");
    }
}
