namespace AutoGradMf.Optimizers;

/// <summary>
/// What a run is shown to, part by part: writes it down, or fills it in from what was written. Saving and loading are one list of parts,
/// so that they cannot differ.
/// </summary>
public abstract class RunState
{
    /// <summary>A number.</summary>
    public abstract void Visit(ref double value);

    /// <summary>A count.</summary>
    public abstract void Visit(ref int value);

    /// <summary>Numbers, of which a run has as many as what was shown before says.</summary>
    /// <typeparam name="TElement">Their type.</typeparam>
    public abstract void Visit<TElement>(Span<TElement> values)
        where TElement : unmanaged;

    /// <summary>Yes or no.</summary>
    public void Visit(ref bool value)
    {
        var number = value ? 1 : 0;
        Visit(ref number);
        value = number != 0;
    }
}
