namespace AutoGradMf.Kernels;

/// <summary>What a part of a sample's gradient is.</summary>
public enum SampleGradientKind
{
    /// <summary>A coefficient times a row, in a row.</summary>
    Row,

    /// <summary>A coefficient times the outer product of two rows, in a shared matrix.</summary>
    Outer,

    /// <summary>A coefficient, in a number.</summary>
    Number,

    /// <summary>A function of each element, in a row.</summary>
    Penalty,
}

/// <summary>A part of a sample's gradient.</summary>
public readonly struct SampleGradient
{
    private SampleGradient(SampleGradientKind kind, int into, int coefficient, int left, int right)
    {
        Kind = kind;
        Into = into;
        Coefficient = coefficient;
        Left = left;
        Right = right;
    }

    /// <summary>What it is.</summary>
    public SampleGradientKind Kind { get; }

    /// <summary>The number of the row that it is the gradient in, or of the number.</summary>
    public int Into { get; }

    /// <summary>The result of the sample's function, or of its penalty, that it is multiplied with.</summary>
    public int Coefficient { get; }

    /// <summary>The row that is multiplied; of an outer product, the one that goes down.</summary>
    public int Left { get; }

    /// <summary>Of an outer product, the row that goes across.</summary>
    public int Right { get; }

    /// <summary>A coefficient times a row.</summary>
    public static SampleGradient Row(int into, int coefficient, int row) => new(SampleGradientKind.Row, into, coefficient, row, -1);

    /// <summary>A coefficient times the outer product of two rows.</summary>
    public static SampleGradient Outer(int into, int coefficient, int left, int right) => new(SampleGradientKind.Outer, into, coefficient, left, right);

    /// <summary>A coefficient, in a number.</summary>
    public static SampleGradient Number(int into, int coefficient) => new(SampleGradientKind.Number, into, coefficient, -1, -1);

    /// <summary>A result of the penalty.</summary>
    public static SampleGradient Penalty(int into, int coefficient) => new(SampleGradientKind.Penalty, into, coefficient, -1, -1);
}
