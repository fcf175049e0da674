namespace AutoGradMf.RandomPrograms.Tests.Programs;

/// <summary>How a part of a loss is written as a method of its own.</summary>
internal enum HelperForm
{
    /// <summary>One expression of the loss's parameters.</summary>
    Expression,

    /// <summary>A block that gives each part a name before it returns.</summary>
    Block,

    /// <summary>A local function that sees the parameters of the method around it.</summary>
    LocalFunction,

    /// <summary>A method of the parts, in a class of another file.</summary>
    Elsewhere,

    /// <summary>A method of the parts, called by their names in another order, with a further parameter that is left out.</summary>
    Named,

    /// <summary>A method of the parts, generic in the numbers of its tensors.</summary>
    Generic,
}
