using System.Text;
using Rapport.Channels;
using Rapport.Commitments;
using Rapport.Conversations;
using Rapport.Customers;
using Rapport.Demo;
using Rapport.Kernel.Database;
using Rapport.Members;

namespace Rapport.BrowserTests;

/// <summary>What a test brings into an installation before somebody opens a page: people, and what they wrote.</summary>
internal static class Scene
{
    private static int told;

    /// <summary>A word that no other test has, so that what a test made can be told from the rest: "Petra Kelp" becomes "Petra Kelp Xb".</summary>
    public static string Only(string name)
    {
        var number = Interlocked.Increment(ref told);
        return $"{name} X{(char)('a' + (number / 26 % 26))}{(char)('a' + (number % 26))}";
    }

    /// <summary>A person who is known.</summary>
    public static Task<PartyId> PersonAsync(this Installation at, string name, string? mail = null, PartyId? organization = null) => at.DoAsync<AddPerson, PartyId>(deed =>
        deed.RunAsync(new(name, ContactPoints: mail is null ? null : [new(ContactKind.Email, mail)], Organization: organization), at.Owner, default).OrFailAsync());

    /// <summary>An organisation that is known.</summary>
    public static Task<PartyId> OrganizationAsync(this Installation at, string name) => at.DoAsync<AddOrganization, PartyId>(deed => deed.RunAsync(new(name), at.Owner, default).OrFailAsync());

    /// <summary>A customer whom that member looks after.</summary>
    public static async Task<PartyId> CustomerAsync(this Installation at, string name, Actor owner)
    {
        var customer = await at.OrganizationAsync(name);
        await at.DoAsync<StartRelationship, RelationshipId>(deed => deed.RunAsync(customer, null, new(owner.Id, Tier.B), at.Owner, default).OrFailAsync());
        return customer;
    }

    /// <summary>A call that somebody wrote down.</summary>
    public static Task<Recorded> CallAsync(this Installation at, Actor by, PartyId with, string text, DateTimeOffset? when = null) => at.DoAsync<RecordInteraction, Recorded>(deed =>
        deed.RunAsync(new(Channel.Telephone, text, [with]) { At = when }, by, default).OrFailAsync());

    /// <summary>A promise of that member's, with its words read as they were typed.</summary>
    public static async Task<CommitmentId> PromiseAsync(this Installation at, Actor by, PartyId with, string words, string due)
    {
        var read = await at.DoAsync<ReadDue, UnderstoodDue>(deed => deed.RunAsync(due, Side.OursToThem, with, null, default));
        return await at.DoAsync<MakeCommitment, CommitmentId>(deed => deed.RunAsync(new(Side.OursToThem, words, with, read.Due), by, default).OrFailAsync());
    }

    /// <summary>A mail that came into somebody's mailbox, an hour ago.</summary>
    public static async Task MailAsync(this Installation at, Actor to, string from, string subject, string body, bool html = false, bool shared = false)
    {
        var address = await at.DoAsync<RapportDb, string>(async db => (await db.MemberAsync(to.Id, default))!.Email);
        var mail = $"""
            From: {from}
            To: {to.Name} <{address}>
            Subject: {subject}
            Date: {Installation.Morning.AddHours(-1):r}
            Message-ID: <{Interlocked.Increment(ref told)}@kelp.example>
            MIME-Version: 1.0
            Content-Type: text/{(html ? "html" : "plain")}; charset=utf-8

            {body}
            """;
        var mailbox = await at.DoAsync<OpenMailbox, MailboxId>(deed => deed.RunAsync("Mail", to, default).OrFailAsync());
        if (shared) await at.DoAsync<ShareMailbox, Refusal?>(deed => deed.RunAsync(mailbox, new(Visibility.Everyone), to, default));
        await at.DoAsync<TakeMail, MailTaken>(deed => deed.RunAsync(mailbox, [new(subject, Encoding.UTF8.GetBytes(mail.ReplaceLineEndings("\r\n")))], to, default).OrFailAsync());
    }
}
