using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Model;

namespace AutoGradMf.Generators.Symbolics.Translation.Language;

/// <summary>The table of the language. What is not in it is an elementwise function, known by the rules it declares.</summary>
internal static class LossLanguage
{
    private static readonly Dictionary<string, LanguageFunction> Table = new(StringComparer.Ordinal)
    {
        [Operators.Add] = new ElementwiseSum(1),
        [Operators.Subtract] = new ElementwiseSum(-1),
        [Operators.Hadamard] = new Broadcast(Build.Multiply),
        [Operators.Divide] = new Quotient(),
        [Operators.Negate] = new Broadcast(o => Build.Negate(o[0])),
        [Operators.Multiply] = new MatrixProduct(),
        [Operators.Transpose] = new Transpose(),
        [Operators.Prediction] = new PredictionMarker(),
        ["Square"] = new Broadcast(o => Build.Power(o[0], 2)),
        ["Reciprocal"] = new Broadcast(o => Build.Power(o[0], -1)),
        ["Sum"] = new Sum(),
        ["Mean"] = new Mean(),
        ["Dot"] = new Dot(),
        ["RowSums"] = new RowSums(),
        ["ColumnSums"] = new ColumnSums(),
        ["RowDots"] = new RowDots(),
        ["Norm"] = new Norms(ofRows: false),
        ["RowNorms"] = new Norms(ofRows: true),
        ["Norm1"] = new Norm1(),
        ["Trace"] = new Trace(),
        ["Diag"] = new Diag(),
        ["Identity"] = new Identity(),
        ["Ones"] = new Ones(),
        ["Numbers"] = new Numbers(),
        [Operators.OneHot] = new OneHot(),
        ["RowMax"] = new RowExtreme(ExtremeKind.Max),
        ["RowMin"] = new RowExtreme(ExtremeKind.Min),
        ["RowLogSumExp"] = new RowLogSumExp(),
        ["Inverse"] = new MatrixInverse(),
        ["LogDet"] = new LogDet(),
        ["Pow"] = new PowerFunction(),
        ["Map"] = new Map(),
        ["StopGradient"] = new StopGradient(),
        ["IfLess"] = new Selection(ElementwiseFunction.IfLess),
        ["IfLessOrEqual"] = new Selection(ElementwiseFunction.IfLessOrEqual),
        [Operators.Gather] = new Gather(),
        ["Observed"] = new Observed(),
        ["FillMissing"] = new FillMissing(),
        ["ColumnMeans"] = new DataFunction(s => new(null, s.Columns), a => DataFunction.Mean(a, overRows: true)),
        ["RowMeans"] = new DataFunction(s => new(s.Rows, null), a => DataFunction.Mean(a, overRows: false)),
        ["ObservedMean"] = new DataFunction(_ => Shape.Scalar),
    };

    /// <summary>The names of the language's functions, for the parser: those that are not elementwise functions with rules.</summary>
    public static IEnumerable<string> FunctionNames => Table.Keys.Where(k => char.IsLetter(k[0]));

    /// <summary>The elementwise functions that a function of the language is made of, or may be rewritten to.</summary>
    public static IEnumerable<string> Ingredients(string function) => function switch
    {
        "RowLogSumExp" => ["Exp", "Log"],
        "Norm1" => ["Abs"],
        "Pow" => ["Pow", .. Roots.Ingredients, .. HighPowers.Ingredients],
        "Log" or "Log2" or "Log10" or "Log1p" => ["Log", "Log1p", "LogSigmoid", "Log1pSquare", "WeightedSoftplus", "Asinh", .. Roots.Ingredients, .. HighPowers.Ingredients],
        "Acosh" => ["Asinh", "Abs"],
        "Log1pSquare" => ["WeightedSmoothAbs"],
        Operators.Divide => [.. Roots.Ingredients, .. HighPowers.Ingredients],
        "Sqrt" or "Cbrt" => Roots.Ingredients,
        "Exp" or "Expm1" or "Cosh" or "Sinh" or "Tanh" or "Sigmoid" or "Softplus" => ExponentialFunctions.Ingredients,
        _ => [],
    };

    public static LanguageFunction Find(CallNode call, LossModel model) =>
        Table.TryGetValue(call.Function, out var function) ? function : Elementwise.Instance;
}
