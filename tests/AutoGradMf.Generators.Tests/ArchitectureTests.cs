using System.Reflection;
using System.Text.RegularExpressions;
using AutoGradMf.Generators.Diagnostics;
using AutoGradMf.Generators.Emission;
using AutoGradMf.Generators.Symbolics.Lowering;
using Microsoft.CodeAnalysis;
using Xunit;

namespace AutoGradMf.Generators.Tests;

/// <summary>What the parts of the generator and of the library know of each other.</summary>
public partial class ArchitectureTests
{
    private static readonly Assembly Library = typeof(Matrix<>).Assembly;
    private static readonly string Repository = FindRepository();
    private static readonly string Generators = Path.Combine(Repository, "generators", "AutoGradMf.Generators");

    public static TheoryData<string> LibraryTypes => [.. Constants().Where(name => name.StartsWith("AutoGradMf.", StringComparison.Ordinal))];

    public static TheoryData<string> Rules => [.. Descriptors().Select(d => d.Id)];

    [Theory]
    [MemberData(nameof(LibraryTypes))]
    public void Each_library_name_of_the_generator_is_a_public_type_of_the_library(string name) =>
        Assert.Contains(Library.GetExportedTypes(), type => FullName(type) == name);

    [Fact]
    public void Each_other_name_is_a_public_type_of_the_framework() => Assert.All(
        Constants().Where(name => !name.StartsWith("AutoGradMf.", StringComparison.Ordinal)),
        name => Assert.Contains(typeof(object).Assembly.GetExportedTypes(), type => FullName(type) == name));

    [Fact]
    public void All_names_that_generated_code_uses_are_looked_up_before_they_are_written_short() => Assert.Equal(
        Constants().Where(name => !name.StartsWith("AutoGradMf.", StringComparison.Ordinal) || !name.EndsWith("Attribute", StringComparison.Ordinal)).Order(StringComparer.Ordinal),
        LibraryNames.Used.Order(StringComparer.Ordinal));

    [Theory]
    [InlineData(LibraryNames.ThinProduct, "RowDot", "Moments", "MultiplyMoments")]
    [InlineData(LibraryNames.SmallTensor, "Contract")]
    [InlineData(LibraryNames.SparseProduct, "Multiply", "MultiplyTransposed")]
    [InlineData(LibraryNames.GatheredRows, "Dots", "Gram", "Scatter")]
    [InlineData(LibraryNames.SmallMatrix, "Inverse", "LogDeterminant", "InverseAndLogDeterminant")]
    [InlineData(LibraryNames.IHessianVectorProduct, "HessianVectorProduct")]
    [InlineData(LibraryNames.LossMath, "Numbers", "OneHot", "Identity", "Observed")]
    [InlineData(LibraryNames.SampledLoop, "Evaluate")]
    [InlineData(LibraryNames.DenseLoop, "Evaluate")]
    [InlineData(LibraryNames.ObjectiveArguments, "RequireShape", "RequireMoments", "RequireLayout", "RequireDistinct", "ForeignWorkspace", "Sample", "SampleProduct", "ProductDot")]
    [InlineData(LibraryNames.SparsePattern, "Intersect", "Count")]
    [InlineData(LibraryNames.Operand, "WideRow", "WideColumn", "WideEntry")]
    [InlineData(LibraryNames.MatrixView, "ToMatrix", "ToColumnVector", "ToRowVector", "AsColumn", "Item")]
    [InlineData(LibraryNames.Matrix, "Rows", "Columns", "View", "T", "Cast")]
    [InlineData(LibraryNames.SparseMatrix, "Rows", "Columns", "View", "Pattern", "Cast")]
    [InlineData(LibraryNames.ColumnVector, "Length", "View", "Cast")]
    [InlineData(LibraryNames.RowVector, "Length", "View", "Cast")]
    [InlineData(LibraryNames.Workers, "Shared")]
    [InlineData(LibraryNames.Workspace, "Workers")]
    [InlineData(LibraryNames.IObjective, "Layout", "Inputs", "CreateWorkspace", "Value", "ValueAndGradient", "Reference")]
    [InlineData(LibraryNames.IRatingModel, "Rows", "Columns", "Predict")]
    [InlineData(LibraryNames.IEntryFunction, "Evaluate")]
    [InlineData(LibraryNames.Parameters, "Item", "Layout")]
    public void Members_that_generated_code_calls_are_public(string type, params string[] members) =>
        Assert.All(members, member => AssertMember(type, member));

    [Fact]
    public void Members_that_plans_name_are_public()
    {
        var elsewhere = new[]
        {
            ProductKernel.SparseMultiply, ProductKernel.SparseMultiplyTransposed, ProductKernel.Inverse, ProductKernel.LogDeterminant,
            ProductKernel.InverseAndLogDeterminant,
        };
        Assert.All(Enum.GetValues<ProductKernel>().Except(elsewhere), kernel => AssertMember(LibraryNames.ThinProduct, $"{kernel}"));
        Assert.All(Enum.GetNames<RowTermKind>(), kind => AssertMember(LibraryNames.RowTerm, kind));
        Assert.All(Enum.GetNames<LoopInputKind>(), kind => AssertMember(LibraryNames.Operand, kind));
        Assert.All(Enum.GetNames<LoopOutputKind>(), kind => AssertMember(LibraryNames.LoopResult, kind));
    }

    [Fact]
    public void Every_elementwise_function_with_rules_has_lanes() => Assert.All(
        typeof(LossMath).GetMethods().Where(m => m.GetCustomAttributes<PartialAttribute>().Any()).Select(m => m.Name).Distinct(),
        function => AssertMember(LibraryNames.LaneMath, function));

    [Fact]
    public void Symbolics_know_nothing_of_Roslyn() => Assert.All(
        Sources(Path.Combine(Generators, "Symbolics")),
        file => Assert.DoesNotMatch(RoslynName(), File.ReadAllText(file)));

    [Fact]
    public void Symbolics_know_nothing_of_parsing_emission_and_diagnostics() => Assert.All(
        Sources(Path.Combine(Generators, "Symbolics")),
        file => Assert.DoesNotMatch(OuterStage(), File.ReadAllText(file)));

    [Fact]
    public void The_library_references_neither_Roslyn_nor_the_generator() => Assert.DoesNotContain(
        Library.GetReferencedAssemblies(),
        a => a.Name!.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal) || a.Name == "AutoGradMf.Generators");

    [Fact]
    public void Roslyn_is_not_newer_than_the_oldest_compiler_that_loads_the_generator() => Assert.Contains(
        "<PackageVersion Include=\"Microsoft.CodeAnalysis.CSharp\" Version=\"[4.14.0]\" />",
        File.ReadAllText(Path.Combine(Repository, "Directory.Packages.props")),
        StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Rules))]
    public void Each_rule_has_a_page_and_is_tracked(string rule)
    {
        var descriptor = Descriptors().Single(d => d.Id == rule);
        var page = File.ReadAllText(Path.Combine(Generators, "Rules", rule + ".md"));
        Assert.StartsWith($"# {rule}: {descriptor.Title.ToString(null)}\n", page, StringComparison.Ordinal);
        Assert.All(["## Cause\n", "## Example\n", "## What to do\n"], part => Assert.Contains(part, page, StringComparison.Ordinal));
        Assert.EndsWith($"/generators/AutoGradMf.Generators/Rules/{rule}.md", descriptor.HelpLinkUri, StringComparison.Ordinal);
        Assert.Contains(
            $"{rule} | {descriptor.Category} | {descriptor.DefaultSeverity} | {descriptor.Title.ToString(null)}",
            File.ReadAllText(Path.Combine(Generators, "AnalyzerReleases.Shipped.md")) + File.ReadAllText(Path.Combine(Generators, "AnalyzerReleases.Unshipped.md")),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Each_page_is_of_a_rule() => Assert.Equal(
        Descriptors().Select(d => d.Id).Order(StringComparer.Ordinal),
        Directory.EnumerateFiles(Path.Combine(Generators, "Rules")).Select(page => Path.GetFileNameWithoutExtension(page)).Order(StringComparer.Ordinal));

    private static IEnumerable<DiagnosticDescriptor> Descriptors() => Driver.GeneratorRun.Analyzers.SelectMany(a => a.SupportedDiagnostics);

    private static IEnumerable<string> Constants() => typeof(LibraryNames)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Where(field => field.IsLiteral)
        .Select(field => (string)field.GetRawConstantValue()!);

    private static void AssertMember(string type, string member) => Assert.Contains(
        Library.GetExportedTypes().Where(t => FullName(t) == type).SelectMany(t => t.GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static)),
        m => m.Name == member);

    private static string FullName(Type type) => $"{type.Namespace}.{type.Name.Split('`')[0]}";

    private static IEnumerable<string> Sources(string folder) => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories);

    private static string FindRepository()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "AutoGradMf.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("AutoGradMf.sln is in no folder above the tests.");
        }

        return folder;
    }

    [GeneratedRegex(@"Microsoft\s*\.\s*CodeAnalysis")]
    private static partial Regex RoslynName();

    [GeneratedRegex(@"AutoGradMf\.Generators\.(Parsing|Emission|Diagnostics)")]
    private static partial Regex OuterStage();
}
