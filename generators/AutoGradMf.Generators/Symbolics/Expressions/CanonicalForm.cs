namespace AutoGradMf.Generators.Symbolics.Expressions;

/// <summary>
/// What an expression is up to the order of its operands and the names of its indices. Made from the forms of the operands alone, so
/// that what occurs often is looked at once.
/// </summary>
/// <param name="Skeleton">Equal for expressions that are equal up to the names of their free indices.</param>
/// <param name="Orders">
/// The orders of the free indices under which expressions of one skeleton are equal: more than one where the expression is symmetric.
/// </param>
internal sealed record CanonicalForm(Fingerprint Skeleton, Index[][] Orders)
{
    /// <summary>Beyond these the first arrangement is taken: equal expressions may then look different, never the reverse.</summary>
    private const int MostArrangements = 720;

    private static readonly Index[] NoIndices = [];
    private static readonly Index[][] NoOrders = [NoIndices];
    private static readonly Fingerprint OfConstant = Fingerprint.Of("constant");
    private static readonly Fingerprint OfSum = Fingerprint.Of("+");
    private static readonly Fingerprint OfProduct = Fingerprint.Of("*");
    private static readonly Fingerprint OfPower = Fingerprint.Of("^");

    public static CanonicalForm Of(Expression expression)
    {
        SymbolicBudget.RequireStack();
        return OfNode(expression);
    }

    private static CanonicalForm OfNode(Expression expression) => expression switch
    {
        Constant c => new(OfConstant.With(c.Value), NoOrders),
        Leaf leaf => OfLeaf(leaf),
        Addition a => Compose(OfSum, Forms(a), true, NoIndices),
        Product p => Compose(OfProduct.With(p.Coefficient), Forms(p), true, p.Summed.Indices),
        Power p => Compose(OfPower.With((ulong)p.Exponent), Forms(p), false, NoIndices),
        Apply a => Compose(a.Function.Fingerprint, Forms(a), false, NoIndices),
        Extreme e => Compose(Fingerprint.Of(e.Kind.ToString()), Forms(e), false, [e.Over]),
        Inverse i => Compose(Fingerprint.Of("inverse"), [OfSquare(i.Body, i.BodyRow, i.BodyColumn), OfElement(i)], false, NoIndices),
        LogDeterminant d => Compose(Fingerprint.Of("log det"), [OfSquare(d.Body, d.BodyRow, d.BodyColumn)], false, NoIndices),
        _ => throw new InvalidOperationException($"No form for {expression.GetType().Name}."),
    };

    /// <summary>The form under other names for the indices, which stay apart: as if it had been made of them.</summary>
    public CanonicalForm Under(Func<Index, Index> names)
    {
        var renamed = Array.ConvertAll(Orders, order => Array.ConvertAll(order, index => names(index)));
        if (renamed.Length > 1)
        {
            Array.Sort(renamed, Earlier);
        }

        return new(Skeleton, renamed);
    }

    /// <summary>The order of two arrangements of the same indices in which they are tried.</summary>
    private static int Earlier(Index[] one, Index[] other) =>
        one.Zip(other, (a, b) => a.CompareTo(b)).FirstOrDefault(order => order != 0);

    /// <summary>Whether it is the same with two of its indices exchanged, as XᵀX is.</summary>
    public bool IsSymmetric(Index one, Index other) =>
        Orders.Any(order => order.SequenceEqual(Orders[0].Select(index => index == one ? other : index == other ? one : index)));

    /// <summary>Equal for expressions that are equal where their free indices are the same.</summary>
    public Fingerprint UnderNumbers() => Least(null);

    /// <summary>The least under the orders, where each index stands for its place, or without places for its number.</summary>
    private Fingerprint Least(Index[]? places)
    {
        var least = Under(Orders[0], places);
        for (var next = 1; next < Orders.Length; next++)
        {
            var under = Under(Orders[next], places);
            least = under.CompareTo(least) < 0 ? under : least;
        }

        return least;
    }

    private Fingerprint Under(Index[] order, Index[]? places)
    {
        var under = Skeleton;
        foreach (var index in order)
        {
            under = under.With((ulong)(places is null ? index.Number : IndexOf(places, index)));
        }

        return under;
    }

    private static CanonicalForm[] Forms(Expression expression)
    {
        var forms = new CanonicalForm[expression.Operands.Length];
        for (var p = 0; p < forms.Length; p++)
        {
            forms[p] = expression.Operands[p].Form;
        }

        return forms;
    }

    private static CanonicalForm OfLeaf(Leaf leaf)
    {
        var role = leaf.Tensor.Role switch
        {
            TensorRole.Frozen => leaf.Tensor.IsShift ? "shift " : "stopped ",
            TensorRole.Direction => "direction ",
            TensorRole.Size when leaf.Tensor.IsDivisor => "divisor ",
            _ => "",
        };
        var form = OfPlaces(role + leaf.Tensor.Name, leaf.Indices);

        return leaf.Tensor.IsIdentity ? Symmetric(form) : form;
    }

    /// <summary>The place of an element in an inverse.</summary>
    private static CanonicalForm OfElement(Inverse inverse)
    {
        var form = OfPlaces("element", [inverse.Row, inverse.Column]);
        return inverse.IsSymmetric ? Symmetric(form) : form;
    }

    /// <summary>The form of a matrix that is its own transpose.</summary>
    private static CanonicalForm Symmetric(CanonicalForm form) =>
        form.Orders[0] is [var row, var column] ? new(form.Skeleton, [[row, column], [column, row]]) : form;

    private static CanonicalForm OfPlaces(string name, IReadOnlyList<Index> places)
    {
        var distinct = places.Distinct().ToArray();
        var skeleton = Fingerprint.Of(name);
        for (var place = 0; place < places.Count; place++)
        {
            skeleton = skeleton.With((ulong)IndexOf(distinct, places[place])).With(places[place].Dimension.Fingerprint);
        }

        return new(skeleton, [distinct]);
    }

    /// <summary>A square matrix with its row and its column bound, which differ.</summary>
    private static CanonicalForm OfSquare(Expression body, Index row, Index column) => Compose(
        Fingerprint.Of("square"), [body.Form, OfPlaces("row and column", [row, column])], false, [row, column]);

    /// <param name="seed">What the node says of itself.</param>
    /// <param name="operands">The forms of what it is made of.</param>
    /// <param name="commutes">Whether their order does not matter.</param>
    /// <param name="bound">Indices that the node binds.</param>
    private static CanonicalForm Compose(Fingerprint seed, CanonicalForm[] operands, bool commutes, Index[] bound)
    {
        seed = seed.With((ulong)bound.Length);
        var indices = Sorted(operands, bound);
        if (AreApart(indices, bound))
        {
            return new(Skeletal(seed, operands, commutes, indices), OrdersOf(Free(indices, bound), operands));
        }

        var best = default(Fingerprint?);
        var orders = new List<Index[]>();
        foreach (var arrangement in Arrangements(indices, operands, commutes, bound))
        {
            var skeleton = Skeletal(seed, operands, commutes, arrangement);
            if (best is { } known && known.CompareTo(skeleton) < 0)
            {
                continue;
            }

            if (best != skeleton)
            {
                orders.Clear();
                best = skeleton;
            }

            orders.Add(Free(arrangement, bound));
        }

        return new(best!.Value, orders.Count == 1 ? [orders[0]] : Distinct(orders));
    }

    /// <summary>The one order, which most nodes share with an operand.</summary>
    private static Index[][] OrdersOf(Index[] order, CanonicalForm[] operands)
    {
        foreach (var operand in operands)
        {
            if (operand.Orders.Length == 1 && ReferenceEquals(operand.Orders[0], order))
            {
                return operand.Orders;
            }
        }

        return order.Length == 0 ? NoOrders : [order];
    }

    private static Index[] Free(Index[] arrangement, Index[] bound) => bound.Length == 0 ? arrangement : Without(bound, arrangement);

    private static Index[] Without(Index[] bound, Index[] arrangement) => Array.FindAll(arrangement, i => !Has(bound, i));

    private static Fingerprint Skeletal(Fingerprint seed, CanonicalForm[] operands, bool commutes, Index[] arrangement)
    {
        if (!commutes || operands.Length == 1)
        {
            foreach (var operand in operands)
            {
                seed = seed.With(operand.Least(arrangement));
            }

            return seed;
        }

        var parts = new Fingerprint[operands.Length];
        for (var p = 0; p < parts.Length; p++)
        {
            parts[p] = operands[p].Least(arrangement);
        }

        Array.Sort(parts);
        foreach (var part in parts)
        {
            seed = seed.With(part);
        }

        return seed;
    }

    private static int IndexOf(Index[] arrangement, Index index)
    {
        var place = 0;
        while (!ReferenceEquals(arrangement[place], index))
        {
            place++;
        }

        return place;
    }

    private static bool Has(Index[] indices, Index index)
    {
        foreach (var other in indices)
        {
            if (ReferenceEquals(other, index))
            {
                return true;
            }
        }

        return false;
    }

    private static Index[][] Distinct(List<Index[]> orders) =>
        [.. orders.Where((order, number) => !orders.Take(number).Any(earlier => earlier.SequenceEqual(order)))];

    /// <summary>All indices, in the order that a node tells them apart by, and then in that of their making.</summary>
    private static Index[] Sorted(CanonicalForm[] operands, Index[] bound)
    {
        var indices = bound;
        foreach (var operand in operands)
        {
            indices = United(indices, operand.Orders[0]);
        }

        return InOrder(indices, bound);
    }

    /// <summary>The indices of both; one of the two itself, if it has them all.</summary>
    private static Index[] United(Index[] one, Index[] other)
    {
        if (one.Length == 0)
        {
            return other;
        }

        var united = one;
        foreach (var index in other)
        {
            if (!Has(united, index))
            {
                united = [.. united, index];
            }
        }

        return united;
    }

    private static Index[] InOrder(Index[] indices, Index[] bound)
    {
        var sorted = indices;
        for (var next = 1; next < indices.Length; next++)
        {
            var index = sorted[next];
            var place = next;
            for (; place > 0 && IsBefore(index, sorted[place - 1], bound); place--)
            {
                sorted = ReferenceEquals(sorted, indices) ? [.. indices] : sorted;
                sorted[place] = sorted[place - 1];
            }

            sorted[place] = index;
        }

        return sorted;
    }

    private static bool IsBefore(Index one, Index other, Index[] bound) =>
        Compared(one, other, bound) is not 0 and var order ? order < 0 : one.Number < other.Number;

    /// <summary>The usual case: every dimension once.</summary>
    private static bool AreApart(Index[] sorted, Index[] bound)
    {
        for (var next = 1; next < sorted.Length; next++)
        {
            if (Compared(sorted[next - 1], sorted[next], bound) == 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The orders of all indices that may be the canonical one: what tells indices apart orders them, others are tried.</summary>
    private static IEnumerable<Index[]> Arrangements(Index[] sorted, CanonicalForm[] operands, bool commutes, Index[] bound)
    {
        var (ordered, alike) = ByRole(sorted, operands, commutes, bound);
        return alike.Aggregate(1.0, (count, run) => count * Factorial(run.Count)) > MostArrangements
            ? [ordered]
            : alike.Aggregate((IEnumerable<Index[]>)[ordered], (orders, run) => orders.SelectMany(order => Permuted(order, run.Start, run.Start + run.Count)));
    }

    /// <summary>The indices, those that a node does not tell apart ordered by what they do in its operands, and the runs of those that do the same.</summary>
    private static (Index[] Ordered, List<(int Start, int Count)> Alike) ByRole(Index[] sorted, CanonicalForm[] operands, bool commutes, Index[] bound)
    {
        var ordered = (Index[])sorted.Clone();
        var alike = new List<(int, int)>();
        for (int start = 0, end; start < sorted.Length; start = end)
        {
            end = start + 1;
            while (end < sorted.Length && Compared(sorted[start], sorted[end], bound) == 0)
            {
                end++;
            }

            if (end - start > 1)
            {
                OrderByRole(ordered.AsSpan(start, end - start), start, operands, commutes, alike);
            }
        }

        return (ordered, alike);
    }

    /// <summary>Orders a run of indices by their roles, those of one role as they are, and notes the runs of these.</summary>
    private static void OrderByRole(Span<Index> run, int start, CanonicalForm[] operands, bool commutes, List<(int Start, int Count)> alike)
    {
        var roles = new Fingerprint[run.Length];
        for (var next = 0; next < run.Length; next++)
        {
            roles[next] = Role(run[next], operands, commutes);
            for (var place = next; place > 0 && roles[place].CompareTo(roles[place - 1]) < 0; place--)
            {
                (roles[place], roles[place - 1]) = (roles[place - 1], roles[place]);
                (run[place], run[place - 1]) = (run[place - 1], run[place]);
            }
        }

        for (int first = 0, next = 1; first < run.Length; next++)
        {
            if (next == run.Length || roles[next] != roles[first])
            {
                if (next - first > 1)
                {
                    alike.Add((start + first, next - first));
                }

                first = next;
            }
        }
    }

    private static double Factorial(int number) => number <= 1 ? 1 : number * Factorial(number - 1);

    /// <summary>The order of two indices that a node tells apart by itself: free ones first, then by their dimensions.</summary>
    private static int Compared(Index one, Index other, Index[] bound) =>
        bound.Length > 0 && Has(bound, one) != Has(bound, other)
            ? Has(bound, one) ? 1 : -1
            : string.CompareOrdinal(one.Dimension.Name, other.Dimension.Name);

    /// <summary>What an index does in each operand, whatever it is called.</summary>
    private static Fingerprint Role(Index index, CanonicalForm[] operands, bool commutes)
    {
        var roles = new Fingerprint[operands.Length];
        var count = 0;
        for (var number = 0; number < operands.Length; number++)
        {
            if (Has(operands[number].Orders[0], index))
            {
                roles[count++] = operands[number].Skeleton.With(commutes ? 0 : (ulong)number).With(PlacesOf(index, operands[number].Orders));
            }
        }

        Array.Sort(roles, 0, count);
        var role = default(Fingerprint);
        for (var number = 0; number < count; number++)
        {
            role = role.With(roles[number]);
        }

        return role;
    }

    /// <summary>The places that an index has in some order, one bit for each.</summary>
    private static ulong PlacesOf(Index index, Index[][] orders)
    {
        var places = 0UL;
        foreach (var order in orders)
        {
            places |= 1UL << IndexOf(order, index);
        }

        return places;
    }

    /// <summary>The order with a run of indices in each order of their own.</summary>
    private static IEnumerable<Index[]> Permuted(Index[] order, int start, int end)
    {
        if (end - start <= 1)
        {
            return [order];
        }

        return Enumerable.Range(start, end - start).SelectMany(first =>
        {
            var permuted = (Index[])order.Clone();
            Array.Copy(order, start, permuted, start + 1, first - start);
            permuted[start] = order[first];
            return Permuted(permuted, start + 1, end);
        });
    }
}
