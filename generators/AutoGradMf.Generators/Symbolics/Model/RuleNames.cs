namespace AutoGradMf.Generators.Symbolics.Model;

/// <summary>The rules that losses are checked by; each is a descriptor under Diagnostics and a page under Rules.</summary>
internal static class RuleNames
{
    public const string UnsupportedConstruct = "AGMF0001";
    public const string NotPartial = "AGMF0002";
    public const string ShapeMismatch = "AGMF0003";
    public const string NotDifferentiable = "AGMF0004";
    public const string GradientIsZero = "AGMF0005";
    public const string InvalidDeclaration = "AGMF0006";
    public const string RecursiveMethod = "AGMF0007";
    public const string InternalFailure = "AGMF9999";
}
