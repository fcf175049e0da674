namespace AutoGradMf.Objectives;

/// <summary>Where each factor of an objective lies in the flat buffer of its parameters: one after the other, in the loss's order.</summary>
public sealed class ParameterLayout
{
    private readonly FactorShape[] _factors;
    private readonly int[] _offsets;

    /// <summary>Lays out <paramref name="factors"/> in their order.</summary>
    /// <exception cref="ArgumentException">Two factors have the same name.</exception>
    /// <exception cref="OverflowException">There are more than 2³¹ − 1 parameters.</exception>
    public ParameterLayout(params ReadOnlySpan<FactorShape> factors)
    {
        _factors = factors.ToArray();
        _offsets = new int[_factors.Length];
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var f = 0; f < _factors.Length; f++)
        {
            if (!names.Add(_factors[f].Name))
            {
                throw new ArgumentException($"Two factors are named '{_factors[f].Name}'.", nameof(factors));
            }

            _offsets[f] = Count;
            Count = checked(Count + _factors[f].Count);
        }
    }

    /// <summary>The factors, in the loss's order.</summary>
    public IReadOnlyList<FactorShape> Factors => _factors;

    /// <summary>Number of parameters in all.</summary>
    public int Count { get; }

    /// <summary>Where factor number <paramref name="factor"/> begins in the flat buffer.</summary>
    public int Offset(int factor) => _offsets[factor];

    /// <summary>The number of the factor called <paramref name="name"/>.</summary>
    /// <exception cref="ArgumentException">No factor has that name.</exception>
    public int IndexOf(string name)
    {
        var factor = Array.FindIndex(_factors, f => f.Name == name);
        return factor >= 0
            ? factor
            : throw new ArgumentException(
                $"There is no factor '{name}'; the factors are {string.Join(", ", _factors.Select(f => f.Name))}.", nameof(name));
    }
}
