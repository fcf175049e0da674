namespace AutoGradMf;

/// <summary>
/// The sign of an elementwise function's value: <c>[Sign("+")]</c> where it is never negative, <c>[Sign("-")]</c> where it is never
/// positive, <c>[Sign("x")]</c> where it has the sign of parameter x and is 0 with it. What multiplicative updates know of a function.
/// </summary>
/// <param name="sign">"+", "-" or the name of a parameter.</param>
/// <param name="given">What the parameters must meet for it, such as "low &lt;= 0" or "high &gt;= 0". Of several attributes any may hold.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class SignAttribute(string sign, params string[] given) : Attribute
{
    /// <summary>"+", "-" or the name of a parameter.</summary>
    public string Sign { get; } = sign;

    /// <summary>What the parameters must meet for it.</summary>
    public IReadOnlyList<string> Given { get; } = given;
}
