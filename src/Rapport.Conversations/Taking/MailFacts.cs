using System.Text.RegularExpressions;
using Rapport.Channels.Mail;
using Rapport.Customers;

namespace Rapport.Conversations;

/// <summary>How a mail came: out of a folder of what was sent, into a mailbox that is connected, or neither.</summary>
internal readonly record struct ComeBy(bool Sent, bool Mailbox);

/// <summary>What follows from a mail itself: who, whether a human being, in which direction, what it wants.</summary>
internal sealed partial class MailFacts
{
    private static readonly string[] ListEnds = ["-users", "-user", "-talk", "-list", "-dev", "-devel", "-announce", "-discuss", "-admin", "-owner", "-request", "-subscribe", "-unsubscribe", "-bounces", "listmaster", "listserv", "majordomo", "postmaster", "mailer-daemon"];

    // Whoever is one of so many was hardly spoken to: known people are linked, nobody is made of the rest.
    private const int MostMade = 30, MostParticipants = 200;

    public MailFacts(ReadMail mail, DateTimeOffset at, Correspondents people, ComeBy by, Known? author = null)
    {
        (Mail, At, From) = (mail, at, SpeakerOf(mail, people, by));
        var fromOurs = by.Sent || people.IsOurs(From);
        var toUs = mail.To.Any(people.IsOurs) || people.IsOurList(mail.ListId) || IsByAlias(mail, people, by);
        Voice = VoiceOf(mail, fromOurs, toUs, people.Find(From));
        Author = author ?? AuthorOf(people, at, by);
        FromOurs = fromOurs || Author?.IsOurs == true;

        var all = mail.To.Concat(mail.Cc).ToList();
        var make = Voice != Voice.Automatic && mail.Kind != MailKind.List && all.Count <= MostMade;
        To = Resolve(mail.To, make, people);
        Cc = Resolve(AnswersTo(mail, people, FromOurs, From) is { } other ? [.. mail.Cc, other] : mail.Cc, make, people);
        Direction = !FromOurs ? Direction.Inbound : all.Count > 0 && all.TrueForAll(c => people.IsOurs(c)) ? Direction.Internal : Direction.Outbound;

        var reply = mail.Reply.Length > 0 || mail.Quoted.Length > 0 ? mail.Reply : mail.Text;
        Text = reply.Length > Interaction.LongestText ? reply[..Interaction.LongestText] : reply;
        Subject = MailSubject.Base(mail.Subject);
        var opens = mail.InReplyTo.Count == 0 && mail.References.Count == 0 && Subject == mail.Subject.Trim();
        Asks = Voice != Voice.Automatic && (FromOurs || toUs) && AskRule.Asks(opens ? Subject + "\n" + Text : Text);
        Thanks = !Asks && AskRule.OnlyThanks(Text);
        Organization = people.OrganizationOf(From);
    }

    public ReadMail Mail { get; }
    public DateTimeOffset At { get; }
    /// <summary>Who speaks in it; null when that cannot be read.</summary>
    public Correspondent? From { get; }
    public Voice Voice { get; }
    public Known? Author { get; }
    public bool FromOurs { get; }
    public IReadOnlyList<Known> To { get; }
    public IReadOnlyList<Known> Cc { get; }
    public Direction Direction { get; }
    public string Text { get; }
    public string Subject { get; }
    public bool Asks { get; }
    public bool Thanks { get; }
    /// <summary>The organisation whose domain the sender writes from.</summary>
    public PartyId? Organization { get; }

    private DateOnly Day => DateOnly.FromDateTime(At.UtcDateTime);

    /// <summary>The sender and where they belong: by any of these they are at home in a conversation.</summary>
    public IReadOnlyCollection<PartyId> Sender() =>
        [.. Author is null ? [] : Author.OrganizationsAt(Day).Prepend(Author.Id), .. Organization is { } o ? [o] : Array.Empty<PartyId>()];

    /// <summary>Everybody in it with their part, each organisation once.</summary>
    public IEnumerable<(Known? Known, PartyId Party, Part Part)> Parts()
    {
        var seen = new HashSet<(PartyId, Part)>();
        var people = To.Select(k => (k, Part.To)).Concat(Cc.Select(k => (k, Part.Cc)));
        if (Author is not null) people = people.Prepend((Author, Part.From));
        foreach (var (known, part) in people.Take(MostParticipants))
        {
            if (seen.Add((known.Id, part))) yield return (known, known.Id, part);
            foreach (var organization in known.OrganizationsAt(Day))
                if (seen.Add((organization, Part.Organization))) yield return (null, organization, Part.Organization);
        }
    }

    /// <summary>Those of them in it, with the organisations they belong to.</summary>
    public HashSet<PartyId> Them() => [.. Parts().Where(p => p.Known is not { IsOurs: true }).Select(p => p.Party)];

    /// <summary>Whom it is with: the organisation where one is known, else the person.</summary>
    public PartyId? Customer()
    {
        var them = !FromOurs && Author is not null ? Author : To.Concat(Cc).FirstOrDefault(k => !k.IsOurs && k.Who != Who.Robot);
        if (them is null) return null;
        return them.OrganizationsAt(Day).Select(o => (PartyId?)o).FirstOrDefault() ?? them.Id;
    }

    // A form on our site and a group of ours send what somebody else says, and name them where answers go.
    private static Correspondent? SpeakerOf(ReadMail mail, Correspondents people, ComeBy by)
    {
        if (by.Sent || mail.ReplyTo is not [var other] || people.IsOurs(other) || !people.IsOurs(mail.From) || people.Find(mail.From)?.Member is not null) return mail.From;
        return other.Name.Length > 0 ? other : other with { Name = ViaGroup().Replace(mail.From!.Name, "$1") };
    }

    // Whoever answers it writes to them, so they take part. At the author's own firm that is often an address for this one matter, which is nobody.
    private static Correspondent? AnswersTo(ReadMail mail, Correspondents people, bool fromOurs, Correspondent? from)
    {
        if (fromOurs || mail is not { Kind: MailKind.Human, ListId: null, ReplyTo: [var other] } || EmailAddresses.Read(other.Address) is not { } to || EmailAddresses.Read(from?.Address) is not { } author || to.Key == author.Key) return null;
        var elsewhere = RegistrableDomain.Of(to.Domain) != RegistrableDomain.Of(author.Domain) || FreeMailDomains.Contains(to.Domain);
        return people.Find(other) is not null || elsewhere && !NoReply().IsMatch(to.LocalPart) ? other : null;
    }

    // It was delivered to us under a name that it is addressed to, and that nobody told us is ours. In blind copy it would have come under another.
    private static bool IsByAlias(ReadMail mail, Correspondents people, ComeBy by) =>
        !by.Sent && mail.Kind == MailKind.Human && (by.Mailbox || mail.DeliveredTo.Any(a => people.IsOurs(new("", a))))
        && mail.To.Any(c => mail.DeliveredTo.Any(a => EmailAddresses.Key(a) is { } key && key == EmailAddresses.Key(c.Address)));

    // What lay where we keep what we sent is ours, from whatever address: nobody is made of that.
    private Known? AuthorOf(Correspondents people, DateTimeOffset at, ComeBy by)
    {
        if (From is null) return null;
        if (by.Sent) return people.Find(From) is { IsOurs: true } ours ? ours : people.IsOurs(From) ? people.FindOrMake(From, at) : null;
        return Voice == Voice.Automatic ? people.Find(From) : people.FindOrMake(From, at);
    }

    [GeneratedRegex(@"^['""]?(.*?)['""]? (?:via|über|par|vía|tramite) .*$", RegexOptions.NonBacktracking)]
    private static partial Regex ViaGroup();

    [GeneratedRegex("^(?:do-?not-?reply|no-?reply|noreply)", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex NoReply();

    private static Voice VoiceOf(ReadMail mail, bool fromOurs, bool toUs, Known? sender)
    {
        if (sender?.Who == Who.Robot) return Voice.Automatic;
        return mail.Kind switch
        {
            MailKind.Human => Voice.Human,
            MailKind.List => fromOurs || toUs ? Voice.Human : Voice.Unsure,
            MailKind.Unsure => Voice.Unsure,
            MailKind.Newsletter or MailKind.Robot => Voice.Automatic,
        };
    }

    private static bool IsList(Correspondent c)
    {
        var local = c.Address.AsSpan(0, Math.Max(0, c.Address.IndexOf('@', StringComparison.Ordinal)));
        foreach (var end in ListEnds)
            if (local.EndsWith(end, StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }

    // Of our own addresses nobody is made by being written to: many are no person (sales@, info@). Nor of a list's, or its keeper's.
    private static List<Known> Resolve(IReadOnlyList<Correspondent> given, bool make, Correspondents people) =>
        [.. given.Take(MostParticipants).Select(c => make && !people.IsOurs(c) && !IsList(c) ? people.FindOrMake(c, default) : people.Find(c)).OfType<Known>()];
}
