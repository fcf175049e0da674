using AutoGradMf.Generators.Symbolics;
using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Lowering;
using AutoGradMf.Generators.Symbolics.Model;
using AutoGradMf.Generators.Symbolics.Notation;

namespace AutoGradMf.Generators.Emission;

/// <summary>Writes the objective: its data, its constructor, its value, and its value with the gradient.</summary>
internal sealed partial class ObjectiveEmitter(SourceWriter writer, LossModel model, CompiledLoss loss, LossNames names, Constructor constructor)
{
    private readonly LibraryNames _library = names.Library;
    private readonly DerivedFields _derived = new(loss.Plan, names);
    private readonly EvaluationLocals _locals = new(writer, names);

    public void Emit()
    {
        var plan = loss.Plan;
        var functions = FunctionEmitter.Name(plan, names);
        writer.Lines(names.Documentation($"The value and the gradient of {names.LossReference} over its factors, for given data. Flops: {Costs()}."));
        writer.Line($"/// <typeparam name=\"{names.Element}\">The type of the factors, float or double.</typeparam>");
        writer.Lines(model.Attributes);
        writer.Line($"{names.Declared(names.Objective)} : {string.Join(", ", Interfaces().Select(names.Over))}");
        writer.Indented(() => writer.Line(names.Constraint));
        writer.Line("{");
        writer.Indented(() =>
        {
            EmitLatex();
            EmitFields();
            EmitConstructor();
            EmitMembers();
            EmitEvaluation("Value", plan.Value, gradient: false);
            EmitEvaluation("ValueAndGradient", plan.ValueAndGradient, gradient: true);
            if (plan.HessianVectorProduct is not null)
            {
                EmitHessianVectorProduct(plan.HessianVectorProduct);
            }

            if (HasNewtonSteps)
            {
                new NewtonEmitter(writer, loss, names, _derived, _locals).Emit();
            }

            if (HasCurvatureBounds)
            {
                new CurvatureBoundEmitter(writer, loss, names, _derived, _locals).Emit();
            }

            if (plan.SignSplit is not null)
            {
                EmitSignSplit(plan.SignSplit);
            }

            if (plan.Samples.Count > 0)
            {
                new SampledEmitter(writer, loss, names, _derived).Emit();
            }

            EmitReference();
            foreach (var function in functions)
            {
                writer.Line();
                FunctionEmitter.Emit(writer, function, names);
            }

            EmitBuffers();
        });
        writer.Line("}");
    }

    private string Costs() => string.Join("; ", new[] { CostText.OfEvaluation(loss), CostText.OfNewtonSteps(loss), CostText.OfDerived(loss) }.OfType<string>());

    private bool HasNewtonSteps => loss.Plan.NewtonSteps.Any(s => s is not null);

    private bool HasCurvatureBounds => loss.Plan.CurvatureBounds.Any(b => b is not null);

    private IEnumerable<string> Interfaces() =>
        new[]
        {
            (LibraryNames.IObjective, true),
            (LibraryNames.IHessianVectorProduct, loss.Plan.HessianVectorProduct is not null),
            (LibraryNames.IBlockNewton, HasNewtonSteps),
            (LibraryNames.ICurvatureBound, HasCurvatureBounds),
            (LibraryNames.IProductInvariant, loss.ProductPairs.Count > 0),
            (LibraryNames.IAxisInvariant, loss.AxisPairs.Count > 0),
            (LibraryNames.IProximal, loss.Penalties.Count > 0),
            (LibraryNames.ISignSplit, loss.Plan.SignSplit is not null),
            (LibraryNames.ISampled, loss.Plan.Samples.Count > 0),
        }.Where(i => i.Item2).Select(i => i.Item1);

    private void EmitFields()
    {
        foreach (var parameter in names.Data)
        {
            writer.Line($"internal readonly {names.TypeOf(parameter.Kind)} {names.Field(parameter.Name)};");
        }

        foreach (var dimension in Dimensions())
        {
            writer.Line($"internal readonly int {names.Dimension(dimension)};");
        }

        foreach (var (field, _) in _derived.Intersections)
        {
            writer.Line($"private readonly {_library[LibraryNames.SparsePattern]} {field};");
        }

        foreach (var storage in loss.Plan.Derived)
        {
            var type = storage.Initializer is SparseData ? names.TypeOf(TensorKind.SparseMatrix) : ViewType(storage);
            writer.Line($"private readonly {type} {_derived.Field(storage)};");
        }

        foreach (var number in _derived.Numbers)
        {
            writer.Line($"private readonly double {number};");
        }

        writer.Line();
    }

    /// <summary>The derivation as a constant, for papers and notebooks.</summary>
    private void EmitLatex()
    {
        writer.Line("/// <summary>The loss and its partial derivatives, as a LaTeX align* environment.</summary>");
        writer.Line("public const string Latex = \"\"\"");
        writer.Indented(() =>
        {
            foreach (var line in LatexNotation.Derivation(loss.Loss, loss.Gradient).SelectMany(block => block.Split('\n')))
            {
                writer.Verbatim(line);
            }

            writer.Line("\"\"\";");
        });
        writer.Line();
    }

    private void EmitConstructor()
    {
        writer.Line("/// <summary>The objective for the given data.</summary>");
        writer.Lines(constructor.Documentation);
        writer.Block($"public {names.Objective}({constructor.Parameters})", () =>
        {
            constructor.EmitBody(writer);
            EmitMomentChecks();
            writer.Line($"Layout = new {_library[LibraryNames.ParameterLayout]}(");
            writer.Indented(() => writer.Lines(names.Factors.Select((f, place) => FactorShape(f) + (place == names.Factors.Count() - 1 ? ");" : ","))));
            var sparse = loss.Plan.Derived.Where(s => s.Initializer is SparseData).ToList();
            writer.Lines(sparse.Select(s => $"{_derived.Field(s)} = {Initializer(s)};"));
            foreach (var (field, matrices) in _derived.Intersections)
            {
                writer.Line($"{field} = {matrices.Skip(1).Aggregate($"{matrices[0]}.Pattern", (code, m) => $"{_library[LibraryNames.SparsePattern]}.Intersect({code}, {m}.Pattern)")};");
            }

            writer.Lines(loss.Plan.Derived.Except(sparse).Select(s => $"{_derived.Field(s)} = {Initializer(s)};"));

            new StepEmitter(writer, names, _derived, isConstruction: true).Emit(loss.Plan.Construction);
        });
        writer.Line();
    }

    private void EmitMembers()
    {
        foreach (var parameter in names.Hyperparameters)
        {
            writer.Line($"/// <summary>{names.Documentation("Hyperparameter of the loss; may change between evaluations.", parameter.Name)}</summary>");
            writer.Line($"public double {names.Parameter(parameter.Name)} {{ get; set; }}");
            writer.Line();
        }

        writer.Line("/// <inheritdoc/>");
        writer.Line($"public {_library[LibraryNames.ParameterLayout]} Layout {{ get; }}");
        writer.Line();
        EmitInputs();
        EmitPairs("ProductPairs", LibraryNames.FactorPair, loss.ProductPairs.Select(p => ($"Left: {p.Left}, Right: {p.Right}", p.RidgeRatio)));
        EmitPairs("AxisPairs", LibraryNames.AxisPair, loss.AxisPairs.Select(p =>
            ($"Left: {p.Left.Factor}, LeftAxis: {Axis(p.Left)}, Right: {p.Right.Factor}, RightAxis: {Axis(p.Right)}{(p.IsMixed ? ", IsMixed: true" : "")}{(p.Between is { } between ? $", Between: {between}" : "")}", p.RidgeRatio)));
        if (loss.Penalties.Count > 0)
        {
            var numbers = new StepEmitter(writer, names, _derived);
            var penalties = loss.Penalties.Select(p => $"new(Factor: {p.Factor}, {_library[LibraryNames.PenaltyGroups]}.{p.Groups}, Weight: {numbers.Number(p.Weight)})");
            writer.Line("/// <inheritdoc/>");
            writer.Line($"public {_library[LibraryNames.IReadOnlyList]}<{_library[LibraryNames.Penalty]}> Penalties => [{string.Join(", ", penalties)}];");
            writer.Line();
        }

        writer.Line("/// <inheritdoc/>");
        writer.Line($"public {_library[LibraryNames.Workspace]} CreateWorkspace({_library[LibraryNames.Workers]}? {names.Workers} = null) => "
            + $"new Buffers(this, {names.Workers} ?? {_library[LibraryNames.Workers]}.Shared);");
    }

    private void EmitPairs(string name, string type, IEnumerable<(string Factors, Expression RidgeRatio)> found)
    {
        var numbers = new StepEmitter(writer, names, _derived);
        var pairs = string.Join(", ", found.Select(p => $"new({p.Factors}" + (p.RidgeRatio is Constant { Value: 1 } ? ")" : $", RidgeRatio: {numbers.Number(p.RidgeRatio)})")));
        if (pairs.Length > 0)
        {
            writer.Line("/// <inheritdoc/>");
            writer.Line($"public {_library[LibraryNames.IReadOnlyList]}<{_library[type]}> {name} {(pairs.Contains("Ridge", StringComparison.Ordinal) ? "=>" : "{ get; } =")} [{pairs}];");
            writer.Line();
        }
    }

    /// <summary>Where a factor has the slices of a pair: an element of a vector is a slice.</summary>
    private string Axis((int Factor, int? Axis) at) => _library[LibraryNames.FactorAxis] + "."
        + (at.Axis is not { } axis ? "Whole" : axis == 1 || loss.Gradient[at.Factor].Factor.IsRowVector ? "Columns" : "Rows");

    /// <summary>Arrays of three sizes of features are refused where they are too large, before anything is made.</summary>
    private void EmitMomentChecks() => writer.Lines(loss.Plan.Temporaries.Concat(loss.Plan.Derived)
        .Where(s => s.Dimensions.Count > 2)
        .Select(s => s.Dimensions.OrderBy(d => d.Name, StringComparer.Ordinal).ToList())
        .Select(sizes => $"\"{sizes.Select(constructor.ParameterOf).FirstOrDefault(p => p is not null)}\", {string.Join(", ", sizes.Select(names.Dimension))}")
        .Distinct()
        .Select(arguments => $"{_library[LibraryNames.ObjectiveArguments]}.RequireMoments({arguments});"));

    /// <summary>Data and hyperparameters with their names, for messages.</summary>
    private void EmitInputs()
    {
        var inputs = names.Data.Select(d => (d.Name, Value: names.Field(d.Name) + (d.Kind is TensorKind.SparseMatrix or TensorKind.IndexVector ? "" : ".View")))
            .Concat(names.Hyperparameters.Select(h => (h.Name, Value: names.Parameter(h.Name))))
            .Select(input => $"new(\"{Identifier.Bare(input.Name)}\", {input.Value})").ToList();
        if (inputs.Count > 0)
        {
            writer.Line("/// <inheritdoc/>");
            writer.Line($"public {_library[LibraryNames.IReadOnlyList]}<{names.Over(LibraryNames.ObjectiveInput)}> Inputs => [{string.Join(", ", inputs)}];");
            writer.Line();
        }
    }

    private void EmitEvaluation(string method, Evaluation evaluation, bool gradient)
    {
        var parameters = names.Over(LibraryNames.Parameters);
        writer.Line();
        writer.Line("/// <inheritdoc/>");
        writer.Block($"public double {method}({parameters} {names.At}, {(gradient ? $"{parameters} {names.Gradient}, " : "")}{_library[LibraryNames.Workspace]} {names.Workspace})", () =>
        {
            var arguments = _library[LibraryNames.ObjectiveArguments];
            writer.Line($"{arguments}.RequireLayout(Layout, {names.At});");
            if (gradient)
            {
                writer.Line($"{arguments}.RequireLayout(Layout, {names.Gradient});");
                writer.Line($"{arguments}.RequireDistinct({names.At}, {names.Gradient});");
            }

            if (UsesBuffers(evaluation))
            {
                writer.Line($"var {names.Buffers} = Buffers.Of(this, {names.Workspace});");
            }

            _locals.EmitFactors(evaluation);
            if (gradient)
            {
                _locals.EmitViews(names.Gradient, names.GradientOf);
            }

            writer.Line();
            var steps = new StepEmitter(writer, names, _derived);
            steps.Emit(evaluation);
            writer.Line($"return {steps.Number(evaluation.Result!)};");
        });
    }

    private void EmitHessianVectorProduct(Evaluation evaluation)
    {
        var parameters = names.Over(LibraryNames.Parameters);
        writer.Line();
        writer.Line("/// <inheritdoc/>");
        writer.Block($"public void HessianVectorProduct({parameters} {names.At}, {parameters} {names.Direction}, {parameters} {names.Product}, {_library[LibraryNames.Workspace]} {names.Workspace})", () =>
        {
            writer.Lines(new[] { names.At, names.Direction, names.Product }.Select(p => $"{_library[LibraryNames.ObjectiveArguments]}.RequireLayout(Layout, {p});"));
            writer.Lines(new[] { names.At, names.Direction }.Select(p => $"{_library[LibraryNames.ObjectiveArguments]}.RequireDistinct({p}, {names.Product});"));
            if (UsesBuffers(evaluation))
            {
                writer.Line($"var {names.Buffers} = Buffers.Of(this, {names.Workspace});");
            }

            _locals.EmitFactors(evaluation);
            _locals.EmitDirections(evaluation);
            _locals.EmitViews(names.Product, names.ProductOf);
            writer.Line();
            new StepEmitter(writer, names, _derived, gradientOf: names.ProductOf).Emit(evaluation);
        });
    }

    private static bool UsesBuffers(Evaluation evaluation) => evaluation.Steps.Any(s => s is ProductStep or LoopStep or GatherStep or MomentStep or TensorStep);

    private void EmitReference()
    {
        if (model.Expansion is not null)
        {
            EmitExpandedReference(model.Expansion);
            return;
        }

        writer.Line();
        writer.Line("/// <inheritdoc/>");
        writer.Line($"public double Reference({names.Over(LibraryNames.Parameters)} {names.At}) => {names.LossMethod}(");
        var factors = names.Factors.Select(f => f.Name).ToList();
        writer.Indented(() => writer.Lines(model.Parameters.Select((p, place) =>
            ReferenceArgument(p, factors.IndexOf(p.Name)) + (place == model.Parameters.Count - 1 ? ");" : ","))));
    }

    /// <summary>The long form of the loss, over locals that have its names.</summary>
    private void EmitExpandedReference(EntryExpansion expansion)
    {
        writer.Line();
        writer.Line("/// <inheritdoc/>");
        writer.Block($"public double Reference({names.Over(LibraryNames.Parameters)} {names.At})", () =>
        {
            var factors = names.Factors.Select(f => f.Name).ToList();
            writer.Lines(model.Parameters.Select(p => $"var {p.Name} = {(p is { IsFactor: false, Kind: TensorKind.Scalar } ? "this." : "")}{ReferenceArgument(p, factors.IndexOf(p.Name))};"));
            writer.Line($"return {expansion.Text(_library[LibraryNames.LossMath] + ".", names.LossMethod)};");
        });
    }

    private string ReferenceArgument(LossParameter parameter, int factor) => parameter switch
    {
        { IsFactor: true, Kind: TensorKind.Scalar } => $"double.CreateChecked({names.At}[{factor}][0, 0])",
        { IsFactor: true } => $"{names.At}[{factor}].To{parameter.Kind}().Cast<double>()",
        { Kind: TensorKind.Scalar } => names.Parameter(parameter.Name),
        { Kind: TensorKind.IndexVector } => names.Field(parameter.Name),
        _ => $"{names.Field(parameter.Name)}.Cast<double>()",
    };

    private void EmitBuffers()
    {
        var (workspace, owner) = (_library[LibraryNames.Workspace], $"{names.Objective}<{names.Element}>");
        var wide = loss.Plan.Evaluations.SelectMany(e => e.Steps).OfType<LoopStep>().Any(l => l.Space.IsDouble);
        writer.Line();
        writer.Line("/// <summary>The temporaries of an evaluation.</summary>");
        writer.Block($"private sealed class Buffers({owner} owner, {_library[LibraryNames.Workers]} workers) : {workspace}(workers)", () =>
        {
            EmitArrays(StorageKind.Temporary);
            writer.Line($"public readonly {names.Over(LibraryNames.LoopScratch)} Scratch = new();");
            if (wide)
            {
                writer.Line($"public readonly {_library[LibraryNames.LoopScratch]}<double> WideScratch = new();");
            }

            writer.Line($"private readonly {owner} _owner = owner;");
            EmitOptionalBuffers(owner, StorageKind.ProductTemporary, "Product");
            EmitOptionalBuffers(owner, StorageKind.NewtonTemporary, "Newton");
            EmitOptionalBuffers(owner, StorageKind.SplitTemporary, "Split");
            EmitOptionalBuffers(owner, StorageKind.BoundTemporary, "Bound");
            writer.Line();
            writer.Line($"public static Buffers Of({owner} owner, {workspace} workspace) =>");
            writer.Indented(() => writer.Line(
                $"workspace is Buffers buffers && ReferenceEquals(buffers._owner, owner) ? buffers : throw {_library[LibraryNames.ObjectiveArguments]}.ForeignWorkspace();"));
        });
    }

    /// <summary>The temporaries of one of the objective's further methods, for those who call it.</summary>
    private void EmitOptionalBuffers(string owner, StorageKind kind, string purpose)
    {
        if (loss.Plan.Temporaries.All(s => s.Kind != kind))
        {
            return;
        }

        writer.Line();
        writer.Line($"private {purpose}Buffers? _of{purpose};");
        writer.Line();
        writer.Line($"public {purpose}Buffers Of{purpose} => _of{purpose} ??= new(_owner);");
        writer.Line();
        writer.Block($"public sealed class {purpose}Buffers({owner} owner)", () => EmitArrays(kind));
    }

    private void EmitArrays(StorageKind kind) => writer.Lines(loss.Plan.Temporaries
        .Where(s => s.Kind == kind)
        .Select(s => $"public readonly {ViewType(s)} {s.Name} = {NewArray(s, "owner.")};"));

    private string FactorShape(LossParameter factor)
    {
        var shape = loss.Shapes.ShapeOf(factor.Name);
        string Size(Symbolics.Translation.Size? size) => size is null ? "1" : names.Dimension(loss.Shapes.DimensionOf(size));
        return $"new {_library[LibraryNames.FactorShape]}(\"{Identifier.Bare(factor.Name)}\", {_library[LibraryNames.FactorKind]}.{factor.Kind}, {Size(shape.Rows)}, {Size(shape.Columns)}){Bounds(factor)}";
    }

    private static string Bounds(LossParameter factor)
    {
        var bounds = new[] { (Name: "Min", Value: factor.Min), (Name: "Max", Value: factor.Max) }.Where(b => !double.IsInfinity(b.Value)).ToList();
        return bounds.Count == 0 ? "" : $" {{ {string.Join(", ", bounds.Select(b => $"{b.Name} = {ScalarCode.Literal(b.Value)}"))} }}";
    }

    private string Initializer(Storage storage) => storage.Initializer switch
    {
        null => NewArray(storage, ""),
        EagerData eager => $"{Operand(eager.Expression)}.View{(eager.Expression.Kind == TensorKind.RowVector ? ".AsColumn" : "")}",
        SparseData sparse => Eager(sparse.Expression),
        AlignedData aligned => $"{_library[LibraryNames.ObjectiveArguments]}.Sample({_derived.Pattern(aligned.Pattern)}, "
            + (aligned.IsIndicator ? $"{_library[LibraryNames.LossMath]}.Observed({_derived.Matrix(aligned.Sparse)})" : _derived.Matrix(aligned.Sparse))
            + (aligned.IsTransposed ? ".T)" : ")"),
        SampledData sampled => $"{_library[LibraryNames.ObjectiveArguments]}.Sample({_derived.Pattern(sampled.Pattern)}, {_derived.Dense(sampled.Dense)})",
        SampledProduct product => $"{_library[LibraryNames.ObjectiveArguments]}.SampleProduct({_derived.Pattern(product.Pattern)}, {Matrix(product.Left)}, {Matrix(product.Right)})",
        TransposedData transposed => $"{names.Field(transposed.Dense)}.T.View",
        _ => throw new InvalidOperationException($"No initializer for {storage.Initializer.GetType().Name}."),
    };

    /// <summary>A matrix of data: sparse with its pattern, or the view of a dense one.</summary>
    private string Matrix(Storage storage) => storage.Pattern is { } pattern ? _derived.Matrix(pattern) : _derived.Dense(storage.Name);

    /// <summary>The expression as what a member is accessed of.</summary>
    private string Operand(LossNode expression) =>
        expression is CallNode { Function: Operators.Multiply } ? $"({Eager(expression)})" : Eager(expression);

    /// <summary>Data derived by the library's eager functions.</summary>
    private string Eager(LossNode expression) => LossText.Of(
        expression, names.Field, _library[LibraryNames.LossMath] + ".", $"<{names.Element}>", d => names.Dimension(new Dimension(d, false)), ScalarCode.DoubleLiteral);

    private string NewArray(Storage storage, string owner)
    {
        var type = storage.IsDouble ? "double" : names.Element;
        if (storage.Pattern is { } pattern)
        {
            var count = $"{owner}{_derived.Pattern(pattern)}.Count";
            return $"new(new {type}[{count}], 0, {count}, 1)";
        }

        var rows = storage.Dimensions.Count > 2 ? $"checked({owner}{names.Dimension(storage.Dimensions[0])} * {owner}{names.Dimension(storage.Dimensions[1])})"
            : storage.Dimensions.Count > 0 ? owner + names.Dimension(storage.Dimensions[0])
            : "1";
        var columns = storage.Dimensions.Count > 1 ? owner + names.Dimension(storage.Dimensions[storage.Dimensions.Count - 1]) : "1";
        return $"new(new {type}[{(columns == "1" ? rows : $"checked({rows} * {columns})")}], 0, {rows}, {columns})";
    }

    private string ViewType(Storage storage) => $"{_library[LibraryNames.MatrixView]}<{(storage.IsDouble ? "double" : names.Element)}>";

    private IEnumerable<Dimension> Dimensions() => loss.Shapes.Dimensions.OrderBy(d => d.IsLatent);
}
