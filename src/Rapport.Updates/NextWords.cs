using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Rapport.Commitments;
using Rapport.Customers;
using Rapport.Kernel.Database;
using Rapport.Kernel.Installation;

namespace Rapport.Updates;

/// <summary>The next word of a notice as a commitment of ours (U2): made with the word that announces it, kept by the one that follows. Within the caller's transaction.</summary>
public sealed class NextWords(RapportDb db, MakeCommitment make, SettleCommitment settle)
{
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-GB");

    /// <summary>Promises the next word, where one is announced. It binds us to everybody concerned, and is written down with one of them.</summary>
    public async Task<Refusal?> PromiseAsync(Notice notice, PartyId with, Actor by, CancellationToken ct)
    {
        notice.Promise = null;
        if (notice.NextWord is not { } due) return null;
        var ours = (await db.InstallationAsync(ct))?.TimeZone ?? TimeZoneInfo.Utc;
        var said = TimeZoneInfo.ConvertTime(due, ours).ToString("dddd, d MMMM, HH:mm", English);
        var made = await make.RunAsync(new(Side.OursToThem, $"The next word on “{notice.Title}”, to everybody it concerns", with, new(due, due, DuePrecision.Minute, said)), by, ct);
        if (!made.Succeeded(out var promise, out var refusal)) return refusal;
        notice.Promise = promise;
        return null;
    }

    /// <summary>The word that was promised is said; whom it was promised to, null when nothing was. Somebody may have settled it by hand already.</summary>
    public async Task<Result<PartyId?>> KeepAsync(CommitmentId? promise, DateTimeOffset at, Actor by, CancellationToken ct)
    {
        if (promise is not { } id || await db.Set<Commitment>().SingleOrDefaultAsync(c => c.Id == id, ct) is not { } commitment) return (PartyId?)null;
        if (!commitment.IsOpen) return (PartyId?)commitment.With;
        var ours = (await db.InstallationAsync(ct))?.TimeZone ?? TimeZoneInfo.Utc;
        var refusal = await settle.KeepAsync(id, new(null, $"The word of {TimeZoneInfo.ConvertTime(at, ours).ToString("d MMMM, HH:mm", English)}."), by, ct);
        return refusal is null ? (PartyId?)commitment.With : refusal;
    }
}
