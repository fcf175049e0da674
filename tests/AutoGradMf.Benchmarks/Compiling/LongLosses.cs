using System.Globalization;

namespace AutoGradMf.Benchmarks.Compiling;

/// <summary>Losses of many operators, one of each shape that a loss may grow in, and two of the usual length beside them.</summary>
internal static class LongLosses
{
    /// <param name="operators">About how many operators they have, from 40 on.</param>
    public static IEnumerable<(string Case, string Source)> All(int operators = 200)
    {
        yield return ("classic, 12 operators", Loss("Matrix<double> R", $"0.5 * Sum(Square(U * M.T - R)) + lambda / 2 * ({Ridge})"));
        yield return ("masked with biases, 20 operators", Loss(
            "SparseMatrix<double> R, [Factor] ColumnVector<double> b, [Factor] ColumnVector<double> d",
            $"0.5 * Sum(Observed(R) % Square(b + d.T + U * M.T - R)) + lambda / 2 * ({Ridge} + Sum(Square(b)) + Sum(Square(d)))"));
        yield return ("masked chain of functions", Loss("SparseMatrix<double> R", $"Sum(Observed(R) % {Functions("(U * M.T - R)", operators / 4)}) + lambda * Sum(Square(U))"));
        yield return ("dense chain of functions", Loss("Matrix<double> R", $"Sum({Functions("(U * M.T - R)", operators / 4)}) + lambda * Sum(Square(U))"));
        yield return ("chain of functions of a factor", Loss("Matrix<double> R", $"Sum({Functions("U", operators / 4)}) + lambda * Sum(Square(U * M.T - R))"));
        yield return ("many masked sums", Loss("SparseMatrix<double> R", Joined(" + ", operators / 8, i =>
            $"{i} * Sum(Observed(R) % Square({i} * (U * M.T) - R)) + lambda * {i} * Sum(Square(U))")));
        yield return ("filled sum of products", Loss("SparseMatrix<double> R, ColumnVector<double> w, ColumnVector<double> v",
            $"Sum(Square({Joined(" + ", operators / 5, i => i % 2 == 0 ? $"{i} * (U * M.T)" : $"w * ({i} * v.T) - R")}))"));
        yield return ("masked chain of + % /", Loss("SparseMatrix<double> R", $"Sum(Observed(R) % {Arithmetic("(U * M.T - R)", operators / 4)})"));
        yield return ("dense chain of + % /", Loss("Matrix<double> R", $"Sum({Arithmetic("(U * M.T - R)", operators / 4)})"));
        yield return ("long product of elements", Loss("SparseMatrix<double> R",
            $"Sum(Observed(R) % {Joined(" % ", operators / 3, i => $"(1.{i} + U * M.T)")})"));
        yield return ("powers over all pairs", Loss("Matrix<double> R", Joined(" + ", operators / 7, i => $"{i} * Sum(Pow({i} * (U * M.T) - R, {1 + (i % 4)}))")));
        yield return ("powers over the observed pairs", Loss("SparseMatrix<double> R", Joined(" + ", operators / 8, i => $"{i} * Sum(Observed(R) % Pow({i} * (U * M.T) - R, {1 + (i % 4)}))")));
        yield return ("six factors", Loss(
            "SparseMatrix<double> R, [Factor] Matrix<double> P, [Factor] Matrix<double> Q, [Factor] ColumnVector<double> b, [Factor] ColumnVector<double> d",
            Joined(" + ", operators / 20, i => $"Sum(Observed(R) % Square(b + {i} * d.T + U * M.T + {i} * (P * Q.T) - R)) + lambda * {i} * (Sum(Square(U * M.T)) + Sum(Square(P * Q.T)))")));
        yield return ("pairs of factors", PairsOfFactors(operators / 10));
        yield return ("three factors in a row", Loss("Matrix<double> R, [Factor, Shape(\"k\", \"k\")] Matrix<double> S",
            Joined(" + ", operators / 8, i => $"{i} * Sum(Square({i} * (U * S * M.T) - R))")));
        yield return ("chain of small matrices", Loss("Matrix<double> R, [Factor, Shape(\"k\", \"k\")] Matrix<double> S",
            $"Sum(Square(U * {Joined(" * ", operators / 20, i => i % 2 == 0 ? "S" : "S.T")} * M.T - R)) + {Joined(" + ", operators / 9, i => $"{i} * Sum(Square(U * S * S.T * S))")}"));
        yield return ("rows and columns", Loss("Matrix<double> R",
            Joined(" + ", operators / 7, i => i % 2 == 0 ? $"{i} * Sum(Sqrt({i} + RowSums(Square(U))))" : $"{i} * Sum(Log({i} + Square(ColumnSums(M))))")));
        yield return ("helper with locals of elements", $$"""
            [Loss] public static double L([Factor] Matrix<double> U, [Factor] Matrix<double> M, SparseMatrix<double> R) => Sum(Observed(R) % Longer(U * M.T - R));

            private static Matrix<double> Longer(Matrix<double> e0)
            {
                {{Joined("\n", operators / 8, i => $"var e{i} = 0.5 * e{i - 1} + Tanh(e{i - 1}) % (e{i - 1} + {i});")}}
                return e{{operators / 8}};
            }
            """);
        yield return ("helper with locals of numbers", $$"""
            [Loss] public static double L([Factor] Matrix<double> U, [Factor] Matrix<double> M, SparseMatrix<double> R) =>
                Sum(Observed(R) % Map(U * M.T - R, e => Longer(e)));

            private static double Longer(double e0)
            {
                {{Joined("\n", operators / 8, i => $"var e{i} = 0.5 * e{i - 1} + Math.Tanh(e{i - 1}) * (e{i - 1} + {i});")}}
                return e{{operators / 8}};
            }
            """);
        yield return ("helper with locals and squares", $$"""
            [Loss] public static double L([Factor] Matrix<double> U, [Factor] Matrix<double> M, SparseMatrix<double> R, double c = 1) =>
                Sum(Observed(R) % Map(U * M.T - R, e => Longer(e, c)));

            private static double Longer(double e0, double c)
            {
                {{Joined("\n", operators / 6, i => $"var e{i} = Math.Tanh(e{i - 1} + c) * e{i - 1} + e{i - 1} * e{i - 1};")}}
                return e{{operators / 6}};
            }
            """);
        yield return ("locals of products of exponentials", Locals("Softplus({0}) % Exp(-{0})", operators / 5));
        yield return ("locals of sums by exponentials", Locals("Exp(-Square({0})) % ({0} + c)", operators / 6));
        yield return ("locals of logarithms", Locals("Sigmoid({0} * c + 0.5) % {0} - Log1p(Square({0}))", operators / 8));
        yield return ("helper with ifs", $$"""
            [Loss] public static double L([Factor] Matrix<double> U, [Factor] Matrix<double> M, SparseMatrix<double> R) =>
                Sum(Observed(R) % Map(U * M.T - R, e => Longer(e)));

            private static double Longer(double e)
            {
                {{Joined("\n", operators / 10, i => $"if (e * e + {i} < 3 * e - {i}) {{ return {i} * Math.Exp({i} - e * e); }}")}}
                return e * e;
            }
            """);
        yield return ("conditions", Loss("SparseMatrix<double> R",
            $"Sum(Observed(R) % Map(U * M.T - R, e => {Joined(" : ", operators / 10, i => $"e * e + {i} < 3 * e - {i} ? {i} * Math.Exp({i} - e * e)")} : e * e))"));
    }

    private const string Ridge = "Sum(Square(U)) + Sum(Square(M))";

    private static string PairsOfFactors(int pairs) =>
        $"[Loss] public static double L({Joined(", ", pairs, i => $"[Factor] Matrix<double> U{i}, [Factor] Matrix<double> M{i}")}, SparseMatrix<double> R, double scale = 1) => "
        + $"scale * ({Joined(" + ", pairs, i => $"Sum(Observed(R) % Square(U{i} * M{i}.T - R))")});";

    /// <summary>A loss with locals, each a function of the one before.</summary>
    private static string Locals(string function, int length) => $$"""
        [Loss] public static double L([Factor] Matrix<double> U, [Factor] Matrix<double> M, SparseMatrix<double> R, double c = 1)
        {
            var e0 = U * M.T - R;
            {{Joined("\n", length, i => $"var e{i} = {string.Format(CultureInfo.InvariantCulture, function, $"e{i - 1}")};")}}
            return Sum(Observed(R) % e{{length}});
        }
        """;

    private static string Functions(string inner, int length) => Chain(inner, length, (body, i) =>
        (i % 3) switch { 0 => $"Tanh({body} * 0.{i} + {i})", 1 => $"Log1p(Square({body} - 0.{i}))", _ => $"Softplus(2 * {body} - {i})" });

    private static string Arithmetic(string inner, int length) => Chain(inner, length, (body, i) =>
        (i % 3) switch { 0 => $"({body} / ({i} + Square(R + {i})))", 1 => $"({body} % ({i} + 2 * {inner}))", _ => $"({i} + {inner} / (1.{i} + {body}))" });

    private static string Chain(string inner, int length, Func<string, int, string> outer) => Enumerable.Range(1, length).Aggregate(inner, outer);

    private static string Joined(string separator, int count, Func<int, string> text) => string.Join(separator, Enumerable.Range(1, count).Select(text));

    private static string Loss(string more, string body) =>
        $"[Loss] public static double L([Factor] Matrix<double> U, [Factor] Matrix<double> M, {more}, double lambda = 1) => {body};";
}
