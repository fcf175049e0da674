namespace AutoGradMf.RandomPrograms.Tests.Programs;

/// <summary>What users write beside their losses: constants, ops of their own, and methods that losses call.</summary>
internal static class UserCode
{
    /// <summary>Members of the class of the losses.</summary>
    public const string Beside =
        """
            internal const double Half = 0.5;

            internal static double Weighted(double x, double weight = 1.4, double shift = -Half) => weight * x + shift;

            internal static double Ramp(double x)
            {
                if (x < -0.55)
                {
                    return -0.4 * x;
                }
                else if (x > 0.65)
                {
                    var over = x - 0.65;
                    return over * over + x;
                }

                return Math.Sin(x);
            }

            internal static double Steps(double x, double y)
            {
                double Inner(double t) => t < 0.45 ? t * y : Math.Tanh(t);
                var first = Inner(x);
                return first + Inner(y);
            }

            internal static double Atan2Half(double x, double y) => Math.Atan2(Half * x, 1 + y * y);

            internal static double Blended(double x, double y) => Blend(x, y, 0.6);

            internal static double Between(double x, double y, double z) => Math.Clamp(x, -1, 1) * y - z;

            internal static TNumber Blend<TNumber>(TNumber x, TNumber y, TNumber weight)
                where TNumber : INumber<TNumber> => x + weight * (y - x);

        """;

    /// <summary>A file of another namespace.</summary>
    public const string Elsewhere =
        """
        using System;
        using System.Numerics;
        using AutoGradMf;
        using static AutoGradMf.LossMath;

        namespace Users;

        public static class Settings
        {
            public const double Slope = 3.0;
            public static readonly double Shift = 1 / Slope - 0.6;
            public static readonly double Rate = Math.Sqrt(Slope) * Shift;
            public static readonly double Read = double.Parse("0.6", System.Globalization.CultureInfo.InvariantCulture);
        }

        public static class Ops
        {
            [Partial("x", "1 - Square(Warp(x))")]
            public static double Warp(double x) => Math.Tanh(x);

            public static Matrix<double> Warp(Matrix<double> x) => Map(x, Warp);

            [Partial("x", "1 / (1 + Square(y))")]
            [Partial("y", "-2 * x * y / Square(1 + Square(y))")]
            public static double Damp(double x, double y) => x / (1 + y * y);

            [Partial("x", "Clamp(x, -delta, delta)")]
            [Partial("delta", "0")]
            public static double Scaled(double x, double delta) => Math.Abs(x) <= delta ? x * x / 2 : delta * (Math.Abs(x) - delta / 2);

            [Partial("x", "Users.Ops.Slope(x)")]
            public static double Bump(double x) => Math.Exp(-x * x);

            [Partial("x", "(4 * x * x - 2) * Bump(x)")]
            public static double Slope(double x) => -2 * x * Math.Exp(-x * x);

            public static double Mixed(this double x, double y) => 0.5 * (x + y);

            public static Matrix<double> Bent(this Matrix<double> x, double by = 0.5) => by * Tanh(x) + Settings.Shift;

            public static ColumnVector<TNumber> Energy<TNumber>(Matrix<TNumber> x)
                where TNumber : unmanaged, IBinaryFloatingPointIeee754<TNumber> => RowSums(Square(x));
        }
        """;
}
