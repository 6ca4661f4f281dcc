using CsCheck;
using Microsoft.EntityFrameworkCore;
using Rapport.Channels;
using Rapport.Customers;
using Rapport.Updates;

namespace Rapport.Tests.Updates;

/// <summary>The one rule of the all-clear: exactly those whom something of the notice reached, or may have reached, are told that it is over, each once (U3, U5).</summary>
public sealed class AllClearTests(RapportFixture rapport) : NoticeWorld(rapport)
{
    private enum Step { Tell, HandOver, Fail, Lose, Claim, Widen, Update }

    private static readonly Gen<(Step Step, int Who)[]> Lives = Gen.Select(Gen.Enum<Step>(), Gen.Int[0, 5]).Array[1, 14];

    [Fact]
    public async Task Exactly_those_who_were_told_are_told_that_it_is_over_each_once_in_whatever_order_things_went()
    {
        var home = await CustomerAsync("Clear Example");
        var people = new List<PartyId>();
        for (var i = 0; i < 6; i++) people.Add(await PersonAsync($"Person {i} Clear", $"p{i}@clear.example", home));
        await Lives.SampleAsync(async life =>
        {
            var id = await SendAsync("Clear crane", new() { People = [.. people.Take(3)] });
            foreach (var (step, who) in life) await TakeAsync(id, step, people[who], people);
            Assert.Null(await SayAsync((d, by) => d.EndAsync(id, null, by, Ct)));
            // Before anything more is sent, and after what was in a server's hands has come to something.
            await TellAsync();
            await ClaimedAsync(id, DispatchState.HandedOver);
            await TellAsync();
            await TellAsync();

            var told = await ToldAsync(id);
            var cleared = (await TellingsAsync(id)).Where(t => t.Place == Words).Select(t => t.Party).ToList();
            Assert.Equal(told.OrderBy(p => p.Value), cleared.OrderBy(p => p.Value));
            Assert.Equal(0, await Rapport.InDatabaseAsync(db => db.Set<Dispatch>().CountAsync(d => d.State == DispatchState.Queued && db.Set<Telling>().Any(t => t.Notice == id && t.Place < Words && t.Interaction == d.Interaction), Ct)));
        }, iter: 12, threads: 1);
    }

    [Fact]
    public async Task Who_unsubscribed_since_is_told_all_the_same_and_who_may_not_be_written_to_is_not()
    {
        var home = await CustomerAsync("Since Example");
        var (left, gone) = (await PersonAsync("Left Since", "left@since.example", home), await PersonAsync("Gone Since", "gone@since.example", home));
        var id = await SendAsync("New prices for cranes", new() { People = [left, gone] }, NoticeKind.Change);
        await TellAsync();
        await BecomesAsync(id, DispatchState.HandedOver);
        await Rapport.InDatabaseAsync(async db =>
        {
            db.Add(new Unsubscribed { Address = "left@since.example", Topic = NoticeKind.Change, Channel = DispatchChannel.Email, At = RapportFixture.Monday });
            await db.Set<ContactPoint>().Where(c => c.Party == gone).ExecuteUpdateAsync(s => s.SetProperty(c => c.DoNotUse, true), Ct);
            Assert.Null(await db.SaveAsync(Actor.Rapport, Ct));
            return true;
        });
        Assert.Null(await SayAsync((d, by) => d.EndAsync(id, "They stay as they are.", by, Ct)));
        await TellAsync();
        Assert.Contains("You get this one because we told you that it began.", (await MailAsync(id, left, 2)).TextBody, StringComparison.Ordinal);
        var not = (await TellingsAsync(id)).Single(t => t.Party == gone && t.Place == 2);
        Assert.Equal((NotTold.AskedNot, null), (not.NotTold, not.Interaction));
    }

    private int Words { get; set; }

    private async Task TakeAsync(NoticeId id, Step step, PartyId who, List<PartyId> people)
    {
        switch (step)
        {
            case Step.Tell: await TellAsync(); break;
            case Step.HandOver: await BecomesAsync(id, DispatchState.HandedOver, who); break;
            case Step.Fail: await BecomesAsync(id, DispatchState.Failed, who); break;
            case Step.Lose: await BecomesAsync(id, DispatchState.Unknown, who); break;
            case Step.Claim: await BecomesAsync(id, DispatchState.Claimed, who); break;
            case Step.Widen: await SayAsync((d, by) => d.WidenAsync(id, new() { People = [who, people[0]] }, by, Ct)); break;
            case Step.Update: Assert.Null(await SayAsync((d, by) => d.UpdateAsync(id, new("Nothing has changed.", null, null, Later), by, Ct))); break;
        }
    }

    private Task<int> ClaimedAsync(NoticeId id, DispatchState become) => Rapport.InDatabaseAsync(async db =>
    {
        Words = await db.Set<NoticeWord>().Where(w => w.Notice == id).MaxAsync(w => w.Place, Ct);
        return await db.Set<Dispatch>().Where(d => d.State == DispatchState.Claimed && db.Set<Telling>().Any(t => t.Notice == id && t.Interaction == d.Interaction)).ExecuteUpdateAsync(s => s.SetProperty(d => d.State, become), Ct);
    });

    private Task<List<PartyId>> ToldAsync(NoticeId id) => Rapport.InDatabaseAsync(db =>
        db.Set<Telling>().Where(t => t.Notice == id && t.Place < Words && db.Set<Dispatch>().Any(d => d.Interaction == t.Interaction && (d.State == DispatchState.HandedOver || d.State == DispatchState.Unknown || d.State == DispatchState.Delivered))).Select(t => t.Party).Distinct().ToListAsync(Ct));
}
