using AutoGradMf.Generators.Diagnostics;
using AutoGradMf.Generators.Emission;
using AutoGradMf.Generators.Symbolics.Expressions;
using AutoGradMf.Generators.Symbolics.Model;
using Microsoft.CodeAnalysis;

namespace AutoGradMf.Generators.Parsing;

/// <summary>A loss that is too large: what makes it so is unknown, and what stands beside that is read all the same, as long as it is small.</summary>
internal sealed partial class BodyParser
{
    /// <summary>What may be read after that, about as much as a long loss of the literature takes.</summary>
    private const int MostBeside = 20_000;

    private bool _isTooLarge;

    /// <summary>What is made of the loss; null if it is too large. Notes if some of it is.</summary>
    public LossNode? WithinBudget(Func<LossNode?> make)
    {
        using var budget = SymbolicBudget.Open();
        try
        {
            return SymbolicBudget.OnStack(make);
        }
        catch (LossException tooLarge) when (tooLarge.IsFinal)
        {
            _isTooLarge = true;
            return null;
        }
        finally
        {
            if (_isTooLarge && diagnostics.TrueForAll(d => d.Id != TooLarge.Rule.Id))
            {
                diagnostics.Add(Diagnostic.Create(TooLarge.Rule, _locations[0], SymbolicBudget.Most));
            }
        }
    }

    /// <summary>Reads what the loss itself says; null for the first that is too large. Within helpers each call would be so anew.</summary>
    private LossNode? ReadBeside(IOperation? operation, Dictionary<ISymbol, LossNode?> values)
    {
        if (_isTooLarge || _calls.Count > 0)
        {
            return Read(operation, values);
        }

        try
        {
            return Read(operation, values);
        }
        catch (LossException tooLarge) when (tooLarge.IsFinal && !_isTooLarge)
        {
            _isTooLarge = true;
            SymbolicBudget.Extend(MostBeside);
            return null;
        }
    }

    /// <summary>Reads a method in place of a call of it.</summary>
    private LossNode? WithinCall(IMethodSymbol method, Func<LossNode?> read)
    {
        _calls.Push(method);
        try
        {
            return read();
        }
        finally
        {
            _calls.Pop();
        }
    }
}
