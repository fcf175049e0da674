#pragma warning disable CA1859, IDE0040
using AutoGradMf.Generators.Symbolics.Model;
using AutoGradMf.Generators.Symbolics.Lowering;
using AutoGradMf.Generators.Symbolics.Notation;
using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Symbolics.Tests.Generation;
using AutoGradMf.Symbolics.Tests.Interpretation;
using static AutoGradMf.Symbolics.Tests.Generation.Syntax;
namespace AutoGradMf.Symbolics.Tests;
public class Scratch2Tests {
 static LossNode P(string n) => Vocabulary.Parameters.First(p => p.Name == n).Node;
 static void Dump(LossNode l) {
   Console.WriteLine("##### " + LossText.Of(l));
   var p = new Pipeline(l);
   Console.WriteLine("structured " + p.Structured.Key);
   foreach (var g in p.Gradient) Console.WriteLine($"grad {g.Factor.Name} {g.Value.Key}");
   Plan plan; try { plan = p.Lower(); } catch (LossException e) { Console.WriteLine("refused " + e.Problem.Arguments[0]); return; }
   foreach (var (n, e) in new[] {("C", plan.Construction), ("V", plan.Value), ("VG", plan.ValueAndGradient)}) foreach (var s in e.Steps) Console.WriteLine(n + "  " + s.Level + " " + s switch {
     ProductStep q => $"{q.Kernel} {q.Left.Name} {q.Right?.Name} -> {q.Into?.Name}{q.Scalar}",
     LoopStep q => $"loop {q.Space} in [{string.Join(", ", q.Inputs.Select(i => $"{i.Name}:{i.Kind} {i.Storage?.Name}·{i.Right?.Name}{i.Scalar}"))}] sums {string.Join(", ", q.Sums)} slots {string.Join(", ", q.Slots)} out {string.Join(", ", q.Outputs.Select(o => $"{o.Slot} {o.Kind} {o.Into.Name} with {o.With?.Name}"))}",
     ScalarStep q => $"{q.Name} = {q.Value}", ScalarGradientStep q => $"d{q.Gradient.Name} = {q.Value}", _ => "" });
   Console.WriteLine("   result " + plan.Value.Result);
 }
 [Fact] public void B() {
   Dump(Sum(Square(Hadamard(Multiply(P("e"), P("V")), P("C")))));
   Dump(Sum(Elementwise("Reciprocal", Subtract(Add(P("d"), Transpose(P("w"))), Transpose(P("R"))))));
   Dump(Total("Dot", Add(P("Z"), P("b")), Add(P("D"), P("b"))));
 } }
