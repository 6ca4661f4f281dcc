using MailKit;
using MailKit.Net.Imap;
using MailKit.Search;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rapport.Kernel.Database;

namespace Rapport.Channels;

/// <summary>
/// Reads one folder of a mailbox in one session: compares what the server holds with what was dealt with, by (UIDVALIDITY, UID) alone, and stores what is missing, the newest first, so that what arrives never waits behind what is old.
/// </summary>
internal sealed class FolderReader(ImapLine line, ImapFolder folder, FolderRole role, MailboxConnection box, MailboxCare care, IServiceScopeFactory scopes, ChannelsOptions options, TimeProvider clock)
{
    private const int MostAtOnce = 200, BytesAtOnce = 8 * 1024 * 1024, BytesOfANumber = 24;
    private static readonly TimeSpan CompareEvery = TimeSpan.FromHours(1);

    private readonly List<UniqueId> wanted = [];
    private readonly HashSet<UniqueId> doubted = [];
    private FolderLedger? ledger;
    private uint highest;
    private DateTimeOffset? comparedAt;

    /// <summary>Stores the newest that is missing. False when nothing is.</summary>
    public async Task<bool> TakeSomeAsync(CancellationToken ct)
    {
        await line.OpenAsync(folder, ct);
        if (ledger is null || ledger.Validity != folder.UidValidity) await BeginAsync(ct);
        if (comparedAt is null || clock.GetUtcNow() - comparedAt > CompareEvery) await CompareAsync(ct);
        else await LookForNewsAsync(ct);
        if (wanted.Count == 0) return false;
        await StoreAsync(ct);
        return true;
    }

    private async Task BeginAsync(CancellationToken ct)
    {
        ledger = new(box.Mailbox, role, folder.UidValidity);
        await InDatabaseAsync(db => ledger.BeginAsync(db, folder.FullName, clock.GetUtcNow(), ct));
        comparedAt = null;
        doubted.Clear();
    }

    private async Task CompareAsync(CancellationToken ct)
    {
        var all = await SearchAsync(SearchQuery.All, folder.Count, ct);
        var old = box.ReadFrom is null ? [] : (await SearchAsync(SearchQuery.DeliveredBefore(box.ReadFrom.Value.ToDateTime(default)), folder.Count, ct)).ToHashSet();
        var known = await InDatabaseAsync(db => ledger!.KnownAsync(db, ct));
        wanted.Clear();
        wanted.AddRange(all.Where(uid => !known.Contains(uid.Id) && !old.Contains(uid)).Order());
        highest = all.Count == 0 ? 0 : all.Max(uid => uid.Id);
        comparedAt = clock.GetUtcNow();
        var oldest = wanted.Count == 0 ? null : (await SummariesAsync([wanted[0]], ct)).FirstOrDefault()?.InternalDate;
        await InDatabaseAsync(db => ledger!.ComparedAsync(db, all, old.Count, wanted.Count, oldest, comparedAt.Value, ct));
    }

    private async Task LookForNewsAsync(CancellationToken ct)
    {
        if (highest == uint.MaxValue) return;
        // What is asked for as "from here on" holds the last mail even when it lies before (RFC 9051, 6.4.4).
        var news = await SearchAsync(SearchQuery.Uids(new UniqueIdRange(new(highest + 1), UniqueId.MaxValue)), folder.Count, ct);
        foreach (var uid in news.Where(uid => uid.Id > highest).Order()) wanted.Add(uid);
        if (wanted.Count > 0) highest = Math.Max(highest, wanted[^1].Id);
    }

    // A server may claim every number there is.
    private async Task<IList<UniqueId>> SearchAsync(SearchQuery query, int count, CancellationToken ct)
    {
        var found = await line.AskAsync((long)BytesOfANumber * Math.Min(count, 4_000_000), token => folder.SearchAsync(query, token), ct);
        return found.Count <= folder.Count + MostAtOnce ? found : throw new MailTroubleException(new(MailTroubleKind.TooMuch, $"The server claims more mails in {folder.FullName} than it says are there. Ask whoever runs it."));
    }

    private Task<IList<IMessageSummary>> SummariesAsync(List<UniqueId> uids, CancellationToken ct) =>
        line.AskAsync(1_000L * uids.Count, token => folder.FetchAsync(uids, new FetchRequest(MessageSummaryItems.UniqueId | MessageSummaryItems.InternalDate | MessageSummaryItems.Size), token), ct);

    private async Task StoreAsync(CancellationToken ct)
    {
        var some = wanted.TakeLast(care.Singly > 0 ? 1 : MostAtOnce).ToList();
        var summaries = (await SummariesAsync(some, ct)).Where(s => s.UniqueId.IsValid).DistinctBy(s => s.UniqueId).ToDictionary(s => s.UniqueId);
        var (chosen, done, bytes, passed) = (new List<IMessageSummary>(), new List<FetchedMail>(), 0L, 0);
        foreach (var uid in Enumerable.Reverse(some))
        {
            // What is not described was moved or deleted by another program in the meantime: the server holds it no more.
            if (summaries.TryGetValue(uid, out var summary))
            {
                var large = summary.Size > options.LargestMail;
                if (!large && chosen.Count > 0 && bytes + summary.Size > BytesAtOnce) break;
                if (large) done.Add(Fetched(summary, FetchedAs.TooLarge, $"It is larger than {options.LargestMailMegabytes} MB."));
                else chosen.Add(summary);
                bytes += large ? 0 : summary.Size ?? 0;
            }
            passed++;
        }
        var mails = chosen.Count == 0 ? [] : await FetchAsync(chosen, bytes, ct);
        var (given, kept) = (chosen.ToLookup(s => mails.ContainsKey(s.UniqueId)), 0);
        if (given.Contains(true)) kept = await InScopeAsync(services => KeepAsync(services.GetRequiredService<StoreMail>(), [.. given[true].Select(s => Mail(s, mails[s.UniqueId]))], ct));
        done.AddRange(given[true].Select(s => Fetched(s, FetchedAs.Stored, null)));
        // Another program may just have moved it; only when the server still names it, it does not give it.
        foreach (var doubtful in given[false])
            if (doubted.Add(doubtful.UniqueId)) comparedAt = null;
            else done.Add(Fetched(doubtful, FetchedAs.NotGiven, "The server describes it and does not give it."));
        wanted.RemoveRange(wanted.Count - passed, passed);
        await InDatabaseAsync(db => ledger!.DealtWithAsync(db, done, kept, wanted.Count, folder.Count, clock.GetUtcNow(), ct));
        care.Worked();
    }

    // How many of them were here already.
    private async Task<int> KeepAsync(StoreMail store, List<NewMail> mails, CancellationToken ct) =>
        (await store.RunAsync(box.Mailbox, mails, Actor.Rapport, ct)).Succeeded(out var result, out var refusal) ? result.AlreadyHere : throw new InvalidOperationException(refusal.Message);

    // By BODY.PEEK, in a folder opened to read only: nothing on the server changes, not even Seen.
    private async Task<Dictionary<UniqueId, byte[]>> FetchAsync(List<IMessageSummary> chosen, long bytes, CancellationToken ct)
    {
        var mails = new Dictionary<UniqueId, byte[]>();
        try
        {
            await line.AskAsync(bytes * 2 + chosen.Count * 4_096L, async token =>
            {
                await folder.GetStreamsAsync([.. chosen.Select(s => s.UniqueId).Order()], async (_, _, uid, mail, stop) =>
                {
                    using var copy = new MemoryStream();
                    await mail.CopyToAsync(copy, stop);
                    mails[uid] = copy.ToArray();
                }, token);
                return true;
            }, ct);
            return mails;
        }
        catch (MailTroubleException failure)
        {
            if (care.HasToLeave(role, folder.UidValidity, chosen.ConvertAll(s => s.UniqueId.Id)))
                await InDatabaseAsync(db => ledger!.DealtWithAsync(db, [Fetched(chosen[0], FetchedAs.NotGiven, $"Each time it is fetched something breaks. {failure.Trouble.Sentence}")], 0, wanted.Count - 1, folder.Count, clock.GetUtcNow(), ct));
            throw;
        }
    }

    private NewMail Mail(IMessageSummary summary, byte[] bytes) => new($"{folder.FullName}#{summary.UniqueId.Id}", bytes, Sent: role == FolderRole.Sent);

    private FetchedMail Fetched(IMessageSummary summary, FetchedAs state, string? why) => new()
    {
        Mailbox = box.Mailbox, Role = role, Validity = folder.UidValidity, Uid = summary.UniqueId.Id, State = state, Size = summary.Size ?? 0, Why = why?.Length > 400 ? why[..400] : why,
        ArrivedAt = summary.InternalDate ?? clock.GetUtcNow(),
    };

    private async Task<T> InScopeAsync<T>(Func<IServiceProvider, Task<T>> run)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await run(scope.ServiceProvider);
    }

    private Task<T> InDatabaseAsync<T>(Func<RapportDb, Task<T>> run) => InScopeAsync(services => run(services.GetRequiredService<RapportDb>()));

    private Task<bool> InDatabaseAsync(Func<RapportDb, Task> run) => InDatabaseAsync(async db => { await run(db); return true; });
}
