using Rapport.Channels;
using Rapport.Design;
using Rapport.Kernel.Web;

namespace Rapport.Updates.Pages;

/// <summary>A notice as its form says it.</summary>
public sealed class TypedNotice
{
    /// <summary>The notice's id: the form's own, so that it is sent once.</summary>
    public string? Id { get; set; }
    /// <summary>Its kind.</summary>
    public string? Kind { get; set; }
    /// <summary>How bad it is.</summary>
    public string? Severity { get; set; }
    /// <summary>What happens.</summary>
    public string? Title { get; set; }
    /// <summary>What is affected.</summary>
    public string? Affects { get; set; }
    /// <summary>What it means for its readers.</summary>
    public string? Means { get; set; }
    /// <summary>What we do.</summary>
    public string? WeDo { get; set; }
    /// <summary>When it began, on the reader's clock.</summary>
    public string? Began { get; set; }
    /// <summary>When it is expected to be over.</summary>
    public string? ExpectedEnd { get; set; }
    /// <summary>How sure that is.</summary>
    public string? Confidence { get; set; }
    /// <summary>When the next word comes.</summary>
    public string? NextWord { get; set; }
    /// <summary>From which mailbox.</summary>
    public string? Mailbox { get; set; }
    /// <summary>Whom it is for.</summary>
    public TypedAudience Who { get; set; } = new();
    /// <summary>What the button says: choose, preview, change or send.</summary>
    public string? Deed { get; set; }

    /// <summary>The notice; refused where a time cannot be read.</summary>
    internal Result<NewNotice> ToNotice(LocalTime local)
    {
        if (!TypedMoment.Read(Began, "began", local).Succeeded(out var began, out var wrong) && wrong is not null) return wrong;
        if (!TypedMoment.Read(ExpectedEnd, "expectedEnd", local).Succeeded(out var end, out wrong) && wrong is not null) return wrong;
        if (!TypedMoment.Read(NextWord, "nextWord", local).Succeeded(out var next, out wrong) && wrong is not null) return wrong;
        return new NewNotice(Words.Of<NoticeKind>(Kind) ?? NoticeKind.Incident, Words.Of<Severity>(Severity) ?? Updates.Severity.Minor, Title, Affects, Means, IId<MailboxId>.TryParse(Mailbox, null, out var box) ? box : default, Who.Audience)
        {
            Id = IId<NoticeId>.TryParse(Id, null, out var id) ? id : null, WeDo = WeDo, Began = began, ExpectedEnd = end, Confidence = Words.Of<Confidence>(Confidence), NextWord = next,
        };
    }

    /// <summary>All of it as hidden fields, for the step in which it is looked at.</summary>
    internal IEnumerable<(string Name, string? Value)> Fields()
    {
        (string, string?)[] own = [("Id", Id), ("Kind", Kind), ("Severity", Severity), ("Title", Title), ("Affects", Affects), ("Means", Means), ("WeDo", WeDo), ("Began", Began), ("ExpectedEnd", ExpectedEnd), ("Confidence", Confidence), ("NextWord", NextWord), ("Mailbox", Mailbox),
            ("Who.Tier", Who.Tier), ("Who.Standing", Who.Standing), ("Who.Owner", Who.Owner), ("Who.Pays", Who.Pays), ("Who.At", Who.At)];
        return own.Concat(Who.Chosen.Select(c => ("People", (string?)c.Id.ToString()))).Where(f => !string.IsNullOrEmpty(f.Item2)).Select(f => ($"Input.{f.Item1}", f.Item2));
    }
}
