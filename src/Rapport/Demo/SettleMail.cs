using Microsoft.EntityFrameworkCore;
using Rapport.Channels;
using Rapport.Conversations;
using Rapport.Kernel.Database;
using Rapport.Members;

namespace Rapport.Demo;

/// <summary>Takes the mails of the play into the members' mailboxes, which they share.</summary>
internal sealed class SettleMail(DemoWorld world, DemoNames names, IServiceProvider services, DemoClock clock)
{
    private const int AtOnce = 100;
    private readonly Dictionary<string, (MailboxId Id, Actor Owner)> mailboxes = [];

    public async Task OpenAsync(CancellationToken ct)
    {
        await using var scope = services.CreateAsyncScope();
        foreach (var key in world.Events.OfType<DemoMail>().SelectMany(m => m.Mailboxes).Distinct())
        {
            var owner = names.Members[key];
            var id = await scope.ServiceProvider.GetRequiredService<OpenMailbox>().RunAsync($"Mail of {owner.Name}", owner, ct).OrFailAsync();
            await scope.ServiceProvider.GetRequiredService<ShareMailbox>().RunAsync(id, new(Visibility.Everyone), owner, ct).OrFailAsync();
            await ConnectAsync(scope.ServiceProvider, id, owner, ct);
            mailboxes[key] = (id, owner);
        }
    }

    // So that they can be written from: what goes out lands in a folder, and nothing is read from servers that nobody has.
    private static async Task ConnectAsync(IServiceProvider services, MailboxId id, Actor owner, CancellationToken ct)
    {
        var address = await services.GetRequiredService<RapportDb>().Set<Member>().Where(m => m.Id == owner.Id).Select(m => m.Email).SingleAsync(ct);
        NewMailServer Server(string name) => new($"{name}.example.com", User: address, Password: "a demo has none");
        await services.GetRequiredService<ConnectMailbox>().RunAsync(id, new(address, Server("imap"), Server("smtp")), owner, ct).OrFailAsync();
        await services.GetRequiredService<PauseMailbox>().RunAsync(id, owner, ct).OrFailAsync();
    }

    /// <summary>Takes some mails, given in time order; the clock stands at the last of them.</summary>
    public async Task TakeAsync(IReadOnlyList<DemoMail> mails, CancellationToken ct)
    {
        if (mails.Count == 0) return;
        clock.MoveTo(mails[^1].At);
        foreach (var box in mails.GroupBy(m => m.Mailboxes[0]))
            foreach (var some in box.Chunk(AtOnce))
            {
                await using var scope = services.CreateAsyncScope();
                var (id, owner) = mailboxes[box.Key];
                await scope.ServiceProvider.GetRequiredService<TakeMail>().RunAsync(id, [.. some.Select(m => new NewMail(m.Key, m.Raw))], owner, ct).OrFailAsync();
            }
        await LearnAsync(mails, ct);
    }

    private async Task LearnAsync(IReadOnlyList<DemoMail> mails, CancellationToken ct)
    {
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<RapportDb>();
        var keys = mails.Select(m => m.Key).ToList();
        // Weeks are taken at once, and each mail came when it was written: nothing that was done meanwhile was done before anybody saw it.
        await db.Set<Intake>().Where(x => EF.Parameter(keys).Contains(x.Source) && x.Interaction != null)
            .ExecuteUpdateAsync(s => s.SetProperty(x => x.ReceivedAt, x => db.Set<Interaction>().Where(i => i.Id == x.Interaction).Select(i => i.At).First()), ct);
        var taken = await db.Set<Intake>().Where(i => EF.Parameter(keys).Contains(i.Source) && i.Interaction != null)
            .Join(db.Set<Interaction>(), i => i.Interaction, i => i.Id, (intake, i) => new { intake.Source, i.Id, i.Conversation }).ToListAsync(ct);
        var threads = mails.ToDictionary(m => m.Key, m => m.Thread);
        foreach (var mail in taken.OrderBy(t => t.Id.Value))
        {
            names.Said[mail.Source] = mail.Id;
            names.Threads.TryAdd(threads[mail.Source], mail.Conversation);
        }
    }
}
