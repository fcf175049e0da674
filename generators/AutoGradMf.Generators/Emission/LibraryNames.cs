namespace AutoGradMf.Generators.Emission;

/// <summary>
/// All that the generator knows of the library: names. Each is proved to exist by a test. They are written short, after using
/// directives, unless they mean something else where the loss stands.
/// </summary>
/// <param name="qualified">Those that do.</param>
internal sealed class LibraryNames(IReadOnlyList<string> qualified)
{
    private readonly SortedSet<string> _namespaces = new(StringComparer.Ordinal);

    public const string LossAttribute = "AutoGradMf.LossAttribute";
    public const string EntryLossAttribute = "AutoGradMf.EntryLossAttribute";
    public const string FactorAttribute = "AutoGradMf.FactorAttribute";
    public const string PredictionAttribute = "AutoGradMf.PredictionAttribute";
    public const string PartialAttribute = "AutoGradMf.PartialAttribute";
    public const string SignAttribute = "AutoGradMf.SignAttribute";
    public const string BoundAttribute = "AutoGradMf.BoundAttribute";
    public const string LeastAttribute = "AutoGradMf.LeastAttribute";
    public const string RequiresAttribute = "AutoGradMf.RequiresAttribute";
    public const string LeastArgumentAttribute = "AutoGradMf.LeastArgumentAttribute";
    public const string GreatestArgumentAttribute = "AutoGradMf.GreatestArgumentAttribute";
    public const string IncreasingAttribute = "AutoGradMf.IncreasingAttribute";
    public const string FunctionAliasAttribute = "AutoGradMf.FunctionAliasAttribute";
    public const string FunctionExpressionAttribute = "AutoGradMf.FunctionExpressionAttribute";
    public const string NoFunctionAliasAttribute = "AutoGradMf.NoFunctionAliasAttribute";
    public const string ShapeAttribute = "AutoGradMf.ShapeAttribute";
    public const string LossMath = "AutoGradMf.LossMath";
    public const string LaneMath = "AutoGradMf.LaneMath";
    public const string Matrix = "AutoGradMf.Matrix";
    public const string SparseMatrix = "AutoGradMf.SparseMatrix";
    public const string ColumnVector = "AutoGradMf.ColumnVector";
    public const string TensorOperand = "AutoGradMf.TensorOperand";
    public const string IndexVector = "AutoGradMf.IndexVector";
    public const string RowVector = "AutoGradMf.RowVector";
    public const string MatrixView = "AutoGradMf.MatrixView";
    public const string SparsePattern = "AutoGradMf.SparsePattern";
    public const string IObjective = "AutoGradMf.Objectives.IObjective";
    public const string IHessianVectorProduct = "AutoGradMf.Objectives.IHessianVectorProduct";
    public const string IBlockNewton = "AutoGradMf.Objectives.IBlockNewton";
    public const string IProductInvariant = "AutoGradMf.Objectives.IProductInvariant";
    public const string IAxisInvariant = "AutoGradMf.Objectives.IAxisInvariant";
    public const string AxisPair = "AutoGradMf.Objectives.AxisPair";
    public const string FactorAxis = "AutoGradMf.Objectives.FactorAxis";
    public const string IProximal = "AutoGradMf.Objectives.IProximal";
    public const string Penalty = "AutoGradMf.Objectives.Penalty";
    public const string PenaltyGroups = "AutoGradMf.Objectives.PenaltyGroups";
    public const string FactorPair = "AutoGradMf.Objectives.FactorPair";
    public const string BlockCurvature = "AutoGradMf.Objectives.BlockCurvature";
    public const string BlockSystems = "AutoGradMf.Objectives.BlockSystems";
    public const string ISignSplit = "AutoGradMf.Objectives.ISignSplit";
    public const string ICurvatureBound = "AutoGradMf.Objectives.ICurvatureBound";
    public const string ISampled = "AutoGradMf.Objectives.ISampled";
    public const string SampleSet = "AutoGradMf.Objectives.SampleSet";
    public const string SamplePlace = "AutoGradMf.Objectives.SamplePlace";
    public const string ObjectiveInput = "AutoGradMf.Objectives.ObjectiveInput";
    public const string ObjectiveArguments = "AutoGradMf.Objectives.ObjectiveArguments";
    public const string Parameters = "AutoGradMf.Objectives.Parameters";
    public const string ParameterLayout = "AutoGradMf.Objectives.ParameterLayout";
    public const string FactorShape = "AutoGradMf.Objectives.FactorShape";
    public const string FactorKind = "AutoGradMf.Objectives.FactorKind";
    public const string Workspace = "AutoGradMf.Objectives.Workspace";
    public const string Workers = "AutoGradMf.Kernels.Workers";
    public const string SmallMatrix = "AutoGradMf.Kernels.SmallMatrix";
    public const string SmallTensor = "AutoGradMf.Kernels.SmallTensor";
    public const string ThinProduct = "AutoGradMf.Kernels.ThinProduct";
    public const string SparseProduct = "AutoGradMf.Kernels.SparseProduct";
    public const string GatheredRows = "AutoGradMf.Kernels.GatheredRows";
    public const string RowTerm = "AutoGradMf.Kernels.RowTerm";
    public const string RowSystems = "AutoGradMf.Kernels.RowSystems";
    public const string CurvatureTerm = "AutoGradMf.Kernels.CurvatureTerm";
    public const string SampledLoop = "AutoGradMf.Kernels.SampledLoop";
    public const string DenseLoop = "AutoGradMf.Kernels.DenseLoop";
    public const string ISampleVisitor = "AutoGradMf.Kernels.ISampleVisitor";
    public const string SampleRow = "AutoGradMf.Kernels.SampleRow";
    public const string SampleProduct = "AutoGradMf.Kernels.SampleProduct";
    public const string SampleNumber = "AutoGradMf.Kernels.SampleNumber";
    public const string SampleGradient = "AutoGradMf.Kernels.SampleGradient";
    public const string LoopScratch = "AutoGradMf.Kernels.LoopScratch";
    public const string Operand = "AutoGradMf.Kernels.Operand";
    public const string LoopResult = "AutoGradMf.Kernels.LoopResult";
    public const string IEntryFunction = "AutoGradMf.Kernels.IEntryFunction";
    public const string ILane = "AutoGradMf.Kernels.ILane";
    public const string Lanes = "AutoGradMf.Kernels.Lanes";
    public const string Model = "AutoGradMf.Models.Model";
    public const string IRatingModel = "AutoGradMf.Models.IRatingModel";
    public const string Trainer = "AutoGradMf.Training.Trainer";
    public const string OptionalAttribute = "System.Runtime.InteropServices.OptionalAttribute";
    public const string DefaultParameterValueAttribute = "System.Runtime.InteropServices.DefaultParameterValueAttribute";
    public const string OverloadResolutionPriorityAttribute = "System.Runtime.CompilerServices.OverloadResolutionPriorityAttribute";
    public const string Span = "System.Span";
    public const string IReadOnlyList = "System.Collections.Generic.IReadOnlyList";
    public const string ArgumentNullException = "System.ArgumentNullException";
    public const string ArgumentOutOfRangeException = "System.ArgumentOutOfRangeException";
    public const string InvalidOperationException = "System.InvalidOperationException";
    public const string IBinaryFloatingPointIeee754 = "System.Numerics.IBinaryFloatingPointIeee754";

    private const string AttributeSuffix = "Attribute";

    /// <summary>The names that generated code uses.</summary>
    public static IReadOnlyList<string> Used { get; } =
    [
        LossMath, LaneMath, Matrix, SparseMatrix, ColumnVector, RowVector, TensorOperand, IndexVector, MatrixView, SparsePattern, IObjective, IHessianVectorProduct, IBlockNewton, IProductInvariant,
        IAxisInvariant, AxisPair, FactorAxis, ISignSplit, IProximal, Penalty, PenaltyGroups, FactorPair, BlockCurvature, BlockSystems, ObjectiveArguments, ObjectiveInput, Parameters, ParameterLayout, FactorShape, FactorKind, Workspace, Workers, SmallMatrix, SmallTensor,
        ThinProduct, SparseProduct, GatheredRows, RowTerm, RowSystems, CurvatureTerm, SampledLoop, DenseLoop,
        ICurvatureBound, ISampled, SampleSet, SamplePlace, ISampleVisitor, SampleRow, SampleProduct, SampleNumber, SampleGradient,
        LoopScratch, Operand, LoopResult, IEntryFunction, ILane, Lanes, Model, IRatingModel, Trainer,
        OptionalAttribute, DefaultParameterValueAttribute, OverloadResolutionPriorityAttribute, Span, IReadOnlyList, ArgumentNullException, ArgumentOutOfRangeException, InvalidOperationException, IBinaryFloatingPointIeee754,
    ];

    /// <summary>The namespaces that the names written so far need as using directives.</summary>
    public IEnumerable<string> Namespaces => _namespaces.OrderBy(n => !n.StartsWith("System", StringComparison.Ordinal));

    /// <summary>The simple name of a type.</summary>
    public static string Simple(string name) => name[(name.LastIndexOf('.') + 1)..];

    /// <summary>The name of an attribute's class as people write it, without this.</summary>
    public static string WithoutSuffix(string name) => name.EndsWith(AttributeSuffix, StringComparison.Ordinal) ? name[..^AttributeSuffix.Length] : name;

    /// <summary>An attribute as generated code writes it.</summary>
    public string Attribute(string name) => WithoutSuffix(this[name]);

    /// <summary>A type's name as generated code writes it.</summary>
    public string this[string name]
    {
        get
        {
            if (qualified.Contains(name))
            {
                return "global::" + name;
            }

            _namespaces.Add(name[..name.LastIndexOf('.')]);
            return Simple(name);
        }
    }
}
