using AutoGradMf.Kernels;

namespace AutoGradMf.Tests.Kernels;

/// <summary>½(p + b + d − r)² with its derivative, for operands p, r, b, d.</summary>
internal readonly struct BiasedSquare : IEntryFunction
{
    public static void Evaluate<TLane>(Lanes<TLane> input, Lanes<TLane> output)
        where TLane : struct, ILane<TLane>
    {
        var residual = input[0] + input[2] + input[3] - input[1];
        output[0] = 0.5 * residual * residual;
        output[1] = residual;
    }
}

/// <summary>Two sums and two slots: softplus and square of w·p, and their derivatives, for operands p, w.</summary>
internal readonly struct SoftplusAndSquare : IEntryFunction
{
    public static void Evaluate<TLane>(Lanes<TLane> input, Lanes<TLane> output)
        where TLane : struct, ILane<TLane>
    {
        var weight = input[1];
        var argument = weight * input[0];
        var exponential = TLane.Exp(argument);
        output[0] = TLane.Log(1.0 + exponential);
        output[1] = argument * argument;
        output[2] = exponential / (1.0 + exponential) * weight;
        output[3] = 2.0 * argument * weight;
    }
}

/// <summary>x², of which only the derivative 2x is kept: no sums.</summary>
internal readonly struct SquareDerivative : IEntryFunction
{
    public static void Evaluate<TLane>(Lanes<TLane> input, Lanes<TLane> output)
        where TLane : struct, ILane<TLane> => output[0] = 2.0 * input[0];
}

/// <summary>|x|^1.5, number by number in each lane.</summary>
internal readonly struct MappedPower : IEntryFunction
{
    public static void Evaluate<TLane>(Lanes<TLane> input, Lanes<TLane> output)
        where TLane : struct, ILane<TLane> => output[0] = LaneMath.Pow<TLane>(TLane.Abs(input[0]), 1.5);
}
