using System.Text.RegularExpressions;
using AutoGradMf.RandomPrograms.Tests.Checking;
using AutoGradMf.RandomPrograms.Tests.Compiling;
using AutoGradMf.RandomPrograms.Tests.Programs;
using Xunit;

namespace AutoGradMf.RandomPrograms.Tests;

/// <summary>Losses that random programs were shrunk to, each of which was once refused, did not compile or was wrong.</summary>
public class FoundProgramTests
{
    [Fact]
    public void Losses_that_once_failed_are_right()
    {
        string[] losses =
        [
            "((Sum(U)))",
            "Sum(Map(R, x => x < 0.3 ? 0.25 : Math.Tanh(x)) + mu)",
            "LogDet(C.T * C + Identity(C.Columns))",
            "Sum(b) + Mean(A / (1.0 + Square(Identity(b.Length))))",
            "Sum(Observed(A.T) % Square(Identity(b.Length) - b))",
            "Trace(Square(A.T) + (Identity(U.Rows) + b))",
            "Trace(Map(A, x => Math.Sin(x)) + (Identity(U.Rows) % b))",
            "Dot(b, Diag(Observed(A).T + b))",
            "LogDet(U.T * U + Identity(U.Columns)) * LogDet(Identity(U.Columns) + Identity(U.Columns))",
            "ColumnMeans(Identity(U.Rows)) * b + ColumnMeans(X * (1.0 * U.Columns)) * d",
            "mu * Trace(FillMissing(A, mu))",
            "Trace(b.T - (b + w.T))",
            "Sum(Identity(V.Rows) % (e.T + e))",
            "Dot(Ones(U.Columns), RowMeans(V.T - V.T))",
            "Norm1(Observed(A) % (mu / (Observed(A) + Square(A))))",
            "Sum(RowMax(b * Ones(U.Columns).T)) + Sum(RowMin(Square(b) * Ones(U.Columns).T))",
            "Sum(Map(b, Ramp)) + Sum(U) * Sum(ColumnMeans(Map(R, Z, (x, y) => x * x / (1 + y * y))))",
            "Sum(U * V.T + RowMeans(Map(R, x => x * (Settings.Slope / 6))))",
            "Dot(A.T, A / (Observed(A) + Square(A))) + Sum(U)",
            "Dot(Diag(Observed(A) % Pow(Observed(A) + Square(A), -0.5)), b)",
            "Sum(Observed(R) % Square(U * V.T - Z / (Observed(Z) + Square(Z))))",
            "Sum(A.T % (A / (Observed(A) + Square(A))) % Square(U * P.T))",
            "Sum(Diag(Observed(A) % Log(Square(A))) % Square(b))",
            "Sum(A / A) + Sum(U)",
            "Sum(A.T % (A / A) % Log(Square(A)) ) + Sum(U)",
            "Dot(Diag(Observed(A) / (Observed(A) + Square(A) % Square(U * P.T))), b)",
            "Dot(A.T, A / (Observed(A) + Square(A) % Square(U * P.T)))",
            "Sum(Square(A.T % (U * P.T) + A % Pow(Observed(A) + Square(A), -0.5)))",
            "Sum((Observed(A) + Square(A)) / (Observed(A) + Square(A))) + Sum(U)",
            "Sum(Observed(A) % (w / (Observed(A) + Square(A))) % A.T % (U * P.T))",
        ];
        var programs = losses.Select((text, number) => new LossProgram(number, Read(text))).ToArray();
        var compiled = ProgramProject.Compile(programs);
        var failures = programs.Select(p => (p.Source, ProgramCheck.Of(p, compiled).Failure)).Where(f => f.Failure is not null);
        Assert.Empty(failures);
    }

    /// <summary>A loss of moderate numbers, whose magnitude is its value.</summary>
    private static Term Read(string text)
    {
        var parameters = Vocabulary.Parameters.Where(p => Regex.IsMatch(text, $@"\b{p.Name}\b")).ToArray();
        var template = parameters.Select((p, place) => (p.Name, place))
            .Aggregate(text, (written, p) => Regex.Replace(written, $@"\b{p.Name}\b", $"{{{p.place}}}"));
        return new(TermType.Scalar, template, $"(10.0 + Abs({template}))", [.. parameters.Select(Term.Of)]);
    }
}
