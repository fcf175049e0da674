using System.Numerics;

namespace AutoGradMf.Kernels;

/// <summary>
/// One small linear system for each row of a factor: the normal equations of alternating least squares, gathered row by row and solved
/// in batches. No more than one matrix per thread is held.
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
        if (matrices.AreShared)
        {
            shared = scratch.Square(k);
            matrices.Factor(0, shared);
        }

        var work = new Work<TElement>
        {
            Matrices = matrices,
            Gradient = gradient,
            Count = gradient.Rows,
            Shared = shared,
            Pointers = Pointers(terms),
        };
        work.ChunkCount = work.Pointers.IsEmpty
            ? Chunks.Count(gradient.Rows, ChunkRows)
            : Chunks.Count(work.Pointers[^1] + gradient.Rows, AreScattered(terms) ? ChunkRows : ChunkEntries);
        workers.Run(ref work, work.ChunkCount);
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

    private ref struct Work<TElement> : IChunkedWork
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        public RowMatrices<TElement> Matrices;
        public MatrixView<TElement> Gradient;

        /// <summary>How many rows there are from the matrices' first one on.</summary>
        public int Count;

        public TElement* Shared;
        public ReadOnlySpan<long> Pointers;
        public int ChunkCount;

        public readonly void Run(int chunk)
        {
            var scratch = RowSystemScratch<TElement>.OfThread;
            var (k, stride) = (Gradient.Columns, Matrices.Stride);
            var square = Shared == null ? scratch.Square(k) : Shared;
            var right = scratch.Right(k);
            new Span<TElement>(right, stride).Clear();
            var end = Start(chunk + 1);
            for (var i = Start(chunk); i < end; i++)
            {
                if (Shared == null)
                {
                    Matrices.Factor(i, square);
                }

                var row = Gradient.Row(i);
                row.CopyTo(new(right, k));
                Cholesky.Solve(square, right, k, stride);
                for (var c = 0; c < k; c++)
                {
                    row[c] = -right[c];
                }
            }
        }

        private readonly int Start(int chunk) => Pointers.IsEmpty
            ? Matrices.First + Chunks.Start(Count, chunk, ChunkCount)
            : Chunks.Start(Pointers, chunk, ChunkCount);
    }
}
