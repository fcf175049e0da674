namespace AutoGradMf.Tests.Kernels;

/// <summary>
/// Tests of kernels that <see cref="RegisterWidthTests"/> also runs without 512-bit registers, without 256-bit ones and without any: each in a
/// process of its own, with the runtime's switch.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class EveryRegisterWidthAttribute : Attribute;
