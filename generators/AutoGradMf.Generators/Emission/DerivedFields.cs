using AutoGradMf.Generators.Symbolics.Lowering;

namespace AutoGradMf.Generators.Emission;

/// <summary>The fields for what an objective derives from its data when it is made: arrays, numbers and intersections of patterns.</summary>
internal sealed class DerivedFields
{
    private readonly Dictionary<string, string> _arrays;
    private readonly Dictionary<string, string> _numbers;
    private readonly Dictionary<string, string> _patterns;

    public DerivedFields(Plan plan, NameScope members)
    {
        _arrays = plan.Derived.ToDictionary(s => s.Name, s => members.Take("_" + s.Name), StringComparer.Ordinal);
        _numbers = plan.Construction.Steps
            .SelectMany(s => s switch
            {
                ProductStep { Scalar: { } scalar } => [scalar],
                ScalarStep scalar => [scalar.Name],
                LoopStep loop => loop.Sums.Select(sum => sum.Name),
                _ => [],
            })
            .ToDictionary(n => n, n => members.Take("_" + n), StringComparer.Ordinal);
        _patterns = plan.Patterns.ToDictionary(
            p => p, p => p.Contains('∩') ? members.Take("_" + p.Replace("∩", "And")) : $"_{p}.Pattern", StringComparer.Ordinal);
    }

    /// <summary>The fields that numbers are in.</summary>
    public IEnumerable<string> Numbers => _numbers.Values;

    /// <summary>The patterns that are intersections: the field, and the matrices whose patterns are intersected.</summary>
    public IEnumerable<(string Field, string[] Matrices)> Intersections =>
        _patterns.Where(p => p.Key.Contains('∩')).Select(p => (p.Value, p.Key.Split('∩')));

    public string Array(string storage) => _arrays[storage];

    public string Number(string number) => _numbers[number];

    /// <summary>The expression for a pattern.</summary>
    public string Pattern(string pattern) => _patterns.TryGetValue(pattern, out var code) ? code : $"_{pattern}.Pattern";
}
