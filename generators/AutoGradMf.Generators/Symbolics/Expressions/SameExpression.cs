namespace AutoGradMf.Generators.Symbolics.Expressions;

/// <summary>
/// Tells expressions apart as objects, equal ones too. By their own numbers: the runtime's hash of an object costs more than most of what
/// is looked up.
/// </summary>
internal sealed class SameExpression : IEqualityComparer<Expression>
{
    public static SameExpression Instance { get; } = new();

    public bool Equals(Expression? x, Expression? y) => ReferenceEquals(x, y);

    public int GetHashCode(Expression expression) => expression.Number;
}
