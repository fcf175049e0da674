namespace AutoGradMf.Generators.Symbolics.Model;

/// <summary>The long form of a loss that was declared by its term at one entry.</summary>
/// <param name="Method">The method of the term.</param>
/// <param name="Ratings">The name of the sparse matrix.</param>
/// <param name="Prediction">The predicted matrix.</param>
/// <param name="Further">The names of the term's further parameters.</param>
/// <param name="Ridge">What is added to the sum; null if nothing is.</param>
internal sealed record EntryExpansion(string Method, string Ratings, LossNode Prediction, EquatableArray<string> Further, LossNode? Ridge)
{
    /// <summary>The loss as a C# expression.</summary>
    /// <param name="functions">What stands before the names of the language's functions.</param>
    /// <param name="method">How the method of the term is called.</param>
    public string Text(string functions, string method)
    {
        var arguments = string.Join(", ", Further.Prepend("rating").Prepend("prediction"));
        return $"{functions}Sum({functions}Map({Ratings}, {LossText.Of(Prediction, function: functions)}, (rating, prediction) => {method}({arguments})))"
            + (Ridge is null ? "" : " + " + LossText.Of(Ridge, function: functions));
    }
}
