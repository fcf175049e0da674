using System.Text.Json;

namespace AutoGradMf.TestLosses;

/// <summary>Factors and data at which every reference loss is evaluated, with what PyTorch autograd found there.</summary>
public sealed class GoldenPoint
{
    private readonly Dictionary<string, double[]> _factors;
    private readonly Dictionary<string, ValueAndGradient> _expected;

    private GoldenPoint(JsonElement json)
    {
        Name = json.GetProperty("name").GetString()!;
        Rank = json.GetProperty("rank").GetInt32();
        _factors = new Dictionary<string, double[]>
        {
            ["U"] = [.. json.GetProperty(nameof(U)).EnumerateArray().SelectMany(Numbers)],
            ["M"] = [.. json.GetProperty(nameof(M)).EnumerateArray().SelectMany(Numbers)],
            ["b"] = Numbers(json.GetProperty("b")),
            ["d"] = Numbers(json.GetProperty("d")),
            ["mu"] = [json.GetProperty("mu").GetDouble()],
        };
        Users = _factors["b"].Length;
        Movies = _factors["d"].Length;
        DenseR = new(Users, Movies, [.. json.GetProperty(nameof(DenseR)).EnumerateArray().SelectMany(Numbers)]);
        R = Sparse(json.GetProperty(nameof(R)));
        W = Sparse(json.GetProperty(nameof(W)));
        WElsewhere = Sparse(json.GetProperty(nameof(WElsewhere)));
        _expected = json.GetProperty("expected").EnumerateObject().ToDictionary(loss => loss.Name, loss => ValueAndGradient.Read(loss.Value));
    }

    /// <summary>Shape and pattern, such as "4x5x3 random".</summary>
    public string Name { get; }

    /// <summary>m.</summary>
    public int Users { get; }

    /// <summary>n.</summary>
    public int Movies { get; }

    /// <summary>k.</summary>
    public int Rank { get; }

    /// <summary>m × k.</summary>
    public Matrix<double> U => new(Users, Rank, Factor("U"));

    /// <summary>n × k.</summary>
    public Matrix<double> M => new(Movies, Rank, Factor("M"));

    /// <summary>m biases.</summary>
    public ColumnVector<double> B => new(Factor("b"));

    /// <summary>n biases.</summary>
    public ColumnVector<double> D => new(Factor("d"));

    /// <summary>The mean.</summary>
    public double Mu => Factor("mu")[0];

    /// <summary>m × n ratings without gaps.</summary>
    public Matrix<double> DenseR { get; }

    /// <summary>m × n observed ratings.</summary>
    public SparseMatrix<double> R { get; }

    /// <summary>Weights at the entries of <see cref="R"/>.</summary>
    public SparseMatrix<double> W { get; }

    /// <summary>Weights at entries of their own.</summary>
    public SparseMatrix<double> WElsewhere { get; }

    /// <summary>A copy of a factor's elements, row after row, by its name in the losses: U, M, b, d or mu.</summary>
    public double[] Factor(string name) => [.. _factors[name]];

    /// <summary>The names of the losses evaluated here.</summary>
    public IEnumerable<string> Losses => _expected.Keys;

    /// <summary>Value and gradient of a loss here.</summary>
    public ValueAndGradient Expected(string loss) => _expected[loss];

    internal static GoldenPoint Read(JsonElement json) => new(json);

    private static double[] Numbers(JsonElement list) => [.. list.EnumerateArray().Select(number => number.GetDouble())];

    private SparseMatrix<double> Sparse(JsonElement rows)
    {
        var pointers = new List<long> { 0 };
        var columns = new List<int>();
        var values = new List<double>();
        foreach (var row in rows.EnumerateArray())
        {
            foreach (var (j, value) in row.EnumerateArray().Index().Where(entry => entry.Item.ValueKind != JsonValueKind.Null))
            {
                columns.Add(j);
                values.Add(value.GetDouble());
            }

            pointers.Add(values.Count);
        }

        return new(new SparsePattern(Users, Movies, [.. pointers], [.. columns]), [.. values]);
    }
}
