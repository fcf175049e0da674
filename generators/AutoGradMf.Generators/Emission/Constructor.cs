using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Model;
using AutoGradMf.Generators.Symbolics.Translation;

namespace AutoGradMf.Generators.Emission;

/// <summary>
/// The parameters of the generated constructors: the loss's data and hyperparameters in its order, then each size that neither data
/// nor the loss gives, which is as a rule the number of latent features alone.
/// </summary>
internal sealed class Constructor
{
    private readonly LossModel _model;
    private readonly LossNames _names;
    private readonly ShapeInference? _shapes;
    private readonly List<(Dimension Dimension, string Source, string Description)> _fromData = [];
    private readonly List<(Dimension Dimension, string Name, string Documentation)> _given = [];
    private readonly List<Dimension> _fixed = [];

    /// <param name="model">The loss.</param>
    /// <param name="names">What things are called.</param>
    /// <param name="shapes">The dimensions; null for a loss with errors, whose sizes are not known.</param>
    public Constructor(LossModel model, LossNames names, ShapeInference? shapes)
    {
        _model = model;
        _names = names;
        _shapes = shapes;
        var scope = names.Scope.Inner();
        if (shapes is null)
        {
            if (names.Factors.Any(f => f.Kind == TensorKind.Matrix))
            {
                _given.Add((new Dimension("k", true), scope.Take("rank"), "The number of latent features."));
            }

            return;
        }

        _fixed.AddRange(shapes.Dimensions.Where(d => d.Number is not null));
        foreach (var parameter in names.Data)
        {
            FindSizes(parameter, shapes);
        }

        foreach (var (dimension, factor, side) in FactorSizes(shapes))
        {
            if (dimension.Number is null && _fromData.All(d => d.Dimension != dimension) && _given.All(g => g.Dimension != dimension))
            {
                var wish = !dimension.IsLatent ? $"{side}Of{factor}" : _given.Any(g => g.Dimension.IsLatent) ? $"rank{dimension.Name}" : "rank";
                _given.Add((dimension, scope.Take(wish), dimension.IsLatent
                    ? $"The number of latent features, {dimension}."
                    : $"The number of {side} of {factor}, {dimension}."));
            }
        }
    }

    /// <summary>The parameters as declared.</summary>
    public string Parameters => string.Join(", ", Passed.Select(Declared).Concat(_given.Select(g => $"int {g.Name}")));

    /// <summary>
    /// A hyperparameter has the default value that the loss gives it. Before what must be given, such as the number of latent features, C# takes that as
    /// attributes alone; it then may be left out where what follows is named.
    /// </summary>
    private string Declared(LossParameter parameter)
    {
        var declared = $"{TypeOf(parameter)} {_names.Parameter(parameter.Name)}";
        return parameter.Default is not { } value ? declared
            : _given.Count == 0 && Passed.SkipWhile(p => p != parameter).All(p => p.Default is not null) ? $"{declared} = {ScalarCode.DoubleLiteral(value)}"
            : $"[{_names.Library.Attribute(LibraryNames.OptionalAttribute)}, {_names.Library.Attribute(LibraryNames.DefaultParameterValueAttribute)}({ScalarCode.DoubleLiteral(value)})] {declared}";
    }

    /// <summary>
    /// What stands before the other constructor of the trainer, of an objective, if a call with one argument may be one of this constructor: of new(…) C# would
    /// not know whether it makes an objective or data.
    /// </summary>
    public IEnumerable<string> PriorityOfObjective => TakesOne ? [$"[{_names.Library.Attribute(LibraryNames.OverloadResolutionPriorityAttribute)}(1)]"] : [];

    private bool TakesOne => Passed.Count(p => p.Default is null) + _given.Count <= 1 && Passed.Any();

    /// <summary>The parameter that gives a size: one of its own, or data; null if the loss gives it.</summary>
    public string? ParameterOf(Dimension dimension) =>
        _given.Where(g => g.Dimension == dimension).Select(g => g.Name)
            .Concat(_fromData.Where(d => d.Dimension == dimension).Select(d => Identifier.Bare(d.Source.Split('.')[0])))
            .FirstOrDefault();

    /// <summary>The parameters passed on.</summary>
    public string Arguments => string.Join(", ", Passed.Select(p => _names.Parameter(p.Name)).Concat(_given.Select(g => g.Name)));

    /// <summary>A line of documentation for each parameter.</summary>
    public IEnumerable<string> Documentation =>
        Passed.Select(p => $"/// <param name=\"{Identifier.Bare(_names.Parameter(p.Name))}\">{_names.Documentation(Describe(p), p.Name)}</param>")
            .Concat(_given.Select(g => $"/// <param name=\"{g.Name}\">{g.Documentation}</param>"));

    private IEnumerable<LossParameter> Passed => _model.Parameters.Where(p => !p.IsFactor);

    /// <summary>Checks the arguments and sets the fields for data and sizes.</summary>
    public void EmitBody(SourceWriter writer)
    {
        foreach (var parameter in _names.Data)
        {
            writer.Line($"{_names.Library[LibraryNames.ArgumentNullException]}.ThrowIfNull({_names.Parameter(parameter.Name)});");
        }

        foreach (var (_, name, _) in _given)
        {
            writer.Line($"{_names.Library[LibraryNames.ArgumentOutOfRangeException]}.ThrowIfLessThan({name}, 1);");
        }

        foreach (var dimension in _fixed)
        {
            writer.Line($"{_names.Dimension(dimension)} = {dimension.Number};");
        }

        foreach (var (dimension, source, _) in _fromData)
        {
            writer.Line($"{_names.Dimension(dimension)} = {source};");
        }

        foreach (var (dimension, name, _) in _given)
        {
            writer.Line($"{_names.Dimension(dimension)} = {name};");
        }

        foreach (var parameter in _names.Data.Where(p => !GivesAllItsSizes(p)))
        {
            EmitShapeCheck(writer, parameter);
        }

        foreach (var parameter in _names.Data)
        {
            writer.Line($"{_names.Field(parameter.Name)} = {_names.Parameter(parameter.Name)};");
        }

        foreach (var parameter in _names.Hyperparameters)
        {
            writer.Line($"this.{_names.Parameter(parameter.Name)} = {_names.Parameter(parameter.Name)};");
        }
    }

    private void EmitShapeCheck(SourceWriter writer, LossParameter parameter)
    {
        var shape = _shapes!.ShapeOf(parameter.Name);
        string Expected(Size? size) => size is null ? "1" : _names.Dimension(_shapes.DimensionOf(size));
        var origins = new[] { shape.Rows, shape.Columns }.Where(s => s is not null)
            .Select(s => _shapes.DimensionOf(s!))
            .Select(d => _fromData.Where(f => f.Dimension == d).Select(f => f.Description).DefaultIfEmpty(d.Number is { } number ? $"{d} is {number} in the loss" : $"{d} is given").First())
            .Distinct();
        var reason = string.Join(" and ", origins) + string.Concat(_shapes.Squares.Where(s => s.Parameter.Name == parameter.Name)
            .Select(s => $"; '{LossText.Brief(s.At)}' makes its rows and its columns one size"));
        writer.Line($"{_names.Library[LibraryNames.ObjectiveArguments]}.RequireShape(\"{Identifier.Bare(parameter.Name)}\", {Rows(parameter)}, {Columns(parameter)}, "
            + $"{Expected(shape.Rows)}, {Expected(shape.Columns)}, \"{reason}\");");
    }

    private bool GivesAllItsSizes(LossParameter parameter)
    {
        var sizes = new[] { _shapes!.ShapeOf(parameter.Name).Rows, _shapes.ShapeOf(parameter.Name).Columns }.Where(s => s is not null).ToList();
        return sizes.All(s => _fromData.Any(d => d.Dimension == _shapes.DimensionOf(s!) && d.Source.StartsWith(_names.Parameter(parameter.Name) + ".", StringComparison.Ordinal)))
            && sizes.Select(s => _shapes.DimensionOf(s!)).Distinct().Count() == sizes.Count;
    }

    private void FindSizes(LossParameter parameter, ShapeInference shapes)
    {
        var shape = shapes.ShapeOf(parameter.Name);
        foreach (var (size, source, side) in new[] { (shape.Rows, Rows(parameter), "rows"), (shape.Columns, Columns(parameter), "columns") })
        {
            if (size is { Number: null } && _fromData.All(d => d.Dimension != shapes.DimensionOf(size)))
            {
                _fromData.Add((shapes.DimensionOf(size), source, parameter.Kind is TensorKind.Matrix or TensorKind.SparseMatrix
                    ? $"{shapes.DimensionOf(size)} is the number of {side} of {Identifier.Bare(parameter.Name)}"
                    : $"{shapes.DimensionOf(size)} is the length of {Identifier.Bare(parameter.Name)}"));
            }
        }
    }

    private IEnumerable<(Dimension Dimension, string Factor, string Side)> FactorSizes(ShapeInference shapes) =>
        from factor in _names.Factors
        let shape = shapes.ShapeOf(factor.Name)
        from size in new[] { (Size: shape.Rows, Side: "rows"), (Size: shape.Columns, Side: "columns") }
        where size.Size is not null
        orderby shapes.DimensionOf(size.Size).IsLatent
        select (shapes.DimensionOf(size.Size), factor.Name, size.Side);

    private string TypeOf(LossParameter parameter) => parameter.Kind == TensorKind.Scalar ? "double" : _names.TypeOf(parameter.Kind);

    private string Describe(LossParameter parameter)
    {
        var what = parameter.Kind == TensorKind.Scalar ? "Hyperparameter" : "Data";
        if (_shapes is null || parameter.Kind == TensorKind.Scalar)
        {
            return what + " of the loss.";
        }

        var shape = _shapes.ShapeOf(parameter.Name);
        string Text(Size? size) => size is null ? "1" : _shapes.DimensionOf(size).Name;
        return $"{what} of the loss, {Text(shape.Rows)} × {Text(shape.Columns)}.";
    }

    private string Rows(LossParameter parameter) => parameter.Kind switch
    {
        TensorKind.ColumnVector or TensorKind.IndexVector => $"{_names.Parameter(parameter.Name)}.Length",
        TensorKind.RowVector => "1",
        _ => $"{_names.Parameter(parameter.Name)}.Rows",
    };

    private string Columns(LossParameter parameter) => parameter.Kind switch
    {
        TensorKind.RowVector => $"{_names.Parameter(parameter.Name)}.Length",
        TensorKind.ColumnVector or TensorKind.IndexVector => "1",
        _ => $"{_names.Parameter(parameter.Name)}.Columns",
    };
}
