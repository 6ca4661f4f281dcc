namespace Rapport.Design;

/// <summary>Whose words they are.</summary>
public enum Side
{
    /// <summary>The customer's: at the left, in the reading face.</summary>
    Theirs,

    /// <summary>Ours: drawn in from the left, in the working face.</summary>
    Ours,

    /// <summary>A note among us, that the customer never sees: on a tinted ground.</summary>
    Note,
}

internal static class Sides
{
    public static string ClassOf(this Side side) => side switch
    {
        Side.Theirs => "theirs",
        Side.Ours => "ours",
        Side.Note => "note",
    };
}
