using System.Text;
using AutoGradMf.Samples.MovieLens;

Console.OutputEncoding = Encoding.UTF8;
return await CommandLine.RunAsync(args, Console.Out, Console.Error);
