using System.Numerics;

namespace AutoGradMf.Objectives;

/// <summary>The checks that generated objectives make of what they are given.</summary>
public static class ObjectiveArguments
{
    /// <summary>Requires the shape of a data parameter.</summary>
    /// <param name="name">The parameter.</param>
    /// <param name="rows">The number of rows it has.</param>
    /// <param name="columns">The number of columns it has.</param>
    /// <param name="expectedRows">The number of rows it must have.</param>
    /// <param name="expectedColumns">The number of columns it must have.</param>
    /// <param name="because">Where the expected sizes come from.</param>
    /// <exception cref="ArgumentException">The shapes differ; the message names both.</exception>
    public static void RequireShape(string name, int rows, int columns, int expectedRows, int expectedColumns, string because)
    {
        if (rows != expectedRows || columns != expectedColumns)
        {
            throw new ArgumentException($"{name} must be {expectedRows}×{expectedColumns} and is {rows}×{columns}: {because}.", name);
        }
    }

    /// <summary>Requires that an array holds the third moments of rows, which have a number for each triple of features.</summary>
    /// <param name="name">The parameter that gives the numbers of features.</param>
    /// <param name="features">The numbers of features.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are more than <see cref="Array.MaxLength"/>: of 1291 features and more.</exception>
    public static void RequireMoments(string name, params ReadOnlySpan<int> features)
    {
        var count = 1.0;
        foreach (var size in features)
        {
            count *= size;
        }

        if (count > Array.MaxLength)
        {
            throw new ArgumentOutOfRangeException(
                name,
                string.Create(
                    System.Globalization.CultureInfo.InvariantCulture,
                    $"The loss is computed by third moments of rows, {string.Join(" · ", features.ToArray())} = {count:N0} numbers, of which an array holds {Array.MaxLength:N0}: take fewer features."));
        }
    }

    /// <summary>Requires parameters over the factors of an objective.</summary>
    /// <exception cref="ArgumentException">Their factors are others; the message names both.</exception>
    public static void RequireLayout<TElement>(ParameterLayout layout, Parameters<TElement> parameters)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        ArgumentNullException.ThrowIfNull(layout);
        ArgumentNullException.ThrowIfNull(parameters);
        if (!ReferenceEquals(layout, parameters.Layout) && !layout.Factors.SequenceEqual(parameters.Layout.Factors))
        {
            throw new ArgumentException(
                $"The objective's factors are {Describe(layout)}, and the parameters hold {Describe(parameters.Layout)}; make them with the objective's Layout.",
                nameof(parameters));
        }
    }

    /// <summary>Requires that a result is written to other numbers than those it is computed from.</summary>
    /// <exception cref="ArgumentException">They are the same.</exception>
    public static void RequireDistinct<TElement>(Parameters<TElement> source, Parameters<TElement> result)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        if (ReferenceEquals(source, result))
        {
            throw new ArgumentException("The result cannot be written over the parameters that it is computed from; give it parameters of its own.", nameof(result));
        }
    }

    /// <summary>Whether a number of a data parameter is negative.</summary>
    public static bool HasNegative<TElement>(MatrixView<TElement> values)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> =>
        !values.Span.IsEmpty && System.Numerics.Tensors.TensorPrimitives.Min<TElement>(values.Span) < TElement.Zero;

    /// <summary>The exception for a workspace that another objective made.</summary>
    public static ArgumentException ForeignWorkspace() =>
        new("The workspace was made by another objective; make it with this one's CreateWorkspace.", "workspace");

    /// <summary>The exception for a Newton step in a factor that has no systems, or that is not there.</summary>
    public static ArgumentOutOfRangeException NoSystems(ParameterLayout layout, IReadOnlyList<BlockCurvature> blocks, int factor)
    {
        ArgumentNullException.ThrowIfNull(layout);
        ArgumentNullException.ThrowIfNull(blocks);
        var solved = layout.Factors.Select((f, place) => (f.Name, place)).Where(f => blocks[f.place].Systems != BlockSystems.None);
        return new(
            nameof(factor),
            factor,
            $"A Newton step is known in factors {string.Join(", ", solved.Select(f => $"{f.place} ({f.Name})"))}: see Blocks.");
    }

    /// <summary>Requires a factor that has curvature bounds, and a column for them.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are none for the factor, or it is not there.</exception>
    /// <exception cref="ArgumentException">The column has another length than the factor has rows.</exception>
    public static void RequireBounds<TElement>(ParameterLayout layout, IReadOnlyList<bool> known, int factor, MatrixView<TElement> bounds)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        RequireBounded(layout, known, factor);
        var shape = layout.Factors[factor];
        RequireColumn(bounds, shape.BlockCount, shape, "rows");
    }

    /// <summary>The same where there are bounds for the columns of some factors.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are none for the factor, or it is not there.</exception>
    /// <exception cref="ArgumentException">The column has another length than the factor has rows, or columns.</exception>
    public static void RequireBounds<TElement>(ParameterLayout layout, IReadOnlyList<bool> known, IReadOnlyList<FactorAxis> axes, int factor, MatrixView<TElement> bounds)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        ArgumentNullException.ThrowIfNull(axes);
        RequireBounded(layout, known, factor);
        var shape = layout.Factors[factor];
        RequireColumn(bounds, shape.SliceCount(axes[factor]), shape, axes[factor] == FactorAxis.Columns ? "columns" : "rows");
    }

    private static void RequireBounded(ParameterLayout layout, IReadOnlyList<bool> known, int factor)
    {
        ArgumentNullException.ThrowIfNull(layout);
        ArgumentNullException.ThrowIfNull(known);
        if (factor < 0 || factor >= known.Count || !known[factor])
        {
            throw NoBounds(layout, known, factor);
        }
    }

    private static void RequireColumn<TElement>(MatrixView<TElement> bounds, int count, FactorShape shape, string slices)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        if (bounds.Rows != count || bounds.Columns != 1)
        {
            RequireShape("bounds", bounds.Rows, bounds.Columns, count, 1, $"{shape.Name} has as many {slices}");
        }
    }

    private static ArgumentOutOfRangeException NoBounds(ParameterLayout layout, IReadOnlyList<bool> known, int factor)
    {
        var bounded = layout.Factors.Select((f, place) => (f.Name, place)).Where(f => known[f.place]);
        return new(nameof(factor), factor, $"Curvature bounds are known in factors {string.Join(", ", bounded.Select(f => $"{f.place} ({f.Name})"))}: see HasCurvatureBound.");
    }

    /// <summary>The elements of a dense matrix at the entries of a pattern, in row order.</summary>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public static MatrixView<TElement> Sample<TElement>(SparsePattern pattern, MatrixView<TElement> values)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        ArgumentNullException.ThrowIfNull(pattern);
        RequireShape(nameof(values), values.Rows, values.Columns, pattern.Rows, pattern.Columns, "the pattern has that shape");
        var sampled = new TElement[pattern.Count];
        foreach (var (row, column, entry) in pattern.Entries)
        {
            sampled[entry] = values[row, column];
        }

        return new(sampled, 0, sampled.Length, 1);
    }

    /// <summary>The values of a sparse matrix at the entries of another pattern, in row order; zero where it stores none.</summary>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public static MatrixView<TElement> Sample<TElement>(SparsePattern pattern, SparseMatrix<TElement> values)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        ArgumentNullException.ThrowIfNull(pattern);
        ArgumentNullException.ThrowIfNull(values);
        RequireShape(nameof(values), values.Rows, values.Columns, pattern.Rows, pattern.Columns, "the pattern has that shape");
        if (values.Pattern.SameAs(pattern))
        {
            return values.View;
        }

        var sampled = new TElement[pattern.Count];
        foreach (var (row, column, entry) in pattern.Entries)
        {
            sampled[entry] = values[row, column];
        }

        return new(sampled, 0, sampled.Length, 1);
    }

    /// <summary>The elements of a product of a sparse and a dense matrix at the entries of a pattern, in row order, each of which costs what its row stores.</summary>
    /// <param name="pattern">The entries, of m × n.</param>
    /// <param name="left">m × p.</param>
    /// <param name="right">p × n.</param>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public static MatrixView<TElement> SampleProduct<TElement>(SparsePattern pattern, SparseMatrix<TElement> left, MatrixView<TElement> right)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        ArgumentNullException.ThrowIfNull(pattern);
        ArgumentNullException.ThrowIfNull(left);
        RequireProduct(pattern, (left.Rows, left.Columns), (right.Rows, right.Columns));
        var sampled = new TElement[pattern.Count];
        foreach (var (row, column, entry) in pattern.Entries)
        {
            for (var p = (int)left.Pattern.RowPointers[row]; p < left.Pattern.RowPointers[row + 1]; p++)
            {
                sampled[entry] += left.Values[p] * right[left.Pattern.ColumnIndices[p], column];
            }
        }

        return new(sampled, 0, sampled.Length, 1);
    }

    /// <summary>The same where the right matrix is the sparse one: each element costs what its column stores.</summary>
    /// <param name="pattern">The entries, of m × n.</param>
    /// <param name="left">m × p.</param>
    /// <param name="right">p × n.</param>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public static MatrixView<TElement> SampleProduct<TElement>(SparsePattern pattern, MatrixView<TElement> left, SparseMatrix<TElement> right)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        ArgumentNullException.ThrowIfNull(pattern);
        ArgumentNullException.ThrowIfNull(right);
        RequireProduct(pattern, (left.Rows, left.Columns), (right.Rows, right.Columns));
        var sampled = new TElement[pattern.Count];
        foreach (var (row, column, entry) in pattern.Entries)
        {
            for (var p = (int)right.Pattern.ColumnPointers[column]; p < right.Pattern.ColumnPointers[column + 1]; p++)
            {
                sampled[entry] += left[row, right.Pattern.RowIndices[p]] * right.Values[right.Pattern.ColumnOrder[p]];
            }
        }

        return new(sampled, 0, sampled.Length, 1);
    }

    /// <summary>The elements of a product of two sparse matrices at the entries of a pattern, in row order, each of which costs what its column stores.</summary>
    /// <param name="pattern">The entries, of m × n.</param>
    /// <param name="left">m × p.</param>
    /// <param name="right">p × n.</param>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public static MatrixView<TElement> SampleProduct<TElement>(SparsePattern pattern, SparseMatrix<TElement> left, SparseMatrix<TElement> right)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        ArgumentNullException.ThrowIfNull(pattern);
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        RequireProduct(pattern, (left.Rows, left.Columns), (right.Rows, right.Columns));
        var sampled = new SparseRowProduct<TElement>(left, right).At(pattern);
        return new(sampled, 0, sampled.Length, 1);
    }

    /// <summary>A sparse matrix times a product of two dense ones, element by element: of the product no element is made but at the stored entries.</summary>
    /// <param name="sparse">m × n.</param>
    /// <param name="left">m × p.</param>
    /// <param name="right">p × n.</param>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public static SparseMatrix<TElement> TimesProduct<TElement>(SparseMatrix<TElement> sparse, Matrix<TElement> left, Matrix<TElement> right)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        ArgumentNullException.ThrowIfNull(sparse);
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        RequireProduct(sparse.Pattern, (left.Rows, left.Columns), (right.Rows, right.Columns));
        var values = new TElement[sparse.Pattern.Count];
        foreach (var (row, column, entry) in sparse.Pattern.Entries)
        {
            var element = 0.0;
            for (var p = 0; p < left.Columns; p++)
            {
                element += double.CreateTruncating(left[row, p]) * double.CreateTruncating(right[p, column]);
            }

            values[entry] = TElement.CreateTruncating(double.CreateTruncating(sparse.Values[entry]) * element);
        }

        return new(sparse.Pattern, values);
    }

    /// <summary>The sum of all elements of (A B) ∘ (C D), which is that of (A' C) ∘ (B D'), too: of the one that takes fewer products, a row at a time is made.</summary>
    /// <param name="left">A, m × p.</param>
    /// <param name="right">B, p × n.</param>
    /// <param name="otherLeft">C, m × q.</param>
    /// <param name="otherRight">D, q × n.</param>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public static double ProductDot<TElement>(
        SparseMatrix<TElement> left, SparseMatrix<TElement> right, SparseMatrix<TElement> otherLeft, SparseMatrix<TElement> otherRight)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        ArgumentNullException.ThrowIfNull(otherLeft);
        ArgumentNullException.ThrowIfNull(otherRight);
        RequireShape(nameof(right), right.Rows, right.Columns, left.Columns, right.Columns, "the left matrix has as many columns");
        RequireShape(nameof(otherLeft), otherLeft.Rows, otherLeft.Columns, left.Rows, otherRight.Rows, "the left matrix has as many rows, and the other right one as many as this has columns");
        RequireShape(nameof(otherRight), otherRight.Rows, otherRight.Columns, otherLeft.Columns, right.Columns, "the right matrix has as many columns");
        var (product, other) = (new SparseRowProduct<TElement>(left, right), new SparseRowProduct<TElement>(otherLeft, otherRight));
        var (ofRows, ofColumns) = (new SparseRowProduct<TElement>(left.T, otherLeft), new SparseRowProduct<TElement>(right, otherRight.T));
        return ofRows.Products + ofColumns.Products < product.Products + other.Products ? ofRows.Dot(ofColumns) : product.Dot(other);
    }

    private static void RequireProduct(SparsePattern pattern, (int Rows, int Columns) left, (int Rows, int Columns) right)
    {
        RequireShape(nameof(left), left.Rows, left.Columns, pattern.Rows, right.Rows, "the pattern has as many rows, and the other matrix as many as this has columns");
        RequireShape(nameof(right), right.Rows, right.Columns, left.Columns, pattern.Columns, "the pattern has as many columns");
    }

    /// <summary>The factors, their sizes and their bounds.</summary>
    internal static string Describe(ParameterLayout layout) =>
        string.Join(", ", layout.Factors.Select(f => $"{f.Name} {f.Rows}×{f.Columns}{(f.IsBounded ? $" from {Bound(f.Min)} to {Bound(f.Max)}" : string.Empty)}"));

    private static string Bound(double bound) =>
        double.IsInfinity(bound) ? bound < 0 ? "−∞" : "∞" : bound.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
