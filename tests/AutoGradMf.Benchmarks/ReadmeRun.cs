using System.Diagnostics;
using System.Globalization;
using AutoGradMf.Benchmarks.Ratings;
using AutoGradMf.Benchmarks.Reporting;
using AutoGradMf.Benchmarks.Suites;

namespace AutoGradMf.Benchmarks;

/// <summary>
/// Measures the suites, each in a process of its own, and the scripts beside them where their libraries are installed, keeps the rows in the folder
/// of caches, and writes README's table from them.
/// </summary>
internal static class ReadmeRun
{
    private static readonly (string Name, string Modules)[] Scripts = [("pytorch", "torch, numpy"), ("numpy_sklearn", "numpy, scipy, sklearn")];

    private static string ResultsFolder => Path.Combine(RatingCache.Folder, "results");

    /// <param name="suites">All that README shows.</param>
    /// <param name="only">Those to measure, by name, scripts too; all if empty. Of the others the rows of an earlier run are taken.</param>
    public static void Write(IReadOnlyList<ISuite> suites, IReadOnlyCollection<string> only)
    {
        var root = RepositoryRoot();
        Directory.CreateDirectory(ResultsFolder);
        foreach (var suite in suites.Where(s => IsAsked(s.Name, only)))
        {
            Run(Environment.ProcessPath!, [.. Self(), "suite", suite.Name, "--json", PathOf(suite.Name)]);
        }

        foreach (var (name, modules) in Scripts.Where(s => IsAsked(s.Name, only)))
        {
            if (HasModules(modules))
            {
                Run("python3", [Path.Combine(root, "tests", "AutoGradMf.Benchmarks", "Baselines", name + ".py"), "--json", PathOf(name)]);
            }
            else
            {
                Console.WriteLine($"{name}.py is left out, for python3 has no {modules}.");
            }
        }

        var names = suites.Select(s => s.Name).Concat(Scripts.Select(s => s.Name));
        ReadmeTable.Write(Path.Combine(root, "README.md"), [.. names.Select(PathOf).Where(File.Exists).SelectMany(ResultJson.Read)]);
    }

    private static bool IsAsked(string name, IReadOnlyCollection<string> only) => only.Count == 0 || only.Contains(name);

    private static string PathOf(string name) => Path.Combine(ResultsFolder, name + ".json");

    /// <summary>What starts this program, after the process: its assembly where that is not in the process itself.</summary>
    private static string[] Self() => Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [typeof(ReadmeRun).Assembly.Location] : [];

    private static bool HasModules(string modules)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("python3", ["-c", $"import {modules}"]) { RedirectStandardError = true })!;
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static void Run(string program, string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments))!;
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"{program} {string.Join(' ', arguments)} ended with exit code {process.ExitCode}."));
        }
    }

    private static string RepositoryRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "AutoGradMf.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"There is no AutoGradMf.sln in {AppContext.BaseDirectory} or above it.");
    }
}
