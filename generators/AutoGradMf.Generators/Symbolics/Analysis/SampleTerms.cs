using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Model;
using AutoGradMf.Generators.Symbolics.Structure;
using Index = AutoGradMf.Generators.Symbolics.Expressions.Index;

namespace AutoGradMf.Generators.Symbolics.Analysis;

/// <summary>The terms of the samples of one group, in which what index vectors gather has become rows in places.</summary>
internal sealed class SampleTerms
{
    private readonly Support? _support;
    private readonly Index? _sample;
    private readonly List<SamplePlace> _places = [];
    private readonly List<Expression> _terms = [];

    /// <summary>Of the entries of a pattern.</summary>
    public SampleTerms(Support support)
    {
        _places.AddRange([new(new(support.Row.Dimension), null), new(new(support.Column.Dimension), null)]);
        _support = support with { Row = _places[0].Row, Column = _places[1].Row };
        Group = new(_support, null, _places);
    }

    /// <summary>Of what index vectors name.</summary>
    public SampleTerms(Index sample)
    {
        _sample = new(sample.Dimension);
        Group = new(null, _sample, _places);
    }

    /// <summary>The samples; places are added with terms.</summary>
    public SampleGroup Group { get; }

    public IEnumerable<Expression> All => _terms;

    /// <summary>Where a product chooses rows by an index vector.</summary>
    public static IEnumerable<Leaf> GathersOf(Product product) =>
        product.Operands.OfType<Leaf>().Where(l => l.Tensor.IsOneHot && product.Summed.Contains(l.Indices[1]));

    /// <summary>Whether they are the entries of a pattern over the same entities.</summary>
    public bool IsOver(Support support) => _support is { } own && own.Patterns.SetEquals(support.Patterns)
        && own.Row.Dimension == support.Row.Dimension && own.Column.Dimension == support.Column.Dimension;

    /// <summary>Whether they are as many as an index counts.</summary>
    public bool IsOver(Index sample) => _sample?.Dimension == sample.Dimension;

    /// <summary>Adds a sum over the entries, times a number.</summary>
    public void AddEntries(Product sum, Support support, Expression scale)
    {
        var term = Build.Contract(sum.Operands, sum.Summed.Remove(support.Row).Remove(support.Column))
            .Rename(new Dictionary<Index, Index> { [support.Row] = _support!.Row, [support.Column] = _support.Column });
        _terms.Add(Build.Multiply(scale, WithPlaces(term)));
    }

    /// <summary>Adds a sum over the samples, times a number; or finds what is made in one sample's term of the rows of others.</summary>
    public Expression? AddSamples(Product sum, Index sample, Expression scale)
    {
        var term = Build.Contract(sum.Operands, sum.Summed.Remove(sample)).Rename(sample, _sample!);
        var others = OfOthers(term);
        if (others is null)
        {
            _terms.Add(Build.Multiply(scale, WithPlaces(term)));
        }

        return others;
    }

    /// <summary>What is made in one sample's term of the rows of all samples; null if nothing is.</summary>
    private Expression? OfOthers(Expression term)
    {
        bool Reduces(Expression part) => part is Product { Summed.Count: > 0 } or Extreme or Inverse or LogDeterminant;
        bool ReadsOthers(Expression part) => part.SelfAndDescendants().OfType<Leaf>()
            .Any(l => l.Tensor.IsOneHot && l.Indices[0] != _sample && !part.Free.Contains(l.Indices[0]));
        return term.SelfAndDescendants().LastOrDefault(part => Reduces(part) && part.DependsOnFactors() && ReadsOthers(part));
    }

    /// <summary>What an index vector gathers, Σ_i δ(index_s, i) u_ik, as the row in a place; a sum over all samples stays one.</summary>
    private Expression WithPlaces(Expression term) => new Rewriting(e =>
    {
        if (e is not Product product || GathersOf(product).Where(g => g.Indices[0] == _sample || IsLine(g.Indices[0])).ToList() is not { Count: > 0 } gathers)
        {
            return e;
        }

        var names = gathers.GroupBy(g => g.Indices[1]).ToDictionary(g => g.Key, g => PlaceOf(g.First()).Row);
        return Build.Contract(
            product.Operands.Where(o => !gathers.Contains(o)).Select(o => o.Rename(names)).Prepend(Build.Number(product.Coefficient)),
            product.Summed.Where(i => !names.ContainsKey(i)));
    }).Apply(term);

    private bool IsLine(Index index) => _support is { } entries && (index == entries.Row || index == entries.Column);

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
