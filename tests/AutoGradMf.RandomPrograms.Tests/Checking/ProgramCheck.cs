using System.Globalization;
using System.Numerics.Tensors;
using System.Reflection;
using AutoGradMf.Objectives;
using AutoGradMf.RandomPrograms.Tests.Compiling;
using AutoGradMf.RandomPrograms.Tests.Programs;

namespace AutoGradMf.RandomPrograms.Tests.Checking;

/// <summary>
/// Compares what was generated from a loss with the loss itself, evaluated eagerly. All tolerances are shares of the loss's magnitude: the
/// loss with every sign a plus, so that terms that cancel count in full. Along a direction of length 1 the derivative has that size as well.
/// </summary>
internal sealed class ProgramCheck
{
    /// <summary>Some 5000 roundings: hundreds of terms, each a chain of a dozen operations, summed in another order.</summary>
    private const double ValueTolerance = 1e-12;

    /// <summary>Rounding of a value, 2e-16 of its magnitude, over the smallest step of a difference, 2.5e-6, with a few to spare.</summary>
    private const double DerivativeTolerance = 1e-9;

    /// <summary>Where digits of one term would be lost in another.</summary>
    private const double LargestMagnitude = 1e7;

    private const int Coordinates = 3;

    private readonly LossProgram _program;
    private readonly Type _objectiveType;
    private readonly ProgramPoint _point;
    private readonly IObjective<double> _objective;
    private readonly Parameters<double> _at;
    private readonly Parameters<double> _gradient;
    private readonly Func<Parameters<double>, double> _reference;
    private readonly double _magnitude;
    private readonly bool _isHeld;
    private readonly Random _random;

    private ProgramCheck(LossProgram program, Type losses)
    {
        _random = new Random(program.Number);
        _program = program;
        _objectiveType = losses.GetNestedType(program.Name + "Objective`1")!;
        var point = _point = new ProgramPoint(program);
        _objective = point.Construct<double>(_objectiveType);
        _at = point.Factors<double>(_objective.Layout);
        _gradient = new Parameters<double>(_objective.Layout);
        _gradient.Values.Fill(double.NaN);
        _magnitude = (double)Call(losses.GetMethod(program.MagnitudeName)!, p => point[p.Name!]);
        _isHeld = program.Body.HasStop;
        _reference = Frozen(losses.GetMethod(program.FrozenName)!, point);
    }

    /// <param name="program">The loss.</param>
    /// <param name="compiled">What was generated.</param>
    /// <param name="withCapabilities">Whether what the objective says that it can do is held against its values, too.</param>
    public static Verdict Of(LossProgram program, CompiledPrograms compiled, bool withCapabilities = false)
    {
        if (compiled.Failures.TryGetValue(program, out var failure))
        {
            return new(failure);
        }

        try
        {
            return new ProgramCheck(program, compiled.Losses).Run(withCapabilities);
        }
        catch (Exception exception)
        {
            var cause = exception is TargetInvocationException { InnerException: { } inner } ? inner : exception;
            return new(new Failure(FailureKind.Throws, cause.ToString()));
        }
    }

    private Verdict Run(bool withCapabilities)
    {
        var workspace = _objective.CreateWorkspace();
        var value = _objective.Value(_at, workspace);
        var valueWithGradient = _objective.ValueAndGradient(_at, _gradient, workspace);
        var reference = _reference(_at);
        if (!(_magnitude < LargestMagnitude))
        {
            return new(Failure: null) { IsOutOfRange = true };
        }

        var method = _objective.Reference(_at);
        if (!new[] { value, valueWithGradient, method }.All(v => IsNear(v, reference, ValueTolerance)))
        {
            return Wrong(FailureKind.WrongValue, $"{value}, with gradient {valueWithGradient}, by the method {method}, and not {reference}");
        }

        var (directions, kinks) = (0, 0);
        foreach (var (name, direction) in Directions())
        {
            var analytic = TensorPrimitives.Dot<double>(_gradient.Values, direction.Values);
            if (!double.IsFinite(analytic))
            {
                return Wrong(FailureKind.WrongGradient, $"{analytic} along {name}");
            }

            if (Difference.Of(step => [_reference(Moved(direction, step))], _magnitude) is not { } difference)
            {
                kinks++;
            }
            else if (!IsNear(analytic, difference.Values[0], DerivativeTolerance, difference.Uncertainty))
            {
                return Wrong(FailureKind.WrongGradient, $"{analytic} along {name}, and not {difference.Values[0]} ± {difference.Uncertainty}");
            }
            else if (Math.Abs(analytic) > 1e3 * DerivativeTolerance * _magnitude)
            {
                directions++;
            }
        }

        var (hessian, isCompared) = CheckHessian(workspace);
        var capability = !withCapabilities ? null : CapabilityCheck.Of(_objective, _at, _magnitude, _isHeld, _random) ?? SignSplitCheck.Of(_objectiveType, _program);
        return new(hessian ?? capability ?? FloatCheck.Of(_objectiveType, _point, value, _gradient, _magnitude)) { Directions = directions, Kinks = kinks, HasHessian = isCompared };
    }

    /// <summary>
    /// The Hessian times a direction against differences of the gradient, where that is smooth. Not where something is held constant:
    /// the gradient at another point holds it at that point.
    /// </summary>
    private (Failure? Failure, bool IsCompared) CheckHessian(Workspace workspace)
    {
        if (_isHeld || _objective is not IHessianVectorProduct<double> objective)
        {
            return (null, false);
        }

        var direction = Random(..);
        var product = new Parameters<double>(_objective.Layout);
        product.Values.Fill(double.NaN);
        objective.HessianVectorProduct(_at, direction, product, workspace);
        var gradient = new Parameters<double>(_objective.Layout);
        var difference = Difference.Of(
            step =>
            {
                objective.ValueAndGradient(Moved(direction, step), gradient, workspace);
                return gradient.Values.ToArray();
            },
            _magnitude);
        if (difference is null)
        {
            return (null, false);
        }

        var error = Difference.Largest(product.Values.ToArray(), difference.Values);
        return error <= (DerivativeTolerance * _magnitude) + (4 * difference.Uncertainty)
            ? (null, true)
            : (Wrong(
                FailureKind.WrongHessianVectorProduct,
                $"[{string.Join(", ", product.Values.ToArray())}], and not [{string.Join(", ", difference.Values)}] ± {difference.Uncertainty}").Failure, true);
    }

    private IEnumerable<(string Name, Parameters<double> Direction)> Directions()
    {
        yield return ("all", Random(..));
        yield return ("all again", Random(..));
        for (var factor = 0; factor < _at.Layout.Factors.Count; factor++)
        {
            var place = _at.Layout.Offset(factor);
            yield return (_at.Layout.Factors[factor].Name, Random(place..(place + _at.Layout.Factors[factor].Count)));
        }

        for (var coordinate = 0; coordinate < Coordinates; coordinate++)
        {
            var place = _random.Next(_at.Values.Length);
            yield return ($"element {place}", Random(place..(place + 1)));
        }
    }

    private Parameters<double> Random(Range elements)
    {
        var direction = new Parameters<double>(_at.Layout);
        var values = direction.Values[elements];
        foreach (ref var value in values)
        {
            value = (2 * _random.NextDouble()) - 1;
        }

        TensorPrimitives.Divide(values, TensorPrimitives.Norm<double>(values), values);
        return direction;
    }

    private Parameters<double> Moved(Parameters<double> direction, double step)
    {
        var moved = new Parameters<double>(_at.Layout);
        TensorPrimitives.MultiplyAdd(direction.Values, step, _at.Values, moved.Values);
        return moved;
    }

    private bool IsNear(double value, double right, double tolerance, double uncertainty = 0) =>
        Math.Abs(value - right) <= (tolerance * _magnitude) + (4 * uncertainty);

    private Verdict Wrong(FailureKind kind, FormattableString message) =>
        new(new Failure(kind, message.ToString(CultureInfo.InvariantCulture) + string.Create(CultureInfo.InvariantCulture, $" (magnitude {_magnitude})")));

    /// <summary>The loss at moving factors, where what is held constant stays at the point.</summary>
    private static Func<Parameters<double>, double> Frozen(MethodInfo method, ProgramPoint point) => at => (double)Call(method, parameter =>
    {
        var isHeld = parameter.Name!.EndsWith('0');
        if (isHeld || !at.Layout.Factors.Any(f => f.Name == parameter.Name))
        {
            return point[parameter.Name.TrimEnd('0')];
        }

        var values = at[parameter.Name];
        return parameter.ParameterType == typeof(Matrix<double>) ? values.ToMatrix()
            : parameter.ParameterType == typeof(ColumnVector<double>) ? values.ToColumnVector()
            : parameter.ParameterType == typeof(RowVector<double>) ? values.ToRowVector()
            : values.Span[0];
    });

    private static object Call(MethodInfo method, Func<ParameterInfo, object> argument) =>
        method.Invoke(null, [.. method.GetParameters().Select(argument)])!;
}
