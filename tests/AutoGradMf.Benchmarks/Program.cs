using System.Text;

Console.OutputEncoding = Encoding.UTF8;
return await AutoGradMf.Benchmarks.CommandLine.Parse(args).InvokeAsync();
