using AutoGradMf.Generators.Symbolics.Analysis;
using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Model;
using AutoGradMf.Generators.Symbolics.Structure;
using Index = AutoGradMf.Generators.Symbolics.Expressions.Index;

namespace AutoGradMf.Generators.Symbolics.Lowering;

/// <summary>Sums over samples: where the data in a sample's term comes from.</summary>
internal sealed partial class Lowerer
{
    private List<SampleStep> LowerSamples(SampledForm form)
    {
        _scope = new LoweringScope(_construction);
        foreach (var support in form.Groups.Select(g => g.Support).OfType<Support>())
        {
            _patterns[support.Name] = support.Name;
        }

        var steps = form.Sums.Select(sum => new SampleLowering(this, sum).Lower()).ToList();

        // What changes with hyperparameters would have to be computed anew for each call.
        return _scope.Steps.Count == 0 ? steps : throw Unsupported(Build.Zero);
    }

    /// <summary>Lowers the term of one sum.</summary>
    private sealed class SampleLowering(Lowerer lowerer, SampleSum sum)
    {
        private readonly NameScope _names = new();
        private readonly List<SampleNumber> _numbers = [];
        private readonly List<Leaf> _values = [];
        private readonly List<Storage> _own = [];
        private readonly Dictionary<string, Leaf> _named = new(StringComparer.Ordinal);
        private readonly Dictionary<Expression, Expression> _lowered = new(SameExpression.Instance);

        private SampleTerm Term => sum.Term;

        private Support? Support => sum.Group.Support;

        public SampleStep Lower()
        {
            var read = Term.Gradients.SelectMany(g => g.Coefficient.SelfAndDescendants()).OfType<Leaf>().Select(l => l.Tensor.Name).ToList();
            var products = Term.Products.Where(p => read.Contains(p.Value.Tensor.Name)).ToList();
            var inputs = products.Select(p => NameOf(p.Value, "x")).ToList();

            // A factor that moves and is held constant, too, is two numbers, which gradients know by their places.
            foreach (var number in Term.Numbers)
            {
                var kind = number.Place is null ? SampleNumberKind.Shared : SampleNumberKind.Factor;
                Add(new(kind, number.Factor.Name, null, null, PlaceOf(number.Place)), NameOf(number.Value, number.Factor.Name));
            }

            var (function, penalty) = (Loop(), Loop());
            var gradients = Term.Gradients.Select(g => (g, Slot(g.Kind == SampleGradientKind.Penalty ? penalty : function, LowerCoefficient(g.Coefficient)))).ToList();
            var penalized = Term.Gradients.Where(g => g.Kind == SampleGradientKind.Penalty).Select(g => g.Into).ToList();
            AddInputs(function, inputs);
            AddInputs(penalty, penalized.Select(row => NameOf(SampleTerm.ElementOf(row), "u")));
            return new(
                sum,
                [.. Term.Rows.Select(r => new PlacedRow(r, r.Kind == SampleRowKind.Data ? lowerer.StorageOf(r.Tensor!) : null, PlaceOf(r.Place)))],
                [.. products.Select(p => (p.Left, p.Right))],
                _numbers,
                gradients,
                _own,
                function,
                penalized.Count == 0 ? null : penalty,
                penalized);
        }

        private LoopStep Loop() => new(
            0,
            new LoopSpace(sum.Group.Sample?.Dimension ?? Support!.Row.Dimension, Support?.Column.Dimension, Support?.Name, false),
            NoIndex,
            NoIndex);

        private int PlaceOf(Index? place) => place is null ? -1 : sum.Places.Select(p => p.Row).ToList().IndexOf(place);

        private static int Slot(LoopStep loop, Expression coefficient)
        {
            var slot = loop.Slots.FindIndex(s => s.Equals(coefficient));
            if (slot < 0)
            {
                slot = loop.Slots.Count;
                loop.Slots.Add(coefficient);
            }

            return slot;
        }

        private void AddInputs(LoopStep loop, IEnumerable<Leaf> first) =>
            loop.Inputs.AddRange(first.Concat(_values).Select(leaf => new LoopInput(leaf.Tensor.Name, LoopInputKind.Entry, null, null, null)));

        /// <summary>The leaf by which a function calls what stands in a term.</summary>
        private Leaf NameOf(Leaf value, string wish) =>
            _named.TryGetValue(value.Tensor.Name, out var named) ? named : _named[value.Tensor.Name] = Fresh(wish);

        private Leaf Fresh(string wish) => new(new Tensor(_names.Take(wish), TensorRole.Computed, default), []);

        /// <summary>The leaf of a number, which is read once.</summary>
        private Leaf Number(SampleNumber number, string wish)
        {
            var known = _numbers.IndexOf(number);
            return known >= 0 ? _values[known] : Add(number, Fresh(wish));
        }

        private Leaf Add(SampleNumber number, Leaf value)
        {
            _numbers.Add(number);
            _values.Add(value);
            return value;
        }

        private Expression LowerCoefficient(Expression e)
        {
            if (!_lowered.TryGetValue(e, out var lowered))
            {
                _lowered[e] = lowered = LowerNode(e);
            }

            return lowered;
        }

        private Expression LowerNode(Expression e)
        {
            switch (e)
            {
                case Constant:
                    return e;
                case Leaf { Tensor.Role: TensorRole.Factor or TensorRole.Frozen } leaf:
                    return NameOf(leaf, "u");
                case Leaf { Tensor.Role: TensorRole.Computed } share:
                    return share.Indices.Count == 0
                        ? Number(new(SampleNumberKind.Scalar, null, null, null, -1), "share")
                        : Number(new(SampleNumberKind.Share, null, null, null, PlaceOf(share.Indices[0])), "share");
                case Leaf { Tensor: { IsIndicator: true, Pattern: { } pattern } } when Support?.Patterns.Contains(pattern) == true:
                    return Build.One;
                case Product { Summed.Count: 0 } product:
                    return OfProduct(product);
                case { Free.Count: 0 } when !DependsOnSample(e):
                    return Number(new(SampleNumberKind.Scalar, null, null, lowerer.LowerScalar(e), -1), ScalarName(e));
                case Leaf or Product or Extreme or Inverse:
                    return Data(e);
                default:
                    return e.WithOperands(LowerCoefficient);
            }
        }

        /// <summary>Numbers of all samples are multiplied once; structural zeros annihilate.</summary>
        private Expression OfProduct(Product product)
        {
            var numbers = product.Operands.Where(o => o.Free.Count == 0 && !DependsOnSample(o)).ToList();
            var scale = numbers.Count == 0 ? Build.Number(product.Coefficient) : LowerScale(Build.Multiply([Build.Number(product.Coefficient), .. numbers]));
            var value = Build.Multiply([scale, .. product.Operands.Except(numbers).Select(LowerCoefficient)]);
            return StructuralZeros.IndicatorsOf(product, Support).Aggregate(
                value, (v, indicator) => Build.Apply(ElementwiseFunction.IfLess, [Build.Zero, LowerCoefficient(indicator), v, Build.Zero]));
        }

        private Expression LowerScale(Expression scale) => scale is Constant ? scale
            : Number(new(SampleNumberKind.Scalar, null, null, lowerer.LowerScalar(scale), -1), ScalarName(scale));

        private static bool DependsOnSample(Expression e) => e.Has(TensorRole.Factor) || e.Has(TensorRole.Frozen) || e.Has(TensorRole.Computed);

        /// <summary>Data of the sample, or of a row that it reads.</summary>
        private Leaf Data(Expression e)
        {
            if (e.Free.Count == 2 && e is Leaf pair && Support is { } support && e.Free.SetEquals([support.Row, support.Column]))
            {
                return Own(lowerer.PairLeaf(pair, support.Row, support).Storage!, pair.Tensor.Name);
            }

            if (e.Free.Count != 1)
            {
                throw lowerer.Unsupported(e);
            }

            var storage = lowerer.LowerArray(e).Storage;
            return e.Free.Contains(sum.Group.Sample!) ? Own(storage, storage.Name)
                : storage.IsDouble ? throw lowerer.Unsupported(e)
                : Number(new(SampleNumberKind.Data, null, storage, null, PlaceOf(e.Free.First())), storage.Name);
        }

        private Leaf Own(Storage storage, string wish)
        {
            var column = _own.IndexOf(storage);
            if (column < 0)
            {
                column = _own.Count;
                _own.Add(storage);
            }

            return Number(new(SampleNumberKind.Own, null, _own[column], null, -1), wish);
        }
    }
}
