using System.Collections.Immutable;
using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Model;
using AutoGradMf.Generators.Symbolics.Structure;
using Index = AutoGradMf.Generators.Symbolics.Expressions.Index;

namespace AutoGradMf.Generators.Symbolics.Notation;

/// <summary>
/// Writes an index expression as matrix algebra where it is that, and in indices where it is not. What the marks look like is the
/// matter of a dialect.
/// </summary>
internal abstract partial class MatrixNotation
{
    private const int Sum = 1;
    private const int Term = 2;
    private const int Indivisible = 3;

    /// <summary>Nobody reads more; without an end the derivative of n nested functions takes n² of them.</summary>
    private const int MostNodes = 500;

    /// <summary>Of indices, as far as nothing else has the name.</summary>
    private const string Letters = "ijklpqrst";

    /// <summary>What was written whole, and of how many nodes: much of a derivative stands in it again and again, and in other texts.</summary>
    private readonly Dictionary<Place, (string Text, int Nodes)> _written = [];

    /// <summary>The letters of the indices of what is written around a matrix in brackets, which has others within.</summary>
    private readonly HashSet<string> _lettersAround = new(StringComparer.Ordinal);

    private readonly Formulas _formulas = new();

    private int _nodes;
    private bool _isInStopped;

    /// <summary>Whether what is held constant is marked as such: it is in a loss, of which what is written below would not be the derivative, and not in values.</summary>
    public bool MarksStopped { get; init; }

    protected abstract string Hadamard { get; }

    /// <summary>Stands between the factors of a product.</summary>
    protected abstract string Times { get; }

    /// <summary>A vector of ones.</summary>
    protected abstract string Ones { get; }

    protected abstract string SumOf { get; }

    protected abstract string Transposed(string text);

    protected abstract string Raised(string text, string exponent);

    protected abstract string Named(string tensor);

    protected abstract string Call(string function, string arguments);

    protected abstract string Parentheses(string text);

    /// <summary>An element, by letters for its indices.</summary>
    protected abstract string Element(string tensor, IEnumerable<string> indices);

    /// <summary>The sum over indices by their letters.</summary>
    protected abstract string SumOver(string indices);

    /// <summary>The expression as a matrix with the given row and column index.</summary>
    public string Text(Expression expression, Index? row = null, Index? column = null)
    {
        _nodes = 0;
        return WriteMatrix(_formulas.WrittenOut(expression), row, column);
    }

    /// <summary>The expression, in parentheses if it is a sum.</summary>
    public string Atom(Expression expression)
    {
        _nodes = 0;
        return Write(_formulas.WrittenOut(expression), null, null, Term);
    }

    private string WriteMatrix(Expression expression, Index? row = null, Index? column = null)
    {
        var free = expression.Free.OrderBy(i => i.Dimension.IsLatent).ThenBy(i => i).ToList();
        row ??= column is null ? free.FirstOrDefault() : null;
        column ??= free.FirstOrDefault(i => i != row);
        return Write(expression, row, column, 0);
    }

    protected abstract string Ellipsis { get; }

    private string Write(Expression expression, Index? row, Index? column, int outer)
    {
        if (expression.Operands.Length == 0 || (MarksStopped && expression.Has(TensorRole.Frozen)))
        {
            return WriteNew(expression, row, column, outer);
        }

        var place = new Place(expression.Number, row?.Number ?? 0, column?.Number ?? 0, outer);
        if (_lettersAround.Count > 0)
        {
            // What stands within brackets has other letters there than elsewhere.
            return WriteNew(expression, row, column, outer);
        }

        if (_written.TryGetValue(place, out var written) && _nodes + written.Nodes <= MostNodes)
        {
            _nodes += written.Nodes;
            return written.Text;
        }

        var before = _nodes;
        var text = WriteNew(expression, row, column, outer);
        if (_nodes <= MostNodes)
        {
            _written[place] = (text, _nodes - before);
        }

        return text;
    }

    private string WriteNew(Expression expression, Index? row, Index? column, int outer) =>
        _nodes++ >= MostNodes && expression.Operands.Length > 0 ? Ellipsis
        : MarksStopped && !_isInStopped && expression.IsStopped() ? WriteStopped(expression, row, column)
        : WriteNode(expression, row, column, outer);

    private string WriteStopped(Expression expression, Index? row, Index? column)
    {
        _isInStopped = true;
        var text = WriteNode(expression, row, column, 0);
        _isInStopped = false;
        return Call("stop", text);
    }

    private string WriteNode(Expression expression, Index? row, Index? column, int outer) => expression switch
    {
        Constant c => Number(c.Value),
        Leaf leaf => WriteLeaf(leaf, row),
        Power or Product when WithoutScale(expression) is { } product => Write(product, row, column, outer),
        Addition a => Parenthesised(WriteTerms(a, row, column), outer > Sum),
        Power p => WritePower(p, row, column, outer),
        Apply { Operands: [_, Product, var stored, _] } s when ReferenceEquals(s.Function, ElementwiseFunction.IfStored) => Write(stored, row, column, outer),
        Apply { Operands: [var squares, ..] } when SquaredNorms.ArePositivePart(expression) && squares.DependsOnFactors() => Write(squares, row, column, outer),
        Apply { Function.IsSelection: true, Operands: [var squares, _, _, var above] } when SquaredNorms.HavePositivePart(squares) => Write(above, row, column, outer),
        Apply { Function.IsSelection: true } s => WriteChoice(s, row, column, outer),
        Apply { Function: { Name: "Pow", DeclaringType: ElementwiseFunction.Library }, Operands: [var radix, { Free.Count: 0 } exponent] } =>
            Raised(WriteBase(radix, row, column), Write(exponent, null, null, Indivisible)),
        Apply { Operands: [var only] } a => Call(a.Function.Name, Write(only, row, column, 0)),
        Apply a => Call(a.Function.Name, WriteArguments(a, row, column)),
        Product { Summed.Count: 0 } p => Parenthesised(WriteElementwise(p, row, column), outer > Term),
        Product p => WriteContraction(p, row, column, outer),
        Extreme e => WriteExtreme(e, row),
        Inverse i => WriteTensor(i, i.Row != row && (IsDiagonal(i) ? row is not null : !i.IsSymmetric)),
        LogDeterminant d => Call("logdet", WriteMatrix(d.Body, d.BodyRow, d.BodyColumn)),
        _ => throw new InvalidOperationException($"No notation for {expression.GetType().Name}."),
    };

    /// <summary>Of each row, as a column unless the rows are columns where it stands; that of all elements is the largest of the largest.</summary>
    private string WriteExtreme(Extreme extreme, Index? row)
    {
        if (extreme is { Free.Count: 0, Body: Extreme inner } && inner.Kind == extreme.Kind)
        {
            return Call(extreme.Kind.ToString().ToLowerInvariant(), WriteMatrix(inner.Body, extreme.Over, inner.Over));
        }

        var text = Call($"row{extreme.Kind}", WriteMatrix(extreme.Body, extreme.Free.FirstOrDefault(), extreme.Over));
        return extreme is { Kind: ExtremeKind.Max or ExtremeKind.Min, Free.Count: 1 } && extreme.Free.First() != row ? Transposed(text) : text;
    }

    private string WriteArguments(Apply apply, Index? row, Index? column) => string.Join(", ", apply.Operands.Select(o => Write(o, row, column, 0)));

    /// <summary>A leaf; the number of a row or a column is called so.</summary>
    private string WriteLeaf(Leaf leaf, Index? row) =>
        leaf.Tensor.Initializer is CallNode { Function: Operators.Numbers } ? Named(leaf.Indices[0] == row ? "row" : "column")
        : leaf.Indices.Count == 0 || leaf.Tensor.IsIdentity ? Name(leaf)
        : WriteTensor(leaf, (leaf.Indices[0] != row) != leaf.Tensor.IsRowVector);

    /// <summary>A matrix or a vector; of a matrix whose row and column are one index, the diagonal.</summary>
    private string WriteTensor(Expression tensor, bool isTransposed) =>
        (IsDiagonal(tensor) ? Call("diag", Whole(tensor)) : Whole(tensor)) is var text && isTransposed ? Transposed(text) : text;

    private string Whole(Expression tensor) => tensor is Inverse i ? Call("inv", WriteMatrix(i.Body, i.BodyRow, i.BodyColumn)) : Name((Leaf)tensor);

    private static bool IsDiagonal(Expression matrix) => matrix switch
    {
        Leaf { Indices: { Count: 2 } indices } => indices[0] == indices[1],
        Inverse inverse => inverse.Row == inverse.Column,
        _ => false,
    };

    private string WriteTerms(Addition addition, Index? row, Index? column)
    {
        var terms = LikeTerms(addition, row, column);

        // A sum begins with what is added, if anything is.
        var first = Math.Max(0, terms.FindIndex(t => t.Coefficient >= 0));
        var text = new List<string>(3 * terms.Count);
        foreach (var (coefficient, body) in terms.Where((_, place) => place != first).Prepend(terms[first]))
        {
            text.Add(text.Count == 0 ? (coefficient < 0 ? "-" : "") : coefficient < 0 ? " - " : " + ");
            text.Add(Coefficient(Math.Abs(coefficient)));
            text.Add(body);
        }

        return string.Concat(text);
    }

    /// <summary>The terms of a sum as they are written; those that are written alike, such as an outer product and the transpose of its own, are one.</summary>
    private List<(double Coefficient, string Body)> LikeTerms(Addition addition, Index? row, Index? column)
    {
        var terms = new List<(double Coefficient, string Body)>();
        foreach (var term in addition.Operands.Select(AsProduct))
        {
            var coefficient = Build.SplitCoefficient(term).Coefficient;
            var text = Write(coefficient < 0 ? Build.Negate(term) : term, row, column, Sum + (coefficient < 0 ? 1 : 0));
            var number = Coefficient(Math.Abs(coefficient));
            var (sign, isScaled) = (coefficient < 0 ? -1.0 : 1.0, text.StartsWith(number, StringComparison.Ordinal));
            var (scale, body) = isScaled ? (coefficient, text[number.Length..]) : (sign, text);
            var like = body.Contains(Ellipsis) ? -1 : terms.FindIndex(t => t.Body == body);
            if (like < 0)
            {
                terms.Add((scale, body));
            }
            else
            {
                terms[like] = (terms[like].Coefficient + scale, body);
            }
        }

        return terms;
    }

    private string WritePower(Power power, Index? row, Index? column, int outer) => power.Exponent switch
    {
        < 0 => Parenthesised($"1 / {Write(Build.Power(power.Base, -power.Exponent), row, column, Indivisible)}", outer > Term),
        _ => Raised(WriteBase(power.Base, row, column), Exponent(power.Exponent)),
    };

    /// <summary>What is raised to a power; without parentheses the sum of all elements would be read as one of powers.</summary>
    private string WriteBase(Expression @base, Index? row, Index? column) => Parenthesised(
        Write(@base, row, column, Indivisible), @base is Product { Summed.Count: > 0, Free.Count: 0 });

    private string WriteElementwise(Product product, Index? row, Index? column)
    {
        var text = new List<string>();
        var coefficient = Coefficient(product, out var factors);
        foreach (var factor in factors)
        {
            if (!IsDivisor(factor) && factor.Free.Count == 0)
            {
                AppendFactor(text, Times, Write(factor, null, null, Indivisible));
            }
        }

        var arrays = Array.FindAll(factors, f => !IsDivisor(f) && f.Free.Count > 0);
        var isOuter = arrays.Length == 2 && arrays[0].Free.Count == 1 && arrays[1].Free.Count == 1 && !arrays[0].Free.Overlaps(arrays[1].Free);
        if (isOuter && arrays[0].Free.Indices[0] != row && arrays[1].Free.Indices[0] == row)
        {
            Array.Reverse(arrays);
        }

        foreach (var array in arrays)
        {
            var sign = ReferenceEquals(array, arrays[0]) || isOuter ? Times : Hadamard;
            AppendFactor(text, sign, Write(array, row, column, Term + (arrays.Length > 1 ? 1 : 0)));
        }

        text.Insert(0, coefficient);
        foreach (var factor in factors)
        {
            if (IsDivisor(factor) && factor is Power divisor)
            {
                text.Add(" / ");
                text.Add(Write(Build.Power(divisor.Base, -divisor.Exponent), row, column, Indivisible));
            }
        }

        return string.Concat(text);
    }

    private static void AppendFactor(List<string> text, string sign, string factor)
    {
        if (text.Count > 0)
        {
            text.Add(sign);
        }

        text.Add(factor);
    }

    private static bool IsDivisor(Expression factor) => factor is Power { Exponent: < 0 };

    private string WriteContraction(Product product, Index? row, Index? column, int outer)
    {
        if (product.Free.Count == 0)
        {
            return WriteTotal(product);
        }

        if (WriteGather(product, row, column) is { } gathered)
        {
            return gathered;
        }

        if (WriteScatter(product, row, column) is { } scattered)
        {
            return scattered;
        }

        var start = product.Free.Contains(row ?? column!) ? row ?? column! : column!;
        var operands = WithGathers(product);
        return (Chain([.. operands], product.Summed, start) ?? Chain(Joined(product, operands), product.Summed, start)) is not { } chain ? InIndices(product)
            : product.Free.Count == 1 && start != row ? Transposed(Parentheses(chain))
            : Parenthesised(chain, outer > Term);
    }

    /// <summary>A number: the sum of all elements, or a quadratic form in brackets.</summary>
    private string WriteTotal(Product product)
    {
        if (product is { Operands: [var matrix], Summed.Count: 1 } && IsDiagonal(matrix))
        {
            return Call("trace", Whole(matrix));
        }

        var indices = product.Summed.OrderBy(i => i.Dimension.IsLatent).ThenBy(i => i).ToList();
        if (product.Operands.All(o => o.Free.Count == indices.Count || o.Free.Count == 0) || indices.Count <= 2)
        {
            var body = AsProduct(Build.Multiply(product.Operands));
            var row = RowOf(body) ?? indices[0];
            return SumOf + Write(body, row, indices.Find(i => i != row), Term + (body is Product ? 1 : 0));
        }

        return SumOfChain(product) ?? InIndices(product);
    }

    /// <summary>The sum of all elements of a matrix product; null if the operands are none.</summary>
    private string? SumOfChain(Product product)
    {
        var ends = product.Summed.Where(i => product.Operands.Count(o => o.Free.Contains(i)) == 1).ToList();
        return ends.Count == 2 && Chain([.. product.Operands], product.Summed.Except([.. ends]), ends[0]) is { } chain ? SumOf + Parentheses(chain) : null;
    }

    /// <summary>The operands in the order of a matrix product from a row index on; null if they are none.</summary>
    private string? Chain(List<Expression> pointwise, IndexSet summed, Index start)
    {
        var text = new List<string>();
        for (Index? at = start; pointwise.Count > 0;)
        {
            var next = pointwise.Where(o => at is not null && o.Free.Contains(at)).ToList();
            if (text.Count > 0 && at!.Dimension.IsLatent && next.Count > 1 && next.FindAll(o => o.Free.Count > 1) is [var rest])
            {
                // A vector of features on the way scales what is behind it: U diag(s) V'.
                next.Remove(rest);
                text.AddRange(next.Select(vector => Call("diag", Write(vector, at, null, 0))));
                pointwise.RemoveAll(next.Contains);
                next = [rest];
            }

            if (next.Count != 1 || next[0].Free.Count > 2)
            {
                return null;
            }

            var to = next[0].Free.FirstOrDefault(i => i != at);
            text.Add(IsTransposed(next[0], at, to) ? Transposed(WriteBeforeMark(next[0], to, at)) : Write(next[0], at, to, Term + 1));
            pointwise.Remove(next[0]);
            if (to is null && pointwise.Count > 0)
            {
                return null;
            }

            if (to is not null && summed.Contains(to) && pointwise.Count == 0)
            {
                text.Add(Ones);
            }

            at = to;
        }

        return string.Join(Times, text);
    }

    /// <summary>The operands, those that share a pair of entities (or lie within one) multiplied elementwise.</summary>
    private static List<Expression> Joined(Product product, List<Expression> operands)
    {
        var pair = product.Operands.Select(o => o.Free).FirstOrDefault(f => f.Count(i => !i.Dimension.IsLatent) > 1);
        return [.. operands
            .GroupBy(o => pair is not null && o.Free.IsSubsetOf(pair) ? "pair" : string.Join(",", o.Free.Select(i => i.Number)))
            .Select(g => g.Count() == 1 ? g.First() : Build.Multiply(g))];
    }

    /// <summary>What a mark of transposition follows: in parentheses, if it has no end of its own.</summary>
    private string WriteBeforeMark(Expression operand, Index? row, Index? column) => operand is Apply && ReferenceEquals(AsProduct(operand), operand)
        ? Write(operand, row, column, 0)
        : Parentheses(Write(operand, row, column, 0));

    /// <summary>Whether a matrix of entities is better written the other way round, with a transposition around it. Rows that are added have a mark of their own.</summary>
    private bool IsTransposed(Expression operand, Index? row, Index? column) =>
        operand is not Leaf && !(operand is Product product && ScatterOf(product) is not null) && row is { Dimension.IsLatent: false } && column is { Dimension.IsLatent: false }
        && (RowOf(operand) is { } own ? own == column : string.CompareOrdinal(row.Dimension.Name, column.Dimension.Name) > 0);

    /// <summary>A sum of more than two indices within it has no form of its own: its indices are the whole's.</summary>
    private string InIndices(Product whole)
    {
        var product = WithoutInnerSums(whole);
        var names = new HashSet<string>(product.SelfAndDescendants().OfType<Leaf>().Select(l => l.Tensor.IsOneHot ? IndexOf(l) : l.Tensor.Name), StringComparer.Ordinal);
        var unnamed = Letters.Select(letter => letter.ToString()).Where(letter => !names.Contains(letter)).ToList();
        var free = unnamed.Except(_lettersAround).ToList() is { Count: > 0 } unused ? unused : unnamed;
        var letters = product.Free.Union(product.Summed)
            .Select((index, place) => (index, Letter: free[place % free.Count]))
            .ToDictionary(p => p.index, p => p.Letter);
        List<string> around = [.. letters.Values.Where(_lettersAround.Add)];
        List<string> operands = [.. product.Operands.Select(o => InIndices(o, letters))];
        _lettersAround.ExceptWith(around);
        return SumOver(string.Concat(product.Summed.Select(i => letters[i]))) + string.Join(Times, operands);
    }

    private string InIndices(Expression operand, Dictionary<Index, string> letters) => operand switch
    {
        Leaf { Tensor.IsOneHot: true } oneHot =>
            Brackets($"{letters[oneHot.Indices[1]]} = {Element(Named(IndexOf(oneHot)), [letters[oneHot.Indices[0]]])}"),
        Leaf leaf => Element(Name(leaf), leaf.Indices.Select(i => letters[i])),
        _ => Element(Parentheses(WriteMatrix(operand)), operand.Free.Select(i => letters[i])),
    };

    private static Product WithoutInnerSums(Product product) =>
        product.Operands.FirstOrDefault(o => o is Product { Summed.Count: > 0, Coefficient: 1, Free.Count: > 2 }) is Product inner && inner.WithFreshSummed() is var fresh
            ? WithoutInnerSums(new Product(product.Coefficient, [.. product.Operands.SelectMany(o => ReferenceEquals(o, inner) ? fresh.Operands : [o])], product.Summed.Union(fresh.Summed)))
            : product;

    private string Parenthesised(string text, bool needed) => needed ? Parentheses(text) : text;

    /// <summary>What decides how an expression is written, by its number and those of its indices.</summary>
    private readonly record struct Place(int Expression, int Row, int Column, int Outer);
}
