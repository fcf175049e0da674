using System.Text;
using AutoGradMf.Benchmarks;

Console.OutputEncoding = Encoding.UTF8;
return await CommandLine.Parse(args).InvokeAsync();
