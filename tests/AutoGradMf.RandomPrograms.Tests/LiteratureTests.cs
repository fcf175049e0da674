using Xunit;

namespace AutoGradMf.RandomPrograms.Tests;

/// <summary>
/// The families of losses that factorizations are trained with in the literature, each against its own eager evaluation: value, gradient
/// and Hessian-vector product.
/// </summary>
public class LiteratureTests
{
    /// <summary>Each with sparse data, none of which needs more than its entries.</summary>
    private static readonly string[] Cheap =
    [
        // Graph-regularised and collective factorizations.
        "Sum(Observed(R) % Square(U * V.T - R)) + reg * Trace(U.T * A * U) + reg * Trace(V.T * (Diag(RowSums(N)) - N) * V)",
        "0.5 * Sum(A % Square(RowNorms(U) - RowNorms(U).T)) + Sum(Square(U * V.T - R))",
        "Sum(Square(R - U * V.T)) + alpha * Sum(Square(F - U * W.T)) + reg * Sum(Square(U))",
        "Sum(Observed(R) % Square(R - U * V.T)) + alpha * Sum(Observed(F) % Softplus(U * W.T)) - Sum(F % (U * W.T))",

        // Implicit neighbours, side features, autoencoders and item-to-item models.
        "Sum(Observed(R) % Square(mu + b + d.T + (U + R * G) * V.T - R)) + reg * Sum(Square(U))",
        "Sum(Observed(R) % Square(b + d.T + (U + Diag(1.0 / (1.0 + RowSums(Observed(R)))) * R * V) * V.T - R))",
        "Sum(Square((U + F * W) * V.T - R))",
        "Sum(Square(Tanh(F * W) * V.T - R))",
        "Sum(Square(Sigmoid(R * V + c.T) * V.T - R))",
        "Sum(Square(R - R * V * G.T)) + reg * Sum(Square(V))",
        "Sum(Square(0.5 * RowSums(Square(F * W) - Square(F) * Square(W)) + mu - w))",

        // Co-clustering, symmetric and non-negative factorizations, embeddings on the simplex and on the sphere.
        "Sum(Square(R - Sigmoid(U) * C * Sigmoid(V).T))",
        "Sum(Square(R - Softplus(U) * Diag(Exp(c)) * Softplus(V).T))",
        "Sum(Square(A - U * U.T))",
        "Sum(Square(A - U * Diag(c) * U.T))",
        "Sum(Square((Exp(U) / RowSums(Exp(U))) * V.T - R))",
        "Sum(Square((U / RowNorms(U)) * (V / RowNorms(V)).T - R))",
        "Sum(Square(R - U * C * Diag(c) * C.T * V.T))",
        "Sum(Observed(R) % Softplus(U * Diag(c) * C * V.T - R))",
        "Sum(Square(R - U * Inverse(U.T * U + reg * reg * Identity(U.Columns) + Identity(U.Columns)) * (U.T * R)))",

        // Weights of rank one, noise by row, time decay, counts, orders and distances.
        "Sum((1.0 + w * v) % Square(U * V.T - Observed(R)))",
        "Sum(Exp(b) % RowSums(Square(U * V.T - R))) - Sum(b)",
        "Sum(Observed(R) % (Exp(b) % Square(U * V.T - R) - b))",
        "Sum(Observed(R) % Exp(mu * Z) % Square(U * V.T - R))",
        "Sum(Exp(U) * Exp(V).T) - Sum(R % Log(Exp(U) * Exp(V).T))",
        "Sum(Observed(R) % ((Abs(R) + Exp(mu)) % Log(Exp(mu) + Exp(U * V.T)) - R % (U * V.T)))",
        "-Sum(Observed(R) % Log(Sigmoid(1.0 - U * V.T) - Sigmoid(-1.0 - U * V.T)))",
        "Sum(Square(RowSums(Square(U)) + RowSums(Square(V)).T - 2.0 * U * V.T - R))",
        "Sum(Observed(A) % Exp(-(RowSums(Square(U)) + RowSums(Square(P)).T - 2.0 * U * P.T)))",

        // Third moments: cubes, weights of low rank, the β-divergence of β = 3, skewness and coverage.
        "Sum(Pow(U * V.T, 3)) / 3.0 - Sum(R % Square(U * V.T)) / 2.0",
        "Sum(Pow(U * V.T - FillMissing(R, ColumnMeans(R)), 3))",
        "Sum((P * G.T) % Square(U * V.T + b + d.T - R))",
        "Sum((alpha + P * G.T) % Square(U * C * V.T - R)) + reg * Sum(Square(P * C))",
        "Mean((P * G.T) % (U * V.T) % ((U + F * W) * (V * C).T))",
        "Sum((w * v) % Pow(U * Diag(c) * V.T, 3))",
        "Sum(Pow(U * U.T - A, 3)) + Sum((U * U.T) % Square(P * P.T))",
        "Sum(Sqrt(1.0 + Square(ColumnSums((P * G.T) % Square(U * V.T)))))",
        "Log(1.0 + Square(Sum(Pow(U * V.T - R, 3)))) * Sum(Square(V))",
        "Sum(Observed(R) % Square(U * V.T - R)) + Mean(Square(U * V.T)) - Square(Mean(U * V.T))",
        "Sum(Observed(R) % Square(U * V.T - R)) + Sum(Square(RowSums(U * V.T) - 1.0)) + Sum(Square(ColumnSums(U * V.T)))",
        "Sum(Square(R - U * C * V.T)) + alpha * Sum(Square(Observed(R) - U * Diag(c) * V.T))",

        // Alignments and norms of residuals.
        "Norm(R - U * V.T) / Norm(U * V.T)",
        "Sum(R % (U * V.T)) / Sqrt(Sum(Square(U * V.T)) * Sum(Square(R)))",
        "Sum(Sqrt(RowSums(Square(U * V.T - R))))",
        "Sum(Square(U.T * (U * V.T - R) * V))",
        "Sum(A % (U * U.T)) / Norm(U * U.T)",
        "Sum(Square(R.T * U - V * C))",
        "Trace(U.T * R * V * C) / (Norm(U) * Norm(V))",
        "LogDet(V.T * R.T * (R * V) + Identity(V.Columns))",
    ];

    [Fact]
    public void Losses_of_sparse_data_are_right_and_need_no_dense_pairs()
    {
        var losses = FoundProgramTests.Check(Cheap);
        FoundProgramTests.RequireSmooth(losses);
        FoundProgramTests.RequireNoPairs(losses);
    }

    [Fact]
    public void Losses_of_dense_data_pairs_and_samples_are_right() => FoundProgramTests.RequireSmooth(FoundProgramTests.Check(
    [
        // Archetypes, principal components and autoencoders.
        "Sum(Square(X - U * V.T * X.T * X))",
        "Sum(Square(X - (Exp(U) / RowSums(Exp(U))) * (P.T * X)))",
        "Sum(Square(X.T * X - V * V.T))",
        "Sum(Softplus(Tanh(X * V) * V.T) - X % (Tanh(X * V) * V.T))",
        "Trace(V.T * X.T * X * V * Inverse(V.T * V + Identity(V.Columns)))",
        "Sum(Square(U.T * X * V - Diag(c)))",

        // Factorization machines, content models, noise by row.
        "Sum(Softplus(-w % (mu + X * d + 0.5 * RowSums(Square(X * V) - Square(X) * Square(V)))))",
        "Sum(Observed(R) % Square((U + Tanh(F * W)) * (V + H.T * W).T - R))",
        "Sum(Exp(b) % Square(U * V.T - X)) - Sum(b)",

        // Rankings, softmax and contrastive losses.
        "-Sum(LogSigmoid(RowSums(U[i] % (V[j] - P[l]))))",
        "Sum(RowLogSumExp(U * Diag(c) * V.T)) - Sum(R % (U * Diag(c) * V.T))",
        "Sum(RowLogSumExp(U[i] * V[j].T)) - Sum(RowDots(U[i], V[j]))",
        "Sum(RowLogSumExp((U / RowNorms(U)) * (V / RowNorms(V)).T))",
        "Sum(Softplus(U * Diag(c) * V.T)) - Sum(R % (U * Diag(c) * V.T))",

        // Determinantal and Gaussian processes, covariances and penalties of features.
        "LogDet(V.T * V + U.T * U + Identity(U.Columns)) - LogDet(U.T * U + Identity(U.Columns))",
        "LogDet(Identity(U.Rows) + U * C * C.T * U.T)",
        "LogDet(U * U.T + Diag(Exp(b)))",
        "LogDet(U[i].T * U[i] + Identity(U.Columns))",
        "Trace((U - 0.1).T * (U - 0.1) * Inverse(C * C.T + Identity(U.Columns))) + U.Rows * LogDet(C * C.T + Identity(U.Columns))",
        "Sum(Square(U.T * U - Diag(Diag(U.T * U))))",
        "Sum(Sqrt(ColumnSums(Square(U)) % ColumnSums(Square(V))))",
        "LogDet((U - ColumnMeans(U)).T * (U - ColumnMeans(U)) + Identity(U.Columns))",
        "Dot(b, (U * V.T - X) * d)",
        "Sum(Square(U * U.T * P - P))",
    ]));
}
