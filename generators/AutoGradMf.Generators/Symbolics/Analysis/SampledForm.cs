using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Model;
using AutoGradMf.Generators.Symbolics.Structure;
using AutoGradMf.Generators.Symbolics.Translation.Language;
using Index = AutoGradMf.Generators.Symbolics.Expressions.Index;

namespace AutoGradMf.Generators.Symbolics.Analysis;

/// <summary>What says which row of an entity a sample reads.</summary>
/// <param name="Row">The index that stands for that row.</param>
/// <param name="IndexVector">The index vector that names it; null for a row or column of the pattern.</param>
/// <param name="Line">The row or column of the pattern for which that names it; null if it has a number for each sample.</param>
internal sealed record SamplePlace(Index Row, string? IndexVector, Index? Line = null);

/// <summary>What samples are: the entries of a pattern, or what index vectors of one length name.</summary>
/// <param name="Support">The pattern; null if index vectors name them.</param>
/// <param name="Sample">The index that counts the samples which index vectors name.</param>
/// <param name="Places">Where they read rows.</param>
internal sealed record SampleGroup(Support? Support, Index? Sample, IReadOnlyList<SamplePlace> Places);

/// <summary>A sum over samples that read rows in the same places.</summary>
/// <param name="Group">The samples, or those that read neither these rows nor any others.</param>
/// <param name="Places">Where they read rows.</param>
/// <param name="Unread">The place of the group whose rows, as far as no sample of any group reads these, are the samples; null if it is not that.</param>
/// <param name="Term">The term of one sample.</param>
internal sealed record SampleSum(SampleGroup Group, IReadOnlyList<SamplePlace> Places, int? Unread, SampleTerm Term)
{
    /// <summary>Whether it is over the samples of its group.</summary>
    public bool IsOfSamples => Unread is null && Places.Count > 0;

    /// <exception cref="LossException">A function has no derivative, or the term grows too large.</exception>
    public static SampleSum Of(SampleGroup group, IReadOnlyList<SamplePlace> places, int? unread, IEnumerable<Expression> terms) =>
        new(group, places, unread, SampleTerm.Of(Build.Add(terms), places.Select(p => p.Row)));
}

/// <summary>
/// A loss as a sum over samples: the entries of patterns, and what index vectors name. Sums over rows, such as ridges, are shared
/// out: a sample has 1/n of the term of a row that n samples read, and of what all samples read 1/n of all.
/// </summary>
/// <param name="Sums">The sums over the samples of each group, then those over rows that no sample reads; empty if the loss is no such sum.</param>
/// <param name="Obstacle">The part of the loss that is none; null if the loss is one, or has no samples at all.</param>
internal sealed record SampledForm(IReadOnlyList<SampleSum> Sums, Expression? Obstacle)
{
    /// <summary>One over the number of samples that read a row.</summary>
    public static Leaf ShareOf(Index row) => new(new Tensor("share", TensorRole.Computed, new([row.Dimension])), [row]);

    /// <summary>One over the number of samples.</summary>
    public static Leaf ShareOfAll { get; } = new(new Tensor("share", TensorRole.Computed, default), []);

    public bool IsSampled => Sums.Count > 0;

    /// <summary>What the samples are.</summary>
    public IEnumerable<SampleGroup> Groups => Sums.Where(s => s.IsOfSamples).Select(s => s.Group);

    /// <param name="loss">The loss as it is written, which says best what stands in the way.</param>
    /// <param name="structured">In its cheapest form, which knows what is zero beside a pattern.</param>
    public static SampledForm Of(Expression loss, Expression structured)
    {
        var best = Of(loss);
        foreach (var other in new Func<Expression>[] { () => EntrySums.AllFlattened(loss), () => structured, () => PartialPatterns.JoinAll(structured) })
        {
            if (best.Groups.Count() == 1)
            {
                break;
            }

            // Samples that are read once are better than those of two patterns, of which one is a part of the other.
            var next = Of(other());
            best = next.IsSampled && (!best.IsSampled || next.Groups.Count() < best.Groups.Count()) ? next : best;
        }

        return best;
    }

    private static SampledForm Of(Expression loss)
    {
        using var budget = SymbolicBudget.Open();
        try
        {
            var terms = new Terms();
            var sums = terms.Add(loss, Build.One) ? terms.Sums() : [];
            var obstacle = terms.Obstacle ?? sums.Select(s => s.Term.Obstacle).FirstOrDefault(o => o is not null);
            return new(obstacle is null ? sums : [], obstacle);
        }
        catch (LossException)
        {
            return new([], null);
        }
    }

    /// <summary>The terms of a loss, by what they are summed over.</summary>
    private sealed class Terms
    {
        private readonly List<SampleTerms> _bySample = [];
        private readonly List<(Index Row, Expression Term)> _byRow = [];
        private readonly List<Expression> _shared = [];

        public Expression? Obstacle { get; private set; }

        /// <summary>Takes a term times what does not depend on factors; whether it has a place.</summary>
        public bool Add(Expression term, Expression scale)
        {
            switch (term)
            {
                case var _ when !term.DependsOnFactors():
                    return true;
                case Addition addition:
                    return addition.Operands.All(o => Add(o, scale));
                case Product { Summed.Count: 0 } product when product.Operands.Where(o => o.DependsOnFactors()).ToList() is [var moving]:
                    return Add(moving, Build.Multiply([scale, Build.Number(product.Coefficient), .. product.Operands.Where(o => !ReferenceEquals(o, moving))]));
                case Product { Summed.Count: > 0, Operands: [Addition sum] } product:
                    return sum.Operands.All(o => Add(Build.Contract([o], product.Summed), scale));
                case Product { Summed.Count: > 0 } product when product.Summed.Any(i => !i.Dimension.IsLatent):
                    return AddSum(product, scale) || IsObstacle(product);
                default:
                    _shared.Add(Build.Multiply(scale, term));
                    return true;
            }
        }

        /// <summary>
        /// The sums over the samples, and those over what none of them reads; none if there are no samples, or no place reads a row that has a term.
        /// </summary>
        public List<SampleSum> Sums()
        {
            var places = _bySample.SelectMany(terms => terms.Group.Places.Select((place, number) => (terms.Group, Place: place, Number: number))).ToList();
            if (places.Count == 0)
            {
                return [];
            }

            var shared = _shared.Select(term => Build.Multiply(ShareOfAll, term)).ToList();
            var ofSamples = _bySample
                .Select(terms => SampleSum.Of(terms.Group, terms.Group.Places, null, [.. terms.All, .. terms.Group.Places.SelectMany(SharesOf), .. shared]))
                .ToList();
            if (ofSamples.Exists(sum => sum.Term.Obstacle is not null))
            {
                // What keeps samples from being read says more than what none of them reads for that.
                return ofSamples;
            }

            if (_byRow.Find(r => places.TrueForAll(p => p.Place.Row.Dimension != r.Row.Dimension)) is { Term: not null } unread)
            {
                Obstacle = Build.Contract([unread.Term], [unread.Row]);
                return [];
            }

            var first = places.GroupBy(p => p.Place.Row.Dimension).Select(entity => entity.First()).Where(p => TermsOf(p.Place).Any());
            return
            [
                .. ofSamples,
                .. first.Select(p => SampleSum.Of(p.Group, [p.Place], p.Number, TermsOf(p.Place))),
                .. _shared.Count == 0 ? Array.Empty<SampleSum>() : [SampleSum.Of(places[0].Group, [], null, _shared)],
            ];
        }

        private IEnumerable<Expression> TermsOf(SamplePlace place) =>
            _byRow.Where(r => r.Row.Dimension == place.Row.Dimension).Select(r => r.Term.Rename(r.Row, place.Row));

        private IEnumerable<Expression> SharesOf(SamplePlace place) => TermsOf(place).Select(term => Build.Multiply(ShareOf(place.Row), term));

        private bool IsObstacle(Expression part)
        {
            Obstacle ??= part;
            return false;
        }

        private bool AddSum(Product product, Expression scale)
        {
            var gathers = SampleTerms.GathersOf(product).ToList();
            var entities = product.Summed.Where(i => !i.Dimension.IsLatent && !gathers.Exists(g => g.Indices[1] == i)).ToList();
            if (Support.OfProduct(product.Operands.Where(o => !gathers.Contains(o))) is { } support && support.Row != support.Column && entities.Count == 2
                && entities.Contains(support.Row) && entities.Contains(support.Column))
            {
                Take(t => t.IsOver(support), () => new(support)).AddEntries(product, support, scale);
                return true;
            }

            if (entities.Count > 1)
            {
                return false;
            }

            if (product.SelfAndDescendants().OfType<Leaf>().FirstOrDefault(l => l.Tensor.IsOneHot && product.Summed.Contains(l.Indices[0])) is { } gather)
            {
                var sample = gather.Indices[0];
                return Take(t => t.IsOver(sample), () => new(sample)).AddSamples(product, sample, scale) is not { } others || IsObstacle(others);
            }

            _byRow.Add((entities[0], Build.Multiply(scale, Build.Contract(product.Operands, product.Summed.Remove(entities[0])))));
            return true;
        }

        private SampleTerms Take(Predicate<SampleTerms> isOver, Func<SampleTerms> create)
        {
            if (_bySample.Find(isOver) is not { } terms)
            {
                _bySample.Add(terms = create());
            }

            return terms;
        }
    }
}
