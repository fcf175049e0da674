using AutoGradMf.Generators.Tests.Driver;
using Xunit;

namespace AutoGradMf.Generators.Tests;

/// <summary>Several values at once, which a helper gets as a record, a struct, an array or a collection: taken apart before anything is computed with them.</summary>
public class PackTests
{
    [Theory]
    [InlineData("Ridge(new Part(U, reg))", "record Part(Matrix<double> X, double By); static double Ridge(Part p) => p.By * Sum(Square(p.X));")]
    [InlineData(
        "new Part(By: reg, X: U).Twice.Value + new Part(M, 2).Doubled().Value",
        "sealed record Part(Matrix<double> X, double By) { public Part Twice => this with { By = 2 * By }; public Part Doubled() { return new(By: By, X: X + X); } public double Value => By * Sum(Square(X)); }")]
    [InlineData(
        "Of(new Part(U, reg)) + Of(new Part(M) { Half = 1 })",
        "record struct Part(Matrix<double> X, double By = 3) { public double Half { get; init; } = By / 2; } static double Of(in Part p) { var (x, by) = p; return by * Sum(Square(x)) + p.Half * Sum(x); }")]
    [InlineData(
        "new Part(U, reg).Of(M) + new Part(M, 2).Of(U)",
        "class Part(Matrix<double> x, double by) { private readonly double _half = by / 2; public double Of(Matrix<double> y) => by * Sum(Square(x)) + _half * Sum(y); }")]
    [InlineData(
        "new Part<double>(U, reg).Value + new Part<double>(M, 1).Value",
        "readonly struct Part<T> where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T> { private readonly Matrix<T> _x; public Part(Matrix<T> x, double by) { _x = x; this.By = 2 * by; } private double By { get; } public double Value => By * Sum(Square(_x)); }")]
    [InlineData(
        "new Part(U, reg).Value",
        "class Part { public Part(Matrix<double> x, double by) => (X, By) = (x, by); public Matrix<double> X { get; } public double By { get; set; } public double Shift { get; set; } public double Value => By * Sum(Square(X)) + Shift + Sum(X); }")]
    [InlineData(
        "Of(new() { X = U }) + Of(new() { X = M, Weight = 2 })",
        "class Part { public required Matrix<double> X { get; init; } public double Weight = 0.25; public Unused By { get; } = new(); } class Unused { } static double Of(Part p) => p.Weight * Sum(Square(p.X));")]
    [InlineData("Set().Of(U) + (Set() with { By = reg }).Of(M)", "record Part { public double By { get; init; } = 0.5; public double Of(Matrix<double> x) => By * Sum(Square(x)); } static Part Set() => new();")]
    [InlineData("Shared.By * Sum(U) + Shared.Next!.By * Sum(M)", "record Part(double By, Part? Next); static readonly Part Shared = new(2, new(3, null));")]
    [InlineData("Shared.By * Sum(U)", "record Part(double By, Other? Other); record Other(Part Part); static readonly Part Shared = new(2, null);")]
    [InlineData("Shared.By * Sum(U)", "record Part<T>(T By, Part<Part<T>>? Deeper); static readonly Part<double> Shared = new(2, null);")]
    [InlineData("Fixed.Of(U) + Shared[1] * Sum(M)", "record Part(double By) { public double Of(Matrix<double> x) => By * Sum(Square(x)); } static readonly Part Fixed = new(0.75); static readonly ImmutableArray<double> Shared = [1, 2];")]
    [InlineData(
        "(new Outer(new Inner(U, reg), 2) is var ((x, by), more) ? by * more * Sum(Square(x)) : 0)",
        "record Inner(Matrix<double> X, double By); record Outer(Inner Inner, double More);")]
    [InlineData(
        "Of(new Part(U, reg)) + Of(new Part(M, 2))",
        "record Part(Matrix<double> X, double By); static double Of(Part p) => p switch { { By: > 1, X: var x } => p.By * Sum(x), (var x, > 0.2) => Sum(Square(x)), _ => 3 * Sum(p.X) };")]
    [InlineData("(reg > 0.2 ? new Part(U, 1) : new Part(2 * U, 3)).Value + Sum(M)", "record Part(Matrix<double> X, double By) { public double Value => By * Sum(Square(X)); }")]
    [InlineData("Sum(new Weight(reg) * U) + new Weight(2) * Sum(M)", "record struct Weight(double By) { public static Matrix<double> operator *(Weight w, Matrix<double> x) => w.By * x; public static implicit operator double(Weight w) => w.By; }")]
    [InlineData("Of(reg) + Of(2, new Part(U)) + Of(1, new(M))", "record Part(Matrix<double> X); static double Of(double by, Part? p = null) { if (p is null) return by; return p == null ? 1 : by * Sum(Square(p.X)); }")]
    [InlineData("Of(Sum(U), reg, Sum(M)) + Of() + Of(new[] { reg, Sum(U) })", "static double Of(params double[] all) => all.Length == 0 ? 1 : all[0] * all[1] + all[^1] + all.Length;")]
    [InlineData(
        "Of(2, U, M) + Of(reg, [U]) + Of(3, [.. Both(U, M), U])",
        "static double Of(double by, params ReadOnlySpan<Matrix<double>> all) => by * Sum(Square(all[0])) + all.Length * Sum(all[^1]); static Matrix<double>[] Both(Matrix<double> x, Matrix<double> y) => [x, y];")]
    [InlineData(
        "Of([U, M, 2 * U])",
        "static double Of(IReadOnlyList<Matrix<double>> all) => all.Sum(x => Sum(Square(x))) + all.Select(x => x.Rows * Sum(x)).Sum() + all.Count * all[0].Columns + Sum(all.Aggregate(Joined)) + all.Aggregate(0.5, (sum, x) => sum + Norm(x)); "
        + "static Matrix<double> Joined(Matrix<double> x, Matrix<double> y) => x.Columns * x.T.T * 2;")]
    [InlineData(
        "Of([reg, 1]) + Shared.Sum() + Steps[1] + Both.All[0]",
        "static double Of(List<double> all) { IEnumerable<double> x = [.. all, 3]; IReadOnlyCollection<double> y = [.. x, reg2]; return x.Sum() + y.Count; } const double reg2 = 2; "
        + "static readonly IReadOnlyList<double> Shared = [1, 2]; static readonly ImmutableList<double> Steps = [3, 4]; static readonly (ImmutableArray<double> All, double By) Both = ([5], 6);")]
    [InlineData(
        "Of([U, M, 2 * U])",
        "static double Of(Matrix<double>[] all) => all.Select((x, i) => (i + 1) * Sum(Square(x))).Sum() + all.Zip([0.5, reg2], (x, w) => w * Sum(x)).Average() + new[] { 1.0, 2, 6 }.Average() * Sum(all[0]) + all.Average(x => Sum(Square(x))); const double reg2 = 2;")]
    [InlineData("Of(new[] { 1, reg })", "record struct Last(double X) { public static implicit operator Last(double[] all) => new(all[^1]); } static double Of(Last last) => last.X;")]
    [InlineData("Total(x => Sum(Square(x)), U) + Total(Sum, M)", "static double Total(Func<Matrix<double>, double> term, Matrix<double> x) => term(x) + term(2 * x);")]
    [InlineData("Weighted(reg)(U) + Weighted(2)(M)", "static Func<Matrix<double>, double> Weighted(double by) => x => by * Sum(Square(x));")]
    public void Held_values(string body, string members) => Project(body, members).Run().AssertRight();

    [Theory]
    [InlineData("Size(U * M.T) + Size(M.T) + Size(U)", "static double Size(Matrix<double> x) => x.Rows * Sum(Square(x)) + x.Columns + RowSums(x).Length + ColumnSums(x).Length;")]
    [InlineData("LogDet(Gram(U) + Identity<double>(Gram(U).Rows)) + Mean(M)", "static Matrix<double> Gram(Matrix<double> x) => x.T * x; static double Mean(Matrix<double> x) => Sum(x) / (x.Rows * x.Columns);")]
    [InlineData("Sum(Map(U * M.T, x => x * x / (U * M.T).Columns)) + Sum(Ones<double>((M * U.T).Rows).T * M)", "")]
    public void Sizes_of_what_is_computed(string body, string members) => Project(body, members).Run().AssertRight();

    private static UserProject Project(string body, string members) => new($$"""
        using System;
        using System.Collections.Generic;
        using System.Collections.Immutable;
        using System.Linq;
        using AutoGradMf;
        using static AutoGradMf.LossMath;

        public static partial class Losses
        {
            [Loss]
            public static double L([Factor] Matrix<double> U, [Factor] Matrix<double> M, SparseMatrix<double> R, double reg) =>
                {{body}} + 0 * reg * Sum(R) + 0.5 * Sum(Square(U * M.T - R));

            {{members}}
        }

        public static class Probe
        {
            public static AutoGradMf.Objectives.IObjective<double>[] Objectives() => [new Losses.LObjective<double>(
                SparseMatrix<double>.FromCoordinates(3, 4, [(0, 0, 1.0), (0, 3, 2.0), (1, 1, 3.0), (2, 3, 5.0)]), 0.25, 2)];
        }
        """);
}
