using System.Runtime.CompilerServices;

namespace AutoGradMf.Generators.Symbolics.Model;

/// <summary>Tells objects apart, whatever they say of their equality.</summary>
internal sealed class SameObject<T> : IEqualityComparer<T>
    where T : class
{
    public static SameObject<T> Instance { get; } = new();

    public bool Equals(T? x, T? y) => ReferenceEquals(x, y);

    public int GetHashCode(T item) => RuntimeHelpers.GetHashCode(item);
}
