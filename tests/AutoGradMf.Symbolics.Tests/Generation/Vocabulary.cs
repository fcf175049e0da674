using AutoGradMf.Generators.Symbolics.Model;
using AutoGradMf.Symbolics.Tests.Interpretation;

namespace AutoGradMf.Symbolics.Tests.Generation;

/// <summary>The parameters that random losses are made of, and the sizes that they are tried at.</summary>
internal static class Vocabulary
{
    public static IReadOnlyList<TestParameter> Parameters { get; } =
    [
        Factor("U", TensorKind.Matrix, 'm', 'k'),
        Factor("V", TensorKind.Matrix, 'n', 'k'),
        Factor("P", TensorKind.Matrix, 'm', 'k'),
        new(new("C", TensorKind.Matrix, true, "k", "k"), 'k', 'k'),
        Factor("b", TensorKind.ColumnVector, 'm', '1'),
        Factor("d", TensorKind.ColumnVector, 'n', '1'),
        Factor("e", TensorKind.RowVector, '1', 'n'),
        Factor("mu", TensorKind.Scalar, '1', '1'),
        Data("R", TensorKind.SparseMatrix, 'm', 'n'),
        Data("Z", TensorKind.SparseMatrix, 'm', 'n'),
        Data("L", TensorKind.SparseMatrix, 'm', 'm'),
        Data("D", TensorKind.Matrix, 'm', 'n'),
        Data("w", TensorKind.ColumnVector, 'm', '1'),
        Data("v", TensorKind.RowVector, '1', 'n'),
        Data("alpha", TensorKind.Scalar, '1', '1'),
    ];

    /// <summary>Sizes that no two dimensions share, equal numbers of rows and columns, and single ones.</summary>
    public static IReadOnlyList<IReadOnlyDictionary<char, int>> Sizes { get; } = [Of(3, 4, 2), Of(4, 4, 2), Of(3, 2, 4), Of(1, 3, 1)];

    public static IReadOnlyList<FunctionModel> Functions => [.. TestFunction.All.Values.Select(f => f.Model), ..TestFunction.OfSeveral];

    public static TestParameter Factor(string name, TensorKind kind, char rows, char columns) => new(new(name, kind, true, null, null), rows, columns);

    public static TestParameter Data(string name, TensorKind kind, char rows, char columns) => new(new(name, kind, false, null, null), rows, columns);

    public static IReadOnlyDictionary<char, int> Of(int m, int n, int k) =>
        new Dictionary<char, int> { ['m'] = m, ['n'] = n, ['k'] = k, ['l'] = k + 1, ['p'] = m + 2, ['q'] = n + 3 };
}
