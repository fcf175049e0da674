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
    public const string OpaqueMethod = "AGMF0008";
    public const string DerivativeLost = "AGMF0009";
    public const string IntegerDivision = "AGMF0010";
    public const string NotDeterministic = "AGMF0011";
    public const string MutableState = "AGMF0012";
    public const string MixedPrecision = "AGMF0013";
    public const string InvalidPartial = "AGMF0014";
    public const string PowerOfNegative = "AGMF0015";
    public const string AllPairs = "AGMF0016";
    public const string AllPairsBesideSparse = "AGMF0017";
    public const string MixedProducts = "AGMF0018";
    public const string InaccessibleMember = "AGMF0019";
    public const string UnstableForm = "AGMF0020";
    public const string NoKernel = "AGMF0021";
    public const string OutOfFloatRange = "AGMF0022";
    public const string TooLarge = "AGMF0023";
    public const string InvalidPrediction = "AGMF0024";
    public const string InfiniteAtMissing = "AGMF0025";
    public const string ArgumentOutsideDomain = "AGMF0026";
    public const string SquareByUse = "AGMF0027";
    public const string ImpossibleConstant = "AGMF0028";
    public const string UnusedPrediction = "AGMF0029";
    public const string InternalFailure = "AGMF9999";
}
