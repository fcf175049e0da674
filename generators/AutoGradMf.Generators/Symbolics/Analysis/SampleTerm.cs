using AutoGradMf.Generators.Symbolics.Differentiation;
using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Model;
using Index = AutoGradMf.Generators.Symbolics.Expressions.Index;

namespace AutoGradMf.Generators.Symbolics.Analysis;

/// <summary>Where a row that a sample reads comes from: the kinds of the library's SampleRow.</summary>
internal enum SampleRowKind
{
    Factor,
    FactorColumn,
    Shared,
    Data,
    Product,
    TransposedProduct,
    Elementwise,
}

/// <summary>A row that a sample reads.</summary>
/// <param name="Kind">Where it comes from.</param>
/// <param name="Tensor">The factor or the data; null for a product.</param>
/// <param name="Place">The index that says which row.</param>
/// <param name="Matrix">Of a product, the number of the row that holds the matrix, or of the first row.</param>
/// <param name="Of">Of a product, the number of the row that is multiplied.</param>
internal sealed record SampleRow(SampleRowKind Kind, Tensor? Tensor, Index? Place, int Matrix = -1, int Of = -1);

/// <summary>What a part of a sample's gradient is: the kinds of the library's SampleGradient.</summary>
internal enum SampleGradientKind
{
    Row,
    Outer,
    Number,
    Penalty,
}

/// <summary>A part of a sample's gradient.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Into">The number of the row that it is the gradient in, or of the number.</param>
/// <param name="Coefficient">What the row, or outer product, is multiplied with.</param>
/// <param name="Left">The number of a row.</param>
/// <param name="Right">The number of the other row of an outer product.</param>
internal sealed record SampleGradient(SampleGradientKind Kind, int Into, Expression Coefficient, int Left = -1, int Right = -1);

/// <summary>
/// The term of a sample as a function of inner products of rows and of numbers, and its gradient as a combination of rows: what a
/// kernel evaluates without an array of its own. What is summed over features by an elementwise function is a penalty on a row.
/// </summary>
internal sealed class SampleTerm
{
    private const int MostMonomials = 256;

    /// <summary>Rows that are multiplied element by element.</summary>
    private const int MostFactors = 4;

    private readonly IReadOnlyCollection<Index> _places;
    private readonly List<SampleRow> _rows = [];
    private readonly List<(int Left, int Right, Leaf Value)> _products = [];
    private readonly List<(Tensor Factor, Index? Place, Leaf Value)> _numbers = [];
    private readonly List<SampleGradient> _gradients = [];
    private readonly List<(int Row, Expression Body)> _penalties = [];
    private readonly List<(Leaf Product, Action<Expression> Chain)> _chains = [];
    private readonly List<Expression> _value = [];

    private SampleTerm(IEnumerable<Index> places) => _places = [.. places];

    /// <summary>The part of the term that has another form; null if there is none.</summary>
    public Expression? Obstacle { get; private set; }

    public IReadOnlyList<SampleRow> Rows => _rows;

    /// <summary>The inner products of two rows, each with the leaf that stands for it.</summary>
    public IReadOnlyList<(int Left, int Right, Leaf Value)> Products => _products;

    /// <summary>The factors that are numbers to a sample, each with the leaf that stands for it.</summary>
    public IReadOnlyList<(Tensor Factor, Index? Place, Leaf Value)> Numbers => _numbers;

    /// <summary>The gradient, over those leaves and over data.</summary>
    public IReadOnlyList<SampleGradient> Gradients => _gradients;

    /// <summary>Stands for an element of a row in the coefficient of a penalty on it.</summary>
    public static Leaf ElementOf(int row) => new(new Tensor($"element of row {row}", TensorRole.Factor, default), []);

    /// <summary>The parts of a term over the indices that stand for the rows of a sample.</summary>
    /// <exception cref="LossException">A function has no derivative, or it grows too large.</exception>
    public static SampleTerm Of(Expression expression, IEnumerable<Index> places)
    {
        var term = new SampleTerm(places);
        term.Add(expression, Build.One);
        if (term.Obstacle is null)
        {
            term.Differentiate();
        }

        return term;
    }

    /// <summary>Takes a term times what does not depend on factors.</summary>
    private void Add(Expression term, Expression scale)
    {
        switch (term)
        {
            case var _ when !term.DependsOnFactors() || Obstacle is not null:
                break;
            case Addition addition:
                foreach (var operand in addition.Operands)
                {
                    Add(operand, scale);
                }

                break;
            // What is held constant is a number of the sample, too, and not of the scale.
            case Product { Summed.Count: 0 } product when product.Operands.Where(IsOfFactors).ToList() is [var moving]:
                Add(moving, Build.Multiply([scale, Build.Number(product.Coefficient), .. product.Operands.Where(o => !ReferenceEquals(o, moving))]));
                break;
            case Product { Summed.Count: > 0, Operands: [Addition sum] } product:
                foreach (var operand in sum.Operands)
                {
                    Add(Build.Contract([operand], product.Summed), scale);
                }

                break;
            case Product { Summed.Count: > 0 } product when !IsOfProducts(product) && PenaltyOn(product) is { } row:
                _penalties.Add((row, Build.Multiply([scale, .. product.Operands.Select(o => WithElement(o, row))])));
                break;
            default:
                _value.Add(Build.Multiply(scale, Lowered(term)));
                break;
        }
    }

    /// <summary>The term with a leaf for each inner product, and for each factor that is a number.</summary>
    private Expression Lowered(Expression term)
    {
        var open = term.Replace(e => e is Product { Summed.Count: > 0 } sum && IsOfFactors(sum) ? ByProducts(sum) : null);
        return open.Replace(e => e is Leaf leaf && IsFactor(leaf) && !_products.Exists(p => ReferenceEquals(p.Value, leaf)) ? NumberOf(leaf) : null);
    }

    /// <summary>Whether every summand has, over the features, nothing but two rows, or two rows around a matrix.</summary>
    private static bool IsOfProducts(Product sum) => Monomials(sum) is { } monomials && monomials
        .SelectMany(m => m.SelfAndDescendants())
        .OfType<Product>()
        .All(p => p.Summed.Count == 0 || (Leaves(p) is { } leaves && (leaves.Count == 2 || (leaves.Count == 3 && leaves.Exists(IsMatrix)))));

    /// <summary>A sum over features as a polynomial of inner products.</summary>
    private Expression? ByProducts(Product sum)
    {
        if (Monomials(sum) is not { } monomials)
        {
            return Stop(sum);
        }

        return Build.Add(monomials.Select(m => m.Replace(e => e is Product { Summed.Count: > 0 } product ? ValueOf(product) ?? Stop(sum) : null)));
    }

    private Expression Stop(Expression obstacle)
    {
        Obstacle ??= obstacle;
        return Build.Zero;
    }

    /// <summary>The terms of a sum, written out; null if there are too many.</summary>
    private static List<Expression>? Monomials(Product sum)
    {
        var monomials = Expanded([Build.Number(sum.Coefficient), .. sum.Operands]);
        return monomials?.Select(m => Build.Contract(m.Operands, sum.Summed.Union(m.Summed))).ToList();
    }

    private static List<(List<Expression> Operands, List<Index> Summed)>? Expanded(IEnumerable<Expression> operands)
    {
        List<(List<Expression> Operands, List<Index> Summed)> terms = [([], [])];
        foreach (var operand in operands)
        {
            if (Alternatives(operand) is not { } alternatives || terms.Count * alternatives.Count > MostMonomials)
            {
                return null;
            }

            terms = [.. terms.SelectMany(t => alternatives.Select(a => (t.Operands.Concat(a.Operands).ToList(), t.Summed.Concat(a.Summed).ToList())))];
        }

        return terms;
    }

    private static List<(List<Expression> Operands, List<Index> Summed)>? Alternatives(Expression operand)
    {
        switch (operand)
        {
            case Addition addition:
                var terms = addition.Operands.Select(o => Expanded([o])).ToList();
                return terms.Exists(t => t is null) ? null : [.. terms.SelectMany(t => t!)];
            case Power { Exponent: > 1 and <= 4, Base: Addition or Product { Summed.Count: > 0 } } power:
                return Expanded(Enumerable.Repeat(power.Base, power.Exponent));
            case Product { Summed.Count: 0 } product:
                return Expanded([Build.Number(product.Coefficient), .. product.Operands]);
            case Product product when product.Free.Any(i => i.Dimension.IsLatent):
                var inner = product.WithFreshSummed();
                var opened = Expanded(inner.Operands);
                opened?.ForEach(t => t.Summed.AddRange(inner.Summed));
                return opened;
            default:
                return [([operand], [])];
        }
    }

    /// <summary>The leaves of a plain product, squares twice; null if it has anything else.</summary>
    private static List<Leaf>? Leaves(Product product)
    {
        var leaves = product.Operands.SelectMany(o => o is Power { Exponent: > 0 } power ? Enumerable.Repeat(power.Base, power.Exponent) : [o]).ToList();
        return leaves.TrueForAll(l => l is Leaf) ? leaves.ConvertAll(l => (Leaf)l) : null;
    }

    /// <summary>The leaf that stands for Σ_k a_k b_k, Σ_k a_k b_k c_k or Σ_kl a_k S_kl b_l; null if it is none of these.</summary>
    private Expression? ValueOf(Product product)
    {
        return !IsOfFactors(product) ? product : Leaves(product) switch
        {
            { Count: 3 } triple when triple.Find(IsMatrix) is { } matrix && triple.Where(l => !ReferenceEquals(l, matrix)).ToList() is [var first, var second]
                => FeaturesOf(first).SequenceEqual([matrix.Indices[0]]) ? Bilinear(first, matrix, second) : Bilinear(second, matrix, first),
            { Count: >= 2 and <= MostFactors } rows => OfRows(rows, product.Summed),
            _ => null,
        };
    }

    /// <summary>One row · the others, multiplied element by element, if there are several.</summary>
    private Leaf? OfRows(List<Leaf> leaves, IndexSet summed)
    {
        var features = FeaturesOf(leaves[0]).ToList();
        if (features.Count != summed.Count || !leaves.TrueForAll(l => RowOf(l) is not null && FeaturesOf(l).SequenceEqual(features)))
        {
            return null;
        }

        // Equal products have one name.
        var rows = leaves.ConvertAll(l => (Leaf: l, Number: RowOf(l)!.Value)).OrderBy(r => r.Number).ToList();
        int WithoutRow(int place) => rows.Where((_, other) => other != place).Select(r => r.Number).Aggregate((a, b) => RowNumber(new(SampleRowKind.Elementwise, null, null, a, b)));
        return Product(rows[0].Number, WithoutRow(0), [.. rows.Select(r => r.Leaf)], f =>
        {
            for (var place = 0; place < rows.Count; place++)
            {
                Chain(rows[place].Leaf, rows[place].Number, f, () => WithoutRow(place));
            }
        });
    }

    private Leaf? Bilinear(Leaf left, Leaf matrix, Leaf right)
    {
        if (RowOf(left) is not { } a || RowOf(right) is not { } b || RowOf(matrix) is not { } s
            || !FeaturesOf(left).SequenceEqual([matrix.Indices[0]]) || !FeaturesOf(right).SequenceEqual([matrix.Indices[1]]))
        {
            return null;
        }

        var product = RowNumber(new(SampleRowKind.Product, null, null, s, b));
        return Product(a, product, [left, matrix, right], f =>
        {
            Chain(left, a, f, () => product);
            Chain(right, b, f, () => RowNumber(new(SampleRowKind.TransposedProduct, null, null, s, a)));
            if (matrix.Tensor.Role == TensorRole.Factor)
            {
                Gradient(new(SampleGradientKind.Outer, s, f, a, b));
            }
        });
    }

    private Leaf Product(int left, int right, IReadOnlyList<Leaf> of, Action<Expression> chain)
    {
        var role = of.Any(l => l.Tensor.Role == TensorRole.Factor) ? TensorRole.Factor : TensorRole.Frozen;
        var name = $"row {left} · row {right}, {string.Join(" ", of.Select(l => l.Tensor.Role))}";
        var known = _products.Find(p => p.Value.Tensor.Name == name);
        if (known.Value is null)
        {
            known = (left, right, new Leaf(new Tensor(name, role, default), []));
            _products.Add(known);
            _chains.Add((known.Value, chain));
        }

        return known.Value;
    }

    /// <summary>The row that the gradient is a multiple of is made only where there is one.</summary>
    private void Chain(Leaf into, int row, Expression coefficient, Func<int> with)
    {
        if (into.Tensor.Role == TensorRole.Factor && coefficient is not Constant { Value: 0 })
        {
            Gradient(new(SampleGradientKind.Row, row, coefficient, with()));
        }
    }

    /// <summary>Adds to the part of the gradient of the same form, if there is one.</summary>
    private void Gradient(SampleGradient part)
    {
        if (part.Coefficient is Constant { Value: 0 })
        {
            return;
        }

        var known = _gradients.FindIndex(g => g.Kind == part.Kind && g.Into == part.Into && g.Left == part.Left && g.Right == part.Right);
        if (known < 0)
        {
            _gradients.Add(part);
        }
        else
        {
            _gradients[known] = part with { Coefficient = Build.Add(_gradients[known].Coefficient, part.Coefficient) };
        }
    }

    /// <summary>The number of the row, or of the column of a factor, that a leaf is an element of; null if it is none.</summary>
    private int? RowOf(Leaf leaf)
    {
        var isFactor = IsFactor(leaf);
        var tensor = leaf.Tensor with { Role = isFactor ? TensorRole.Factor : leaf.Tensor.Role };
        return isFactor && IsShared(leaf) && leaf.Indices.Distinct().Count() == leaf.Indices.Count ? RowNumber(new(SampleRowKind.Shared, tensor, null))
            : leaf.Indices.Count != 2 || leaf.Tensor.Pattern is not null || leaf.Tensor.IsIdentity ? null
            : _places.Contains(leaf.Indices[0]) && leaf.Indices[1].Dimension.IsLatent ? RowNumber(new(isFactor ? SampleRowKind.Factor : SampleRowKind.Data, tensor, leaf.Indices[0]))
            : isFactor && leaf.Indices[0].Dimension.IsLatent && _places.Contains(leaf.Indices[1]) ? RowNumber(new(SampleRowKind.FactorColumn, tensor, leaf.Indices[1]))
            : null;
    }

    private int RowNumber(SampleRow row)
    {
        var number = _rows.IndexOf(row);
        if (number < 0)
        {
            number = _rows.Count;
            _rows.Add(row);
        }

        return number;
    }

    private static bool IsFactor(Leaf leaf) => leaf.Tensor.Role is TensorRole.Factor or TensorRole.Frozen;

    private static bool IsOfFactors(Expression expression) => expression.Has(TensorRole.Factor) || expression.Has(TensorRole.Frozen);

    private static bool IsShared(Leaf leaf) => IsFactor(leaf) && leaf.Indices.All(i => i.Dimension.IsLatent);

    /// <summary>Whether it is a matrix over the features that all samples read.</summary>
    private static bool IsMatrix(Leaf leaf) => IsShared(leaf) && leaf.Indices.Count == 2;

    private static IEnumerable<Index> FeaturesOf(Leaf leaf) => leaf.Indices.Where(i => i.Dimension.IsLatent);

    /// <summary>The leaf that stands for a factor that is a number, or an element of one that is a vector.</summary>
    private Expression NumberOf(Leaf leaf)
    {
        if (leaf.Indices.Count > 1 || !leaf.Indices.All(_places.Contains))
        {
            return Stop(leaf);
        }

        var place = leaf.Indices is [var index] ? index : null;
        var known = _numbers.Find(n => n.Factor == leaf.Tensor && n.Place == place);
        if (known.Value is null)
        {
            known = (leaf.Tensor, place, new Leaf(new Tensor($"{leaf.Tensor.Role} {leaf.Tensor.Name} in place {_numbers.Count}", leaf.Tensor.Role, default), []));
            _numbers.Add(known);
        }

        return known.Value;
    }

    /// <summary>The row on whose elements, one by one, a sum over features is a penalty; null if it is none.</summary>
    private int? PenaltyOn(Product sum)
    {
        var leaves = sum.SelfAndDescendants().OfType<Leaf>().Where(l => l.Indices.Any(i => i.Dimension.IsLatent) || IsFactor(l)).ToList();
        return leaves.Select(l => (l.Key, l.Tensor.Role)).Distinct().Count() == 1 && leaves[0].Tensor.Role == TensorRole.Factor
            && sum.Summed.SetEquals([.. FeaturesOf(leaves[0])]) && !sum.SelfAndDescendants().Skip(1).Any(e => e is Product { Summed.Count: > 0 } or Extreme or Inverse or LogDeterminant)
            ? RowOf(leaves[0])
            : null;
    }

    private static Expression WithElement(Expression operand, int row) =>
        operand.Replace(e => e is Leaf { Tensor.Role: TensorRole.Factor } ? ElementOf(row) : null);

    private void Differentiate()
    {
        var along = new ForwardMode().Along(Build.Add(_value));
        foreach (var (product, chain) in _chains.Where(c => c.Product.Tensor.Role == TensorRole.Factor).ToList())
        {
            chain(In(along, product));
        }

        for (var number = 0; number < _numbers.Count; number++)
        {
            if (_numbers[number].Value.Tensor.Role == TensorRole.Factor)
            {
                Gradient(new(SampleGradientKind.Number, number, In(along, _numbers[number].Value)));
            }
        }

        foreach (var (row, body) in _penalties)
        {
            Gradient(new(SampleGradientKind.Penalty, row, In(new ForwardMode().Along(body), ElementOf(row))));
        }
    }

    /// <summary>The derivative in one leaf: that along the direction which is one there and zero elsewhere.</summary>
    private static Expression In(Expression along, Leaf leaf) => along.Replace(e =>
        e is Leaf { Tensor.Role: TensorRole.Direction } direction ? direction.Tensor.Name == leaf.Tensor.Name ? Build.One : Build.Zero : null);
}
