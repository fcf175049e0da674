namespace AutoGradMf.Generators.Symbolics.Translation;

/// <summary>What a dimension counts: not known yet, an entity (users, movies), or latent features.</summary>
internal enum SizeKind
{
    Unknown,
    Entity,
    Latent,
}

/// <summary>An unknown dimension during shape inference: a set of dimensions found equal (union–find).</summary>
/// <param name="kind">What it counts.</param>
/// <param name="name">The name that the user declared.</param>
/// <param name="number">The size itself, where the loss gives it.</param>
internal sealed class Size(SizeKind kind, string? name = null, int? number = null)
{
    private readonly SizeKind _kind = kind;
    private readonly string? _name = name;
    private Size? _parent;
    private SizeKind? _merged;
    private string? _mergedName;
    private int? _number = number;

    public Size Root => _parent is null ? this : _parent.Root;

    public SizeKind Kind => Root._merged ?? Root._kind;

    /// <summary>The name that the user declared, if any.</summary>
    public string? Name => Root._mergedName ?? Root._name;

    /// <summary>The size itself, if the loss gives it.</summary>
    public int? Number => Root._number;

    /// <summary>Makes two dimensions one. False if they cannot be.</summary>
    public static bool TryUnify(Size left, Size right)
    {
        var (a, b) = (left.Root, right.Root);
        if (ReferenceEquals(a, b) || !MayBeOne(a, b))
        {
            return ReferenceEquals(a, b);
        }

        (a._merged, a._mergedName) = (a.Kind == SizeKind.Unknown ? b.Kind : a.Kind, a.Name ?? b.Name);
        a._number ??= b._number;
        b._parent = a;
        return true;
    }

    /// <summary>Whether two dimensions can be one: not if one counts features and the other an entity, or they have different names or are different numbers.</summary>
    public static bool MayBeOne(Size left, Size right) =>
        !(left.Kind != right.Kind && left.Kind != SizeKind.Unknown && right.Kind != SizeKind.Unknown)
        && (left.Name is null || right.Name is null || left.Name == right.Name)
        && (left.Number is null || right.Number is null || left.Number == right.Number);
}
