namespace AutoGradMf.Corpus.Tests;

/// <summary>The entry of corpus.json that holds what autograd found for a loss.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class CorpusEntryAttribute(string name) : Attribute
{
    public string Name { get; } = name;
}
