using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rapport.Customers;
using Rapport.Kernel.Database;

namespace Rapport.Dialogue;

/// <summary>How often we are in dialogue with a party, learned from the dialogue itself, and what was said about their silence.</summary>
public sealed class Rhythm : IVersioned
{
    /// <summary>With whom.</summary>
    public PartyId Party { get; init; }
    /// <summary>Days with contact that were looked at; at most <see cref="RhythmRule.MostContacts"/>.</summary>
    public int Contacts { get; private set; }
    /// <summary>The last contact.</summary>
    public DateTimeOffset? LastContactAt { get; private set; }
    /// <summary>Median of the days between contacts; null while there are too few.</summary>
    public double? GapDays { get; private set; }
    /// <summary>When silence becomes unusual by what was learned; null while there are too few contacts.</summary>
    public DateTimeOffset? UnusualAt { get; private set; }
    /// <summary>Their silence is expected until then.</summary>
    public DateTimeOffset? QuietUntil { get; private set; }
    /// <summary>Their silence is never to be mentioned.</summary>
    public bool Never { get; private set; }
    /// <summary>When Today begins to mention it: what lists walk along. Null when it never does.</summary>
    public DateTimeOffset? QuietAt { get; private set; }
    /// <summary>Who last said something about the silence.</summary>
    public MemberId? SaidBy { get; private set; }
    /// <summary>When.</summary>
    public DateTimeOffset? SaidAt { get; private set; }
    /// <summary>Who answers for the party: a copy, so that each member's list is one range.</summary>
    public MemberId? Owner { get; set; }
    /// <summary>A person who works somewhere: their silence is spoken of as their organisation's.</summary>
    public bool AtOrganization { get; private set; }
    /// <summary>Something was said since this was learned.</summary>
    public bool Stale { get; set; }
    /// <inheritdoc/>
    public int Version { get; set; }

    /// <summary>Takes over what was learned.</summary>
    public void Learn(Learned? learned)
    {
        (Contacts, LastContactAt, GapDays, UnusualAt) = (learned?.Contacts ?? 0, learned?.LastContactAt, learned?.GapDays, learned?.QuietAt);
        Stale = false;
        Reckon();
    }

    /// <summary>Says whether their silence is spoken of as an organisation's.</summary>
    public void BelongTo(bool organization)
    {
        AtOrganization = organization;
        Reckon();
    }

    /// <summary>Their silence is expected until then.</summary>
    public void ExpectUntil(DateTimeOffset until, Actor by, DateTimeOffset now)
    {
        (QuietUntil, Never, SaidBy, SaidAt) = (until, false, by.Id, now);
        Reckon();
    }

    /// <summary>Never mention it.</summary>
    public void NeverMention(Actor by, DateTimeOffset now)
    {
        (Never, SaidBy, SaidAt) = (true, by.Id, now);
        Reckon();
    }

    /// <summary>Takes back what was said about the silence.</summary>
    public void MentionAgain()
    {
        (QuietUntil, Never, SaidBy, SaidAt) = (null, false, null, null);
        Reckon();
    }

    private void Reckon() => QuietAt = Never || AtOrganization || UnusualAt is null ? null : QuietUntil > UnusualAt ? QuietUntil : UnusualAt;
}

internal sealed class RhythmTable : IEntityTypeConfiguration<Rhythm>
{
    public void Configure(EntityTypeBuilder<Rhythm> builder)
    {
        builder.ToTable("rhythms");
        builder.HasKey(r => r.Party);
        builder.HasIndex(r => new { r.Owner, r.QuietAt }).HasFilter("quiet_at IS NOT NULL");
        builder.HasIndex(r => new { r.SaidBy, r.SaidAt }).HasFilter("said_at IS NOT NULL");
        builder.HasIndex(r => r.Party, "ix_rhythms_stale").HasFilter("stale");
    }
}
