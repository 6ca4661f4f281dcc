using Microsoft.EntityFrameworkCore;
using Rapport.Kernel.Calendar;
using Rapport.Kernel.Database;
using Rapport.Members;

namespace Rapport.Channels;

/// <summary>A mail server without its password.</summary>
public sealed record ServerState(string Host, int Port, MailSecurity Security, string User, string? TrustedCertificate, MailProviderId? Provider)
{
    internal NewMailServer AsKept() => new(Host, Port, Security, User, null, TrustedCertificate, Provider);

    internal static ServerState Of(MailServer server) => new(server.Host, server.Port, server.Security, server.User, server.TrustedCertificate, server.Provider);
}

/// <summary>How it stands with signing in at a provider for a mailbox.</summary>
/// <param name="Provider">What it is called.</param>
/// <param name="Since">When somebody signed in; null while nobody has.</param>
/// <param name="By">Who.</param>
/// <param name="EndedAt">Since when the provider gives no more; null while it gives.</param>
public sealed record ProviderState(string Provider, DateTimeOffset? Since, MemberId? By, DateTimeOffset? EndedAt)
{
    /// <summary>Somebody has to sign in, for the first time or again.</summary>
    public bool Needed => Since is null || EndedAt is not null;
}

/// <summary>How what a folder holds compares with what we have.</summary>
/// <param name="Role">What it is to us.</param>
/// <param name="Path">What the server calls it.</param>
/// <param name="OnServer">Mails there when it was last looked at.</param>
/// <param name="Stored">Read from there since it was numbered so; also what is gone from there by now.</param>
/// <param name="AlreadyHere">Of them here already by another way.</param>
/// <param name="Older">Left there because they are older than what is to be read.</param>
/// <param name="TooLarge">Left there because they are too large.</param>
/// <param name="NotGiven">Named by the server and not given.</param>
/// <param name="Missing">Not here yet.</param>
/// <param name="MissingSince">Since when they are fewer no more.</param>
/// <param name="OldestMissingAt">When the oldest of them arrived at the server.</param>
/// <param name="ComparedAt">When the server was last asked for all of it.</param>
/// <param name="RenumberedAt">When the server began to number anew, and all was compared again.</param>
/// <param name="LastArrivalAt">When the newest arrived at the server.</param>
/// <param name="LongestGapMinutes">The longest silence that is usual, in minutes of business hours; null while too little is known.</param>
public sealed record FolderState(FolderRole Role, string Path, int OnServer, int Stored, int AlreadyHere, int Older, int TooLarge, int NotGiven, int Missing, DateTimeOffset? MissingSince,
    DateTimeOffset? OldestMissingAt, DateTimeOffset? ComparedAt, DateTimeOffset? RenumberedAt, DateTimeOffset? LastArrivalAt, int? LongestGapMinutes);

/// <summary>How a connected mailbox stands.</summary>
public sealed record MailboxState(MailboxId Id, string Name, string Address, MemberId? Owner, Visibility Visibility, TeamId? Team, ServerState Reading, ServerState? Sending, DateOnly? ReadFrom, DateTimeOffset ConnectedAt,
    DateTimeOffset? PausedAt, DateTimeOffset? ContactAt, MailTroubleKind? Trouble, string? TroubleSaid, DateTimeOffset? TroubleSince, DateTimeOffset? RetryAt, IReadOnlyList<FolderState> Folders, IReadOnlyList<MailboxAlarm> Alarms)
{
    /// <summary>As it is connected, so that what is kept can be tried again.</summary>
    public NewConnection AsConnected() => new(Address, Reading.AsKept(), Sending?.AsKept());

    /// <summary>Where one signs in for it; null where it is entered by passwords.</summary>
    public ProviderState? SignIn { get; init; }
    /// <summary>The version of its settings.</summary>
    public int Version { get; init; }
}

/// <summary>A mail that was left on its server.</summary>
public sealed record LeftMail(FolderRole Role, long Uid, FetchedAs State, DateTimeOffset ArrivedAt, long Size, string? Why);

/// <summary>Reads how connected mailboxes stand, for those who look after them.</summary>
public sealed class MailboxStates(RapportDb db, TimeProvider clock)
{
    private const int MostLeft = 200;

    /// <summary>Those that the actor looks after, by name.</summary>
    public Task<IReadOnlyList<MailboxState>> ListAsync(Actor by, CancellationToken ct) => OfAsync(db.MailboxesOf(by), counted: true, ct);

    /// <summary>Those of them that need the actor. Counts nothing, so it costs no more when there is much mail.</summary>
    public async Task<IReadOnlyList<MailboxState>> AlarmedAsync(Actor by, CancellationToken ct) => [.. (await OfAsync(db.MailboxesOf(by), counted: false, ct)).Where(s => s.Alarms.Count > 0)];

    /// <summary>One of them; null when it is not connected or not the actor's to look after.</summary>
    public async Task<MailboxState?> FindAsync(MailboxId id, Actor by, CancellationToken ct) => (await OfAsync(db.MailboxesOf(by).Where(m => m.Id == id), counted: true, ct)) is [var one] ? one : null;

    /// <summary>The mails of one that were left on its server, and why; the newest first.</summary>
    public async Task<IReadOnlyList<LeftMail>> LeftAsync(MailboxId id, Actor by, CancellationToken ct) =>
        await db.MailboxesOf(by).Where(m => m.Id == id).SelectMany(m => db.Set<FetchedMail>().Where(f => f.Mailbox == m.Id && f.State != FetchedAs.Stored))
            .OrderByDescending(f => f.ArrivedAt).Take(MostLeft).Select(f => new LeftMail(f.Role, f.Uid, f.State, f.ArrivedAt, f.Size, f.Why)).ToListAsync(ct);

    /// <summary>How many mails that one sent within a month are not in its Sent folder, and what the server says of the last; null when all are.</summary>
    public async Task<(int Count, string Said)?> WithoutCopyAsync(MailboxId id, Actor by, CancellationToken ct)
    {
        var since = clock.GetUtcNow().AddDays(-30);
        var mails = db.MailboxesOf(by).Where(m => m.Id == id).SelectMany(m => db.Set<OutgoingMail>().Where(o => o.Mailbox == m.Id && o.TriedAt > since && o.CopySaid != null && (o.Copy == SentCopy.Failed || o.Copy == SentCopy.Wanted)));
        return await mails.OrderByDescending(m => m.TriedAt).Select(m => m.CopySaid).FirstOrDefaultAsync(ct) is { } said ? (await mails.CountAsync(ct), said) : null;
    }

    private async Task<IReadOnlyList<MailboxState>> OfAsync(IQueryable<Mailbox> boxes, bool counted, CancellationToken ct)
    {
        var found = await (from m in boxes join c in db.Set<MailboxConnection>() on m.Id equals c.Mailbox orderby m.Name, m.Id select new { Box = m, Connection = c }).AsNoTracking().ToListAsync(ct);
        if (found.Count == 0) return [];
        var ids = found.ConvertAll(f => f.Box.Id);
        var folders = (await db.Set<MailboxFolder>().AsNoTracking().Where(f => EF.Parameter(ids).Contains(f.Mailbox)).OrderBy(f => f.Role).ToListAsync(ct)).ToLookup(f => f.Mailbox);
        var counts = await db.Set<FetchedMail>().Where(f => EF.Parameter(ids).Contains(f.Mailbox) && (counted || f.State != FetchedAs.Stored)).GroupBy(f => new { f.Mailbox, f.Role, f.State }).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => (g.Key.Mailbox, g.Key.Role, g.Key.State), g => g.Count, ct);
        var (signIns, calendars) = (await SignInsAsync(ids, ct), await db.CalendarsAsync(ct));
        var unsent = await db.Set<Outbox>().AsNoTracking().Where(o => EF.Parameter(ids).Contains(o.Mailbox) && o.Trouble != null && db.Set<Dispatch>().Any(d => d.Mailbox == o.Mailbox && d.State == DispatchState.Queued)).ToDictionaryAsync(o => o.Mailbox, ct);
        return found.ConvertAll(f => StateOf(f.Box, f.Connection, signIns.GetValueOrDefault(f.Box.Id), unsent.GetValueOrDefault(f.Box.Id), calendars.Of(f.Box.Team), [.. folders[f.Box.Id].Select(row => StateOf(row, counts))]));
    }

    private async Task<Dictionary<MailboxId, ProviderState>> SignInsAsync(List<MailboxId> ids, CancellationToken ct)
    {
        var rows = await (from s in db.Set<MailServer>() where EF.Parameter(ids).Contains(s.Mailbox)
                          join p in db.Set<MailProvider>() on s.Provider equals p.Id
                          join g in db.Set<MailGrant>() on s.Mailbox equals g.Mailbox into grants
                          from g in grants.DefaultIfEmpty()
                          select new { s.Mailbox, p.Name, Since = (DateTimeOffset?)g.GrantedAt, By = (MemberId?)g.GrantedBy, g.EndedAt }).ToListAsync(ct);
        return rows.DistinctBy(r => r.Mailbox).ToDictionary(r => r.Mailbox, r => new ProviderState(r.Name, r.Since, r.By, r.EndedAt));
    }

    private MailboxState StateOf(Mailbox box, MailboxConnection c, ProviderState? signIn, Outbox? unsent, BusinessCalendar calendar, IReadOnlyList<FolderState> folders) =>
        new(box.Id, box.Name, c.Address, box.Owner == Mailbox.Nobody ? null : box.Owner, box.Visibility, box.Team, ServerState.Of(c.Reading), c.Sending is { } sending ? ServerState.Of(sending) : null, c.ReadFrom, c.ConnectedAt,
            c.PausedAt, c.ContactAt, c.Trouble, c.TroubleSaid, c.TroubleSince, c.RetryAt, folders, [.. MailboxAlarms.Of(c, folders, clock.GetUtcNow(), calendar, signIn, unsent)]) { SignIn = signIn, Version = c.Version };

    private static FolderState StateOf(MailboxFolder row, Dictionary<(MailboxId, FolderRole, FetchedAs), int> counts)
    {
        int Of(FetchedAs state) => counts.GetValueOrDefault((row.Mailbox, row.Role, state));
        return new(row.Role, row.Path, row.OnServer, Of(FetchedAs.Stored), row.AlreadyHere, row.Older, Of(FetchedAs.TooLarge), Of(FetchedAs.NotGiven), row.Missing, row.MissingSince,
            row.OldestMissingAt, row.ComparedAt, row.RenumberedAt, row.LastArrivalAt, row.LongestGapMinutes);
    }
}
