using System.Globalization;
using System.Numerics;
using System.Numerics.Tensors;
using AutoGradMf.Kernels;
using AutoGradMf.Objectives;

namespace AutoGradMf.Optimizers;

/// <summary>
/// Adam on the whole gradient: steps along the mean of past gradients, each element scaled by its root mean square (Kingma &amp; Ba, ICLR
/// 2015). A step that would raise the objective is not taken: the mean is forgotten, as in O'Donoghue &amp; Candès (2015), and the learning
/// rate halved; it recovers slowly while the objective falls.
/// </summary>
/// <remarks>An iteration costs an evaluation, more where the rate is halved; memory for six vectors of all parameters. Points are clamped to
/// the bounds of the factors.</remarks>
/// <typeparam name="TElement"><see cref="float"/> or <see cref="double"/>: the type of the factors.</typeparam>
public sealed class Adam<TElement> : IOptimizer<TElement>
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    /// <summary>Adam with the constants of the paper, but for the rate.</summary>
    /// <param name="learningRate">How far an element moves in an iteration, at first; above 0.</param>
    /// <param name="decay">β₁, of the mean of gradients, from 0 to below 1.</param>
    /// <param name="squareDecay">β₂, of the mean of their squares, from 0 to below 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public Adam(double learningRate = 0.01, double decay = 0.9, double squareDecay = 0.999)
    {
        LearningRate = learningRate is > 0 and < double.PositiveInfinity
            ? learningRate
            : throw new ArgumentOutOfRangeException(nameof(learningRate), learningRate, "A learning rate must be finite and above 0.");
        Decay = RequireDecay(decay, nameof(decay));
        SquareDecay = RequireDecay(squareDecay, nameof(squareDecay));
    }

    /// <summary>How far an element moves in an iteration, at first.</summary>
    public double LearningRate { get; }

    /// <summary>β₁.</summary>
    public double Decay { get; }

    /// <summary>β₂.</summary>
    public double SquareDecay { get; }

    /// <inheritdoc/>
    public string Name => "Adam";

    /// <inheritdoc/>
    public bool KeepsBounds => true;

    /// <inheritdoc/>
    public IReadOnlyList<OptimizerSetting> Settings => [new(nameof(LearningRate), LearningRate), new(nameof(Decay), Decay), new(nameof(SquareDecay), SquareDecay)];

    /// <inheritdoc/>
    public string? Refusal(IObjective<TElement> objective) => null;

    /// <inheritdoc/>
    public OptimizerRun<TElement> Begin(IObjective<TElement> objective, Parameters<TElement> start, Workers workers) =>
        new Run(this, objective, start, workers);

    private static double RequireDecay(double value, string name) => value is >= 0 and < 1
        ? value
        : throw new ArgumentOutOfRangeException(name, value, "A decay must be from 0 to below 1.");

    private sealed class Run(Adam<TElement> settings, IObjective<TElement> objective, Parameters<TElement> start, Workers workers)
        : BoxRun<TElement>(objective, start, workers)
    {
        private const int MostHalvings = 60;

        /// <summary>Doubles the rate in 35 iterations that lower the objective.</summary>
        private const double Recovery = 1.02;

        /// <summary>Steps up to this do not change a number of size 1.</summary>
        private static readonly double Rounding = double.CreateChecked(TElement.BitIncrement(TElement.One) - TElement.One);

        private readonly TElement[] _mean = new TElement[objective.Layout.Count];

        /// <summary>√v, of which a float holds what it does not of v.</summary>
        private readonly TElement[] _root = new TElement[objective.Layout.Count];
        private double _rate = settings.LearningRate;

        /// <summary>Shares of the means that the gradients have by now; the rest is the zeros that they began with.</summary>
        private double _meanShare, _squareShare;

        /// <summary>Not where halvings made it so small that steps change nothing: then it is not the rate that is wrong.</summary>
        public override string? LikelyCause => _rate > Rounding
            ? string.Create(CultureInfo.InvariantCulture, $"the {nameof(LearningRate)} {settings.LearningRate}, halved to {_rate:G3}, is too large")
            : null;

        public override Iteration Iterate(StoppingMonitor monitor)
        {
            LearnSquare();
            LearnMean();
            var anyFinite = false;
            for (var halvings = 0; halvings < MostHalvings; halvings++)
            {
                if (monitor.Interruption is not null)
                {
                    return Iteration.Interrupted;
                }

                Step();
                var value = At.EvaluateTrial();
                if (value < At.Value)
                {
                    Accept();
                    var rate = _rate;
                    _rate = Math.Min(settings.LearningRate, Recovery * _rate);
                    return Iteration.Moved(rate);
                }

                anyFinite |= double.IsFinite(value);
                _rate /= 2;
                _mean.AsSpan().Clear();
                _meanShare = 0;
                LearnMean();
            }

            return At.Fail(anyFinite);
        }

        public override void Visit(RunState state)
        {
            base.Visit(state);
            state.Visit(ref _rate);
            state.Visit(ref _meanShare);
            state.Visit(ref _squareShare);
            state.Visit<TElement>(_mean);
            state.Visit<TElement>(_root);
        }

        private void LearnMean()
        {
            TensorPrimitives.Multiply<TElement>(_mean, Number(settings.Decay), _mean);
            TensorPrimitives.MultiplyAdd<TElement>(At.Gradient.Values, Number(1 - settings.Decay), _mean, _mean);
            _meanShare = (settings.Decay * _meanShare) + (1 - settings.Decay);
        }

        private void LearnSquare()
        {
            TensorPrimitives.Multiply<TElement>(At.Gradient.Values, Number(Math.Sqrt(1 - settings.SquareDecay)), Scratch);
            TensorPrimitives.Multiply<TElement>(_root, Number(Math.Sqrt(settings.SquareDecay)), _root);
            TensorPrimitives.Hypot<TElement>(_root, Scratch, _root);
            _squareShare = (settings.SquareDecay * _squareShare) + (1 - settings.SquareDecay);
        }

        /// <summary>x₊ = P(x − rate · m̂ / (√v̂ + ε)).</summary>
        private void Step()
        {
            TensorPrimitives.Multiply<TElement>(_root, Number(1 / Math.Sqrt(_squareShare)), Scratch);
            TensorPrimitives.Add(Scratch, Number(1e-8), Scratch);
            TensorPrimitives.Divide<TElement>(_mean, Scratch, Scratch);
            At.Arithmetic.Add(At.Point.Values, -_rate / _meanShare, Scratch, At.Trial.Values);
            Box.Project(At.Trial.Values);
        }

        private static TElement Number(double value) => TElement.CreateSaturating(value);
    }
}
