using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Rapport.Kernel.Calendar;
using Rapport.Kernel.Database;
using Rapport.Kernel.Journal;
using Rapport.Kernel.Live;

namespace Rapport.Members;

/// <summary>Id of an absence.</summary>
public readonly record struct AbsenceId(Guid Value) : IId<AbsenceId>
{
    /// <inheritdoc/>
    public static AbsenceId From(Guid value) => new(value);
    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>That a member is away for some days, and who stands in for them. What they own stays theirs (K1).</summary>
public sealed class Absence
{
    /// <summary>The most days that one lasts, or lies ahead: three years.</summary>
    public const int MostDays = 1_096;

    private Absence() { }

    /// <summary>Its id.</summary>
    public AbsenceId Id { get; private init; }
    /// <summary>Who is away.</summary>
    public MemberId Member { get; private init; }
    /// <summary>The first day away, as it was said.</summary>
    public DateOnly FirstDay { get; private init; }
    /// <summary>The last day away, as it was said.</summary>
    public DateOnly LastDay { get; private init; }
    /// <summary>The moment at which the first day began on their clock.</summary>
    public DateTimeOffset From { get; private init; }
    /// <summary>The moment from which they are back: the end of the last day on their clock, or when they came back before it.</summary>
    public DateTimeOffset Until { get; private set; }
    /// <summary>Who stands in for them.</summary>
    public MemberId Deputy { get; private init; }
    /// <summary>Who said so: themselves, or a manager.</summary>
    public MemberId SaidBy { get; private init; }
    /// <summary>When it was said.</summary>
    public DateTimeOffset SaidAt { get; private init; }

    /// <summary>From the first of these days to the last, on the clock of the zone. Who stands in is checked by the caller, who knows the others.</summary>
    public static Result<Absence> Say(MemberId of, DateOnly? firstDay, DateOnly? lastDay, MemberId deputy, TimeZoneInfo zone, Actor by, TimeProvider clock)
    {
        if (firstDay is not { } first) return Refusal.Invalid("absence.first-day", "Write the first day away.", "firstDay");
        if (lastDay is not { } last) return Refusal.Invalid("absence.last-day", "Write the last day away.", "lastDay");
        var (now, today) = (clock.GetUtcNow(), LocalTime.DateOf(clock.GetUtcNow(), zone));
        if (last < first) return Refusal.Invalid("absence.order", "The last day lies before the first. Write a later one.", "lastDay");
        if (last < today) return Refusal.Invalid("absence.over", "That is over already. Write a last day that is today or later.", "lastDay");
        if (last.DayNumber - Math.Min(first.DayNumber, today.DayNumber) >= MostDays) return Refusal.Invalid("absence.long", "An absence lasts, and lies ahead, three years at most. Write an earlier last day, or hand everything over.", "lastDay");
        return new Absence
        {
            Id = Ids.New<AbsenceId>(clock), Member = of, FirstDay = first, LastDay = last, From = LocalTime.In(zone, first.ToDateTime(TimeOnly.MinValue)).ToUniversalTime(), Until = LocalTime.In(zone, last.AddDays(1).ToDateTime(TimeOnly.MinValue)).ToUniversalTime(),
            Deputy = deputy, SaidBy = by.Id, SaidAt = now,
        };
    }

    /// <summary>Whether it has begun.</summary>
    public bool HasBegun(DateTimeOffset now) => From <= now;

    /// <summary>They are back before the last day is over.</summary>
    public Refusal? End(DateTimeOffset now)
    {
        if (Until <= now) return Refusal.Conflict("absence.ended", "It has ended already.");
        Until = now;
        return null;
    }
}

internal sealed class AbsenceTable : IEntityTypeConfiguration<Absence>
{
    public void Configure(EntityTypeBuilder<Absence> builder)
    {
        builder.ToTable("absences").Journaled().IsShownLive(nameof(Absence.Member), nameof(Absence.Deputy));
        builder.HasKey(a => a.Id);
        builder.HasIndex(a => a.Until);
        builder.HasOne<Member>().WithMany().HasForeignKey(a => a.Member);
        builder.HasOne<Member>().WithMany().HasForeignKey(a => a.Deputy);
    }
}
