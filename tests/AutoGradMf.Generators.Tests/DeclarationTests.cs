using AutoGradMf.Generators.Tests.Driver;
using AutoGradMf.Objectives;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace AutoGradMf.Generators.Tests;

/// <summary>Wherever a loss may stand and whatever it is called: the output compiles without a warning, and some of it is run.</summary>
public class DeclarationTests
{
    private const string Usings = """
        using AutoGradMf;
        using static AutoGradMf.LossMath;

        """;

    private const string Loss = """
        [Loss]
        public static double L([Factor] Matrix<double> U, [Factor] Matrix<double> M, SparseMatrix<double> R, double reg) =>
            Sum(Observed(R) % Square(U * M.T - R)) + reg * Sum(Square(U));
        """;

    private const string Data = """

        internal static class Data
        {
            public static AutoGradMf.SparseMatrix<double> R { get; } = AutoGradMf.SparseMatrix<double>.FromCoordinates(
                3, 4, [(0, 0, 1.0), (0, 3, 2.0), (1, 1, 3.0), (2, 2, 4.0), (2, 3, 5.0)]);

            public static AutoGradMf.SparseMatrix<double> W { get; } = AutoGradMf.SparseMatrix<double>.FromCoordinates(
                3, 4, [(0, 3, 0.5), (1, 0, 1.5), (1, 1, 2.5), (2, 2, 3.5)]);

            public static AutoGradMf.Matrix<double> Dense { get; } = new(new double[,] { { 1, 2, 3, 4 }, { 5, 6, 7, 8 }, { 9, 10, 11, 12 } });
        }
        """;

    [Theory]
    [InlineData("public static partial class Losses { § }", "new Losses.LObjective<double>(Data.R, 0.5, 2)")]
    [InlineData("public partial class Losses { § }", "new Losses.LObjective<double>(Data.R, 0.5, 2)")]
    [InlineData("public partial struct Losses { § }", "new Losses.LObjective<double>(Data.R, 0.5, 2)")]
    [InlineData("public readonly partial struct Losses { § }", "new Losses.LObjective<double>(Data.R, 0.5, 2)")]
    [InlineData("public ref partial struct Losses { § }", "new Losses.LObjective<double>(Data.R, 0.5, 2)")]
    [InlineData("public partial record Losses(int A) { § }", "new Losses.LObjective<double>(Data.R, 0.5, 2)")]
    [InlineData("public partial record struct Losses(int A) { § }", "new Losses.LObjective<double>(Data.R, 0.5, 2)")]
    [InlineData("public partial interface Losses { § }", "new Losses.LObjective<double>(Data.R, 0.5, 2)")]
    [InlineData("public partial class Outer { public static partial class Losses { § } }", "new Outer.Losses.LObjective<double>(Data.R, 0.5, 2)")]
    [InlineData("public partial class Outer { protected internal partial struct Losses { § } }", "new Outer.Losses.LObjective<double>(Data.R, 0.5, 2)")]
    [InlineData("public partial class Losses<T> where T : class { § }", "new Losses<string>.LObjective<double>(Data.R, 0.5, 2)")]
    [InlineData("public partial class Losses<TElement> { § }", "new Losses<int>.LObjective<double>(Data.R, 0.5, 2)")]
    [InlineData("public partial class Outer<TLane, @class> { public partial class Losses<U> { § } }", "new Outer<int, int>.Losses<int>.LObjective<double>(Data.R, 0.5, 2)")]
    [InlineData("#pragma warning disable CS0693\npublic partial class Outer<T> where T : class { public partial class Losses<T> { § } }\n#pragma warning restore\n", "new Outer<string>.Losses<int>.LObjective<double>(Data.R, 0.5, 2)")]
    [InlineData("#pragma warning disable CS0693\npublic partial class A<T, S> where T : class { public partial class B<S> { public partial class C<T> { public partial class Losses { § } } } }\n#pragma warning restore\n", "new A<string, int>.B<int>.C<int>.Losses.LObjective<double>(Data.R, 0.5, 2)")]
    [InlineData("public partial class Losses { § } public partial class Losses { public static int More => 1; }", "new Losses.LObjective<double>(Data.R, 0.5, 2)")]
    [InlineData("public partial class Losses { § [Loss] public static double I([Factor] Matrix<double> U) => Sum(Square(U)); }", "new Losses.LObjective<double>(Data.R, 0.5, 2)")]
    [InlineData("public partial class Losses { § [Loss] public static double @event([Factor] Matrix<double> U) => Sum(Square(U)); }", "new Losses.LObjective<double>(Data.R, 0.5, 2)")]
    [InlineData("public partial class @event { § }", "new @event.LObjective<double>(Data.R, 0.5, 2)")]
    [InlineData("namespace Films { public partial class Losses { § } }", "new Films.Losses.LObjective<double>(Data.R, 0.5, 2)")]
    [InlineData("namespace Films { namespace @new.Ratings { public partial class Losses { § } } }", "new Films.@new.Ratings.Losses.LObjective<double>(Data.R, 0.5, 2)")]
    public void Loss_in(string type, string objective)
    {
        var source = Usings + type.Replace("§", Loss, StringComparison.Ordinal) + Data + Probe(objective);
        new UserProject(source).Run().AssertRight();
    }

    /// <summary>Default values of hyperparameters are those of the constructors, in the loss's order.</summary>
    [Theory]
    [InlineData("Data.R, rank: 2", 0.1, 2.0)]
    [InlineData("Data.R, rank: 2, reg: 0.5", 0.5, 2.0)]
    [InlineData("Data.R, power: 3, rank: 2", 0.1, 3.0)]
    [InlineData("rank: 2, R: Data.R", 0.1, 2.0)]
    [InlineData("Data.R, 0.5, rank: 2", 0.5, 2.0)]
    [InlineData("Data.R, 0.5, 3, 2", 0.5, 3.0)]
    public void Default_values(string arguments, double reg, double power)
    {
        const string Loss = """
            public static partial class Losses
            {
                private const double Power = 2;

                [Loss]
                public static double L([Factor] Matrix<double> U, [Factor] Matrix<double> M, SparseMatrix<double> R, double reg = 0.1, double power = Power) =>
                    Sum(Observed(R) % Square(U * M.T - R)) + reg * Sum(Pow(Abs(U), power));
            }
            """;
        var run = new UserProject(Usings + Loss + Data + Probe(
            $"new Losses.LObjective<double>({arguments})", $"new Losses.LTrainer<double>({arguments}).Objective")).Run();
        run.AssertRight();
        Assert.All(run.Objectives(), o => Assert.Equal((reg, power), (Hyperparameter(o, "reg"), Hyperparameter(o, "power"))));
    }

    private static double Hyperparameter(IObjective<double> objective, string name) => (double)objective.GetType().GetProperty(name)!.GetValue(objective)!;

    /// <summary>Where nothing must be given after them, they are written as people write them.</summary>
    [Theory]
    [InlineData("[Factor] ColumnVector<double> b, Matrix<double> X, double reg = 0.1", "Sum(Square(X - b)) + reg * Sum(Square(b))", "(Matrix<TElement> X, double reg = 0.1)")]
    [InlineData("[Factor] ColumnVector<double> b, double reg, Matrix<double> X, double most = double.PositiveInfinity", "Sum(Min(Square(X - b), most)) + reg * Sum(Square(b))", "(double reg, Matrix<TElement> X, double most = double.PositiveInfinity)")]
    [InlineData("[Factor] Matrix<double> U, Matrix<double> X, double reg = 1", "Sum(X) + reg * Sum(Square(U))", "(Matrix<TElement> X, [Optional, DefaultParameterValue(1d)] double reg, int rowsOfU, int rank)")]
    public void Default_values_are_written_so(string parameters, string body, string expected)
    {
        var generated = new UserProject(DiagnosticAssert.InLosses($"[Loss] public static double L({parameters}) => {body};")).Run().Generated;
        Assert.Contains("public LObjective" + expected, Assert.Single(generated).Value, StringComparison.Ordinal);
        Assert.Contains("public LTrainer" + expected, Assert.Single(generated).Value, StringComparison.Ordinal);
    }

    /// <summary>C# refuses [Optional] where both Optional and OptionalAttribute are attributes.</summary>
    [Theory]
    [InlineData("Matrix<double> X, double reg = 0.1", "Optional")]
    [InlineData("Matrix<double> X, double reg = 0.1", "DefaultParameterValue")]
    [InlineData("Matrix<double> X", "OverloadResolutionPriority")]
    public void An_attribute_of_the_name_of_one_that_is_written(string parameters, string name)
    {
        var factor = name == "OverloadResolutionPriority" ? "ColumnVector<double> b" : "Matrix<double> b";
        var body = name == "OverloadResolutionPriority" ? "Sum(Square(X - b))" : "Sum(X) + reg * Sum(Square(b))";
        var arguments = name == "OverloadResolutionPriority" ? "new(3, 4)" : "new(3, 4), 0.1, 2, 2";
        new UserProject(Usings + $"public sealed class {name} : System.Attribute; public static partial class Losses {{ [Loss] public static double L([Factor] {factor}, {parameters}) => {body}; }} "
            + Probe($"new Losses.LObjective<double>({arguments})")).Run().AssertRight();
    }

    /// <summary>Where one argument may be the data alone, new(…) is an objective.</summary>
    [Theory]
    [InlineData("Matrix<double> X, double reg = 0.1", "new(Data.X, 0.2)")]
    [InlineData("Matrix<double> X", "new(Data.X)")]
    [InlineData("Matrix<double> X, double reg = 0.1", "Data.X, 0.3")]
    [InlineData("Matrix<double> X, double reg = 0.1", "Data.X")]
    public void A_trainer_takes_a_new_objective(string parameters, string arguments)
    {
        var loss = $"public static partial class Losses {{ [Loss] public static double L([Factor] ColumnVector<double> b, {parameters}) => Sum(Square(X - b)) + Sum(Square(b)); }} ";
        new UserProject(Usings + loss.Replace("+ Sum(Square(b))", parameters.Contains("reg", StringComparison.Ordinal) ? "+ reg * Sum(Square(b))" : "", StringComparison.Ordinal)
            + "public static class Data { public static Matrix<double> X { get; } = new(3, 4); } " + Probe($"new Losses.LTrainer<double>({arguments}).Objective")).Run().AssertRight();
    }

    [Fact]
    public void Loss_in_a_file_scoped_namespace()
    {
        var loss = "using static AutoGradMf.LossMath; namespace AutoGradMf.Films; public partial class Losses {" + Loss + "}";
        new UserProject(loss, "public static class Probe { public static AutoGradMf.Objectives.IObjective<double>[] Objectives() => "
            + "[new AutoGradMf.Films.Losses.LObjective<double>(Data.R, 0.5, 2)]; }" + Data).Run().AssertRight();
    }

    [Theory]
    [InlineData("public", Accessibility.Public)]
    [InlineData("internal", Accessibility.Internal)]
    [InlineData("private", Accessibility.Private)]
    [InlineData("protected", Accessibility.Protected)]
    [InlineData("protected internal", Accessibility.ProtectedOrInternal)]
    [InlineData("private protected", Accessibility.ProtectedAndInternal)]
    public void Generated_types_are_as_accessible_as_the_loss(string accessibility, Accessibility expected)
    {
        var run = new UserProject(Usings + "public partial class Losses {" + Loss.Replace("public", accessibility, StringComparison.Ordinal) + "}").Run();

        var types = run.Output.GetTypeByMetadataName("Losses")!.GetTypeMembers();
        Assert.Equal(["LModel", "LObjective", "LTrainer"], types.Select(t => t.Name).Order(StringComparer.Ordinal));
        Assert.All(types, t => Assert.Equal(expected, t.DeclaredAccessibility));
    }

    /// <summary>CS0628, a protected member of a sealed type, is of the user's method alone.</summary>
    [Theory]
    [InlineData("sealed partial class", "protected", Accessibility.Private)]
    [InlineData("sealed partial class", "private protected", Accessibility.Private)]
    [InlineData("sealed partial class", "protected internal", Accessibility.Internal)]
    [InlineData("sealed partial record", "protected", Accessibility.Private)]
    public void Generated_types_in_a_sealed_type_are_not_protected(string type, string accessibility, Accessibility expected)
    {
        var run = new UserProject(Usings + $"public {type} Losses {{{Loss.Replace("public", accessibility, StringComparison.Ordinal)}}}").Generate();

        Assert.Equal(["CS0628"], run.CompilerDiagnostics.Select(d => d.Id));
        Assert.All(run.Output.GetTypeByMetadataName("Losses")!.GetTypeMembers(), t => Assert.Equal(expected, t.DeclaredAccessibility));
    }

    [Fact]
    public void Without_a_modifier_they_are_private()
    {
        var run = new UserProject(Usings + "public partial class Losses {" + Loss.Replace("public", "", StringComparison.Ordinal) + "}").Run();
        Assert.All(run.Output.GetTypeByMetadataName("Losses")!.GetTypeMembers(), t => Assert.Equal(Accessibility.Private, t.DeclaredAccessibility));
    }

    /// <summary>U, M, data and a hyperparameter under other names.</summary>
    [Theory]
    [InlineData("@class", "@event", "@new", "@double")]
    [InlineData("at", "gradient", "workspace", "w")]
    [InlineData("input", "output", "x", "sums")]
    [InlineData("x", "input", "output", "sum")]
    [InlineData("Layout", "Value", "Reference", "ValueAndGradient")]
    [InlineData("Value", "Reference", "Layout", "Buffers")]
    [InlineData("Rows", "Columns", "Predict", "Parameters")]
    [InlineData("Objective", "Fit", "CreateModel", "CreateWorkspace")]
    [InlineData("HessianVectorProduct", "Latex", "direction", "into")]
    [InlineData("_R", "_m", "R", "_k")]
    [InlineData("R", "_n", "_R", "__R")]
    [InlineData("_squaredNormU", "squaredNormU", "U", "dU")]
    [InlineData("dU", "U", "dM", "M")]
    [InlineData("m", "n", "k", "rank")]
    [InlineData("TElement", "TLane", "T", "owner")]
    [InlineData("objective", "parameters", "row", "column")]
    [InlineData("workers", "buffers", "_owner", "Scratch")]
    [InlineData("LObjective", "LModel", "LTrainer", "L")]
    [InlineData("Operand", "Workers", "Matrix", "Span")]
    [InlineData("GradientU", "ObservedEntry", "Pair", "Element")]
    [InlineData("GM", "GtU", "sumU", "UtU")]
    [InlineData("e", "t", "scale", "constant")]
    [InlineData("value", "field", "var", "record")]
    [InlineData("ToString", "Equals", "GetHashCode", "GetType")]
    [InlineData("ä", "_", "数", "λ")]
    public void Parameters_named(string first, string second, string data, string number)
    {
        string Declare(string name, string type, string body) => $"""
            [Loss]
            public static double {name}(
                [Factor] AutoGradMf.Matrix<double> {first}, [Factor] AutoGradMf.Matrix<double> {second}, AutoGradMf.{type}<double> {data}, double {number}) => {body};
            """;
        var source = $$"""
            {{Usings}}
            public static partial class Losses
            {
                {{Declare("Masked", "SparseMatrix", $"Sum(Observed({data}) % Square({first} * {second}.T - {data})) + {number} * Sum(Square({first}) + 1)")}}
                {{Declare("Classic", "SparseMatrix", $"Sum(Square({first} * {second}.T - FillMissing({data}, ColumnMeans({data})))) + {number} * Sum(Square({second}))")}}
                {{Declare("Filled", "SparseMatrix", $"Sum(Square({first} * {second}.T - FillMissing({data}, {number})))")}}
                {{Declare("L", "Matrix", $"Sum(LogSigmoid({number} * {first} * {second}.T - {data}))")}}
            }
            {{Data}}
            {{Probe(
                "new Losses.MaskedObjective<double>(Data.R, 0.5, 2)",
                "new Losses.ClassicObjective<double>(Data.R, 0.5, 2)",
                "new Losses.FilledObjective<double>(Data.R, 0.5, 2)",
                "new Losses.LObjective<double>(Data.Dense, 0.5, 2)")}}
            """;
        new UserProject(source).Run().AssertRight();
    }

    [Fact]
    public void Vectors_and_numbers_as_factors_and_data_keep_to_their_names()
    {
        var source = Usings + """
            public static partial class Losses
            {
                [Loss]
                public static double L(
                    double @if, [Factor] double mu, SparseMatrix<double> R, [Factor] ColumnVector<double> @do, [Factor] RowVector<double> Rows,
                    ColumnVector<double> Columns, RowVector<double> _Rows, [Factor] Matrix<double> U, SparseMatrix<double> @while, [Factor] Matrix<double> M) =>
                    Sum(@while % Observed(R) % Square(Predicted(U, M, @do, Rows, mu, @if) - R)) + Sum(Square(@do - Columns)) + @if * Sum(Square(Rows - _Rows));

                [Prediction]
                private static Matrix<double> Predicted(
                    Matrix<double> U, Matrix<double> M, ColumnVector<double> b, RowVector<double> d, double mu, double scale) =>
                    scale * (U * M.T) + b + d + mu;
            }
            """ + Data + Probe("new Losses.LObjective<double>(0.7, Data.R, new([1.0, 2.0, 3.0]), new([4.0, 5.0, 6.0, 7.0]), Data.W, 2)");
        new UserProject(source).Run().AssertRight();
    }

    [Fact]
    public void Two_losses_in_a_class_and_equal_names_in_two_namespaces()
    {
        const string Two = """
            [Loss] public static double A([Factor] Matrix<double> U) => Sum(Square(U));
            [Loss] public static double B([Factor] Matrix<double> U) => Sum(Abs(U));
            """;
        var run = new UserProject(Usings + $"namespace One {{ public partial class Losses {{ {Two} }} }} namespace Other {{ public partial class Losses {{ {Two} }} }}").Run();
        Assert.Equal(
            ["One.Losses.A.g.cs", "One.Losses.B.g.cs", "Other.Losses.A.g.cs", "Other.Losses.B.g.cs"],
            run.Generated.Keys.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("namespace Films { public partial class Losses { § } public partial class losses { § } }")]
    [InlineData("namespace Films { public partial class Losses { § } } namespace films { public partial class Losses { § } }")]
    [InlineData("public partial class A { public partial class B { § } } public partial class a { public partial class B { § } }")]
    public void Names_around_losses_that_differ_by_case_alone(string types)
    {
        var run = new UserProject(Usings + types.Replace("§", "[Loss] public static double L([Factor] Matrix<double> U) => Sum(Square(U));", StringComparison.Ordinal)).Run();
        Assert.Equal(2, run.Generated.Keys.Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Fact]
    public void A_type_of_another_arity_may_have_the_name_of_a_generated_one() => new UserProject(
        Usings + "public partial class Losses { public class LObjective; public class LModel<A, B>;" + Loss + "}" + Data + Probe("new Losses.LObjective<double>(Data.R, 0.5, 2)")).Run().AssertRight();

    [Theory]
    [InlineData("[Loss]", "")]
    [InlineData("", "[Loss]")]
    public void A_partial_method_marked_on_either_half(string defining, string implementing)
    {
        var head = "public static partial double L([Factor] Matrix<double> U, [Factor] Matrix<double> M, SparseMatrix<double> R, double reg)";
        new UserProject(
            Usings + $"public static partial class Losses {{ {defining} {head}; }}" + Data + Probe("new Losses.LObjective<double>(Data.R, 0.5, 2)"),
            Usings + $"public static partial class Losses {{ {implementing} {head.Replace("[Factor] ", "", StringComparison.Ordinal)} => Scaled(Sum(Observed(R) % Square(U * M.T - R)), reg); "
                + "private static partial double Scaled(double x, double reg); private static partial double Scaled(double x, double reg) => x * reg; }").Run().AssertRight();
    }

    [Fact]
    public void A_partial_method_has_its_problems_once() => DiagnosticAssert.Reported(
        Usings + "public static partial class Losses { [Loss] public static partial double L([Factor] Matrix<double> U, int [|n|]); "
            + "public static partial double L(Matrix<double> U, int n) => Sum([|U * U|]); }",
        "AGMF0006", "AGMF0003");

    [Fact]
    public void A_result_cannot_be_written_over_what_it_is_computed_from()
    {
        var objective = new UserProject(Usings + "public static partial class Losses {" + Loss + "}" + Data + Probe("new Losses.LObjective<double>(Data.R, 0.5, 2)")).Run().Objectives().Single();
        var (at, direction, workspace) = (new Parameters<double>(objective.Layout), new Parameters<double>(objective.Layout), objective.CreateWorkspace());
        var product = (IHessianVectorProduct<double>)objective;

        Assert.Equal("result", Assert.Throws<ArgumentException>(() => objective.ValueAndGradient(at, at, workspace)).ParamName);
        Assert.Throws<ArgumentException>(() => product.HessianVectorProduct(at, direction, at, workspace));
        Assert.Throws<ArgumentException>(() => product.HessianVectorProduct(at, direction, direction, workspace));
        product.HessianVectorProduct(at, at, direction, workspace);
    }

    [Fact]
    public void An_overload_that_is_no_loss_makes_no_reference_ambiguous()
    {
        new UserProject(Usings + """
            public partial class Losses
            {
                public static double A(int x) => x;
                [Loss] public static double A([Factor] Matrix<double> U) => Sum(Square(U));
            }
            """).Run();
    }

    [Theory]
    [InlineData("namespace Films { public class Matrix; public class Operand; public class Workspace; public class System; §")]
    [InlineData("namespace Films { namespace System { } namespace AutoGradMf { } namespace Kernels { } §")]
    [InlineData("namespace Films.Workers { public class ThinProduct<T>; §")]
    [InlineData("namespace Films { public class Base { protected class Buffers; protected static int SampledLoop => 1; } § : Base")]
    [InlineData("global using Others; namespace Others { public class DenseLoop; public class Trainer<A, B>; public class Span<T>; } namespace Films { §")]
    [InlineData("global using LoopResult = System.Int32; namespace Films { §")]
    public void Names_of_the_library_may_mean_something_else(string around)
    {
        var globals = around.StartsWith("global", StringComparison.Ordinal) ? around[..(around.IndexOf(';', StringComparison.Ordinal) + 1)] : "";
        var (before, bases) = (around[globals.Length..].Split('§')[0], around.Split('§')[1]);
        var source = globals + "using AutoGradMf; using static AutoGradMf.LossMath;" + before
            + $"public partial class Losses{bases} {{" + Loss.Replace(" Matrix<", " global::AutoGradMf.Matrix<", StringComparison.Ordinal) + "} }";
        new UserProject(source).Run();
    }

    [Theory]
    [InlineData("public partial class Base { [Loss] public § } public partial class Losses : Base { [Loss] public new § }")]
    [InlineData("public partial class Base { [Loss] public § } public class Between : Base; public partial class Losses : Between { [Loss] internal new § }")]
    [InlineData("public partial class Base<T> { [Loss] protected § } public partial class Losses : Base<int> { [Loss] public new § }")]
    [InlineData("public partial class Base { [Loss] private § } public partial class Losses : Base { [Loss] public § }")]
    [InlineData("public class Base { public class LObjective<T>; public class LModel; protected void LTrainer<T>() { } } public partial class Losses : Base { [Loss] public § }")]
    [InlineData("public class Base { private class LObjective<T>; public static int LModel => 1; } public partial class Losses : Base { [Loss] public § }")]
    [InlineData("public partial interface IBase { [Loss] public § } public partial interface ILosses : IBase { [Loss] public new § }")]
    [InlineData("public partial interface IBase { [Loss] public § } public partial class Losses : IBase { [Loss] public § }")]
    public void A_base_may_have_a_loss_or_types_of_the_same_names(string types) => new UserProject(Usings + types.Replace(
        "§", "static double L([Factor] Matrix<double> U, [Factor] Matrix<double> M, double reg) => reg * Sum(Square(U * M.T));", StringComparison.Ordinal)).Run();

    [Theory]
    [InlineData("double field, double value", "field * Sum(Square(U)) + value * Sum(Square(U - 1.0))", "0.5, 2, 3, 2")]
    [InlineData("Matrix<double> field, [Factor] Matrix<double> value", "Sum(Square(U * value.T - field))", "Data.Dense, 2")]
    public void A_parameter_may_have_a_name_that_accessors_give_a_meaning(string parameters, string body, string arguments) => new UserProject(
        Usings + $"public static partial class Losses {{ [Loss] public static double L([Factor] Matrix<double> U, {parameters}) => {body}; }}"
            + Data + Probe($"new Losses.LObjective<double>({arguments})")) { Language = LanguageVersion.Preview }.Run().AssertRight();

    [Fact]
    public void A_project_without_nullable_annotations_and_implicit_usings()
    {
        new UserProject(Usings + "public partial class Losses {" + Loss + "}") { Nullable = NullableContextOptions.Disable }.Run();
    }

    [Fact]
    public void Sizes_whose_product_no_int_holds()
    {
        var source = Usings + """
            public static partial class Losses
            {
                [Loss]
                public static double L([Factor] Matrix<double> U, [Factor] Matrix<double> M, SparseMatrix<double> R, double fill) =>
                    Sum(Square(U * M.T - FillMissing(R, fill)));
            }
            """ + Probe("new Losses.LObjective<double>(AutoGradMf.SparseMatrix<double>.FromCoordinates(60000, 50000, [(7, 8, 3.0)]), 2, 1)");
        var objective = new UserProject(source).Run().Objectives().Single();

        var value = objective.Value(new(objective.Layout), objective.CreateWorkspace());

        Assert.Equal((60000.0 * 50000 - 1) * 4 + 9, value);
    }

    [Theory]
    [InlineData("Min = 1, Max = 0.5", "at least 1 and at most 0.5")]
    [InlineData("Min = double.NaN", "at least NaN and at most Infinity")]
    [InlineData("Max = double.NaN", "at least -Infinity and at most NaN")]
    public void Bounds_that_leave_nothing_are_refused_at_the_factor(string bounds, string says)
    {
        var culture = System.Globalization.CultureInfo.CurrentCulture;
        System.Globalization.CultureInfo.CurrentCulture = new("de-DE");
        try
        {
            Assert.Contains(
                says,
                Assert.Single(DiagnosticAssert.Reported(DiagnosticAssert.InLosses($"[Loss] public static double L([Factor({bounds})] Matrix<double> [|U|]) => Sum(Square(U));"), "AGMF0006")),
                StringComparison.Ordinal);
        }
        finally
        {
            System.Globalization.CultureInfo.CurrentCulture = culture;
        }
    }

    [Theory]
    [InlineData("Factor", double.NegativeInfinity, double.PositiveInfinity)]
    [InlineData("Factor(Min = 0)", 0, double.PositiveInfinity)]
    [InlineData("Factor(Max = 1.0 / 3)", double.NegativeInfinity, 1.0 / 3)]
    [InlineData("Factor(Max = 4.5, Min = -1e-30)", -1e-30, 4.5)]
    public void Bounds_are_those_of_the_layout(string factor, double min, double max)
    {
        var source = Usings + $"public static partial class Losses {{ [Loss] public static double L([{factor}] Matrix<double> U) => Sum(Square(U)); }}"
            + Probe("new Losses.LObjective<double>(3, 2)");
        var shape = Assert.Single(Assert.Single(new UserProject(source).Run().Objectives()).Layout.Factors);
        Assert.Equal((min, max), (shape.Min, shape.Max));
    }

    private static string Probe(params string[] objectives) =>
        $"public static class Probe {{ public static AutoGradMf.Objectives.IObjective<double>[] Objectives() => [{string.Join(", ", objectives)}]; }}";
}
