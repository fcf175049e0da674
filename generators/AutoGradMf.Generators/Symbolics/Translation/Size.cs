namespace AutoGradMf.Generators.Symbolics.Translation;

/// <summary>What a dimension counts: not known yet, an entity (users, movies), or latent features.</summary>
internal enum SizeKind
{
    Unknown,
    Entity,
    Latent,
}

/// <summary>An unknown dimension during shape inference: a set of dimensions found equal (union–find).</summary>
internal sealed class Size(SizeKind kind, string? name = null)
{
    private readonly SizeKind _kind = kind;
    private readonly string? _name = name;
    private Size? _parent;
    private SizeKind? _merged;
    private string? _mergedName;

    public Size Root => _parent is null ? this : _parent.Root;

    public SizeKind Kind => Root._merged ?? Root._kind;

    /// <summary>The name that the user declared, if any.</summary>
    public string? Name => Root._mergedName ?? Root._name;

    /// <summary>Makes two dimensions one. False if one counts features and the other an entity, or they have different names.</summary>
    public static bool TryUnify(Size left, Size right)
    {
        var (a, b) = (left.Root, right.Root);
        if (ReferenceEquals(a, b))
        {
            return true;
        }

        var (kindA, kindB, nameA, nameB) = (a.Kind, b.Kind, a.Name, b.Name);
        if ((kindA != kindB && kindA != SizeKind.Unknown && kindB != SizeKind.Unknown)
            || (nameA is not null && nameB is not null && nameA != nameB))
        {
            return false;
        }

        b._parent = a;
        a._merged = kindA == SizeKind.Unknown ? kindB : kindA;
        a._mergedName = nameA ?? nameB;
        return true;
    }
}
