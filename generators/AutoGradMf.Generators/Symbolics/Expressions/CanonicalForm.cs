namespace AutoGradMf.Generators.Symbolics.Expressions;

/// <summary>
/// What an expression is up to the order of its operands and the names of its indices. Made from the forms of the operands alone, so
/// that what occurs often is looked at once.
/// </summary>
/// <param name="Skeleton">Equal for expressions that are equal up to the names of their free indices.</param>
/// <param name="Orders">
/// The orders of the free indices under which expressions of one skeleton are equal: more than one where the expression is symmetric.
/// </param>
internal sealed record CanonicalForm(Fingerprint Skeleton, IReadOnlyList<IReadOnlyList<Index>> Orders)
{
    /// <summary>Beyond these the first arrangement is taken: equal expressions may then look different, never the reverse.</summary>
    private const int MostArrangements = 720;

    private static readonly IReadOnlyList<Index> NoIndices = [];

    public static CanonicalForm Of(Expression expression)
    {
        SymbolicBudget.RequireStack();
        return OfNode(expression);
    }

    private static CanonicalForm OfNode(Expression expression) => expression switch
    {
        Constant c => new(Fingerprint.Of("constant").With(c.Value), [NoIndices]),
        Leaf leaf => OfLeaf(leaf),
        Addition a => Compose(Fingerprint.Of("+"), Forms(a), true, NoIndices),
        Product p => Compose(Fingerprint.Of("*").With(p.Coefficient), Forms(p), true, p.Summed.Count == 0 ? NoIndices : [.. p.Summed]),
        Power p => Compose(Fingerprint.Of("^").With((ulong)p.Exponent), Forms(p), false, NoIndices),
        Apply a => Compose(Fingerprint.Of(a.Function.DeclaringType).With(Fingerprint.Of(a.Function.Name)), Forms(a), false, NoIndices),
        Extreme e => Compose(Fingerprint.Of(e.Kind.ToString()), Forms(e), false, [e.Over]),
        Inverse i => Compose(Fingerprint.Of("inverse"), [OfSquare(i.Body, i.BodyRow, i.BodyColumn), OfPlaces("element", [i.Row, i.Column])], false, NoIndices),
        LogDeterminant d => Compose(Fingerprint.Of("log det"), [OfSquare(d.Body, d.BodyRow, d.BodyColumn)], false, NoIndices),
        _ => throw new InvalidOperationException($"No form for {expression.GetType().Name}."),
    };

    /// <summary>The form under other names for the indices, which stay apart: as if it had been made of them.</summary>
    public CanonicalForm Under(Func<Index, Index> names)
    {
        List<IReadOnlyList<Index>> renamed = [.. Orders.Select(order => (IReadOnlyList<Index>)[.. order.Select(names)])];
        renamed.Sort(Earlier);
        return this with { Orders = renamed };
    }

    /// <summary>The order of two arrangements of the same indices in which they are tried.</summary>
    private static int Earlier(IReadOnlyList<Index> one, IReadOnlyList<Index> other) =>
        one.Zip(other, (a, b) => a.CompareTo(b)).FirstOrDefault(order => order != 0);

    /// <summary>Equal for expressions that are equal where their free indices have these names.</summary>
    public Fingerprint Under(Func<Index, ulong> name) =>
        Orders.Count == 1 ? Under(Orders[0], name) : Orders.Select(order => Under(order, name)).Min();

    private Fingerprint Under(IReadOnlyList<Index> order, Func<Index, ulong> name)
    {
        var under = Skeleton;
        for (var place = 0; place < order.Count; place++)
        {
            under = under.With(name(order[place]));
        }

        return under;
    }

    private static CanonicalForm[] Forms(Expression expression)
    {
        var forms = new CanonicalForm[expression.Operands.Count];
        for (var p = 0; p < forms.Length; p++)
        {
            forms[p] = expression.Operands[p].Form;
        }

        return forms;
    }

    private static CanonicalForm OfLeaf(Leaf leaf)
    {
        var role = leaf.Tensor.Role switch { TensorRole.Frozen => "stopped ", TensorRole.Direction => "direction ", _ => "" };
        var form = OfPlaces(role + leaf.Tensor.Name, leaf.Indices);

        // The identity matrix is its own transpose.
        return leaf.Tensor.IsIdentity && form.Orders[0] is [var row, var column] ? form with { Orders = [[row, column], [column, row]] } : form;
    }

    private static CanonicalForm OfPlaces(string name, IReadOnlyList<Index> places)
    {
        var distinct = places.Distinct().ToList();
        return new(places.Aggregate(Fingerprint.Of(name), (f, i) => f.With((ulong)distinct.IndexOf(i)).With(Fingerprint.Of(i.Dimension.Name))), [distinct]);
    }

    /// <summary>A square matrix with its row and its column bound, which differ.</summary>
    private static CanonicalForm OfSquare(Expression body, Index row, Index column) => Compose(
        Fingerprint.Of("square"), [body.Form, OfPlaces("row and column", [row, column])], false, [row, column]);

    /// <param name="seed">What the node says of itself.</param>
    /// <param name="operands">The forms of what it is made of.</param>
    /// <param name="commutes">Whether their order does not matter.</param>
    /// <param name="bound">Indices that the node binds.</param>
    private static CanonicalForm Compose(Fingerprint seed, IReadOnlyList<CanonicalForm> operands, bool commutes, IReadOnlyList<Index> bound)
    {
        var best = default(Fingerprint?);
        var orders = new List<IReadOnlyList<Index>>();
        foreach (var arrangement in Arrangements(operands, commutes, bound))
        {
            var skeleton = Skeletal(seed.With((ulong)bound.Count), operands, commutes, i => (ulong)IndexOf(arrangement, i));
            if (best is { } known && known.CompareTo(skeleton) < 0)
            {
                continue;
            }

            if (best != skeleton)
            {
                orders.Clear();
                best = skeleton;
            }

            orders.Add(bound.Count == 0 ? arrangement : [.. arrangement.Where(i => !bound.Contains(i))]);
        }

        return new(best!.Value, orders.Count == 1 ? orders : Distinct(orders));
    }

    private static Fingerprint Skeletal(Fingerprint seed, IReadOnlyList<CanonicalForm> operands, bool commutes, Func<Index, ulong> name)
    {
        var parts = new Fingerprint[operands.Count];
        for (var p = 0; p < parts.Length; p++)
        {
            parts[p] = operands[p].Under(name);
        }

        if (commutes)
        {
            Array.Sort(parts);
        }

        foreach (var part in parts)
        {
            seed = seed.With(part);
        }

        return seed;
    }

    private static int IndexOf(IReadOnlyList<Index> arrangement, Index index)
    {
        var place = 0;
        while (!ReferenceEquals(arrangement[place], index))
        {
            place++;
        }

        return place;
    }

    private static List<IReadOnlyList<Index>> Distinct(List<IReadOnlyList<Index>> orders) =>
        [.. orders.Where((order, number) => !orders.Take(number).Any(earlier => earlier.SequenceEqual(order)))];

    /// <summary>The orders of all indices that may be the canonical one: what tells indices apart orders them, others are tried.</summary>
    private static IEnumerable<IReadOnlyList<Index>> Arrangements(IReadOnlyList<CanonicalForm> operands, bool commutes, IReadOnlyList<Index> bound)
    {
        var indices = new List<Index>(bound);
        for (var p = 0; p < operands.Count; p++)
        {
            var order = operands[p].Orders[0];
            for (var place = 0; place < order.Count; place++)
            {
                if (!indices.Contains(order[place]))
                {
                    indices.Add(order[place]);
                }
            }
        }

        if (indices.Count > 1)
        {
            indices.Sort((one, other) => Compared(one, other, bound) is not 0 and var order ? order : one.CompareTo(other));
        }

        // The usual case: every dimension once.
        if (Enumerable.Range(1, Math.Max(0, indices.Count - 1)).All(i => Compared(indices[i - 1], indices[i], bound) != 0))
        {
            return [indices];
        }

        var alike = indices
            .GroupBy(i => (i.Dimension.Name, IsBound: bound.Contains(i)))
            .OrderBy(group => group.Key.IsBound)
            .ThenBy(group => group.Key.Name, StringComparer.Ordinal)
            .SelectMany(group => group.Count() == 1
                ? [group.ToList()]
                : group.GroupBy(i => Role(i, operands, commutes)).OrderBy(role => role.Key).Select(role => role.ToList()))
            .ToList();
        return alike.Aggregate(1.0, (count, group) => count * Enumerable.Range(1, group.Count).Aggregate(1.0, (f, i) => f * i)) > MostArrangements
            ? [alike.SelectMany(group => group).ToList()]
            : alike.Aggregate(
                (IEnumerable<IReadOnlyList<Index>>)[[]],
                (orders, group) => orders.SelectMany(order => Permutations(group).Select(more => (IReadOnlyList<Index>)[.. order, .. more])));
    }

    /// <summary>The order of two indices that a node tells apart by itself: free ones first, then by their dimensions.</summary>
    private static int Compared(Index one, Index other, IReadOnlyList<Index> bound) =>
        bound.Count > 0 && bound.Contains(one) != bound.Contains(other)
            ? bound.Contains(one) ? 1 : -1
            : string.CompareOrdinal(one.Dimension.Name, other.Dimension.Name);

    /// <summary>What an index does in each operand, whatever it is called.</summary>
    private static Fingerprint Role(Index index, IReadOnlyList<CanonicalForm> operands, bool commutes)
    {
        var roles = operands
            .Select((form, number) => (form, number))
            .Where(o => o.form.Orders[0].Contains(index))
            .Select(o => o.form.Orders
                .Select(order => (ulong)IndexOf(order, index))
                .Distinct()
                .OrderBy(place => place)
                .Aggregate(o.form.Skeleton.With(commutes ? 0 : (ulong)o.number), (f, place) => f.With(place)));
        return roles.OrderBy(f => f).DefaultIfEmpty().Aggregate((f, role) => f.With(role));
    }

    private static IEnumerable<IReadOnlyList<Index>> Permutations(List<Index> items) =>
        items.Count <= 1
            ? [items]
            : items.SelectMany(first => Permutations([.. items.Where(i => i != first)]).Select(rest => (IReadOnlyList<Index>)[first, .. rest]));
}
