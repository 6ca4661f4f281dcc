using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Rapport.Channels;
using Rapport.Conversations;
using Rapport.Customers;
using Rapport.Kernel.Blobs;
using Rapport.Members;
using Rapport.Tests.Conversations;

namespace Rapport.Tests.Sending;

/// <summary>What is written is kept whatever comes of it, and what became of it is said.</summary>
public sealed class KeptDraftTests(RapportFixture rapport) : ConversationTests(rapport)
{
    [Fact]
    public async Task A_file_that_is_chosen_with_a_saved_text_is_kept_where_the_text_has_a_hole()
    {
        var (me, _) = await BoxAsync("hole");
        var text = (await WithAsync<SavedTexts, Result<SavedTextId>>(d => d.KeepAsync(null, new("Hole", "hole-text", null, "Thank you, {{ person.given_name }}."), me, Ct))).Value;
        var browser = await Rapport.SignedInAsync(Roles.Owner);
        var page = await browser.GetStringAsync("/write?to=nobody@hole.example", Ct);
        string Of(string name) => Regex.Match(page, $"name=\"{name}\"[^>]*value=\"([^\"]*)\"").Groups[1].Value;
        var id = Of("Input.Draft");
        var form = new MultipartFormDataContent { { new ByteArrayContent("plan"u8.ToArray()), "files", "plan.txt" } };
        foreach (var (name, value) in new[] { ("__RequestVerificationToken", Of("__RequestVerificationToken")), ("_handler", "write"), ("Input.Draft", id), ("Input.To", "nobody@hole.example"), ("Input.Text", "My words."), ("Input.Saved", text.ToString()), ("Input.Do", "insert") }) form.Add(new StringContent(value), name);
        var said = System.Net.WebUtility.HtmlDecode(await (await browser.PostAsync("/write", form, Ct)).Content.ReadAsStringAsync(Ct));
        Assert.Contains("Nothing is known for person.given_name", said, StringComparison.Ordinal);
        Assert.Contains("plan.txt", said, StringComparison.Ordinal);
        var draft = await Rapport.InDatabaseAsync(db => db.Set<Draft>().SingleAsync(d => d.To == "nobody@hole.example", Ct));
        Assert.Equal((id, "My words."), (draft.Id.ToString(), draft.Text));
        Assert.Equal("plan.txt", Assert.Single(await Rapport.InDatabaseAsync(db => db.FilesOfAsync(draft.Id, Ct))).Name);
    }

    [Fact]
    public async Task A_saved_text_names_the_organisation_where_they_are_on_that_day()
    {
        var otto = (await WithAsync<AddPerson, Result<PartyId>>(d => d.RunAsync(new("Otto Placed", ContactPoints: [new(ContactKind.Email, "otto@placed-today.example")]), Ada, Ct))).Value;
        var today = DateOnly.FromDateTime(Rapport.Clock.GetUtcNow().UtcDateTime);
        foreach (var (name, from, until) in new (string, DateOnly?, DateOnly?)[] { ("House he left", null, today.AddDays(-1)), ("House he goes to", today.AddDays(31), null), ("House he is in", null, today.AddDays(30)) })
        {
            var house = (await WithAsync<AddOrganization, Result<PartyId>>(d => d.RunAsync(new(name), Ada, Ct))).Value;
            Assert.Null((await WithAsync<Affiliate, Result<AffiliationId>>(d => d.RunAsync(otto, new(house, From: from, Until: until), Ada, Ct))).Refusal);
        }
        var text = (await WithAsync<SavedTexts, Result<SavedTextId>>(d => d.KeepAsync(null, new("Where", "where-text", null, "To {{ organization.name }}"), Ada, Ct))).Value;
        var filled = await WithAsync<FillText, Result<DraftWords>>(d => d.IntoAsync(new(DraftKind.Mail, null, null, null, "otto@placed-today.example", null, null, null, null), text.ToString(), Ada, Ct));
        Assert.Equal("To House he is in", filled.Value!.Text);
    }

    [Fact]
    public async Task A_file_that_cannot_be_found_is_named_and_nothing_goes_without_it()
    {
        var (me, box) = await BoxAsync("lost");
        var draft = await DraftAsync(box, "kim@lost.example", "lost-plan.txt", me);
        await Rapport.InDatabaseAsync(db => db.Set<Blob>().Where(b => db.Set<DraftFile>().Any(f => f.Draft == draft && f.Blob == b.Hash)).ExecuteDeleteAsync(Ct));
        var refusal = (await WithAsync<SendDraft, Result<MailSent>>(d => d.RunAsync(draft, me, Ct))).Refusal;
        Assert.Equal(("file.lost", "files"), (refusal?.Code, refusal?.Field));
        Assert.Contains("lost-plan.txt", refusal!.Message, StringComparison.Ordinal);
        Assert.Equal(0, await SentAsync("kim@lost.example"));
    }

    [Fact]
    public async Task One_that_cannot_be_sent_at_its_time_stops_with_a_sentence_and_the_others_go()
    {
        var (me, box) = await BoxAsync("blocks");
        var (broken, whole) = (await DraftAsync(box, "kim@blocks.example", "broken.txt", me), await DraftAsync(box, "una@blocks.example", "whole.txt", me));
        var at = Rapport.Clock.GetUtcNow().AddHours(1);
        Assert.Null(await WithAsync<SendDraft, Refusal?>(d => d.LaterAsync(broken, at, me, Ct)));
        Assert.Null(await WithAsync<SendDraft, Refusal?>(d => d.LaterAsync(whole, at.AddMinutes(1), me, Ct)));
        byte[] rubbish = [1, 2, 3];
        await Rapport.InDatabaseAsync(db => db.Set<Blob>().Where(b => db.Set<DraftFile>().Any(f => f.Draft == broken && f.Blob == b.Hash)).ExecuteUpdateAsync(s => s.SetProperty(b => b.Compressed, true).SetProperty(b => b.Stored, rubbish), Ct));
        Rapport.Clock.Advance(TimeSpan.FromHours(2));
        await Rapport.RunJobsAsync();
        Assert.Equal((0, 1), (await SentAsync("kim@blocks.example"), await SentAsync("una@blocks.example")));
        var stopped = await Rapport.InDatabaseAsync(db => db.Set<Draft>().SingleAsync(d => d.Id == broken, Ct));
        Assert.Null(stopped.SendAt);
        Assert.Contains("failed while it sent this", stopped.Stopped, StringComparison.Ordinal);
        Assert.Contains("failed while it sent this", await (await Rapport.SignedInAsync(Roles.Owner)).GetStringAsync("/outgoing", Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_to_be_sent_at_a_time_by_somebody_who_only_reads_by_then_stops_and_says_so()
    {
        var (me, box) = await BoxAsync("reader");
        var draft = await DraftAsync(box, "kim@reader.example", "plan.txt", me);
        Assert.Null(await WithAsync<SendDraft, Refusal?>(d => d.LaterAsync(draft, Rapport.Clock.GetUtcNow().AddHours(1), me, Ct)));
        Rapport.Clock.Advance(TimeSpan.FromHours(2));
        await HoldsAsync(Roles.Reader);
        await Rapport.RunJobsAsync();
        var stopped = await Rapport.InDatabaseAsync(db => db.Set<Draft>().SingleAsync(d => d.Id == draft, Ct));
        await HoldsAsync(me.Roles);
        Assert.Equal((0, null), (await SentAsync("kim@reader.example"), stopped.SentAs));
        Assert.Contains("Readers cannot send mail", stopped.Stopped, StringComparison.Ordinal);
        Assert.True((await WithAsync<SendDraft, Result<MailSent>>(d => d.RunAsync(draft, me, Ct))).Succeeded(out _, out _));

        Task HoldsAsync(Roles roles) => Rapport.InDatabaseAsync(db => db.Set<Member>().Where(m => m.Id == me.Id).ExecuteUpdateAsync(s => s.SetProperty(m => m.Roles, roles), Ct));
    }

    [Fact]
    public async Task Discarding_what_was_sent_meanwhile_says_so()
    {
        var (me, box) = await BoxAsync("discard");
        var (kept, sent) = (await DraftAsync(box, "kim@discard.example", "one.txt", me), await DraftAsync(box, "una@discard.example", "two.txt", me));
        var browser = await Rapport.SignedInAsync(Roles.Owner);
        Assert.True((await WithAsync<SendDraft, Result<MailSent>>(d => d.RunAsync(sent, me, Ct))).Succeeded(out _, out _));
        var answer = await browser.SubmitAsync("/write", "write", ("Input.Draft", sent.ToString()), ("Input.Do", "discard"));
        Assert.Contains("/conversations/", answer.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.Contains("It was sent already, once.", await browser.GetStringAsync(answer.Headers.Location, Ct), StringComparison.Ordinal);
        Assert.Equal(1, await SentAsync("una@discard.example"));

        await browser.SubmitAsync("/write", "write", ("Input.Draft", kept.ToString()), ("Input.Do", "discard"));
        Assert.Contains("Discarded.", await browser.GetStringAsync("/outgoing", Ct), StringComparison.Ordinal);
        Assert.False(await Rapport.InDatabaseAsync(db => db.Set<Draft>().AnyAsync(d => d.Id == kept, Ct)));
    }

    private async Task<(Actor, MailboxId)> BoxAsync(string name)
    {
        var me = await Rapport.ActorAsync(Roles.Owner);
        var box = await MailboxAsync(me, $"kept-{name}");
        var server = new NewMailServer("127.0.0.1", 9, MailSecurity.None, "ada", "a_lighthouse_in_fog");
        Assert.Null(await WithAsync<ConnectMailbox, Refusal?>(d => d.RunAsync(box, new($"kept-{name}@ours.example", server, server), me, Ct)));
        return (me, box);
    }

    private async Task<DraftId> DraftAsync(MailboxId box, string to, string file, Actor me)
    {
        var id = Ids.New<DraftId>(Rapport.Clock);
        Assert.Null(await WithAsync<KeepDraft, Refusal?>(d => d.RunAsync(id, new(DraftKind.Mail, null, null, box, to, "", "", "The plans", "Here they are."), [new(file, "text/plain", System.Text.Encoding.UTF8.GetBytes($"What is in {file}"))], me, Ct)));
        return id;
    }

    private Task<int> SentAsync(string recipient) => Rapport.InDatabaseAsync(db => db.Set<Dispatch>().CountAsync(d => d.Recipient == recipient, Ct));
}
