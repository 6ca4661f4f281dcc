using System.Text.Json;
using Rapport.Channels;
using Rapport.Commitments;
using Rapport.Kernel.Database;

namespace Rapport.Updates;

/// <summary>Id of a notice.</summary>
public readonly record struct NoticeId(Guid Value) : IId<NoticeId>, IComparable<NoticeId>
{
    /// <inheritdoc/>
    public static NoticeId From(Guid value) => new(value);
    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
    /// <summary>By the time it was made, as both databases sort it.</summary>
    public int CompareTo(NoticeId other) => Value.CompareTo(other.Value);
    /// <summary>Made earlier.</summary>
    public static bool operator <(NoticeId left, NoticeId right) => left.CompareTo(right) < 0;
    /// <summary>Made later.</summary>
    public static bool operator >(NoticeId left, NoticeId right) => left.CompareTo(right) > 0;
    /// <summary>Not made later.</summary>
    public static bool operator <=(NoticeId left, NoticeId right) => left.CompareTo(right) <= 0;
    /// <summary>Not made earlier.</summary>
    public static bool operator >=(NoticeId left, NoticeId right) => left.CompareTo(right) >= 0;
}

/// <summary>What a notice is about (U2). Names are stored, so they are not renamed.</summary>
public enum NoticeKind
{
    /// <summary>Something worth knowing; nothing of theirs is touched.</summary>
    Information,
    /// <summary>Work that was planned and gets in their way.</summary>
    Maintenance,
    /// <summary>Something they use does not work as it should.</summary>
    Incident,
    /// <summary>What they wait for comes later.</summary>
    Delay,
    /// <summary>Something will be different from now on.</summary>
    Change,
    /// <summary>What they have must come back, or must not be used.</summary>
    Recall,
}

/// <summary>How bad it is. Names are stored, so they are not renamed.</summary>
public enum Severity
{
    /// <summary>A nuisance.</summary>
    Minor,
    /// <summary>Their work suffers.</summary>
    Major,
    /// <summary>Their work stands still, or somebody may come to harm.</summary>
    Critical,
}

/// <summary>How sure an expected end is. Names are stored, so they are not renamed.</summary>
public enum Confidence
{
    /// <summary>A guess.</summary>
    Guess,
    /// <summary>More likely than not.</summary>
    Likely,
    /// <summary>As good as certain.</summary>
    Certain,
}

/// <summary>What its readers are told of how long it takes, as one word of a notice says it.</summary>
/// <param name="ExpectedEnd">When it is expected to be over; null while nobody knows.</param>
/// <param name="Confidence">How sure that is.</param>
/// <param name="NextWord">When the next word comes, whatever happens; null when none is promised.</param>
public readonly record struct Outlook(DateTimeOffset? ExpectedEnd, Confidence Confidence, DateTimeOffset? NextWord);

/// <summary>A heads-up to exactly those whom it concerns (I2): what happens, how bad, until when, what we do, and when the next word comes. Over once its all-clear is given.</summary>
public sealed class Notice : IVersioned
{
    /// <summary>The longest title, and the longest of the other texts.</summary>
    public const int LongestTitle = 150, LongestText = 2_000;

    private Notice() { }

    /// <summary>Its id; whoever writes makes it, so that the same form sent twice is the same notice.</summary>
    public NoticeId Id { get; private init; }
    /// <summary>What it is about.</summary>
    public NoticeKind Kind { get; private init; }
    /// <summary>How bad it is.</summary>
    public Severity Severity { get; private init; }
    /// <summary>What happens, in a line.</summary>
    public string Title { get; private init; } = "";
    /// <summary>What is affected.</summary>
    public string Affects { get; private init; } = "";
    /// <summary>What it means for whoever reads it.</summary>
    public string Means { get; private init; } = "";
    /// <summary>What we do about it.</summary>
    public string WeDo { get; private init; } = "";
    /// <summary>When it began, or will begin.</summary>
    public DateTimeOffset Began { get; private init; }
    /// <summary>When it is expected to be over; null while nobody knows.</summary>
    public DateTimeOffset? ExpectedEnd { get; private set; }
    /// <summary>How sure that is.</summary>
    public Confidence Confidence { get; private set; }
    /// <summary>When the next word comes; null when none is promised.</summary>
    public DateTimeOffset? NextWord { get; private set; }
    /// <summary>That next word as a commitment of ours.</summary>
    public CommitmentId? Promise { get; set; }
    /// <summary>From which mailbox it goes out.</summary>
    public MailboxId Mailbox { get; private set; }
    /// <summary>Who said the last word, and owes the next one.</summary>
    public MemberId Owner { get; private set; }
    /// <summary>Where its readers find our pages.</summary>
    public string Site { get; private init; } = "";
    /// <summary>When it was sent.</summary>
    public DateTimeOffset MadeAt { get; private init; }
    /// <summary>When it was over, by its all-clear.</summary>
    public DateTimeOffset? OverAt { get; private set; }
    /// <summary>How many words were said.</summary>
    public int Words { get; private set; }
    /// <summary>Said once and for all: it has neither an end nor a next word to wait for.</summary>
    public bool SaidOnce { get; private init; }
    /// <inheritdoc/>
    public int Version { get; set; }

    /// <summary>What is said of how long it takes.</summary>
    public Outlook Outlook => new(ExpectedEnd, Confidence, NextWord);

    /// <summary>Whether its readers may unsubscribe from such notices: from what does not concern a matter of their own (U6).</summary>
    public bool MayBeUnsubscribed => Topics.MayBeUnsubscribed(Kind);

    /// <summary>Makes one; refused with the field to mend. Whoever sends it has checked who may.</summary>
    public static Result<Notice> Make(NoticeId id, NewNotice of, MemberId owner, string site, DateTimeOffset now)
    {
        if (Text("title", of.Title, LongestTitle, "Say in a line what happens: “Crane 2 stands still”.") is { } title) return title;
        if (Text("affects", of.Affects, LongestText, "Say what is affected.") is { } affects) return affects;
        if (Text("means", of.Means, LongestText, "Say what it means for whoever reads it.") is { } means) return means;
        if (of.WeDo?.Length > LongestText) return TooLong("weDo", LongestText);
        var outlook = new Outlook(of.ExpectedEnd, of.Confidence ?? Confidence.Likely, of.NextWord);
        if (Wrong(outlook, now) is { } wrong) return wrong;
        var once = Topics.MayBeUnsubscribed(of.Kind) && of.ExpectedEnd is null && of.NextWord is null;
        if (!once && of.NextWord is null) return Refusal.Invalid("notice.next-word", "Say when the next word comes, even if nothing has changed by then. That is what ends the fear.", "nextWord");
        return new Notice
        {
            Id = id, Kind = of.Kind, Severity = of.Severity, Title = of.Title!.Trim(), Affects = of.Affects!.Trim(), Means = of.Means!.Trim(), WeDo = of.WeDo?.Trim() ?? "", Began = of.Began ?? now,
            ExpectedEnd = outlook.ExpectedEnd, Confidence = outlook.Confidence, NextWord = outlook.NextWord, Mailbox = of.Mailbox, Owner = owner, Site = site, MadeAt = now, Words = 1, SaidOnce = once,
        };
    }

    /// <summary>Another word: how it stands, until when, and when the next one comes. Gives the place of that word among all.</summary>
    public Result<int> Update(Outlook outlook, MemberId by, DateTimeOffset now)
    {
        if (Closed() is { } over) return over;
        if (outlook.NextWord is null) return Refusal.Invalid("notice.next-word", "Say when the next word comes, or give the all-clear.", "nextWord");
        if (Wrong(outlook, now) is { } wrong) return wrong;
        ((ExpectedEnd, Confidence, NextWord), Owner) = ((outlook.ExpectedEnd, outlook.Confidence, outlook.NextWord), by);
        return ++Words;
    }

    /// <summary>What is said of it goes out from this mailbox from now on. What was answered to the one before is there still.</summary>
    internal void GoOnFrom(MailboxId mailbox) => Mailbox = mailbox;

    /// <summary>It concerns more people than was known.</summary>
    public Result<int> Widen() => Closed() is { } over ? over : ++Words;

    /// <summary>It is over.</summary>
    public Result<int> End(MemberId by, DateTimeOffset now)
    {
        if (Closed() is { } over) return over;
        (OverAt, NextWord, Owner) = (now, null, by);
        return ++Words;
    }

    private Refusal? Closed() =>
        OverAt is not null ? Refusal.Conflict("notice.over", "This notice is over. If it began again, send a new one.")
        : SaidOnce ? Refusal.Conflict("notice.said-once", "This was said once and for all; there is nothing to follow. Send a new notice.") : null;

    private static Refusal? Wrong(Outlook outlook, DateTimeOffset now) =>
        outlook.NextWord <= now ? Refusal.Invalid("notice.next-word-past", "Choose a time for the next word that is still to come.", "nextWord")
        : outlook.NextWord > now.AddYears(1) ? Refusal.Invalid("notice.next-word-far", "Choose a time for the next word within a year.", "nextWord")
        : outlook.ExpectedEnd <= now ? Refusal.Invalid("notice.end-past", "That end has passed. Choose one that is still to come, or leave it empty.", "expectedEnd") : null;

    private static Refusal? Text(string field, string? text, int longest, string missing) =>
        string.IsNullOrWhiteSpace(text) ? Refusal.Invalid($"notice.{field}-missing", missing, field) : text.Trim().Length > longest ? TooLong(field, longest) : null;

    internal static Refusal TooLong(string field, int longest) => Refusal.Invalid($"notice.{JsonNamingPolicy.KebabCaseLower.ConvertName(field)}-long", $"Keep it to {longest:N0} characters: what is short is read.", field);
}
