namespace AutoGradMf.Optimizers;

/// <summary>
/// The interval in which <see cref="StrongWolfe"/> looks for a step. <see cref="Low"/> is the lowest trial so far that decreases
/// φ sufficiently, and φ falls from it towards <see cref="_high"/>; until a high end is found, the interval is open to the right.
/// </summary>
internal struct Bracket
{
    private const double LeastGrowth = 2;
    private const double MostGrowth = 10;
    private const double Margin = 0.1;

    private readonly LinePoint _origin;
    private readonly double _rounding;
    private LinePoint _previous;
    private LinePoint _high;
    private bool _isClosed;
    private double _widthBefore;

    public Bracket(LinePoint origin, double rounding)
    {
        _origin = origin;
        _rounding = rounding;
        Low = origin;
    }

    /// <summary>The end where φ is low.</summary>
    public LinePoint Low { get; private set; }

    /// <summary>Whether any trial was finite.</summary>
    public bool AnyFinite { get; private set; }

    /// <summary>Whether no number is left between the ends.</summary>
    public readonly bool IsExhausted => _isClosed && Width <= Math.BitIncrement(Math.Max(Low.Step, _high.Step)) - Math.Max(Low.Step, _high.Step);

    private readonly double Width => Math.Abs(_high.Step - Low.Step);

    /// <summary>Narrows (or extends) the interval by a trial; true if the trial meets both conditions.</summary>
    public bool Take(LinePoint trial)
    {
        AnyFinite |= trial.IsFinite;
        _widthBefore = _isClosed ? Width : double.PositiveInfinity;
        if (!IsLow(trial))
        {
            (_high, _isClosed) = (trial, true);
            return false;
        }

        if (Math.Abs(trial.Slope) <= StrongWolfe.Curvature * Math.Abs(_origin.Slope))
        {
            return true;
        }

        // Beyond the minimum as seen from the low end: that end becomes the other one.
        if (trial.Slope * (_isClosed ? _high.Step - Low.Step : 1) >= 0)
        {
            (_high, _isClosed) = (Low, true);
        }

        (_previous, Low) = (Low, trial);
        return false;
    }

    /// <summary>Where to try next: inside the interval when it is closed, beyond it while it is open.</summary>
    public readonly double NextStep()
    {
        if (!_isClosed)
        {
            var beyond = Minimizer(_previous, Low);
            return double.IsNaN(beyond) ? MostGrowth * Low.Step : Math.Clamp(beyond, LeastGrowth * Low.Step, MostGrowth * Low.Step);
        }

        if (!_high.IsFinite)
        {
            return Low.Step + (Margin * (_high.Step - Low.Step));
        }

        var inside = Width > 0.5 * _widthBefore ? double.NaN : Minimizer(Low, _high);
        var fraction = (inside - Low.Step) / (_high.Step - Low.Step);
        fraction = double.IsNaN(fraction) ? 0.5 : Math.Clamp(fraction, Margin, 1 - Margin);
        return Low.Step + (fraction * (_high.Step - Low.Step));
    }

    private readonly bool IsLow(LinePoint trial) =>
        trial.IsFinite
        && trial.Value <= _origin.Value + (StrongWolfe.SufficientDecrease * trial.Step * _origin.Slope) + _rounding
        && trial.Value <= Low.Value + _rounding;

    /// <summary>
    /// The minimizer of the cubic through values and slopes at two points (Nocedal &amp; Wright, equation 3.59), or, where the values
    /// agree up to rounding, the zero of the line through the slopes; NaN if there is none.
    /// </summary>
    private readonly double Minimizer(LinePoint a, LinePoint b)
    {
        var width = b.Step - a.Step;
        if (Math.Abs(b.Value - a.Value) <= _rounding)
        {
            return a.Slope * b.Slope < 0 ? b.Step - (width * b.Slope / (b.Slope - a.Slope)) : double.NaN;
        }

        var d1 = a.Slope + b.Slope - (3 * (a.Value - b.Value) / (a.Step - b.Step));
        var d2 = Math.Sign(width) * Math.Sqrt((d1 * d1) - (a.Slope * b.Slope));
        return b.Step - (width * (b.Slope + d2 - d1) / (b.Slope - a.Slope + (2 * d2)));
    }
}
