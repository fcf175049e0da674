using System.Globalization;
using AutoGradMf.Data;
using AutoGradMf.Models;
using AutoGradMf.Samples.MovieLens.Report;
using Spectre.Console;

namespace AutoGradMf.Samples.MovieLens.Steps;

/// <summary>Shows the movies that a user has not rated and that the model predicts the highest ratings for.</summary>
internal static class RecommendStep
{
    private const int Count = 10;

    public static void Run(RatingSet ratings, int row, IRatingModel model, IAnsiConsole console)
    {
        console.Heading(string.Create(CultureInfo.InvariantCulture, $"4. Recommended to user {ratings.Users[row]}, who has not rated them"));
        var pattern = ratings.Matrix.Pattern;
        var rated = pattern.ColumnIndices[(int)pattern.RowPointers[row]..(int)pattern.RowPointers[row + 1]];
        var table = Screen.Figures("title", "predicted");
        foreach (var (column, prediction) in TopN.Recommend(model, row, Count, rated))
        {
            table.AddRow(Markup.Escape(ratings.TitleOf(column)), prediction.ToString("F2", CultureInfo.InvariantCulture));
        }

        console.Write(table);
    }
}
