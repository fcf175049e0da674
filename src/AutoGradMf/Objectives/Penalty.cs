namespace AutoGradMf.Objectives;

/// <summary>A term of an objective that is a number times the sum of the Euclidean norms of groups of a factor's elements.</summary>
/// <param name="Factor">The number of the factor.</param>
/// <param name="Groups">The groups.</param>
/// <param name="Weight">The number, with the hyperparameters as they are.</param>
public readonly record struct Penalty(int Factor, PenaltyGroups Groups, double Weight);
