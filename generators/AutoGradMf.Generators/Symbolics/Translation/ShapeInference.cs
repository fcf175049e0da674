using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Model;
using AutoGradMf.Generators.Symbolics.Translation.Language;

namespace AutoGradMf.Generators.Symbolics.Translation;

/// <summary>
/// Finds the symbolic shape of every parameter by unification. The rows of a factor are an entity of its own, its columns are the
/// latent features shared by the loss's factors, unless the parameter declares otherwise; both sizes of a sparse matrix are entities.
/// Columns that matrices of data have in common, and nothing else, are features too: those of P and Q in a fill P * Q.T.
/// </summary>
internal sealed class ShapeInference
{
    private const string EntityNames = "mnpqst";
    private const string LatentNames = "klr";
    private readonly Dictionary<string, Size> _declared = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Shape> _parameters = new(StringComparer.Ordinal);
    private readonly Size _latent = new(SizeKind.Latent);
    private readonly List<(LossNode At, string Operation, LossNode Left, Shape LeftShape, LossNode Right, Shape RightShape)> _conflicts = [];
    private readonly List<SquareData> _squares = [];
    private readonly List<LossParameter> _notSquare;
    private readonly List<Size> _inverted = [];
    private readonly List<(LossNode Call, int Argument, Size Size)> _numbers = [];
    private readonly Dictionary<LossNode, Shape> _shapes = new(SameObject<LossNode>.Instance);
    private readonly LossModel _model;
    private Dictionary<Size, Dimension>? _dimensions;

    public ShapeInference(LossModel model)
    {
        _model = model;
        foreach (var parameter in model.Parameters)
        {
            _parameters[parameter.Name] = Declare(parameter);
        }

        _notSquare = [.. model.Parameters.Where(p => !IsSquare(_parameters[p.Name]))];
        if (model.Body is not null)
        {
            Infer(model.Body);
        }
    }

    /// <summary>The dimensions that do not fit.</summary>
    public IEnumerable<Problem> Problems => _conflicts.Select(c =>
    {
        var middle = MiddleFactor.Of(_model, c.At);
        var regrouping = middle is null ? Regrouping.Of(_model.Body!, c.At, Infer) : null;
        var operands = string.Join(", ", new[] { Describe(c.Left, c.LeftShape), Describe(c.Right, c.RightShape) }.Distinct());
        var latent = new[] { c.LeftShape.Columns, c.RightShape.Rows }.FirstOrDefault(size => size is { Kind: SizeKind.Latent, Name: not null })?.Name ?? "k";
        var next = regrouping is not null ? $"; '%' and '*' are read from the left, and '{LossText.Brief(regrouping.Meant)}' fits"
            : middle is null ? NextStep(c.Left, c.Right)
            : $"; if '{middle.Name}' has a row and a column for each feature, declare that: [Shape(\"{latent}\", \"{latent}\")]";
        return new Problem(RuleNames.ShapeMismatch, c.At.Node, new([$"{c.Operation}: {operands}{SharedRows(c.LeftShape, c.RightShape)}{next}"]), regrouping?.Remedy ?? (middle is null ? Remedy(c.At, c.LeftShape, c.RightShape) : null));
    });

    private string? Remedy(LossNode at, Shape leftShape, Shape rightShape) => at is not CallNode { Arguments: [var left, var right] } call ? null
        : call.Function == Operators.Multiply ? Transposition(leftShape, rightShape)
        : Transposition((left, Infer(left)), (right, Infer(right)));

    /// <summary>Why one name stands for the rows of several factors, which are sizes of their own until the loss uses them as one.</summary>
    private string SharedRows(params Shape[] shapes) => string.Concat(shapes
        .SelectMany(s => new[] { s.Rows, s.Columns })
        .Where(s => s is { Name: null })
        .Select(s => s!.Root)
        .Distinct()
        .Select(size => (Size: size, Factors: _model.Parameters.Where(p => p is { IsFactor: true, Kind: TensorKind.Matrix } && _parameters[p.Name].Rows?.Root == size).Select(p => p.Name).ToList()))
        .Where(s => s.Factors.Count > 1)
        .Select(s => $"; {DimensionOf(s.Size)} is the number of rows of {string.Join(" and of ", s.Factors)}, which other operations of the loss make one"));

    /// <summary>What to do where a vector does not fit, whose only size may just have no name.</summary>
    private static string NextStep(LossNode left, LossNode right) =>
        new[] { left, right }.Select(Bare).OfType<ParameterNode>().FirstOrDefault(p => p.Kind is TensorKind.ColumnVector or TensorKind.RowVector) is { } vector
            ? $"; if the sizes are the same, give them one name with [Shape] on '{vector.Name}' and on the parameter that it meets"
            : "";

    /// <summary>What is transposed, or a diagonal.</summary>
    private static LossNode Bare(LossNode syntax) => syntax is CallNode { Function: "Diag" or Operators.Transpose, Arguments: [var inner] } ? Bare(inner) : syntax;

    /// <summary>Whether the operands of an operation were found not to fit.</summary>
    public bool HasConflict(LossNode at) => _conflicts.Any(c => ReferenceEquals(c.At, at));

    /// <summary>The operand of a product that fits the other if it is transposed: by a size that both have, or else by one that may be the same.</summary>
    private static string? Transposition(Shape left, Shape right)
    {
        bool Fits(Size? one, Size? other, Func<Size, Size, bool> alike) => one is not null && other is not null && alike(one, other);
        return new Func<Size, Size, bool>[] { (a, b) => a.Root == b.Root, Size.MayBeOne }
            .Select(alike => Fits(left.Columns, right.Columns, alike) ? "right" : Fits(left.Rows, right.Rows, alike) ? "left" : null)
            .FirstOrDefault(side => side is not null);
    }

    /// <summary>
    /// The operand of an elementwise operation that fits the other if it is transposed. Where both do, a vector, which is broadcast the other way
    /// then, or the one that is written transposed, or else the right one. Of two vectors none: that would be an outer sum.
    /// </summary>
    private static string? Transposition((LossNode Syntax, Shape Shape) left, (LossNode Syntax, Shape Shape) right)
    {
        static bool Fit(Size? one, Size? other) => one is null || other is null || Size.MayBeOne(one, other);
        static bool IsMatrix(Shape shape) => shape is { Rows: not null, Columns: not null };
        return !Fit(left.Shape.Rows, right.Shape.Columns) || !Fit(left.Shape.Columns, right.Shape.Rows) ? null
            : !IsMatrix(left.Shape) || !IsMatrix(right.Shape) ? (IsMatrix(left.Shape) ? "right" : IsMatrix(right.Shape) ? "left" : null)
            : left.Syntax is CallNode { Function: Operators.Transpose } && right.Syntax is not CallNode { Function: Operators.Transpose } ? "left" : "right";
    }

    /// <summary>The dimension that a size was found to be.</summary>
    public Dimension DimensionOf(Size size)
    {
        _dimensions ??= NameDimensions();
        return _dimensions.TryGetValue(size.Root, out var dimension) ? dimension : new Dimension("q", false);
    }

    /// <summary>The size that is meant by the rows or columns of a tensor.</summary>
    public Size SizeOf(SizeNode size) =>
        (size.OfRows ? Infer(size.Tensor).Rows : Infer(size.Tensor).Columns) ?? throw new InvalidOperationException("A size that a tensor lacks.");

    /// <summary>The size that a call is given as a number: each its own, until operations make them one.</summary>
    public Size SizeOf(LossNode call, int argument, int number)
    {
        var known = _numbers.FirstOrDefault(n => ReferenceEquals(n.Call, call) && n.Argument == argument).Size;
        if (known is null)
        {
            _numbers.Add((call, argument, known = new Size(SizeKind.Unknown, number: number)));
        }

        return known;
    }

    /// <summary>All dimensions: those of the parameters, and those that the loss alone gives.</summary>
    public IEnumerable<Dimension> Dimensions => Sizes.Select(DimensionOf);

    public Shape ShapeOf(string parameter) => _parameters[parameter];

    /// <summary>Makes two sizes one, or notes that they do not fit.</summary>
    /// <returns>Whether they fit; where they do not, nothing that follows from it is worth a second report.</returns>
    public bool Unify(LossNode at, string operation, Size? left, Size? right, (LossNode Syntax, Shape Shape) l, (LossNode Syntax, Shape Shape) r)
    {
        // Before they are one.
        var isOfSquares = at is CallNode { Arguments: [_] } || IsSquare(l.Shape) || IsSquare(r.Shape);
        var (ofLeft, ofRight) = _notSquare.Count == 0 ? ([], []) : (WithSize(left), WithSize(right));
        if (left is null || right is null || Size.TryUnify(left, right))
        {
            NoteSquares(at, p => isOfSquares || ofLeft.Exists(o => o != p) != ofRight.Exists(o => o != p));
            return true;
        }

        if (!_conflicts.Any(c => c.At.Node == at.Node))
        {
            _conflicts.Add((at, operation, l.Syntax, l.Shape, r.Syntax, r.Shape));
        }

        return false;
    }

    /// <summary>The matrices that operations make square, each with the first that does.</summary>
    public IReadOnlyList<SquareData> Squares => _squares;

    /// <summary>
    /// A size of a matrix that nothing else has yet, and that an operation makes that of other tensors, is so by what the operation is, U.T * L * U. Between two
    /// that others have, or none, it may be an accident.
    /// </summary>
    private void NoteSquares(LossNode at, Func<LossParameter, bool> isByItself)
    {
        _squares.AddRange(_notSquare.Where(p => IsSquare(_parameters[p.Name])).Select(p => new SquareData(p, at, isByItself(p))));
        _notSquare.RemoveAll(p => IsSquare(_parameters[p.Name]));
    }

    /// <summary>The parameters that have a size.</summary>
    private List<LossParameter> WithSize(Size? size) => size is null ? []
        : [.. _model.Parameters.Where(p => _parameters[p.Name] is var shape && (shape.Rows?.Root == size.Root || shape.Columns?.Root == size.Root))];

    private static bool IsSquare(Shape shape) => shape is { Rows: { } rows, Columns: { } columns } && rows.Root == columns.Root;

    /// <summary>Notes the size of a matrix that is inverted.</summary>
    public void NoteInverted(Size? size)
    {
        if (size is not null)
        {
            _inverted.Add(size);
        }
    }

    private Shape Infer(LossNode syntax)
    {
        if (!_shapes.TryGetValue(syntax, out var shape))
        {
            SymbolicBudget.RequireStack();
            _shapes[syntax] = shape = InferNode(syntax);
        }

        return shape;
    }

    private Shape InferNode(LossNode syntax) => syntax switch
    {
        ParameterNode p => _parameters[p.Name],
        CallNode c => InferCall(c),
        LambdaNode lambda => Infer(lambda.Body),
        SizeNode s => InferSize(s),
        UnknownNode u => InferUnknown(u),
        _ => Shape.Scalar,
    };

    private Shape InferCall(CallNode call)
    {
        var shapes = call.Arguments.Select(a => (Argument: a, Shape: Infer(a))).ToList();
        return LossLanguage.Find(call, _model).Infer(call, [.. shapes.Where(a => a.Argument is not LambdaNode).Select(a => a.Shape)], this);
    }

    /// <summary>What the size is of may not fit together.</summary>
    private Shape InferSize(SizeNode size)
    {
        Infer(size.Tensor);
        return Shape.Scalar;
    }

    /// <summary>What could not be read fits everywhere.</summary>
    private Shape InferUnknown(UnknownNode unknown)
    {
        foreach (var part in unknown.Known)
        {
            Infer(part);
        }

        return unknown.Kind switch
        {
            TensorKind.Scalar => Shape.Scalar,
            TensorKind.ColumnVector or TensorKind.IndexVector => new(new(SizeKind.Unknown), null),
            TensorKind.RowVector => new(null, new(SizeKind.Unknown)),
            _ => new(new(SizeKind.Unknown), new(SizeKind.Unknown)),
        };
    }

    private Shape Declare(LossParameter parameter)
    {
        var entity = parameter.IsFactor || parameter.Kind == TensorKind.SparseMatrix ? SizeKind.Entity : SizeKind.Unknown;
        Size Declared(string? name, Func<Size> otherwise) => name is null
            ? otherwise()
            : _declared.TryGetValue(name, out var size)
                ? size
                : _declared[name] = new Size(name[0] is 'k' or 'l' && !IsOfSparse(name) ? SizeKind.Latent : SizeKind.Entity, name);
        Size Rows() => Declared(parameter.RowShape, () => new Size(entity));
        return parameter.Kind switch
        {
            TensorKind.Scalar => Shape.Scalar,
            TensorKind.ColumnVector or TensorKind.IndexVector => new(Rows(), null),
            TensorKind.RowVector => new(null, Rows()),
            TensorKind.Matrix when parameter.IsFactor => new(Rows(), Declared(parameter.ColumnShape, () => _latent)),
            _ => new(Rows(), Declared(parameter.ColumnShape, () => new Size(entity))),
        };
    }

    /// <summary>Whether a size is of sparse data, whose rows and columns are entities by whatever name.</summary>
    private bool IsOfSparse(string name) => _model.Parameters.Any(p => p.Kind == TensorKind.SparseMatrix && (p.RowShape == name || p.ColumnShape == name));

    private IEnumerable<Size> Sizes => _model.Parameters.SelectMany(p => new[] { _parameters[p.Name].Rows, _parameters[p.Name].Columns })
        .OfType<Size>()
        .Concat(_numbers.Select(n => n.Size))
        .Select(s => s.Root)
        .Distinct();

    private Dictionary<Size, Dimension> NameDimensions()
    {
        var sizes = Sizes.ToList();
        var taken = new HashSet<string>(sizes.Select(s => s.Name).Where(n => n is not null)!, StringComparer.Ordinal);
        string Next(string names) => Enumerable.Range(0, int.MaxValue)
            .Select(i => i < names.Length ? names[i].ToString() : $"{names[0]}{i - names.Length + 2}")
            .First(taken.Add);
        return sizes.ToDictionary(s => s, s => new Dimension(
            s.Name ?? Next(IsLatent(s) ? LatentNames : EntityNames), IsLatent(s) || IsOfSquaresAlone(s), s.Number));
    }

    private bool IsLatent(Size size) =>
        size.Kind == SizeKind.Latent || (size.Kind == SizeKind.Unknown && size.Name is null && IsOfDataColumnsAlone(size));

    /// <summary>Whether nothing but the columns of several data matrices has it, as in the fill P Q' of low rank.</summary>
    private bool IsOfDataColumnsAlone(Size size)
    {
        var shapes = _model.Parameters.Select(p => (p.Kind, Shape: _parameters[p.Name])).ToList();
        return shapes.All(p => p.Shape.Rows?.Root != size && (p.Kind == TensorKind.Matrix || p.Shape.Columns?.Root != size))
            && shapes.Count(p => p.Shape.Columns?.Root == size) > 1;
    }

    /// <summary>Whether it is the size of matrices that are inverted, and of nothing with another size: arrays of it are as small as they get.</summary>
    private bool IsOfSquaresAlone(Size size) =>
        _inverted.Any(i => i.Root == size)
        && _model.Parameters.All(p => p.Kind != TensorKind.SparseMatrix || _parameters[p.Name].Rows?.Root != size)
        && _parameters.Values.Where(s => s.Rows?.Root == size || s.Columns?.Root == size)
            .All(s => (s.Rows is null || s.Rows.Root == size) && (s.Columns is null || s.Columns.Root == size));

    private string Describe(LossNode syntax, Shape shape) => $"{LossText.Brief(syntax)} is {Describe(shape)}";

    private string Describe(Shape shape) => (shape.Rows, shape.Columns) switch
    {
        (null, null) => "a number",
        ({ } rows, null) => $"{Describe(rows)}×1",
        (null, { } columns) => $"1×{Describe(columns)}",
        ({ } rows, { } columns) => $"{Describe(rows)}×{Describe(columns)}",
    };

    private string Describe(Size size) => size.Number is { } number ? $"{number}" : DimensionOf(size).Name;
}
