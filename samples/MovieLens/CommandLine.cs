using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using AutoGradMf.Data;
using AutoGradMf.Optimizers;

namespace AutoGradMf.Samples.MovieLens;

/// <summary>The arguments of this program, and what becomes of wrong ones: one message on the error stream and an exit code.</summary>
internal static class CommandLine
{
    public const int Success = 0;
    public const int BadInput = 1;
    public const int BadArguments = 2;
    public const int Cancelled = 130;

    private static readonly Option<string?> Data = new("--data")
    {
        Description = "A MovieLens folder with ratings.csv and movies.csv. Default: synthetic ratings, made up on the spot.",
        HelpName = "DIR",
    };

    private static readonly Option<string?> Json = new("--json")
    {
        Description = "A file that receives all figures as JSON.",
        HelpName = "FILE",
    };

    private static readonly Option<int?> Rank = new("--rank")
    {
        Description = "Number of latent features of both models, at least 1 and at most the number of users and of movies. Default: 20 for the classic loss, 50 for the biased one.",
        HelpName = "N",
        CustomParser = result => WholeNumber(result, least: 1),
    };

    private static readonly Option<double?> Reg = new("--reg")
    {
        Description = "The ridge λ on the factors U and M of both models, at least 0. Default: 1 for the classic loss, 12 for the biased one. "
            + $"The ridge on biases is always {RunOptions.BiasReg}.",
        HelpName = "X",
        CustomParser = NonNegativeNumber,
    };

    private static readonly Option<int?> Seed = new("--seed")
    {
        Description = "Seed of the 80/20 split, of the factors that training starts from and of what the gradient checks look at. Default: 1.",
        HelpName = "N",
        CustomParser = result => WholeNumber(result, least: int.MinValue),
    };

    private static readonly Option<int?> Threads = new("--threads")
    {
        Description = "Number of threads that train, at least 1; it changes the time, never a figure. Default: one per processor.",
        HelpName = "N",
        CustomParser = result => WholeNumber(result, least: 1),
    };

    private static readonly Option<int?> User = new("--user")
    {
        Description = "Raw id of the user who gets recommendations. Default: the smallest one.",
        HelpName = "ID",
        CustomParser = result => WholeNumber(result, least: int.MinValue),
    };

    /// <summary>Runs what <paramref name="args"/> ask for and returns the exit code.</summary>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error)
    {
        var root = new RootCommand(
            "Trains two matrix factorizations of movie ratings on gradients that were generated from their losses, and shows that they are right.")
        {
            Data, Json, Rank, Reg, Seed, Threads, User,
        };
        root.SetAction((parsed, cancellationToken) => Task.Run(() => Run(Read(parsed), output, error, cancellationToken), CancellationToken.None));

        var result = root.Parse(args);
        if (result.Errors.Count > 0)
        {
            await error.WriteLineAsync($"error: {result.Errors[0].Message} (--help lists the options)");
            return BadArguments;
        }

        // After Ctrl+C training keeps its best model and what follows from it is still shown, which takes a moment.
        return await result.InvokeAsync(
            new InvocationConfiguration { Output = output, Error = error, ProcessTerminationTimeout = TimeSpan.FromMinutes(1) },
            CancellationToken.None);
    }

    private static int Run(RunOptions options, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        try
        {
            MainJob.Run(options, output, cancellationToken);
            return Success;
        }
        catch (OperationCanceledException)
        {
            error.WriteLine("Cancelled; what is shown above is of the best models so far, and no figures were written.");
            return Cancelled;
        }
        catch (Exception fault) when (
            fault is IOException or UnauthorizedAccessException or DataFormatException or InputException or NonFiniteObjectiveException<double>)
        {
            error.WriteLine($"error: {fault.Message}");
            return BadInput;
        }
    }

    private static RunOptions Read(ParseResult parsed) => new(
        parsed.GetValue(Data),
        parsed.GetValue(Json),
        parsed.GetValue(Rank),
        parsed.GetValue(Reg),
        parsed.GetValue(Seed) ?? 1,
        parsed.GetValue(Threads) ?? Environment.ProcessorCount,
        parsed.GetValue(User));

    private static int? WholeNumber(ArgumentResult argument, int least)
    {
        if (int.TryParse(argument.Tokens[0].Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least)
        {
            return number;
        }

        var range = least == int.MinValue ? "" : string.Create(CultureInfo.InvariantCulture, $" of at least {least}");
        return Refuse<int?>(argument, $"a whole number{range}");
    }

    private static double? NonNegativeNumber(ArgumentResult argument) =>
        double.TryParse(argument.Tokens[0].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= 0 && double.IsFinite(number)
            ? number
            : Refuse<double?>(argument, "a number of at least 0");

    private static T? Refuse<T>(ArgumentResult argument, string expected)
    {
        argument.AddError($"{argument.Argument.Parents.Single().Name} takes {expected}, and got '{argument.Tokens[0].Value}'.");
        return default;
    }
}
