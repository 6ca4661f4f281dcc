namespace Rapport.Members.Pages;

/// <summary>What was refused on a form, each beside its field, the rest above all fields.</summary>
public sealed class Faults
{
    private IReadOnlyList<Refusal> all = [];

    /// <summary>True when nothing was refused.</summary>
    public bool Take(params IReadOnlyList<Refusal> refusals) => (all = refusals).Count == 0;

    /// <summary>True when nothing was refused.</summary>
    public bool Take(Refusal? refusal) => Take(refusal is null ? [] : [refusal]);

    /// <summary>Nothing was refused so far.</summary>
    public bool None => all.Count == 0;

    /// <summary>What is wrong with a field.</summary>
    public string? Of(string field) => all.FirstOrDefault(refusal => refusal.Field == field)?.Message;

    /// <summary>What is wrong with no single field.</summary>
    public string? AtAll => all.FirstOrDefault(refusal => refusal.Field is null)?.Message;
}
