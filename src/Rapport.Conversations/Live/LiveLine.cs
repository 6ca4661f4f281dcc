using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Rapport.Kernel.Database;
using Rapport.Kernel.Live;
using Rapport.Members;

namespace Rapport.Conversations;

/// <summary>What an open page shows, and since when it may be wrong.</summary>
/// <param name="Conversation">The conversation it is about.</param>
/// <param name="List">It lists conversations.</param>
/// <param name="Thing">What else it is about, of a later floor.</param>
/// <param name="Since">The position before it was read.</param>
internal sealed record LivePage(ConversationId? Conversation, bool List, Guid? Thing, long Since);

/// <summary>
/// Tells an open page when it is no longer right. It tells that, and never what: the page asks for itself anew, and gets what its reader may see by then.
/// Before each word it is looked up who the reader is now, so that nobody hears of what they may not see, and a session that ended hears nothing.
/// </summary>
internal sealed class LiveLine(IServiceScopeFactory scopes, ChangeFeed feed, DatabaseAddress address, IHostApplicationLifetime program, TimeProvider clock)
{
    /// <summary>How long a line is silent at most: who looks is looked up again, and proxies keep it open.</summary>
    public static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Return = TimeSpan.FromSeconds(1);

    private sealed record Look(Changes Changes, string? News, bool Lost, string Here);

    /// <summary>The words for one page, until its reader leaves, is signed out, or the program stops.</summary>
    public async IAsyncEnumerable<SseItem<string>> RunAsync(LivePage page, SessionId session, [EnumeratorCancellation] CancellationToken ct)
    {
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(ct, program.ApplicationStopping);
        var (line, here, said) = (Ids.New<LineId>(clock), "", clock.GetUtcNow());
        try
        {
            if (page.Conversation is { } conversation && await LookInAsync(s => ComeAsync(s, line, conversation, session)) is null) page = page with { Conversation = null };
            // Said at once, or the browser would wait for its line to open.
            yield return page.Conversation is null ? Item("still", "") : Item("line", line.ToString());
            while (!ends.IsCancellationRequested)
            {
                if (await LookInAsync(s => LookAsync(s, page, session)) is not { } look) yield break;
                page = page with { Since = look.Changes.Position, Conversation = look.Lost ? null : page.Conversation };
                if (look.News is { } news) yield return Item(null, news);
                if (look.Here != here) yield return Item("here", here = look.Here);
                // What the reader may not see passes without a word.
                if (clock.GetUtcNow() - said >= Heartbeat) yield return Item("still", "");
                if (!await WaitAsync(page.Since, ends.Token)) yield break;
            }
        }
        finally
        {
            if (page.Conversation is not null) await LookInAsync(async s => { await s.GetRequiredService<Presences>().GoAsync(line, CancellationToken.None); return ""; });
        }

        SseItem<string> Item(string? type, string data)
        {
            said = clock.GetUtcNow();
            return new(data, type) { EventId = page.Since.ToString(System.Globalization.CultureInfo.InvariantCulture), ReconnectionInterval = Return };
        }
    }

    private async Task<bool> WaitAsync(long position, CancellationToken ct)
    {
        try
        {
            await feed.WaitAsync(position, Heartbeat, ct);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    // What goes wrong ends the line, and the page comes back: by then the database may be there again.
    private async Task<T?> LookInAsync<T>(Func<IServiceProvider, Task<T?>> look) where T : class
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            return await look(scope.ServiceProvider);
        }
        catch (Exception failure) when (failure is ObjectDisposedException || DatabaseTrouble.Of(failure, address) is not null)
        {
            return null;
        }
    }

    private static async Task<string?> ComeAsync(IServiceProvider services, LineId line, ConversationId conversation, SessionId session)
    {
        var db = services.GetRequiredService<RapportDb>();
        if (await services.GetRequiredService<StillSignedIn>().RunAsync(session, CancellationToken.None) is not { } by || !await db.OutlinesFor(by).AnyAsync(c => c.Id == conversation)) return null;
        if (await db.ConversationsFor(by).AnyAsync(c => c.Id == conversation)) await services.GetRequiredService<Presences>().ComeAsync(line, conversation, by, CancellationToken.None);
        return "";
    }

    private static async Task<Look?> LookAsync(IServiceProvider services, LivePage page, SessionId session)
    {
        var db = services.GetRequiredService<RapportDb>();
        if (await services.GetRequiredService<StillSignedIn>().RunAsync(session, CancellationToken.None) is not { } by) return null;
        var changes = await db.ChangesSinceAsync(page.Since, CancellationToken.None);
        var mine = changes.Everything || by.Readers.Any(r => changes.Changed.Contains(r.Value));
        var its = page.Conversation is { } conversation && (mine || changes.Changed.Contains(conversation.Value));
        var seen = mine || changes.Changed.Count > 0 && await IsSeenAsync(db, changes.Changed, by);
        var lost = its && !await db.OutlinesFor(by).AnyAsync(c => c.Id == page.Conversation);
        var thing = page.Thing is { } other && (mine || changes.Changed.Contains(other)) && await MaySeeAsync(services, other, by);
        var here = page.Conversation is { } id && !lost ? await services.GetRequiredService<Presences>().SayAsync(id, by, CancellationToken.None) : "";
        return new(changes, its || thing || seen && page.List ? "page" : seen ? "rail" : null, lost, here);
    }

    private static async Task<bool> MaySeeAsync(IServiceProvider services, Guid thing, Actor by)
    {
        foreach (var floor in services.GetServices<IShowThings>())
            if (await floor.MaySeeAsync(thing, by, CancellationToken.None)) return true;
        return false;
    }

    private static Task<bool> IsSeenAsync(RapportDb db, IReadOnlySet<Guid> changed, Actor by)
    {
        var ids = changed.Select(id => new ConversationId(id)).ToList();
        return db.OutlinesFor(by).AnyAsync(c => EF.Parameter(ids).Contains(c.Id));
    }
}

/// <summary>How many lines each session has: a browser has few to a host, and a fault in a page must not take them all.</summary>
internal sealed class LiveLines
{
    /// <summary>At most so many windows of one browser.</summary>
    public const int MostOfOne = 4;

    private readonly Dictionary<SessionId, int> open = [];

    /// <summary>Counts one in; its end counts it out. Null when there are enough.</summary>
    public IDisposable? Open(SessionId session)
    {
        lock (open)
        {
            if (open.GetValueOrDefault(session) >= MostOfOne) return null;
            open[session] = open.GetValueOrDefault(session) + 1;
        }
        return new Counted(this, session);
    }

    private sealed class Counted(LiveLines lines, SessionId session) : IDisposable
    {
        public void Dispose()
        {
            lock (lines.open)
                if (--lines.open[session] == 0) lines.open.Remove(session);
        }
    }
}
