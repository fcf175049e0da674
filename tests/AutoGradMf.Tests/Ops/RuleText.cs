using System.Globalization;
using System.Reflection;

namespace AutoGradMf.Tests.Ops;

/// <summary>
/// Evaluates the text of a derivative rule: numbers, the function's parameters, + − * / and unary minus, parentheses, and calls of
/// <see cref="LossMath"/>. By recursive descent, so that the tests of the rules do not rest on the generator.
/// </summary>
internal sealed class RuleText(string text, IReadOnlyDictionary<string, double> parameters)
{
    private int _place;

    public static double Evaluate(string text, IReadOnlyDictionary<string, double> parameters)
    {
        var rule = new RuleText(text, parameters);
        var value = rule.Sum();
        return rule._place == text.Length ? value : throw rule.Unexpected();
    }

    public static double Call(string function, double[] arguments)
    {
        var method = typeof(LossMath).GetMethod(function, [.. arguments.Select(_ => typeof(double))])
            ?? throw new MissingMethodException($"There is no LossMath.{function} of {arguments.Length} doubles.");
        return (double)method.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [.. arguments], null)!;
    }

    private double Sum()
    {
        var value = Product();
        while (true)
        {
            if (Take('+'))
            {
                value += Product();
            }
            else if (Take('-'))
            {
                value -= Product();
            }
            else
            {
                return value;
            }
        }
    }

    private double Product()
    {
        var value = Operand();
        while (true)
        {
            if (Take('*'))
            {
                value *= Operand();
            }
            else if (Take('/'))
            {
                value /= Operand();
            }
            else
            {
                return value;
            }
        }
    }

    private double Operand()
    {
        if (Take('-'))
        {
            return -Operand();
        }

        if (Take('('))
        {
            var value = Sum();
            Require(')');
            return value;
        }

        var word = Word();
        return word.Length == 0 ? throw Unexpected()
            : char.IsDigit(word[0]) ? double.Parse(word, CultureInfo.InvariantCulture)
            : Take('(') ? Call(word, Arguments())
            : parameters[word];
    }

    private double[] Arguments()
    {
        var arguments = new List<double> { Sum() };
        while (Take(','))
        {
            arguments.Add(Sum());
        }

        Require(')');
        return [.. arguments];
    }

    private string Word()
    {
        SkipSpaces();
        var start = _place;
        while (_place < text.Length && (char.IsLetterOrDigit(text[_place]) || text[_place] == '.'))
        {
            _place++;
        }

        return text[start.._place];
    }

    private bool Take(char symbol)
    {
        SkipSpaces();
        if (_place == text.Length || text[_place] != symbol)
        {
            return false;
        }

        _place++;
        return true;
    }

    private void Require(char symbol)
    {
        if (!Take(symbol))
        {
            throw Unexpected();
        }
    }

    private void SkipSpaces()
    {
        while (_place < text.Length && text[_place] == ' ')
        {
            _place++;
        }
    }

    private FormatException Unexpected() => new($"'{text}' is not a rule from character {_place} on.");
}
