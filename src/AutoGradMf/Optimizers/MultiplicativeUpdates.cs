using System.Globalization;
using System.Numerics;
using System.Numerics.Tensors;
using AutoGradMf.Initialization;
using AutoGradMf.Kernels;
using AutoGradMf.Objectives;

namespace AutoGradMf.Optimizers;

/// <summary>
/// Multiplicative updates under non-negativity (Lee &amp; Seung, NIPS 2001): with the gradient P − N, one factor after another becomes
/// F ∘ (N / P)^γ. Where γ = 1 is too much, as it can be beyond the squared error and Kullback-Leibler's divergence (Févotte &amp; Idier,
/// Neural Computation 23, 2011), γ is halved until the objective does not rise, and doubled for the next iteration if it did not have to be.
/// Where no step shows in the objective, γ grows beyond 1.
/// From the twentieth iteration on, after two of them it goes on as they did, if that lowers the objective (squared extrapolation), and where they turned back with smaller γ.
/// </summary>
/// <remarks>
/// For objectives with <see cref="ISignSplit{TElement}"/>. Every iterate is non-negative and none has a higher objective than the one
/// before. What is zero stays zero, so start with positive numbers; a factor that is zero throughout, and should not be, is refused. What came nearer to it than 1e-8 of its factor's root mean square and is to grow is raised to that
/// (Lin, IEEE Transactions on Neural Networks 18, 2007): its growth would not show in the objective, and the run would end at a saddle point. Good factors come soon, exact
/// ones late. An iteration costs a split gradient and a value for
/// each factor; <see cref="OptimizerRun{TElement}.GradientNorm"/> is ‖min(F, ∇f)‖, which is zero exactly at stationary points under
/// non-negativity, and the step the least exponent γ. Products of sparse data with a factor are kept while the factor stays as it is. Memory for eight vectors of
/// all parameters, and for these products and their factors.
/// </remarks>
/// <typeparam name="TElement"><see cref="float"/> or <see cref="double"/>: the type of the factors.</typeparam>
public sealed class MultiplicativeUpdates<TElement> : IOptimizer<TElement>
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    private const string WhereToStart = $"start with positive numbers, such as those of {nameof(UniformInitialization<>)}";

    /// <inheritdoc/>
    public string Name => "multiplicative updates";

    /// <inheritdoc/>
    public bool KeepsBounds => true;

    /// <summary>Positive in all factors, matrices of the scale of the data.</summary>
    public IInitialization<TElement> DefaultInitialization => new RescaledInitialization<TElement>(new UniformInitialization<TElement>(0.1, 1));

    /// <inheritdoc/>
    public string? Refusal(IObjective<TElement> objective) => objective.Layout.Factors.FirstOrDefault(f => f.Min > 0 || f.Max < double.PositiveInfinity) is { } bounded
        ? $"Multiplicative updates keep numbers above 0 and no other bounds, and {bounded.Name} has some; take {nameof(BoundedLimitedMemoryBfgs<>)}."
        : objective is not ISignSplit<TElement> split
        ? "Multiplicative updates need an objective whose gradient splits by sign (ISignSplit), and this one's does not: the head of its " +
            "generated file says what stands in the way. Change that, or take another optimizer."
        : split.FindNegative() is { } negative
        ? $"Multiplicative updates of this loss need {negative} without negative numbers, and it has some; change it, or take another optimizer."
        : null;

    /// <inheritdoc/>
    public OptimizerRun<TElement> Begin(IObjective<TElement> objective, Parameters<TElement> start, Workers workers)
    {
        RequireNonNegative(start);
        var run = new Run((ISignSplit<TElement>)objective, start, workers);
        return run.FindHeldAtZero() is not { } held
            ? run
            : throw new ArgumentException(
                $"Multiplicative updates never leave zero, and {held} is zero where the objective falls as it grows; {WhereToStart}.", nameof(start));
    }

    private static void RequireNonNegative(Parameters<TElement> start)
    {
        for (var factor = 0; factor < start.Layout.Factors.Count; factor++)
        {
            if (ObjectiveArguments.HasNegative(start[factor]))
            {
                var least = TensorPrimitives.Min<TElement>(start[factor].Span);
                throw new ArgumentException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"Multiplicative updates need a start without negative numbers, and {start.Layout.Factors[factor].Name} has {least}; {WhereToStart}."), nameof(start));
            }
        }
    }

    private sealed class Run : OptimizerRun<TElement>
    {
        private const double LeastExponent = 1e-12;

        /// <summary>By how much exponents grow beyond 1 where steps do not show, and how far.</summary>
        private const double Lengthening = 8, MostExponent = 1e9;

        /// <summary>Of the largest exponent, in a cycle of iterations that do not turn back.</summary>
        private const double Growth = 1.25;

        /// <summary>How much an element may change at once; without a bound, 0/P and N/0 are the same for all exponents.</summary>
        private const double MostGrowth = 1e10;

        /// <summary>Elements below this part of their factor's root mean square that are to grow are raised to it.</summary>
        private const double Visible = 1e-8;

        /// <summary>No positive element comes below this part of the root mean square, of which no product shows anything, so that it may grow again.</summary>
        private const double Least = Visible * Visible;

        /// <summary>Changes of values below this part of them do not show: no shorter step is of use.</summary>
        private static readonly double Invisible = double.CreateChecked(TElement.BitIncrement(TElement.One) - TElement.One) / 1024;

        /// <summary>N / P of elements that are to grow: so much that raising them lowers the objective, whose curvature counts with the square of <see cref="Visible"/>.</summary>
        private const double Growing = 1 + 1e-6;

        private readonly ISignSplit<TElement> _objective;
        private readonly Workspace _workspace;
        private readonly VectorArithmetic<TElement> _arithmetic;
        private readonly Parameters<TElement> _point, _trial, _positive, _negative, _slope;
        private readonly MultiplicativeExtrapolation<TElement> _extrapolation;
        private readonly double[] _exponents;
        private double _value, _norm, _longest = 1;
        private int _evaluations;

        public Run(ISignSplit<TElement> objective, Parameters<TElement> start, Workers workers)
        {
            var layout = objective.Layout;
            (_objective, _workspace, _arithmetic) = (objective, objective.CreateWorkspace(workers), new(layout.Count, workers));
            (_point, _trial, _positive, _negative, _slope) = (start.Copy(), start.Copy(), new(layout), new(layout), new(layout));
            _workspace.KeepsProducts = true;
            _extrapolation = new(layout.Count);
            _exponents = [.. layout.Factors.Select(_ => 1.0)];
            _value = Value(_point);
            Split();
        }

        public override Parameters<TElement> Point => _point;

        public override double Objective => _value;

        public override double GradientNorm => _norm;

        public override int Evaluations => _evaluations;

        /// <summary>The name of a factor that is zero throughout and has an element that should grow; null if there is none.</summary>
        public string? FindHeldAtZero() => double.IsFinite(_norm)
            ? _point.Layout.Factors.Index().FirstOrDefault(f => IsZero(_point[f.Index].Span) && !IsZero(_slope[f.Index].Span)).Item?.Name
            : null;

        /// <summary>Updates each factor, and splits the gradient anew. The step is the least exponent of those that moved.</summary>
        public override Iteration Iterate(StoppingMonitor monitor)
        {
            var least = Update(monitor);
            if (least == 0 && _longest < 1)
            {
                // What short steps gain may not show in the objective where that of long ones does.
                _longest = 1;
                least = Update(monitor);
            }

            if (least is null)
            {
                return Iteration.Interrupted;
            }

            if (least > 0 && double.IsFinite(_value))
            {
                Extrapolate();
            }

            return least > 0 ? Iteration.Moved(least.Value) : Iteration.Stuck;
        }

        public override void Visit(RunState state)
        {
            state.Visit(ref _evaluations);
            state.Visit<double>(_exponents);
            state.Visit(ref _longest);
            _extrapolation.Visit(state);
        }

        /// <summary>
        /// Goes where the last iterations lead, if that lowers the objective. Where they turn back, each the part ρ of the one before, exponents were too large: they are best
        /// at α = 1 / (1 + ρ) of what they were.
        /// </summary>
        private void Extrapolate()
        {
            var isAhead = _extrapolation.TryExtrapolate(_point.Values, _trial.Values);
            if (_extrapolation.Length is > 0 and var length)
            {
                _longest = Math.Clamp(_longest * (length < 1 ? length : Growth), LeastExponent, 1);
            }

            if (!isAhead)
            {
                return;
            }

            var value = Value(_trial);
            var isTaken = double.IsFinite(value) && value <= _value;
            (isTaken ? _trial : _point).Values.CopyTo((isTaken ? _point : _trial).Values);
            if (isTaken)
            {
                _value = value;
                Split();
            }

            _extrapolation.Judge(isTaken, _point.Values);
        }

        /// <summary>Moves each factor; the least exponent of those that moved, 0 if none did, null if that was interrupted.</summary>
        private double? Update(StoppingMonitor monitor)
        {
            var least = 0.0;
            for (var factor = 0; factor < _exponents.Length && double.IsFinite(_value); factor++)
            {
                if (monitor.Interruption is not null)
                {
                    return null;
                }

                if (Update(factor, monitor) is > 0 and var exponent)
                {
                    least = least == 0 ? exponent : Math.Min(least, exponent);
                    Split();
                }
            }

            return monitor.Interruption is null ? least : null;
        }

        /// <summary>Moves a factor; the exponent, or 0 if none lowers the objective. Where no trial is finite, it moves to the last of them.</summary>
        private double Update(int factor, StoppingMonitor monitor)
        {
            var current = _point[factor].Span;
            var trial = _trial[factor].Span;
            var ratio = _slope[factor].Span;
            Ratio(_negative[factor].Span, _positive[factor].Span, ratio);
            var size = Math.Sqrt(WideDot.Of<TElement>(current, current) / current.Length);
            var (anyFinite, value, slope) = (false, _value, double.NaN);
            for (var exponent = Math.Min(_exponents[factor], _longest); exponent >= LeastExponent; exponent /= 2)
            {
                value = ValueAt(factor, exponent, size);
                anyFinite |= double.IsFinite(value);
                if (value <= _value)
                {
                    trial.CopyTo(current);
                    _value = value;
                    _exponents[factor] = exponent >= Math.Min(_exponents[factor], _longest) ? Math.Min(1, 2 * exponent) : exponent;
                    return exponent;
                }

                slope = double.IsNaN(slope) ? Slope(factor) : slope;
                if (double.IsFinite(value) && Math.Abs(slope) * exponent <= Invisible * Math.Abs(_value))
                {
                    break;
                }
            }

            if (!anyFinite)
            {
                trial.CopyTo(current);
                _value = value;
                return LeastExponent;
            }

            current.CopyTo(trial);
            _exponents[factor] = 1;
            return _longest == 1 ? Lengthen(factor, size, slope, monitor) : 0;
        }

        /// <summary>
        /// Where what a step gains is below the rounding of the objective, what many of them gain may not be: elements whose slope vanishes with them go to zero as
        /// 1/t, so slowly. Moves by the exponent beyond 1 with the lowest objective; 0 if none lowers it by more than rounding.
        /// </summary>
        private double Lengthen(int factor, double size, double slope, StoppingMonitor monitor)
        {
            var rounding = ValueRounding<TElement>.Part * Math.Abs(_value);
            var (best, lowest) = (0.0, _value - rounding);
            for (var exponent = Math.Max(Lengthening, rounding / -slope); exponent <= MostExponent && monitor.Interruption is null; exponent *= Lengthening)
            {
                var value = ValueAt(factor, exponent, size);
                if (value < lowest)
                {
                    (best, lowest) = (exponent, value);
                }
                else if (best > 0 || !(value <= _value + rounding))
                {
                    break;
                }
            }

            if (best > 0)
            {
                Move(factor, best, size);
                _trial[factor].Span.CopyTo(_point[factor].Span);
                _value = lowest;
            }

            _point[factor].Span.CopyTo(_trial[factor].Span);
            return best;
        }

        private double ValueAt(int factor, double exponent, double size)
        {
            Move(factor, exponent, size);
            return Value(_trial);
        }

        /// <summary>Writes the trial of an exponent.</summary>
        private void Move(int factor, double exponent, double size)
        {
            var from = _point[factor].Span;
            var ratio = _slope[factor].Span;
            var to = _trial[factor].Span;
            if (exponent == 1)
            {
                TensorPrimitives.Multiply<TElement>(from, ratio, to);
            }
            else
            {
                TensorPrimitives.Pow(ratio, TElement.CreateChecked(exponent), to);
                TensorPrimitives.Min(to, TElement.CreateChecked(MostGrowth), to);
                TensorPrimitives.Multiply(from, to, to);
            }

            Raise(from, ratio, size, to);
        }

        private static bool IsZero(ReadOnlySpan<TElement> values) => values.IndexOfAnyExcept(TElement.Zero) < 0;

        /// <summary>N / P, and 1 where both are 0.</summary>
        private static void Ratio(ReadOnlySpan<TElement> negative, ReadOnlySpan<TElement> positive, Span<TElement> ratio)
        {
            var most = TElement.CreateChecked(MostGrowth);
            TensorPrimitives.Divide(negative, positive, ratio);
            for (var i = 0; i < ratio.Length; i++)
            {
                ratio[i] = positive[i] == TElement.Zero && negative[i] == TElement.Zero ? TElement.One : TElement.Clamp(ratio[i], TElement.One / most, most);
            }
        }

        /// <summary>Keeps what is positive from vanishing, and what is to grow visible.</summary>
        private static void Raise(ReadOnlySpan<TElement> from, ReadOnlySpan<TElement> ratio, double size, Span<TElement> to)
        {
            var (growing, visible, least) = (TElement.CreateChecked(Growing), TElement.CreateChecked(Visible * size), TElement.CreateChecked(Least * size));
            for (var i = 0; i < to.Length; i++)
            {
                if (to[i] < visible && from[i] > TElement.Zero)
                {
                    to[i] = ratio[i] > growing ? visible : TElement.Max(to[i], least);
                }
            }
        }

        /// <summary>The derivative of the objective in the exponent at 0: Σ (P − N) ∘ F ∘ ln(N / P), none of whose terms is positive.</summary>
        private double Slope(int factor)
        {
            var positive = _positive[factor].Span;
            var negative = _negative[factor].Span;
            var current = _point[factor].Span;
            var ratio = _slope[factor].Span;
            var slope = 0.0;
            for (var i = 0; i < current.Length; i++)
            {
                slope += double.CreateChecked((positive[i] - negative[i]) * current[i]) * Math.Log(double.CreateChecked(ratio[i]));
            }

            return slope;
        }

        private double Value(Parameters<TElement> at)
        {
            _evaluations++;
            return _objective.Value(at, _workspace);
        }

        /// <summary>P, N and ‖min(F, P − N)‖ at the point.</summary>
        private void Split()
        {
            _evaluations++;
            _objective.SignSplit(_point, _positive, _negative, _workspace);
            TensorPrimitives.Subtract<TElement>(_positive.Values, _negative.Values, _slope.Values);
            TensorPrimitives.Min<TElement>(_point.Values, _slope.Values, _slope.Values);
            _norm = _arithmetic.Norm(_slope.Values);
        }
    }
}
