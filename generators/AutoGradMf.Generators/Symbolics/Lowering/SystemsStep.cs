using AutoGradMf.Generators.Symbolics.Expressions;

namespace AutoGradMf.Generators.Symbolics.Lowering;

/// <summary>A term of the matrices of a <see cref="SystemsStep"/>: the kinds of the library's CurvatureTerm.</summary>
internal enum SystemsTermKind
{
    Ridge,
    Shared,
    Weighted,
    Diagonal,
    Outer,
    Gathered,
    Sampled,
    SampledTransposed,
    Dense,
    DenseTransposed,
    Streamed,
}

/// <summary>A term of the matrices of a <see cref="SystemsStep"/>.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Scale">A number that it is multiplied with.</param>
/// <param name="Weights">A number for each row or entry.</param>
/// <param name="Array">The matrix, the diagonals or the rows.</param>
/// <param name="Pattern">The entries that are summed over.</param>
/// <param name="Rows">What the rows are sums of, where samples choose them.</param>
internal sealed record SystemsTerm(SystemsTermKind Kind, Expression Scale, Storage? Weights, Storage? Array, string? Pattern, IReadOnlyList<RowTerm>? Rows = null)
{
    /// <summary>Where each of its rows chose one of the factor: the matrix of that is a sum of the term's; null if its rows are the factor's.</summary>
    public Tensor? Chosen { get; init; }

    /// <summary>The numbers that its rows are added to the gradient with; null if they are not.</summary>
    public Storage? Slopes { get; init; }

    /// <summary>A number that the slopes are multiplied with.</summary>
    public Expression SlopeScale { get; init; } = Build.One;

    /// <summary>The numbers that it reads.</summary>
    public IEnumerable<Expression> Numbers => [Scale, SlopeScale, .. (Rows ?? []).Select(r => r.Scale)];

    /// <summary>The term with other expressions for its numbers.</summary>
    public SystemsTerm WithNumbers(Func<Expression, Expression> number) => this with
    {
        Scale = number(Scale),
        SlopeScale = number(SlopeScale),
        Rows = Rows is null ? null : [.. Rows.Select(r => r with { Scale = number(r.Scale) })],
    };
}

/// <summary>Replaces the gradient of a factor by its Newton step, row by row.</summary>
internal sealed class SystemsStep(int level, Storage gradient, IReadOnlyList<SystemsTerm> terms, bool isOneSystem, LoopStep? weights, Storage? at) : Step(level)
{
    /// <summary>Where the step is turned to, if its rows are the factor's columns.</summary>
    public Storage? Turned { get; init; }

    /// <summary>Whether there is more to the gradient than what slopes add.</summary>
    public bool HasGradient { get; init; } = true;

    /// <summary>The factor, if the gradient is that where it is zero.</summary>
    public Storage? At { get; } = at;

    /// <summary>The gradient, which becomes the step.</summary>
    public Storage Gradient { get; } = gradient;

    public IReadOnlyList<SystemsTerm> Terms { get; } = terms;

    /// <summary>Whether the factor is a vector of which all values are in one system.</summary>
    public bool IsOneSystem { get; } = isOneSystem;

    /// <summary>The function that gives the weights of the term that is streamed; null if none is.</summary>
    public LoopStep? Weights { get; } = weights;

    public override IEnumerable<Expression> Numbers => Terms.SelectMany(t => t.Numbers).Concat(Weights?.Numbers ?? []);

    public override Step WithNumbers(Func<Expression, Expression> number) =>
        new SystemsStep(Level, Gradient, [.. Terms.Select(t => t.WithNumbers(number))], IsOneSystem, Weights?.With(number), At) { Turned = Turned, HasGradient = HasGradient };
}
