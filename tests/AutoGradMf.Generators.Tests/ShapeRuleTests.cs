using AutoGradMf.Generators.Tests.Driver;
using Xunit;
using static AutoGradMf.Generators.Tests.Driver.DiagnosticAssert;

namespace AutoGradMf.Generators.Tests;

/// <summary>AGMF0003 and AGMF0018: products whose operands do not fit, or do not say how they are read.</summary>
public class ShapeRuleTests
{
    private const string Factors = "[Factor] Matrix<double> U, [Factor] Matrix<double> M";

    [Theory]
    [InlineData("Sum(Square([|U * M|]))", "m×k", "n×k")]
    [InlineData("Sum([|M.T * U.T|])", "k×n", "k×m")]
    public void AGMF0003_is_reported_at_the_operator_whose_operands_do_not_fit(string body, params string[] shapes)
    {
        var message = Assert.Single(Reported(
            InLosses($"[Loss] public static double L({Factors}, SparseMatrix<double> R) => Sum(Square(U * M.T - R)) + {body};"), "AGMF0003"));
        Assert.All(shapes, shape => Assert.Contains(shape, message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("[|U * S|] * M.T")]
    [InlineData("[|U * (S * M.T)|]")]
    [InlineData("[|U * S.T * M.T|]")]
    public async Task AGMF0003_says_that_the_shape_of_a_factor_between_two_others_is_to_be_declared(string product)
    {
        var source = InLosses($"[Loss] public static double L({Factors}, [Factor] Matrix<double> S, SparseMatrix<double> R) => Sum(Square({product} - R));");
        Assert.EndsWith("; if 'S' has a row and a column for each feature, declare that: [Shape(\"k\", \"k\")]", Assert.Single(Reported(source, "AGMF0003")), StringComparison.Ordinal);
        Assert.Empty(await FixedSource.Of(MarkedSource.Parse(source).Text, "AGMF0003"));
        Reported(source.Replace("[|", "", StringComparison.Ordinal).Replace("|]", "", StringComparison.Ordinal).Replace("[Factor] Matrix<double> S", "[Factor, Shape(\"k\", \"k\")] Matrix<double> S", StringComparison.Ordinal));
    }

    [Fact]
    public void AGMF0003_says_what_is_declared_by_the_name_that_features_have() => Assert.EndsWith(
        "declare that: [Shape(\"l\", \"l\")]",
        Assert.Single(Reported(
            InLosses("[Loss] public static double L([Factor, Shape(\"m\", \"l\")] Matrix<double> U, [Factor] Matrix<double> S, [Factor, Shape(\"n\", \"l\")] Matrix<double> V) => Sum(Square([|U * S|] * V.T));"), "AGMF0003")),
        StringComparison.Ordinal);

    [Fact]
    public async Task AGMF0003_has_its_fix_where_a_factor_between_two_others_stands_at_an_end_elsewhere()
    {
        const string Source = "[Loss] public static double L([Factor] Matrix<double> U, [Factor] Matrix<double> M, [Shape(\"m\", \"n\")] Matrix<double> R) => Sum(Square(U * M.T - R)) + Sum([|R.T * M|] * U.T);";
        Assert.DoesNotContain("declare that", Assert.Single(Reported(InLosses(Source), "AGMF0003")), StringComparison.Ordinal);
        Assert.Equal("Write 'R'", Assert.Single(await FixedSource.Of(MarkedSource.Parse(InLosses(Source)).Text, "AGMF0003")).Title);
    }

    [Theory]
    [InlineData("Sum([|R % U * M.T|])", "is read from the left, as '(R % U) * M.T'")]
    [InlineData("Sum([|U * M.T % R|])", "as '(U * M.T) % R'")]
    [InlineData("Sum((R % (U * M.T)) + 2 * R % R + R % R * 2)", null)]
    public void AGMF0018_is_reported_where_both_products_stand_without_parentheses(string expression, string? message)
    {
        var source = InLosses("[Loss] public static double L([Factor] Matrix<double> U) => Sum(Square(U)); "
            + $"public static double Eager(Matrix<double> R, Matrix<double> U, Matrix<double> M) => {expression};");
        Assert.All(Reported(source, message is null ? [] : ["AGMF0018"]), m => Assert.Contains(message!, m, StringComparison.Ordinal));
    }

    /// <summary>A product that is read from the left and does not fit, where it would if it were read from the right, is one mistake.</summary>
    [Theory]
    [InlineData("Sum(Square([|R % U|] * M.T))", "; '%' and '*' are read from the left, and 'R % (U * M.T)' fits")]
    [InlineData("Sum(Square(([|R % U|]) * M.T))", "'R % (U * M.T)' fits")]
    [InlineData("Sum([|R % U|] * S * M.T)", "'R % (U * S * M.T)' fits")]
    [InlineData("Sum([|U * S % S|])", "'U * (S % S)' fits")]
    [InlineData("Sum([|R % (2 * U)|] * M.T)", "'R % (2 * U * M.T)' fits")]
    [InlineData("Sum(Masked(R, U, M)); static Matrix<double> Masked(SparseMatrix<double> R, Matrix<double> U, Matrix<double> M) => [|R % U|] * M.T", "'R % (U * M.T)' fits")]
    [InlineData("Sum(Models.Masked(R, U, M)); } public static class Models { public static Matrix<double> Masked(SparseMatrix<double> R, Matrix<double> U, Matrix<double> M) => [|R % U|] * M.T", "'R % (U * M.T)' fits")]
    [InlineData("Sum([|R % U|] * M)", null)]
    public void AGMF0003_alone_is_reported_of_products_that_are_read_from_the_left_and_do_not_fit(string body, string? says)
    {
        var message = Assert.Single(Reported(
            InLosses($"[Loss] public static double L([Factor] Matrix<double> U, [Factor] Matrix<double> M, [Factor, Shape(\"k\", \"k\")] Matrix<double> S, SparseMatrix<double> R) => Sum(Square(U)) + Sum(Square(M)) + Sum(Square(S)) + {body};"), "AGMF0003"));
        Assert.Equal(says is not null, message.EndsWith(says ?? "fits", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("R % U * M.T", "R % (U * M.T)")]
    [InlineData("(R % U) * M.T", "R % (U * M.T)")]
    [InlineData("R % U * S * M.T", "R % (U * S * M.T)")]
    [InlineData("U * S % S", "U * (S % S)")]
    public async Task Products_that_do_not_fit_as_they_are_read_are_parenthesized(string before, string after)
    {
        var source = InLosses("[Loss] public static double L([Factor] Matrix<double> U, [Factor] Matrix<double> M, [Factor, Shape(\"k\", \"k\")] Matrix<double> S, SparseMatrix<double> R) => "
            + $"Sum(Square(U)) + Sum(Square(M)) + Sum(Square(S)) + Sum(Square({before}));");
        var (title, text) = Assert.Single(await FixedSource.Of(source, "AGMF0003"));
        Assert.Equal($"Write '{after}'", title);
        Assert.Equal(source.Replace(before, after, StringComparison.Ordinal), text);
        Assert.DoesNotContain(new UserProject(text).GenerateOnce().AnalyzerDiagnostics, d => d.Id is "AGMF0003" or "AGMF0018");
    }

    /// <summary>What makes the rows and the columns of data one size, and is not about square matrices, may be a missing or a superfluous .T.</summary>
    [Theory]
    [InlineData("Sum(Square([|R - R.T|] - U * M.T))", "'R - R.T' makes the rows and the columns of 'R' one size")]
    [InlineData("Sum([|R.T % (U * M.T)|]) + Sum(Square(U * M.T - R))", "'R.T % (U * M.T)' makes the rows and the columns of 'R' one size")]
    [InlineData("Sum(Square([|U - M|])) + Sum(Observed(R) % Square(U * M.T - R))", "'U - M' makes the rows and the columns of 'R' one size")]
    [InlineData("Trace([|U.T * R * U|]) + Sum(Square(U * M.T - R))", "'U.T * R * U' makes the rows and the columns of 'R' one size")]
    [InlineData("Sum(Square(U * M.T - R)) + Sum([|R.T % (U * M.T)|])", "'R.T % (U * M.T)' makes the rows and the columns of 'R' one size")]
    [InlineData("Sum(Observed(R) % Square(U * M.T - R)) + Sum(Square([|U - M|]))", "'U - M' makes the rows and the columns of 'R' one size")]
    [InlineData("Sum(Square(U * M.T - R)) + Trace([|U.T * R * U|])", "'U.T * R * U' makes the rows and the columns of 'R' one size")]
    [InlineData("Sum(Square([|R * R|] - U * M.T))", "'R * R' makes the rows and the columns of 'R' one size")]
    [InlineData("Sum(Observed(R) % Square(U * M.T - R)) + [|Dot(U, M)|]", "'Dot(U, M)' makes the rows and the columns of 'R' one size")]
    public void AGMF0027_is_reported_where_an_operation_makes_data_square(string body, string says)
    {
        var source = InLosses($"[Loss] public static double L([Factor] Matrix<double> U, [Factor] Matrix<double> M, SparseMatrix<double> R) => Sum(Square(U)) + Sum(Square(M)) + {body};");
        var run = new UserProject(MarkedSource.Parse(source).Text).Generate();
        var found = Assert.Single(run.AnalyzerDiagnostics, d => d.Id == "AGMF0027");
        Assert.Equal(Assert.Single(MarkedSource.Parse(source).Spans), found.Location.SourceSpan);
        Assert.Contains(says, found.GetMessage(null), StringComparison.Ordinal);
        Assert.Contains("declare [Shape(\"m\", \"m\")] on 'R'", found.GetMessage(null), StringComparison.Ordinal);
        Assert.DoesNotContain(
            new UserProject(MarkedSource.Parse(source).Text.Replace("SparseMatrix<double> R", "[Shape(\"m\", \"m\")] SparseMatrix<double> R", StringComparison.Ordinal)).GenerateOnce().AnalyzerDiagnostics,
            d => d.Id == "AGMF0027");
    }

    /// <summary>Of operations that make data square together, the one without which they would not be; of two that are alike in that, both are named.</summary>
    [Theory]
    [InlineData("Sum(Square(U * M.T - R)) + Sum([|(M * U.T) % R|])", "'(M * U.T) % R' makes the rows and the columns of 'R' one size together with 'U * M.T - R', ", "the wrong way round in one of these")]
    [InlineData("Sum(Square(U * M.T - R)) + Sum([|(M * U.T) % R|]) + Sum(Abs(R - U * M.T))", "'(M * U.T) % R' makes the rows and the columns of 'R' one size, ", "the wrong way round")]
    [InlineData("Sum([|(M * U.T) % R|]) + Sum(Square(U * M.T - R)) + Sum(Abs(R - U * M.T))", "'(M * U.T) % R' makes the rows and the columns of 'R' one size, ", "the wrong way round")]
    [InlineData("Sum(Abs(R - U * M.T)) + Sum(Square(U * M.T - R)) + Sum([|(M * U.T) % R|])", "'(M * U.T) % R' makes the rows and the columns of 'R' one size, ", "the wrong way round")]
    [InlineData("Sum(Square([|U * M.T - R|])) + Sum((M * U.T) % R) + Sum(Square(R - M * U.T))", "'U * M.T - R' makes the rows and the columns of 'R' one size, ", "the wrong way round")]
    [InlineData("Twice(U * M.T - R) + Sum([|(M * U.T) % R|]); static double Twice(Matrix<double> x) => Sum(x) + Sum(x % x)", "one size together with 'U * M.T - R', ", "in one of these")]
    public void AGMF0027_points_at_the_operation_that_is_unlike_the_others(string body, string says, string ends)
    {
        var source = MarkedSource.Parse(InLosses(
            "[Loss] public static double L([Factor] Matrix<double> U, [Factor] Matrix<double> M, SparseMatrix<double> R) => Sum(Square(U)) + Sum(Square(M)) + " + body + ";"));
        var found = Assert.Single(new UserProject(source.Text).Generate().AnalyzerDiagnostics, d => d.Id == "AGMF0027");
        Assert.Equal(Assert.Single(source.Spans), found.Location.SourceSpan);
        Assert.Contains(says, found.GetMessage(null), StringComparison.Ordinal);
        Assert.EndsWith(ends, found.GetMessage(null), StringComparison.Ordinal);
    }

    [Fact]
    public void AGMF0027_names_all_data_that_an_operation_makes_square() => Assert.Contains(
        "makes the rows and the columns of 'A' and 'B' one size, so that an objective takes no data there that is not square; if that is meant, declare [Shape(\"m\", \"m\")] on 'A' and 'B',",
        Assert.Single(Reported(InLosses(
            "[Loss] public static double L([Factor] Matrix<double> U, [Factor] Matrix<double> M, SparseMatrix<double> A, SparseMatrix<double> B) => "
            + "Sum(Square(U * M.T - A)) + Sum(Square(U * M.T - B)) + Sum([|A.T % B|]);"), "AGMF0027")),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("Sum(Square(U * U.T - R))")]
    [InlineData("Sum(Square(U * M.T - R))")]
    [InlineData("Trace(R) + Sum(Diag(R)) + Sum(Square(U * U.T - R))")]
    [InlineData("Sum(Observed(R) % Square(U * U.T - R)) + Sum(Square(U - M))")]
    [InlineData("Sum(Square(U * S * U.T - R))")]
    [InlineData("Trace(U.T * R * U)")]
    [InlineData("Dot(U, R * U)")]
    public void AGMF0027_is_not_reported_of_what_is_square_by_itself(string body) => Assert.DoesNotContain(
        new UserProject(InLosses("[Loss] public static double L([Factor] Matrix<double> U, [Factor] Matrix<double> M, [Factor, Shape(\"k\", \"k\")] Matrix<double> S, SparseMatrix<double> R) => "
            + $"Sum(Square(U)) + Sum(Square(M)) + Sum(Square(S)) + {body};")).GenerateOnce().AnalyzerDiagnostics,
        d => d.Id == "AGMF0027");

    [Theory]
    [InlineData("Sum(Square(R - R.T - U * M.T))", "m is the number of rows of R; 'R - R.T' makes its rows and its columns one size", "R m×m (its rows and columns are one size by R - R.T)")]
    [InlineData("Trace(R) + Sum(Square(U * M.T))", "p is the number of rows of R; 'Trace(R)' makes its rows and its columns one size", "R p×p (its rows and columns are one size by Trace(R))")]
    public void Data_that_an_operation_makes_square_are_checked_and_said_to_be_so(string body, string reason, string sizes)
    {
        var text = new UserProject(InLosses("[Loss] public static double L([Factor] Matrix<double> U, [Factor] Matrix<double> M, SparseMatrix<double> R) => Sum(Square(U)) + Sum(Square(M)) + " + body + ";"))
            .GenerateOnce().TextOfL;
        Assert.Contains(reason, text, StringComparison.Ordinal);
        Assert.Contains(sizes, text, StringComparison.Ordinal);
    }

    [Fact]
    public void AGMF0003_names_a_matrix_that_is_not_square_once() => Assert.EndsWith(
        "not square: U is m×k",
        Assert.Single(Reported(InLosses("[Loss] public static double L([Factor] Matrix<double> U) => [|Trace(U)|];"), "AGMF0003")),
        StringComparison.Ordinal);

    [Fact]
    public void AGMF0003_is_not_repeated_of_what_is_made_of_such_a_matrix() => Assert.Equal(
        2, Reported(InLosses("[Loss] public static double L([Factor] Matrix<double> U) => Trace([|Inverse(U)|]) + LogDet(Inverse([|Inverse(U.T)|]));"), "AGMF0003", "AGMF0003").Count);

    [Fact]
    public void AGMF0003_says_of_which_factors_one_size_counts_the_rows() => Assert.EndsWith(
        "U is m×k, V is m×k; m is the number of rows of U and of V, which other operations of the loss make one",
        Assert.Single(Reported(InLosses("[Loss] public static double L([Factor] Matrix<double> U, [Factor] Matrix<double> V) => Sum(Square(U - V)) + Sum([|U * V|]);"), "AGMF0003")),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("U.T + b")]
    [InlineData("U - b.T")]
    public void AGMF0003_says_how_a_vector_gets_the_size_that_it_meets(string operation) => Assert.Contains(
        "give them one name with [Shape] on 'b'",
        Assert.Single(Reported(InLosses($"[Loss] public static double L([Factor] Matrix<double> U, [Factor] ColumnVector<double> b) => Sum([|{operation}|]);"), "AGMF0003")),
        StringComparison.Ordinal);
}
