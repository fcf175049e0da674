#if HAS_TORCHSHARP
using AutoGradMf.TestLosses;
using static TorchSharp.torch;

namespace AutoGradMf.TorchSharp.Tests;

/// <summary>The reference losses written once more, in TorchSharp, at one point.</summary>
internal sealed class TorchLosses
{
    private readonly GoldenPoint _point;
    private readonly Dictionary<string, Tensor> _factors;
    private readonly Tensor _ratings;
    private readonly Tensor _observed;

    private TorchLosses(GoldenPoint point)
    {
        _point = point;
        _factors = new()
        {
            ["U"] = Factor("U", point.Users, point.Rank),
            ["M"] = Factor("M", point.Movies, point.Rank),
            ["b"] = Factor("b", point.Users, 1),
            ["d"] = Factor("d", 1, point.Movies),
            ["mu"] = Factor("mu", 1, 1),
        };
        _ratings = Dense(point.R);
        _observed = Dense(new SparseMatrix<double>(point.R.Pattern, Enumerable.Repeat(1.0, point.R.Count).ToArray()));
    }

    /// <summary>The value of a loss, and by autograd its gradient in every factor that it depends on.</summary>
    public static ValueAndGradient Evaluate(string loss, GoldenPoint point)
    {
        using var scope = NewDisposeScope();
        var losses = new TorchLosses(point);
        using var value = losses.Loss(loss);
        value.backward();
        return new(
            value.item<double>(),
            losses._factors
                .Where(factor => factor.Value.grad is not null)
                .ToDictionary(factor => factor.Key, factor => factor.Value.grad!.data<double>().ToArray()));
    }

    private Tensor Loss(string name) => name switch
    {
        "Quadratic" => Squares(Product - tensor(_point.DenseR.Span.ToArray(), _point.Users, _point.Movies)),
        "Classic" => Squares(Product - FilledBy(Means(0))),
        "FilledByRowMeans" => Squares(Product - FilledBy(Means(1))),
        "FilledByGlobal" => Squares(Product - FilledBy(tensor(Golden.Values.Fill, float64))),
        "Masked" => Squares(Product - _ratings, _observed),
        "Biased" => Squares(Product + _factors["b"] + _factors["d"] + _factors["mu"] - _ratings, _observed)
            + (Golden.Values.BiasReg / 2 * (_factors["b"].square().sum() + _factors["d"].square().sum())),
        "SparseSquared" => (Product - _ratings).square().sum(),
        "Weighted" => Squares(Product - _ratings, Dense(_point.W)),
        "WeightedElsewhere" => Squares(Product - _ratings, Dense(_point.WElsewhere)),
        _ => throw new ArgumentException($"There is no TorchSharp expression of {name}.", nameof(name)),
    };

    /// <summary>U Mᵀ. The shapes fit by construction: a wrong one given to matmul would end the process.</summary>
    private Tensor Product => _factors["U"].matmul(_factors["M"].t());

    /// <summary>½ Σ weight · residual² with the ridge of U and M.</summary>
    private Tensor Squares(Tensor residual, Tensor? weight = null) =>
        (0.5 * (weight is null ? residual.square() : weight * residual.square()).sum())
        + (Golden.Values.Reg / 2 * (_factors["U"].square().sum() + _factors["M"].square().sum()));

    private Tensor FilledBy(Tensor fill) => (_observed * _ratings) + ((1 - _observed) * fill);

    /// <summary>Means of the observed ratings along an axis; of none of them the mean of all, of nothing at all 0.</summary>
    private Tensor Means(long axis)
    {
        var overall = _ratings.sum() / _observed.sum().clamp(min: 1);
        var count = _observed.sum(axis, keepdim: true);
        return where(count > 0, _ratings.sum(axis, keepdim: true) / count.clamp(min: 1), overall);
    }

    private Tensor Factor(string name, int rows, int columns) => tensor(_point.Factor(name), rows, columns, requires_grad: true);

    private static Tensor Dense(SparseMatrix<double> sparse)
    {
        var values = new double[sparse.Rows * sparse.Columns];
        for (var i = 0; i < sparse.Rows; i++)
        {
            for (var e = (int)sparse.Pattern.RowPointers[i]; e < sparse.Pattern.RowPointers[i + 1]; e++)
            {
                values[(i * sparse.Columns) + sparse.Pattern.ColumnIndices[e]] = sparse.Values[e];
            }
        }

        return tensor(values, sparse.Rows, sparse.Columns);
    }
}
#endif
