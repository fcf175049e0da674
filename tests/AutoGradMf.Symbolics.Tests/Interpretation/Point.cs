using System.Collections.Concurrent;
using AutoGradMf.Generators.Symbolics.Model;

namespace AutoGradMf.Symbolics.Tests.Interpretation;

/// <summary>Sizes and numbers for every parameter: where a loss is evaluated.</summary>
internal sealed class Point
{
    private readonly Dictionary<string, TestParameter> _parameters;
    private readonly Dictionary<string, double[]> _values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, bool[]> _stored = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Grid> _derived = new(StringComparer.Ordinal);
    private readonly IReadOnlyDictionary<char, int> _sizes;

    /// <param name="parameters">The parameters.</param>
    /// <param name="sizes">The size that each letter stands for.</param>
    /// <param name="seed">Of the random numbers, which lie in [-1.5, 1.5].</param>
    public Point(IEnumerable<TestParameter> parameters, IReadOnlyDictionary<char, int> sizes, int seed)
    {
        _sizes = sizes;
        _parameters = parameters.ToDictionary(p => p.Name, StringComparer.Ordinal);
        var random = new Random(seed);
        foreach (var parameter in _parameters.Values)
        {
            var count = SizeOf(parameter.Rows) * SizeOf(parameter.Columns);
            _values[parameter.Name] = [.. Enumerable.Range(0, count).Select(_ => (3 * random.NextDouble()) - 1.5)];
            if (parameter.Declared.Kind == TensorKind.SparseMatrix)
            {
                _stored[parameter.Name] = [.. Enumerable.Range(0, count).Select(_ => random.NextDouble() < 0.55)];
            }
        }
    }

    public IEnumerable<TestParameter> Parameters => _parameters.Values;

    public TestParameter Parameter(string name) => _parameters[name];

    /// <summary>Makes a sparse matrix that is derived from data known under the name of its pattern.</summary>
    public void Derive(string pattern, LossNode initializer) => _derived.GetOrAdd(pattern, _ => LossInterpreter.Array(initializer, this));

    public (int Rows, int Columns) Shape(string name) => _derived.TryGetValue(name, out var derived)
        ? (derived.Rows, derived.Columns)
        : (SizeOf(_parameters[name].Rows), SizeOf(_parameters[name].Columns));

    /// <summary>The elements, row after row; of a sparse matrix those that are not stored have no meaning.</summary>
    public double[] Values(string name) => _derived.TryGetValue(name, out var derived) ? [.. derived.Elements.Select(e => e.Value)] : _values[name];

    /// <summary>Whether an element is stored.</summary>
    public bool IsStored(string name, int element) => _derived.TryGetValue(name, out var derived) ? derived.Elements[element].IsStored : !_stored.TryGetValue(name, out var stored) || stored[element];

    /// <summary>Stores an element of a sparse matrix, or not.</summary>
    public void Keep(string name, int element, bool isStored) => _stored[name][element] = isStored;

    /// <summary>The element as a number: structurally zero where nothing is stored.</summary>
    public Number Element(string name, int element, Direction? direction = null) => !IsStored(name, element)
        ? default
        : Number.Of(_values[name][element], direction is { } d && d.Factor == name && d.Element == element ? 1 : 0);

    /// <summary>The stored elements of a pattern, which may be an intersection, row after row.</summary>
    public IReadOnlyList<(int Row, int Column)> Entries(string pattern)
    {
        var matrices = pattern.Split('∩');
        var (rows, columns) = Shape(matrices[0]);
        return [.. from i in Enumerable.Range(0, rows)
            from j in Enumerable.Range(0, columns)
            where matrices.All(m => IsStored(m, (i * columns) + j))
            select (i, j)];
    }

    public int SizeOf(char letter) => letter == '1' ? 1 : _sizes[letter];
}

/// <summary>One element of one factor, in whose direction is differentiated.</summary>
internal sealed record Direction(string Factor, int Element);
