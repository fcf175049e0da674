namespace AutoGradMf.Kernels;

/// <summary>A lane without numbers: what is computed with it is counted by <see cref="FlopCount"/>. Signs are for nothing, as in a subtraction.</summary>
internal readonly struct OperationLane : ILane<OperationLane>
{
    public static implicit operator OperationLane(double value) => default;

    public static OperationLane operator +(OperationLane left, OperationLane right) => Counted();

    public static OperationLane operator -(OperationLane left, OperationLane right) => Counted();

    public static OperationLane operator *(OperationLane left, OperationLane right) => Counted();

    public static OperationLane operator /(OperationLane left, OperationLane right) => Counted();

    public static OperationLane operator -(OperationLane value) => default;

    public static OperationLane Sqrt(OperationLane x) => Counted();

    public static OperationLane Abs(OperationLane x) => Counted();

    public static OperationLane Exp(OperationLane x) => Counted();

    public static OperationLane Log(OperationLane x) => Counted();

    public static OperationLane IfLess(OperationLane left, OperationLane right, OperationLane yes, OperationLane no) => Counted();

    public static OperationLane IfLessOrEqual(OperationLane left, OperationLane right, OperationLane yes, OperationLane no) => Counted();

    public static OperationLane Map(OperationLane x, Func<double, double> function) => Counted();

    public static OperationLane Map(OperationLane x, OperationLane y, Func<double, double, double> function) => Counted();

    public static OperationLane Map(OperationLane x, OperationLane y, OperationLane z, Func<double, double, double, double> function) => Counted();

    private static OperationLane Counted()
    {
        FlopCount.Add(1);
        return default;
    }
}
