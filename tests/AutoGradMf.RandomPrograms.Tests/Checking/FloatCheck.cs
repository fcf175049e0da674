using System.Globalization;
using System.Numerics.Tensors;
using AutoGradMf.Objectives;
using AutoGradMf.RandomPrograms.Tests.Compiling;

namespace AutoGradMf.RandomPrograms.Tests.Checking;

/// <summary>Compares an objective of float with that of double at one point, all of whose numbers a float holds.</summary>
internal static class FloatCheck
{
    /// <summary>Some 5000 roundings of a float, as for a double.</summary>
    private const double Tolerance = 5e-4;

    /// <summary>What is wrong; null if nothing is.</summary>
    public static Failure? Of(Type objectiveType, ProgramPoint point, double value, Parameters<double> gradient, double magnitude)
    {
        var objective = point.Construct<float>(objectiveType);
        var at = point.Factors<float>(objective.Layout);
        var found = new Parameters<float>(objective.Layout);
        found.Values.Fill(float.NaN);
        var workspace = objective.CreateWorkspace();
        var valueFound = objective.ValueAndGradient(at, found, workspace);
        if (!(Math.Abs(valueFound - value) <= Tolerance * magnitude))
        {
            return Wrong($"value {valueFound}, and not {value} (magnitude {magnitude})");
        }

        // Rounding of a derivative is a share of what cancels in it, which the loss's magnitude or the largest derivative is a measure of.
        var scale = magnitude + Math.Abs(TensorPrimitives.MaxMagnitude<double>(gradient.Values));
        for (var place = 0; place < gradient.Values.Length; place++)
        {
            if (!(Math.Abs(found.Values[place] - gradient.Values[place]) <= Tolerance * scale))
            {
                return Wrong($"derivative {found.Values[place]} at element {place}, and not {gradient.Values[place]} (magnitude {scale})");
            }
        }

        return null;
    }

    private static Failure Wrong(FormattableString message) => new(FailureKind.WrongInFloat, message.ToString(CultureInfo.InvariantCulture));
}
