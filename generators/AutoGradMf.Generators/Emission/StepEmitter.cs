using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Lowering;
using AutoGradMf.Generators.Symbolics.Model;
using AutoGradMf.Generators.Symbolics.Notation;

namespace AutoGradMf.Generators.Emission;

/// <summary>Writes the steps of a plan as statements.</summary>
/// <param name="writer">Where to.</param>
/// <param name="names">What things are called.</param>
/// <param name="derived">The plan's derived data: fields.</param>
/// <param name="isConstruction">Whether the statements stand in the constructor.</param>
/// <param name="gradientOf">The local for a factor's part of what they compute, if that is no gradient.</param>
internal sealed class StepEmitter(SourceWriter writer, LossNames names, DerivedFields derived, bool isConstruction = false, Func<string, string>? gradientOf = null)
{
    private const int LineLength = 110;
    private readonly LibraryNames _library = names.Library;
    private readonly PlainNotation _notation = names.Notation;
    private readonly NameScope _locals = names.Scope.Inner();
    private readonly HashSet<string> _numbers = new(StringComparer.Ordinal);

    public void Emit(Evaluation evaluation)
    {
        foreach (var step in evaluation.Steps)
        {
            switch (step)
            {
                case SystemsStep systems:
                    Emit(systems);
                    break;
                case ProductStep product:
                    Emit(product);
                    break;
                case MomentStep moments:
                    Emit(moments);
                    break;
                case TensorStep tensor:
                    Emit(tensor);
                    break;
                case GatherStep gather:
                    Emit(gather);
                    break;
                case LoopStep loop:
                    Emit(loop);
                    break;
                case ScalarStep scalar:
                    writer.Line($"{Declare(scalar.Name)} = {Number(scalar.Value)};");
                    break;
                case ScalarGradientStep gradient:
                    writer.Line($"{GradientName(gradient.Gradient)}[0, 0] = {names.Element}.CreateChecked({Number(gradient.Value)});");
                    break;
                default:
                    throw new InvalidOperationException($"No code for {step.GetType().Name}.");
            }
        }
    }

    /// <summary>A number in double.</summary>
    public string Number(Expression expression) => new ScalarCode(NumberName, names.Call).Write(expression);

    /// <summary>The local that views a factor's part of the gradient.</summary>
    public string GradientName(Storage gradient) =>
        gradient.Kind == StorageKind.NegativePart ? names.NegativeOf(gradient.Name) : (gradientOf ?? names.GradientOf)(gradient.Name);

    private void Emit(ProductStep step)
    {
        writer.Lines(step.Into is null ? [] : [$"// {Short(step.Into)} = {_notation.Text(step.Meaning)}"]);
        writer.Lines(step.Scalar is null ? [] : [$"// {step.Scalar} = {_notation.Text(NumberOf(step))}"]);
        var arguments = new List<string>();
        if (step.Kernel is ProductKernel.SparseMultiply or ProductKernel.SparseMultiplyTransposed)
        {
            arguments.Add(derived.Pattern(step.Left.Pattern!));
        }

        arguments.Add(View(step.Left));
        arguments.AddRange(new[] { step.Right, step.Into }.Where(s => s is not null).Select(s => View(s!)));
        if (!IsSmall(step.Kernel))
        {
            // Sparse data is fixed, and a workspace may keep its products.
            arguments.Add(step.Kernel is ProductKernel.SparseMultiply or ProductKernel.SparseMultiplyTransposed && !isConstruction ? names.Buffers : Workers);
        }

        var (type, method) = step.Kernel switch
        {
            ProductKernel.SparseMultiply => (LibraryNames.SparseProduct, "Multiply"),
            ProductKernel.SparseMultiplyTransposed => (LibraryNames.SparseProduct, "MultiplyTransposed"),
            ProductKernel.Inverse or ProductKernel.LogDeterminant or ProductKernel.InverseAndLogDeterminant => (LibraryNames.SmallMatrix, step.Kernel.ToString()),
            var kernel => (LibraryNames.ThinProduct, kernel.ToString()),
        };
        var call = $"{_library[type]}.{method}({string.Join(", ", arguments)});";
        writer.Line(step.Scalar is null ? call : $"{Declare(step.Scalar)} = {call}");
    }

    /// <summary>Whether the kernel is not worth more than one thread.</summary>
    private static bool IsSmall(ProductKernel kernel) => kernel is ProductKernel.Widen or ProductKernel.Transpose or ProductKernel.Diagonal or ProductKernel.Max
        or ProductKernel.Inverse or ProductKernel.LogDeterminant or ProductKernel.InverseAndLogDeterminant;

    /// <summary>The number that a step computes; one that computes the inverse of a matrix, too, means that.</summary>
    private static Expression NumberOf(ProductStep step) =>
        step.Meaning is Inverse inverse ? new LogDeterminant(inverse.Body, inverse.BodyRow, inverse.BodyColumn) : step.Meaning;

    private void Emit(MomentStep step)
    {
        writer.Line($"// {Short(step.Into)} = {_notation.Text(step.Meaning)}");
        writer.Line($"{_library[LibraryNames.ThinProduct]}.{step.Kernel}({View(step.Outer)}, {View(step.Left)}, {View(step.Right)}, {View(step.Into)}, {Workers});");
    }

    private void Emit(TensorStep step)
    {
        writer.Line($"// {Short(step.Into.Storage)} = {_notation.Text(step.Meaning)}");
        var isAdding = "";
        foreach (var term in step.Terms)
        {
            var indices = step.IndicesOf(term).ToList();
            string Letters(Placement placement) => string.Concat(placement.Indices.Select(i => (char)('a' + indices.IndexOf(i))));
            var letters = $"\"{string.Join(",", term.Operands.Select(Letters))}->{Letters(step.Into)}\"";
            var (sizes, operands) = (string.Join(", ", indices.Select(i => Size(i.Dimension))), string.Join(", ", term.Operands.Select(o => View(o.Storage))));
            writer.Line($"{_library[LibraryNames.SmallTensor]}.Contract({letters}, [{sizes}], {Number(term.Scale)}, [{operands}], {View(step.Into.Storage)}{isAdding});");
            isAdding = ", isAdding: true";
        }
    }

    private void Emit(LoopStep loop)
    {
        var sums = loop.Sums.Count == 0 ? "[]" : _locals.Take("sums");
        if (loop.Sums.Count > 0)
        {
            writer.Line($"{_library[LibraryNames.Span]}<double> {sums} = stackalloc double[{loop.Sums.Count}];");
        }

        writer.Lines(Comments(loop));
        var element = Element(loop);
        var (type, space) = loop.Space.Pattern is { } pattern
            ? (LibraryNames.SampledLoop, derived.Pattern(pattern))
            : (LibraryNames.DenseLoop, $"{Size(loop.Space.Rows)}, {Size(loop.Space.Columns)}");
        writer.Line($"{_library[type]}.Evaluate<{loop.FunctionName}, {element}>(");
        writer.Indented(() => writer.Lines(
        [
            $"{space},",
            .. List(loop.Inputs.Select(i => Operand(i, element))),
            $"{sums},",
            .. List(loop.Outputs.Select(Result)),
            $"{Scratch(loop)}, {Workers});",
        ]));
        for (var s = 0; s < loop.Sums.Count; s++)
        {
            writer.Line($"{Declare(loop.Sums[s].Name)} = {sums}[{s}];");
        }
    }

    private void Emit(GatherStep step)
    {
        writer.Line($"// {Short(step.Into)} = {_notation.Text(step.Meaning)}");
        (string Method, IEnumerable<string> Arguments) call = step switch
        {
            RowDotsStep dots => ("Dots", [.. List(dots.Left.Select(Term)), .. List(dots.Right.Select(Term))]),
            RowGramStep gram => ("Gram", [.. List(gram.Left.Select(Term)), .. List(gram.Right.Select(Term))]),
            ScatterStep scatter => ("Scatter", [$"{derived.Pattern(scatter.Index)}, {View(scatter.Weights)},", .. List(scatter.Rows.Select(Term))]),
            _ => throw new InvalidOperationException($"No code for {step.GetType().Name}."),
        };
        writer.Line($"{_library[LibraryNames.GatheredRows]}.{call.Method}(");
        writer.Indented(() => writer.Lines([.. call.Arguments, $"{View(step.Into)}, {Workers});"]));
    }

    private string Term(RowTerm term)
    {
        var arguments = new[] { term.Pattern is null ? null : derived.Pattern(term.Pattern), View(term.Matrix), term.Scale is Constant { Value: 1 } ? null : Number(term.Scale) };
        return $"{_library[LibraryNames.RowTerm]}.{term.Kind}({string.Join(", ", arguments.OfType<string>())}){(term.IsFactor ? ".AsFactor" : "")}";
    }

    /// <summary>Replaces a gradient by the solutions of its systems.</summary>
    public void Emit(SystemsStep step)
    {
        var function = step.Weights is { } weights ? $"<{weights.FunctionName}, {names.Element}>" : "";
        writer.Lines(step.Weights is null ? [] : Comments(step.Weights));
        writer.Lines(step.HasGradient ? [] : [$"{View(step.Gradient)}.Span.Clear();"]);
        writer.Line($"{_library[LibraryNames.RowSystems]}.{(step.At is null ? "Solve" : "SolveFrom")}{function}(");
        writer.Indented(() => writer.Lines(
        [
            .. step.At is null ? [] : new[] { $"{View(step.At)}," },
            $"{View(step.Gradient)}{(step.IsOneSystem ? ".AsRow" : "")},",
            .. List(step.Terms.Select((term, place) => Term(term, step.Terms.Take(place).Sum(t => t.Rows?.Count ?? 0)))),
            .. step.Terms.SelectMany(t => t.Rows ?? []).ToList() is { Count: > 0 } rows ? List(rows.Select(Term)) : [],
            .. step.Weights is null ? [] : List(step.Weights.Inputs.Select(i => Operand(i, names.Element))),
            step.Weights is null ? $"{Workers});" : $"{Scratch(step.Weights)}, {Workers});",
        ]));
        writer.Lines(step.Turned is { } turned ? [$"// {Short(turned)} = {Short(step.Gradient)}'", $"{_library[LibraryNames.ThinProduct]}.Transpose({View(step.Gradient)}, {View(turned)});"] : []);
    }

    /// <summary>What a gradient is replaced by, as comments say it.</summary>
    public string Solution(SystemsStep step)
    {
        var right = step.HasGradient ? Short(step.Gradient) : "";
        foreach (var term in step.Terms.Where(t => t.Slopes is not null))
        {
            var (coefficient, scale) = Build.SplitCoefficient(term.SlopeScale);
            var number = Build.Scaled(Math.Abs(coefficient), scale);
            var sign = coefficient < 0 ? (right.Length == 0 ? "-" : " - ") : right.Length == 0 ? "" : " + ";
            right += $"{sign}{(number is Constant { Value: 1 } ? "" : _notation.Atom(number) + " ")}{Short(term.Slopes!)}{(term.Kind == SystemsTermKind.SampledTransposed ? "'" : "")} {Short(term.Array!)}";
        }

        return $"{Short(step.Gradient)} = −A⁻¹ {(step.Terms.Any(t => t.Slopes is not null) ? $"({right})" : right)}{(step.At is null ? "" : $" - {Short(step.At)}")}";
    }

    /// <param name="term">The term.</param>
    /// <param name="firstRow">The number of the first one of its rows' terms.</param>
    private string Term(SystemsTerm term, int firstRow)
    {
        var typeArgument = term.Kind is SystemsTermKind.Ridge or SystemsTermKind.Shared ? $"<{names.Element}>" : "";
        var pattern = term.Pattern is null ? null : derived.Pattern(term.Pattern);
        var scale = term.Scale is Constant { Value: 1 } && term.Kind != SystemsTermKind.Ridge ? null : Number(term.Scale);
        var arguments = new[] { pattern, term.Weights is null ? null : View(term.Weights), term.Array is null ? null : View(term.Array), term.Rows is null ? null : $"{firstRow}, {term.Rows.Count}", scale };
        var ofRows = $"{_library[LibraryNames.CurvatureTerm]}.{term.Kind}{typeArgument}({string.Join(", ", arguments.OfType<string>())})";
        if (term.Slopes is { } slopes)
        {
            return $"{ofRows}.WithSlopes({View(slopes)}{(term.SlopeScale is Constant { Value: 1 } ? "" : ", " + Number(term.SlopeScale))})";
        }

        return term.Chosen is { Pattern: { } chosen } ? $"{_library[LibraryNames.CurvatureTerm]}.Scattered({derived.Pattern(chosen)}, {ofRows})" : ofRows;
    }

    /// <summary>A collection on one line if it fits, else with a line for each element.</summary>
    private static IEnumerable<string> List(IEnumerable<string> elements)
    {
        var line = $"[{string.Join(", ", elements)}],";
        return line.Length <= LineLength ? [line] : ["[", .. elements.Select(e => $"    {e},"), "],"];
    }

    private string Result(LoopOutput output) =>
        $"{_library[LibraryNames.LoopResult]}.{output.Kind}({output.Slot}, {(output.With is null ? "" : View(output.With) + ", ")}{View(output.Into)})";

    /// <summary>What the loop computes, in the names of its operands.</summary>
    private IEnumerable<string> Comments(LoopStep loop)
    {
        var place = loop.Space.Pattern is { } pattern ? $" over the observed entries of {pattern}" : "";
        foreach (var number in loop.Inputs.Where(i => i.Kind == LoopInputKind.Scalar && i.Scalar is not Leaf))
        {
            yield return $"// {number.Name} = {_notation.Text(number.Scalar!)}";
        }

        foreach (var dot in loop.Inputs.Where(i => i.Kind == LoopInputKind.Dot))
        {
            yield return $"// {dot.Name} = {Short(dot.Storage!)} {Short(dot.Right!)}'";
        }

        foreach (var (name, term) in loop.Sums)
        {
            yield return $"// {name} = Σ {_notation.Atom(term)}{place}";
        }

        if (loop.Outputs.Count == 0 && loop.Slots.Count == 1)
        {
            yield return $"// weights {_notation.Text(loop.Slots[0])}";
        }

        foreach (var output in loop.Outputs.Where(o => o.Kind == LoopOutputKind.Store))
        {
            yield return $"// {Short(output.Into)} = {_notation.Text(loop.Slots[output.Slot])}";
        }

        foreach (var products in loop.Outputs.Where(o => o.Kind != LoopOutputKind.Store).GroupBy(o => o.Slot))
        {
            yield return $"// {string.Join(", ", products.Select(ProductComment))}, G = {_notation.Text(loop.Slots[products.Key])}{place}";
        }
    }

    private string ProductComment(LoopOutput output) => $"{Short(output.Into)} = " + output.Kind switch
    {
        LoopOutputKind.RowProduct => $"G {Short(output.With!)}",
        LoopOutputKind.ColumnProduct => $"G' {Short(output.With!)}",
        LoopOutputKind.RowSums => "G 1",
        LoopOutputKind.ColumnSums => "G' 1",
        _ => $"{char.ToLowerInvariant(output.Kind.ToString()[0])}{output.Kind.ToString()[1..]}(G)",
    };

    private string Operand(LoopInput input, string element)
    {
        var operand = _library[LibraryNames.Operand];
        return input.Kind switch
        {
            LoopInputKind.Scalar => $"{operand}.Scalar<{element}>({Number(input.Scalar!)})",
            LoopInputKind.Dot => $"{operand}.Dot({View(input.Storage!)}, {View(input.Right!)})",
            LoopInputKind.Sparse or LoopInputKind.SparseTransposed =>
                $"{operand}.{input.Kind}({derived.Pattern(input.Storage!.Pattern!)}, {View(input.Storage)})",
            LoopInputKind.SparseTimesDense or LoopInputKind.DenseTimesSparse =>
                $"{operand}.{input.Kind}({derived.Pattern(input.Storage!.Pattern!)}, {View(input.Storage)}, {View(input.Right!)})",
            _ when input.Storage!.IsDouble && element != "double" => $"{operand}.Wide{input.Kind}<{element}>({View(input.Storage)})",
            _ => $"{operand}.{input.Kind}({View(input.Storage!)})",
        };
    }

    private string Element(LoopStep loop) => loop.Space.IsDouble ? "double" : names.Element;

    private string Size(Dimension? dimension) => dimension is null ? "1" : names.Dimension(dimension);

    private string Workers => isConstruction ? $"{_library[LibraryNames.Workers]}.Shared" : $"{names.Buffers}.Workers";

    private string Scratch(LoopStep loop) => (isConstruction, loop.Space.IsDouble) switch
    {
        (true, var wide) => $"new {_library[LibraryNames.LoopScratch]}<{(wide ? "double" : names.Element)}>()",
        (false, true) => $"{names.Buffers}.WideScratch",
        (false, false) => $"{names.Buffers}.Scratch",
    };

    /// <summary>The target of an assignment that gives a number its value: a local, or in the constructor a field.</summary>
    private string Declare(string number)
    {
        if (isConstruction)
        {
            return derived.Number(number);
        }

        _numbers.Add(number);
        return "var " + number;
    }

    private string View(Storage storage) => storage.Kind switch
    {
        StorageKind.Factor => names.Parameter(storage.Name),
        StorageKind.Gradient or StorageKind.NegativePart => GradientName(storage),
        StorageKind.Direction => names.DirectionOf(storage.Name),
        StorageKind.Data => names.ViewOf(storage.Name),
        StorageKind.Derived => derived.Array(storage),
        StorageKind.ProductTemporary => $"{names.Buffers}.OfProduct.{storage.Name}",
        StorageKind.NewtonTemporary => $"{names.Buffers}.OfNewton.{storage.Name}",
        StorageKind.SplitTemporary => $"{names.Buffers}.OfSplit.{storage.Name}",
        StorageKind.BoundTemporary => $"{names.Buffers}.OfBound.{storage.Name}",
        _ => $"{names.Buffers}.{storage.Name}",
    };

    private string Short(Storage storage) => storage.Kind switch
    {
        StorageKind.Gradient or StorageKind.NegativePart => GradientName(storage),
        StorageKind.Direction => names.DirectionOf(storage.Name),
        _ => storage.Name,
    };

    private string NumberName(Tensor tensor) => tensor.Role switch
    {
        TensorRole.Size when tensor.IsDivisor => $"double.Max(1, {names.Dimension(new Dimension(tensor.Name, false))})",

        // Converted first: m · n may be more than an int holds.
        TensorRole.Size => "(double)" + names.Dimension(new Dimension(tensor.Name, false)),
        TensorRole.Computed => _numbers.Contains(tensor.Name) ? tensor.Name : derived.Number(tensor.Name),
        TensorRole.Data => LossText.Of(tensor.Initializer!, names.Field, _library[LibraryNames.LossMath] + ".", number: ScalarCode.DoubleLiteral),
        TensorRole.Direction => names.DirectionOf(tensor.Name),
        _ => names.Parameter(tensor.Name),
    };
}
