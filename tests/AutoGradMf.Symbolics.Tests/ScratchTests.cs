using AutoGradMf.Generators.Symbolics.Model;
using AutoGradMf.Symbolics.Tests.Generation;
using AutoGradMf.Symbolics.Tests.Interpretation;
using CsCheck;
namespace AutoGradMf.Symbolics.Tests;
public class ScratchTests {
 [Theory][InlineData(2)][InlineData(3)][InlineData(4)][InlineData(5)] public void A(int depth) {
   var gen = RandomLoss.OfDepth(depth);
   var pcg = PCG.Parse("0000000000000");
   var points = Vocabulary.Sizes.Select((s, i) => new Point(Vocabulary.Parameters, s, i)).ToList();
   var counts = new Dictionary<string,int>(); var first = new Dictionary<string,(LossNode,Point)>();
   var clock = System.Diagnostics.Stopwatch.StartNew();
   int n = int.Parse(Environment.GetEnvironmentVariable("N") ?? "300");
   static string Cat(Outcome o) => o.Kind + " " + System.Text.RegularExpressions.Regex.Replace(o.Reason, @"-?\d+([.]\d+)?(E-?\d+)?|NaN", "#").Split("and not")[0];
   for (var i = 0; i < n; i++) {
     var loss = gen.Generate(pcg, null, out _);
     var t = clock.Elapsed; if (Environment.GetEnvironmentVariable("V") != null) File.AppendAllText($"/tmp/wt/log{depth}", LossText.Of(loss)+"\n");
     var point = points[i % points.Count];
     var o = LossCheck.Check(loss, point);
     var c = Cat(o); if ((clock.Elapsed - t).TotalSeconds > 1) c = "SLOW";
     counts[c] = counts.GetValueOrDefault(c) + 1;
     if (!first.TryGetValue(c, out var f) || Shrinking.Size(f.Item1) > Shrinking.Size(loss)) first[c] = (loss, point);
   }
   Console.WriteLine($"=== depth {depth} {clock.Elapsed}");
   foreach (var (c, k) in counts.OrderByDescending(p => p.Value)) {
     var s = first[c].Item1;
     if (!c.StartsWith("Right") && !c.StartsWith("OutOf") && c != "SLOW") s = Shrinking.Shrink(s, l => Cat(LossCheck.Check(l, first[c].Item2)) == c);
     Console.WriteLine($"{k,5} {c}\n          {LossText.Of(s)}");
     if (c.StartsWith("Wrong")) Console.WriteLine("          " + LossCheck.Check(s, first[c].Item2).Reason);
   }
 } }
