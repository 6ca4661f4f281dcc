using Microsoft.EntityFrameworkCore;
using Rapport.Commitments.Dates;
using Rapport.Customers;
using Rapport.Kernel.Calendar;
using Rapport.Kernel.Database;
using Rapport.Kernel.Installation;

namespace Rapport.Commitments;

/// <summary>What became of the words in a due field.</summary>
public enum DueUnderstanding
{
    /// <summary>Nothing was written: it has no date.</summary>
    Nothing,
    /// <summary>A date.</summary>
    Dated,
    /// <summary>Two dates: day and month could be either way round.</summary>
    Ambiguous,
    /// <summary>Words that name no date: ask.</summary>
    Vague,
    /// <summary>No such date, one that had passed when it was said, or no words of time at all.</summary>
    Impossible,
}

/// <summary>What was understood.</summary>
/// <param name="Said">A sentence for people: the date, the question to ask, or why there is none. Empty when nothing was written.</param>
/// <param name="Due">The date.</param>
/// <param name="Other">The other reading, where there are two.</param>
/// <param name="Zone">The zone it was read in: of whom it was promised to.</param>
public sealed record UnderstoodDue(DueUnderstanding Outcome, string Said, Due? Due, Due? Other, string Zone)
{
    /// <summary>The date to keep, null for none; or why the words cannot be kept as they are.</summary>
    public Result<Due?> Accept() => Outcome switch
    {
        DueUnderstanding.Nothing => (Result<Due?>)(Due?)null,
        DueUnderstanding.Dated => Due,
        DueUnderstanding.Ambiguous => Refusal.Invalid("due.ambiguous", Said, "due"),
        DueUnderstanding.Vague => Refusal.Invalid("due.vague", Said, "due"),
        DueUnderstanding.Impossible => Refusal.Invalid("due.impossible", Said, "due"),
    };
}

/// <summary>Reads the words typed in a due field, relative to when they were said, on the clocks of whom it was promised to.</summary>
public sealed class ReadDue(RapportDb db, CommitmentsOptions options, TimeProvider clock)
{
    /// <summary>What was understood.</summary>
    /// <param name="text">"by Friday"; empty for no date.</param>
    /// <param name="side">Who promised whom: what they promise us is due on our clocks.</param>
    /// <param name="party">Whom it is with; null while nobody is chosen.</param>
    /// <param name="saidAt">When it was said; now when null.</param>
    /// <param name="ct">Stops it.</param>
    public async Task<UnderstoodDue> RunAsync(string? text, Side side, PartyId? party, DateTimeOffset? saidAt, CancellationToken ct) =>
        Understand(text?.Trim() ?? "", await ContextAsync(side, party, saidAt ?? clock.GetUtcNow(), ct));

    /// <summary>What a sentence says of by when, with the words of it that do; nothing where it does not speak of time.</summary>
    public async Task<UnderstoodDue> InSentenceAsync(string sentence, Side side, PartyId party, CancellationToken ct)
    {
        var context = await ContextAsync(side, party, clock.GetUtcNow(), ct);
        return Understand(DueReader.ReadFirst(sentence, context)?.Words ?? "", context);
    }

    /// <summary>What a date is read by: when it was said, on whose clocks.</summary>
    internal async Task<DueContext> ContextAsync(Side side, PartyId? party, DateTimeOffset saidAt, CancellationToken ct)
    {
        var us = await db.InstallationAsync(ct);
        var ours = us?.TimeZone ?? TimeZoneInfo.Utc;
        var zone = side == Side.OursToThem && party is { } id ? await ZoneOfAsync(id, ct) ?? ours : ours;
        return new(saidAt, zone, (us?.Calendar() ?? BusinessCalendar.Standard(ours)).In(zone)) { Order = us?.Country == "US" ? DateOrder.MonthFirst : DateOrder.DayFirst, FiscalYearStart = options.FiscalYearStart };
    }

    /// <summary>What was understood of a text that stands in a due field alone.</summary>
    internal static UnderstoodDue Understand(string text, DueContext context)
    {
        UnderstoodDue Answer(DueUnderstanding outcome, string said, Due? due = null, Due? other = null) => new(outcome, said, due, other, context.Zone.Id);

        if (text.Length == 0) return Answer(DueUnderstanding.Nothing, "");
        if (text.Length > Commitment.LongestWords) return Answer(DueUnderstanding.Impossible, $"Keep it to {Commitment.LongestWords} characters: only by when.");
        // "2 weeks" by itself says nothing of when in a letter, but in this field it does.
        if ((DueReader.ReadFirst(text, context) ?? DueReader.ReadFirst($"in {text}", context)) is not { } reading)
            return Answer(DueUnderstanding.Impossible, $"\"{text}\" names no time. Write something like \"by Friday\", \"within two working days\" or \"4 December 14:00\".");
        return reading.Outcome switch
        {
            DueOutcome.Vague => Answer(DueUnderstanding.Vague, $"{reading.Why} Ask by when, or leave it empty."),
            DueOutcome.Impossible => Answer(DueUnderstanding.Impossible, reading.Why ?? "There is no such date."),
            DueOutcome.Dated when reading.IsPast => Answer(DueUnderstanding.Impossible, $"That was {DueWords.Say(reading.Due!, context)}, before it was said. Write a date that lay ahead."),
            // The words stay as they were typed: "before we meet on Friday" says more than its date.
            DueOutcome.Dated when reading.Other is { } other => Answer(DueUnderstanding.Ambiguous,
                $"\"{reading.Words}\" could be {DueWords.Day(reading.Due!, context)} or {DueWords.Day(other, context)}. Write the month as a word.", reading.Due! with { Words = text }, other with { Words = text }),
            DueOutcome.Dated => Answer(DueUnderstanding.Dated, DueWords.Say(reading.Due!, context), reading.Due! with { Words = text }),
        };
    }

    /// <summary>The clock of somebody; ours when theirs is not known.</summary>
    internal async Task<TimeZoneInfo> ClockOfAsync(PartyId party, CancellationToken ct) => await ZoneOfAsync(party, ct) ?? (await db.InstallationAsync(ct))?.TimeZone ?? TimeZoneInfo.Utc;

    // A person without a zone of their own is where their organisation is.
    private async Task<TimeZoneInfo?> ZoneOfAsync(PartyId party, CancellationToken ct)
    {
        var own = await db.Parties().Where(p => p.Id == party).Select(p => p.Zone).SingleOrDefaultAsync(ct)
            ?? await (await db.PresentPlacesAsync(clock, ct)).Where(a => a.Person == party).Join(db.Parties(), a => a.Organization, p => p.Id, (a, p) => p.Zone).FirstOrDefaultAsync(z => z != null, ct);
        return own is not null && TimeZoneInfo.TryFindSystemTimeZoneById(own, out var zone) ? zone : null;
    }
}
