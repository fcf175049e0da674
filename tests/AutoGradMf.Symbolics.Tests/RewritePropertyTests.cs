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

/// <summary>Each single rewrite keeps the value of random index expressions.</summary>
public partial class RewritePropertyTests
{
    [Fact]
    public void Sums_are_made_canonical_without_a_change_of_value() => ForAll(Operands, operands => AssertSame(
        Pointwise(operands, 0, (a, b) => a + b), Values(Build.Add(operands), Order)));

    [Fact]
    public void Products_are_made_canonical_without_a_change_of_value() => ForAll(Operands, operands => AssertSame(
        Pointwise(operands, 1, (a, b) => a * b), Values(Build.Multiply(operands), Order)));

    [Fact]
    public void Contractions_are_made_canonical_without_a_change_of_value() =>
        ForAll(Gen.Select(Operands, Gen.Shuffle(Indices.ToArray(), 0, 4)), drawn =>
        {
            var (operands, summed) = drawn;
            var plain = new Product(1, [Build.One, .. operands], []);
            var direct = summed.Length == 0 ? plain : new Product(1, [plain, .. summed.Select(Ones)], [.. summed]);
            AssertSame(Values(direct, Order), Values(Build.Contract(operands, summed), Order));
        });

    [Fact]
    public void Powers_are_made_canonical_without_a_change_of_value() =>
        ForAll(Gen.Select(OfDepth(3), Gen.Int[0, 4]), drawn => AssertSame(
            [.. Values(drawn.Item1, Order).Select(v => v.Power(drawn.Item2))],
            Values(Build.Power(drawn.Item1, drawn.Item2), Order)));

    [Fact]
    public void Quotients_are_made_canonical_without_a_change_of_value() =>
        ForAll(Gen.Select(OfDepth(2), OfDepth(2), Gen.Int[-3, -1]), drawn =>
        {
            var (numerator, denominator, exponent) = (drawn.Item1, Build.Add(Build.Number(1.5), Build.Power(drawn.Item2, 2)), drawn.Item3);
            AssertSame(
                [.. Values(numerator, Order).Zip(Values(denominator, Order), (a, b) => a * b.Power(exponent))],
                Values(Build.Multiply(numerator, Build.Power(denominator, exponent)), Order));
        });

    [Fact]
    public void Equal_keys_are_of_equal_values()
    {
        var seen = new Dictionary<Fingerprint, Expression>();
        var met = 0;
        ForAll(OfDepth(2), expression =>
        {
            if (seen.TryGetValue(expression.Key, out var equal))
            {
                met++;
                AssertSame(Values(equal, Order), Values(expression, Order));
            }

            seen[expression.Key] = expression;
        });
        Assert.True(met > 20);
    }

    [Fact]
    public void Keys_depend_neither_on_the_order_of_operands_nor_on_the_names_of_summed_indices() =>
        ForAll(OfDepth(3), expression => Assert.Equal(expression.Key, Disguised(expression).Key));

    [Fact]
    public void Keys_up_to_renaming_do_not_depend_on_the_names_of_free_indices() => ForAll(OfDepth(3), expression =>
    {
        var names = Indices.Reverse().ToDictionary(i => i, i => new Index(i.Dimension));
        var (key, order) = (expression.Form.Skeleton, expression.Form.Orders[0]);
        var other = Disguised(expression).Rename(names).Form;
        var (same, renamed) = (other.Skeleton, other.Orders[0]);
        Assert.Equal(key, same);
        Assert.Equal(expression.Free.Count, order.Length);

        // Under the order that comes with the key the values are the same too: which index is which may be a matter of symmetry.
        AssertSame(Values(expression, order), Values(Disguised(expression).Rename(names), renamed));
    });

    [Fact]
    public void Renaming_captures_no_index() => ForAll(OfDepth(3), expression =>
    {
        // k and l change places; where one of them is summed it stays so.
        var exchanged = expression.Rename(new Dictionary<Index, Index> { [K] = L, [L] = K });
        AssertSame(Values(expression, [I, J, L, K]), Values(exchanged, [I, J, K, L]));
        AssertSame(Diagonal(expression), Values(expression.Rename(K, L), [I, J, L]));
    });

    [Fact]
    public void An_expanded_product_is_the_sum_of_its_terms() => ForAll(Operands, operands =>
    {
        if (Expansion.Terms(operands) is { } terms)
        {
            AssertSame(Values(Build.Multiply(operands), Order), Values(Build.Add(terms.Select(t => Build.Multiply(t))), Order));
        }
    });

    [Fact]
    public void A_flattened_term_is_one_contraction_of_the_same_value() => ForAll(Operands, term =>
    {
        var (operands, summed) = Expansion.Flatten(term);
        AssertSame(Values(Build.Multiply(term), Order), Values(Build.Contract(operands, summed), Order));
    });

    [Fact]
    public void Bracketing_keeps_the_value() => ForAll(OfDepth(3), e => AssertSame(Values(e, Order), Values(ContractionOrder.Optimize(e), Order)));

    [Fact]
    public void Opening_a_chain_of_products_keeps_the_value()
    {
        Leaf Element(string name, params Index[] indices) => Leaves.First(l => l.Tensor.Name == name && l.Indices.SequenceEqual(indices));
        Expression[] links =
        [
            Build.Contract([Element("U", I, K), Element("V", J, K)], [K]),
            Build.Contract([Element("U", I, K), Element("C", K, L), Element("V", J, L)], [K, L]),
        ];
        var met = 0;
        ForAll(Gen.Select(Gen.OneOf(links), OfDepth(1).Where(e => !Expansion.IsWide(e)).List[1, 3], Gen.Shuffle(Indices.ToArray(), 1, 3)), drawn =>
        {
            var (link, others, summed) = drawn;
            if (Build.Contract([link, .. others], summed) is Product { Summed.Count: > 0 } product && MatrixChain.IsIn(product))
            {
                met++;
                AssertSame(Values(product, Order), Values(MatrixChain.Open(product, flat => flat), Order));
            }
        });
        Assert.True(met > 10, $"{met} chains were met.");
    }

    [Fact]
    public void Separation_keeps_the_value() => ForAll(OfDepth(3), e => AssertSame(Values(e, Order), Values(Separation.Separate(e), Order)));

    [Fact]
    public void Positive_parts_without_their_masks_keep_the_value()
    {
        var met = 0;
        ForAll(Gen.Select(OfDepth(1), OfDepth(1), Gen.Int[1, 3], Gen.Int[0, 2]), drawn =>
        {
            var (shift, other, exponent, form) = drawn;
            var x = Build.Add(Build.Multiply(Leaves[0], Leaves[1]), shift is Apply ? Build.Number(0.2) : shift);
            var part = form == 0 ? Call("Relu", x) : Build.Apply(Functions.Function("Max"), form == 1 ? [x, Build.Zero] : [Build.Zero, x]);
            var mask = Build.Apply(ElementwiseFunction.IfLess, [Build.Zero, x, Build.One, Build.Zero]);
            var made = Build.Multiply(other, Build.Power(part, exponent), mask);
            met += made.SelfAndDescendants().Any(e => e is Apply { Function.IsSelection: true } && e.Operands[1].Equals(x)) ? 0 : 1;
            AssertSame(Values(new Product(1, [other, new Power(part, exponent), mask], []), Order), Values(made, Order));
        });
        Assert.True(met > 200, $"{met} masks were left out.");
    }

    [Fact]
    public void Numbers_out_of_range_keep_the_value() => ForAll(Gen.Select(OfDepth(1), Gen.OneOf(2, 4), Gen.Bool), drawn =>
    {
        var (x, exponent, isSum) = drawn;
        var power = isSum ? Build.Contract([Build.Power(x, exponent)], x.Free) : Build.Power(x, exponent);
        var expected = Values(power, Order);
        AssertSame(expected, Values(Build.Scaled(1e200, Build.Scaled(1e200, Build.Scaled(1e-200, Build.Scaled(1e-200, power)))), Order));
        AssertSame([.. Values(Build.Scaled(1e20, power), Order)], Values(Build.Divide(Build.Scaled(1e-290, power), Build.Number(1e-310)), Order));
    });

    [Fact]
    public void Exponentials_of_a_product_are_made_one_without_a_change_of_value()
    {
        var factor = Gen.Select(Gen.OneOf("Exp", "Cosh", "Sinh", "Expm1", "Sigmoid"), Gen.Int[-2, 2].Where(p => p != 0), OfDepth(1), (f, power, x) =>
            new Power(Call(f, Build.Add(Build.Number(2), Call("Tanh", x))), power) is var raised && power == 1 ? raised.Base : raised);
        var sum = Gen.Select(factor, OfDepth(1), (one, other) => Build.Add(one, other));
        var met = 0;
        ForAll(Gen.Select(Gen.OneOf(factor, factor, sum, OfDepth(1)).List[2, 4], Directions), drawn =>
        {
            var (operands, direction) = drawn;
            var merged = Exponentials.Merged([.. operands]);
            met += merged is null ? 0 : 1;
            var product = Build.Multiply(merged ?? operands);
            var plain = Values(new Product(1, [Build.One, .. operands], []), Order, direction);
            AssertSame(plain, Values(product, Order, direction));
            AssertSame([.. plain.Select(Derivative)], Values(new ForwardMode().Along(product), Order, direction));
        });
        Assert.True(met > 100, $"{met} products have exponentials in one.");
    }

    [Fact]
    public void Selections_take_their_factors_in_without_a_change_of_value()
    {
        var met = 0;
        ForAll(Gen.Select(ZeroSomewhere(3), OfDepth(1).List[1, 3]), drawn =>
        {
            var (selection, others) = drawn;
            List<Expression> operands = [selection, .. others];
            var absorbed = Selections.Absorbed(operands);
            met += absorbed.Count < operands.Count ? 1 : 0;
            AssertSame(Pointwise(operands, 1, (a, b) => a * b), Pointwise(absorbed, 1, (a, b) => a * b));
        });
        Assert.True(met > 50, $"{met} factors were taken in.");
    }

    [Fact]
    public void Selections_by_one_condition_are_merged_without_a_change_of_value()
    {
        var met = 0;
        ForAll(Gen.Select(OfDepth(1).List[4, 4], OfDepth(1).List[0, 2], Gen.Double[-2, 2]), drawn =>
        {
            var (branches, others, coefficient) = drawn;
            List<Expression> terms = [Choice(branches[0], branches[1]), Build.Multiply(Build.Number(coefficient), Choice(branches[2], branches[3])), .. others];
            var merged = Selections.Merged(terms);
            met += merged.Count < terms.Count ? 1 : 0;
            AssertSame(Pointwise(terms, 0, (a, b) => a + b), Pointwise(merged, 0, (a, b) => a + b));
        });
        Assert.True(met > 50, $"{met} sums were merged.");
    }

    [Fact]
    public void Sums_that_share_their_indices_keep_the_value() => ForAll(OfDepth(3), e =>
    {
        var disguised = Disguised(e);
        AssertSame(Values(disguised, Order), Values(new SharedIndices().Rename(disguised), Order));
    });

    [Fact]
    public void Sums_over_features_are_taken_inward_without_a_change_of_value()
    {
        var (p, q) = (new Index(Features), new Index(Features));
        Expression[] parts =
        [
            Leaf("C", K, p), Leaf("C", q, L), Leaf("C", p, q), Leaf("V", J, p), Leaf("V", J, q), Leaf("V", J, K), Leaf("U", I, p), Leaf("U", I, L), Leaf("R", I, J), Leaf("d", J),
            Build.Contract([Leaf("C", K, p), Leaf("V", J, p)], [p]), Build.Contract([Leaf("C", L, q), Leaf("V", J, q), Leaf("d", J)], [q]),
        ];
        var met = 0;
        ForAll(Gen.Select(Gen.OneOf(parts).List[2, 6], Gen.Bool), drawn =>
        {
            var (operands, isOpened) = drawn;
            IndexSet summed = [.. new[] { J, p, q }.Where(index => operands.Any(o => o.Free.Contains(index)))];
            var (inward, left) = LatentSums.Inward(operands, summed, K, L, _ => isOpened);
            met += left.Count < summed.Count ? 1 : 0;
            AssertSame(Values(Build.Contract(operands, summed), Order), Values(Build.Contract(inward, left), Order));
        });
        Assert.True(met > 50, $"{met} sums were taken inward.");
    }

    [Fact]
    public void A_gather_is_a_choice_of_rows() => ForAll(Gen.Select(OfDepth(2), Gen.Int[0, 2].Array[4]), drawn =>
    {
        var (expression, rows) = drawn;
        var sample = new Index(Samples);
        var chosen = Build.Contract([OneHot(rows, sample, J), expression], [J]);
        var (all, found) = (Values(expression, [J, I, K, L]), Values(chosen, [sample, I, K, L]));
        var size = all.Length / 3;
        AssertSame([.. rows.SelectMany(row => all[(row * size)..((row + 1) * size)])], found);
    });

    [Fact]
    public void The_derivative_along_a_direction_is_that_of_dual_numbers() => ForAll(Gen.Select(OfDepth(3), Directions), drawn =>
    {
        var (expression, direction) = drawn;
        AssertSame([.. Values(expression, Order, direction).Select(Derivative)], Values(new ForwardMode().Along(expression), Order, direction));
    });

    [Fact]
    public void The_gradient_is_that_of_dual_numbers() => ForAll(Gen.Select(OfDepth(2), Directions), drawn =>
    {
        var (expression, direction) = (Build.Contract([Disguised(drawn.Item1)], Indices), drawn.Item2);
        var factor = Leaves.First(l => l.Tensor.Name == direction.Factor).Tensor;
        var gradient = ReverseMode.Gradient(expression, [factor]).Single();
        AssertSame([Derivative(Values(expression, [], direction)[0])], [Values(gradient.Value, gradient.Indices)[direction.Element]]);
    });

    [Fact]
    public void The_gradient_of_the_structured_form_separated_and_bracketed_is_that_of_dual_numbers() => ForAll(Gen.Select(OfDepth(2), Directions), drawn =>
    {
        var (expression, direction) = (Build.Contract([Disguised(drawn.Item1)], Indices), drawn.Item2);
        var factor = Leaves.First(l => l.Tensor.Name == direction.Factor).Tensor;
        var gradient = ReverseMode.Gradient(StructureStage.Rewrite(expression), [factor]).Single();
        var value = ContractionOrder.Optimize(Separation.Separate(gradient.Value));
        AssertSame([Derivative(Values(expression, [], direction)[0])], [Values(value, gradient.Indices)[direction.Element]]);
    });

    [Fact]
    public void Hessian_vector_products_are_the_derivatives_of_the_gradient() => ForAll(Gen.Select(OfDepth(2), Directions), drawn =>
    {
        var (expression, direction) = (Build.Contract([Disguised(drawn.Item1)], Indices), drawn.Item2);
        var gradient = ReverseMode.Gradient(StructureStage.Rewrite(expression), Leaves.Select(l => l.Tensor).Where(t => t.Role == TensorRole.Factor).Distinct());
        foreach (var (along, of) in ForwardMode.HessianVectorProduct(gradient).Zip(gradient))
        {
            AssertSame([.. Values(of.Value, of.Indices, direction).Select(Derivative)], Values(along.Value, along.Indices, direction));
        }
    });

    /// <summary>As translation does, every sum has indices of its own here.</summary>
    [Fact]
    public void The_structure_stage_keeps_the_value() =>
        ForAll(OfDepth(3), e => AssertSame(Values(e, Order), Values(StructureStage.Rewrite(Disguised(e)), Order)));

    [Fact]
    public void An_expression_is_zero_outside_of_its_support()
    {
        var sparse = 0;
        ForAll(OfDepth(3), expression =>
        {
            if (Support.Of(expression) is not { } support)
            {
                return;
            }

            sparse++;
            Assert.Equal((I, J), (support.Row, support.Column));
            var (values, entries) = (Values(expression, Order), RandomExpression.Point.Entries(support.Name).ToHashSet());
            for (var place = 0; place < Points; place++)
            {
                var (i, j) = (place / 12, place / 4 % 3);
                Assert.True(entries.Contains((i, j)) || values[place].Value == 0);
            }
        });
        Assert.True(sparse > 20);
    }

    /// <summary>One element of one factor each.</summary>
    private static Expression Call(string function, Expression argument) => Build.Apply(Functions.Function(function), [argument]);

    /// <summary>Exponentials and numbers times exponentials.</summary>
    /// <summary>Positive data, whose sign the rewriting does not know.</summary>
    private static Expression Weight => Build.Power(Build.Add(Build.Number(2), Call("Tanh", Leaf("w", I))), 3);

    private static Gen<Expression> Positive => Gen.Select(Gen.OneOf("Exp", "Cosh", "Sigmoid"), Gen.OneOf(0.5, 1, 1, 3), OfDepth(1), (f, scale, x) =>
        Build.Multiply(Build.Number(scale), Call(f, Call("Tanh", x))));

    private static Gen<Direction> Directions => Gen.Select(
        Gen.OneOf("U", "V", "C", "b", "d", "mu"), Gen.Int[0, 5], (factor, element) => new Direction(factor, element % RandomExpression.Point.Values(factor).Length));

    /// <summary>One of two values, by the sign of a matrix of data.</summary>
    /// <summary>Nested selections by several comparisons, one of whose branches at least is zero; sums and multiples of such among them.</summary>
    private static Gen<Expression> ZeroSomewhere(int depth)
    {
        var branch = depth == 0 ? OfDepth(1) : Gen.OneOf(OfDepth(1), ZeroSomewhere(depth - 1), ZeroSomewhere(depth - 1).Select(Build.Negate));
        return Gen.Select(branch, depth == 0 ? Gen.Const(Build.Zero) : Gen.OneOf(Gen.Const(Build.Zero), ZeroSomewhere(depth - 1)), Gen.Double[-1, 1], Gen.Bool, (some, zero, bound, isFirst) =>
            Build.Apply(ElementwiseFunction.IfLess, [Leaf("D", I, J), Build.Number(bound), isFirst ? some : zero, isFirst ? zero : some]));
    }

    private static Expression Choice(Expression yes, Expression no) => Build.Apply(ElementwiseFunction.IfLess, [Leaf("D", I, J), Build.Zero, yes, no]);

    private static Number Derivative(Number number) => new(number.Derivative, 0, number.DerivativeMagnitude, 0, true);

    private static Number[] Pointwise(List<Expression> operands, double start, Func<Number, Number, Number> combine) => operands
        .Select(o => Values(o, Order))
        .Aggregate([.. Enumerable.Repeat(Number.Of(start), Points)], (Number[] sum, Number[] next) => [.. sum.Zip(next, combine)]);

    private static Gen<List<Expression>> Operands => OfDepth(2).List[1, 4];

    private static int Points => 2 * 3 * 2 * 2;

    /// <summary>One for every value of an index: what makes a sum run over an index that its operands lack.</summary>
    private static Power Ones(Index index) => new(
        index.Dimension == Users ? Leaf("b", index) : index.Dimension == Movies ? Leaf("d", index) : new Leaf(Leaf("C", index, index).Tensor, [index, index]), 0);

    private static Number[] Diagonal(Expression expression)
    {
        var values = Values(expression, [I, J, K, L]);
        return [.. from i in Enumerable.Range(0, 2) from j in Enumerable.Range(0, 3) from l in Enumerable.Range(0, 2) select values[(((((i * 3) + j) * 2) + l) * 2) + l]];
    }

    /// <summary>The same expression with operands the other way round and bound indices of other names.</summary>
    private static Expression Disguised(Expression expression) => expression switch
    {
        Addition a => new Addition([.. a.Operands.Reverse().Select(Disguised)]),
        Product { Summed.Count: 0 } p => new Product(p.Coefficient, [.. p.Operands.Reverse().Select(Disguised)], []),
        Product p => Fresh(p),
        Power p => new Power(Disguised(p.Base), p.Exponent),
        Apply a => new Apply(a.Function, [.. a.Operands.Select(Disguised)]),
        Extreme e => Fresh(e, new Index(e.Over.Dimension)),
        Inverse i => new Inverse(Disguised(i.Body), i.BodyRow, i.BodyColumn, i.Row, i.Column),
        LogDeterminant d => new LogDeterminant(Disguised(d.Body), d.BodyRow, d.BodyColumn),
        _ => expression,
    };

    private static Extreme Fresh(Extreme extreme, Index over) => new(extreme.Kind, Disguised(extreme.Body).Rename(extreme.Over, over), over);

    private static Product Fresh(Product product)
    {
        var names = product.Summed.Reverse().ToDictionary(s => s, s => new Index(s.Dimension));
        return new Product(1, [.. product.Operands.Reverse().Select(o => Disguised(o).Rename(names))], [.. names.Values]);
    }
}
