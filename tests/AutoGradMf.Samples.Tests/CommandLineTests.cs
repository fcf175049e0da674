using System.Text.Json;
using AutoGradMf.Samples.MovieLens;
using Xunit;

namespace AutoGradMf.Samples.Tests;

public sealed class CommandLineTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("autogradmf-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Help_names_every_option()
    {
        var (code, output, error) = await Run("--help");

        Assert.Equal((CommandLine.Success, ""), (code, error));
        Assert.All(["--data", "--json", "--rank", "--reg", "--seed", "--threads", "--user"], option => Assert.Contains(option, output, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("--rank takes a whole number of at least 1, and got '0'.", "--rank", "0")]
    [InlineData("--rank takes a whole number of at least 1, and got 'many'.", "--rank", "many")]
    [InlineData("--rank takes a whole number of at least 1, and got '2.5'.", "--rank", "2.5")]
    [InlineData("--reg takes a number of at least 0, and got '-1'.", "--reg", "-1")]
    [InlineData("--reg takes a number of at least 0, and got 'NaN'.", "--reg", "NaN")]
    [InlineData("--reg takes a number of at least 0, and got '1,5'.", "--reg", "1,5")]
    [InlineData("--threads takes a whole number of at least 1, and got '0'.", "--threads", "0")]
    [InlineData("--seed takes a whole number, and got 'x'.", "--seed", "x")]
    [InlineData("--user takes a whole number, and got 'x'.", "--user", "x")]
    [InlineData("Unrecognized command or argument '--ranks'.", "--ranks", "5")]
    [InlineData("Unrecognized command or argument 'stray'.", "stray")]
    [InlineData("Required argument missing for option: '--rank'.", "--rank")]
    public async Task A_wrong_argument_gets_one_message_on_the_error_stream(string message, params string[] args)
    {
        var (code, output, error) = await Run(args);

        Assert.Equal((CommandLine.BadArguments, ""), (code, output));
        Assert.Equal($"error: {message} (--help lists the options){Environment.NewLine}", error);
    }

    [Fact]
    public async Task A_missing_folder_is_named() =>
        await AssertBadInput($"There is no folder '{_folder}/nowhere'", "--data", $"{_folder}/nowhere");

    [Fact]
    public async Task A_missing_file_is_named() =>
        await AssertBadInput($"There is no file '{_folder}/movies.csv'", "--data", _folder);

    [Fact]
    public async Task A_malformed_line_is_named()
    {
        WriteRatings("1,1,good,0\n");

        await AssertBadInput($"{_folder}/ratings.csv, line 2, column 5: expected a number as rating and found 'good'.", "--data", _folder);
    }

    [Fact]
    public async Task An_unknown_user_is_refused_before_the_work()
    {
        WriteRatings("3,1,4.0,0\n8,1,4.0,0\n8,2,4.0,0\n8,3,4.0,0\n8,4,4.0,0\n");

        await AssertBadInput("There is no rating by user 5; --user takes one of the 2 raw ids from 3 to 8.", "--data", _folder, "--user", "5");
    }

    [Fact]
    public async Task A_rank_above_the_number_of_users_or_movies_is_refused_before_the_work()
    {
        WriteRatings("3,1,4.0,0\n8,1,4.0,0\n8,2,4.0,0\n8,3,4.0,0\n8,4,4.0,0\n");

        await AssertBadInput("--rank takes at most the lesser of 2 users and 4 movies, and got 3.", "--data", _folder, "--rank", "3");
    }

    [Fact]
    public async Task Too_few_ratings_to_split_are_refused_before_the_work()
    {
        WriteRatings("3,1,4.0,0\n8,1,4.0,0\n");

        await AssertBadInput("There are 2 ratings; training and testing take at least 5.", "--data", _folder);
    }

    [Fact]
    public async Task A_ridge_that_overflows_ends_with_a_message()
    {
        WriteRatings("3,1,4.0,0\n8,1,4.5,0\n8,2,4.0,0\n8,3,1.0,0\n8,4,4.0,0\n");

        var (code, _, error) = await Run("--data", _folder, "--reg", "1e308");

        Assert.Equal(CommandLine.BadInput, code);
        Assert.StartsWith("error: The norm of the gradient is Infinity", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Figures_that_cannot_be_written_are_refused_before_the_work()
    {
        await AssertBadInput("The figures cannot be written to ''", "--json", "");
        await AssertBadInput($"The figures cannot be written to '{_folder}'", "--json", _folder);
        await AssertBadInput($"The figures cannot be written to '{_folder}/no/f.json'", "--json", $"{_folder}/no/f.json");
    }

    [Fact]
    public async Task A_run_shows_all_steps_as_plain_lines_and_writes_all_figures()
    {
        var lines = from user in Enumerable.Range(1, 30) from movie in Enumerable.Range(1, 40) where (user * movie) % 3 != 0
                    select $"{user},{movie},{1 + (((user % 4) + (movie % 5)) / 2.0)},0\n";
        WriteRatings(string.Concat(lines));
        var json = Path.Combine(_folder, "figures.json");

        var (code, output, error) = await Run("--data", _folder, "--json", json, "--rank", "2", "--reg", "0.5", "--seed", "7", "--threads", "1", "--user", "7");

        Assert.Equal((CommandLine.Success, ""), (code, error));
        Assert.DoesNotContain('\e', output);
        Assert.DoesNotContain('\r', output);
        Assert.Contains("Recommended to user 7", output, StringComparison.Ordinal);
        Assert.Equal(["figures.json", "movies.csv", "ratings.csv"], Directory.GetFiles(_folder).Select(Path.GetFileName).Order());
        using var figures = JsonDocument.Parse(await File.ReadAllTextAsync(json));
        var root = figures.RootElement;
        Assert.Equal(2, root.GetProperty("options").GetProperty("biasedRank").GetInt32());
        Assert.Equal(0.5, root.GetProperty("options").GetProperty("classicReg").GetDouble());
        Assert.InRange(root.GetProperty("gradientCheckByLoss").GetProperty("quadratic").GetProperty("U").GetDouble(), 0, 1e-8);
        Assert.InRange(root.GetProperty("gradientCheck").GetProperty("U").GetDouble(), 0, 1e-6);
        Assert.InRange(root.GetProperty("classic").GetProperty("relativeGap").GetDouble(), -1e-9, 1e-6);
        Assert.True(root.GetProperty("biased").GetProperty("testRmse").GetDouble() > 0);
        Assert.Equal(["globalMean", "movieMean", "userMean", "biasOnly"], root.GetProperty("baselines").EnumerateObject().Select(baseline => baseline.Name));
    }

    private static async Task AssertBadInput(string message, params string[] args)
    {
        var (code, output, error) = await Run(args);

        Assert.Equal((CommandLine.BadInput, ""), (code, output));
        Assert.StartsWith($"error: {message}", error, StringComparison.Ordinal);
        Assert.Single(error.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
    }

    private static async Task<(int Code, string Output, string Error)> Run(params string[] args)
    {
        using StringWriter output = new(), error = new();
        var code = await CommandLine.RunAsync(args, output, error);
        return (code, output.ToString(), error.ToString());
    }

    private void WriteRatings(string lines)
    {
        File.WriteAllText(Path.Combine(_folder, "movies.csv"), "movieId,title,genres\n1,First (1990),Drama\n");
        File.WriteAllText(Path.Combine(_folder, "ratings.csv"), "userId,movieId,rating,timestamp\n" + lines);
    }
}
