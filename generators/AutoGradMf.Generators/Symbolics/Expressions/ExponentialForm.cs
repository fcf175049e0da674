namespace AutoGradMf.Generators.Symbolics.Expressions;

/// <summary>A value as a bounded factor times an exponential: cosh x is e^LogCosh(x), and sinh x is tanh(x) e^LogCosh(x).</summary>
/// <param name="Factor">The bounded factor.</param>
/// <param name="Exponent">What the exponential is of.</param>
internal sealed record ExponentialForm(Expression Factor, Expression Exponent);

/// <summary>What is known of an elementwise function that is an exponential.</summary>
/// <param name="Grows">Whether its value can overflow.</param>
/// <param name="Vanishes">Whether it can underflow, as an exponential does.</param>
/// <param name="Form">Its value at an argument.</param>
/// <param name="Exponential">The exponential of an expression, as the loss has it.</param>
internal sealed record ExponentialFunction(bool Grows, bool Vanishes, Func<Expression, ExponentialForm> Form, Func<Expression, Expression> Exponential);
