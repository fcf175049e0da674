using System.Reflection;
using AutoGradMf.Generators.Tests.Driver;
using Xunit;

namespace AutoGradMf.Generators.Tests;

/// <summary>
/// Every function that the library has for losses, in each of its overloads, of data and of what follows factors: a loss computes it and its
/// gradient, or one diagnostic at the call says what to write instead.
/// </summary>
public class EveryFunctionTests
{
    private static readonly string[] Tensors = ["Matrix", "SparseMatrix", "ColumnVector", "RowVector"];

    /// <summary>Functions of sparse matrices that are computed once from data.</summary>
    private static readonly HashSet<string> OfSparseData = ["RowMax", "RowMin", "RowLogSumExp", "RowMeans", "ColumnMeans", "ObservedMean"];

    /// <summary>Functions that are finite above 1, and not at 0.</summary>
    private static readonly HashSet<string> AboveOne = ["Acosh", "Log", "Log2", "Log10", "Reciprocal"];

    public static TheoryData<string> Functions() => [.. Overloads.Select(m => m.Name).Distinct().Order(StringComparer.Ordinal)];

    private static IEnumerable<MethodInfo> Overloads => typeof(LossMath).GetMethods(BindingFlags.Public | BindingFlags.Static);

    [Theory]
    [MemberData(nameof(Functions))]
    public void Function_is_computed_or_refused_with_the_way_out(string function)
    {
        bool IsRefused(string call) => OfSparseData.Contains(function) && call.Contains("Observed(R) %", StringComparison.Ordinal);
        var overloads = Overloads.Where(m => m.Name == function)
            .Select(m => Calls(m, changes: false).Concat(function == nameof(LossMath.StopGradient) ? [] : Calls(m, changes: true)).ToLookup(IsRefused))
            .ToList();
        var run = new UserProject(Source([.. overloads.Select(calls => string.Join(" + ", calls[false].DefaultIfEmpty("0")))])).GenerateOnce();

        // That a sign jumps is said where it is a term.
        Assert.DoesNotContain(run.AnalyzerDiagnostics, d => d.Severity > Microsoft.CodeAnalysis.DiagnosticSeverity.Info && !(function == nameof(LossMath.Sign) && d.Id == "AGMF0005"));
        Assert.Empty(run.CompilerDiagnostics);
        run.AssertRight();
        Assert.All(overloads.SelectMany(calls => calls[true]), call => Assert.Contains(
            "is computed once, and this changes with a factor or hyperparameter; ",
            DiagnosticAssert.Reported(DiagnosticAssert.InLosses(Loss(Marked(call), 0)), "AGMF0001").Single(),
            StringComparison.Ordinal));
    }

    /// <summary>A call, marked where it is not the sum around it.</summary>
    private static string Marked(string call) => call.StartsWith("Sum(", StringComparison.Ordinal) ? $"Sum([|{call[4..^1]}|])" : $"[|{call}|]";

    private static IEnumerable<string> Calls(MethodInfo method, bool changes)
    {
        var isOfAnyTensor = method.GetParameters().Any(p => p.ParameterType.IsGenericMethodParameter);
        var typeArgument = method.IsGenericMethod && method.GetParameters().All(p => !p.ParameterType.ContainsGenericParameters) ? "<double>" : "";
        return
            from tensor in isOfAnyTensor ? Tensors : [""]
            from operands in Operands(method, changes)
            from arguments in method.GetParameters().Aggregate(
                (IEnumerable<string[]>)[[]],
                (all, p) => all.SelectMany(before => Arguments(method.Name, p, IsOperand(p) ? operands[p.Position] : tensor, changes).Select(argument => (string[])[.. before, argument])))
            let call = $"{method.Name}{typeArgument}({string.Join(", ", arguments)})"
            select method.ReturnType == typeof(double) ? call
                : AboveOne.Contains(method.Name) && arguments[0].Contains('F') ? $"Sum(Observed(F) % {call})"
                : $"Sum({call})";
    }

    /// <summary>
    /// Kinds of the operands that may be of any: all of one kind, and each of another. Not each with each: the functions of three would take minutes.
    /// </summary>
    private static IEnumerable<string[]> Operands(MethodInfo method, bool changes)
    {
        string[] kinds = changes ? ["SparseMatrix", "RowVector"] : Tensors;
        var count = method.GetParameters().Length;
        int[] steps = method.GetParameters().Count(IsOperand) > 1 ? [0, 1] : [0];
        return !method.GetParameters().Any(IsOperand)
            ? [new string[count]]
            : steps.SelectMany(step => kinds.Select((_, first) => (string[])[.. Enumerable.Range(0, count).Select(place => kinds[(first + (step * place)) % kinds.Length])]));
    }

    private static bool IsOperand(ParameterInfo parameter) => parameter.ParameterType.Name.StartsWith("TensorOperand", StringComparison.Ordinal);

    private static IEnumerable<string> Arguments(string function, ParameterInfo parameter, string tensor, bool changes)
    {
        var type = parameter.ParameterType;
        var isAbove = AboveOne.Contains(function);
        IEnumerable<string> kinds = type.IsGenericMethodParameter || IsOperand(parameter) ? [tensor] : [type.Name.Split('`')[0]];
        return kinds.SelectMany<string, string>(kind => (kind, changes) switch
        {
            ("Double", true) => [$"({(isAbove ? 1.4 : 0.4)} + Sum(Square(c)) / 9)"],
            ("Double", false) => [isAbove ? "1.5" : $"0.{parameter.Position + 3}"],
            ("Int32", _) => ["3", "U.Rows"],
            ("IndexVector", _) => ["index"],
            ("Func", _) => [Lambda(type.GetGenericArguments().Length - 1)],
            ("Matrix", true) when function is nameof(LossMath.Inverse) or nameof(LossMath.LogDet) => ["(U.T * U + Identity(U.Columns))"],
            ("Matrix", true) => [isAbove ? "(1 + Exp(U * M.T))" : "Sigmoid(U * M.T)"],
            ("Matrix", false) => [isAbove ? "(1 + D)" : "D"],
            ("SparseMatrix", true) => [isAbove ? "(F % (1 + Exp(U * M.T)))" : "(Observed(R) % Sigmoid(U * M.T))"],
            ("SparseMatrix", false) => [isAbove ? "F" : "R"],
            ("ColumnVector", true) => [isAbove ? "(1 + Exp(c))" : "Sigmoid(c)"],
            ("ColumnVector", false) => [isAbove ? "(1 + y)" : "y"],
            ("RowVector", true) => [isAbove ? "(1 + Exp(e))" : "Sigmoid(e)"],
            ("RowVector", false) => [isAbove ? "(1 + z)" : "z"],
            _ => throw new InvalidOperationException($"No argument of type {type}."),
        });
    }

    private static string Lambda(int arity)
    {
        var names = "xyz"[..arity].Select(n => $"{n}").ToList();
        return $"({string.Join(", ", names)}) => 0.5 * {string.Join(" * ", names.Select(n => $"{n} * {n}"))}";
    }

    private static string Loss(string call, int number) => $"""
        [Loss] public static double L{number}(
            [Factor, Shape("m", "k")] Matrix<double> U, [Factor, Shape("m", "k")] Matrix<double> M, [Factor, Shape("m")] ColumnVector<double> c, [Factor, Shape("m")] RowVector<double> e,
            [Shape("m", "m")] Matrix<double> D, [Shape("m", "m")] SparseMatrix<double> R, [Shape("m", "m")] SparseMatrix<double> F,
            [Shape("m")] ColumnVector<double> y, [Shape("m")] RowVector<double> z, [Shape("m")] IndexVector index) =>
            {call} + Sum(Square(U)) + Sum(Square(M)) + Sum(Square(c)) + Sum(Square(e));
        """;

    private static string Source(IReadOnlyList<string> calls) => $$"""
        #pragma warning disable AGMF0017 // Some are meant over all pairs.
        using System;
        using AutoGradMf;
        using static AutoGradMf.LossMath;

        public static partial class Losses
        {
        {{string.Join("\n", calls.Select(Loss))}}
        }

        public static class Probe
        {
            private static readonly Matrix<double> D = new(new double[,] { { 0.7, 0.2, 0.1 }, { 0.25, 0.8, 0.3 }, { 0.15, 0.05, 0.9 } });
            private static readonly SparseMatrix<double> R = SparseMatrix<double>.FromCoordinates(3, 3, [(0, 0, 0.4), (0, 2, 0.6), (1, 1, 0.3), (2, 0, 0.8)]);
            private static readonly SparseMatrix<double> F = SparseMatrix<double>.FromCoordinates(
                3, 3, [(0, 0, 1.4), (0, 1, 1.1), (0, 2, 1.6), (1, 0, 1.7), (1, 1, 1.3), (1, 2, 2.0), (2, 0, 1.8), (2, 1, 1.2), (2, 2, 1.5)]);
            private static readonly ColumnVector<double> Y = new([0.3, 0.6, 0.2]);
            private static readonly RowVector<double> Z = new([0.55, 0.35, 0.75]);
            private static readonly IndexVector Index = new(2, 0, 2);

            public static AutoGradMf.Objectives.IObjective<double>[] Objectives() =>
            [
                {{string.Join("\n        ", calls.Select((_, number) => $"new Losses.L{number}Objective<double>(D, R, F, Y, Z, Index, 2),"))}}
            ];
        }
        """;
}
