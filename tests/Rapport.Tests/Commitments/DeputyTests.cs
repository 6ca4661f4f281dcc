using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rapport.Commitments;
using Rapport.Conversations;
using Rapport.Customers;
using Rapport.Dialogue;
using Rapport.Kernel.Calendar;
using Rapport.Kernel.Database;
using Rapport.Members;
using Rapport.Tests.Updates;

namespace Rapport.Tests.Commitments;

/// <summary>While an owner is away somebody stands in: sees what needs a thought and may do what the owner may; it stays the owner's (K1, P2).</summary>
public sealed class DeputyTests(RapportFixture rapport) : NoticeWorld(rapport)
{
    [Fact]
    public async Task What_needs_an_absent_owner_stands_on_their_deputys_Today_and_in_their_daily_mail_while_they_are_away_and_no_longer()
    {
        var box = await BoxAsync("daily");
        Assert.Null(await WithAsync<SetReminders, Refusal?>(async d => await d.FromAsync(box, "https://rapport.example.com", await MeAsync(), Ct)));
        var (monday, absent, deputy, third) = (Begin(), await JoinAsync("Abe Away"), await Rapport.ActorAsync(Roles.Reader | Roles.Manager), await JoinAsync("Theo Third"));
        var nora = await PersonAsync("Nora Stand", "nora@stand.example");
        var late = await PromiseAsync("Grease the winch", nora, monday.AddHours(26), absent);
        var own = await PromiseAsync("Sweep the quay", nora, monday.AddHours(27), deputy);
        var named = await PromiseAsync("Splice the rope", nora, monday.AddHours(26), third);
        foreach (var (id, to, by) in new[] { (named, absent, third), (late, deputy, absent), (own, absent, deputy) }) Assert.Null(await WithAsync<NameForEscalation, Refusal?>(d => d.RunAsync(id, to.Id, by, Ct)));
        await AwayAsync(absent, deputy, monday.AddDays(1), monday.AddDays(4));
        Assert.DoesNotContain(await TodayAsync(deputy), l => l.Promise.Owner == absent.Id);

        Rapport.Clock.SetUtcNow(monday.AddDays(2));
        var lines = await TodayAsync(deputy);
        // Each once, and as what it is to the reader: what is theirs anyway is not somebody's who is named for it.
        Assert.Equal([(named, Nearness.Escalated, true), (late, Nearness.Late, true), (own, Nearness.Late, false)], lines.Select(l => (l.Promise.Id, l.Nearness, l.For?.Member == absent.Id)));
        Assert.Contains(await TodayAsync(absent), l => l.Promise.Id == late && l.For is null);
        var until = ClockWords.Date(DateOnly.FromDateTime(monday.AddDays(4).UtcDateTime));
        var today = WebUtility.HtmlDecode(await (await Rapport.SignedInAsync(deputy.Roles)).GetStringAsync("/", Ct));
        Assert.Contains($", for {absent.Name}, away until {until}", today, StringComparison.Ordinal);
        Assert.Contains($"You stand in for {absent.Name}, away until {until}.", today, StringComparison.Ordinal);

        await RemindAsync();
        // Who is away gets no mail meanwhile, and one with all of it when they are back.
        Assert.Empty(await MailsAsync(absent));
        var mail = (await MailsAsync(deputy))[^1];
        Assert.Equal("Promises: 2 late, 1 late at others'", mail.Subject);
        Assert.Matches($"Grease the winch, to Nora Stand, was due [^\n]*, for {absent.Name}, away until {until}\n", mail.Text.ReplaceLineEndings("\n"));
        Assert.Matches($"Splice the rope, to Nora Stand, was due [^\n]* \\({third.Name} answers for it\\), for {absent.Name}, away until {until}\n", mail.Text.ReplaceLineEndings("\n"));
        Assert.Matches("Sweep the quay, to Nora Stand, was due [^\n]*\\)\n", mail.Text.ReplaceLineEndings("\n"));

        // Back again, everything is as before.
        Rapport.Clock.SetUtcNow(monday.AddDays(7));
        Assert.Equal(own, Assert.Single(await TodayAsync(deputy), l => l.Promise.Id == own || l.Promise.Id == named || l.For is not null).Promise.Id);
        Assert.Equal(absent.Id, (await RowAsync(late)).Owner);
        await RemindAsync();
        Assert.DoesNotContain("away until", (await MailsAsync(deputy))[^1].Text, StringComparison.Ordinal);
        Assert.Contains("Grease the winch", Assert.Single(await MailsAsync(absent)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_stands_in_may_do_what_the_owner_may_and_the_story_and_the_customer_see_by_whom_it_was_done_and_for_whom()
    {
        var (monday, absent, deputy, other) = (Begin(), await JoinAsync("Ann Absent"), await JoinAsync("Ben Deputy"), await Rapport.ActorAsync(Roles.Administrator));
        var id = await PromiseAsync("Repair the crane", await PersonAsync("Nora Crane", "nora@crane.example"), monday.AddDays(2), absent);
        async Task<string?> Named() => (await WithAsync<NameForEscalation, Refusal?>(d => d.RunAsync(id, other.Id, deputy, Ct)))?.Code;
        Assert.Equal("commitment.not-yours", await Named());
        await AwayAsync(absent, deputy, monday, monday.AddDays(4));
        Assert.Null(await Named());
        Assert.Null((await WithAsync<AgreeNewDate, Result<Renegotiated>>(d => d.RunAsync(id, "by Thursday", "On the telephone", deputy, Ct))).Refusal);
        Assert.Null(await WithAsync<SettleCommitment, Refusal?>(d => d.KeepAsync(id, Proof.OnMyWord, deputy, Ct)));
        var link = await WithAsync<ShowPromise, string>(async d => (await d.LinksAsync(id, deputy, Ct))[0].Path);
        Assert.Null(await WithAsync<JudgeCommitment, Refusal?>(d => d.RunAsync(link["/promised/".Length..], Verdict.NotKept, "It still squeaks", Ct)));
        Assert.Equal((id, Nearness.Disagreed, (MemberId?)absent.Id), ((await TodayAsync(deputy))[0].Promise.Id, (await TodayAsync(deputy))[0].Nearness, (await TodayAsync(deputy))[0].For?.Member));
        Assert.Equal("commitment.hear", (await WithAsync<JudgeCommitment, Refusal?>(d => d.HearAsync(id, other, Ct)))?.Code);
        Assert.Null(await WithAsync<JudgeCommitment, Refusal?>(d => d.HearAsync(id, deputy, Ct)));

        // It stays its owner's, and only a manager gives it away for them; that is nobody's standing in.
        Assert.Equal("commitment.not-yours", (await WithAsync<HandOverCommitment, Refusal?>(d => d.OfferAsync(id, other.Id, null, deputy, Ct)))?.Code);
        Assert.Equal(absent.Id, (await RowAsync(id)).Owner);
        Assert.Equal(
            [(CommitmentDeed.Made, null), (CommitmentDeed.NamedForEscalation, absent.Name), (CommitmentDeed.Renegotiated, absent.Name), (CommitmentDeed.Kept, absent.Name), (CommitmentDeed.Judged, null), (CommitmentDeed.Heard, absent.Name)],
            (await WithAsync<CommitmentDetails, CommitmentDetail>(async d => (await d.FindAsync(id, deputy, Ct))!)).Story.Select(s => (s.Deed, s.StoodInFor)));
        foreach (var (client, path) in new[] { (await Rapport.SignedInAsync(Roles.Member), $"/commitments/{id}"), (Rapport.Client(), link) })
            Assert.Contains($"<strong>{deputy.Name}</strong>, standing in for {absent.Name}, said that it is done", WebUtility.HtmlDecode(await client.GetStringAsync(path, Ct)), StringComparison.Ordinal);

        // Once they are back who stood in is anybody again; what was done stays as it was.
        Rapport.Clock.SetUtcNow(monday.AddDays(7));
        id = await PromiseAsync("Repair the gate", (await RowAsync(id)).With, monday.AddDays(9), absent);
        Assert.Equal("commitment.not-yours", await Named());
    }

    [Fact]
    public async Task What_is_offered_to_somebody_away_says_so_where_they_are_chosen_when_they_are_asked_and_after()
    {
        var (monday, absent, deputy, owner) = (Begin(), await JoinAsync("Ava Asked"), await Rapport.ActorAsync(Roles.Manager), await Rapport.ActorAsync(Roles.Administrator));
        var id = await PromiseAsync("Weigh the crate", await PersonAsync("Nora Crate", "nora@crate.example"), monday.AddDays(3), owner);
        var client = await Rapport.SignedInAsync(Roles.Administrator);
        async Task<string> PageAsync() => WebUtility.HtmlDecode(await client.GetStringAsync($"/commitments/{id}", Ct));
        var until = $"away until {ClockWords.Date(DateOnly.FromDateTime(monday.AddDays(4).UtcDateTime))}";
        Assert.DoesNotContain("away until", await PageAsync(), StringComparison.Ordinal);
        await AwayAsync(absent, deputy, monday, monday.AddDays(4));
        Assert.Contains($"{absent.Name} ({until})", await PageAsync(), StringComparison.Ordinal);
        await client.SubmitAsync($"/commitments/{id}", $"/do/commitments/{id}/offered", ("to", absent.Id.ToString()));
        var page = await PageAsync();
        Assert.Contains($"It stays yours until they accept, and {absent.Name} is {until}.", page, StringComparison.Ordinal);
        Assert.Contains($"was asked, {until}", page, StringComparison.Ordinal);
        Assert.Equal(absent.Id, (await RowAsync(id)).OfferedToAway?.Member);
        Assert.Contains($"asked {absent.Name} ({until}) to take it", WebUtility.HtmlDecode(await client.GetStringAsync("/commitments", Ct)), StringComparison.Ordinal);
        // Nobody accepts for another.
        Assert.Equal("commitment.not-offered", (await WithAsync<HandOverCommitment, Refusal?>(d => d.AcceptAsync(id, deputy, Ct)))?.Code);
        // A manager's giving is a manager's, though they stand in for who gets it.
        Assert.Null(await WithAsync<HandOverCommitment, Refusal?>(d => d.ReassignAsync(id, absent.Id, null, deputy, Ct)));
        Assert.Equal((CommitmentDeed.Reassigned, null), (await WithAsync<CommitmentDetails, CommitmentDetail>(async d => (await d.FindAsync(id, owner, Ct))!)).Story.Select(s => (s.Deed, s.StoodInFor)).Last());
        Assert.Contains($"answers for it, {until}; {deputy.Name} stands in", await PageAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Before_promising_it_is_said_that_its_owner_is_away_when_it_is_due_and_no_date_looks_safe_on_which_they_are()
    {
        var (monday, absent, deputy) = (Begin(), await Rapport.ActorAsync(Roles.Member), await Rapport.ActorAsync(Roles.Reader | Roles.Member));
        var nora = await PersonAsync("Nora Ahead", "nora@ahead.example");
        var hint = $"/commitments/understood?due={Uri.EscapeDataString("by Wednesday")}&with={nora}&side=OursToThem&owner={absent.Id}&words=Paint";
        var (client, own) = (await Rapport.SignedInAsync(deputy.Roles), await Rapport.SignedInAsync(absent.Roles));
        Assert.DoesNotContain("away", await client.GetStringAsync(hint, Ct), StringComparison.Ordinal);
        await AwayAsync(absent, deputy, monday.AddDays(1), monday.AddDays(3));
        var said = $"away until {ClockWords.Date(DateOnly.FromDateTime(monday.AddDays(3).UtcDateTime))}; {deputy.Name} stands in.";
        Assert.Contains($"{absent.Name} is {said}", WebUtility.HtmlDecode(await client.GetStringAsync(hint, Ct)), StringComparison.Ordinal);
        Assert.Contains($"You are {said}", WebUtility.HtmlDecode(await own.GetStringAsync(hint, Ct)), StringComparison.Ordinal);

        Rapport.Clock.SetUtcNow(monday.AddDays(1));
        var (wednesday, friday) = (monday.AddDays(2).AddHours(6), monday.AddDays(4).AddHours(6));
        var ahead = await WithAsync<BeforePromising, Outlook>(d => d.RunAsync(new(new(wednesday, wednesday, DuePrecision.Day, "then"), "Paint", absent.Id), deputy, Ct));
        Assert.Equal((absent.Id, (MemberId?)deputy.Id, DateOnly.FromDateTime(friday.UtcDateTime)), (ahead.OwnerAway!.Member, ahead.OwnerAway.Deputy, ahead.Safe.Day));
        Assert.Null((await WithAsync<BeforePromising, Outlook>(d => d.RunAsync(new(new(friday, friday, DuePrecision.Day, "then"), "Paint", absent.Id), deputy, Ct))).OwnerAway);
    }

    // Three weeks for each test, in which the absences of the others are over.
    private DateTimeOffset Begin()
    {
        var day = RapportFixture.Monday;
        while (day <= Rapport.Clock.GetUtcNow()) day = day.AddDays(21);
        Rapport.Clock.SetUtcNow(day);
        return day;
    }

    private async Task<Actor> JoinAsync(string name) => (await WithAsync<AdmitMember, Result<Member>>(d => d.RunAsync(name, $"{name.Replace(' ', '.')}@ours.example", Roles.Member, Actor.Rapport, Ct))).Value!.Actor;

    private async Task AwayAsync(Actor member, Actor deputy, DateTimeOffset first, DateTimeOffset last) =>
        Assert.Null((await WithAsync<SayAbsence, Result<AbsenceId>>(d => d.RunAsync(new(null, DateOnly.FromDateTime(first.UtcDateTime), DateOnly.FromDateTime(last.UtcDateTime), deputy.Id), member, Ct))).Refusal);

    private async Task<CommitmentId> PromiseAsync(string words, PartyId with, DateTimeOffset due, Actor by) =>
        (await WithAsync<MakeCommitment, Result<CommitmentId>>(d => d.RunAsync(new(Side.OursToThem, words, with, new(due, due, DuePrecision.Minute, "then")), by, Ct))).Value;

    private Task<CommitmentRow> RowAsync(CommitmentId id) => WithAsync<CommitmentQueries, CommitmentRow>(async d => (await d.OneAsync(id, await MeAsync(), Ct))!);

    private Task RemindAsync() => Rapport.InScopeAsync(services => ActivatorUtilities.CreateInstance<RemindMembers>(services).RunAsync(Ct));

    private Task<List<Interaction>> MailsAsync(Actor to) => Rapport.InDatabaseAsync(db => (from r in db.Set<DailyReminder>() where r.Member == to.Id join i in db.Set<Interaction>() on r.Interaction equals i.Id orderby r.Day select i).AsNoTracking().ToListAsync(Ct));

    private Task<IReadOnlyList<PromiseLine>> TodayAsync(Actor by) => WithAsync<PromisedToday, IReadOnlyList<PromiseLine>>(d => d.RunAsync(BusinessCalendar.Standard(TimeZoneInfo.Utc), new HashSet<CommitmentId>(), by, Ct));
}
