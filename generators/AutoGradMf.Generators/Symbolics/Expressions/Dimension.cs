namespace AutoGradMf.Generators.Symbolics.Expressions;

/// <summary>A symbolic size: the number of users m, of movies n (entities), of features k (latent, and small beside entities).</summary>
/// <param name="Name">What it is called.</param>
/// <param name="IsLatent">Whether it is of features.</param>
/// <param name="Number">The size itself, where the loss gives it.</param>
internal sealed record Dimension(string Name, bool IsLatent, int? Number = null)
{
    /// <summary>That of its name.</summary>
    public Fingerprint Fingerprint { get; } = Fingerprint.Of(Name);

    public override string ToString() => Name;
}
