namespace AutoGradMf.Generators.Symbolics.Model;

/// <summary>The rules that symbolics reports by name; each is a descriptor under Diagnostics.</summary>
internal static class RuleNames
{
    public const string UnsupportedConstruct = "AGMF0001";
    public const string ShapeMismatch = "AGMF0003";
    public const string NotDifferentiable = "AGMF0004";
    public const string GradientIsZero = "AGMF0005";
}
