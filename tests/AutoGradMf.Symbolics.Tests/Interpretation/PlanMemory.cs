using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Lowering;
using static AutoGradMf.Symbolics.Tests.Interpretation.InvalidPlanException;

namespace AutoGradMf.Symbolics.Tests.Interpretation;

/// <summary>The arrays and numbers of one evaluation of a plan, over those that its construction has left.</summary>
internal sealed class PlanMemory(Point point, IReadOnlyDictionary<string, int> sizes, PlanMemory? construction)
{
    private readonly Dictionary<string, double[]> _arrays = new(StringComparer.Ordinal);
    private readonly Dictionary<string, double> _numbers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, double[]> _gradients = new(StringComparer.Ordinal);
    private readonly Dictionary<string, double[]> _negativeParts = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, double[]> Gradients => _gradients;

    /// <summary>What is subtracted in a gradient split by sign.</summary>
    public IReadOnlyDictionary<string, double[]> NegativeParts => _negativeParts;

    /// <summary>The size as the kernels see it: one number per entry on a pattern, else up to two dimensions; rows for all pairs of the first two of three.</summary>
    public (int Rows, int Columns) Shape(Storage storage) => storage.Pattern is { } pattern
        ? (point.Entries(pattern).Count, 1)
        : storage.Dimensions.Count > 2 ? (sizes[storage.Dimensions[0].Name] * sizes[storage.Dimensions[1].Name], sizes[storage.Dimensions[2].Name])
        : (storage.Dimensions.Count > 0 ? sizes[storage.Dimensions[0].Name] : 1, storage.Dimensions.Count > 1 ? sizes[storage.Dimensions[1].Name] : 1);

    public double[] Read(Storage storage)
    {
        Require(
            storage.Kind is not (StorageKind.Factor or StorageKind.Data) || point.Parameters.Any(p => p.Name == storage.Name),
            $"{storage.Name} is no parameter");
        var array = storage.Kind switch
        {
            StorageKind.Factor => point.Values(storage.Name),
            StorageKind.Data when storage.Pattern is { } pattern =>
                [.. point.Entries(pattern).Select(e => point.Values(storage.Name)[(e.Row * point.Shape(storage.Name).Columns) + e.Column])],
            StorageKind.Data => point.Values(storage.Name),
            StorageKind.Gradient => _gradients.TryGetValue(storage.Name, out var gradient)
                ? gradient
                : throw new InvalidPlanException($"the gradient of {storage.Name} is read before it is written"),
            StorageKind.NegativePart => _negativeParts.TryGetValue(storage.Name, out var part)
                ? part
                : throw new InvalidPlanException($"the negative part of {storage.Name} is read before it is written"),
            StorageKind.Derived when construction is not null => construction.Read(storage),
            _ => _arrays.TryGetValue(storage.Name, out var written) ? written : throw new InvalidPlanException($"{storage.Name} is read before it is written"),
        };
        var (rows, columns) = Shape(storage);
        Require(array.Length == rows * columns, $"{storage.Name} is said to be {rows}×{columns} and has {array.Length} numbers");
        return array;
    }

    public void Write(Storage storage, double[] values)
    {
        var (rows, columns) = Shape(storage);
        Require(values.Length == rows * columns, $"{values.Length} numbers are written to {storage.Name}, which is {rows}×{columns}");
        Require(storage.Kind is StorageKind.Gradient or StorageKind.NegativePart or StorageKind.Temporary or StorageKind.SplitTemporary || construction is null, $"{storage.Name} is written after construction");
        var arrays = storage.Kind switch
        {
            StorageKind.Gradient => _gradients,
            StorageKind.NegativePart => _negativeParts,
            _ => _arrays,
        };
        Require(!arrays.TryGetValue(storage.Name, out var old) || old.AsSpan().SequenceEqual(values), $"{storage.Name} is overwritten with something else");
        arrays[storage.Name] = values;
    }

    public void Define(string name, double value) => Require(_numbers.TryAdd(name, value), $"the number {name} is defined twice");

    /// <summary>An expression over numbers.</summary>
    public double Number(Expression expression) => PointwiseFunction.Evaluate(expression, tensor => tensor.Role switch
    {
        TensorRole.Size => tensor.IsDivisor ? Math.Max(1, sizes[tensor.Name]) : sizes[tensor.Name],
        TensorRole.Factor or TensorRole.Hyperparameter => point.Values(tensor.Name)[0],
        TensorRole.Data when tensor.Initializer is { } eager && construction is null => LossInterpreter.Evaluate(eager, point).Value,
        _ => Computed(tensor.Name),
    });

    private double Computed(string name) =>
        _numbers.TryGetValue(name, out var number) ? number
        : construction is not null ? construction.Computed(name)
        : throw new InvalidPlanException($"the number {name} is read and no step computes it");

    /// <summary>Derived data that is computed eagerly.</summary>
    public void Initialize(Storage storage)
    {
        if (storage.Initializer is { } initializer)
        {
            if (initializer is SparseData sparse)
            {
                point.Derive(storage.Pattern!, sparse.Expression);
            }

            Write(storage, Initial(storage, initializer));
        }
    }

    private double[] Initial(Storage storage, DerivedData initializer)
    {
        double At(string name, int i, int j)
        {
            var element = (i * point.Shape(name).Columns) + j;
            return point.IsStored(name, element) ? point.Values(name)[element] : 0;
        }

        double Element(Storage matrix, int i, int j) => matrix.Pattern is null && _arrays.TryGetValue(matrix.Name, out var derived)
            ? derived[(i * sizes[matrix.Dimensions[1].Name]) + j]
            : At(matrix.Pattern ?? matrix.Name, i, j);

        switch (initializer)
        {
            case EagerData eager:
                return [.. LossInterpreter.Array(eager.Expression, point).Elements.Select(e => e.Value)];
            case SparseData:
                return [.. point.Entries(storage.Pattern!).Select(e => At(storage.Pattern!, e.Row, e.Column))];
            case AlignedData aligned:
                var columnsOfSparse = point.Shape(aligned.Sparse).Columns;
                return [.. point.Entries(aligned.Pattern)
                    .Select(e => aligned.IsTransposed ? (Row: e.Column, Column: e.Row) : e)
                    .Select(e => !aligned.IsIndicator ? At(aligned.Sparse, e.Row, e.Column)
                        : point.IsStored(aligned.Sparse, (e.Row * columnsOfSparse) + e.Column) ? 1 : 0)];
            case SampledData sampled:
                var columnsOfDense = sizes[storage.Dimensions[1].Name];
                var dense = _arrays.TryGetValue(sampled.Dense, out var derived) ? derived
                    : point.Parameters.Any(p => p.Name == sampled.Dense) ? point.Values(sampled.Dense)
                    : throw new InvalidPlanException($"{storage.Name} is sampled from {sampled.Dense}, which is not there");
                return [.. point.Entries(sampled.Pattern).Select(e => dense[(e.Row * columnsOfDense) + e.Column])];
            case SampledProduct product:
                var inner = product.Left.Pattern is { } left ? point.Shape(left).Columns : sizes[product.Left.Dimensions[1].Name];
                return [.. point.Entries(product.Pattern).Select(e => Enumerable.Range(0, inner).Sum(p => Element(product.Left, e.Row, p) * Element(product.Right, p, e.Column)))];
            case TransposedData transposed:
                var (rows, columns) = point.Shape(transposed.Dense);
                return [.. from j in Enumerable.Range(0, columns) from i in Enumerable.Range(0, rows) select At(transposed.Dense, i, j)];
            default:
                throw new InvalidPlanException($"unknown derived data {initializer.GetType().Name}");
        }
    }
}
