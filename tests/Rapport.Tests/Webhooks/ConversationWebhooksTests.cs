using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Rapport.Channels;
using Rapport.Conversations;
using Rapport.Customers.Import;
using Rapport.Kernel.Database;
using Rapport.Tests.Conversations;
using Rapport.Webhooks;

namespace Rapport.Tests.Webhooks;

/// <summary>Other programs are told what comes in when it does, and whatever is done with a conversation.</summary>
public sealed class ConversationWebhooksTests(RapportFixture rapport) : ConversationTests(rapport)
{
    [Fact]
    public async Task Mail_is_told_when_it_is_taken_in_however_old_it_is_and_neither_imported_nor_what_lay_there_before()
    {
        await using var listener = await Listener.StartAsync();
        await using var node = await TellingNode.StartAsync(Rapport);
        var owner = await Rapport.ActorAsync(Roles.Owner);
        var id = await MakeAsync(node, owner, listener.Url("/late"), "message.received", "interaction.recorded");
        Rapport.Clock.Advance(TimeSpan.FromMinutes(1));
        var (now, piped, connected) = (Rapport.Clock.GetUtcNow(), await MailboxAsync(owner, "Piped", shared: true), await MailboxAsync(owner, "Connected", shared: true));
        Assert.Null(await WithAsync<ConnectMailbox, Refusal?>(d => d.RunAsync(connected, new("late@ours.example", new("127.0.0.1", 9, MailSecurity.None, "ada", "-"), null), owner, Ct)));
        await TakeAsync(piped, owner, new TestMail("late-piped", "lena@late.example") { Date = now.AddDays(-40) }, new TestMail("late-imported", "tom@late.example") { Date = now.AddHours(-1) });
        await TakeAsync(connected, owner, new TestMail("late-connected", "ida@late.example") { Date = now.AddDays(-4) }, new TestMail("late-laid-there", "udo@late.example") { Date = now.AddDays(-6) });
        var imported = (await ConversationOfAsync("late-imported")).Last;
        await Rapport.InDatabaseAsync(db => db.Set<Intake>().Where(x => x.Interaction == imported).ExecuteUpdateAsync(s => s.SetProperty(x => x.Import, new ImportId(Guid.AllBitsSet)), Ct));
        var call = (await WithAsync<RecordInteraction, Result<Recorded>>(async d => await d.RunAsync(new(Channel.Telephone, "They called last week.", [await PersonAsync("lena@late.example")]) { At = now.AddDays(-7) }, owner, Ct))).Value!;
        await node.HearAsync();
        await node.TellAsync();

        var expected = new[] { (await ConversationOfAsync("late-piped")).Last, (await ConversationOfAsync("late-connected")).Last, call.Interaction };
        Assert.Equal(expected.Select(i => i.ToString()).Order(StringComparer.Ordinal), listener.At("/late").Select(h => Data(h, "message")).Order(StringComparer.Ordinal));
        Assert.Null(await node.WithAsync<KeepWebhook, Refusal?>(k => k.RemoveAsync(id, owner, Ct)));
    }

    [Fact]
    public async Task Tags_settling_merging_splitting_and_moving_are_told_with_the_other_conversation()
    {
        await using var listener = await Listener.StartAsync();
        await using var node = await TellingNode.StartAsync(Rapport);
        var owner = await Rapport.ActorAsync(Roles.Owner);
        var id = await MakeAsync(node, owner, listener.Url("/done"), "conversation.tagged", "conversation.settled", "conversation.merged", "conversation.split", "message.moved");
        var box = await MailboxAsync(owner, "Done", shared: true);
        await TakeAsync(box, owner, new TestMail("done-1", "lena@done.example"), new TestMail("done-2", "lena@done.example") { Subject = "Another matter" }, new TestMail("done-3", "lena@done.example") { InReplyTo = ["done-1"] });
        var (one, other, message) = ((await ConversationOfAsync("done-1")).Id, (await ConversationOfAsync("done-2")).Id, (await ConversationOfAsync("done-3")).Last);
        var told = new List<string?>();

        await ToldAsync("conversation.tagged", one, null, null, () => WithAsync<TagConversation, Refusal?>(d => d.AddAsync(one, "crane", owner, Ct)));
        await ToldAsync("conversation.tagged", one, null, null, () => WithAsync<TagConversation, Refusal?>(d => d.RemoveAsync(one, "crane", owner, Ct)));
        await ToldAsync("conversation.settled", one, null, "noReplyNeeded", () => WithAsync<SettleWaiting, Refusal?>(d => d.RunAsync(one, Settlement.NoReplyNeeded, owner, Ct)));
        await ToldAsync("conversation.settled", one, null, "stillWaiting", () => WithAsync<SettleWaiting, Refusal?>(d => d.UndoAsync(one, owner, Ct)));
        await ToldAsync("conversation.settled", one, null, "answeredElsewhere", () => WithAsync<SettleWaiting, Refusal?>(d => d.RunAsync(one, Settlement.AnsweredElsewhere, owner, Ct)));
        var move = await DoneAsync(() => WithAsync<MoveInteraction, Result<Moved>>(d => d.RunAsync(message, other, false, owner, Ct)), "message.moved", other, one);
        Assert.Equal(message.ToString(), Data(listener.At("/done")[^1], "message"));
        await DoneAsync(() => WithAsync<UndoMove, Result<Moved>>(d => d.RunAsync(move.Move, owner, Ct)), "message.moved", one, other);
        var split = await DoneAsync(() => WithAsync<MoveInteraction, Result<Moved>>(d => d.RunAsync(message, null, false, owner, Ct)), "conversation.split", null, one);
        await DoneAsync(() => WithAsync<UndoMove, Result<Moved>>(d => d.RunAsync(split.Move, owner, Ct)), "conversation.merged", one, split.Conversation);
        var merged = await DoneAsync(() => WithAsync<MergeConversations, Result<Moved>>(d => d.RunAsync(other, one, owner, Ct)), "conversation.merged", one, other);
        await DoneAsync(() => WithAsync<UndoMove, Result<Moved>>(d => d.RunAsync(merged.Move, owner, Ct)), "conversation.split", other, one);
        Assert.DoesNotContain(listener.At("/done"), h => h.Body.Contains("crane", StringComparison.Ordinal) || h.Body.Contains('@'));
        Assert.Null(await node.WithAsync<KeepWebhook, Refusal?>(k => k.RemoveAsync(id, owner, Ct)));

        async Task ToldAsync(string kind, ConversationId? conversation, ConversationId? with, string? state, Func<Task<Refusal?>> deed)
        {
            Rapport.Clock.Advance(TimeSpan.FromMinutes(1));
            Assert.Null(await deed());
            await node.HearAsync();
            await node.TellAsync();
            var heard = listener.At("/done");
            Assert.Equal((kind, with?.ToString(), state), (heard[^1].Type, Data(heard[^1], "other"), Data(heard[^1], "state")));
            if (conversation is { } expected) Assert.Equal(expected.ToString(), Data(heard[^1], "conversation"));
            told.Add(kind);
            Assert.Equal(told, heard.Select(h => h.Type));
        }

        async Task<Moved> DoneAsync(Func<Task<Result<Moved>>> deed, string kind, ConversationId? conversation, ConversationId with)
        {
            Moved? done = null;
            await ToldAsync(kind, conversation, with, null, async () => (await deed()).Succeeded(out done, out var refusal) ? null : refusal);
            return done!;
        }
    }

    private static string? Data(Heard heard, string name) => JsonDocument.Parse(heard.Body).RootElement.GetProperty("data").TryGetProperty(name, out var value) ? value.GetString() : null;

    private static async Task<WebhookId> MakeAsync(TellingNode node, Actor by, string url, params string[] kinds) =>
        (await node.WithAsync<KeepWebhook, Result<WebhookKey>>(k => k.MakeAsync(new("Program", url, kinds), by, Ct))).Value!.Id;
}
