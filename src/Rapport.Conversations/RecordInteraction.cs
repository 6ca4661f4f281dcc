using Microsoft.EntityFrameworkCore;
using Rapport.Channels;
using Rapport.Customers;
using Rapport.Kernel.Database;
using Rapport.Kernel.Search;

namespace Rapport.Conversations;

/// <summary>Something that was said and that one of us writes down.</summary>
/// <param name="Channel">A call, a visit, a meeting, a chat, a text message, a letter, a mail, or a note.</param>
/// <param name="Text">What was said, in the words of who records it.</param>
/// <param name="Participants">With whom; the one who spoke first, first. A note may have none when it is in a conversation.</param>
public sealed record NewInteraction(Channel Channel, string Text, IReadOnlyList<PartyId> Participants)
{
    /// <summary>Who spoke to whom; by the channel when null: calls, visits, meetings and chats are mutual.</summary>
    public Direction? Direction { get; init; }
    /// <summary>When; now when null.</summary>
    public DateTimeOffset? At { get; init; }
    /// <summary>How long it took.</summary>
    public int? Minutes { get; init; }
    /// <summary>What it was about; gives a new conversation its subject.</summary>
    public string? Subject { get; init; }
    /// <summary>The conversation it belongs to; a new one when null.</summary>
    public ConversationId? Conversation { get; init; }
    /// <summary>Only who records it may see it.</summary>
    public bool Private { get; init; }
}

/// <summary>What was recorded, and where.</summary>
public readonly record struct Recorded(InteractionId Interaction, ConversationId Conversation);

/// <summary>Records what was said on any channel that Rapport does not read by itself. What we say ends their waiting, in whatever conversation they asked.</summary>
public sealed class RecordInteraction(RapportDb db, TimeProvider clock)
{
    private const int MostParticipants = 100, LongestMinutes = 24 * 60;

    /// <summary>Records it.</summary>
    public async Task<Result<Recorded>> RunAsync(NewInteraction given, Actor by, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var at = given.At ?? now;
        if (Check(given, at, now) is { } wrong) return wrong;
        await using var own = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null;
        var wanted = given.Participants.Distinct().ToList();
        var parties = (await db.Parties().AsNoTracking().Where(p => EF.Parameter(wanted).Contains(p.Id)).ToListAsync(ct)).OrderBy(p => wanted.IndexOf(p.Id)).ToList();
        if (parties.Count < wanted.Count) return Refusal.Missing("party");
        Conversation? conversation = null;
        if (given.Conversation is { } id && (conversation = await db.ConversationsFor(by).SingleOrDefaultAsync(c => c.Id == id, ct)) is null) return Refusal.Missing("conversation");

        var places = await PlacesAsync(wanted, at, ct);
        var admission = new Admission(db);
        if (conversation is not null) await admission.LoadAsync([conversation], ct);
        conversation ??= Open(given, parties, places, by);
        var me = await db.Persons().Where(p => p.Member == by.Id).Select(p => (PartyId?)p.Id).FirstOrDefaultAsync(ct);
        var interaction = await WriteAsync(given, at, conversation, parties, me, admission, by, ct);
        await TakePartAsync(interaction, parties, places, me, ct);
        await FollowAsync(interaction, conversation, parties, places, by, ct);
        await new SetClocks(db, clock).OfAllTrackedAsync(ct);
        db.Index(new MessageText(interaction.Id.Value, $"{interaction.Subject}\n{interaction.Text}"));
        db.Index(await admission.DocumentAsync(conversation, ct));
        db.Happened(new InteractionsTaken([interaction.Id]), by);
        db.Note("recorded", $"interactions/{interaction.Id}", new { interaction.Channel, interaction.At, Conversation = conversation.Id });
        if (await db.SaveAsync(by, ct) is { } refusal) return refusal;
        if (own is not null) await own.CommitAsync(ct);
        return new Recorded(interaction.Id, conversation.Id);
    }

    private static Refusal? Check(NewInteraction given, DateTimeOffset at, DateTimeOffset now)
    {
        if (string.IsNullOrWhiteSpace(given.Text) && string.IsNullOrWhiteSpace(given.Subject)) return Refusal.Invalid("text.empty", "Write down what was said, in a few words.", "text");
        if (given.Text.Length > Interaction.LongestText) return Refusal.Invalid("text.long", $"Write at most {Interaction.LongestText:N0} characters.", "text");
        if (given.Subject?.Length > Conversation.LongestSubject) return Refusal.Invalid("subject.long", $"Write at most {Conversation.LongestSubject} characters.", "subject");
        if (given.Participants.Count == 0 && given.Conversation is null) return Refusal.Invalid("participants.empty", "Say with whom it was, or in which conversation.", "participants");
        if (given.Participants.Count > MostParticipants) return Refusal.Invalid("participants.many", $"Name at most {MostParticipants} people.", "participants");
        if (given.Minutes is < 0 or > LongestMinutes) return Refusal.Invalid("minutes.range", "Give the length in minutes, at most a day.", "minutes");
        if (at > now.AddMinutes(5)) return Refusal.Invalid("at.future", "This has not happened yet. Record it afterwards, or make a commitment for it.", "at");
        if (at.Year < 1900) return Refusal.Invalid("at.early", "Give a time after the year 1900.", "at");
        return null;
    }

    private Conversation Open(NewInteraction given, List<Party> parties, ILookup<PartyId, PartyId> places, Actor by)
    {
        var them = parties.Find(p => p.Who != Who.OneOfUs) ?? parties[0];
        var conversation = new Conversation
        {
            Id = Ids.New<ConversationId>(clock),
            Owner = by.Id == default ? null : by.Id,
            Customer = places[them.Id].Select(o => (PartyId?)o).FirstOrDefault() ?? them.Id,
        };
        conversation.Subject = Trimmed(given.Subject) ?? $"{ChannelWords.Name(given.Channel)} with {them.Name}{(parties.Count(p => p.Who != Who.OneOfUs) is > 1 and var n ? $" and {n - 1} more" : "")}";
        db.Add(conversation);
        return conversation;
    }

    private async Task<Interaction> WriteAsync(NewInteraction given, DateTimeOffset at, Conversation conversation, List<Party> parties, PartyId? me, Admission admission, Actor by, CancellationToken ct)
    {
        var direction = given.Direction ?? ChannelWords.Usual(given.Channel);
        var inbound = direction == Direction.Inbound;
        // What is written down is for everyone, unless its writer keeps it, or shares what is theirs in this conversation otherwise.
        var sharing = given.Private ? new Sharing(Visibility.Owner) : admission.SharingOf(conversation, by.Id) ?? new Sharing(Visibility.Everyone);
        // A note in a conversation is for whoever sees the conversation: it makes it known to nobody else.
        var audience = given is { Channel: Channel.Note, Private: false, Conversation: not null } ? admission.AudienceOf(conversation) : Audience.Of(by.Id, sharing, await TookPartAsync(parties, ct));
        var interaction = new Interaction
        {
            Id = await new MomentIds(db).NextAsync(at, conversation.Id.ToString(), ct),
            Conversation = conversation.Id,
            Channel = given.Channel,
            Direction = direction,
            Voice = Voice.Human,
            At = at,
            Minutes = given.Minutes,
            Subject = Trimmed(given.Subject) ?? "",
            Text = given.Text.Trim().ReplaceLineEndings("\n"),
            Author = inbound && parties.Count > 0 ? parties[0].Id : me,
            AuthorName = inbound && parties.Count > 0 ? parties[0].Name : by.Name,
            Member = by.Id == default ? null : by.Id,
            Asks = direction is Direction.Inbound or Direction.Outbound && AskRule.Asks(given.Text),
            JoinedBecause = given.Conversation is null || given.Channel == Channel.Note ? null : "It was recorded here.",
            OnlyFor = audience.First,
            Outlined = audience.Outlined,
            Private = given.Private,
        };
        db.Add(interaction);
        db.AddRange(audience.Others.Select(r => new InteractionViewer { Interaction = interaction.Id, Reader = r }));
        admission.Admit(conversation, audience);
        conversation.Take(interaction, conversation.Subject);
        return interaction;
    }

    private async Task<List<MemberId>> TookPartAsync(List<Party> parties, CancellationToken ct)
    {
        var ids = parties.ConvertAll(p => p.Id);
        return await db.Persons().Where(p => EF.Parameter(ids).Contains(p.Id) && p.Member != null).Select(p => p.Member!.Value).ToListAsync(ct);
    }

    private async Task<ILookup<PartyId, PartyId>> PlacesAsync(List<PartyId> people, DateTimeOffset at, CancellationToken ct)
    {
        var day = DateOnly.FromDateTime(at.UtcDateTime);
        var places = await db.Set<Affiliation>().AsNoTracking()
            .Where(a => EF.Parameter(people).Contains(a.Person) && a.Organization != OurOrganization.Id && (a.From == null || a.From <= day) && (a.Until == null || a.Until >= day))
            .OrderBy(a => a.Proposed).ThenBy(a => a.Id).Select(a => new { a.Person, a.Organization }).ToListAsync(ct);
        return places.ToLookup(a => a.Person, a => a.Organization);
    }

    private async Task TakePartAsync(Interaction interaction, List<Party> parties, ILookup<PartyId, PartyId> places, PartyId? me, CancellationToken ct)
    {
        var counts = interaction.Channel != Channel.Note;
        var contacts = new Contacts(db);
        var seen = new HashSet<(PartyId, Part)>();
        if (me is { } recorder && interaction.Author == me) Add(recorder, Part.From);
        foreach (var party in parties)
        {
            Add(party.Id, interaction.Author == party.Id ? Part.From : Part.To);
            foreach (var organization in places[party.Id]) Add(organization, Part.Organization);
            if (!counts || party.Who == Who.OneOfUs) continue;
            contacts.Spoke(party.Id, null, interaction.At);
            foreach (var organization in places[party.Id]) contacts.Spoke(organization, null, interaction.At);
        }
        await contacts.FinishAsync(ct);

        void Add(PartyId party, Part part)
        {
            if (seen.Add((party, part))) db.Add(new Participant { Party = party, Interaction = interaction.Id, Part = part, Counts = counts });
        }
    }

    private async Task FollowAsync(Interaction interaction, Conversation conversation, List<Party> parties, ILookup<PartyId, PartyId> places, Actor by, CancellationToken ct)
    {
        if (interaction.Channel == Channel.Note) return;
        var spoken = new SpokenSince(db);
        var them = parties.Where(p => p.Who != Who.OneOfUs).Select(p => p.Id).ToList();
        if (interaction.Direction is Direction.Outbound or Direction.Mutual) await spoken.EndWaitingAsync(them, interaction.At, ct);
        var said = await spoken.SaidAsync(conversation.Id, ct);
        said.Add(new(interaction.Id, interaction.At, interaction.Direction, interaction.Asks, interaction.Thanks, interaction.Author, interaction.Channel) { With = them.Concat(them.SelectMany(p => places[p])).ToHashSet() });
        if (conversation.Reckon(said)) db.NoteAnswered(conversation.Id, clock.GetUtcNow(), by);
    }

    private static string? Trimmed(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}

/// <summary>Channels in words.</summary>
public static class ChannelWords
{
    /// <summary>As a heading: "Call", "Visit".</summary>
    public static string Name(Channel channel) => channel switch
    {
        Channel.Email => "Mail",
        Channel.Telephone => "Call",
        Channel.Visit => "Visit",
        Channel.Meeting => "Meeting",
        Channel.Chat => "Chat",
        Channel.Sms => "Text message",
        Channel.Letter => "Letter",
        Channel.Note => "Note",
    };

    /// <summary>Who speaks to whom there when nobody says so.</summary>
    public static Direction Usual(Channel channel) => channel switch
    {
        Channel.Telephone or Channel.Visit or Channel.Meeting or Channel.Chat => Direction.Mutual,
        Channel.Email or Channel.Sms or Channel.Letter => Direction.Outbound,
        Channel.Note => Direction.Internal,
    };
}
