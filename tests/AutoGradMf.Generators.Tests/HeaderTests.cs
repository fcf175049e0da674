using AutoGradMf.Generators.Tests.Driver;
using Xunit;

namespace AutoGradMf.Generators.Tests;

/// <summary>The head of a generated file, and the names in it, as a colleague would write them.</summary>
public class HeaderTests
{
    [Theory]
    [InlineData("-Sum(LogSigmoid(RowDots(U[i], M[j])))", "L = -Σ LogSigmoid((U[i] ∘ M[j]) 1)")]
    [InlineData("Sum(U[i] * M.T)", "L = Σ (U[i] M')")]
    [InlineData("Sum(Square((U * M.T)[i]))", "L = Σ (U M')[i]²")]
    [InlineData("Sum(Square((U * M.T)[i]))", "dL/dU = 2 scatter((U M')[i], i) M")]
    [InlineData("Sum(Exp((U * M.T)[i]))", "dL/dM = scatter(Exp((U M')[i]), i)' U")]
    [InlineData("Sum(Exp((U * M.T)[i]))", "where row i of scatter(X, index) is the sum of the rows j of X with index[j] = i")]
    [InlineData("Sum(Softplus(-RowDots(U[i], M[j])))", "dL/dU = -scatter(")]
    [InlineData("Sum(Square(RowSums(U[i])))", "L = Σ (U[i] 1)²")]
    [InlineData("Sum(Softplus(-RowDots(U[i], M[j])))", "A = Σ_k [l = i[k]] ")]
    [InlineData("Sum(Log(W + Exp(U * M.T)))", "dL/dU = (Exp(U M' - Max(U M', 0)) / (W ∘ Exp(-Max(U M', 0)) + Exp(U M' - Max(U M', 0)))) M")]
    [InlineData("Sum(U)", "in U  linear")]
    [InlineData("Sum(U[i] * M.T)", "sizes   U m×k, M n×k, i p×1, j q×1")]
    [InlineData("Sum(Square(U[i]))", "flops   value 2 m k;")]
    [InlineData("Sum(Square(U[i]))", "m numbers per workspace; 2 m + p derived from the data")]
    [InlineData("Sum(U * M.T)", "L = Σ (U M')")]
    [InlineData("Sum(Map(U, x => x < 1 ? x * x : 2 * x - 1))", "L = Σ {U² if U < 1; else 2 U - 1}")]
    [InlineData("Sum(Map(U, x => x <= 1 ? x * x : 2 * x - 1))", "L = Σ {U² if U ≤ 1; else 2 U - 1}")]
    [InlineData("Sum(Square(-R + U * M.T))", "L = Σ (U M' - R)²")]
    [InlineData("Sum(Square(U.T * U - Identity(U.Columns)))", "4 U (U' U - Identity(k))")]
    [InlineData("Sum(Square(U * M.T))", "(2 times the value)")]
    [InlineData("Sum(Square(Sum(U) * U))", " times the value)")]
    [InlineData("Sum(Square(Exp(U[i])))", "value and gradient m k + 7 p k (1.4 times the value, and m k more)")]
    [InlineData("Sum(Map(U, x => x > 0 && x < 1 || x == 2 ? x : 2 * x))", "L = Σ {U if 0 < U < 1 or U = 2; else 2 U}")]
    [InlineData("Sum(Map(U, x => (x < 0 || x > 1) && x != 3 ? x : 0))", "L = Σ ([(U < 0 or 1 < U) and U ≠ 3] ∘ U)")]
    [InlineData("Sum(Map(U, x => x > 0 && (x < 1 || x > 2) ? x : 2 * x))", "L = Σ {U if 0 < U and (U < 1 or 2 < U); else 2 U}")]
    [InlineData("Sum(Map(U, x => Math.Pow(2, x)))", "dL/dU = Log(2) Pow(2, U)")]
    [InlineData("Sum(Pow(Abs(-3), U))", "L = Σ Pow(3, U)")]
    [InlineData("Sum(Square(U * M.T - W) % StopGradient(1 / (1 + Square(U * M.T - W))))", "stop(1 + (U M' - W)²)")]
    [InlineData("Sum(U * StopGradient(M).T) + Sum(M)", "U stop(M')")]
    [InlineData("Sum(U * StopGradient(M).T) + Sum(M)", "\n//   where stop(x) is x, of which no derivative is taken\n//   dL/dU = ")]
    [InlineData("Sum(RowLogSumExp(U)) + Square(StopGradient(Sum(Square(M)))) * Sum(M)", "stop((Σ M²)²)")]
    [InlineData("Sum(Exp(U)) + Sum(Log(1 + Square(U)))", @"\exp\left(U\right)")]
    [InlineData("Norm(U)", @"\sqrt{\sum {U}^{2}}")]
    [InlineData("Sum(Abs(U))", @"\left|U\right|")]
    [InlineData("Sum(U * StopGradient(M).T) + Sum(M)", @"\operatorname{stop}\left(M^{\top}\right)")]
    [InlineData("Sum(Clamp(U, -1, 1))", "dL/dU = [-1 < U < 1]")]
    [InlineData("Sum(Map(U, x => x < -1 || x > 1 ? Math.Sin(x) : 0))", "dL/dU = [U < -1 or 1 < U] ∘ Cos(U)")]
    [InlineData("Sum(Map(U, x => x == 1 ? 0 : Math.Sin(x)))", "dL/dU = [U ≠ 1] ∘ Cos(U)")]
    [InlineData("Sum(RowMax(U * M.T)) + Sum(RowMin(U))", "dL/dU = [column = rowArgMax(U M')] M + [column = rowArgMin(U)]")]
    [InlineData("Square(Sum(Square(U)))", "L = (Σ U²)²")]
    [InlineData("1 / Square(Sum(Square(U)))", "L = 1 / (Σ U²)²")]
    [InlineData("Square(Square(Sum(U)))", "L = (Σ U)^4")]
    [InlineData("Sum(W % Square(U * M.T - R))", "private readonly MatrixView<TElement> _ROnW;")]
    [InlineData("Sum(Square(U[i]))", "_oneHotIM")]
    [InlineData("Sum(Sin(U * M.T))", "not sign-split: Cos(U M')")]
    [InlineData("Sum(Exp(Sin(U * M.T)))", "not sign-split: Cos(U M')")]
    [InlineData("LogDet(U.T * U + 2 * Identity(U.Columns))", "dL/dU = 2 U inv(U' U + 2 Identity(k))")]
    [InlineData("LogDet(U.T * U + 2 * Identity(U.Columns))", "SmallMatrix.InverseAndLogDeterminant(")]
    [InlineData("Trace(Inverse(U.T * U + Identity(U.Columns)))", "dL/dU = -2 U (inv(U' U + Identity(k)) inv(U' U + Identity(k)))")]
    [InlineData("Sum(Exp(U * M.T - R))", "sign-split, P - N, where nothing is negative of the factors")]
    [InlineData("Sum(Log(1 + R) % Square(U * M.T))", "computed as L = Σ (Observed(R) ∘ Log(1 + R) ∘ (U M')²)")]
    [InlineData("Sum(R % (U * M.T) / (1 + Square(U * M.T) + Pow(U * M.T, 4)))", "L = Σ (R ∘ {U M' / (1 + (U M')² + (U M')^4) if")]
    [InlineData("Sum(Observed(R) / (1 + Abs(U * M.T) + Square(U * M.T)))", "L = Σ (Observed(R) ∘ {1 / (1 + Abs(U M') + (U M')²) if")]
    [InlineData("Sum(Sigmoid(0 * U) % U)", "L = 0.5 Σ U")]
    [InlineData("Sum(RowMax(U * M.T + 2 - RowSums(R)))", "rowMax(U M')")]
    [InlineData("Log(Sum(Exp(U * M.T)))", "L = max(U M') + Log(Σ Exp(U M' - max(U M')))")]
    [InlineData("Sum(RowLogSumExp(U * M.T))", "dL/dM = (Exp(U M' - rowMax(U M')) / (Exp(U M' - rowMax(U M')) 1))' U")]
    [InlineData("Sum(Observed(R) % Square(U * M.T - R)) + Sum(Observed(R) % Observed(W) % Square(U * M.T))",
        "sampled, a sum over the entries of R\n")]
    [InlineData("Sum(Observed(R) % Square(U * M.T - R)) + Sum(Observed(W) % Square(U * M.T))",
        "sampled, a sum over the entries of R and over the entries of W\n")]
    [InlineData("Sum(RowLogSumExp(U[i] * M[j].T))", "not sampled: Exp(U[i] M[j]' - rowMax(U[i] M[j]')) 1\n")]
    [InlineData("Sum(Square(RowDots(U[i], M[j]) - Mean(RowDots(U[i], M[j]))))", "not sampled: Σ (U[i] ∘ M[j])\n")]
    [InlineData("Sum(Square(U * M.T)) + 2 * Sum(U.T * U)", "the same system for each row: 2 M' M + 4 1 1'")]
    [InlineData("Sum(Square(U - ColumnSums(U) / U.Rows)) / U.Rows + Sum(R * M)", " - 2 1 (((Identity(m) - 1 / m) 1)' / m²)")]
    [InlineData("Sum(Observed(R) % Square(Relu(1 - R % (U * M.T))))", "dL/dU = -2 (Relu(1 - R ∘ (U M')) ∘ R) M\n")]
    [InlineData("Sum(Observed(R) % Square(Max(0, 1 - U * M.T)))", "dL/dU = -2 (Observed(R) ∘ Max(1 - U M', 0)) M\n")]
    [InlineData("Sum(Observed(R) % Square(Relu(U * M.T - R)))", "curvature bound in U: 2 Observed(R) ")]
    [InlineData("Sum(Observed(R) % Map(U * M.T - R, x => Log(1 + x * x)))", "curvature bound in U: 2 Observed(R) (M² 1)")]
    [InlineData("Sum(Observed(R) % Map(U * M.T - R, x => x * x / (1 + x * x)))", "curvature bound in U: 2 Observed(R) (M² 1)")]
    [InlineData("Sum(Observed(R) % Map(U * M.T - R, x => -Expm1(-x * x / 2)))", "curvature bound in U: Observed(R) (M² 1)")]
    [InlineData("Sum(Observed(R) % Map(U * M.T - R, x => x > 0 ? 3 * x * x : x * x))", "curvature bound in U: 6 Observed(R) (M² 1)")]
    [InlineData("Sum(Observed(R) % Map(U * M.T - R, x => Abs(x) <= 2 ? x * x / 2 : 2 * Abs(x) - 2))", "curvature bound in U: Observed(R) (M² 1)")]
    [InlineData("Sum(Observed(R) % Map(U * M.T - R, x => Abs(x) < 2 ? 1 - Math.Pow(1 - x * x / 4, 3) : 1))", "curvature bound in U: 1.5 Observed(R) (M² 1)")]
    [InlineData("Sum(Observed(R) % Map(U * M.T - R, x => Exp(-Abs(x))))", "no curvature bound in U: Sign(U M' - R)")]
    [InlineData("Sum(Observed(R) % Map(U * M.T - R, x => x > 0 ? x : x * x))", "no curvature bound in U: {1 if 0 < U M' - R; else 2 (U M' - R)}")]
    [InlineData("Sum(Observed(R) % Map(U * M.T - R, x => x * x * Abs(x)))", "no curvature bound in U: ")]
    [InlineData("Sum(Observed(R) % Map(U * M.T - R, x => Exp(x) - x))", "no curvature bound in U: Exp(U M' - R)")]
    [InlineData("Sum(Log(1 + Square(U)))", "curvature bound in U: 2")]
    [InlineData("Sum(Square(R * M)) + Sum(U)", "the same system for each column, which no kernel gathers: 2 (R' R)\n")]
    [InlineData("Sum(Pow(U * M.T - R, 3))", "where third moments of rows stand for all pairs: fewer flops where k² is well below m and n, as sizes of features are taken to be")]
    [InlineData("Sum(Pow(U * M.T - R, 3))", "in U  not quadratic: (U M' - R)^3\n")]
    [InlineData("Sum(Square(U.T * (R * M)))", "in U  quadratic, the same system for each column, which no kernel gathers: ")]
    [InlineData("Sum(Square(U * M.T - R / RowSums(R)))", "dL/dU = 2 (U M' - R / (R 1)) M\n")]
    [InlineData("Sqrt(Mean(Square(U * M.T - R)))", "no curvature bound in U: Sqrt(Σ ((U' U) ∘ (M' M)) - 2 Σ ((R M) ∘ U) + Σ R²)\n")]
    public void Reads(string body, string expected) => Assert.Contains(expected, Generate(body), StringComparison.Ordinal);

    /// <summary>A row that samples of several kinds read has one ridge.</summary>
    [Theory]
    [InlineData("sampled, a sum over the entries of R and over p samples\n")]
    [InlineData("var samples = SampleSet<TElement>.Together(\n")]
    [InlineData("return [samples[0], samples[1], samples[0].Unread(place: 0)];\n")]
    public void Samples_may_be_of_several_kinds(string says) => Assert.Contains(
        says,
        new UserProject(DiagnosticAssert.InLosses(
            "[Loss] public static double L([Factor] Matrix<double> U, [Factor] Matrix<double> M, SparseMatrix<double> R, IndexVector i, IndexVector j) => "
            + "Sum(Observed(R) % Square(U * M.T - R)) - Sum(LogSigmoid(RowDots(U[i], M[j]))) + Sum(Square(U));")).Run().TextOfL,
        StringComparison.Ordinal);

    /// <summary>An element of which row and column are one is not the whole matrix.</summary>
    [Theory]
    [InlineData("Trace(Inverse(U.T * U + Identity<double>(U.Columns)))", "L = trace(inv(U' U + Identity(k)))")]
    [InlineData("Trace(S)", "L = trace(S)")]
    [InlineData("Sum(Square(Diag(S)))", "L = Σ diag(S)²")]
    [InlineData("Sum(Square(Diag(S)))", "dL/dS = 2 diag(S) ∘ Identity(m)")]
    [InlineData("Trace(S * S)", "L = Σ (S ∘ S')")]
    [InlineData("Dot(Diag(S), b)", "L = Σ (diag(S) ∘ b)")]
    [InlineData("Trace(S % (U * U.T))", "L = Σ (diag(S) ∘ (U² 1))")]
    [InlineData("Trace(S % (U * U.T))", "dL/dU = 2 diag(S) ∘ U")]
    [InlineData("Sum(Diag(S).T % S)", "L = Σ (diag(S) ∘ S')")]
    [InlineData("Sum(Square(Diag(Inverse(S))))", "L = Σ diag(inv(S))²")]
    [InlineData("Sum(Diag(Inverse(S)).T % S)", "L = Σ (diag(inv(S)) ∘ S')")]
    public void A_diagonal_is_written_as_such(string body, string expected) =>
        Assert.Contains(expected, OfSquare(body), StringComparison.Ordinal);

    [Theory]
    [InlineData("Trace(Inverse(U.T * U + Identity<double>(U.Columns)))", @"\operatorname{tr}\left(\operatorname{inv}\left(U^{\top} \, U")]
    [InlineData("Trace(S)", @"\operatorname{tr}\left(S\right)")]
    [InlineData("Sum(Square(Diag(S)))", @"{\operatorname{diag}\left(S\right)}^{2}")]
    public void A_diagonal_is_written_as_such_in_LaTeX(string body, string expected) =>
        Assert.Contains(expected, OfSquare(body), StringComparison.Ordinal);

    private static string OfSquare(string body) => new UserProject(DiagnosticAssert.InLosses(
        "[Loss] public static double L([Factor] Matrix<double> U, [Factor, Shape(\"m\", \"m\")] Matrix<double> S, ColumnVector<double> b) => "
        + $"{body} + 0 * Sum(S) * Sum(U) * Sum(b);")).Generate().TextOfL;

    /// <summary>What is long would hide why there is nothing.</summary>
    [Theory]
    [InlineData("Sum(Observed(R) % Square(U * Diag(c) * M.T - R))", "in c  quadratic, one system of all its values, which no kernel gathers: 2 Σ_il U[i,j]")]
    [InlineData("Sum(Observed(R) % Square(U * Diag(c) * M.T - R)) + Sum(Observed(W) % Square(U * Diag(c) * M.T - W))", "in c  quadratic, one system of all its values, which no kernel gathers\n")]
    [InlineData("Sum(Observed(R) % Square(U * Diag(c) * M.T - R)) + Sum(Observed(W) % Square(U * Diag(c) * M.T - W))", "no curvature bound in c: no kernel computes the one that is known\n")]
    public void A_reason_is_short(string body, string says) => Assert.Contains(
        says,
        new UserProject(DiagnosticAssert.InLosses(
            $"[Loss] public static double L([Factor] Matrix<double> U, [Factor, Shape(\"k\")] ColumnVector<double> c, [Factor] Matrix<double> M, SparseMatrix<double> R, SparseMatrix<double> W) => {body} + 0 * Sum(W);"))
            .Generate().TextOfL,
        StringComparison.Ordinal);

    [Fact]
    public void The_gradient_of_a_row_vector_is_a_row() => Assert.Contains(
        "dL/dc = ((c' - A') 1)'\n",
        new UserProject(DiagnosticAssert.InLosses(
            "[Loss] public static double L([Factor] RowVector<double> c, Matrix<double> A) => 0.5 * Sum(Square(c - A));")).Generate().TextOfL,
        StringComparison.Ordinal);

    [Fact]
    public void A_missing_product_with_the_Hessian_has_its_reason() => Assert.Contains(
        "//   no product with the Hessian: a function in the gradient has no derivative\n",
        new UserProject(DiagnosticAssert.InLosses(
            "[Loss] public static double L([Factor] Matrix<double> U) => Sum(Map(U, F)); [Partial(\"x\", \"G(x, 1)\")] public static double F(double x) => x * x / 2; "
            + "[Partial(\"y\", \"x\")] public static double G(double x, double y) => x * y;")).Generate().TextOfL,
        StringComparison.Ordinal);

    [Fact]
    public void A_number_before_a_sum_keeps_factors_that_its_terms_have_in_common()
    {
        const string loss = "Sum(Square(U * (M.T * M) * M.T - R))";
        Assert.Equal(Flops(Generate(loss)), Flops(Generate($"Sum(W) * {loss}")));

        static string Flops(string text) => text.Split('\n').First(line => line.Contains("flops", StringComparison.Ordinal));
    }

    /// <summary>What the factors have beside their product must be ridges, and those must not depend on the product.</summary>
    [Theory]
    [InlineData("Sum(Square(U * M.T - R)) + Sum(Square(U)) + Sum(Square(M)) + ", true)]
    [InlineData("Sum(Square(U * M.T - R)) + Sum(Square(U)) - Sum(Square(M)) + ", false)]
    [InlineData("Sum(Square(U * M.T - R)) + Sum(R) * Sum(Square(U)) + Sum(Square(M)) + ", false)]
    [InlineData("Sum(Square(U * M.T - R)) + Sum(Abs(U)) + Sum(Abs(M)) + ", false)]
    [InlineData("Sum(Pow(U * M.T, 4)) * Sum(Square(U)) + Sum(Square(U * M.T)) * Sum(Square(M)) + ", false)]
    [InlineData("Sum(Square(U * M.T)) * Sum(Square(U)) + Sum(Square(U * M.T)) * Sum(Square(M)) + ", false)]
    [InlineData("Sum(Square(U * M.T - R)) - Sum(Square(U)) + ", false)]
    [InlineData("Sum(Square(U * M.T - R)) - Sum(Square(M)) + ", false)]
    [InlineData("Sum(Square(U * M.T - R)) + Sum(R) * Sum(Square(U)) + ", false)]
    [InlineData("Sum(Square(U * M.T - R)) + Sum(U) + ", false)]
    [InlineData("Trace(U.T * U * (M.T * M)) - 2 * Sum(R % (U * M.T)) + Sum(Square(U)) + Sum(Square(M)) + ", true)]
    [InlineData("Sum((U.T * U) % (M.T * M)) - Sum(R % (U * M.T)) + ", true)]
    [InlineData("Trace(U * M.T * M * U.T) - 2 * Trace(U.T * R * M) + ", true)]
    [InlineData("Trace(U.T * U * (M.T * M) * (U.T * U) * (M.T * M)) + ", true)]
    [InlineData("Trace(U.T * U * (U.T * U)) + Trace(U.T * U * (M.T * M)) + ", false)]
    [InlineData("Trace(U.T * U * (U.T * U) * (M.T * M)) + ", false)]
    [InlineData("Sum((U.T * U + Identity(U.Columns)) % (M.T * M)) + ", false)]
    [InlineData("Sum(Square((U.T * U) % (M.T * M))) + ", false)]
    public void Pairs_of_factors_are_balanced_where_only_their_product_and_ridges_are_seen(string terms, bool balanced) =>
        Assert.Equal(balanced, Generate(terms + "0").Contains("IProductInvariant<TElement>", StringComparison.Ordinal));

    [Theory]
    [InlineData("Sum(Square(U * M.T - R)) + Sum(Square(U)) + Sum(Square(M))", "ProductPairs { get; } = [new(Left: 0, Right: 1)];")]
    [InlineData("Sum(Square(U * M.T - R)) + Sum(Square(U)) + 2 * Sum(Square(M))", "ProductPairs => [new(Left: 0, Right: 1, RidgeRatio: 2)];")]
    [InlineData("Sum(Square(U * M.T - R)) + Mean(Square(U)) + Mean(Square(M))", "ProductPairs => [new(Left: 0, Right: 1, RidgeRatio: double.Max(1, _m) / double.Max(1, _n))];")]
    [InlineData("Sum(Square(U * M.T - R)) + 2 * Sum(Square(U))", "ProductPairs => [new(Left: 0, Right: 1, RidgeRatio: 0)];")]
    [InlineData("Sum(Square(U * M.T - R)) + Mean(Square(M))", "ProductPairs => [new(Left: 0, Right: 1, RidgeRatio: double.PositiveInfinity)];")]
    public void The_ratio_of_ridges_is_said_where_they_differ(string loss, string expected) => Assert.Contains(expected, Generate(loss), StringComparison.Ordinal);

    /// <summary>What else the ridges alone tell apart: features with weights, between two matrices, of three ways, rows with a scale, and a number before all.</summary>
    [Theory]
    [InlineData("Sum(Square(U * Diag(c) * M.T - R)) + Sum(Square(U)) + Sum(Square(M)) + 2 * Sum(Square(c))",
        "AxisPairs => [new(Left: 0, LeftAxis: FactorAxis.Columns, Right: 1, RightAxis: FactorAxis.Columns), new(Left: 0, LeftAxis: FactorAxis.Columns, Right: 2, RightAxis: FactorAxis.Rows, RidgeRatio: 2), "
        + "new(Left: 0, LeftAxis: FactorAxis.Columns, Right: 1, RightAxis: FactorAxis.Columns, IsMixed: true, Between: 2)];")]
    [InlineData("Sum(Square(U * S * M.T - R)) + Sum(Square(U)) + Sum(Square(S)) + Sum(Square(M))",
        "AxisPairs { get; } = [new(Left: 0, LeftAxis: FactorAxis.Columns, Right: 3, RightAxis: FactorAxis.Rows, IsMixed: true)];")]
    [InlineData("Sum(Square(b % (U * M.T) - R)) + Sum(Square(b))", "AxisPairs => [new(Left: 0, LeftAxis: FactorAxis.Rows, Right: 4, RightAxis: FactorAxis.Rows, RidgeRatio: double.PositiveInfinity)];")]
    [InlineData("0.5 * (Sum(Square(s * U * M.T - R)) + s * s)", "AxisPairs => [new(Left: 0, LeftAxis: FactorAxis.Whole, Right: 5, RightAxis: FactorAxis.Whole, RidgeRatio: double.PositiveInfinity), ")]
    [InlineData("Sum(Square(U * Diag(c) * M.T - R)) + Sum(Square(U)) + Sum(Abs(c))", "AxisPairs => [new(Left: 0, LeftAxis: FactorAxis.Columns, Right: 1, RightAxis: FactorAxis.Columns, RidgeRatio: 0)];")]
    [InlineData("Sum(Square(U * Diag(c) * M.T - R)) + Sum(Square(U))", "//   balanced: U and M are seen through U diag(c) M' and ridges alone\n")]
    [InlineData("Sum(Square(U * S * M.T - R)) + Sum(Square(U))", "//   balanced: columns of U may be mixed, and rows of S by the inverse, but for ridges\n")]
    [InlineData("Sum(Square(b % (U * M.T) - R)) + Sum(Square(b))", "//   balanced: rows of U may be multiplied by numbers, and elements of b divided, but for ridges\n")]
    [InlineData("0.5 * (Sum(Square(s * U * M.T - R)) + s * s)", "//   balanced: U may be multiplied by numbers, and s divided, but for ridges\n")]
    [InlineData("Sum(Square(U * Diag(c) * M.T - U))", null)]
    [InlineData("Sum(Square(StopGradient(U) * Diag(c) * M.T - R)) + Sum(Square(U * Diag(c)))", null)]
    [InlineData("Sum(Square(b + U * M.T - R)) + Sum(Square(b))", null)]
    public void Slices_of_factors_are_balanced_where_only_ridges_tell_them_apart(string loss, string? expected)
    {
        var text = new UserProject(DiagnosticAssert.InLosses(
            "[Loss] public static double L([Factor] Matrix<double> U, [Factor] Matrix<double> M, [Factor, Shape(\"k\")] ColumnVector<double> c, [Factor, Shape(\"k\", \"k\")] Matrix<double> S, "
            + $"[Factor] ColumnVector<double> b, [Factor] double s, SparseMatrix<double> R) => {loss} + 0 * (Sum(M) + Sum(U) + Sum(c) + Sum(S) + Sum(b) + s);")).Generate().TextOfL;
        if (expected is null)
        {
            Assert.DoesNotContain("IAxisInvariant", text, StringComparison.Ordinal);
            return;
        }

        Assert.Contains(expected, text.Replace(",\n            ", ", ", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void A_sample_reads_a_factor_twice_that_moves_and_is_held_constant()
    {
        var run = new UserProject(DiagnosticAssert.InLosses(
            "[Loss] public static double L([Factor] ColumnVector<double> b, [Factor] ColumnVector<double> d, SparseMatrix<double> R) => "
                + "Sum(Observed(R) % Square(StopGradient(b) * d.T + b * d.T - R));")).Run();
        Assert.Empty(run.CompilerDiagnostics);
        Assert.Contains("ISampled<TElement>", run.TextOfL, StringComparison.Ordinal);
    }

    [Fact]
    public void A_factor_whose_gradient_is_stopped_somewhere_is_not_called_quadratic()
    {
        var text = Generate("Sum(Observed(R) % Square(U * StopGradient(M).T - R)) + Sum(Observed(R) % Square(StopGradient(U) * M.T - R))");
        Assert.DoesNotContain("in U  quadratic", text, StringComparison.Ordinal);
        Assert.DoesNotContain("IBlockNewton", text, StringComparison.Ordinal);
        Assert.Contains("no Newton steps: U is held constant in a part of the loss", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Sum(W % Square(U * M.T - R))", @"L &= \sum \left(W \circ {\left(U \, M^{\top} - R\right)}^{2}\right)")]
    [InlineData("Sum(Observed(R) % (U * M.T))", @"\mathrm{Observed}(R) \, M")]
    [InlineData("Sum(Square(U.T * U - Identity(U.Columns)))", @"\mathrm{Identity}(k)")]
    public void Names_and_products_are_set_apart_in_LaTeX(string body, string expected) => Assert.Contains(expected, Generate(body), StringComparison.Ordinal);

    [Fact]
    public void Rows_by_number_are_an_index_in_LaTeX_too() => Assert.Contains(
        @"\left({U}_{i,:} \circ {M}_{j,:}\right)", Generate("Sum(RowDots(U[i], M[j]))"), StringComparison.Ordinal);

    [Fact]
    public void Terms_that_are_written_alike_are_one() => Assert.Contains(
        "dL/dU = 4 g s'\n",
        new UserProject(DiagnosticAssert.InLosses(
            "[Loss] public static double L([Factor] Matrix<double> U, ColumnVector<double> g, [Shape(\"k\")] ColumnVector<double> s) => "
            + "Dot(g, U * s) + Dot(s, U.T * g) + Sum(U % (g * s.T)) + Sum(U % (s * g.T).T);")).Run().TextOfL,
        StringComparison.Ordinal);

    /// <summary>The file of a loss that has the matrices or the index vectors as data, whichever it mentions.</summary>
    [Theory]
    [InlineData("Sum(Observed(R) % Square((U + G[group]) * M.T - R)) + Sum(Square(U))", "sampled, a sum over the entries of R\n")]
    [InlineData("Sum(Square(G[group] * M.T - R)) + Sum(Square(U))", "not sampled: Σ (G[group] M' - R)²\n")]
    public void Rows_that_an_index_vector_chooses_are_of_samples_beside_entries_alone(string body, string expected) => Assert.Contains(
        expected,
        new UserProject(DiagnosticAssert.InLosses(
            "[Loss] public static double L([Factor] Matrix<double> U, [Factor] Matrix<double> G, [Factor] Matrix<double> M, SparseMatrix<double> R, IndexVector group) => "
            + body + ";")).Generate().TextOfL,
        StringComparison.Ordinal);

    /// <summary>Without the ridge of what no sample reads the reason would be the same.</summary>
    [Theory]
    [InlineData("")]
    [InlineData(" + Dot(t, t)")]
    public void What_keeps_samples_from_being_read_comes_before_what_none_reads(string ridge) => Assert.Contains(
        "not sampled: A t\n",
        new UserProject(DiagnosticAssert.InLosses(
            "[Loss] public static double L([Factor] Matrix<double> U, [Factor] Matrix<double> M, [Factor] ColumnVector<double> t, Matrix<double> A, SparseMatrix<double> R) => "
            + $"Sum(Observed(R) % Square(U * M.T + A * t - R)){ridge};")).Generate().TextOfL,
        StringComparison.Ordinal);

    [Fact]
    public void Systems_that_rows_share_by_what_they_chose_are_one_sum_over_all() => Assert.Contains(
        "in G  quadratic, a system for each row: Σ_jp [i = group[j]] Observed(R)[j,p] M[p,k] M[p,l]",
        new UserProject(DiagnosticAssert.InLosses(
            "[Loss] public static double L([Factor] Matrix<double> U, [Factor] Matrix<double> G, [Factor] Matrix<double> M, SparseMatrix<double> R, IndexVector group) => "
            + "Sum(Observed(R) % Square((U + G[group]) * M.T - R)) / 2;")).Generate().TextOfL,
        StringComparison.Ordinal);

    /// <summary>A factor with its features first has the systems of the same factor transposed.</summary>
    [Theory]
    [InlineData("Sum(Square(U * V - R))", "in V  quadratic, the same system for each column: 2 U' U\n")]
    [InlineData("Sum(Observed(R) % Square(U * V - R))", "in V  quadratic, a system for each column: 2 Σ_i Observed(R)[i,j] U[i,k] U[i,l]\n")]
    [InlineData("Sum(Observed(R) % Square(U * V - R))", "BlockSystems.EachColumn)")]
    [InlineData("Sum(RowLogSumExp(U * V - R))", "no Newton steps: columns mix in ")]
    [InlineData("Sum(Square(V * W.T))", "in V  quadratic, the same system for each row, which no kernel gathers: ")]
    public void Systems_of_features_that_come_first_are_of_columns(string body, string says) => Assert.Contains(
        says,
        new UserProject(DiagnosticAssert.InLosses(
            $"[Loss] public static double L([Factor] Matrix<double> U, [Factor, Shape(\"k\", \"n\")] Matrix<double> V, SparseMatrix<double> R, SparseMatrix<double> W) => {body} + 0 * (Sum(U) + Sum(V));"))
            .Generate().TextOfL,
        StringComparison.Ordinal);

    /// <summary>What selects is a function of entries alone: its second derivative has R twice, and is as sparse as R.</summary>
    [Theory]
    [InlineData("Sum(Observed(R) % Square(Relu(1 - R % (U * M.T))))")]
    [InlineData("Sum(Observed(R) % Square(Max(1 - R % (U * M.T), 0)))")]
    [InlineData("Sum(Observed(R) % Map(R % (U * M.T), z => z >= 1 ? 0.0 : z <= 0 ? 0.5 - z : 0.5 * (1 - z) * (1 - z)))")]
    public void Second_derivatives_of_selections_beside_sparse_data_visit_its_entries_alone(string body)
    {
        var text = Generate(body);
        Assert.Contains("Newton step in U 0.33 m k³ + 2 |R| k²", text, StringComparison.Ordinal);
        Assert.DoesNotContain(" m n k", text, StringComparison.Ordinal);
    }

    /// <summary>The second derivative of what selects has the row of a sample in its branches.</summary>
    [Theory]
    [InlineData("Sum(Huber(RowDots(U[i], M[j]), 0.5))")]
    [InlineData("Sum(Square(Relu(1 - RowDots(U[i], M[j]))))")]
    [InlineData("Sum(Map(RowDots(U[i], M[j]), x => x < 1 ? x * x : 2 * x - 1))")]
    public void Selections_of_chosen_rows_have_systems_for_each_row(string body)
    {
        var text = Generate(body);
        Assert.DoesNotContain("rows mix", text, StringComparison.Ordinal);
        Assert.Contains("Newton step in U", text, StringComparison.Ordinal);
        Assert.Contains("Newton step in M", text, StringComparison.Ordinal);
    }

    /// <summary>Near a perfect fit rounding makes such sums negative, too; those of weights that may be negative are what they are.</summary>
    [Theory]
    [InlineData("Sqrt(Sum((1 + 2 * Observed(W)) % Square(U * M.T - R)))", "Relu")]
    [InlineData("Sqrt(Sum(RowSums(Observed(R)) % Square(U * M.T - R)))", "Relu")]
    [InlineData("Sum(Sqrt(RowSums((0.5 + Square(W)) % Square(U * M.T - R))))", "Relu")]
    [InlineData("Sqrt(Sum((1 + Abs(W)) % Square(U * M.T - R)))", "Relu")]
    [InlineData("Sqrt(Sum((1 + W) % Square(U * M.T - R)))", "Max")]
    [InlineData("Sqrt(Sum((1 - Observed(W)) % Square(U * M.T - R)))", "Relu")]
    [InlineData("Sqrt(Sum((1 - Observed(W)) % (2 - Observed(R) - Observed(W)) % Square(U * M.T - R)))", "Relu")]
    [InlineData("Sqrt(Sum((1 - 2 * Observed(W)) % Square(U * M.T - R)))", "none")]
    [InlineData("Sqrt(Sum((1 - Observed(W) - Observed(R)) % Square(U * M.T - R)))", "none")]
    [InlineData("Sqrt(Sum((2 - W) % Square(U * M.T - R)))", "none")]
    public void Roots_of_sums_of_squares_are_of_their_positive_part_where_weights_are_not_negative(string body, string function)
    {
        var text = Generate(body);
        bool Calls(string name) => text.Contains($".{name}(", StringComparison.Ordinal);
        Assert.Equal(function, Calls("Max") ? "Max" : Calls("Relu") ? "Relu" : "none");
    }

    /// <summary>Sums of squares that are taken apart are no less squares.</summary>
    [Theory]
    [InlineData("Log(Sum(Square(U * M.T - R)))")]
    [InlineData("Pow(Sum(Square(U * M.T - R)), 1.5)")]
    [InlineData("Sum(Log(RowSums(Square(U * M.T - R)) + 0.001))")]
    public void Functions_of_sums_of_squares_over_all_pairs_split_by_sign(string body) =>
        Assert.Contains("sign-split, P - N, where nothing is negative of the factors, R\n", Generate(body), StringComparison.Ordinal);

    private static string Generate(string body) => new UserProject(DiagnosticAssert.InLosses(
        "[Loss] public static double L([Factor] Matrix<double> U, [Factor] Matrix<double> M, "
            + (body.Contains('[', StringComparison.Ordinal) ? "IndexVector i, IndexVector j" : "SparseMatrix<double> R, SparseMatrix<double> W")
            + $") => {body} + 0 * Sum(M);")).Generate().TextOfL;

    [Fact]
    public void A_number_that_only_a_loop_names_is_explained_above_it() => Assert.Contains(
        "// scale = -0.5 delta\n",
        new UserProject(DiagnosticAssert.InLosses("[Loss] public static double L([Factor] Matrix<double> U, double delta) => Sum(Exp(U - 0.5 * delta));")).Run().TextOfL,
        StringComparison.Ordinal);

    [Theory]
    [InlineData("Sum(Map(U, x => x <= delta ? x * x : delta * x))", @"L &= \sum \begin{cases} {U}^{2} & \text{if } U \le \delta \\ \delta \, U & \text{otherwise} \end{cases}")]
    [InlineData("Sum(Square(Map(U, x => x <= delta ? Exp(x) : 2 * x)))", @"L &= \sum {\left(\begin{cases}")]
    [InlineData("delta * Sum(Square(U))", @"L &= \delta \, \sum {U}^{2}")]
    public void LaTeX_has_cases_and_Greek_letters(string body, string says) => Assert.Contains(
        says,
        new UserProject(DiagnosticAssert.InLosses($"[Loss] public static double L([Factor] Matrix<double> U, double delta) => {body};")).Run().TextOfL,
        StringComparison.Ordinal);
}
