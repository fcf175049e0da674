using AutoGradMf.Generators.Symbolics.Expressions;
using Index = AutoGradMf.Generators.Symbolics.Expressions.Index;

namespace AutoGradMf.Generators.Symbolics.Translation;

/// <summary>A value as an index expression, with the index that counts its rows and the one that counts its columns.</summary>
internal sealed record Indexed(Expression Value, Index? Row, Index? Column)
{
    /// <summary>The same value with the rows and columns of another one, where both have them.</summary>
    public Indexed AlignedTo(Indexed other)
    {
        if ((Row is null || Row == (other.Row ?? Row)) && (Column is null || Column == (other.Column ?? Column)))
        {
            return this;
        }

        var names = new Dictionary<Index, Index>();
        if (Row is not null && other.Row is not null && Row != other.Row)
        {
            names[Row] = other.Row;
        }

        if (Column is not null && other.Column is not null && Column != other.Column)
        {
            names[Column] = other.Column;
        }

        return new(Value.Rename(names), Row is null ? null : other.Row ?? Row, Column is null ? null : other.Column ?? Column);
    }
}
