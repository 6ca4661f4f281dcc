using Rapport.Channels.Mail;
using Rapport.Customers;

namespace Rapport.Conversations;

/// <summary>What follows from a mail itself: who, whether a human being, in which direction, what it wants.</summary>
internal sealed class MailFacts
{
    private static readonly string[] ListEnds = ["-users", "-user", "-talk", "-list", "-dev", "-devel", "-announce", "-discuss", "-admin", "-owner", "-request", "-subscribe", "-unsubscribe", "-bounces", "listmaster", "listserv", "majordomo", "postmaster", "mailer-daemon"];

    // Whoever is one of so many was hardly spoken to: known people are linked, nobody is made of the rest.
    private const int MostMade = 30, MostParticipants = 200;

    public MailFacts(ReadMail mail, DateTimeOffset at, Correspondents people, bool sent = false, Known? author = null)
    {
        (Mail, At) = (mail, at);
        var fromOurs = sent || people.IsOurs(mail.From);
        var toUs = mail.To.Any(people.IsOurs) || people.IsOurList(mail.ListId);
        Voice = VoiceOf(mail, fromOurs, toUs, people.Find(mail.From));
        Author = author ?? (mail.From is null ? null : Voice == Voice.Automatic ? people.Find(mail.From) : people.FindOrMake(mail.From, at));
        FromOurs = fromOurs || Author?.IsOurs == true;

        var all = mail.To.Concat(mail.Cc).ToList();
        var make = Voice != Voice.Automatic && mail.Kind != MailKind.List && all.Count <= MostMade;
        To = Resolve(mail.To, make, people);
        Cc = Resolve(mail.Cc, make, people);
        Direction = !FromOurs ? Direction.Inbound : all.Count > 0 && all.TrueForAll(c => people.IsOurs(c)) ? Direction.Internal : Direction.Outbound;

        var reply = mail.Reply.Length > 0 || mail.Quoted.Length > 0 ? mail.Reply : mail.Text;
        Text = reply.Length > Interaction.LongestText ? reply[..Interaction.LongestText] : reply;
        Subject = MailSubject.Base(mail.Subject);
        var opens = mail.InReplyTo.Count == 0 && mail.References.Count == 0 && Subject == mail.Subject.Trim();
        Asks = Voice != Voice.Automatic && (FromOurs || toUs) && AskRule.Asks(opens ? Subject + "\n" + Text : Text);
        Thanks = !Asks && AskRule.OnlyThanks(Text);
        Organization = people.OrganizationOf(mail.From);
    }

    public ReadMail Mail { get; }
    public DateTimeOffset At { get; }
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

    /// <summary>Whom it is with: the organisation where one is known, else the person.</summary>
    public PartyId? Customer()
    {
        var them = !FromOurs && Author is not null ? Author : To.Concat(Cc).FirstOrDefault(k => !k.IsOurs && k.Who != Who.Robot);
        if (them is null) return null;
        return them.OrganizationsAt(Day).Select(o => (PartyId?)o).FirstOrDefault() ?? them.Id;
    }

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
