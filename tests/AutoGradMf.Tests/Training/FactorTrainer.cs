using AutoGradMf.Models;
using AutoGradMf.Objectives;
using AutoGradMf.Training;

namespace AutoGradMf.Tests.Training;

/// <summary>A trainer of any objective.</summary>
internal sealed class FactorTrainer(IObjective<double> objective) : Trainer<double, FactorModel>(objective)
{
    protected override FactorModel CreateModel(Parameters<double> parameters) => new(parameters);
}

internal sealed class FactorModel(Parameters<double> parameters) : Model<double>(parameters);
