using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Lowering;
using static AutoGradMf.Symbolics.Tests.Interpretation.InvalidPlanException;

namespace AutoGradMf.Symbolics.Tests.Interpretation;

/// <summary>
/// Runs a plan step by step with plain loops in double, and counts its floating-point operations. It is as strict as the library
/// and the compiler are: shapes must fit, float and double meet only where a kernel has both, nothing is read before it is written.
/// </summary>
internal sealed partial class PlanInterpreter
{
    private readonly Point _point;
    private readonly IReadOnlyDictionary<string, int> _sizes;
    private readonly PlanMemory _construction;

    public PlanInterpreter(Plan plan, Point point, IReadOnlyDictionary<string, int> sizes)
    {
        _point = point;
        _sizes = sizes;
        _construction = new PlanMemory(point, sizes, null);
        foreach (var storage in plan.Derived.OrderBy(s => s.Initializer is not SparseData))
        {
            _construction.Initialize(storage);
        }

        Run(plan.Construction, _construction);
    }

    /// <summary>The result of an evaluation, the gradient of each factor that it has written, and the operations that it took.</summary>
    public (double Value, IReadOnlyDictionary<string, double[]> Gradient, double Flops) Run(Evaluation evaluation)
    {
        var memory = new PlanMemory(_point, _sizes, _construction);
        var flops = Run(evaluation, memory);
        return (memory.Number(evaluation.Result!), memory.Gradients, flops);
    }

    /// <summary>What is added and what is subtracted in the gradient of each factor, as an evaluation has written it.</summary>
    public (IReadOnlyDictionary<string, double[]> Positive, IReadOnlyDictionary<string, double[]> Negative) Split(Evaluation evaluation)
    {
        var memory = new PlanMemory(_point, _sizes, _construction);
        Run(evaluation, memory);
        return (memory.Gradients, memory.NegativeParts);
    }

    private double Run(Evaluation evaluation, PlanMemory memory)
    {
        var flops = 0.0;
        foreach (var step in evaluation.Steps)
        {
            switch (step)
            {
                case ProductStep product:
                    flops += Run(product, memory);
                    break;
                case MomentStep moments:
                    flops += Run(moments, memory);
                    break;
                case TensorStep tensor:
                    flops += Run(tensor, memory);
                    break;
                case LoopStep loop:
                    flops += Run(loop, memory);
                    break;
                case ScalarStep scalar:
                    memory.Define(scalar.Name, memory.Number(scalar.Value));
                    break;
                case ScalarGradientStep gradient:
                    memory.Write(gradient.Gradient, [memory.Number(gradient.Value)]);
                    break;
                default:
                    throw new InvalidPlanException($"unknown step {step.GetType().Name}");
            }
        }

        return flops;
    }

    /// <summary>The operations of a loop's function at one point: what stands in several places is computed once.</summary>
    private static double Operations(LoopStep loop)
    {
        var results = loop.Sums.Select(s => s.Term).Concat(loop.Slots).ToList();
        var nodes = results.SelectMany(e => e.SelfAndDescendants()).DistinctBy(e => e.Key).ToList();
        var places = nodes.SelectMany(e => e.Operands).Concat(results).GroupBy(e => e.Key).ToDictionary(g => g.Key, g => g.Count());
        return nodes.Sum(e => e switch
        {
            Addition => e.Operands.Length - 1,
            Product product => OfProduct(product, places),
            Power { Exponent: > 0 } power => power.Exponent - 1,
            Power divisor => -divisor.Exponent,
            Apply => 1.0,
            _ => 0,
        });
    }

    /// <summary>Multiplications; what is divided by here alone is no factor, and counts by itself.</summary>
    private static double OfProduct(Product product, Dictionary<Fingerprint, int> places)
    {
        var divisors = product.Operands.Count(o => o is Power { Exponent: < 0 } && places[o.Key] == 1);
        var factors = product.Operands.Length - divisors + (Math.Abs(product.Coefficient) == 1 ? 0 : 1);
        return Math.Max(factors, 1) - 1;
    }
}
