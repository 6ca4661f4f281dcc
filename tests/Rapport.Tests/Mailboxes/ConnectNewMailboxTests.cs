using Microsoft.EntityFrameworkCore;
using Rapport.Channels;
using Rapport.Tests.Conversations;

namespace Rapport.Tests.Mailboxes;

/// <summary>A mailbox is opened and connected, or neither.</summary>
public sealed class ConnectNewMailboxTests(RapportFixture rapport) : ConversationTests(rapport)
{
    private static readonly NewMailServer Server = new("127.0.0.1", 9, MailSecurity.None, "ada", "a_lighthouse_in_fog");

    [Fact]
    public async Task One_that_may_not_be_connected_leaves_no_empty_mailbox()
    {
        Assert.Equal("ours.administrator", (await ConnectAsync("new-refused", "ada@elsewhere.example")).Refusal?.Code);
        Assert.Equal(0, await CountAsync("new-refused"));
        Assert.True((await ConnectAsync("new-refused", "new-refused@ours.example")).Succeeded(out var id, out var refusal), refusal?.Message);
        Assert.Equal(1, await CountAsync("new-refused"));
        Assert.True(await Rapport.InDatabaseAsync(db => db.Set<MailboxConnection>().AnyAsync(c => c.Mailbox == id && c.Address == "new-refused@ours.example", Ct)));
    }

    [Fact]
    public async Task One_of_the_same_name_that_is_connected_stays_as_it_is()
    {
        Assert.Null((await ConnectAsync("new-twice", "new-twice@ours.example")).Refusal);
        Assert.Equal("mailbox.known", (await ConnectAsync("new-twice", "new-other@ours.example")).Refusal?.Code);
        Assert.False(await Rapport.InDatabaseAsync(db => db.Set<MailboxConnection>().AnyAsync(c => c.Address == "new-other@ours.example", Ct)));
    }

    private Task<Result<MailboxId>> ConnectAsync(string name, string address) => WithAsync<ConnectNewMailbox, Result<MailboxId>>(d => d.RunAsync(name, null, new(address, Server, Server), Ada, Ct));

    private Task<int> CountAsync(string name) => Rapport.InDatabaseAsync(db => db.Set<Mailbox>().CountAsync(m => m.Name == name, Ct));
}
