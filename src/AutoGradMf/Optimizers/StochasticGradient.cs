using System.Globalization;
using System.IO.Hashing;
using System.Numerics;
using System.Runtime.InteropServices;
using AutoGradMf.Initialization;
using AutoGradMf.Kernels;
using AutoGradMf.Objectives;
using AutoGradMf.Training;

namespace AutoGradMf.Optimizers;

/// <summary>
/// Stochastic gradient: a step along the gradient of one sample (a rating, a triple) after another, in random order. Blocks of samples
/// that share no rows run at once (Gemulla, Nijkamp, Haas &amp; Sismanis, KDD 2011), in an order fixed by the data and the seed, so that the
/// result does not depend on the number of threads.
/// </summary>
/// <remarks>
/// For objectives with <see cref="ISampled{TElement}"/>. An iteration is an epoch: all samples once, and then the objective and its
/// gradient. An epoch after which the objective is not lower is undone and repeated without momentum, where there is any, and then with
/// half the rate, which later epochs keep, and <see cref="TrainingProgress.Repetitions"/> says how often it was halved;
/// <see cref="TrainingProgress.Step"/> is the rate. Where penalties are not
/// smooth (absolute values), nothing becomes exactly zero. Samples that an <see cref="IndexVector"/> drew at random are drawn anew for each
/// epoch, and the objective stays that of the vector itself: of p samples that were drawn it is known to about one part in √p. By three standard
/// errors of the difference of two draws, 4.2 such parts, it may rise, and a run ends where it falls by no more in all of <see cref="StoppingCriteria.Window"/>; the best point is kept. Memory for the samples, a number
/// for each of them and each vector of data or regularizer that it reads, and some seven vectors of all parameters.
/// </remarks>
/// <typeparam name="TElement"><see cref="float"/> or <see cref="double"/>: the type of the factors.</typeparam>
public sealed class StochasticGradient<TElement> : IOptimizer<TElement>
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    /// <summary>So often the rate is halved for one epoch: then no step that changes anything is left.</summary>
    private const int MostRepetitions = 60;

    /// <summary>Objectives of two draws hardly differ by more than three standard errors of their difference.</summary>
    private static readonly double StandardErrors = 3 * Math.Sqrt(2);

    /// <inheritdoc/>
    public string Name => "stochastic gradient";

    /// <summary>
    /// The step along a sample's gradient in the first epoch, such as 0.1 for ratings or preferences. Of a loss that is a mean of s
    /// samples, that gradient is 1/s of what it is of their sum: a rate s times as large goes as far. Null, unless told otherwise, for
    /// one that suits the start: the loss times a number, as a mean is its sum, takes the same steps, and so does that of data in
    /// another unit, of which features then have the root and biases the unit itself. It is found by an epoch more, which changes
    /// nothing; <see cref="TrainingProgress.Step"/> is that of rows.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is not positive and finite.</exception>
    public double? LearningRate
    {
        get;
        init => field = value is null || (double.IsFinite(value.Value) && value > 0)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(LearningRate), value, "A learning rate must be a finite number above 0.");
    }

    /// <summary>How the rate changes from epoch to epoch.</summary>
    public LearningRateSchedule Schedule
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value, nameof(Schedule));
            field = value;
        }
    } = LearningRateSchedule.Constant;

    /// <summary>
    /// Whether each row has a rate of its own: divided by the root of one plus the mean squares of its gradients so far (AdaGrad by
    /// rows: Chin, Zhuang, Juan &amp; Lin, PAKDD 2015); where no <see cref="LearningRate"/> is given, in place of one of the mean
    /// square that samples have at the start. Rows with many ratings slow down first. The first eight elements of a row have one rate,
    /// the others another, and these begin in the second epoch: after one they are where they were. True unless told otherwise.
    /// </summary>
    public bool IsAdaptive { get; init; } = true;

    /// <summary>
    /// The share of a row's last step that its next one keeps; 0 unless told otherwise. An epoch that does not lower the objective is
    /// repeated without any, and where that
    /// does, the epochs to come have one by which steps grow half as far, 1 / (1 − share), and the same rate.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is not in [0, 1).</exception>
    public double Momentum
    {
        get;
        init => field = value is >= 0 and < 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Momentum), value, "Momentum must be 0 or more and less than 1.");
    }

    /// <summary>
    /// Whether blocks that share rows run at once, too, and threads never wait for each other (Hogwild: Niu, Recht, Ré &amp; Wright, NIPS 2011).
    /// A change is lost now and then, and with several threads neither a run nor one that is resumed can be repeated. False unless told otherwise.
    /// </summary>
    public bool IsLockFree { get; init; }

    /// <summary>Of the order of the samples: equal seeds give equal results.</summary>
    public int Seed { get; init; }

    /// <summary>Small normal numbers where a rate is given; else these in the scale of the data, in which the rate is, too.</summary>
    public IInitialization<TElement> DefaultInitialization =>
        LearningRate is null
            ? new RescaledInitialization<TElement>(new NormalInitialization<TElement>())
            : new NormalInitialization<TElement>();

    /// <inheritdoc/>
    public IReadOnlyList<OptimizerSetting> Settings =>
    [
        new(nameof(LearningRate), LearningRate), new(nameof(IsAdaptive), IsAdaptive), new(nameof(Momentum), Momentum),
        new(nameof(IsLockFree), IsLockFree), new(nameof(Seed), Seed),
    ];

    /// <inheritdoc/>
    public string? Refusal(IObjective<TElement> objective) => objective is ISampled<TElement>
        ? null
        : $"{Name} needs a sum over samples, and the head of the objective's generated file says which part of it is none; take {nameof(LimitedMemoryBfgs<>)}.";

    /// <inheritdoc/>
    public OptimizerRun<TElement> Begin(IObjective<TElement> objective, Parameters<TElement> start, Workers workers) =>
        new Run(this, (ISampled<TElement>)objective, start, workers);

    private sealed class Run : OptimizerRun<TElement>
    {
        private readonly StochasticGradient<TElement> _settings;
        private readonly TrialPoint<TElement> _at;
        private readonly SampleEpochs<TElement> _epochs;
        private readonly double _relativeError;
        private SampleRates _rates;
        private double _scale = 1;
        private double _momentum;
        private int _epoch;
        private ulong _shares;

        public Run(StochasticGradient<TElement> settings, ISampled<TElement> objective, Parameters<TElement> start, Workers workers)
        {
            (_settings, _momentum) = (settings, settings.Momentum);
            _at = new(objective, start, workers);
            _epochs = new(objective, workers, settings.Seed, settings.Momentum > 0, settings.IsLockFree);
            _relativeError = _epochs.Drawn == 0 ? 0 : 1 / Math.Sqrt(_epochs.Drawn);
            _epochs.Factors.Load(start);
            _rates = settings.LearningRate is { } rate
                ? SampleRates.Chosen<TElement>(rate, _at.Gradient.Values)
                : SampleRates.Suited(_epochs, start, _at.Value, _at.Gradient, settings.IsAdaptive);
            _rates.Begin(_epochs);
        }

        public override Parameters<TElement> Point => _at.Point;

        public override double Objective => _at.Value;

        public override double GradientNorm => _at.GradientNorm;

        public override double Uncertainty => StandardErrors * _relativeError * Math.Abs(_at.Value);

        public override int Evaluations => _at.Evaluations;

        public override string? LikelyCause => string.Create(
            CultureInfo.InvariantCulture,
            $"the {nameof(LearningRate)} {_rates.Rate}, of which {_scale:G3} is left after halvings, is too large");

        /// <summary>Of the epochs to come, no schedule can say that it is another.</summary>
        public override string? Mismatch => SharesBefore(_epoch) == _shares ? null
            : string.Create(CultureInfo.InvariantCulture, $"the {nameof(Schedule)} of the learning rate has another share in one of the {_epoch} epochs that were done");

        public override Iteration Iterate(StoppingMonitor monitor)
        {
            var share = _settings.Schedule.ShareOf(_epoch);
            var iteration = share == 0 ? Iteration.Moved(0) : Descend(_rates.Rate * share, monitor);
            if (iteration.Outcome == IterationOutcome.Moved)
            {
                _shares = Digest(_shares, share);
                _epoch++;
            }

            return iteration;
        }

        public override void Visit(RunState state)
        {
            _at.Visit(state);
            state.Visit(ref _scale);
            state.Visit(ref _momentum);
            state.Visit(ref _epoch);
            state.Visit(new Span<ulong>(ref _shares));
            state.Visit(new Span<SampleRates>(ref _rates));
            state.Visit(_epochs.Factors.All);
        }

        private static ulong Digest(ulong before, double share) => XxHash3.HashToUInt64(MemoryMarshal.AsBytes(new ReadOnlySpan<double>(in share)), (long)before);

        private ulong SharesBefore(int epoch)
        {
            var shares = 0UL;
            for (var e = 0; e < epoch; e++)
            {
                shares = Digest(shares, _settings.Schedule.ShareOf(e));
            }

            return shares;
        }

        /// <summary>An epoch, repeated until the objective does not rise, or not by more than other samples would change it by.</summary>
        private Iteration Descend(double scheduled, StoppingMonitor monitor)
        {
            var (anyFinite, momentum) = (false, _momentum);
            _epochs.Factors.Save();
            for (var (attempt, halvings) = (0, 0); halvings <= MostRepetitions; attempt++)
            {
                if (monitor.Interruption is not null)
                {
                    return Iteration.Interrupted;
                }

                var rate = scheduled * _scale;
                // Where slow features alone lead nowhere, as at a start where they are at their best, all move at once.
                var isFirst = _epoch == 0 && halvings == 0;
                _epochs.Run(_epoch, new(rate, momentum, _settings.IsAdaptive, _rates.GradientUnit, isFirst, _rates.NumberScale));
                _epochs.Factors.Store(_at.Trial);
                var value = _at.EvaluateTrial();
                if (value < _at.Value + Uncertainty)
                {
                    _at.Accept();
                    _momentum = halvings == 0 && momentum < _momentum ? Math.Max(0, (2 * _momentum) - 1) : _momentum;
                    return Iteration.Moved(rate) with { Repetitions = halvings };
                }

                _epochs.Factors.Restore();
                if (attempt == 0 && _at.Trial.Values.SequenceEqual(_at.Point.Values))
                {
                    // The schedule rests, at a share of zero or one too small; a later epoch may move.
                    return Iteration.Moved(rate);
                }

                // Velocities may lead uphill, however short the rate makes them: of rows with few samples, the last of an epoch have no
                // part in it yet. That says nothing against the rate.
                anyFinite |= double.IsFinite(value);
                _epochs.Factors.ForgetVelocities();
                if (momentum > 0)
                {
                    momentum = 0;
                    continue;
                }

                _scale /= 2;
                halvings++;
            }

            return _at.Fail(anyFinite);
        }
    }
}
