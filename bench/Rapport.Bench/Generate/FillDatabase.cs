using Microsoft.EntityFrameworkCore;
using Rapport.Commitments;
using Rapport.Conversations;
using Rapport.Customers;
using Rapport.Dialogue;
using Rapport.Kernel.Database;
using Rapport.Kernel.Search;
using Rapport.Members;

namespace Rapport.Bench;

/// <summary>A member as the database knows them: who signs in, and the person they are.</summary>
internal sealed record OurMember(MemberId Id, PartyId Person, string Name);

/// <summary>Writes an imagined life into an empty database, each table in the order of its key.</summary>
internal sealed class FillDatabase(RapportDb db, Plan plan, Society society, Life life, IReadOnlyList<OurMember> members, TextWriter output)
{
    private const int AtOnce = 5_000;

    private readonly People people = new(plan, society, life, members);
    private Sayings sayings = null!;

    public async Task RunAsync(CancellationToken ct)
    {
        sayings = new(plan, society, life, members, [.. await db.Set<Team>().OrderBy(t => t.Id).Select(t => t.Id).ToListAsync(ct)]);
        var indexes = await db.Dialect.BeginFillAsync(db, ct);
        var (organizations, persons, customers) = (Enumerable.Range(0, society.Organizations), Enumerable.Range(society.Organizations, society.Persons), Enumerable.Range(0, society.Customers));
        await WriteAsync("organisations", organizations.Select(people.Organization), ct);
        await WriteAsync("persons", persons.Select(people.Person), ct);
        await WriteAsync("addresses and numbers", Enumerable.Range(0, plan.Parties).SelectMany(people.Points), ct);
        await WriteAsync("mail domains", organizations.Select(people.Domain).OrderBy(d => d.Domain, StringComparer.Ordinal), ct);
        await WriteAsync("places", persons.Select(people.Place).OfType<Affiliation>(), ct);
        await WriteAsync("relationships", customers.Select(people.Relationship), ct);
        await WriteAsync("judgements", customers.SelectMany(people.Judgements), ct);
        await WriteAsync("rhythms", Enumerable.Range(0, plan.Parties).Select(people.Rhythm).OfType<Rhythm>(), ct);
        await WriteAsync("conversations", life.Talks.Select(sayings.Conversation), ct);
        await WriteAsync("tags", Sayings.Tags, ct);
        await WriteAsync("what is tagged", life.Talks.SelectMany(Sayings.TagsOf), ct);
        await WriteAsync("interactions and their words", Enumerable.Range(0, life.Said.Length).Select(sayings.Interaction), ct,
            said => db.Dialect.IndexAsync(db, [.. said.Select(i => new MessageText(i.Id.Value, $"{i.Subject}\n{i.AuthorName}\n{i.Text}"))], ct));
        await WriteAsync("participants", sayings.Participants(), ct);
        await WriteAsync("commitments", sayings.Commitments(), ct);
        await WriteAsync("the stories of commitments", sayings.Commitments().SelectMany(Sayings.Story), ct);
        await WriteAsync("the steps of commitments", sayings.Commitments().SelectMany(Sayings.Steps), ct);
        await IndexAsync(ct);
        Say("indexes");
        await db.Dialect.EndFillAsync(db, indexes, ct);
        Say("clocks");
        await db.Set<AnswerTimes>().ExecuteDeleteAsync(ct);
        await new SetClocksAnew(db, TimeProvider.System).RunAsync(ct);
    }

    private async Task WriteAsync<T>(string what, IEnumerable<T> records, CancellationToken ct, Func<T[], Task>? also = null) where T : class
    {
        Say(what);
        foreach (var some in records.Chunk(AtOnce))
        {
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            await db.Dialect.InsertAsync(db, some, ct);
            if (also is not null) await also(some);
            await transaction.CommitAsync(ct);
        }
    }

    // The index takes documents quickly only in the order of their places, which their ids are spread over.
    private async Task IndexAsync(CancellationToken ct)
    {
        Say("what is found");
        IEnumerable<Func<SearchDocument>> all =
        [
            .. Enumerable.Range(0, plan.Parties).Select(party => (Func<SearchDocument>)(() => people.Document(party))),
            .. life.Talks.Select(talk => (Func<SearchDocument>)(() => sayings.Document(talk))),
            .. sayings.Commitments().Select(c => (Func<SearchDocument>)(() => Sayings.Document(c))),
        ];
        var places = all.Select(make => (Place: SearchPlace.Of(make()), Make: make)).ToArray();
        Array.Sort(places, (a, b) => a.Place.CompareTo(b.Place));
        foreach (var some in places.Chunk(AtOnce))
        {
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            await db.Dialect.IndexAsync(db, [.. some.Select(s => s.Make())], ct);
            await transaction.CommitAsync(ct);
        }
    }

    private void Say(string what) => output.WriteLine($"{TimeProvider.System.GetUtcNow():HH:mm:ss} {what}");
}
