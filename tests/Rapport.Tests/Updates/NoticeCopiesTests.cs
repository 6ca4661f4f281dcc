using MailKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rapport.Channels;
using Rapport.Customers;
using Rapport.Kernel.Database;
using Rapport.Tests.Mailboxes;
using Rapport.Tests.Sending;
using Rapport.Updates;
using Audience = Rapport.Updates.Audience;
using Waiting = Rapport.Tests.Mailboxes.Waiting;

namespace Rapport.Tests.Updates;

/// <summary>What a notice says to many lies in the Sent folder of its mailbox, as any mail does, for whoever works there by another program.</summary>
public sealed class NoticeCopiesTests(RapportFixture rapport) : ProductTests(rapport)
{
    // More than are put there in one go.
    private const int People = 60;

    [Fact]
    public async Task Each_mail_of_a_notice_lies_in_the_sent_folder_once()
    {
        var owner = await Rapport.ActorAsync(Roles.Owner);
        await using var dovecot = await Dovecot.StartAsync();
        await using var server = new FakeOutgoing();
        await using var sender = await Sender.StartAsync(Rapport.Services.GetRequiredService<DatabaseAddress>(), owner);
        var box = await sender.ConnectAsync(server.Sending, dovecot.Reading("notices"));
        var quay = (await sender.Node.WithAsync<AddOrganization, Result<PartyId>>(d => d.RunAsync(new("Quay of many"), owner, Ct))).Value;
        Assert.Null((await sender.Node.WithAsync<StartRelationship, Result<RelationshipId>>(d => d.RunAsync(quay, null, new(owner.Id, Tier.A, HasBought: true), owner, Ct))).Refusal);
        for (var i = 0; i < People; i++)
            Assert.Null((await sender.Node.WithAsync<AddPerson, Result<PartyId>>(d => d.RunAsync(new($"Person {i}", Organization: quay, ContactPoints: [new(ContactKind.Email, $"person{i}@quay-of-many.example")]), owner, Ct))).Refusal);

        var notice = new NewNotice(NoticeKind.Incident, Severity.Major, "Crane 2 stands still", "Loading at quay 4", "Your containers go later.", box, new Audience { Organization = quay }) { NextWord = TimeProvider.System.GetUtcNow().AddDays(2) };
        Assert.Null((await sender.Node.WithAsync<SendNotice, Result<NoticeId>>(d => d.RunAsync(notice, "https://rapport.example.com", owner, Ct))).Refusal);
        await UntilAsync(mails => mails.Where(m => m.CopyDueAt != null), "all are out");
        await sender.Node.InDatabaseAsync(db => db.Set<OutgoingMail>().Where(m => m.Mailbox == box).ExecuteUpdateAsync(s => s.SetProperty(m => m.CopyDueAt, DateTimeOffset.UnixEpoch), Ct));
        await UntilAsync(mails => mails.Where(m => m.Copy == SentCopy.Done), "all copies are there");

        using var client = await dovecot.ClientAsync("notices");
        var folder = client.GetFolder(SpecialFolder.Sent)!;
        await folder.OpenAsync(FolderAccess.ReadOnly, Ct);
        var copies = await folder.FetchAsync(0, -1, MessageSummaryItems.Envelope, Ct);
        Assert.Equal(Enumerable.Range(0, People).Select(i => $"person{i}@quay-of-many.example").Order(), copies.Select(c => c.Envelope!.To.Mailboxes.Single().Address).Order());

        Task UntilAsync(Func<IQueryable<OutgoingMail>, IQueryable<OutgoingMail>> which, string what) =>
            Waiting.UntilAsync(async () => await sender.Node.InDatabaseAsync(db => which(db.Set<OutgoingMail>().Where(m => m.Mailbox == box)).CountAsync(Ct)) == People, what, 120);
    }
}
