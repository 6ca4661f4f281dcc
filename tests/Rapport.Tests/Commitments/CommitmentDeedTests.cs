using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rapport.Commitments;
using Rapport.Customers;
using Rapport.Kernel;
using Rapport.Kernel.Database;
using Rapport.Kernel.Installation;
using Rapport.Kernel.Search;
using Rapport.Kernel.Web;

namespace Rapport.Tests.Commitments;

public class CommitmentDeedTests(RapportFixture rapport) : ProductTests(rapport)
{
    private static readonly Actor Ada = new(MemberId.From(new Guid("00000000-0000-7000-8000-00000000000a")), "Ada Example", Roles.Member);
    private static readonly Actor Bo = new(MemberId.From(new Guid("00000000-0000-7000-8000-00000000000b")), "Bo Example", Roles.Member);

    [Fact]
    public async Task A_promise_is_written_down_found_by_its_words_and_counts_for_the_organisation()
    {
        var (lena, hafenwerk) = await LenaOfHafenwerkAsync();
        var id = await MakeAsync(lena, "Send drawings rev C", Friday);

        var row = await OneAsync(id);
        Assert.Equal((lena, hafenwerk, CommitmentState.Open, Ada.Id), (row.With, row.Customer, row.State, row.Owner));
        Assert.Contains(await Rapport.InScopeAsync(s => s.GetRequiredService<FindQueries>().FindAsync(SearchKind.Commitment, SearchQuery.Parse("drawings rev"), Bo, 5, Ct)), h => h.Key.Ref == id.Value);
        Assert.Equal([CommitmentDeed.Made], await StoryAsync(id));
    }

    [Fact]
    public async Task Kept_on_time_is_kept_and_cannot_be_kept_twice_but_a_slip_can_be_taken_back()
    {
        var id = await MakeAsync((await LenaOfHafenwerkAsync()).Person, "Call back about the invoice", Friday);
        Assert.Null(await SettleAsync(s => s.KeepAsync(id, Proof.OnMyWord, Ada, Ct)));
        Assert.Equal(CommitmentState.Kept, (await OneAsync(id)).State);
        Assert.Equal("commitment.closed", (await SettleAsync(s => s.KeepAsync(id, Proof.OnMyWord, Ada, Ct)))?.Code);
        Assert.Equal("commitment.settled", (await SettleAsync(s => s.ReopenAsync(id, Bo, Ct)))?.Code);
        Assert.Null(await SettleAsync(s => s.ReopenAsync(id, Ada, Ct)));
        Assert.Equal([CommitmentDeed.Made, CommitmentDeed.Kept, CommitmentDeed.Reopened], await StoryAsync(id));
    }

    [Fact]
    public async Task A_date_agreed_before_due_moves_it_and_one_agreed_after_due_makes_a_new_promise_and_counts_as_not_kept()
    {
        var id = await MakeAsync((await LenaOfHafenwerkAsync()).Person, "Send the offer", Friday);
        var moved = await RenegotiateAsync(id, NextFriday);
        Assert.Equal(new Renegotiated(id, false), moved.Value);
        Assert.Equal((CommitmentState.Open, NextFriday.End), ((await OneAsync(id)).State, (await OneAsync(id)).DueEnd));

        Rapport.Clock.SetUtcNow(NextFriday.End.AddHours(1));
        var anew = await RenegotiateAsync(id, new(NextFriday.End.AddDays(7), NextFriday.End.AddDays(7), DuePrecision.Minute, "next Friday"));
        Assert.True(anew.Value!.Replaced);
        Assert.Equal(CommitmentState.Replaced, (await OneAsync(id)).State);
        Assert.Equal(CommitmentState.Open, (await OneAsync(anew.Value.Standing)).State);
        Assert.Equal("commitment.closed", (await RenegotiateAsync(id, new(NextFriday.End.AddDays(9), NextFriday.End.AddDays(9), DuePrecision.Minute, ""))).Refusal?.Code);
    }

    [Fact]
    public async Task A_hand_over_counts_only_when_it_is_accepted_and_the_chain_of_hands_stays_visible()
    {
        var bo = await Rapport.ActorAsync(Roles.Member);
        var id = await MakeAsync((await LenaOfHafenwerkAsync()).Person, "Order the bearing", Friday);
        Assert.Equal("commitment.not-yours", (await HandOverAsync(h => h.OfferAsync(id, bo.Id, null, bo, Ct)))?.Code);
        Assert.Null(await HandOverAsync(h => h.OfferAsync(id, bo.Id, "You know the supplier", Ada, Ct)));
        Assert.Equal(Ada.Id, (await OneAsync(id)).Owner);
        Assert.Null(await HandOverAsync(h => h.AcceptAsync(id, bo, Ct)));
        Assert.Equal(bo.Id, (await OneAsync(id)).Owner);
        Assert.Equal("commitment.not-offered", (await HandOverAsync(h => h.AcceptAsync(id, bo, Ct)))?.Code);
        Assert.Equal("commitment.reassign", (await HandOverAsync(h => h.ReassignAsync(id, Ada.Id, null, Ada, Ct)))?.Code);
        Assert.Equal([CommitmentDeed.Made, CommitmentDeed.Offered, CommitmentDeed.Accepted], await StoryAsync(id));
    }

    [Fact]
    public async Task Nobody_who_is_not_here_or_may_only_read_is_made_accountable()
    {
        var manager = await Rapport.ActorAsync(Roles.Manager);
        var id = await MakeAsync((await LenaOfHafenwerkAsync()).Person, "Send the list of ropes", Friday);
        foreach (var nobody in new[] { new MemberId(new Guid(1, 2, 3, new byte[8])), (await Rapport.ActorAsync(Roles.Reader)).Id })
        {
            Assert.Equal("commitment.owner", (await HandOverAsync(h => h.OfferAsync(id, nobody, null, Ada, Ct)))?.Code);
            Assert.Equal("commitment.owner", (await HandOverAsync(h => h.ReassignAsync(id, nobody, null, manager, Ct)))?.Code);
        }
    }

    [Fact]
    public async Task Of_two_people_who_settle_at_once_one_is_told_that_it_changed()
    {
        var id = await MakeAsync((await LenaOfHafenwerkAsync()).Person, "Paint the bollards", Friday);
        var both = await Task.WhenAll(SettleAsync(s => s.KeepAsync(id, Proof.OnMyWord, Ada, Ct)), SettleAsync(s => s.ReleaseAsync(id, "They let it go", Bo, Ct)));
        var refused = Assert.Single(both, r => r is not null);
        Assert.Contains(refused!.Code, (string[])["changed.meanwhile", "commitment.closed"]);
        Assert.Equal(2, (await StoryAsync(id)).Count());
    }

    [Fact]
    public async Task Five_working_days_late_is_broken_by_itself_and_not_an_hour_earlier()
    {
        await Rapport.InDatabaseAsync(async db =>
        {
            if (await db.InstallationAsync(Ct) is not null) return null;
            db.Add(new OurInstallation { Name = "Harbourline Example", Zone = "Europe/Berlin", Country = "DE" });
            return await db.SaveAsync(Actor.Rapport, Ct);
        });
        var due = Rapport.Clock.GetUtcNow().AddDays(30);
        var id = await MakeAsync((await LenaOfHafenwerkAsync()).Person, "Repair the gate", new(due, due, DuePrecision.Minute, "in 30 days"));
        var calendar = await Rapport.InDatabaseAsync(async db => (await db.InstallationAsync(Ct))!.Calendar());
        var broken = calendar.AddWorkingDays(due, BreakLongLate.WorkingDays)!.Value;
        Rapport.Clock.SetUtcNow(broken.AddHours(-1));
        await Rapport.InScopeAsync(s => s.GetRequiredService<BreakLongLate>().RunAsync(Ct));
        Assert.Equal(CommitmentState.Open, (await OneAsync(id)).State);
        Rapport.Clock.SetUtcNow(broken.AddDays(1));
        await Rapport.InScopeAsync(s => s.GetRequiredService<BreakLongLate>().RunAsync(Ct));
        Assert.Equal(CommitmentState.Broken, (await OneAsync(id)).State);
    }

    [Fact]
    public async Task Pages_of_the_list_are_the_whole_list_soonest_first_and_undated_last()
    {
        var (lena, customer) = await LenaOfHafenwerkAsync();
        for (var i = 0; i < 7; i++)
            await MakeAsync(lena, $"Promise {i}", i % 3 == 0 ? null : new(Friday.Start.AddDays(i % 2), Friday.End.AddDays(i % 2), DuePrecision.Day, "Friday"));
        var whole = await ListAsync(new(Customer: customer), null, 100);
        Assert.Equal(7, whole.Items.Count);
        Assert.Equal(whole.Items.Where(r => r.DueEnd is not null).OrderBy(r => r.DueEnd).Concat(whole.Items.Where(r => r.DueEnd is null)).Select(r => r.Id), whole.Items.Select(r => r.Id));
        var pages = new List<CommitmentId>();
        string? after = null;
        do
        {
            var page = await ListAsync(new(Customer: customer), after, 2);
            pages.AddRange(page.Items.Select(r => r.Id));
            after = page.Next;
        }
        while (after is not null);
        Assert.Equal(whole.Items.Select(r => r.Id), pages);
    }

    [Theory]
    [InlineData(1, 3)]
    [InlineData(4, 6)]
    public async Task A_quarter_of_business_begins_with_the_month_that_is_set(int begins, int ends)
    {
        var understood = await Rapport.InDatabaseAsync(db => new ReadDue(db, new() { FiscalYearStart = begins }, Rapport.Clock).RunAsync("by the end of Q1", Side.OursToThem, null, new DateTimeOffset(2026, 11, 23, 9, 0, 0, TimeSpan.Zero), Ct));
        Assert.Equal((2027, ends), (understood.Due!.End.Year, understood.Due.End.Month));
    }

    private Due Friday => new(Rapport.Clock.GetUtcNow().AddDays(4), Rapport.Clock.GetUtcNow().AddDays(4).AddHours(7), DuePrecision.Day, "by Friday");
    private Due NextFriday => new(Rapport.Clock.GetUtcNow().Date.AddDays(11).AddHours(8), Rapport.Clock.GetUtcNow().Date.AddDays(11).AddHours(16), DuePrecision.Day, "Friday week");

    private Task<(PartyId Person, PartyId Organization)> LenaOfHafenwerkAsync() => Rapport.InDatabaseAsync(async db =>
    {
        var person = new Person { Id = Ids.New<PartyId>(Rapport.Clock), CreatedAt = Rapport.Clock.GetUtcNow() };
        person.Rename("Lena Beispiel");
        var organization = new Organization { Id = Ids.New<PartyId>(Rapport.Clock), CreatedAt = Rapport.Clock.GetUtcNow() };
        organization.Rename("Hafenwerk Beispiel");
        db.AddRange(person, organization, new Affiliation { Id = Ids.New<AffiliationId>(Rapport.Clock), Person = person.Id, Organization = organization.Id });
        Assert.Null(await db.SaveAsync(Ada, Ct));
        return (person.Id, organization.Id);
    });

    private async Task<CommitmentId> MakeAsync(PartyId with, string words, Due? due)
    {
        var made = await Rapport.InScopeAsync(s => s.GetRequiredService<MakeCommitment>().RunAsync(new(Side.OursToThem, words, with, due), Ada, Ct));
        Assert.Null(made.Refusal);
        return made.Value;
    }

    private Task<Refusal?> SettleAsync(Func<SettleCommitment, Task<Refusal?>> run) => Rapport.InScopeAsync(s => run(s.GetRequiredService<SettleCommitment>()));
    private Task<Refusal?> HandOverAsync(Func<HandOverCommitment, Task<Refusal?>> run) => Rapport.InScopeAsync(s => run(s.GetRequiredService<HandOverCommitment>()));
    private Task<Result<Renegotiated>> RenegotiateAsync(CommitmentId id, Due due) => Rapport.InScopeAsync(s => s.GetRequiredService<RenegotiateCommitment>().RunAsync(id, due, "as agreed", Ada, Ct));
    private async Task<CommitmentRow> OneAsync(CommitmentId id) => (await Rapport.InScopeAsync(s => s.GetRequiredService<CommitmentQueries>().OneAsync(id, Ada, Ct)))!;
    private Task<Page<CommitmentRow>> ListAsync(CommitmentFilter filter, string? after, int size) => Rapport.InScopeAsync(s => s.GetRequiredService<CommitmentQueries>().ListAsync(filter, after, size, Ada, Ct));
    private async Task<IEnumerable<CommitmentDeed>> StoryAsync(CommitmentId id) => (await Rapport.InScopeAsync(s => s.GetRequiredService<CommitmentQueries>().StoryAsync(id, Ct))).Select(e => e.Deed);
}
