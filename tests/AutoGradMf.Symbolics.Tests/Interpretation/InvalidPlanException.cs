namespace AutoGradMf.Symbolics.Tests.Interpretation;

/// <summary>A plan that the library's kernels would not accept, or that the C# compiler would not.</summary>
internal sealed class InvalidPlanException(string message) : Exception(message)
{
    public static void Require(bool condition, string message)
    {
        if (!condition)
        {
            throw new InvalidPlanException(message);
        }
    }
}
