using System.Numerics;
using System.Numerics.Tensors;
using AutoGradMf.Kernels;
using AutoGradMf.Objectives;

namespace AutoGradMf.Optimizers;

/// <summary>
/// Newton steps in all rows of a factor at once, by conjugate gradients on Hessian-vector products (for alternating least squares: Takács,
/// Pilászy &amp; Tikk, RecSys 2011). Rows do not mix, so that one product serves all of them, and each has lengths of its own. It begins at the
/// factor as it is, and a row ends at a small residual or where its curvature is not positive (Steihaug 1983).
/// </summary>
internal sealed class RowConjugateGradient<TElement>
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    private const int LeastElements = 4096;
    private readonly IHessianVectorProduct<TElement> _objective;
    private readonly Workers _workers;
    private readonly Parameters<TElement> _direction;
    private readonly Parameters<TElement> _product;
    private readonly TElement[] _residuals;
    private readonly BlockRows<TElement> _directions = new(), _gradients = new(), _products = new(), _solutions = new(), _free = new();

    /// <summary>‖r‖² of each row, and what it is to fall to; 0 once the row has ended.</summary>
    private readonly double[] _squares, _goals;

    public RowConjugateGradient(IHessianVectorProduct<TElement> objective, Workers workers)
    {
        (_objective, _workers) = (objective, workers);
        (_direction, _product) = (new(objective.Layout), new(objective.Layout));
        _residuals = new TElement[objective.Layout.Factors.Max(f => f.Count)];
        _squares = new double[objective.Layout.Factors.Max(f => Math.Max(f.BlockCount, f.Columns))];
        _goals = new double[_squares.Length];
    }

    /// <summary>Writes the steps in a factor.</summary>
    /// <param name="factor">The factor.</param>
    /// <param name="at">The point, evaluated.</param>
    /// <param name="free">1 for elements that may move and 0 for those that stay; empty if all may.</param>
    /// <param name="step">Receives the step in that factor.</param>
    /// <param name="tolerance">Of the residual of a row, relative to its gradient.</param>
    /// <param name="mostProducts">After so many products the steps are as they are.</param>
    /// <param name="axis">Cuts a factor into its rows.</param>
    /// <param name="monitor">Says whether to break off.</param>
    public void Solve(
        int factor,
        BlockPoint<TElement> at,
        MatrixView<TElement> free,
        Parameters<TElement> step,
        double tolerance,
        int mostProducts,
        FactorAxis axis,
        StoppingMonitor monitor)
    {
        var (directions, solutions) = (_directions.Of(_direction[factor], axis), _solutions.Of(step[factor], axis));
        var freeRows = free.Count == 0 ? default : _free.Of(free, axis).Span;
        var chunks = Chunks.Count((long)directions.Count, LeastElements);
        var begin = new Beginning(this, directions, _gradients.Of(at.Gradient[factor], axis), freeRows, solutions, tolerance, chunks);
        _workers.Run(ref begin, chunks);
        for (var p = 0; p < mostProducts && AnyLeft(directions.Rows) && monitor.Interruption is null; p++)
        {
            BlockRows<TElement>.Return(directions, _direction[factor], axis);
            _objective.HessianVectorProduct(at.Point, _direction, _product, at.Workspace);
            var advance = new Advance(this, directions, _products.Of(_product[factor], axis), freeRows, solutions, p == 0, chunks);
            _workers.Run(ref advance, chunks);
        }

        BlockRows<TElement>.Return(solutions, step[factor], axis);
        _direction[factor].Span.Clear();
    }

    private bool AnyLeft(int rows) => _squares.AsSpan(0, rows).ContainsAnyExcept(0);

    private Span<TElement> Residual(MatrixView<TElement> directions, int row) => _residuals.AsSpan(row * directions.Columns, directions.Columns);

    private void End(Span<TElement> direction, int row)
    {
        direction.Clear();
        _squares[row] = 0;
    }

    private readonly ref struct Beginning(
        RowConjugateGradient<TElement> owner,
        MatrixView<TElement> directions,
        MatrixView<TElement> gradients,
        ReadOnlySpan<TElement> free,
        MatrixView<TElement> solutions,
        double tolerance,
        int chunks) : IChunkedWork
    {
        private readonly ReadOnlySpan<TElement> _free = free;

        public void Run(int chunk)
        {
            for (var row = Chunks.Start(directions.Rows, chunk, chunks); row < Chunks.Start(directions.Rows, chunk + 1, chunks); row++)
            {
                solutions.Row(row).Clear();
                var residual = owner.Residual(directions, row);
                TensorPrimitives.Negate(gradients.Row(row), residual);
                if (!_free.IsEmpty)
                {
                    TensorPrimitives.Multiply(residual, _free.Slice(row * directions.Columns, directions.Columns), residual);
                }

                residual.CopyTo(directions.Row(row));
                owner._squares[row] = WideDot.Of<TElement>(residual, residual);
                owner._goals[row] = tolerance * tolerance * owner._squares[row];
            }
        }
    }

    /// <summary>One step of each row that has not ended.</summary>
    private readonly ref struct Advance(
        RowConjugateGradient<TElement> owner,
        MatrixView<TElement> directions,
        MatrixView<TElement> products,
        ReadOnlySpan<TElement> free,
        MatrixView<TElement> solutions,
        bool isFirst,
        int chunks) : IChunkedWork
    {
        private readonly ReadOnlySpan<TElement> _free = free;

        public void Run(int chunk)
        {
            for (var row = Chunks.Start(directions.Rows, chunk, chunks); row < Chunks.Start(directions.Rows, chunk + 1, chunks); row++)
            {
                if (owner._squares[row] > 0)
                {
                    Step(row, directions.Row(row), products.Row(row), owner.Residual(directions, row), solutions.Row(row));
                }
            }
        }

        private void Step(int row, Span<TElement> direction, Span<TElement> product, Span<TElement> residual, Span<TElement> solution)
        {
            if (!_free.IsEmpty)
            {
                TensorPrimitives.Multiply(product, _free.Slice(row * directions.Columns, directions.Columns), product);
            }

            var curvature = WideDot.Of<TElement>(direction, product);
            if (!(curvature > 0))
            {
                if (isFirst)
                {
                    var descent = TElement.CreateSaturating(NegativeCurvature.Length(owner._squares[row], curvature));
                    TensorPrimitives.Multiply(direction, descent, solution);
                }

                owner.End(direction, row);
                return;
            }

            var length = TElement.CreateTruncating(owner._squares[row] / curvature);
            TensorPrimitives.MultiplyAdd(direction, length, solution, solution);
            TensorPrimitives.MultiplyAdd(product, -length, residual, residual);
            var next = WideDot.Of<TElement>(residual, residual);
            if (!(next > owner._goals[row]))
            {
                owner.End(direction, row);
                return;
            }

            TensorPrimitives.MultiplyAdd(direction, TElement.CreateTruncating(next / owner._squares[row]), residual, direction);
            owner._squares[row] = next;
        }
    }
}
