using System.Numerics;
using System.Reflection;
using AutoGradMf.Objectives;
using AutoGradMf.TestLosses;
using Xunit;

namespace AutoGradMf.Corpus.Tests;

/// <summary>The objectives generated from the losses of the corpus, bound to their data by the names of the losses' parameters.</summary>
internal static class GeneratedLoss
{
    private static readonly Dictionary<string, MethodInfo> Losses = typeof(GeneratedLoss).Assembly.GetTypes()
        .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.DeclaredOnly))
        .Where(method => method.IsDefined(typeof(CorpusEntryAttribute)))
        .ToDictionary(method => method.GetCustomAttribute<CorpusEntryAttribute>()!.Name);

    /// <summary>The entries of the corpus that are declared.</summary>
    public static IEnumerable<string> Names => Losses.Keys;

    /// <summary>The declared losses with their classes, such as "SquaredError.Masked".</summary>
    public static IEnumerable<string> FullNames => Losses.Values.Select(loss => $"{loss.DeclaringType!.Name}.{loss.Name}");

    /// <summary>The declared losses at some of their points, for a theory.</summary>
    public static TheoryData<string, string> At(Func<CorpusCase, bool> predicate) =>
        Corpus.Select(at => Losses.ContainsKey(at.Loss) && predicate(at));

    /// <summary>The objective with the data of a point.</summary>
    public static IObjective<TElement> Objective<TElement>(CorpusCase at)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var loss = Losses[at.Loss];
        var type = loss.DeclaringType!.GetNestedType(loss.Name + "Objective`1")!.MakeGenericType(typeof(TElement));
        var constructor = type.GetConstructors().Single();
        return (IObjective<TElement>)constructor.Invoke([.. constructor.GetParameters().Select(p => Argument<TElement>(p, loss, at))]);
    }

    /// <summary>The point's factors as parameters of an objective.</summary>
    public static Parameters<TElement> Start<TElement>(IObjective<TElement> objective, CorpusCase at)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var start = new Parameters<TElement>(objective.Layout);
        foreach (var factor in objective.Layout.Factors)
        {
            at[factor.Name].Numbers.Select(TElement.CreateChecked).ToArray().CopyTo(start[factor.Name].Span);
        }

        return start;
    }

    /// <summary>Value and gradient by generated code. The gradient's room is full of NaN before, since it is to be overwritten.</summary>
    public static ValueAndGradient Evaluate<TElement>(CorpusCase at)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var objective = Objective<TElement>(at);
        var gradient = new Parameters<TElement>(objective.Layout);
        gradient.Values.Fill(TElement.NaN);
        var value = objective.ValueAndGradient(Start(objective, at), gradient, objective.CreateWorkspace());
        return new(value, objective.Layout.Factors.ToDictionary(
            factor => factor.Name,
            factor => gradient[factor.Name].Span.ToArray().Select(double.CreateChecked).ToArray()));
    }

    private static object Argument<TElement>(ParameterInfo parameter, MethodInfo loss, CorpusCase at)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var (name, type) = (parameter.Name!, parameter.ParameterType);
        return type == typeof(double) ? at.Number(name)
            : type == typeof(Matrix<TElement>) ? at.Matrix(name).Cast<TElement>()
            : type == typeof(SparseMatrix<TElement>) ? at.Sparse(name).Cast<TElement>()
            : type == typeof(ColumnVector<TElement>) ? at.Column(name).Cast<TElement>()
            : type == typeof(IndexVector) ? new IndexVector(at[name].Indices)
            : name.StartsWith("rowsOf", StringComparison.Ordinal) ? at[name["rowsOf".Length..]].Rows
            : name == "rank" ? at[loss.GetParameters().First(p => p.ParameterType == typeof(Matrix<double>) && p.IsDefined(typeof(FactorAttribute))).Name!].Columns
            : throw new ArgumentException($"No point of the corpus gives {type.Name} {name} of {loss.Name}.", nameof(parameter));
    }
}
