using System.Runtime.ExceptionServices;

namespace AutoGradMf.Generators.Symbolics.Expressions;

/// <summary>
/// Runs a step on a stack of known size, whatever thread of the compiler asks: what nests too deeply does so everywhere. What is generated has more of it
/// than the review of a loss, which refuses what is too deep and says where.
/// </summary>
internal static class FixedStack
{
    private const int Megabyte = 1 << 20;

    /// <summary>Takes a loss as far as it can be refused.</summary>
    public static T Review<T>(Func<T> step) => Run(step, 2 * Megabyte);

    /// <summary>Takes a loss to its generated code.</summary>
    public static T Generate<T>(Func<T> step) => Run(step, 16 * Megabyte);

    private static T Run<T>(Func<T> step, int bytes)
    {
        T result = default!;
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(
            () =>
            {
                try
                {
                    result = step();
                }
                catch (Exception exception)
                {
                    failure = ExceptionDispatchInfo.Capture(exception);
                }
            },
            bytes);
        thread.Start();
        thread.Join();
        failure?.Throw();
        return result;
    }
}
