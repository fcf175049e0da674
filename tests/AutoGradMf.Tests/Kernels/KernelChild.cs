using System.Globalization;
using System.Numerics;
using System.Reflection;
using AutoGradMf.Kernels;
using Xunit;
using Xunit.Sdk;

namespace AutoGradMf.Tests.Kernels;

/// <summary>
/// A process that runs the tests of each class with <see cref="EveryRegisterWidthAttribute"/>, and tells in which registers. A test runner would
/// take ten times as long to start.
/// </summary>
internal static class KernelChild
{
    public static int Run()
    {
        Console.WriteLine($"registers {Bits()}");
        var (passed, failed) = (0, 0);
        foreach (var (name, run) in Tests())
        {
            if (Failure(run) is { } failure)
            {
                Console.WriteLine($"failed {name}: {failure}");
                failed++;
            }
            else
            {
                passed++;
            }
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"passed {passed}"));
        return failed == 0 ? 0 : 1;
    }

    /// <summary>The bits of the registers that kernels run in, of float and of double where rows are long enough.</summary>
    public static string Bits() => string.Create(CultureInfo.InvariantCulture, $"{ChosenRegister.Bits<float>(32)} {ChosenRegister.Bits<double>(32)}");

    /// <summary>Of each test method and each row of its data, its name and a call on a new instance of its class.</summary>
    public static IEnumerable<(string Name, Action Run)> Tests() =>
        from type in typeof(KernelChild).Assembly.GetTypes()
        where type.GetCustomAttribute<EveryRegisterWidthAttribute>() is not null
        from method in type.GetMethods()
        where method.GetCustomAttribute<FactAttribute>() is not null
        from data in method.GetCustomAttribute<TheoryAttribute>() is null ? [[]] : method.GetCustomAttributes<DataAttribute>().SelectMany(d => d.GetData(method))
        select ($"{type.Name}.{method.Name}({string.Join(", ", data)})", (Action)(() => method.Invoke(Activator.CreateInstance(type), data)));

    private static string? Failure(Action run)
    {
        try
        {
            run();
            return null;
        }
        catch (TargetInvocationException failure)
        {
            return failure.InnerException!.Message.ReplaceLineEndings(" ");
        }
    }

    /// <summary>Asks where kernels do which registers they get.</summary>
    private struct ChosenRegister
    {
        public static int Bits<TElement>(int stride)
            where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
        {
            var probe = default(Probe<TElement>);
            RegisterChoice.Run<Probe<TElement>, TElement>(ref probe, stride);
            return probe.Bits;
        }

        private struct Probe<TElement> : IRegisterWork<TElement>
            where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
        {
            public int Bits;

            public void Run<TRegister>()
                where TRegister : unmanaged, IRegister<TRegister, TElement> => Bits = TRegister.Bits;
        }
    }
}
