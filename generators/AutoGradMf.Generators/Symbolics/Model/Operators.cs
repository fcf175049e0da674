namespace AutoGradMf.Generators.Symbolics.Model;

/// <summary>The names under which C# operators stand in <see cref="CallNode"/>; no method can have them.</summary>
internal static class Operators
{
    public const string Add = "+";
    public const string Subtract = "-";
    public const string Negate = "unary -";
    public const string Multiply = "*";
    public const string Hadamard = "%";
    public const string Divide = "/";
    public const string Transpose = ".T";
    public const string IfLess = "IfLess";
    public const string IfLessOrEqual = "IfLessOrEqual";
    public const string Gather = "[index]";
    public const string OneHot = "OneHot";
    public const string Numbers = "[0, 1, …]";
    public const string Prediction = "[Prediction]";

    /// <summary>The library's method for the sum of all elements of (A B) ∘ (C D), which losses write as products of sparse matrices.</summary>
    public const string ProductDot = "AutoGradMf.Objectives.ObjectiveArguments.ProductDot";

    /// <summary>The library's method for S ∘ (A B) with S sparse and A and B dense, of which no element is made but at the entries of S.</summary>
    public const string TimesProduct = "AutoGradMf.Objectives.ObjectiveArguments.TimesProduct";
}
