namespace AutoGradMf.Generators.Symbolics.Expressions;

/// <summary>A symbolic size: the number of users m, of movies n (entities), of features k (latent, and small beside entities).</summary>
internal sealed record Dimension(string Name, bool IsLatent)
{
    /// <summary>That of its name.</summary>
    public Fingerprint Fingerprint { get; } = Fingerprint.Of(Name);

    public override string ToString() => Name;
}
