namespace AutoGradMf.Generators.Symbolics.Model;

/// <summary>The loss cannot be compiled for reasons that the user can mend: all that were found, and none where they were noted before.</summary>
internal sealed class LossException(params IEnumerable<Problem> problems) : Exception(string.Join(" ", problems.SelectMany(p => p.Arguments)))
{
    /// <summary>Each sub-expression's once: it may fail in the value and in several derivatives.</summary>
    public IReadOnlyList<Problem> Problems { get; } = [.. problems.GroupBy(p => (p.Rule, p.Node)).Select(same => same.First())];

    /// <summary>Whether nothing more can be found: the budget is spent, and whatever is tried next fails for the same reason.</summary>
    public bool IsFinal => Problems.Any(p => p.Rule == RuleNames.TooLarge);

    /// <summary>Does something with each, also after one that fails.</summary>
    /// <exception cref="LossException">Some failed: with the problems of all of them.</exception>
    public static void Collect<T>(IEnumerable<T> items, Action<T> action)
    {
        var failures = new List<LossException>();
        foreach (var item in items)
        {
            try
            {
                action(item);
            }
            catch (LossException failure) when (!failure.IsFinal)
            {
                failures.Add(failure);
            }
        }

        if (failures.Count > 0)
        {
            throw new LossException(failures.SelectMany(f => f.Problems));
        }
    }
}
