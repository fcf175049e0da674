namespace AutoGradMf.Generators.Diagnostics;

/// <summary>Where each rule is explained.</summary>
internal static class RulePages
{
    public static string Of(string rule) => $"https://github.com/autogradmf/autogradmf/blob/main/generators/AutoGradMf.Generators/Rules/{rule}.md";
}
