using System.Globalization;

namespace AutoGradMf.Optimizers;

/// <summary>A setting of an optimizer, by which a run that is resumed knows that it has the same.</summary>
/// <param name="Name">Of the property or parameter.</param>
/// <param name="Value">A number, a text, yes or no; null for none.</param>
public sealed record OptimizerSetting(string Name, IConvertible? Value)
{
    /// <summary>The value for people and files, the same in every culture.</summary>
    public string Text => Value is null ? "none" : Convert.ToString(Value, CultureInfo.InvariantCulture)!;
}
