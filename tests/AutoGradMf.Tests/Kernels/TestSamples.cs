using System.Numerics;
using AutoGradMf.Kernels;
using AutoGradMf.Objectives;

namespace AutoGradMf.Tests.Kernels;

/// <summary>Sums over samples written by hand, as the generator writes them; their values are nobody's business.</summary>
internal abstract class TestSamples<TElement>(ParameterLayout layout, SampleSet<TElement> samples) : ISampled<TElement>
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    public ParameterLayout Layout => layout;

    public IReadOnlyList<SampleSet<TElement>> Samples { get; } = [samples];

    public abstract void Visit(int set, ISampleVisitor<TElement> visitor);

    /// <summary>The rows of a factor that a sample reads, and how wide they are.</summary>
    public abstract (int[] Rows, int Width) RowsOf(int factor, int sample);

    /// <summary>Of rows whose products do not grow with their length, and away from zero, where penalties have kinks.</summary>
    public Parameters<TElement> Start()
    {
        var scale = 1 / Math.Sqrt(Layout.Factors[0].Columns);
        return Parameters<TElement>.Uniform(Layout, 0.1 * scale, 0.5 * scale, seed: 1);
    }

    public Workspace CreateWorkspace(Workers? workers = null) => throw new NotSupportedException();

    public double Value(Parameters<TElement> at, Workspace workspace) => throw new NotSupportedException();

    public double ValueAndGradient(Parameters<TElement> at, Parameters<TElement> gradient, Workspace workspace) => throw new NotSupportedException();

    public double Reference(Parameters<TElement> at) => throw new NotSupportedException();

    /// <summary>A column of numbers, and one that counts.</summary>
    protected static MatrixView<TElement> Column(int count, Func<int, double> number) =>
        new([.. Enumerable.Range(0, count).Select(e => TElement.CreateChecked(number(e)))], 0, count, 1);

    protected static IndexVector Rows(int count, int rows, int seed)
    {
        var random = new Random(seed);
        return new([.. Enumerable.Range(0, count).Select(_ => random.Next(rows))]);
    }
}

/// <summary>½(u·v + b + d + μ − r)² with shares of a ridge.</summary>
internal sealed class BiasedSamples<TElement>(int m, int n, int k) : TestSamples<TElement>(
    new(
        new("U", FactorKind.Matrix, m, k), new("V", FactorKind.Matrix, Math.Max(n, 1), k), new("b", FactorKind.ColumnVector, m, 1),
        new("d", FactorKind.RowVector, 1, Math.Max(n, 1)), new("mu", FactorKind.Scalar, 1, 1)),
    new(
        [SamplePlace.Of(Rows(40 * n, m, 1), m, 0), SamplePlace.Of(Rows(40 * n, Math.Max(n, 1), 2), Math.Max(n, 1), 1)],
        Column(40 * n, e => e % 10 / 2.0),
        Column(40 * n, e => e)))
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    public override (int[] Rows, int Width) RowsOf(int factor, int sample) => factor switch
    {
        0 => ([Samples[0].Places[0].Rows[sample]], k),
        1 => ([Samples[0].Places[1].Rows[sample]], k),
        2 => ([Samples[0].Places[0].Rows[sample]], 1),
        3 => ([Samples[0].Places[1].Rows[sample]], 1),
        _ => ([0], 1),
    };

    public override void Visit(int set, ISampleVisitor<TElement> visitor) => visitor.Visit<Term, Term>(new(
        [SampleRow.Factor<TElement>(0, place: 0), SampleRow.Factor<TElement>(1, place: 1)],
        [new SampleProduct(0, 1)],
        [
            SampleNumber.Factor<TElement>(2, place: 0), SampleNumber.Factor<TElement>(3, place: 1), SampleNumber.Shared<TElement>(4),
            SampleNumber.Own<TElement>(0), SampleNumber.Scalar<TElement>(0.3), SampleNumber.Share<TElement>(0), SampleNumber.Share<TElement>(1),
        ],
        [
            SampleGradient.Row(0, 0, 1), SampleGradient.Row(0, 1, 0), SampleGradient.Row(1, 0, 0), SampleGradient.Row(1, 2, 1),
            SampleGradient.Number(0, 0), SampleGradient.Number(1, 0), SampleGradient.Number(2, 0),
        ],
        []));

    private readonly struct Term : IEntryFunction
    {
        public static void Evaluate<TLane>(Lanes<TLane> input, Lanes<TLane> output)
            where TLane : struct, ILane<TLane>
        {
            var residual = input[0] + input[1] + input[2] + input[3] - input[4];
            var (left, right) = (input[5] * input[6], input[5] * input[7]);
            output[0] = residual;
            output[1] = left;
            output[2] = right;
        }
    }
}

/// <summary>
/// softplus(−u'S(v − w)) + u·c + |u| + |v| + |w| + ‖S‖², with rows u of one factor, v and w of another, c of data, and S shared. Beside its gradient, v moves
/// along v ∘ w, as if the term had a product of three rows.
/// </summary>
internal sealed class GeneralSamples<TElement>(int m, int n, int k) : TestSamples<TElement>(
    new(new("U", FactorKind.Matrix, m, k), new("V", FactorKind.Matrix, 2 * n, k + 1), new("S", FactorKind.Matrix, k, k + 1)),
    new(
        [
            SamplePlace.Of(Rows(90, m, 1), m, 0),

            // No sample has one row twice, where the kernel takes two steps and the reference one.
            SamplePlace.Of(Rows(90, n, 2), 2 * n, 1), SamplePlace.Of(new([.. Rows(90, n, 3).Values.ToArray().Select(row => row + n)]), 2 * n, 1),
        ],
        Column(90, e => e)))
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    private readonly MatrixView<TElement> _data = KernelData.Random<TElement>(m, k, 4);

    public override (int[] Rows, int Width) RowsOf(int factor, int sample) => factor switch
    {
        0 => ([Samples[0].Places[0].Rows[sample]], k),
        1 => ([Samples[0].Places[1].Rows[sample], Samples[0].Places[2].Rows[sample]], k + 1),
        _ => ([0], k * (k + 1)),
    };

    public override void Visit(int set, ISampleVisitor<TElement> visitor) => visitor.Visit<Term, Penalty>(new(
        [
            SampleRow.Factor<TElement>(0, place: 0), SampleRow.Factor<TElement>(1, place: 1), SampleRow.Factor<TElement>(1, place: 2),
            SampleRow.Shared<TElement>(2), SampleRow.Product<TElement>(matrix: 3, row: 1), SampleRow.Product<TElement>(matrix: 3, row: 2),
            SampleRow.TransposedProduct<TElement>(matrix: 3, row: 0), SampleRow.Data(_data, place: 0), SampleRow.Elementwise<TElement>(left: 1, right: 2),
        ],
        [new SampleProduct(0, 4), new SampleProduct(0, 5)],
        [SampleNumber.Scalar<TElement>(0.005)],
        [
            SampleGradient.Row(0, 0, 4), SampleGradient.Row(0, 1, 5), SampleGradient.Row(0, 2, 7), SampleGradient.Row(1, 0, 6), SampleGradient.Row(1, 0, 8), SampleGradient.Row(2, 1, 6),
            SampleGradient.Outer(3, 0, 0, 1), SampleGradient.Outer(3, 1, 0, 2), SampleGradient.Row(3, 3, 3),
            SampleGradient.Penalty(0, 0), SampleGradient.Penalty(1, 1), SampleGradient.Penalty(2, 2),
        ],
        [0, 1, 2]));

    private readonly struct Term : IEntryFunction
    {
        public static void Evaluate<TLane>(Lanes<TLane> input, Lanes<TLane> output)
            where TLane : struct, ILane<TLane>
        {
            var (sigmoid, shared) = (LaneMath.Sigmoid(input[1] - input[0]), input[2]);
            output[0] = -sigmoid;
            output[1] = sigmoid;
            output[2] = 1;
            output[3] = 2 * shared;
        }
    }

    private readonly struct Penalty : IEntryFunction
    {
        public static void Evaluate<TLane>(Lanes<TLane> input, Lanes<TLane> output)
            where TLane : struct, ILane<TLane>
        {
            var (u, v, w, weight) = (input[0], input[1], input[2], input[3]);
            output[0] = weight * LaneMath.Sign(u);
            output[1] = weight * LaneMath.Sign(v);
            output[2] = weight * LaneMath.Sign(w);
        }
    }
}

/// <summary>softplus(−u·(v − w)) with shares of a ridge on v and w.</summary>
internal sealed class PreferenceSamples<TElement>(
    IndexVector users, IndexVector rated, IndexVector unrated, double least = double.NegativeInfinity, int k = PreferenceSamples<TElement>.Rank)
    : TestSamples<TElement>(
        new(new("U", FactorKind.Matrix, Users, k), new("V", FactorKind.Matrix, Movies, k) { Min = least }),
        new([SamplePlace.Of(users, Users, 0), SamplePlace.Of(rated, Movies, 1), SamplePlace.Of(unrated, Movies, 1)], Column(users.Length, e => e)))
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    public const int Users = 300;
    public const int Movies = 200;
    private const int Rank = 5;

    public override (int[] Rows, int Width) RowsOf(int factor, int sample) => factor == 0
        ? ([Samples[0].Places[0].Rows[sample]], k)
        : ([Samples[0].Places[1].Rows[sample], Samples[0].Places[2].Rows[sample]], k);

    public override void Visit(int set, ISampleVisitor<TElement> visitor) => visitor.Visit<Term, Term>(new(
        [SampleRow.Factor<TElement>(0, place: 0), SampleRow.Factor<TElement>(1, place: 1), SampleRow.Factor<TElement>(1, place: 2)],
        [new SampleProduct(0, 1), new SampleProduct(0, 2)],
        [SampleNumber.Share<TElement>(1), SampleNumber.Share<TElement>(2)],
        [
            SampleGradient.Row(0, 0, 1), SampleGradient.Row(0, 1, 2), SampleGradient.Row(1, 0, 0), SampleGradient.Row(2, 1, 0),
            SampleGradient.Row(1, 2, 1), SampleGradient.Row(2, 3, 2),
        ],
        []));

    private readonly struct Term : IEntryFunction
    {
        public static void Evaluate<TLane>(Lanes<TLane> input, Lanes<TLane> output)
            where TLane : struct, ILane<TLane>
        {
            var (sigmoid, ofRated, ofUnrated) = (LaneMath.Sigmoid(input[1] - input[0]), input[2], input[3]);
            output[0] = -sigmoid;
            output[1] = sigmoid;
            output[2] = ofRated;
            output[3] = ofUnrated;
        }
    }
}

/// <summary>
/// ½(Σ products of rows + d − e + μ)², where the last two of three rows, or both of two, are of one factor, and d and e are biases in their places.
/// </summary>
internal sealed class ProductSamples<TElement>(int rows, int k, (int Left, int Right)[] products) : TestSamples<TElement>(
    new(new("U", FactorKind.Matrix, 5, k), new("V", FactorKind.Matrix, 11, k), new("d", FactorKind.ColumnVector, 11, 1), new("mu", FactorKind.Scalar, 1, 1)),
    new(
        [
            SamplePlace.Of(Rows(Count, 5, 1), 5, 0), SamplePlace.Of(new([.. Rows(Count, 5, 2).Values]), 11, 1),

            // No sample reads a row twice.
            SamplePlace.Of(new([.. Rows(Count, 6, 3).Values.ToArray().Select(row => row + 5)]), 11, 1),
        ],
        Column(Count, e => e)))
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    private const int Count = 90;

    /// <summary>Whether a row has two coefficients in the gradient of another, which is no batch's form.</summary>
    public bool IsPairTwice => products.DistinctBy(p => p.Left + p.Right).Count() < products.Length;

    public override (int[] Rows, int Width) RowsOf(int factor, int sample)
    {
        int[] movies = [Samples[0].Places[1].Rows[sample], Samples[0].Places[2].Rows[sample]];
        return factor switch
        {
            0 => (rows == 3 ? [Samples[0].Places[0].Rows[sample]] : [], k),
            1 => (movies, k),
            2 => (movies, 1),
            _ => ([0], 1),
        };
    }

    public override void Visit(int set, ISampleVisitor<TElement> visitor)
    {
        SampleRow<TElement>[] list =
            [SampleRow.Factor<TElement>(0, place: 0), SampleRow.Factor<TElement>(1, place: 1), SampleRow.Factor<TElement>(1, place: 2)];
        var form = new SampleForm<TElement>(
            list.AsSpan(3 - rows),
            products.Select(p => new SampleProduct(p.Left, p.Right)).ToArray(),
            [SampleNumber.Factor<TElement>(2, place: 1), SampleNumber.Factor<TElement>(2, place: 2), SampleNumber.Shared<TElement>(3)],
            [
                .. products.SelectMany(p => (SampleGradient[])[SampleGradient.Row(p.Left, 0, p.Right), SampleGradient.Row(p.Right, 0, p.Left)]),
                SampleGradient.Number(0, 0), SampleGradient.Number(1, 1), SampleGradient.Number(2, 0),
            ],
            []);
        switch (products.Length)
        {
            case 1:
                visitor.Visit<Term<One>, Term<One>>(form);
                break;
            case 2:
                visitor.Visit<Term<Two>, Term<Two>>(form);
                break;
            default:
                visitor.Visit<Term<Three>, Term<Three>>(form);
                break;
        }
    }

    private interface ICount
    {
        static abstract int Count { get; }
    }

    private readonly struct One : ICount
    {
        public static int Count => 1;
    }

    private readonly struct Two : ICount
    {
        public static int Count => 2;
    }

    private readonly struct Three : ICount
    {
        public static int Count => 3;
    }

    private readonly struct Term<TCount> : IEntryFunction
        where TCount : struct, ICount
    {
        public static void Evaluate<TLane>(Lanes<TLane> input, Lanes<TLane> output)
            where TLane : struct, ILane<TLane>
        {
            var residual = input[TCount.Count] - input[TCount.Count + 1] + input[TCount.Count + 2];
            for (var p = 0; p < TCount.Count; p++)
            {
                residual += input[p];
            }

            output[0] = residual;
            output[1] = -residual;
        }
    }
}
