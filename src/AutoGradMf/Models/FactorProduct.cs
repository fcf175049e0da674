using System.Numerics;
using AutoGradMf.Kernels;

namespace AutoGradMf.Models;

/// <summary>
/// Predicts U·Vᵀ + d, entry by entry: the model of a loss that compares movies, or what else has no prediction of its own, from its
/// trained factors.
/// </summary>
/// <typeparam name="TElement"><see cref="float"/> or <see cref="double"/>: the type of the factors.</typeparam>
public sealed class FactorProduct<TElement> : IRatingModel
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    private readonly Matrix<TElement> _users;
    private readonly Matrix<TElement> _movies;
    private readonly ColumnVector<TElement>? _biases;

    /// <summary>The product of factors, which are kept, not copied.</summary>
    /// <param name="users">U, a row for each of m users.</param>
    /// <param name="movies">V, a row for each of n movies.</param>
    /// <param name="biases">d, a number for each movie; none if null.</param>
    /// <exception cref="ArgumentException">The sizes do not fit.</exception>
    public FactorProduct(Matrix<TElement> users, Matrix<TElement> movies, ColumnVector<TElement>? biases = null)
    {
        ArgumentNullException.ThrowIfNull(users);
        ArgumentNullException.ThrowIfNull(movies);
        if (users.Columns != movies.Columns)
        {
            throw new ArgumentException($"The users have {users.Columns} features, and the movies {movies.Columns}.", nameof(movies));
        }

        if (biases is not null && biases.Length != movies.Rows)
        {
            throw new ArgumentException($"There are {movies.Rows} movies, and {biases.Length} biases.", nameof(biases));
        }

        (_users, _movies, _biases) = (users, movies, biases);
    }

    /// <inheritdoc/>
    public int Rows => _users.Rows;

    /// <inheritdoc/>
    public int Columns => _movies.Rows;

    /// <inheritdoc/>
    public double Predict(int row, int column)
    {
        if ((uint)row >= (uint)Rows || (uint)column >= (uint)Columns)
        {
            throw new ArgumentOutOfRangeException(
                (uint)row >= (uint)Rows ? nameof(row) : nameof(column), $"There is no entry ({row}, {column}) in a {Rows}×{Columns} model.");
        }

        return ThinProduct.RowDot(_users.View, row, _movies.View, column) + (_biases is null ? 0 : double.CreateChecked(_biases[column]));
    }
}
