using System.Numerics;
using AutoGradMf.Models;
using AutoGradMf.Objectives;
using AutoGradMf.Training;

namespace AutoGradMf.Corpus.Tests;

/// <summary>A trainer of any objective, whose model is its factors.</summary>
internal sealed class ObjectiveTrainer<TElement>(IObjective<TElement> objective) : Trainer<TElement, FactorModel<TElement>>(objective)
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
{
    protected override FactorModel<TElement> CreateModel(Parameters<TElement> parameters) => new(parameters);
}

/// <summary>Factors that predict nothing.</summary>
internal sealed class FactorModel<TElement>(Parameters<TElement> parameters) : Model<TElement>(parameters)
    where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>;
