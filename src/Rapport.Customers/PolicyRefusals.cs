using Microsoft.EntityFrameworkCore;
using Rapport.Kernel.Database;

namespace Rapport.Customers;

/// <summary>That mail servers refuse what we send for what it is or where it comes from: our fault, and nobody's address is marked for it (V7).</summary>
/// <param name="Mails">How many mails within a week.</param>
/// <param name="Domains">At which domains, the most first.</param>
/// <param name="LastAt">When the last one.</param>
/// <param name="LastStatus">Its enhanced status code (RFC 3463), "5.7.26"; empty without one.</param>
public sealed record PolicyRefusals(int Mails, IReadOnlyList<string> Domains, DateTimeOffset LastAt, string LastStatus)
{
    /// <summary>In words, with what to do.</summary>
    public string Sentence => $"{(Mails == 1 ? "A mail of ours was" : $"{Mails} mails of ours were")} refused within the last week as not welcome by {Where}{(LastStatus.Length > 0 ? $" (last {LastStatus})" : "")}. "
        + "Their addresses may well be good: check that our domain\u2019s SPF, DKIM and DMARC records name the server that sends, and that it is on no list of senders of spam.";

    private string Where => Domains.Count <= 3 ? string.Join(", ", Domains) : $"{string.Join(", ", Domains.Take(3))} and {Domains.Count - 3} more";
}

/// <summary>Reads how often we are refused.</summary>
public static class PolicyRefusalQueries
{
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);
    private const int Most = 1_000;

    /// <summary>What was refused within the last week and has not got through since; null when nothing was. Names domains only, since the mails may not be for whoever looks after servers.</summary>
    public static async Task<PolicyRefusals?> PolicyRefusalsAsync(this RapportDb db, TimeProvider clock, CancellationToken ct)
    {
        var since = clock.GetUtcNow() - Week;
        var all = db.Set<AddressReport>().AsNoTracking();
        var refused = await all.Where(r => r.News == AddressNews.Policy && r.At >= since && !all.Any(later => later.Address == r.Address && later.Interaction > r.Interaction && (later.News == AddressNews.Arrived || later.News == AddressNews.Heard)))
            .OrderByDescending(r => r.At).Take(Most).Select(r => new { r.Address, r.Interaction, r.At, r.Status }).ToListAsync(ct);
        if (refused.Count == 0) return null;
        var domains = refused.GroupBy(r => r.Address[(r.Address.LastIndexOf('@') + 1)..]).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal).Select(g => g.Key).ToList();
        return new(refused.DistinctBy(r => r.Interaction).Count(), domains, refused[0].At, refused[0].Status);
    }
}
