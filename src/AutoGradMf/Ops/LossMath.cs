namespace AutoGradMf;

/// <summary>
/// The language of losses, for <c>using static AutoGradMf.LossMath;</c>. Every function computes its value eagerly, slowly and
/// obviously: that is the reference that generated code is compared with. One function, one file.
/// </summary>
public static partial class LossMath;
