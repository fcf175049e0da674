using System.Numerics;
using AutoGradMf.Kernels;
using AutoGradMf.Objectives;
using AutoGradMf.Optimizers;

namespace AutoGradMf.Initialization;

/// <summary>
/// Pairs of factors that the objective sees through their product U·Mᵀ, or U·diag(c)·Mᵀ with c = 1, begin where the product is the steepest descent from zero, truncated
/// to rank k: the truncated singular value decomposition of the data for a squared error over all pairs, and of what vectors and scalars
/// leave to explain for others. It keeps alternating steps off the saddle points where a smaller singular direction stands for a larger.
/// </summary>
/// <remarks>
/// The decomposition is by a randomized range finder that sees the matrix through gradients alone: with U = 0, the gradient in U is
/// (∂f/∂UMᵀ)·M. Every iteration takes 2·(1 + ⌈10/k⌉) gradients. Other matrices begin normal, and vectors and scalars where the objective is least
/// without the matrices. Cancelled, it is what was found so far, or where that is nothing for some pair, as of <see cref="DataMeans{TElement}"/>. Where the objective is not finite or flat at zero, or has no such pairs (<see cref="IProductInvariant{TElement}"/>, or <see cref="IAxisInvariant{TElement}"/> for factors with their features first) without bounds, all is as of
/// <see cref="DataMeans{TElement}"/>, and rescaled where factors have bounds (<see cref="RescaledInitialization{TElement}"/>), or begins at
/// positive numbers where these are clearly better (<see cref="OrPositiveInitialization{TElement}"/>).
/// </remarks>
/// <typeparam name="TElement"><see cref="float"/> or <see cref="double"/>: the type of the factors.</typeparam>
public sealed class TruncatedSvd<TElement> : IInitialization<TElement>
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    private readonly double _tolerance;
    private readonly int _mostIterations;
    private readonly DataMeans<TElement> _otherwise;

    /// <summary>Settings of the range finder.</summary>
    /// <param name="tolerance">It stops when an iteration adds no more than this part to the sum of the k largest squared singular values.</param>
    /// <param name="mostIterations">And after so many iterations, at least 1.</param>
    /// <param name="standardDeviation">Of matrices that are not begun from the decomposition.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is below what it may be, infinite or NaN.</exception>
    public TruncatedSvd(double tolerance = 1e-11, int mostIterations = 40, double standardDeviation = 0.1)
    {
        if (!(tolerance >= 0))
        {
            throw new ArgumentOutOfRangeException(nameof(tolerance), tolerance, "A tolerance must be a number, 0 or more.");
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(mostIterations, 1);
        (_tolerance, _mostIterations, _otherwise) = (tolerance, mostIterations, new(standardDeviation));
    }

    /// <inheritdoc/>
    public Parameters<TElement> Start(IObjective<TElement> objective, int seed, Workers workers, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(objective);
        ArgumentNullException.ThrowIfNull(workers);
        var start = _otherwise.Start(objective, seed, workers, cancellationToken);
        var pairs = ThinPair.Of(objective);
        if (pairs.Count == 0)
        {
            return Otherwise();
        }

        var origin = start.Copy();
        foreach (var pair in pairs)
        {
            origin[pair.Left].Span.Clear();
            origin[pair.Right].Span.Clear();
        }

        foreach (var between in pairs.Select(pair => pair.Between).OfType<int>())
        {
            origin[between].Span.Fill(TElement.One);
        }

        var workspace = objective.CreateWorkspace(workers);
        var value = objective.Value(origin, workspace);
        if (!double.IsFinite(value))
        {
            return Otherwise();
        }

        var descent = origin.Copy();
        foreach (var pair in pairs)
        {
            var finder = new RangeFinder<TElement>(new ProductGradient<TElement>(objective, origin, pair, workspace), seed, workers);
            if (!finder.Find(_tolerance, _mostIterations, cancellationToken))
            {
                return Otherwise();
            }

            Fill(descent, start, pair, finder);
        }

        int[] scaled = [.. pairs.SelectMany(pair => new[] { pair.Left, pair.Right })];
        var (best, least) = new ScaleSearch<TElement>(objective, workspace, descent, scaled).Find(tolerance: 0, enough: value, cancellationToken);
        return least < value ? best : Otherwise();

        Parameters<TElement> Otherwise()
        {
            var isBounded = objective.Layout.Factors.Any(f => f.IsBounded);
            var other = isBounded ? RescaledInitialization<TElement>.Rescaled(objective, start, workers, cancellationToken) : start;
            return OrPositiveInitialization<TElement>.Better(objective, other, seed, workers, cancellationToken);
        }
    }

    /// <summary>
    /// U·√S and V·√S of the k largest triplets, scaled as the ridges want; where there are fewer, random columns, small beside them. So are rows that are nothing beside
    /// the others, though data sees them: what of the product the objective sees may leave them at a saddle point, as in <c>RowDots(U, V)</c>, of which each row is a
    /// triplet. Rows that no data sees are zero.
    /// </summary>
    private static void Fill(Parameters<TElement> descent, Parameters<TElement> random, ThinPair pair, RangeFinder<TElement> finder)
    {
        var least = 1e-3 * Math.Sqrt(finder.Values[0]);
        var scale = new FactorPair(pair.Left, pair.Right, pair.RidgeRatio) is { HasBest: true, LeftScale: { } best } ? best : 1;
        Fill(pair.Left, pair.LeftEntities, finder.Left, scale);
        Fill(pair.Right, pair.RightEntities, finder.Right, 1 / scale);

        void Fill(int number, FactorAxis entities, MatrixView<TElement> vectors, double scale)
        {
            var (factor, other) = (new BlockRows<TElement>().Of(descent[number], entities), new BlockRows<TElement>().Of(random[number], entities));
            var k = factor.Columns;
            var small = TElement.CreateChecked(scale * least / Math.Sqrt(factor.Rows));
            for (var i = 0; i < factor.Rows; i++)
            {
                for (var f = 0; f < k; f++)
                {
                    var root = Math.Sqrt(finder.Values[f]);
                    factor[i, f] = root > least
                        ? vectors[i, f] * TElement.CreateChecked(scale * root)
                        : other[i, f] * small;
                }

                if (WideDot.Of<TElement>(factor.Row(i), factor.Row(i)) is var square && square > 0 && square < scale * scale * least * least / factor.Rows)
                {
                    System.Numerics.Tensors.TensorPrimitives.Multiply(other.Row(i), small, factor.Row(i));
                }
            }

            BlockRows<TElement>.Return(factor, descent[number], entities);
        }
    }
}
