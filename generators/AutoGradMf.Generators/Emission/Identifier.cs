using Microsoft.CodeAnalysis.CSharp;

namespace AutoGradMf.Generators.Emission;

/// <summary>Names as C# writes them and as they read elsewhere.</summary>
internal static class Identifier
{
    /// <summary>What an accessor calls the field behind its property, since C# 14.</summary>
    private const string BackingField = "field";

    /// <summary>A name in code: <c>@class</c> for class.</summary>
    public static string Escaped(string name) => SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None && name != BackingField ? name : "@" + name;

    /// <summary>A name in text, and within longer names.</summary>
    public static string Bare(string name) => name.TrimStart('@');
}
