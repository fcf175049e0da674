using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace AutoGradMf.Generators.Tests.Driver;

/// <summary>A culture that notes which methods of an assembly ask it for an order or a format.</summary>
internal sealed class WatchedCulture(string assembly) : CultureInfo("")
{
    private readonly ConcurrentDictionary<string, bool> _askers = new(StringComparer.Ordinal);

    public IEnumerable<string> Askers => _askers.Keys.Order(StringComparer.Ordinal);

    public override CompareInfo CompareInfo => Noted(base.CompareInfo);

    public override TextInfo TextInfo => Noted(base.TextInfo);

    public override NumberFormatInfo NumberFormat
    {
        get => Noted(base.NumberFormat);
        set => base.NumberFormat = value;
    }

    /// <summary>Whether it has a formatter of its own is asked of every culture that is not of the runtime's type.</summary>
    public override object? GetFormat(Type? formatType) => formatType == typeof(ICustomFormatter) ? base.GetFormat(formatType) : Noted(base.GetFormat(formatType));

    /// <summary>Who asks is the first that is not of the runtime.</summary>
    private T Noted<T>(T asked, [System.Runtime.CompilerServices.CallerMemberName] string what = "")
    {
        var asker = new StackTrace().GetFrames().Select(frame => frame.GetMethod()).OfType<System.Reflection.MethodBase>().SkipWhile(method => method.DeclaringType == typeof(WatchedCulture))
            .FirstOrDefault(method => method.DeclaringType?.Assembly.GetName().Name is { } name && !name.StartsWith("System.", StringComparison.Ordinal) && name != "netstandard");
        if (asker?.DeclaringType?.Assembly.GetName().Name == assembly)
        {
            _askers.TryAdd($"{asker.DeclaringType.FullName}.{asker.Name}: {what}", true);
        }

        return asked;
    }
}
