using System.Numerics;
using AutoGradMf.Kernels;
using Xunit;

namespace AutoGradMf.Tests.Kernels;

/// <summary>Each row's solution is held against its matrix, added up number by number in double.</summary>
[EveryRegisterWidth]
public sealed partial class RowSystemsTests
{
    private const int Rows = 45;
    private const int Columns = 70;
    private const double Ridge = 2;

    [Theory]
    [MemberData(nameof(KernelData.EveryRank), MemberType = typeof(KernelData))]
    public void Solutions_fit_their_systems_at_every_rank(int k)
    {
        Check<double>(k, 1e-10);
        Check<float>(k, 2e-3);
    }

    [Theory]
    [MemberData(nameof(KernelData.EveryRank), MemberType = typeof(KernelData))]
    public void One_matrix_serves_all_rows_that_share_it(int k)
    {
        var shared = Gram(k, 7);
        using var workers = new Workers(2);
        var gradient = KernelData.Random<double>(Rows, k, 3);
        var step = Copy(gradient);
        RowSystems.Solve(step, [CurvatureTerm.Shared<double>(shared), CurvatureTerm.Ridge<double>(Ridge)], workers);
        for (var i = 0; i < Rows; i++)
        {
            var matrix = new double[k, k];
            AddSquare(matrix, shared, 1);
            AddRidge(matrix, Ridge);
            RequireSolved(matrix, gradient.Row(i), step.Row(i), 1e-10);
        }
    }

    /// <summary>So many pairs that the weights are held in parts.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Weights_that_are_streamed_give_the_same_bits_as_a_matrix_of_them(int threads)
    {
        const int rows = 70, columns = 40_000, k = 5;
        using var workers = new Workers(threads);
        var scratch = new LoopScratch<float>();
        var (left, right, gradient) = (KernelData.Random<float>(rows, k, 1), KernelData.Random<float>(columns, k, 2), KernelData.Random<float>(rows, k, 3));
        var weights = new MatrixView<float>(new float[rows * columns], 0, rows, columns);
        var (expected, actual) = (Copy(gradient), Copy(gradient));

        DenseLoop.Evaluate<MappedPower, float>(rows, columns, [Operand.Dot(left, right)], [], [LoopResult.Store(0, weights)], scratch, workers);
        RowSystems.Solve(expected, [CurvatureTerm.Ridge<float>(Ridge), CurvatureTerm.Dense(weights, right)], workers);
        RowSystems.Solve<MappedPower, float>(
            actual, [CurvatureTerm.Ridge<float>(Ridge), CurvatureTerm.Streamed(right)], [Operand.Dot(left, right)], scratch, workers);
        Assert.DoesNotContain(0f, expected.Span.ToArray());
        Assert.Equal(expected.Span.ToArray(), actual.Span.ToArray());
    }

    /// <summary>Rows that samples choose, 2 (v_j − v_l), more of them than are read at a time.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Rows_that_are_read_where_they_are_give_the_same_bits_as_a_matrix_of_them(int threads)
    {
        const int samples = 3000, k = 13;
        using var workers = new Workers(threads);
        var (i, j, l) = (Chosen(samples, Rows, 7), Chosen(samples, Columns, 11), Chosen(samples, Columns, 13));
        var (movies, weights, gradient) = (KernelData.Random<float>(Columns, k, 1), KernelData.Random<float>(samples, 1, 2), KernelData.Random<float>(Rows, k, 3));
        var rows = new MatrixView<float>(new float[samples * k], 0, samples, k);
        for (var s = 0; s < samples; s++)
        {
            weights[s, 0] = Math.Abs(weights[s, 0]);
            for (var c = 0; c < k; c++)
            {
                rows[s, c] = 2 * (movies[j.ColumnIndices[s], c] - movies[l.ColumnIndices[s], c]);
            }
        }

        var (expected, actual) = (Copy(gradient), Copy(gradient));
        RowSystems.Solve(expected, [CurvatureTerm.Ridge<float>(Ridge), CurvatureTerm.SampledTransposed(i, weights, rows, 0.5)], workers);
        RowSystems.Solve(
            actual,
            [CurvatureTerm.Ridge<float>(Ridge), CurvatureTerm.Gathered(i, weights, 1, 2, 0.5)],
            [RowTerm.Own(rows), RowTerm.Gathered(j, movies, 2), RowTerm.Gathered(l, movies, -2)],
            workers);
        Assert.DoesNotContain(0f, expected.Span.ToArray());
        Assert.Equal(expected.Span.ToArray(), actual.Span.ToArray());
    }

    /// <summary>A term of each kind whose rows chose the factor's: three of these, and the others are chosen by none.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Rows_that_chose_the_same_one_share_the_sum_of_their_systems(int threads)
    {
        const int groups = 8, k = 13;
        using var workers = new Workers(threads);
        var chosen = Chosen(Rows, groups, 2);
        var data = new Data<double>(k);
        var gradient = KernelData.Random<double>(groups, k, 3);
        var step = Copy(gradient);
        RowSystems.Solve(step, [CurvatureTerm.Ridge<double>(Ridge), .. data.OwnTerms.ToArray().Select(term => CurvatureTerm.Scattered(chosen, term))], workers);
        for (var g = 0; g < groups; g++)
        {
            var matrix = new double[k, k];
            AddRidge(matrix, Ridge);
            for (var i = 0; i < Rows; i++)
            {
                Add(matrix, data.OwnMatrix(i), chosen.ColumnIndices[i] == g ? 1 : 0);
            }

            RequireSolved(matrix, gradient.Row(g), step.Row(g), 1e-10);
        }
    }

    /// <summary>As large a damping as what is negative leaves nothing but rounding to divide by.</summary>
    [Fact]
    public void A_negative_curvature_makes_no_step_long()
    {
        const int rows = 5000;
        var random = new Random(3);
        var curvature = new Matrix<double>(rows, 1);
        var gradient = new Matrix<double>(rows, 1);
        for (var row = 0; row < rows; row++)
        {
            (curvature[row, 0], gradient[row, 0]) = (-Math.Pow(10, (6 * random.NextDouble()) - 3), 1);
        }

        var steps = gradient.View;
        RowSystems.Solve(steps, [CurvatureTerm.Diagonal(curvature.View)], Workers.Shared);

        Assert.All(Enumerable.Range(0, rows), row => Assert.InRange(steps.Span[row] * curvature[row, 0], 1e-3, 100));
    }

    [Fact]
    public void What_all_rows_share_is_not_scattered()
    {
        using var workers = new Workers(1);
        var term = CurvatureTerm.Scattered(Chosen(5, 4, 1), CurvatureTerm.Ridge<double>(1));
        var thrown = Assert.Throws<ArgumentException>(() => RowSystems.Solve(KernelData.Random<double>(4, 3, 1), [term], workers));
        Assert.Contains("which 5 entries of 5×4 scatter", thrown.Message, StringComparison.Ordinal);
    }

    private static SparsePattern Chosen(int samples, int rows, int step) =>
        new(samples, rows, [.. Enumerable.Range(0, samples + 1).Select(s => (long)s)], [.. Enumerable.Range(0, samples).Select(s => s * step % rows * (s % 2))]);

    [Fact]
    public void Weights_without_a_term_for_them_are_named()
    {
        using var workers = new Workers(1);
        var gradient = KernelData.Random<double>(4, 3, 1);
        var exception = Assert.Throws<ArgumentException>(() =>
            RowSystems.Solve<SquareDerivative, double>(gradient, [CurvatureTerm.Ridge<double>(1)], [Operand.Dot(gradient, gradient)], new(), workers));
        Assert.Contains("no term is streamed", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_number_of_threads_changes_no_bit()
    {
        var expected = Solve<float>(31, 1);
        Assert.Equal(expected, Solve<float>(31, 2));
        Assert.Equal(expected, Solve<float>(31, 3));
    }

    [Theory]
    [InlineData(-1.0, 1.0)]
    [InlineData(0.0, 1.0)]
    [InlineData(0.0, 1e-318)] // Far out on a robust loss the curvature is subnormal, and a share of it zero.
    [InlineData(0.0, 0.0)]
    public void What_is_not_positive_definite_is_damped_until_the_step_leads_downhill(double ridge, double scale)
    {
        using var workers = new Workers(1);
        var gradient = KernelData.Random<double>(Rows, 6, 3);
        var step = Copy(gradient);
        RowSystems.Solve(step, [CurvatureTerm.Ridge<double>(ridge), CurvatureTerm.Outer(KernelData.Random<double>(Rows, 6, 9), scale)], workers);
        for (var i = 0; i < Rows; i++)
        {
            var slope = 0.0;
            for (var c = 0; c < 6; c++)
            {
                slope += gradient[i, c] * step[i, c];
            }

            Claim.True(slope < 0, $"The slope of row {i} is {slope}.");
        }
    }

    [Fact]
    public void Wrong_shapes_are_named()
    {
        using var workers = new Workers(1);
        var gradient = KernelData.Random<double>(4, 3, 1);
        var five = KernelData.Random<double>(5, 2, 1);
        foreach (var term in (CurvatureTerm<double>[])
            [
                CurvatureTerm.Shared<double>(five),
                CurvatureTerm.Diagonal(five),
                CurvatureTerm.Outer(five),
                CurvatureTerm.Weighted(five, KernelData.Random<double>(3, 3, 1)),
                CurvatureTerm.Weighted(five, KernelData.Random<double>(6, 3, 1)),
                CurvatureTerm.Sampled(KernelData.Pattern(4, 6, 1, 1), five),
                CurvatureTerm.SampledTransposed(KernelData.Pattern(6, 4, 1, 1), five),
                CurvatureTerm.Gathered(Chosen(5, 4, 1), five, 0, 1),
                CurvatureTerm.Dense(KernelData.Random<double>(4, 5, 1), five),
                CurvatureTerm.DenseTransposed(KernelData.Random<double>(5, 4, 1), five),
                CurvatureTerm.Scattered(Chosen(6, 4, 1), CurvatureTerm.Diagonal(five)),
            ])
        {
            var thrown = Assert.Throws<ArgumentException>(() => RowSystems.Solve(gradient, [term], workers));
            Assert.Contains("4×3", thrown.Message, StringComparison.Ordinal);
            Assert.Contains("5×2", thrown.Message, StringComparison.Ordinal);
        }
    }

    private static void Check<TElement>(int k, double tolerance)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        var data = new Data<TElement>(k);
        var step = data.Solve(2);
        for (var i = 0; i < Rows; i++)
        {
            RequireSolved(data.Matrix(i), data.Gradient.Row(i), step.Row(i), tolerance);
        }
    }

    private static TElement[] Solve<TElement>(int k, int threads)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => new Data<TElement>(k).Solve(threads).Span.ToArray();

    /// <summary>The residual, relative to the terms that cancel in it.</summary>
    private static void RequireSolved<TElement>(double[,] matrix, Span<TElement> gradient, Span<TElement> step, double tolerance)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        for (var c = 0; c < gradient.Length; c++)
        {
            var residual = double.CreateChecked(gradient[c]);
            var size = Math.Abs(residual);
            for (var d = 0; d < step.Length; d++)
            {
                residual += matrix[c, d] * double.CreateChecked(step[d]);
                size += Math.Abs(matrix[c, d] * double.CreateChecked(step[d]));
            }

            Claim.True(Math.Abs(residual) <= tolerance * size, $"Row {c} leaves {residual:R} of {size:R}.");
        }
    }

    private static MatrixView<double> Gram(int k, int seed)
    {
        var rows = KernelData.Random<double>(2 * k, k, seed);
        var gram = KernelData.Unwritten<double>(k, k);
        using var workers = new Workers(1);
        ThinProduct.Gram(rows, rows, gram, workers);
        return gram;
    }

    private static MatrixView<TElement> Copy<TElement>(MatrixView<TElement> values)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement> => new(values.Span.ToArray(), 0, values.Rows, values.Columns);

    private static void AddSquare(double[,] matrix, MatrixView<double> square, double scale)
    {
        for (var c = 0; c < square.Rows; c++)
        {
            for (var d = 0; d < square.Rows; d++)
            {
                matrix[c, d] += scale * square[c, d];
            }
        }
    }

    private static void Add(double[,] matrix, double[,] other, double scale)
    {
        for (var c = 0; c < matrix.GetLength(0); c++)
        {
            for (var d = 0; d < matrix.GetLength(1); d++)
            {
                matrix[c, d] += scale * other[c, d];
            }
        }
    }

    private static void AddRidge(double[,] matrix, double ridge)
    {
        for (var c = 0; c < matrix.GetLength(0); c++)
        {
            matrix[c, c] += ridge;
        }
    }

    /// <summary>A system with a term of every kind, positive definite by its ridge.</summary>
    private sealed class Data<TElement>(int k)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
    {
        private readonly SparsePattern _pattern = KernelData.Pattern(Rows, Columns, 0.4, 5);
        private readonly SparsePattern _transposed = KernelData.Pattern(Columns, Rows, 0.9, 6);
        private readonly MatrixView<TElement> _rows = KernelData.Random<TElement>(Columns, k, 8);
        private readonly MatrixView<TElement> _own = KernelData.Random<TElement>(Rows, k, 9);
        private readonly MatrixView<TElement> _weights = Positive(KernelData.Random<TElement>(Rows, 1, 10));
        private readonly MatrixView<TElement> _diagonals = Positive(KernelData.Random<TElement>(Rows, k, 11));
        private readonly MatrixView<double> _square = Gram(k, 12);
        private readonly MatrixView<TElement> _pairOfWeights = Positive(KernelData.Random<TElement>(Rows, 2, 17));
        private readonly MatrixView<double> _pairOfSquares = new([.. Gram(k, 18).Span, .. Gram(k, 19).Span], 0, 2 * k, k);

        public MatrixView<TElement> Gradient { get; } = KernelData.Random<TElement>(Rows, k, 13);

        private readonly MatrixView<TElement> _pairs = Positive(KernelData.Random<TElement>(Rows, Columns, 15));
        private readonly MatrixView<TElement> _transposedPairs = Positive(KernelData.Random<TElement>(Columns, Rows, 16));

        /// <summary>Where steps begin.</summary>
        public MatrixView<TElement> Own => _own;

        /// <summary>Two terms with slopes.</summary>
        private ReadOnlySpan<CurvatureTerm<TElement>> SampledTerms => new[]
        {
            CurvatureTerm.Ridge<TElement>(Ridge),
            CurvatureTerm.Sampled(_pattern, EntryWeights, _rows, 3).WithSlopes(Slopes(_pattern), -2),
            CurvatureTerm.SampledTransposed(_transposed, _rows).WithSlopes(Slopes(_transposed)),
        };

        /// <summary>The gradient and what the slopes add, summed entry by entry.</summary>
        public MatrixView<TElement> GradientWithSlopes
        {
            get
            {
                var sum = Copy(Gradient);
                foreach (var (row, column, entry) in _pattern.Entries)
                {
                    AddTo(sum.Row(row), _rows.Row(column), TElement.CreateChecked(-2) * Slopes(_pattern).Span[entry]);
                }

                foreach (var (row, column, entry) in _transposed.Entries)
                {
                    AddTo(sum.Row(column), _rows.Row(row), Slopes(_transposed).Span[entry]);
                }

                return sum;
            }
        }

        private static MatrixView<TElement> Slopes(SparsePattern pattern) => KernelData.Random<TElement>(pattern.Count, 1, 17);

        private static void AddTo(Span<TElement> sum, Span<TElement> row, TElement scale)
        {
            for (var c = 0; c < sum.Length; c++)
            {
                sum[c] += scale * row[c];
            }
        }

        private MatrixView<TElement> EntryWeights => Positive(KernelData.Random<TElement>(_pattern.Count, 1, 14));

        /// <summary>The terms that differ from row to row.</summary>
        public ReadOnlySpan<CurvatureTerm<TElement>> OwnTerms => new[]
        {
            CurvatureTerm.Weighted(_weights, _square),
            CurvatureTerm.Weighted(_pairOfWeights, _pairOfSquares),
            CurvatureTerm.Diagonal(_weights),
            CurvatureTerm.Diagonal(_diagonals),
            CurvatureTerm.Outer(_own, 0.5),
            CurvatureTerm.Outer(_weights, _own),
            CurvatureTerm.Sampled(_pattern, _rows),
            CurvatureTerm.Sampled(_pattern, EntryWeights, _rows, 3),
            CurvatureTerm.SampledTransposed(_transposed, _rows, 0.25),
            CurvatureTerm.Dense(_pairs, _rows, 2),
            CurvatureTerm.DenseTransposed(_transposedPairs, _rows),
        };

        public MatrixView<TElement> Solve(int threads)
        {
            using var workers = new Workers(threads);
            var step = Copy(Gradient);
            RowSystems.Solve(step, [CurvatureTerm.Ridge<TElement>(Ridge), CurvatureTerm.Shared<TElement>(_square), .. OwnTerms], workers);
            return step;
        }

        public (MatrixView<TElement> Step, MatrixView<TElement> StepFrom) SolveWithSlopes(int threads)
        {
            using var workers = new Workers(threads);
            var (step, stepFrom) = (Copy(Gradient), Copy(Gradient));
            RowSystems.Solve(step, SampledTerms, workers);
            RowSystems.SolveFrom(_own, stepFrom, SampledTerms, workers);
            return (step, stepFrom);
        }

        /// <summary>The sum of <see cref="SampledTerms"/> for a row.</summary>
        public double[,] SampledMatrix(int i)
        {
            var matrix = new double[k, k];
            AddRidge(matrix, Ridge);
            AddSamples(matrix, i, 3, 0, 1);
            return matrix;
        }

        private void AddSamples(double[,] matrix, int i, double weight, double one, double transposedWeight)
        {
            var weights = EntryWeights;
            foreach (var (row, column, entry) in _pattern.Entries)
            {
                if (row == i)
                {
                    AddOuter(matrix, _rows.Row(column), one + (weight * double.CreateChecked(weights.Span[entry])));
                }
            }

            foreach (var (row, column, _) in _transposed.Entries)
            {
                if (column == i)
                {
                    AddOuter(matrix, _rows.Row(row), transposedWeight);
                }
            }
        }

        public double[,] Matrix(int i)
        {
            var matrix = OwnMatrix(i);
            AddRidge(matrix, Ridge);
            AddSquare(matrix, _square, 1);
            return matrix;
        }

        /// <summary>The sum of <see cref="OwnTerms"/> for a row.</summary>
        public double[,] OwnMatrix(int i)
        {
            var matrix = new double[k, k];
            AddRidge(matrix, double.CreateChecked(_weights.Span[i]));
            AddSquare(matrix, _square, double.CreateChecked(_weights.Span[i]));
            AddSquare(matrix, Gram(k, 18), double.CreateChecked(_pairOfWeights[i, 0]));
            AddSquare(matrix, Gram(k, 19), double.CreateChecked(_pairOfWeights[i, 1]));
            AddOuter(matrix, _own.Row(i), 0.5 + double.CreateChecked(_weights.Span[i]));
            for (var c = 0; c < k; c++)
            {
                matrix[c, c] += double.CreateChecked(_diagonals[i, c]);
            }

            AddSamples(matrix, i, 3, 1, 0.25);
            for (var j = 0; j < Columns; j++)
            {
                AddOuter(matrix, _rows.Row(j), (2 * double.CreateChecked(_pairs[i, j])) + double.CreateChecked(_transposedPairs[j, i]));
            }

            return matrix;
        }

        private static void AddOuter(double[,] matrix, Span<TElement> row, double scale)
        {
            for (var c = 0; c < row.Length; c++)
            {
                for (var d = 0; d < row.Length; d++)
                {
                    matrix[c, d] += scale * double.CreateChecked(row[c]) * double.CreateChecked(row[d]);
                }
            }
        }

        private static MatrixView<TElement> Positive(MatrixView<TElement> values)
        {
            foreach (ref var value in values.Span)
            {
                value = TElement.Abs(value);
            }

            return values;
        }
    }
}
