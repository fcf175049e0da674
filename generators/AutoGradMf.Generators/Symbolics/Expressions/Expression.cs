using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using AutoGradMf.Generators.Symbolics.Model;
using AutoGradMf.Generators.Symbolics.Structure;

namespace AutoGradMf.Generators.Symbolics.Expressions;

/// <summary>
/// A tensor expression with named indices, after Laue, Mitterreiter and Giesen (NeurIPS 2018): transposition and broadcasting are
/// not operations, only index order. Immutable; equal up to the order of operands and the names of summed indices.
/// Made by <see cref="Build"/>, which keeps it in canonical form.
/// </summary>
internal abstract class Expression : IEquatable<Expression>
{
    private static int _count;

    private CanonicalForm? _form;
    private StrongBox<Fingerprint>? _key;
    private StrongBox<Support?>? _support;
    private int _roles = -1;
    private double _length;

    /// <param name="free">The indices that the value depends on.</param>
    /// <param name="operands">The direct sub-expressions.</param>
    /// <param name="terms">How many of them count against the budget.</param>
    protected Expression(IndexSet free, Expression[] operands, int terms = 0)
    {
        SymbolicBudget.Spend(terms);
        Free = free;
        Operands = operands;
        foreach (var operand in operands)
        {
            Depth = Math.Max(Depth, operand.Depth + 1);
        }

        SymbolicBudget.RequireDepth(Depth, SymbolicBudget.MostNestedDerived);
    }

    /// <summary>The indices that the value depends on.</summary>
    public IndexSet Free { get; }

    /// <summary>Another one for each object, in the order of their making by all threads.</summary>
    public int Number { get; } = Interlocked.Increment(ref _count);

    /// <summary>What it is up to the names of its indices.</summary>
    public CanonicalForm Form
    {
        get => _form ??= CanonicalForm.Of(this);
        internal set => _form = value;
    }

    /// <summary>Equal for equal expressions.</summary>
    public Fingerprint Key => (_key ??= new(Form.UnderNumbers())).Value;

    /// <summary>The observed pattern outside of which it is zero; null if it is dense.</summary>
    public Support? Support => (_support ??= new(Support.Of(this))).Value;

    /// <summary>Which of the user's sub-expressions it stems from, by its number; 0 if that is not known. Equal expressions may differ in it.</summary>
    public int Origin { get; private set; }

    /// <summary>The direct sub-expressions, to be read and not written: an array, for most of the work is walking through them.</summary>
    public Expression[] Operands { get; }

    /// <summary>How many levels of operands there are below it.</summary>
    public int Depth { get; }

    /// <summary>How much would be written if it were written out: without end where it uses itself again and again, and so no whole number.</summary>
    public double Length
    {
        get
        {
            if (_length == 0)
            {
                var length = 1.0;
                for (var p = 0; p < Operands.Length; p++)
                {
                    length += Operands[p].Length;
                }

                _length = length;
            }

            return _length;
        }
    }

    private int Roles
    {
        get
        {
            if (_roles < 0)
            {
                var roles = this is Leaf leaf ? 1 << (int)leaf.Tensor.Role : 0;
                for (var p = 0; p < Operands.Length; p++)
                {
                    roles |= Operands[p].Roles;
                }

                _roles = roles;
            }

            return _roles;
        }
    }

    /// <summary>Whether some leaf is of a tensor of that role.</summary>
    public bool Has(TensorRole role) => (Roles & (1 << (int)role)) != 0;

    /// <summary>Notes the origin of what is new here and below: what has one keeps it, and numbers, which are shared, have none.</summary>
    public Expression From(int origin)
    {
        if (Origin == 0 && origin != 0 && this is not Constant)
        {
            Origin = origin;
            for (var p = 0; p < Operands.Length; p++)
            {
                Operands[p].From(origin);
            }
        }

        return this;
    }

    public bool Equals(Expression? other) => other is not null && (ReferenceEquals(this, other) || Key == other.Key);

    public override bool Equals(object? obj) => Equals(obj as Expression);

    public override int GetHashCode() => Key.GetHashCode();

    public override string ToString() => Notation.PlainNotation.Of(this);

    protected static IndexSet Union(Expression[] operands)
    {
        var free = IndexSet.Empty;
        foreach (var operand in operands)
        {
            free = free.Union(operand.Free);
        }

        return free;
    }
}

/// <summary>A number.</summary>
internal sealed class Constant(double value) : Expression([], [])
{
    public double Value { get; } = value;
}

/// <summary>An element of a tensor.</summary>
internal sealed class Leaf(Tensor tensor, IReadOnlyList<Index> indices) : Expression(IndexSet.Of(indices), [])
{
    public Tensor Tensor { get; } = tensor;

    public IReadOnlyList<Index> Indices { get; } = indices;
}

/// <summary>A sum of terms, each broadcast over the indices that it lacks.</summary>
internal sealed class Addition(Expression[] terms) : Expression(Union(terms), terms, terms.Length);

/// <summary>An Einstein product: <c>Coefficient · Σ_Summed Π Operands</c>. Where indices are summed, the coefficient is 1.</summary>
internal sealed class Product(double coefficient, Expression[] operands, IndexSet summed)
    : Expression(Union(operands).Except(summed), operands, operands.Length)
{
    private Expression? _withoutCoefficient;

    public double Coefficient { get; } = coefficient;

    public IndexSet Summed { get; } = summed;

    /// <summary>The product of the operands alone, where none is summed.</summary>
    public Expression WithoutCoefficient => _withoutCoefficient ??= Operands.Length == 1 ? Operands[0] : new Product(1, Operands, []).From(Origin);
}

/// <summary>An elementwise integer power; −1 is the reciprocal.</summary>
internal sealed class Power(Expression @base, int exponent) : Expression(@base.Free, [@base], Math.Abs(exponent) <= Power.FewFactors ? 0 : Math.Abs(exponent))
{
    /// <summary>A power of more factors counts as these: code multiplies them one by one.</summary>
    private const int FewFactors = 64;

    public Expression Base { get; } = @base;

    public int Exponent { get; } = exponent;
}

/// <summary>An elementwise function; its arguments broadcast.</summary>
internal sealed class Apply(ElementwiseFunction function, Expression[] arguments) : Expression(Union(arguments), arguments)
{
    private StrongBox<Masked?>? _masked;
    private Expression?[]? _partials;

    public ElementwiseFunction Function { get; } = function;

    /// <summary>Where it is zero by its comparisons; null if it is nowhere, or no selection.</summary>
    public Masked? Masked => Function.IsSelection ? (_masked ??= new(Expressions.Masked.OfBranches(this))).Value : null;

    /// <summary>The derivative in argument number p, made once for all that differentiates; null if there is none.</summary>
    public Expression? Partial(int p) => (_partials ??= new Expression?[Operands.Length])[p] ??= Function.Partial(p, Operands);
}

/// <summary>A reduction that is no sum.</summary>
internal enum ExtremeKind
{
    Max,
    Min,

    /// <summary>The number of the first largest element.</summary>
    ArgMax,

    /// <summary>The number of the first smallest element.</summary>
    ArgMin,
}

/// <summary>The largest or smallest element over one index, or its place.</summary>
internal sealed class Extreme(ExtremeKind kind, Expression body, Index over) : Expression(body.Free.Remove(over), [body])
{
    public ExtremeKind Kind { get; } = kind;

    public Expression Body { get; } = body;

    public Index Over { get; } = over;
}

/// <summary>The inverse of a square matrix, under indices of its own.</summary>
internal sealed class Inverse(Expression body, Index bodyRow, Index bodyColumn, Index row, Index column)
    : Expression(body.Free.Remove(bodyRow).Remove(bodyColumn).Add(row).Add(column), [body])
{
    public Expression Body { get; } = body;

    public Index BodyRow { get; } = bodyRow;

    public Index BodyColumn { get; } = bodyColumn;

    public Index Row { get; } = row;

    public Index Column { get; } = column;

    /// <summary>Whether it is its own transpose, as the matrix is.</summary>
    public bool IsSymmetric => Body.Form.IsSymmetric(BodyRow, BodyColumn);
}

/// <summary>The logarithm of a square matrix's determinant.</summary>
internal sealed class LogDeterminant(Expression body, Index bodyRow, Index bodyColumn) : Expression(body.Free.Remove(bodyRow).Remove(bodyColumn), [body])
{
    public Expression Body { get; } = body;

    public Index BodyRow { get; } = bodyRow;

    public Index BodyColumn { get; } = bodyColumn;
}

/// <summary>An elementwise function of the open table: its name, where its body is, and the derivative in each argument.</summary>
/// <param name="Name">As losses call it.</param>
/// <param name="DeclaringType">The fully qualified type that declares it.</param>
/// <param name="Partial">The derivative in argument number p at the given arguments; null if there is none.</param>
/// <param name="HasPartial">Whether there is a derivative in argument number p; null if there is in all.</param>
/// <param name="Signs">What is known of the sign of its value.</param>
/// <param name="Bound">A bound of its size (0), or of the size of its derivative in argument number p (p + 1); null if none is known.</param>
/// <param name="HasBound">Whether a bound of that number is declared; null where none is asked for by number.</param>
/// <param name="Exponential">What is known of it as an exponential; null if it is none.</param>
internal sealed record ElementwiseFunction(
    string Name,
    string DeclaringType,
    Func<int, Expression[], Expression?> Partial,
    Func<int, bool>? HasPartial = null,
    EquatableArray<SignRule> Signs = default,
    Func<int, Expression[], Expression?>? Bound = null,
    Func<int, bool>? HasBound = null,
    ExponentialFunction? Exponential = null)
{
    public const string Library = "AutoGradMf.LossMath";

    internal static readonly EquatableArray<SignRule> NeverNegative = new([new SignRule(null, false, default)]);

    /// <summary>The size of a number, which is differentiated no more.</summary>
    public static ElementwiseFunction Abs { get; } = new(nameof(Abs), Library, (_, _) => null, _ => false, NeverNegative);

    /// <summary>Of its arguments (left, right, yes, no): yes where left &lt; right, else no.</summary>
    public static ElementwiseFunction IfLess { get; } = new(nameof(IfLess), Library, (p, a) => SelectionPartial(IfLess!, p, a)) { IsFlatIn = p => p < 2 };

    /// <summary>Of its arguments (left, right, yes, no): yes where left ≤ right, else no.</summary>
    public static ElementwiseFunction IfLessOrEqual { get; } = new(nameof(IfLessOrEqual), Library, (p, a) => SelectionPartial(IfLessOrEqual!, p, a)) { IsFlatIn = p => p < 2 };

    /// <summary>IfLess(0, count, x, 1) where the 1 is never read: formulas have x.</summary>
    public static ElementwiseFunction IfStored { get; } = IfLess with { };

    /// <summary>The square root of a sum of squares. Its derivative at zero is zero, the least of a norm's subgradients.</summary>
    public static ElementwiseFunction Norm { get; } = new("Sqrt", Library, (_, a) =>
        Build.Multiply(Build.Number(0.5), Build.Apply(ReciprocalOrZero!, [Build.Apply(Norm!, a)])), Signs: NeverNegative);

    /// <summary>1/x, and 0 at 0.</summary>
    public static ElementwiseFunction ReciprocalOrZero { get; } = new(nameof(ReciprocalOrZero), Library, (_, a) =>
        Build.Negate(Build.Power(Build.Apply(ReciprocalOrZero!, a), 2)), Signs: new([new SignRule(0, false, default)]));

    /// <summary>As losses call it.</summary>
    public string Name { get; init => (field, Fingerprint) = (value, FingerprintOf(DeclaringType, value)); } = Name;

    /// <summary>Of a derivative that has a name, itself; null of other functions.</summary>
    public Func<Expression[], Expression?>? Meaning { get; init; }

    /// <summary>Whether the derivative in argument number p is zero everywhere.</summary>
    public Func<int, bool> IsFlatIn { get; init; } = _ => false;

    /// <summary>That of its name and its type's.</summary>
    public Fingerprint Fingerprint { get; private init; } = FingerprintOf(DeclaringType, Name);

    /// <summary>Whether it selects one of its last two arguments by comparing its first two.</summary>
    public bool IsSelection => Name is nameof(IfLess) or nameof(IfLessOrEqual) && DeclaringType == Library;

    /// <summary>1 where two numbers are equal, else 0.</summary>
    public static Expression Equal(Expression left, Expression right) => Build.Apply(
        IfLessOrEqual, [left, right, Build.Apply(IfLessOrEqual, [right, left, Build.One, Build.Zero]), Build.Zero]);

    private static Fingerprint FingerprintOf(string type, string name) => Fingerprint.Of(type).With(Fingerprint.Of(name));

    private static Expression SelectionPartial(ElementwiseFunction selection, int position, Expression[] arguments) => position switch
    {
        2 => Build.Apply(selection, [arguments[0], arguments[1], Build.One, Build.Zero]),
        3 => Build.Apply(selection, [arguments[0], arguments[1], Build.Zero, Build.One]),
        _ => Build.Zero,
    };
}
