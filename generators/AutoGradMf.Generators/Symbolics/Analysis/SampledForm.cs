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

/// <summary>A sum over samples that read rows in the same places.</summary>
/// <param name="Places">Where they read rows.</param>
/// <param name="Unread">The place of the loss's samples whose rows, as far as none of them reads these, are the samples; null if it is not that.</param>
/// <param name="Term">The term of one sample.</param>
internal sealed record SampleSum(IReadOnlyList<SamplePlace> Places, int? Unread, SampleTerm Term)
{
    /// <exception cref="LossException">A function has no derivative, or the term grows too large.</exception>
    public static SampleSum Of(IReadOnlyList<SamplePlace> places, int? unread, IEnumerable<Expression> terms) =>
        new(places, unread, SampleTerm.Of(Build.Add(terms), places.Select(p => p.Row)));
}

/// <summary>
/// A loss as a sum over samples: the entries of a pattern, or what index vectors of one length name. Sums over rows, such as ridges,
/// are shared out: a sample has 1/n of the term of a row that n samples read, and of what all samples read 1/n of all.
/// </summary>
/// <param name="Support">The pattern whose entries are the samples; null if index vectors name them.</param>
/// <param name="Sample">The index that counts the samples which index vectors name.</param>
/// <param name="Sums">The sum over the samples, then those over rows that no sample reads; empty if the loss is no such sum.</param>
/// <param name="Obstacle">The part of the loss that is none; null if the loss is one, or has no samples at all.</param>
internal sealed record SampledForm(Support? Support, Index? Sample, IReadOnlyList<SampleSum> Sums, Expression? Obstacle)
{
    /// <summary>The pattern that other sums are over, where the obstacle is a sum over the entries of another; null if it is none.</summary>
    public Support? Beside { get; private init; }

    /// <summary>One over the number of samples that read a row.</summary>
    public static Leaf ShareOf(Index row) => new(new Tensor("share", TensorRole.Computed, new([row.Dimension])), [row]);

    /// <summary>One over the number of samples.</summary>
    public static Leaf ShareOfAll { get; } = new(new Tensor("share", TensorRole.Computed, default), []);

    public bool IsSampled => Sums.Count > 0;

    /// <param name="loss">The loss as it is written, which says best what stands in the way.</param>
    /// <param name="structured">In its cheapest form, which knows what is zero beside a pattern.</param>
    public static SampledForm Of(Expression loss, Expression structured)
    {
        var form = Of(loss);
        return form.IsSampled ? form : new[] { structured, PartialPatterns.JoinAll(structured) }.Select(Of).FirstOrDefault(other => other.IsSampled) ?? form;
    }

    private static SampledForm Of(Expression loss)
    {
        using var budget = SymbolicBudget.Open();
        try
        {
            var samples = new Samples();
            var sums = samples.Add(loss, Build.One) ? samples.Sums() : [];
            var obstacle = samples.Obstacle ?? sums.Select(s => s.Term.Obstacle).FirstOrDefault(o => o is not null);
            return obstacle is null ? new(samples.Support, samples.Sample, sums, null) : new(null, null, [], obstacle) { Beside = samples.Beside };
        }
        catch (LossException)
        {
            return new(null, null, [], null);
        }
    }

    /// <summary>The terms of a loss, by what they are summed over.</summary>
    private sealed class Samples
    {
        private readonly List<Expression> _bySample = [];
        private readonly List<(Index Row, Expression Term)> _byRow = [];
        private readonly List<Expression> _shared = [];
        private readonly List<SamplePlace> _places = [];

        public Support? Support { get; private set; }

        public Index? Sample { get; private set; }

        public Expression? Obstacle { get; private set; }

        public Support? Beside { get; private set; }

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

        /// <summary>The sum over the samples, and those over what none of them reads; none if there are no samples, or no place reads a row that has a term.</summary>
        public IReadOnlyList<SampleSum> Sums()
        {
            if (_places.Count == 0)
            {
                return [];
            }

            var shares = _places.SelectMany(p => TermsOf(p).Select(term => Build.Multiply(ShareOf(p.Row), term)));
            var shared = _shared.Select(term => Build.Multiply(ShareOfAll, term));
            var ofSamples = SampleSum.Of(_places, null, _bySample.Concat(shares).Concat(shared));
            if (ofSamples.Term.Obstacle is not null)
            {
                // What keeps samples from being read says more than what none of them reads for that.
                return [ofSamples];
            }

            if (_byRow.Find(r => _places.TrueForAll(p => p.Row.Dimension != r.Row.Dimension)) is { Term: not null } unread)
            {
                Obstacle = Build.Contract([unread.Term], [unread.Row]);
                return [];
            }

            var first = _places.GroupBy(p => p.Row.Dimension).Select(entity => entity.First()).Where(p => TermsOf(p).Any());
            return
            [
                ofSamples,
                .. first.Select(p => SampleSum.Of([p], _places.IndexOf(p), TermsOf(p))),
                .. _shared.Count == 0 ? Array.Empty<SampleSum>() : [SampleSum.Of([], null, _shared)],
            ];
        }

        private IEnumerable<Expression> TermsOf(SamplePlace place) =>
            _byRow.Where(r => r.Row.Dimension == place.Row.Dimension).Select(r => r.Term.Rename(r.Row, place.Row));

        private bool IsObstacle(Expression part)
        {
            Obstacle ??= part;
            return false;
        }

        private bool AddSum(Product product, Expression scale)
        {
            var gathers = GathersOf(product).ToList();
            var entities = product.Summed.Where(i => !i.Dimension.IsLatent && !gathers.Exists(g => g.Indices[1] == i)).ToList();
            if (Support.OfProduct(product.Operands.Where(o => !gathers.Contains(o))) is { } support && support.Row != support.Column && entities.Count == 2
                && entities.Contains(support.Row) && entities.Contains(support.Column))
            {
                return AddEntries(product, support, scale);
            }

            if (entities.Count > 1)
            {
                return false;
            }

            if (product.SelfAndDescendants().OfType<Leaf>().FirstOrDefault(l => l.Tensor.IsOneHot && product.Summed.Contains(l.Indices[0])) is { } gather)
            {
                return AddSamples(product, gather.Indices[0], scale);
            }

            _byRow.Add((entities[0], Build.Multiply(scale, Build.Contract(product.Operands, product.Summed.Remove(entities[0])))));
            return true;
        }

        private bool AddEntries(Product product, Support support, Expression scale)
        {
            if (_places.Count == 0)
            {
                _places.AddRange([new(new(support.Row.Dimension), null), new(new(support.Column.Dimension), null)]);
                Support = support with { Row = _places[0].Row, Column = _places[1].Row };
            }

            // Places that index vectors name are of other samples.
            if (Support is null)
            {
                return false;
            }

            var term = Build.Contract(product.Operands, product.Summed.Remove(support.Row).Remove(support.Column))
                .Rename(new Dictionary<Index, Index> { [support.Row] = _places[0].Row, [support.Column] = _places[1].Row });
            _bySample.Add(Build.Multiply(scale, WithPlaces(term)));
            Beside = Support.Patterns.SetEquals(support.Patterns) ? null : Support;
            return Beside is null;
        }

        private bool AddSamples(Product product, Index sample, Expression scale)
        {
            Sample ??= new(sample.Dimension);
            var term = Build.Contract(product.Operands, product.Summed.Remove(sample)).Rename(sample, Sample);
            if (OfOthers(term) is { } others)
            {
                return IsObstacle(others);
            }

            _bySample.Add(Build.Multiply(scale, WithPlaces(term)));
            return Support is null && Sample.Dimension == sample.Dimension;
        }

        /// <summary>What is made in one sample's term of the rows of all samples; null if nothing is.</summary>
        private Expression? OfOthers(Expression term)
        {
            bool Reduces(Expression part) => part is Product { Summed.Count: > 0 } or Extreme or Inverse or LogDeterminant;
            bool ReadsOthers(Expression part) => part.SelfAndDescendants().OfType<Leaf>()
                .Any(l => l.Tensor.IsOneHot && l.Indices[0] != Sample && !part.Free.Contains(l.Indices[0]));
            return term.SelfAndDescendants().LastOrDefault(part => Reduces(part) && part.DependsOnFactors() && ReadsOthers(part));
        }

        /// <summary>What an index vector gathers, Σ_i δ(index_s, i) u_ik, as the row in a place; a sum over all samples stays one.</summary>
        private Expression WithPlaces(Expression term) => new Rewriting(e =>
        {
            if (e is not Product product || GathersOf(product).Where(g => g.Indices[0] == Sample || IsLine(g.Indices[0])).ToList() is not { Count: > 0 } gathers)
            {
                return e;
            }

            var names = gathers.GroupBy(g => g.Indices[1]).ToDictionary(g => g.Key, g => PlaceOf(g.First()).Row);
            return Build.Contract(
                product.Operands.Where(o => !gathers.Contains(o)).Select(o => o.Rename(names)).Prepend(Build.Number(product.Coefficient)),
                product.Summed.Where(i => !names.ContainsKey(i)));
        }).Apply(term);

        /// <summary>Where a product chooses rows by an index vector.</summary>
        private static IEnumerable<Leaf> GathersOf(Product product) =>
            product.Operands.OfType<Leaf>().Where(l => l.Tensor.IsOneHot && product.Summed.Contains(l.Indices[1]));

        private bool IsLine(Index index) => Support is { } entries && (index == entries.Row || index == entries.Column);

        private SamplePlace PlaceOf(Leaf gather)
        {
            var line = IsLine(gather.Indices[0]) ? gather.Indices[0] : null;
            var vector = ((ParameterNode)((CallNode)gather.Tensor.Initializer!).Arguments[0]).Name;
            var place = _places.Find(p => p.IndexVector == vector && p.Line == line && p.Row.Dimension == gather.Indices[1].Dimension);
            if (place is null)
            {
                _places.Add(place = new(new(gather.Indices[1].Dimension), vector, line));
            }

            return place;
        }
    }
}
