using System.Reflection;
using Xunit;

namespace AutoGradMf.Tests.Ops;

/// <summary>Every sign that a function of the library declares, found by reflection, at numbers of both signs and all sizes.</summary>
public class SignTests
{
    private static readonly double[] Coordinates = [-1e4, -745, -40, -3.7, -1, -0.62, -1e-3, -1e-8, 0, 1e-8, 1e-3, 0.15, 0.8, 1, 2.9, 40, 745, 1e4];

    public static TheoryData<string, string, string> Rules
    {
        get
        {
            var rules = new TheoryData<string, string, string>();
            foreach (var function in typeof(LossMath).GetMethods())
            {
                foreach (var rule in function.GetCustomAttributes<SignAttribute>())
                {
                    rules.Add(function.Name, rule.Sign, string.Join(", ", rule.Given));
                }
            }

            return rules;
        }
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void A_value_has_the_sign_that_is_declared(string function, string sign, string given)
    {
        var parameters = typeof(LossMath).GetMethods().First(m => m.Name == function && m.IsDefined(typeof(PartialAttribute))).GetParameters().Select(p => p.Name!).ToArray();
        var conditions = given.Split(", ", StringSplitOptions.RemoveEmptyEntries).Select(c => c.Split(' ')).ToList();
        var met = 0;
        var points = Points(parameters.Length).Where(point => function != nameof(LossMath.Clamp) || point[1] <= point[2]);
        foreach (var point in points.Where(point => conditions.TrueForAll(c => IsMet(c, point[Array.IndexOf(parameters, c[0])]))))
        {
            var value = RuleText.Call(function, point);
            var product = sign switch { "+" => value, "-" => -value, _ => value * point[Array.IndexOf(parameters, sign)] };
            met += product > 0 ? 1 : 0;
            Claim.True(double.IsNaN(value) || product >= 0, $"{function}({string.Join(", ", point)}) = {value} has not the sign {sign}.");
            Claim.True(parameters.Length > 1 || sign is "+" or "-" || point[0] != 0 || value == 0, $"{function}(0) = {value} and not 0.");
        }

        Assert.True(met > 0);
    }

    private static bool IsMet(string[] condition, double value)
    {
        Assert.Equal("0", condition[2]);
        return condition[1] switch { ">=" => value >= 0, "<=" => value <= 0, _ => throw new ArgumentException($"{condition[1]} is no relation.", nameof(condition)) };
    }

    private static IEnumerable<double[]> Points(int parameters) => parameters == 0
        ? [[]]
        : from rest in Points(parameters - 1) from last in Coordinates select (double[])[.. rest, last];
}
