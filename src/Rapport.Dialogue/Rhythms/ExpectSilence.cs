using Microsoft.EntityFrameworkCore;
using Rapport.Customers;
using Rapport.Kernel.Database;

namespace Rapport.Dialogue;

/// <summary>Says of somebody who has gone quiet that this is as it should be: until a time, or for good.</summary>
public sealed class ExpectSilence(RapportDb db, TimeProvider clock)
{
    /// <summary>How far ahead silence can be expected.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(3 * 366);

    /// <summary>Quiet until then.</summary>
    public Task<Refusal?> UntilAsync(PartyId party, DateTimeOffset until, Actor by, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (until <= now || until > now + Longest) return Task.FromResult<Refusal?>(Refusal.Invalid("until.range", "Give a day that is ahead, at most three years.", "until"));
        return ChangeAsync(party, rhythm => rhythm.ExpectUntil(until, by, now), "quiet until", new { until }, by, ct);
    }

    /// <summary>Never mention it.</summary>
    public Task<Refusal?> NeverAsync(PartyId party, Actor by, CancellationToken ct) =>
        ChangeAsync(party, rhythm => rhythm.NeverMention(by, clock.GetUtcNow()), "quiet never", new { }, by, ct);

    /// <summary>Takes either back.</summary>
    public Task<Refusal?> UndoAsync(PartyId party, Actor by, CancellationToken ct) =>
        ChangeAsync(party, rhythm => rhythm.MentionAgain(), "quiet again", new { }, by, ct);

    private async Task<Refusal?> ChangeAsync(PartyId party, Action<Rhythm> change, string deed, object content, Actor by, CancellationToken ct)
    {
        if (await db.Set<Rhythm>().SingleOrDefaultAsync(r => r.Party == party, ct) is not { } rhythm) return Refusal.Missing("rhythm");
        change(rhythm);
        db.Note(deed, $"parties/{party}", content);
        return await db.SaveAsync(by, ct);
    }
}
