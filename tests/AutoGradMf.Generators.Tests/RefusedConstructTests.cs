using AutoGradMf.Generators.Tests.Driver;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace AutoGradMf.Generators.Tests;

/// <summary>C# that losses cannot be written in: one error each, at the construct itself, which says what to write; and none of what follows from it.</summary>
public class RefusedConstructTests
{
    private const string Numbers = "which of these it is depends on numbers, so both must be numbers";

    [Theory]
    // Objects.
    [InlineData("=> Of([|new Part(2)|]); class Base { public double By = 2; } class Part(double x) : Base { public double X = x; } static double Of(Part p) => p.X * p.By;", "'Part' inherits from 'Base'; hold the values in a type that inherits from none")]
    [InlineData("=> Of([|new System.Numerics.Complex(2, reg)|]); static double Of(System.Numerics.Complex p) => p.Real * p.Imaginary;", "'Complex' is not of this project; hold values in an array, [a, b], in a tuple or in a type of your own")]
    [InlineData("=> Of([|new List<double> { reg, 2 }|]); static double Of(List<double> all) => all[0] + all.Count;", "'List' is not of this project")]
    [InlineData("=> Sum([|new Matrix<double>(2, 2)|] * U);", "a loss makes no matrices of its own; pass it as a parameter")]
    [InlineData("=> new Part(reg).Two; class Part { public Part(double x) { X = x; [|Count++|]; } public double X; public static int Count; public double Two => X; }", "the constructor of what a loss makes only sets members")]
    [InlineData("=> new Part(reg).X; class Part { public Part(double x) [|: this()|] { X = x; } public Part() { } public double X; }", "calls no other; set the members")]
    [InlineData("=> (new Part(reg) with { [|X = 2|] }).X; record Part(double Y) { private double _x; public double X { get => _x; init => _x = 2 * value; } }", "an initializer of what a loss makes sets members")]
    [InlineData("=> Of([|new Part(reg)|]); record Part(double X) { protected Part(Part other) => X = 2 * other.X; } static double Of(Part p) => (p with { }).X;", "has a constructor of its own that copies")]
    [InlineData("{ [|var (a, b) = new Part(reg);|] return a + b; } class Part(double x) { public void Deconstruct(out double a, out double b) { a = x; b = 2; } }", "the Deconstruct of 'Part' hands its values out by parameters, which a loss does not follow; declare one at a time: var a = …; var b = …;")]
    [InlineData("=> [|Shared|].X * reg; static readonly Part Shared = new(); class Part { public double X = 2; }", "the field always holds the same 'Part', which can be changed; make it a record of read-only members, or pass what it holds as parameters")]
    [InlineData("=> [|default(Part)|].X * reg; record struct Part(double X);", "write the values out that it holds")]
    [InlineData("=> [|new Part(U) == new Part(M)|] ? reg : 1; record Part(Matrix<double> X);", "a condition compares numbers")]
    [InlineData("=> ([|reg > 1 ? new Part(U, reg) : null|])!.By; record Part(Matrix<double> X, double By);", Numbers)]
    // Arrays and collections.
    [InlineData("=> [|Shared|].X * reg; static readonly Part Shared = new(); class Part : IEnumerable<double> { public double X = 2; public IEnumerator<double> GetEnumerator() => null!; System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => null!; }", "make it a record of read-only members, or pass what it holds as parameters")]
    [InlineData("=> [|Table|][0] * reg; static readonly double[] Table = [1, 2];", "holds the same 'double[]', which can be changed; make it an ImmutableArray, or declare a const for each number")]
    [InlineData("=> [|Shared|].Sum() * reg; static readonly HashSet<double> Shared = [1, 1, 3];", "holds the same 'HashSet<double>', which can be changed; make it an ImmutableArray")]
    [InlineData("=> [|Shared|][0] * reg; static readonly List<double> Shared = [1, 2];", "holds the same 'List<double>', which can be changed; make it an ImmutableArray")]
    [InlineData("=> [|Shared|].Sum() * reg; static IList<double> Shared { get; } = [1, 2];", "holds the same 'IList<double>', which can be changed; make it an ImmutableArray")]
    [InlineData("=> [|Shared|].Sum() * reg; static readonly ICollection<double> Shared = [1, 2];", "holds the same 'ICollection<double>', which can be changed; make it an ImmutableArray")]
    [InlineData("=> [|Shared|].Sum() * reg; static readonly IEnumerable<double> Shared = new double[] { 1, 2 };", "holds the same 'IEnumerable<double>', which can be changed; make it an ImmutableArray")]
    [InlineData("=> [|Shared|][0] * reg; static readonly System.Collections.ObjectModel.Collection<double> Shared = [1, 2];", "which can be changed; make it an ImmutableArray")]
    [InlineData("=> [|Shared|][0][0] * reg; static readonly System.Collections.Immutable.ImmutableArray<double[]> Shared = [[1], [2]];", "whose 'double[]' can be changed; make that an ImmutableArray")]
    [InlineData("=> [|Shared|].All[0] * reg; static readonly (double[] All, double By) Shared = ([1], 2);", "whose 'All' can be changed; make that an ImmutableArray")]
    [InlineData("=> [|Shared|].All[0] * reg; static readonly Part Shared = new([1, 2]); record Part(IReadOnlyList<double> All);", "the field always holds the same 'Part', whose 'All' can be changed; make that an ImmutableArray, or pass what it holds as parameters")]
    [InlineData("=> [|Shared|].Part.By * reg; static readonly Whole Shared = new(new() { By = 2 }); record Whole(Part Part); class Part { public double By; }", "whose 'Part' can be changed; make that a record of read-only members")]
    [InlineData("=> [|Shared|].Of.Of[0] * reg; static readonly Part<Part<double[]>> Shared = new(new([1, 2])); record Part<T>(T Of);", "whose 'double[]' can be changed; make that an ImmutableArray")]
    [InlineData("=> [|Shared|][0] * reg; static readonly System.Collections.Immutable.ImmutableArray<double>.Builder Shared = System.Collections.Immutable.ImmutableArray.CreateBuilder<double>();", "which can be changed; make it an ImmutableArray")]
    [InlineData("=> [|Shared|].Sum() * reg; static readonly System.Collections.Frozen.FrozenSet<double> Shared = System.Collections.Frozen.FrozenSet.Create<double>(3, 1);", "'FrozenSet<double>' holds values in its own way, which a loss does not follow; make it an array or an ImmutableArray")]
    [InlineData("=> [|Shared|].Sum() * reg; static readonly System.Collections.Immutable.ImmutableSortedSet<double> Shared = [3, 1, 1];", "'ImmutableSortedSet<double>' holds values in its own way, which a loss does not follow; make it an array or an ImmutableArray")]
    [InlineData("=> Of([|[1, 1, 3]|]) * reg; static double Of(HashSet<double> all) => all.Sum();", "'HashSet<double>' holds values in its own way, which a loss does not follow; make it an array or an ImmutableArray")]
    [InlineData("=> [|Of(1, reg, 3)|] * reg; static double Of(params SortedSet<double> all) => all.Sum();", "'SortedSet<double>' holds values in its own way")]
    [InlineData("{ System.Collections.Immutable.ImmutableStack<double> all = [|[1, reg]|]; return all.Aggregate(1.0, (sum, x) => x - sum); }", "'ImmutableStack<double>' holds values in its own way")]
    [InlineData("=> Of([|[1, reg]|]); static double Of(Own all) => all.Sum(); class Own : IEnumerable<double> { public void Add(double x) { } public IEnumerator<double> GetEnumerator() => null!; System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => null!; }", "'Own' holds values in its own way")]
    [InlineData("=> Of(reg, 2); static double Of(params double[] all) => [|all[2]|];", "there are 2 values, from 0 to 1")]
    [InlineData("=> Of(reg, 2); static double Of(params double[] all) => [|all[Last]|]; const int Last = 7;", "there are 2 values, from 0 to 1")]
    [InlineData("=> Of(U.Rows, reg, 2); static double Of(int n, params double[] all) => [|all[n]|];", "which of the values it is must be known when the program is compiled")]
    [InlineData("=> Of(reg, 2); static double Of(params double[] all) => [|all.Max()|];", "of several values a loss can use Select, Zip with a function, Sum, Average and Aggregate")]
    [InlineData("=> Of(reg, 2); static double Of(params double[] all) => [|all.Zip(all, all)|].Sum(x => x.First);", "of several values a loss can use Select, Zip with a function, Sum")]
    [InlineData("=> Of(reg, 2); static double Of(params double[] all) => [|all.Zip(all)|].Sum(x => x.First);", "of several values a loss can use Select, Zip with a function, Sum")]
    [InlineData("=> Of([|new double[3]|]) * reg; static double Of(double[] all) => all[0] + all.Length;", "the values of an array in a loss are written out, as in [a, b]")]
    [InlineData("=> Of([|reg > 1 ? [1, 2] : [3]|]); static double Of(double[] all) => all[0] + all.Length;", Numbers)]
    [InlineData("{ double[] all = [reg, 2]; [|all[0] = 3;|] return all[0]; }", "a loss changes nothing")]
    [InlineData("=> ([|from x in new[] { reg, 2 } select x|]).Sum();", "call .Select(x => …) and .Sum() of the values themselves")]
    [InlineData("=> [|stackalloc double[3]|].Length * reg;", "not of pointers and memory")]
    [InlineData("=> Of([reg, 2, 3]); static double Of(double[] all) => all[[|..1|]].Sum();", "take the values that are meant one at a time")]
    [InlineData("=> [|(reg, 2.0) == (1.0, reg)|] ? reg : 1;", "compare the parts one at a time")]
    // What may be missing.
    [InlineData("=> Of([|null|]) * reg; static double Of(double? x) => x ?? 2;", "a loss has no numbers that may be missing; declare it as a double")]
    [InlineData("=> Of([|reg|]); static double Of(double? x) => x.HasValue ? x.Value : 2;", "a loss has no numbers that may be missing; declare it as a double")]
    [InlineData("=> Sum([|(U as Matrix<double>)?.T|]!);", "nothing that a loss computes with may be missing; write it without ? and ??")]
    [InlineData("=> [|U?.Rows|] > 2 ? reg : 1;", "nothing that a loss computes with may be missing; write it without ? and ??")]
    [InlineData("=> Of([|reg|]); static double Of(double? x) => x > 2 && 1 < x + 1 ? 1 : 2;", "a loss has no numbers that may be missing; declare it as a double")]
    [InlineData("=> Sum([|default(Matrix<double>)|]! + U) * reg;", "it is no matrix, vector or number")]
    [InlineData("=> Sum([|None()|]! + U) * reg; static Matrix<double>? None() => null;", "'None' returns no matrix, vector or number here")]
    [InlineData("=> Sum(Map(U, [|reg > 3 ? Cube : Line|])); static double Cube(double x) => x * x * x; static double Line(double x) => x;", "a loss makes no choice between methods; choose within the lambda")]
    [InlineData("=> Sum(Map(U, [|reg switch { > 3 => x => x, _ => x => x * x }|]));", "a loss makes no choice between methods; choose within the lambda")]
    // Types and texts.
    [InlineData("=> Of([|(object)U|]); static double Of(object x) => Sum((Matrix<double>)x);", "a value of a loss keeps its type; drop the conversion")]
    [InlineData("{ dynamic x = U; return Sum([|(Matrix<double>)x|]); }", "what is dynamic is known only when the program runs")]
    [InlineData("=> [|typeof(double)|].Name.Length * reg;", "not with texts and types")]
    [InlineData("=> [|$\"{reg}\"|].Length * reg;", "not with texts and types")]
    [InlineData("=> Of(\"ab\"); static double Of(string name) => [|name.Length|];", "what 'Length' is would have to be known when the program is compiled")]
    [InlineData("=> Of([|reg > 1 ? \"a\" : \"b\"|]); static double Of(string name) => name == \"a\" ? 1 : 2;", Numbers)]
    [InlineData("=> Sum(U) > 1 && [|U == M|] ? reg : 1;", "a condition compares numbers")]
    [InlineData("=> U switch { [|{ Rows: > 2 }|] => reg, _ => 2 };", "a pattern compares with numbers")]
    // Numbers.
    [InlineData("=> [|U.Rows & 1|];", "pass what is computed of whole numbers as a parameter")]
    [InlineData("=> Sum(U) * [|(int)reg|];", "a loss computes with doubles; pass what is converted as a parameter of its own")]
    [InlineData("=> [|U[0, 1]|] * reg;", "a loss computes with whole rows, X[index] by an IndexVector; pass a single element as a parameter")]
    [InlineData("=> Sum(Map(U, x => x * [|U[0, 0]|]));", "a loss computes with whole rows")]
    [InlineData("=> [|R.Count|] * reg;", "of a matrix a loss can use .T, .Rows, .Columns and .Length, and the rows by an IndexVector")]
    // Statements.
    [InlineData("{ [|goto end;|] end: return reg; }", "a loss jumps nowhere; write the choice as a condition")]
    [InlineData("{ [|try|] { return reg; } catch { return 0; } }", "a loss catches nothing")]
    [InlineData("{ [|using var s = new System.IO.MemoryStream();|] return reg; }", "a loss opens and locks nothing")]
    [InlineData("{ [|Console.WriteLine(1);|] return reg; }", "it returns nothing, and a loss only computes its value; leave it out, or call it outside of the loss")]
    [InlineData("{ [|System.Console.WriteLine(reg);|] return reg; }", "leave it out, or call it outside of the loss")]
    [InlineData("{ [|foreach (var x in new[] { U, M })|] { return Sum(x); } return 0; }", "and over several values with .Sum(x => …)")]
    [InlineData("{ double x; [|x = reg;|] return x; }", "declare a further local for the new value")]
    [InlineData("{ double x, y; [|x = y = Sum(U);|] return x + y; }", "declare a further local for the new value")]
    [InlineData("{ [|Of(U, out var s);|] return s; } static void Of(Matrix<double> x, out double s) => s = Sum(x);", "let the method return a value, or a tuple of several")]
    [InlineData("=> Sum(U) > 0 ? reg : [|throw new Exception()|];", "a guard of sizes and hyperparameters may throw")]
    [InlineData("{ unsafe { double* p = [|&reg|]; return *p; } }", "not of pointers and memory")]
    // Members.
    [InlineData("=> [|System.Numerics.Vector<double>.Count|] * reg;", "the code of this static property is not visible here; make it a const or a static readonly field")]
    [InlineData("=> Half * reg; static double Half { get => [|field|]; } = 0.5;", "it is what the property 'Half' stores; make that a const or a static readonly field")]
    [InlineData("=> Half * reg; static double Half { get => [|field|] + 1; set; }", "it is what the property 'Half' stores")]
    [InlineData("=> [|Lazily|].Value * reg; static readonly Lazy<double> Lazily = new(() => 3);", "its value is not known before the program runs")]
    public void One_error_at_the_construct(string member, string says)
    {
        var marked = MarkedSource.Parse("using System; using System.Collections.Generic; using System.Linq; using AutoGradMf; using static AutoGradMf.LossMath;\n"
            + $"public static partial class Losses {{ [Loss] public static double L([Factor] Matrix<double> U, [Factor] Matrix<double> M, SparseMatrix<double> R, double reg) {member} }}");
        var run = new UserProject(marked.Text) { Language = LanguageVersion.Preview }.Generate();
        var error = Assert.Single(run.AnalyzerDiagnostics);
        Assert.Equal("AGMF0001", error.Id);
        Assert.Equal(Assert.Single(marked.Spans), error.Location.SourceSpan);
        Assert.Contains(says, error.GetMessage(null), StringComparison.Ordinal);
        Assert.Empty(run.GeneratorDiagnostics);
        Assert.DoesNotContain(run.CompilerDiagnostics, run.IsGenerated);
    }

    [Fact]
    public void An_argument_that_a_method_sets_is_refused_and_so_is_what_sets_it() => Assert.Contains(
        "a loss has no out or ref parameters",
        DiagnosticAssert.Reported(
            DiagnosticAssert.InLosses(
                "[Loss] public static double L([Factor] Matrix<double> U) => Of(U, out [|var s|]) + 1; static double Of(Matrix<double> x, out double s) { [|s = 2;|] return Sum(x); }"),
            "AGMF0001", "AGMF0001")[0],
        StringComparison.Ordinal);
}
