using System.Xml.Linq;
using System.Xml.XPath;
using AutoGradMf.Generators.Tests.Driver;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace AutoGradMf.Generators.Tests;

/// <summary>What the user says of a loss is said of what is generated from it, and whoever makes a documentation file gets no warning.</summary>
public class DocumentationTests
{
    private const string Usings = "using AutoGradMf; using static AutoGradMf.LossMath; ";

    private const string Documented = """
        /// <summary>How far the films are from the ratings.</summary>
        /// <remarks>After a night in the cinema.</remarks>
        /// <param name="U">Tastes.</param>
        /// <param name="M">Films.</param>
        /// <param name="R">Who saw what.</param>
        /// <param name="reg">How much less than it knows the model should say.</param>
        [Loss]
        public static double L([Factor] Matrix<double> U, [Factor] Matrix<double> M, SparseMatrix<double> R, double reg) =>
            Sum(Square(U * M.T - R)) + reg * Sum(Square(U));
        """;

    [Theory]
    [InlineData("public partial class Losses { § }", "Losses")]
    [InlineData("namespace Films { public partial class Outer<T> { public partial class Losses<TElement, @class> { § } } }", "Films.Outer`1.Losses`2")]
    [InlineData("public partial class Losses { § public static double L(int x) => x; /// <summary>Of none.</summary>\n public static double L(Matrix<double> U) => U.Rows; }", "Losses")]
    [InlineData("namespace Films { public class Matrix; public partial class Losses { § } }", "Films.Losses")]
    [InlineData("namespace Films { public class SparseMatrix<T>; public partial record struct Losses<Matrix> { § } }", "Films.Losses`1")]
    public void The_users_documentation_carries_over(string type, string name)
    {
        var documents = DocumentationOf(Usings + type.Replace("§", Documented.Replace(" SparseMatrix<", " AutoGradMf.SparseMatrix<", StringComparison.Ordinal)
            .Replace(" Matrix<", " AutoGradMf.Matrix<", StringComparison.Ordinal), StringComparison.Ordinal));

        Assert.Contains("How far the films are from the ratings.", documents[$"T:{name}.LObjective`1"].Element("summary")!.Value, StringComparison.Ordinal);
        var remarks = documents[$"T:{name}.LObjective`1"].Element("remarks")!.Value;
        Assert.Contains("After a night in the cinema.", remarks, StringComparison.Ordinal);
        Assert.Contains("The value and the gradient of", remarks, StringComparison.Ordinal);
        Assert.Contains("How much less than it knows", documents[$"P:{name}.LObjective`1.reg"].Value, StringComparison.Ordinal);
        Assert.Contains("Tastes.", documents[$"P:{name}.LModel`1.U"].Value, StringComparison.Ordinal);
        Assert.All(["LObjective", "LTrainer"], generated => Assert.Contains(documents, d =>
            d.Key.StartsWith($"M:{name}.{generated}`1.#ctor(", StringComparison.Ordinal) && d.Value.Elements("param").Any(p => p.Value.Contains("Who saw what.", StringComparison.Ordinal))));
    }

    [Fact]
    public void The_documentation_of_a_term_carries_over_to_the_loss_of_the_whole_model()
    {
        var documents = DocumentationOf(Usings + """
            public partial class Losses
            {
                /// <summary>Squares near zero, lines far from it.</summary>
                /// <param name="prediction">Expected.</param>
                /// <param name="rating">Found.</param>
                /// <param name="delta">How far is far.</param>
                [EntryLoss]
                public static double Tube(double prediction, double rating, double delta) => Huber(prediction - rating, delta);
            }
            """);
        Assert.Contains("lines far from it", documents["T:Losses.TubeObjective`1"].Element("summary")!.Value, StringComparison.Ordinal);
        Assert.Contains("How far is far.", documents["P:Losses.TubeObjective`1.delta"].Value, StringComparison.Ordinal);
    }

    /// <summary>Losses have a summary here, and each of their parameters a sentence.</summary>
    [Fact]
    public void The_documentation_of_every_loss_of_the_corpus_is_referred_to()
    {
        var files = ReferenceProject.Corpus.Select(file => CSharpSyntaxTree.ParseText(file).GetRoot()).ToList();
        var generated = new UserProject([.. files.Select(WithDocumentation)]).GenerateOnce().Generated;
        Assert.All(files.SelectMany(Losses), loss =>
        {
            var text = generated[$"AutoGradMf.Corpus.Tests.{((TypeDeclarationSyntax)loss.Parent!).Identifier}.{loss.Identifier}.g.cs"];
            Assert.Contains("path=\"/summary/node()\"/>", text, StringComparison.Ordinal);
            Assert.All(loss.ParameterList.Parameters, p => Assert.Contains($"path=\"/param[@name='{p.Identifier}']/node()\"/>", text, StringComparison.Ordinal));
        });
    }

    private static IEnumerable<MethodDeclarationSyntax> Losses(SyntaxNode file) =>
        file.DescendantNodes().OfType<MethodDeclarationSyntax>().Where(m => m.AttributeLists.ToString().Contains("[Loss", StringComparison.Ordinal));

    private static string WithDocumentation(SyntaxNode file) => file.ReplaceNodes(Losses(file), (_, loss) => loss.WithLeadingTrivia(SyntaxFactory.ParseLeadingTrivia(
        $"/// <summary>What {loss.Identifier} says.</summary>\n" + string.Concat(loss.ParameterList.Parameters.Select(p => $"/// <param name=\"{p.Identifier}\">What {p.Identifier} is.</param>\n"))))).ToFullString();

    [Fact]
    public void Without_documentation_of_the_loss_ours_stands_alone()
    {
        var run = new UserProject(Usings + "public partial class Losses { // <summary>No documentation.</summary>\n [Loss] public static double L([Factor] Matrix<double> U) => Sum(Square(U)); }").Run();
        Assert.DoesNotContain("<inheritdoc cref", run.Generated["Losses.L.g.cs"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(DocumentationMode.None)]
    [InlineData(DocumentationMode.Parse)]
    public void It_is_referred_to_also_where_the_compiler_reads_no_comments(DocumentationMode mode)
    {
        var run = new UserProject(Usings + "public partial class Losses {\n" + Documented + "}") { Documentation = mode }.Run();
        Assert.Contains("path=\"/param[@name='reg']/node()\"/>", run.Generated["Losses.L.g.cs"], StringComparison.Ordinal);
    }

    [Fact]
    public void Another_wording_regenerates_nothing()
    {
        var (before, after) = new UserProject(Usings + "public partial class Losses {\n" + Documented + "}")
            .Edit(project => project with { Files = [project.Files[0].Replace("Tastes", "Likings", StringComparison.Ordinal)] });
        Steps.AssertCached(before, after);
    }

    /// <summary>The elements of the documentation file by their members, with what they inherit by reference in its place.</summary>
    private static Dictionary<string, XElement> DocumentationOf(string source)
    {
        var run = new UserProject(source).Run();
        using var image = new MemoryStream();
        using var file = new MemoryStream();
        var result = run.Output.Emit(image, xmlDocumentationStream: file);
        Assert.True(result.Success);
        Assert.DoesNotContain(result.Diagnostics, d => d.Severity >= DiagnosticSeverity.Warning && d.Id != "CS1591");
        file.Position = 0;
        var members = XDocument.Load(file).Descendants("member").ToDictionary(m => m.Attribute("name")!.Value);
        foreach (var reference in members.Values.Descendants("inheritdoc").Where(i => i.Attribute("cref") is not null).ToList())
        {
            reference.ReplaceWith(((IEnumerable<object>)members[reference.Attribute("cref")!.Value].XPathEvaluate("." + reference.Attribute("path")!.Value)).ToList());
        }

        return members;
    }
}
