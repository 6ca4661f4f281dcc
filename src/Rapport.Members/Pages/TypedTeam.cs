namespace Rapport.Members.Pages;

/// <summary>A team as it was typed.</summary>
internal sealed class TypedTeam
{
    public string? Name { get; set; }
    public List<string>? Members { get; set; }

    /// <summary>Who was ticked.</summary>
    public IReadOnlyList<MemberId> Ids => [.. (Members ?? []).Select(m => IId<MemberId>.TryParse(m, null, out var id) ? id : default)];
}
