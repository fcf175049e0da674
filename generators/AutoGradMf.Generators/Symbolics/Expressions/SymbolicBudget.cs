using System.Globalization;
using System.Runtime.CompilerServices;
using AutoGradMf.Generators.Symbolics.Model;

namespace AutoGradMf.Generators.Symbolics.Expressions;

/// <summary>
/// Bounds how far expressions grow while one loss is compiled on this thread, in number and in depth. Counts, and neither a clock nor the
/// stack that is left, so that what compiles here compiles everywhere.
/// </summary>
internal sealed class SymbolicBudget : IDisposable
{
    /// <summary>About a hundred times what the losses of the literature take, and a second or two.</summary>
    public const int MostTerms = 500_000;

    /// <summary>
    /// For a method that a loss can do without, several times what the losses of the literature take: more is not worth the time that it
    /// costs at each edit.
    /// </summary>
    public const int MostSpareTerms = 4_000;

    /// <summary>How deep a loss may nest as it is read. The smallest stack that a thread of the compiler has, of a megabyte, carries every recursion over it.</summary>
    public const int MostNested = 320;

    /// <summary>How deep what is derived of a loss may nest: several derivatives of a chain are each as long as it.</summary>
    public const int MostNestedDerived = 4 * MostNested;

    /// <summary>How much code is generated of a loss: some twenty times what the longest losses of the literature take, and what a compiler reads in seconds.</summary>
    public const int MostCharacters = 2_000_000;

    /// <summary>The bounds as messages say them.</summary>
    public static string Most { get; } = string.Format(CultureInfo.InvariantCulture, "{0:N0} symbolic terms or {1:N0} characters of code", MostTerms, MostCharacters);

    [ThreadStatic]
    private static SymbolicBudget? _current;

    private readonly SymbolicBudget? _outer = _current;
    private int _most;
    private int _spent;
    private long _within;

    private SymbolicBudget(int most) => _most = most;

    /// <summary>From here to its disposal expressions count against a budget of their own.</summary>
    /// <param name="most">How many may be made; fewer for what a loss can do without.</param>
    public static SymbolicBudget Open(int most = MostTerms) => _current = new(most);

    /// <summary>Lets this many more be made, also where the budget is spent: what was too large has been given up.</summary>
    public static void Extend(int terms)
    {
        if (_current is { } budget)
        {
            budget._most = budget._spent + terms;
        }
    }

    /// <summary>What was spent from here on, of this budget and of those opened within it: the work that was done.</summary>
    public long Work => _spent + _within;

    public void Dispose()
    {
        _current = _outer;
        if (_outer is not null)
        {
            _outer._within += Work;
        }
    }

    /// <summary>Counts an expression by its operands.</summary>
    /// <exception cref="LossException">The budget is spent.</exception>
    public static void Spend(int operands)
    {
        RequireStack();
        if (_current is { } budget && (budget._spent += 1 + operands) > budget._most)
        {
            throw Exceeded();
        }
    }

    /// <summary>Counts the characters of what is written.</summary>
    /// <exception cref="LossException">They are too many.</exception>
    public static void RequireLength(int characters)
    {
        if (characters > MostCharacters)
        {
            throw Exceeded();
        }
    }

    /// <summary>Counts the levels of what nests.</summary>
    /// <exception cref="LossException">It nests too deeply.</exception>
    public static void RequireDepth(int levels, int most = MostNested)
    {
        if (levels > most)
        {
            throw Exceeded();
        }
    }

    /// <summary>What nests too deeply is refused before, by its depth; this is for stacks that are smaller than any known.</summary>
    /// <exception cref="LossException">The stack carries no further level of a recursion.</exception>
    public static void RequireStack()
    {
        try
        {
            RuntimeHelpers.EnsureSufficientExecutionStack();
        }
        catch (InsufficientExecutionStackException)
        {
            throw Exceeded();
        }
    }

    /// <summary>Does what may run out of stack elsewhere, too: the compiler and the framework watch it in their own recursions.</summary>
    /// <exception cref="LossException">It did.</exception>
    public static T OnStack<T>(Func<T> step)
    {
        try
        {
            return step();
        }
        catch (InsufficientExecutionStackException)
        {
            throw Exceeded();
        }
    }

    private static LossException Exceeded() => new(new Problem(RuleNames.TooLarge, 0, new([Most])));
}
