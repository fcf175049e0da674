namespace AutoGradMf.Generators.Symbolics.Model;

/// <summary>The loss cannot be compiled for a reason that the user can mend.</summary>
internal sealed class LossException(Problem problem) : Exception(string.Join(" ", problem.Arguments))
{
    public Problem Problem { get; } = problem;
}
