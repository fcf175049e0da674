using System.Numerics;

namespace AutoGradMf.Kernels;

/// <summary>
/// One small linear system for each row of a factor: the normal equations of alternating least squares, gathered row by row and solved
/// in batches. No more than one matrix per thread is held, and of large patterns that are summed over by columns, their numbers.
/// </summary>
public static unsafe partial class RowSystems
{
    private const int ChunkRows = 64;
    private const int ChunkEntries = 1 << 12;

    /// <summary>
    /// Replaces each row g_i of <paramref name="gradient"/> by −A_i⁻¹ g_i, with A_i the sum of <paramref name="terms"/>. An A_i that is
    /// not positive definite is damped: a multiple of the identity is added, the smallest power of ten that is enough (Levenberg 1944).
    /// O(entries · k² + m · k³); where all rows share one matrix, O(k³ + m · k²). Deterministic, whatever the number of threads.
    /// </summary>
    /// <param name="gradient">m × k.</param>
    /// <param name="terms">What the matrices are sums of.</param>
    /// <param name="workers">The threads.</param>
    /// <exception cref="ArgumentException">A term does not fit; the message names the shapes.</exception>
    public static void Solve<TElement>(MatrixView<TElement> gradient, ReadOnlySpan<CurvatureTerm<TElement>> terms, Workers workers)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => Solve(gradient, terms, [], workers);

    /// <summary>As the other, where terms are <see cref="CurvatureTerm.Gathered{TElement}"/>.</summary>
    /// <param name="gradient">m × k.</param>
    /// <param name="terms">What the matrices are sums of.</param>
    /// <param name="rows">The terms of the rows that samples read.</param>
    /// <param name="workers">The threads.</param>
    /// <exception cref="ArgumentException">A term does not fit; the message names the shapes.</exception>
    public static void Solve<TElement>(
        MatrixView<TElement> gradient, ReadOnlySpan<CurvatureTerm<TElement>> terms, ReadOnlySpan<RowTerm<TElement>> rows, Workers workers)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => Solve(gradient, null, terms, rows, workers);

    /// <summary>
    /// Of an objective that is quadratic in a factor, replaces each row g_i of <paramref name="gradient"/> by the step from row i of <paramref name="at"/> to the minimum:
    /// −A_i⁻¹ g_i less that row. Where A_i is not positive definite, and is damped, the step is the damped one from there. Else as <see cref="Solve{TElement}(MatrixView{TElement}, ReadOnlySpan{CurvatureTerm{TElement}}, Workers)"/>.
    /// </summary>
    /// <param name="at">The factor, m × k.</param>
    /// <param name="gradient">The gradient where the factor is zero, m × k; with what the slopes of the terms add.</param>
    /// <param name="terms">What the matrices are sums of.</param>
    /// <param name="workers">The threads.</param>
    /// <exception cref="ArgumentException">A term or the factor does not fit; the message names the shapes.</exception>
    public static void SolveFrom<TElement>(
        MatrixView<TElement> at, MatrixView<TElement> gradient, ReadOnlySpan<CurvatureTerm<TElement>> terms, Workers workers)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => SolveFrom(at, gradient, terms, [], workers);

    /// <summary>As the other, where terms are <see cref="CurvatureTerm.Gathered{TElement}"/>.</summary>
    /// <param name="at">The factor, m × k.</param>
    /// <param name="gradient">The gradient where the factor is zero, m × k; with what the slopes of the terms add.</param>
    /// <param name="terms">What the matrices are sums of.</param>
    /// <param name="rows">The terms of the rows that samples read.</param>
    /// <param name="workers">The threads.</param>
    /// <exception cref="ArgumentException">A term or the factor does not fit; the message names the shapes.</exception>
    public static void SolveFrom<TElement>(
        MatrixView<TElement> at, MatrixView<TElement> gradient, ReadOnlySpan<CurvatureTerm<TElement>> terms, ReadOnlySpan<RowTerm<TElement>> rows, Workers workers)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        if (!Shapes.Fits(at, gradient.Rows, gradient.Columns))
        {
            throw new ArgumentException($"The factor is {Shapes.Text(at)}, and its gradient {Shapes.Text(gradient)}; they must be alike.", nameof(at));
        }

        Solve(gradient, at, terms, rows, workers);
    }

    private static void Solve<TElement>(
        MatrixView<TElement> gradient, MatrixView<TElement>? from, ReadOnlySpan<CurvatureTerm<TElement>> terms, ReadOnlySpan<RowTerm<TElement>> rows, Workers workers)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        ArgumentNullException.ThrowIfNull(workers);
        foreach (ref readonly var term in terms)
        {
            RowSystemShapes.Check(gradient, in term, rows);
        }

        var scratch = RowSystemScratch<TElement>.OfThread;
        scratch.Pack(terms, workers);
        var k = gradient.Columns;
        var matrices = new RowMatrices<TElement>(terms, scratch, k) { Rows = rows };
        TElement* shared = null;
        if (matrices.AreShared && from is null)
        {
            shared = scratch.Square(k);
            matrices.Factor(0, shared, null);
        }

        var work = new Work<TElement>
        {
            Matrices = matrices,
            Gradient = gradient,
            From = from ?? default,
            IsFrom = from is not null,
            Count = gradient.Rows,
            Shared = shared,
            Pointers = Pointers(terms),
        };
        work.ChunkCount = work.Pointers.IsEmpty
            ? Chunks.Count(gradient.Rows, ChunkRows)
            : Chunks.Count(work.Pointers[^1] + gradient.Rows, AreScattered(terms) ? ChunkRows : ChunkEntries);
        workers.RunPrepared(ref work, work.ChunkCount);
    }

    private static bool AreScattered<TElement>(ReadOnlySpan<CurvatureTerm<TElement>> terms)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        foreach (ref readonly var term in terms)
        {
            if (term.Chosen is not null)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Where the entries of each row begin in the pattern of the first sampled term, so that chunks have about as many.</summary>
    private static ReadOnlySpan<long> Pointers<TElement>(ReadOnlySpan<CurvatureTerm<TElement>> terms)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        foreach (ref readonly var term in terms)
        {
            if (term.Chosen is { } chosen)
            {
                return chosen.ColumnPointers;
            }

            if (term.Pattern is { } pattern)
            {
                return term.Kind == CurvatureTermKind.Sampled ? pattern.RowPointers : pattern.ColumnPointers;
            }
        }

        return [];
    }

    private ref struct Work<TElement> : IPreparedWork
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        public RowMatrices<TElement> Matrices;
        public MatrixView<TElement> Gradient;

        /// <summary>Where the step begins, if the gradient is that of zero.</summary>
        public MatrixView<TElement> From;

        public bool IsFrom;

        /// <summary>How many rows there are from the matrices' first one on.</summary>
        public int Count;

        public TElement* Shared;
        public ReadOnlySpan<long> Pointers;
        public int ChunkCount;

        public readonly long Room => Gradient.Columns;

        public readonly void Prepare() => RowSystemScratch<TElement>.OfThread.Prepare(Gradient.Columns);

        public readonly void Run(int chunk)
        {
            var scratch = RowSystemScratch<TElement>.OfThread;
            var (k, stride) = (Gradient.Columns, Matrices.Stride);
            var square = Shared == null ? scratch.Square(k) : Shared;
            var right = scratch.Right(k);
            var end = Start(chunk + 1);
            for (var i = Start(chunk); i < end; i++)
            {
                var row = Gradient.Row(i);
                row.CopyTo(new(right, k));
                new Span<TElement>(right + k, stride - k).Clear();
                if (IsFrom)
                {
                    SolveFrom(i, square, right);
                }
                else
                {
                    if (Shared == null)
                    {
                        Matrices.Factor(i, square, right);
                    }

                    Cholesky.Solve(square, right, k, stride);
                }

                for (var c = 0; c < k; c++)
                {
                    row[c] = -right[c];
                }
            }
        }

        /// <summary>A⁻¹ g + x of a row x and the gradient g of zero; or Ã⁻¹ (g + A x), where A is damped.</summary>
        private readonly void SolveFrom(int i, TElement* square, TElement* right)
        {
            var (k, stride) = (Gradient.Columns, Matrices.Stride);
            var from = From.Row(i);
            var damped = RowSystemScratch<TElement>.OfThread.Gathered(k);
            if (Matrices.Factor(i, square, right, damped))
            {
                Cholesky.Solve(square, right, k, stride);
                for (var c = 0; c < k; c++)
                {
                    right[c] += from[c];
                }

                return;
            }

            AddProduct(damped, from, right, k, stride);
            Cholesky.Solve(square, right, k, stride);
        }

        /// <summary>
        /// right += A x, and 0 where nothing but rounding is left: where A has no curvature, only the damping divides it, and a row at its minimum would drift.
        /// </summary>
        private static void AddProduct(TElement* matrix, ReadOnlySpan<TElement> x, TElement* right, int k, nint stride)
        {
            var rounding = (k + ProductTile.Rows) * double.CreateChecked(TElement.BitIncrement(TElement.One) - TElement.One);
            for (var c = 0; c < k; c++)
            {
                var sum = double.CreateChecked(right[c]);
                var size = Math.Abs(sum);
                for (var d = 0; d < k; d++)
                {
                    var term = double.CreateChecked(matrix[(Math.Min(c, d) * stride) + Math.Max(c, d)]) * double.CreateChecked(x[d]);
                    (sum, size) = (sum + term, size + Math.Abs(term));
                }

                right[c] = Math.Abs(sum) <= rounding * size ? TElement.Zero : TElement.CreateChecked(sum);
            }
        }

        private readonly int Start(int chunk) => Pointers.IsEmpty
            ? Matrices.First + Chunks.Start(Count, chunk, ChunkCount)
            : Chunks.Start(Pointers, chunk, ChunkCount);
    }
}
