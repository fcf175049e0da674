using AutoGradMf.Generators.Symbolics.Model;

namespace AutoGradMf.Symbolics.Tests.Interpretation;

/// <summary>A parameter of a test's loss, and the letters of its sizes ('1' for one).</summary>
internal sealed record TestParameter(LossParameter Declared, char Rows, char Columns)
{
    public string Name => Declared.Name;

    public ParameterNode Node => new(0, Declared.Kind, Name);
}
