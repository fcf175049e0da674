using AutoGradMf.Generators.Symbolics.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AutoGradMf.Generators.Parsing;

/// <summary>Functions of System.Linq of several values whose number is known, such as those of a params parameter.</summary>
internal sealed partial class BodyParser
{
    private static bool IsOfSequences(IMethodSymbol method) => method.ContainingType.Is("System.Linq.Enumerable");

    private LossNode? ParseSequence(IInvocationOperation call, List<IOperation> operands, Dictionary<ISymbol, LossNode?> values)
    {
        var arguments = operands.Select(o => Parse(o, values)).ToList();
        if (arguments[0] is not PackNode { Values: var items } || arguments.Contains(null))
        {
            return arguments.Contains(null) ? null
                : Unsupported(call.Syntax.GetLocation(), FirstLine(call.Syntax), "how many values there are is known only where they are written; write them out, [a, b]");
        }

        LossNode? Of(LossNode? function, params LossNode[] given) => (function as DelegateNode)?.Apply(given);
        LossNode? Total(LossNode? sum, LossNode? next) => sum is null || next is null ? null : new CallNode(Node(call), next.Kind, Operators.Add, new([sum, next]));
        LossNode? Mean(IEnumerable<LossNode?> terms) =>
            terms.Aggregate(Total) is { } total ? new CallNode(Node(call), total.Kind, Operators.Divide, new([total, new NumberNode(Node(call), items.Count)])) : null;
        PackNode? InOrder(IEnumerable<LossNode?> each) => each.ToList() is var all && all.Contains(null) ? null : PackNode.InOrder(all!);
        switch (call.TargetMethod.Name, arguments.Count)
        {
            case ("Select", 2) when (arguments[1] as DelegateNode)?.Names.Count == 2:
                return InOrder(items.Select((item, place) => Of(arguments[1], item, new NumberNode(Node(call), place))));
            case ("Select", 2):
                return InOrder(items.Select(item => Of(arguments[1], item)));
            case ("Zip", 3) when arguments is [_, PackNode { Values: var others }, null or DelegateNode]:
                return InOrder(items.Zip(others, (item, other) => Of(arguments[2], item, other)));
            case ("Average", 1 or 2) when items.Count > 0 && TensorTypes.IsDouble(call.Type, _typeArguments):
                return arguments.Count == 1 ? Mean(items) : Mean(items.Select(item => Of(arguments[1], item)));
            case ("Sum", 1) when TensorTypes.IsDouble(call.Type, _typeArguments):
                return items.Count == 0 ? new NumberNode(Node(call), 0) : items.Aggregate((LossNode?)null, (sum, item) => sum is null ? item : Total(sum, item));
            case ("Sum", 2) when TensorTypes.IsDouble(call.Type, _typeArguments):
                return items.Count == 0 ? new NumberNode(Node(call), 0) : items.Select(item => Of(arguments[1], item)).Aggregate(Total);
            case ("Aggregate", 2) when items.Count > 0:
                return items.Skip(1).Aggregate((LossNode?)items[0], (all, item) => all is null ? null : Of(arguments[1], all, item));
            case ("Aggregate", 3):
                return items.Aggregate(arguments[1], (all, item) => all is null ? null : Of(arguments[2], all, item));
            default:
                return Unsupported(call.Syntax.GetLocation(), FirstLine(call.Syntax), "of several values a loss can use Select, Zip with a function, Sum, Average and Aggregate");
        }
    }
}
