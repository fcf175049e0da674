using System.Globalization;

namespace AutoGradMf.Generators.Symbolics.Model;

/// <summary>Writes an expression of the loss language as the user would.</summary>
internal static class LossText
{
    /// <summary>What the number of parameters follows in the key of a function.</summary>
    public const char Overload = '`';

    /// <summary>A message ends somewhere.</summary>
    private const int MostNodes = 100;

    private static readonly Dictionary<string, (string Symbol, int Precedence)> Binary = new(StringComparer.Ordinal)
    {
        [Operators.Add] = ("+", 1),
        [Operators.Subtract] = ("-", 1),
        [Operators.Multiply] = ("*", 2),
        [Operators.Hadamard] = ("%", 2),
        [Operators.Divide] = ("/", 2),
    };

    /// <summary>The expression as C#.</summary>
    /// <param name="syntax">What to write.</param>
    /// <param name="parameter">How a parameter is written; by its name if null.</param>
    /// <param name="function">What stands before a function's name, in code that is compiled.</param>
    /// <param name="element">What stands behind the name of a function that has no argument of the element type.</param>
    /// <param name="dimension">How a size is written; by its dimension's name if null.</param>
    /// <param name="number">How a number is written; in digits if null.</param>
    /// <param name="placeholder">How a parameter of a lambda is written; by its place if null, which no other name is like.</param>
    /// <param name="most">After how many sub-expressions it ends.</param>
    public static string Of(
        LossNode syntax,
        Func<string, string>? parameter = null,
        string function = "",
        string element = "",
        Func<string, string>? dimension = null,
        Func<double, string>? number = null,
        Func<PlaceholderNode, string?>? placeholder = null,
        int most = int.MaxValue)
    {
        var nodes = 0;
        var lambdas = new List<int>();
        return Write(syntax, 0);

        string Write(LossNode s, int outer) => nodes++ >= most ? "…" : WriteNode(s, outer);

        string WriteNode(LossNode s, int outer) => s switch
        {
            NumberNode n => number is null ? n.Value.ToString("R", CultureInfo.InvariantCulture) : number(n.Value),
            ParameterNode p => parameter is null ? p.Name : parameter(p.Name),
            FieldNode field => function.Length > 0 ? field.Code : field.Name,
            PlaceholderNode p => placeholder?.Invoke(p) ?? (lambdas.LastIndexOf(p.Node) is > 0 and var depth ? $"x{depth}_{p.Position}" : $"x{p.Position}"),
            SizeNode size => $"{Write(size.Tensor, 9)}.{(size.OfRows ? "Rows" : "Columns")}",
            DimensionNode d => dimension is null ? d.Dimension : dimension(d.Dimension),
            LambdaNode lambda => Lambda(lambda),
            UnknownNode unknown => Parenthesised(unknown.Text, outer > 0),
            CallNode { Function: Operators.Transpose } c => Write(c.Arguments[0], 9) + ".T",
            CallNode { Function: Operators.Negate } c => Parenthesised("-" + Write(c.Arguments[0], 3), outer > 2),
            CallNode { Function: Operators.Prediction } c => Write(c.Arguments[0], outer),
            CallNode { Function: Operators.Gather } c => $"{Write(c.Arguments[0], 9)}[{Write(c.Arguments[1], 0)}]",
            CallNode c when Binary.TryGetValue(c.Function, out var op) => Parenthesised(
                $"{Write(c.Arguments[0], op.Precedence)} {op.Symbol} {Write(c.Arguments[1], op.Precedence + 1)}", outer > op.Precedence),
            CallNode { Function: Operators.IfLess or Operators.IfLessOrEqual, Arguments: [var left, var right, var yes, var no] } c when function.Length == 0 || c.Kind != TensorKind.Scalar => Parenthesised(
                $"{Write(left, 1)} {(c.Function == Operators.IfLess ? "<" : "<=")} {Write(right, 1)} ? {Write(yes, 1)} : {Write(no, 0)}", outer > 0),
            CallNode { Function: Operators.Numbers } c => $"{function}Numbers{element}({Write(c.Arguments[0], 0)})",
            CallNode { Function: Operators.OneHot or "Identity" or "Ones" or "Numbers" } c =>
                $"{function}{c.Function}{element}({string.Join(", ", c.Arguments.Select(a => Write(a, 0)))})",
            CallNode { Function: Operators.TimesProduct } c when function.Length == 0 => Parenthesised(
                $"{Write(c.Arguments[0], 2)} % ({Write(c.Arguments[1], 2)} * {Write(c.Arguments[2], 3)})", outer > 2),
            CallNode c => $"{(c.Function.Contains('.') && function.Length > 0 ? "global::" : function)}{c.Function.Split(Overload)[0]}({string.Join(", ", c.Arguments.Select(a => Write(a, 0)))})",
            _ => throw new InvalidOperationException($"No text for {s.GetType().Name}."),
        };

        string Lambda(LambdaNode lambda)
        {
            lambdas.Add(lambda.Node);
            var text = $"{Elements(lambda)} => {Write(lambda.Body, 0)}";
            lambdas.RemoveAt(lambdas.Count - 1);
            return text;
        }

        string Elements(LambdaNode lambda)
        {
            var used = placeholder is null ? [] : lambda.Body.SelfAndDescendants().OfType<PlaceholderNode>().ToList();
            var names = Enumerable.Range(0, lambda.Arity).Select(place => Write(used.Find(p => p.Node == lambda.Node && p.Position == place) ?? new PlaceholderNode(lambda.Node, place), 0));
            return lambda.Arity == 1 ? names.Single() : $"({string.Join(", ", names)})";
        }
    }

    /// <summary>As much of the expression as a message has room for.</summary>
    public static string Brief(LossNode syntax) => Of(syntax, placeholder: p => p.Name, most: MostNodes);

    private static string Parenthesised(string text, bool needed) => needed ? $"({text})" : text;
}
