using MimeKit;
using Rapport.Channels;
using Rapport.Conversations;
using Rapport.Members;
using Rapport.Tests.Mailboxes;
using Waiting = Rapport.Tests.Mailboxes.Waiting;

namespace Rapport.Tests.Sending;

/// <summary>Two installations that both acknowledge mail, and a machine that answers everything it gets, with nothing between them but mail (V6).</summary>
[Trait("Runs", "on both databases")]
public sealed class TwoRapportsTests : IAsyncLifetime
{
    private const string Responder = "away@hostile.example";

    // Who wrote to whom, as the mails went.
    private readonly List<(string From, string To, bool SaysAutomatic)> carried = [];
    private Dovecot dovecot = null!;
    private Installed quay = null!, yard = null!;
    private bool strips;
    private int answers, matters;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        dovecot = await Dovecot.StartAsync();
        (quay, yard) = (await InstallAsync("quay"), await InstallAsync("yard"));
    }

    public async ValueTask DisposeAsync()
    {
        if (yard is not null) await yard.DisposeAsync();
        if (quay is not null) await quay.DisposeAsync();
        await dovecot.DisposeAsync();
    }

    [Fact]
    public async Task A_mail_from_one_to_the_other_is_acknowledged_and_that_is_all()
    {
        Assert.True((await quay.Node.WithAsync<SendMail, Result<MailSent>>(d => d.RunAsync(new(quay.Box, yard.Address, "The crane", "When does it come?"), quay.Owner, Ct))).Succeeded(out _, out var refusal), refusal?.Message);
        await UntilAsync(() => Between(quay.Address, yard.Address).Count == 2, "it is acknowledged");
        await AskAfterwardsAsync();
        Assert.Equal([(quay.Address, yard.Address, false), (yard.Address, quay.Address, true)], Between(quay.Address, yard.Address));
    }

    // Nothing on the way leaves what says that a machine writes, and what begins it is forged: both have nothing but their brakes.
    [Fact]
    public async Task They_and_a_machine_that_answers_everything_come_to_rest_within_three_mails()
    {
        strips = true;
        await PutAsync(Mail(quay.Address, yard.Address));
        await PutAsync(Mail(Responder, quay.Address));
        await PutAsync(Mail(Responder, yard.Address));
        await UntilAsync(() => Between(quay.Address, yard.Address).Count >= 3 && Between(Responder, quay.Address).Count >= 3 && Between(Responder, yard.Address).Count >= 3, "each was answered, and answered again");
        await AskAfterwardsAsync();
        Assert.Equal((3, 3, 3), (Between(quay.Address, yard.Address).Count, Between(Responder, quay.Address).Count, Between(Responder, yard.Address).Count));
    }

    private sealed record Installed(string Address, string User, TestDatabase Database, MailNode Node, FakeOutgoing Server, Actor Owner, MailboxId Box) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await Node.DisposeAsync();
            await Server.DisposeAsync();
            await Database.DisposeAsync();
        }
    }

    private async Task<Installed> InstallAsync(string name)
    {
        var (database, server, address) = (await TestDatabase.MakeAsync(), new FakeOutgoing(), $"desk@{name}.example");
        var node = await MailNode.StartAsync(database.Address);
        var us = new NewInstallation($"{name} Example", [$"{name}.example"], "Europe/Berlin", "Mo-Fr 09:00-17:00", "DE");
        var owner = (await node.WithAsync<SetUpRapport, (Member?, IReadOnlyList<Refusal>)>(d => d.RunAsync(new NewMember("Ada Harbour", $"ada@{name}.example", SignedInClients.Password), us, Ct))).Item1!.Actor;
        var box = await node.ConnectAsync(owner, "Desk", new(address, dovecot.Reading(name), server.Sending));
        Assert.Null(await node.WithAsync<ChangeAcknowledgement, Refusal?>(d => d.RunAsync(box, new(true, null), owner, Ct)));
        return new(address, name, database, node, server, owner, box);
    }

    // Whoever writes to both is answered by both; what either decided before that went out before that.
    private async Task AskAfterwardsAsync()
    {
        foreach (var one in new[] { quay, yard }) await PutAsync(Mail($"jane@customer-of-{one.User}.example", one.Address));
        await UntilAsync(() => carried.Count(m => m.To.Contains("@customer-of-", StringComparison.Ordinal)) == 2, "both answer");
    }

    private List<(string From, string To, bool SaysAutomatic)> Between(string one, string other) => [.. carried.Where(m => m.From == one && m.To == other || m.From == other && m.To == one)];

    private Task UntilAsync(Func<bool> isSo, string what) => Waiting.UntilAsync(async () =>
    {
        foreach (var from in new[] { quay, yard })
        {
            List<string> taken;
            lock (from.Server.Taken)
            {
                taken = [.. from.Server.Taken];
                from.Server.Taken.Clear();
            }
            foreach (var mail in taken) await CarryAsync(await MimeMessage.LoadAsync(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(mail.Replace("\n", "\r\n", StringComparison.Ordinal))), Ct));
        }
        return isSo();
    }, what);

    private async Task CarryAsync(MimeMessage mail)
    {
        await PutAsync(mail);
        // Each answer is about something else, from another address of it, and says nothing of what it answers.
        if (AddressOf(mail.To) == Responder) await PutAsync(Mail(Responder, AddressOf(mail.From), $"away+{++answers}@hostile.example"));
    }

    private async Task PutAsync(MimeMessage mail)
    {
        carried.Add((AddressOf(mail.From), AddressOf(mail.To), mail.Headers.Contains(HeaderId.AutoSubmitted)));
        foreach (var header in strips ? new[] { "Auto-Submitted", "X-Auto-Response-Suppress", "Precedence" } : []) mail.Headers.RemoveAll(header);
        using var bytes = new MemoryStream();
        await mail.WriteToAsync(bytes, Ct);
        foreach (var to in new[] { quay, yard }.Where(i => i.Address == AddressOf(mail.To))) await dovecot.DeliverAsync(to.User, new NewMail("carried", bytes.ToArray()));
    }

    // The machine is one, behind whatever plus.
    private static string AddressOf(InternetAddressList list) => list.Mailboxes.Single().Address is var address && address.EndsWith("@hostile.example", StringComparison.Ordinal) ? Responder : list.Mailboxes.Single().Address;

    private MimeMessage Mail(string from, string to, string? writtenAs = null) =>
        new([new MailboxAddress("", writtenAs ?? from)], [new MailboxAddress("", to)], $"Matter {++matters}", new TextPart("plain") { Text = "Could you tell me when it comes?" }) { Date = TimeProvider.System.GetUtcNow() };
}
