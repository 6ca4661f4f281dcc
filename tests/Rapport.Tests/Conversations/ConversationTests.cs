using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rapport.Channels;
using Rapport.Conversations;
using Rapport.Customers;
using Rapport.Kernel.Database;

namespace Rapport.Tests.Conversations;

/// <summary>What tests of conversations have in common: an installation of our own, two members, a mailbox each.</summary>
public abstract class ConversationTests(RapportFixture rapport) : ProductTests(rapport), IAsyncLifetime
{
    protected static Actor Ada { get; } = new(new(new Guid("00000000-0000-7000-8000-0000000000a1")), "Ada Berg", Roles.Member);
    protected static Actor Ben { get; } = new(new(new Guid("00000000-0000-7000-8000-0000000000b1")), "Ben Moss", Roles.Member);

    public async ValueTask InitializeAsync()
    {
        await Rapport.SetUpAsync();
        Assert.Null(await WithAsync<ExtendOurs, Refusal?>(d => d.RunAsync(["ours.example"], Actor.Rapport, Ct)));
        await Rapport.InDatabaseAsync(async db =>
        {
            if (await db.Set<Person>().AnyAsync(p => p.Member == Ada.Id, Ct)) return true;
            foreach (var (member, address) in new[] { (Ada, "ada@ours.example"), (Ben, "ben@ours.example") })
            {
                var person = new Person { Id = Ids.New<PartyId>(Rapport.Clock), Who = Who.OneOfUs, Member = member.Id, CreatedAt = RapportFixture.Monday };
                person.Rename(member.Name);
                db.Add(person);
                db.Add(new ContactPoint { Id = Ids.New<ContactPointId>(Rapport.Clock), Party = person.Id, Kind = ContactKind.Email, Value = address, Given = address, Domain = "ours.example" });
            }
            Assert.Null(await db.SaveAsync(Actor.Rapport, Ct));
            return true;
        });
    }

    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    protected Task<T> WithAsync<TDeed, T>(Func<TDeed, Task<T>> run) where TDeed : notnull => Rapport.InScopeAsync(services => run(services.GetRequiredService<TDeed>()));

    private protected async Task<MailboxId> MailboxAsync(Actor of, string name = "Mail", bool shared = false)
    {
        var id = (await WithAsync<OpenMailbox, Result<MailboxId>>(d => d.RunAsync(name, of, Ct))).Value;
        if (shared) Assert.Null(await WithAsync<ShareMailbox, Refusal?>(d => d.RunAsync(id, new(Visibility.Everyone), of, Ct)));
        return id;
    }

    private protected async Task<MailTaken> TakeAsync(MailboxId into, Actor by, params IEnumerable<TestMail> mails)
    {
        var result = await WithAsync<TakeMail, Result<MailTaken>>(d => d.RunAsync(into, [.. mails.Select(m => m.Raw())], by, Ct));
        Assert.True(result.Succeeded(out var taken, out _));
        return taken;
    }

    /// <summary>The Message-IDs that lie together, each group and all groups in order.</summary>
    private protected Task<string> GroupsAsync(string prefix) => Rapport.InDatabaseAsync(async db =>
    {
        var all = await db.Set<Interaction>().Where(i => i.MessageId!.StartsWith(prefix)).Select(i => new { i.Conversation, i.MessageId }).ToListAsync(Ct);
        return string.Join(" | ", all.GroupBy(i => i.Conversation).Select(g => string.Join(' ', g.Select(i => i.MessageId![prefix.Length..]).Order(StringComparer.Ordinal))).Order(StringComparer.Ordinal));
    });

    private protected Task<Conversation> ConversationOfAsync(string messageId) => Rapport.InDatabaseAsync(async db =>
    {
        var id = await db.Set<Interaction>().Where(i => i.MessageId == messageId).Select(i => i.Conversation).SingleAsync(Ct);
        return await db.Set<Conversation>().AsNoTracking().SingleAsync(c => c.Id == id, Ct);
    });

    private protected Task<PartyId> PersonAsync(string address) => Rapport.InDatabaseAsync(db => db.Set<ContactPoint>().Where(c => c.Value == address).Select(c => c.Party).SingleAsync(Ct));
}
