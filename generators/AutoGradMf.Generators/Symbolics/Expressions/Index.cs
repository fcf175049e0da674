namespace AutoGradMf.Generators.Symbolics.Expressions;

/// <summary>A named index that runs over a dimension. Two indices over the same dimension are different unless they are the same object.</summary>
internal sealed class Index(Dimension dimension) : IComparable<Index>
{
    private static int _count;

    public Dimension Dimension { get; } = dimension;

    public int Number { get; } = Interlocked.Increment(ref _count);

    public int CompareTo(Index? other) => Number.CompareTo(other?.Number ?? 0);

    public override string ToString() => $"{Dimension.Name}{Number}";
}
