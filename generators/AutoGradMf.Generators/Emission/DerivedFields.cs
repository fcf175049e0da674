using AutoGradMf.Generators.Symbolics.Lowering;

namespace AutoGradMf.Generators.Emission;

/// <summary>The fields for what an objective derives from its data when it is made: arrays, numbers and intersections of patterns.</summary>
internal sealed class DerivedFields
{
    private readonly LossNames _names;
    private readonly Dictionary<string, string> _arrays;
    private readonly Dictionary<string, string> _numbers;
    private readonly Dictionary<string, string> _sparse;
    private readonly Dictionary<string, string> _patterns;

    public DerivedFields(Plan plan, LossNames names)
    {
        _names = names;
        _arrays = plan.Derived.ToDictionary(s => s.Name, s => names.Scope.Take("_" + s.Name), StringComparer.Ordinal);
        _numbers = plan.Construction.Steps
            .SelectMany(s => s switch
            {
                ProductStep { Scalar: { } scalar } => [scalar],
                ScalarStep scalar => [scalar.Name],
                LoopStep loop => loop.Sums.Select(sum => sum.Name),
                _ => [],
            })
            .ToDictionary(n => n, n => names.Scope.Take("_" + n), StringComparer.Ordinal);
        _sparse = plan.Derived.Where(s => s.Initializer is SparseData).ToDictionary(s => s.Pattern!, s => _arrays[s.Name], StringComparer.Ordinal);
        _patterns = plan.Patterns.Where(p => p.Contains('∩'))
            .ToDictionary(p => p, p => names.Scope.Take("_" + string.Join("And", p.Split('∩').Select(part => _sparse.TryGetValue(part, out var field) ? field.TrimStart('_') : part))), StringComparer.Ordinal);
    }

    /// <summary>The fields that numbers are in.</summary>
    public IEnumerable<string> Numbers => _numbers.Values;

    /// <summary>The patterns that are intersections: the field, and the matrices whose patterns are intersected.</summary>
    public IEnumerable<(string Field, string[] Matrices)> Intersections =>
        _patterns.Select(p => (p.Value, p.Key.Split('∩').Select(Matrix).ToArray()));

    /// <summary>The field of a storage.</summary>
    public string Field(Storage storage) => _arrays[storage.Name];

    /// <summary>The view of a dense matrix: derived from data before, or the user's.</summary>
    public string Dense(string matrix) => _arrays.TryGetValue(matrix, out var field) ? field : $"{_names.Field(matrix)}.View";

    /// <summary>The view of a storage.</summary>
    public string Array(Storage storage) => _arrays[storage.Name] + (storage.Initializer is SparseData ? ".View" : "");

    public string Number(string number) => _numbers[number];

    /// <summary>The expression for a pattern.</summary>
    public string Pattern(string pattern) => _patterns.TryGetValue(pattern, out var code) ? code : $"{Matrix(pattern)}.Pattern";

    /// <summary>The field of the sparse matrix that a pattern is of: the user's, or one derived from data.</summary>
    public string Matrix(string pattern) => _sparse.TryGetValue(pattern, out var field) ? field : _names.Field(pattern);
}
