using AutoGradMf.Generators.Diagnostics;
using AutoGradMf.Generators.Emission;
using AutoGradMf.Generators.Symbolics.Lowering;
using AutoGradMf.Generators.Symbolics.Model;
using Microsoft.CodeAnalysis;

namespace AutoGradMf.Generators.Parsing;

/// <summary>Reads the term of a loss at one entry, and expands it to the loss of a whole model.</summary>
internal static class EntryLossParser
{
    public static ParsedLoss Parse(IMethodSymbol declared, Compilation compilation, CancellationToken cancellation)
    {
        var method = declared.PartialDefinitionPart ?? declared;
        var diagnostics = new List<Diagnostic>();
        var where = method.Locations.FirstOrDefault() ?? Location.None;
        var canGenerate = LossDeclaration.Check(method, where, compilation, diagnostics, cancellation);
        var problems = ProblemsOf(method, where).ToList();
        diagnostics.AddRange(problems);
        canGenerate &= problems.Count == 0;
        var body = new BodyParser(compilation, diagnostics, where, cancellation);
        var read = method.IsAbstract || LossDeclaration.WhyUnnamed(method, cancellation) is not null ? null
            : body.Parse(method, p => TensorTypes.KindOf(p) == TensorKind.Scalar ? Placeholder(p) : null);

        // A term of other parameters than those of an entry has no loss.
        var term = problems.Count == 0 ? read : null;
        if (term is not null && body.IsRead && !term.SelfAndDescendants().Contains(Placeholder(method.Parameters[0])))
        {
            diagnostics.Add(Diagnostic.Create(InvalidDeclaration.Rule, method.Parameters[0].Locations[0], method.Name,
                $"does not depend on the prediction, its first parameter '{method.Parameters[0].Name}', so that nothing could be learned"));
            term = null;
        }

        var hyperparameters = method.Parameters.Skip(2)
            .Select(p => new LossParameter(Identifier.Escaped(p.Name), TensorKind.Scalar, false, null, null) { Default = LossParser.DefaultOf(p) })
            .ToList();
        var further = hyperparameters.Select(p => p.Name).ToList();
        var name = Identifier.Escaped(method.Name);
        var names = new NameScope([.. further, name]);
        var (rating, prediction) = (names.Take("rating"), names.Take("prediction"));
        var parts = new Parts(Options(method), hyperparameters, names);
        var expansion = new EntryExpansion(
            further.Contains(name) ? $"{Identifier.Escaped(method.ContainingType.Name)}.{name}" : name, parts.Ratings.Name, parts.Prediction, rating, prediction, new(further), parts.RidgeTerm);
        var model = LossParser.Model(method, parts.Parameters, term is null ? null : body.WithinBudget(() => parts.Loss(term)), body, compilation, cancellation);
        return new(model with { Expansion = expansion }, canGenerate, diagnostics, body.Locations, body.IsRead, body.Predictions);
    }

    /// <summary>What the parameters are that the loss of an entry cannot have, or lacks.</summary>
    private static IEnumerable<Diagnostic> ProblemsOf(IMethodSymbol method, Location where)
    {
        const string Takes = "is the loss of one entry, so it must take the prediction, the rating and any hyperparameters, all of them double";
        Diagnostic Invalid(Location at, string what) => Diagnostic.Create(InvalidDeclaration.Rule, at, method.Name, what);
        if (method.Parameters.Length < 2)
        {
            yield return Invalid(where, Takes);
        }

        foreach (var parameter in method.Parameters)
        {
            if (TensorTypes.KindOf(parameter) != TensorKind.Scalar)
            {
                yield return Invalid(parameter.Locations[0], Takes);
            }
            else if (LossParser.IsFactor(parameter))
            {
                yield return Invalid(parameter.Locations[0], $"is the loss of one entry, whose factors are those of its expansion, so '{parameter.Name}' is none; drop [Factor], or write the loss in full with [Loss]");
            }
        }
    }

    /// <summary>Of the lambda (rating, prediction): Map visits the entries of its first argument.</summary>
    private static LossNode Placeholder(IParameterSymbol parameter) => parameter.Ordinal < 2
        ? new PlaceholderNode(0, 1 - parameter.Ordinal, parameter.Name)
        : new ParameterNode(0, TensorKind.Scalar, Identifier.Escaped(parameter.Name));

    private static Func<string, bool> Options(IMethodSymbol method)
    {
        var named = method.GetAttributes().First(a => a.AttributeClass.Is(LibraryNames.EntryLossAttribute)).NamedArguments;
        return option => named.FirstOrDefault(a => a.Key == option).Value.Value is not false;
    }

    /// <summary>The parameters of the long form, and what it makes of them.</summary>
    private sealed class Parts
    {
        private readonly ParameterNode _u;
        private readonly ParameterNode _v;
        private readonly ParameterNode? _b;
        private readonly ParameterNode? _d;
        private readonly List<LossParameter> _parameters = [];

        public Parts(Func<string, bool> option, List<LossParameter> hyperparameters, NameScope names)
        {
            _u = Take(names, "U", TensorKind.Matrix, isFactor: true);
            _v = Take(names, "V", TensorKind.Matrix, isFactor: true);
            Prediction = Call("*", TensorKind.Matrix, _u, Call(Operators.Transpose, TensorKind.Matrix, _v));
            if (option("Biases"))
            {
                _b = Take(names, "b", TensorKind.ColumnVector, isFactor: true);
                _d = Take(names, "d", TensorKind.ColumnVector, isFactor: true);
                Prediction = Call("+", TensorKind.Matrix, Call("+", TensorKind.Matrix, Prediction, _b), Call(Operators.Transpose, TensorKind.RowVector, _d));
            }

            if (option("GlobalMean"))
            {
                Prediction = Call("+", TensorKind.Matrix, Prediction, Take(names, "mu", TensorKind.Scalar, isFactor: true));
            }

            Ratings = Take(names, "R", TensorKind.SparseMatrix);
            _parameters.AddRange(hyperparameters);
            if (option("Ridge"))
            {
                RidgeTerm = Squares(Take(names, "reg", TensorKind.Scalar), _u, _v);
                RidgeTerm = _b is null ? RidgeTerm : Call("+", TensorKind.Scalar, RidgeTerm, Squares(Take(names, "biasReg", TensorKind.Scalar), _b, _d!));
            }
        }

        public IReadOnlyList<LossParameter> Parameters => _parameters;

        public ParameterNode Ratings { get; }

        public LossNode Prediction { get; }

        public LossNode? RidgeTerm { get; }

        /// <summary>The loss whose term at an entry is given.</summary>
        public CallNode Loss(LossNode term)
        {
            var prediction = Call(Operators.Prediction, TensorKind.Matrix, Prediction);
            var sum = Call("Sum", TensorKind.Scalar, Call("Map", TensorKind.SparseMatrix, Ratings, prediction, new LambdaNode(0, 2, term)));
            return RidgeTerm is null ? sum : Call("+", TensorKind.Scalar, sum, RidgeTerm);
        }

        private ParameterNode Take(NameScope names, string wish, TensorKind kind, bool isFactor = false)
        {
            var node = new ParameterNode(0, kind, names.Take(wish));
            _parameters.Add(new(node.Name, kind, isFactor, null, null));
            return node;
        }

        private static CallNode Squares(LossNode weight, LossNode first, LossNode second)
        {
            CallNode Squared(LossNode x) => Call("Sum", TensorKind.Scalar, Call("Square", x.Kind, x));
            return Call("*", TensorKind.Scalar, Call("/", TensorKind.Scalar, weight, new NumberNode(0, 2)), Call("+", TensorKind.Scalar, Squared(first), Squared(second)));
        }

        private static CallNode Call(string function, TensorKind kind, params LossNode[] arguments) => new(0, kind, function, new(arguments));
    }
}
