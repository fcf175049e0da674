namespace AutoGradMf.Generators.Symbolics.Model;

/// <summary>The long form of a loss that was declared by its term at one entry.</summary>
/// <param name="Method">How the method of the term is called beside it, where parameters hide it.</param>
/// <param name="Ratings">The name of the sparse matrix.</param>
/// <param name="Prediction">The predicted matrix.</param>
/// <param name="RatingName">What the rating of an entry is called.</param>
/// <param name="PredictionName">What the prediction of an entry is called.</param>
/// <param name="Further">The names of the term's further parameters.</param>
/// <param name="Ridge">What is added to the sum; null if nothing is.</param>
internal sealed record EntryExpansion(string Method, string Ratings, LossNode Prediction, string RatingName, string PredictionName, EquatableArray<string> Further, LossNode? Ridge)
{
    /// <summary>What stands before the functions of the language beside the method, which hides those of its name.</summary>
    public string Functions => Method is "Sum" or "Map" or "Square" ? "LossMath." : "";

    /// <summary>The loss as a C# expression.</summary>
    /// <param name="functions">What stands before the names of the language's functions.</param>
    /// <param name="method">How the method of the term is called.</param>
    public string Text(string functions, string method)
    {
        var arguments = string.Join(", ", Further.Prepend(RatingName).Prepend(PredictionName));
        return $"{functions}Sum({functions}Map({Ratings}, {LossText.Of(Prediction, function: functions)}, ({RatingName}, {PredictionName}) => {method}({arguments})))"
            + (Ridge is null ? "" : " + " + LossText.Of(Ridge, function: functions));
    }
}
