using AutoGradMf.Generators.Symbolics.Model;

namespace AutoGradMf.Generators.Parsing;

/// <summary>What there is only while a loss is read: nothing that is computed holds it.</summary>
internal abstract record ReadingNode(int Node = 0) : LossNode(Node, TensorKind.Scalar);
