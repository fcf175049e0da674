using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Structure;
using Index = AutoGradMf.Generators.Symbolics.Expressions.Index;

namespace AutoGradMf.Generators.Symbolics.Lowering;

/// <summary>Steps that run together, and what they have computed so far: equal expressions are computed once.</summary>
internal sealed class LoweringScope(LoweringScope? outer = null)
{
    /// <summary>Where the levels begin of vectors that hyperparameters and data fix; those of what factors do begin at 0.</summary>
    public const int BeforeFactors = -100;

    private readonly Dictionary<Fingerprint, (Storage Storage, IReadOnlyList<int> Places)> _arrays = [];
    private readonly Dictionary<Fingerprint, Leaf> _scalars = [];
    private readonly Dictionary<string, int> _levels = new(StringComparer.Ordinal);
    private readonly List<Step> _steps = [];
    private readonly Dictionary<(Index Row, Index Column, Support? Support, bool IsDouble), LoweredPoints> _points = [];

    /// <summary>What numbers have become: expressions over those that steps compute.</summary>
    public Dictionary<Expression, Expression> Numbers { get; } = [];

    /// <summary>The steps in the order in which they can run.</summary>
    public IReadOnlyList<Step> Steps =>
        [.. SharedFactorization.In([.. _steps.Select((step, order) => (step, order)).OrderBy(s => s.step.Level).ThenBy(s => s.step is LoopStep ? 0 : 1).ThenBy(s => s.order).Select(s => s.step)])];

    public void Add(Step step) => _steps.Add(step);

    /// <summary>What expressions over a row and a column have become, at the entries of a pattern or at all points.</summary>
    public LoweredPoints Points(Index row, Index column, Support? support, bool isDouble)
    {
        if (!_points.TryGetValue((row, column, support, isDouble), out var points))
        {
            _points[(row, column, support, isDouble)] = points = new();
        }

        return points;
    }

    /// <summary>
    /// The first loop from a level of this scope on that visits the given points, made if there is none: what may be computed earlier shares the
    /// products of a loop that has to wait.
    /// </summary>
    public LoopStep Loop(int level, LoopSpace space, Func<LoopStep> make)
    {
        var loop = _steps.OfType<LoopStep>().Where(l => l.Level >= level && l.Level < 0 == level < 0 && l.Space == space)
            .OrderBy(l => l.Level).FirstOrDefault();
        if (loop is null)
        {
            _steps.Add(loop = make());
        }

        return loop;
    }

    /// <summary>The level at which an array or number of that name is known.</summary>
    /// <param name="name">The name.</param>
    /// <param name="start">The level of what is there before the first step.</param>
    public int LevelOf(string name, int start = 0) => _levels.TryGetValue(name, out var level) ? level : start;

    /// <summary>Whether steps of this scope, or of the one around it, have made an array of that name.</summary>
    public bool Knows(string name) => _levels.ContainsKey(name) || outer?.Knows(name) == true;

    public void SetLevel(string name, int level) => _levels[name] = level;

    public Placement? FindArray(Expression expression)
    {
        return _arrays.TryGetValue(expression.Form.Skeleton, out var found)
            ? new(found.Storage, [.. found.Places.Select(p => expression.Form.Orders[0][p])])
            : outer?.FindArray(expression);
    }

    public void RememberArray(Expression expression, Placement placement)
    {
        var order = expression.Form.Orders[0].ToList();
        _arrays[expression.Form.Skeleton] = (placement.Storage, [.. placement.Indices.Select(i => order.IndexOf(i))]);
    }

    public Leaf? FindScalar(Expression expression) =>
        _scalars.TryGetValue(expression.Key, out var found) ? found : outer?.FindScalar(expression);

    public void RememberScalar(Expression expression, Leaf scalar) => _scalars[expression.Key] = scalar;
}

/// <summary>An array under the indices that an expression has for its dimensions.</summary>
internal sealed record Placement(Storage Storage, IReadOnlyList<Index> Indices);
