using AutoGradMf.Generators.Symbolics.Model;

namespace AutoGradMf.Generators.Parsing;

/// <summary>A constant that is no number, such as the name of an option: it can be compared, and what is computed does not hold it.</summary>
internal sealed record OptionNode(object? Value) : ReadingNode;
