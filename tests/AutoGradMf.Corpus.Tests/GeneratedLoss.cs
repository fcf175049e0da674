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
        .Where(method => method.IsDefined(typeof(LossAttribute)))
        .ToDictionary(method => $"{method.DeclaringType!.Name}.{method.Name}");

    /// <summary>Classes of losses that others write otherwise, or give a ridge or bounds.</summary>
    private static readonly string[] Variations = [nameof(Rewritten), nameof(Penalized), nameof(Bounded)];

    /// <summary>All declared losses with their classes, such as "AllPairs.TriFactor", but for the <see cref="Endless"/>.</summary>
    public static IEnumerable<string> All => Losses.Keys.Except(Endless);

    /// <summary>Losses that no optimizer can minimize.</summary>
    public static IEnumerable<string> Endless => Losses.Keys.Where(loss => loss.StartsWith(nameof(Unbounded) + ".", StringComparison.Ordinal));

    /// <summary>Whether a loss computes what another does, but for a ridge or bounds.</summary>
    public static bool IsVariation(string loss) => Variations.Contains(loss.Split('.')[0]);

    /// <summary>Whether a loss is in the tables of all; those that one test alone has are internal.</summary>
    public static bool IsPublic(string loss) => Losses.ContainsKey(loss);

    /// <summary>Those that are entries of the corpus, such as "SquaredError.Masked".</summary>
    public static IEnumerable<string> Names => Losses.Keys.Where(loss => Losses[loss].IsDefined(typeof(CorpusEntryAttribute)));

    /// <summary>Those with sparse data.</summary>
    public static IEnumerable<string> BesideSparse =>
        Losses.Keys.Where(loss => Losses[loss].GetParameters().Any(p => p.ParameterType == typeof(SparseMatrix<double>)));

    /// <summary>The entry of the corpus that a declared loss computes.</summary>
    public static string Entry(string loss) => Losses[loss].GetCustomAttribute<CorpusEntryAttribute>()!.Name;

    /// <summary>The declared losses that compute an entry.</summary>
    public static IEnumerable<string> Of(string entry) => Names.Where(loss => Entry(loss) == entry);

    /// <summary>The declared losses at some of their points, for a theory.</summary>
    public static TheoryData<string, string> At(Func<CorpusCase, bool> predicate) => At((_, at) => predicate(at));

    /// <summary>The same where it depends on the loss, too.</summary>
    public static TheoryData<string, string> At(Func<string, CorpusCase, bool> predicate)
    {
        var data = new TheoryData<string, string>();
        foreach (var loss in Names)
        {
            foreach (var at in Corpus.Of(Entry(loss)).Where(at => predicate(loss, at)))
            {
                data.Add(loss, at.Point);
            }
        }

        return data;
    }

    /// <summary>What a declared loss is given at a point, and what autograd found.</summary>
    public static CorpusCase Case(string loss, string point) => Corpus.Case(Entry(loss), point);

    /// <summary>The objective with the data of a point.</summary>
    public static IObjective<TElement> Objective<TElement>(string loss, CorpusCase at)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> =>
        Objective<TElement>(loss, parameter => Argument<TElement>(parameter, Losses[loss], at));

    /// <summary>The objective with what is given for each parameter of its constructor.</summary>
    public static IObjective<TElement> Objective<TElement>(string loss, Func<ParameterInfo, object> argument)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var constructor = ObjectiveType<TElement>(loss).GetConstructors().Single();
        return (IObjective<TElement>)constructor.Invoke([.. constructor.GetParameters().Select(argument)]);
    }

    /// <summary>The derivation that the objective carries.</summary>
    public static string Latex(string loss) => (string)ObjectiveType<double>(loss).GetField("Latex")!.GetValue(null)!;

    /// <summary>The names of a loss's factors.</summary>
    public static IEnumerable<string> Factors(string loss) =>
        Losses[loss].GetParameters().Where(p => p.IsDefined(typeof(FactorAttribute))).Select(p => p.Name!);

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
    public static ValueAndGradient Evaluate<TElement>(string loss, CorpusCase at)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var objective = Objective<TElement>(loss, at);
        var gradient = new Parameters<TElement>(objective.Layout);
        gradient.Values.Fill(TElement.NaN);
        var value = objective.ValueAndGradient(Start(objective, at), gradient, objective.CreateWorkspace());
        return new(value, objective.Layout.Factors.ToDictionary(
            factor => factor.Name,
            factor => gradient[factor.Name].Span.ToArray().Select(double.CreateChecked).ToArray()));
    }

    private static Type ObjectiveType<TElement>(string loss) =>
        Losses[loss].DeclaringType!.GetNestedType(Losses[loss].Name + "Objective`1")!.MakeGenericType(typeof(TElement));

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
            : name == "rank" ? at[loss.GetParameters().First(IsMatrixFactor).Name!].Columns
            : throw new ArgumentException($"No point of the corpus gives {type.Name} {name} of {loss.Name}.", nameof(parameter));
    }

    private static bool IsMatrixFactor(ParameterInfo parameter) =>
        parameter.ParameterType == typeof(Matrix<double>) && parameter.IsDefined(typeof(FactorAttribute));
}
