using AutoGradMf.Generators.Symbolics;
using AutoGradMf.Generators.Symbolics.Analysis;
using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Lowering;
using AutoGradMf.Generators.Symbolics.Model;

namespace AutoGradMf.Generators.Emission;

/// <summary>Writes the samples that a loss sums over, and what the term of each is made of.</summary>
internal sealed class SampledEmitter(SourceWriter writer, CompiledLoss loss, LossNames names, DerivedFields derived)
{
    private const int LineLength = 110;
    private readonly LibraryNames _library = names.Library;
    private readonly List<string> _factors = [.. names.Factors.Select(f => f.Name)];
    private readonly string _field = names.Scope.Take("_samples");
    private readonly string _create = names.Scope.Take("CreateSamples");
    private readonly StepEmitter _numbers = new(writer, names, derived);
    private readonly IReadOnlyList<SampleStep> _steps = loss.Plan.Samples;
    private readonly List<SampleStep> _ofSamples = [.. loss.Plan.Samples.Where(s => s.Sum.IsOfSamples)];

    private string Element => names.Element;

    public void Emit()
    {
        var sets = $"{_library[LibraryNames.IReadOnlyList]}<{names.Over(LibraryNames.SampleSet)}>";
        writer.Line();
        writer.Line($"private {sets}? {_field};");
        writer.Line();
        writer.Line("/// <inheritdoc/>");
        writer.Line($"public {sets} Samples => {_field} ??= {_create}();");
        writer.Line();
        writer.Block($"private {sets} {_create}()", EmitSets);
        writer.Line();
        writer.Line("/// <inheritdoc/>");
        writer.Block($"public void Visit(int {names.Set}, {names.Over(LibraryNames.ISampleVisitor)} {names.Visitor})", EmitVisit);
    }

    private void EmitSets()
    {
        var type = names.Over(LibraryNames.SampleSet);
        if (_ofSamples is [var only])
        {
            writer.Line($"var {names.Samples} = new {type}(");
            writer.Indented(() => writer.Line($"{Arguments(only)});"));
        }
        else
        {
            writer.Line($"var {names.Samples} = {type}.Together(");
            writer.Indented(() => writer.Lines(_ofSamples.Select((step, number) => $"new({Arguments(step)}){(number < _ofSamples.Count - 1 ? "," : ");")}")));
        }

        writer.Line($"return [{string.Join(", ", _steps.Select(Set))}];");
    }

    private string Arguments(SampleStep step) =>
        $"[{string.Join(", ", step.Sum.Places.Select(place => Place(step.Sum.Group, place)))}]{string.Concat(step.Own.Select(n => ", " + View(n)))}";

    private string Set(SampleStep step)
    {
        var group = _ofSamples.FindIndex(s => ReferenceEquals(s.Sum.Group, step.Sum.Group));
        var samples = _ofSamples.Count == 1 ? names.Samples : $"{names.Samples}[{group}]";
        return step.Sum switch
        {
            { Unread: { } place } => $"{samples}.Unread(place: {place})",
            { Places.Count: 0 } => $"{samples}.InPlaceOfNone()",
            _ => samples,
        };
    }

    private string Place(SampleGroup group, SamplePlace place)
    {
        var entity = _ofSamples.SelectMany(s => s.Sum.Places).Select(p => p.Row.Dimension).Distinct().ToList().IndexOf(place.Row.Dimension);
        var type = _library[LibraryNames.SamplePlace];
        var chosen = place.IndexVector is { } vector ? $"{names.Field(vector)}, {names.Dimension(place.Row.Dimension)}, " : "";
        return place is { IndexVector: not null, Line: null }
            ? $"{type}.Of({chosen}entity: {entity})"
            : $"{type}.{((place.Line ?? place.Row) == group.Support!.Row ? "RowsOf" : "ColumnsOf")}({derived.Pattern(group.Support.Name)}, {chosen}entity: {entity})";
    }

    private void EmitVisit() => writer.Block($"switch ({names.Set})", () =>
    {
        for (var set = 0; set < _steps.Count; set++)
        {
            var step = _steps[set];
            writer.Line($"case {set}:");
            writer.Indented(() =>
            {
                writer.Lines(Comments(step));
                writer.Line($"{names.Visitor}.Visit<{step.Function.FunctionName}, {(step.Penalty ?? step.Function).FunctionName}>(new(");
                writer.Indented(() => writer.Lines(
                [
                    .. List(step.Rows.Select(Row)),
                    .. List(step.Products.Select(p => $"new {_library[LibraryNames.SampleProduct]}({p.Left}, {p.Right})")),
                    .. List(step.Numbers.Select(n => Number(step, n))),
                    .. List(step.Gradients.Select(Gradient)),
                    // Constants in brackets would be read through an object where code is not optimized.
                    step.Penalized.Count == 0 ? "[]));" : $"stackalloc[] {{ {string.Join(", ", step.Penalized)} }}));",
                ]));
                writer.Line("break;");
            });
        }

        writer.Line("default:");
        writer.Indented(() => writer.Line($"throw new {_library[LibraryNames.ArgumentOutOfRangeException]}(nameof({names.Set}));"));
    });

    /// <summary>The gradient in the names of the rows: c are the results of the function, p those of the penalty.</summary>
    private static IEnumerable<string> Comments(SampleStep step)
    {
        string NameOf(SampleRow row) => row.Kind switch
        {
            SampleRowKind.Product => $"{NameOf(step.Rows[row.Matrix].Row)} {NameOf(step.Rows[row.Of].Row)}",
            SampleRowKind.TransposedProduct => $"{NameOf(step.Rows[row.Matrix].Row)}' {NameOf(step.Rows[row.Of].Row)}",
            SampleRowKind.Elementwise => $"({NameOf(step.Rows[row.Matrix].Row)} ∘ {NameOf(step.Rows[row.Of].Row)})",
            _ => Identifier.Bare(row.Tensor!.Name) + (step.Sum.Places.FirstOrDefault(p => p.Row == row.Place)?.IndexVector is { } index ? $"[{index}]" : ""),
        };
        string Row(int row) => NameOf(step.Rows[row].Row);
        var parts = step.Gradients.GroupBy(g => g.Part.Kind == SampleGradientKind.Number ? NumberName(step, step.Numbers[g.Part.Into]) : Row(g.Part.Into)).Select(factor =>
            $"d{factor.Key} = " + string.Join(" + ", factor.Select(g => g.Part.Kind switch
            {
                SampleGradientKind.Row => $"c{g.Coefficient} {Row(g.Part.Left)}",
                SampleGradientKind.Outer => $"c{g.Coefficient} {Row(g.Part.Left)} {Row(g.Part.Right)}'",
                SampleGradientKind.Number => $"c{g.Coefficient}",
                _ => $"p{g.Coefficient}",
            })));
        return step.Gradients.Count == 0 ? [] : [$"// {string.Join(", ", parts)}"];
    }

    private static string NumberName(SampleStep step, SampleNumber number) =>
        Identifier.Bare(number.Factor!) + (number.Place >= 0 && step.Sum.Places[number.Place].IndexVector is { } index ? $"[{index}]" : "");

    private string Row(PlacedRow row)
    {
        var method = $"{_library[LibraryNames.SampleRow]}.{row.Row.Kind}<{Element}>";
        return row.Row.Kind switch
        {
            SampleRowKind.Factor or SampleRowKind.FactorColumn => $"{method}({Factor(row.Row.Tensor!.Name)}, place: {row.Place})",
            SampleRowKind.Shared => $"{method}({Factor(row.Row.Tensor!.Name)})",
            SampleRowKind.Data => $"{method}({View(row.Storage!)}, place: {row.Place})",
            SampleRowKind.Elementwise => $"{method}(left: {row.Row.Matrix}, right: {row.Row.Of})",
            _ => $"{method}(matrix: {row.Row.Matrix}, row: {row.Row.Of})",
        };
    }

    /// <summary>One over the number of samples.</summary>
    private string ShareOfAll => _ofSamples.Count == 1
        ? "1.0 / Samples[0].Count"
        : $"1.0 / ({string.Join(" + ", _ofSamples.Select((_, group) => $"Samples[{group}].Count"))})";

    private string Number(SampleStep step, SampleNumber number)
    {
        var method = $"{_library[LibraryNames.SampleNumber]}.{number.Kind}<{Element}>";
        return number.Kind switch
        {
            SampleNumberKind.Scalar => $"{method}({(number.Scalar is { } scalar ? _numbers.Number(scalar) : ShareOfAll)})",
            SampleNumberKind.Factor => $"{method}({Factor(number.Factor!)}, place: {number.Place})",
            SampleNumberKind.Shared => $"{method}({Factor(number.Factor!)})",
            SampleNumberKind.Data => $"{method}({View(number.Storage!)}, place: {number.Place})",
            SampleNumberKind.Own => $"{method}({step.Own.ToList().IndexOf(number.Storage!)})",
            _ => $"{method}(place: {number.Place})",
        };
    }

    private string Gradient((SampleGradient Part, int Coefficient) gradient)
    {
        var (part, coefficient) = gradient;
        var operands = part.Kind switch
        {
            SampleGradientKind.Row => $", {part.Left}",
            SampleGradientKind.Outer => $", {part.Left}, {part.Right}",
            _ => "",
        };
        return $"{_library[LibraryNames.SampleGradient]}.{part.Kind}({part.Into}, {coefficient}{operands})";
    }

    private string Factor(string name) => $"factor: {_factors.IndexOf(name)}";

    private string View(Storage storage) => storage.Kind == StorageKind.Data ? names.ViewOf(storage.Name) : derived.Array(storage);

    /// <summary>A collection on one line if it fits, else with a line for each element.</summary>
    private static IEnumerable<string> List(IEnumerable<string> elements)
    {
        var line = $"[{string.Join(", ", elements)}],";
        return line.Length <= LineLength ? [line] : ["[", .. elements.Select(e => $"    {e},"), "],"];
    }
}
