using static AutoGradMf.LossMath;

namespace AutoGradMf.Corpus.Tests;

/// <summary>User i prefers movie j to movie l.</summary>
public static partial class Ranking
{

}
