using System.Text;
using MimeKit;
using Rapport.Demo;

namespace Rapport.Tests.Demo;

public sealed class DemoLifeTests
{
    private static readonly DateTimeOffset Wednesday = new(2031, 3, 12, 14, 20, 0, TimeSpan.Zero);
    private static readonly Lazy<DemoWorld> Made = new(() => DemoLife.Imagine(7, Wednesday));
    private static readonly Lazy<IReadOnlyDictionary<string, MimeMessage>> Read = new(() => Made.Value.Events.OfType<DemoMail>().ToDictionary(m => m.Key, Parse));

    public static TheoryData<string> Moments => ["2031-03-12T14:20:00Z", "2031-03-10T06:40:00Z", "2031-03-16T02:05:00Z", "2032-01-02T21:30:00Z", "2031-08-01T11:59:00Z"];

    private static MimeMessage Parse(DemoMail mail) => MimeMessage.Load(new MemoryStream(mail.Raw), TestContext.Current.CancellationToken);

    [Fact]
    public void The_same_seed_and_moment_make_the_same_life()
    {
        var again = DemoLife.Imagine(7, Wednesday);
        Assert.Equal(Made.Value.Events.Select(Fingerprint), again.Events.Select(Fingerprint));
        Assert.Equal(Made.Value.Promises.Select(p => $"{p.Words}/{p.Due}/{p.Outcomes.Count}"), again.Promises.Select(p => $"{p.Words}/{p.Due}/{p.Outcomes.Count}"));
        Assert.NotEqual(Made.Value.Events.Select(Fingerprint), DemoLife.Imagine(8, Wednesday).Events.Select(Fingerprint));
    }

    private static string Fingerprint(DemoEvent each) => each switch
    {
        DemoMail mail => mail.Key + Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData(mail.Raw)),
        DemoTalk talk => $"{talk.Key}{talk.At}{talk.Text}",
        _ => each.ToString(),
    };

    [Theory]
    [MemberData(nameof(Moments))]
    public void There_is_as_much_of_everything_as_a_demo_needs(string moment)
    {
        var world = DemoLife.Imagine(3, DateTimeOffset.Parse(moment));
        var (mails, talks) = (world.Events.OfType<DemoMail>().ToList(), world.Events.OfType<DemoTalk>().ToList());
        Assert.InRange(mails.Count, 1500, 2600);
        Assert.InRange(talks.Count(t => t.Kind == DemoTalkKind.Call), 250, 600);
        Assert.InRange(talks.Count(t => t.Kind != DemoTalkKind.Call), 60, 500);
        Assert.InRange(world.Organizations.Count(o => o.Parent is null), 38, 48);
        Assert.InRange(world.People.Count, 145, 190);
        Assert.InRange(mails.Count(m => m.Kind == DemoMailKind.AutomaticReply), 10, 90);
    }

    [Theory]
    [MemberData(nameof(Moments))]
    public void Nothing_but_dues_lies_ahead(string moment)
    {
        var now = DateTimeOffset.Parse(moment);
        var world = DemoLife.Imagine(5, now);
        Assert.All(world.Events, e => Assert.InRange(e.At, now.AddDays(-400), now));
        Assert.All(world.Promises.SelectMany(p => p.Outcomes), o => Assert.True(o.At <= now));
        Assert.Equal(world.Events.OrderBy(e => e.At).Select(e => e.At), world.Events.Select(e => e.At));
        Assert.Contains(world.Promises, p => p.Due > now);
    }

    [Theory]
    [MemberData(nameof(Moments))]
    public void Open_promises_are_few_and_only_the_staged_ones_are_overdue(string moment)
    {
        var now = DateTimeOffset.Parse(moment);
        var open = DemoLife.Imagine(5, now).Promises.Where(p => p.Outcomes.All(o => o.Kind is DemoOutcomeKind.Renegotiated or DemoOutcomeKind.HandedOver)).ToList();
        Assert.InRange(open.Count, 9, 26);
        Assert.Equal(3, open.Count(p => (p.Outcomes.LastOrDefault(o => o.NewDue is not null)?.NewDue ?? p.Due) < now));
        Assert.Contains(open, p => p.Side == DemoSide.Theirs);
    }

    [Fact]
    public void Every_kind_of_outcome_happens()
    {
        var kinds = Made.Value.Promises.SelectMany(p => p.Outcomes).GroupBy(o => o.Kind).ToDictionary(g => g.Key, g => g.Count());
        Assert.All(Enum.GetValues<DemoOutcomeKind>(), kind => Assert.True(kinds.GetValueOrDefault(kind) > 0, kind.ToString()));
        Assert.True(kinds[DemoOutcomeKind.Kept] > 3 * kinds[DemoOutcomeKind.KeptLate]);
    }

    [Fact]
    public void A_promise_has_its_exact_words_in_what_was_said_and_its_proof_afterwards()
    {
        var events = Made.Value.Events.ToDictionary(e => e.Key);
        Assert.All(Made.Value.Promises, promise =>
        {
            var text = events[promise.SaidIn] is DemoMail mail ? Read.Value[mail.Key].TextBody! : ((DemoTalk)events[promise.SaidIn]).Text;
            Assert.Contains(promise.Words, text.ReplaceLineEndings("\n"), StringComparison.Ordinal);
            Assert.Contains(promise.DuePhrase, promise.Words, StringComparison.Ordinal);
            Assert.All(promise.Outcomes, o => Assert.True(o.Event is not null && events[o.Event].At >= promise.SaidAt));
            Assert.True(promise.Due > promise.SaidAt);
        });
    }

    [Fact]
    public void Questions_left_open_were_really_asked()
    {
        Assert.NotEmpty(Made.Value.Questions);
        Assert.All(Made.Value.Questions, q => Assert.Contains(q.Words, Read.Value[q.AskedIn].TextBody!, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_mail_parses_and_answers_a_mail_that_is_there()
    {
        Assert.All(Made.Value.Events.OfType<DemoMail>(), mail =>
        {
            var message = Read.Value[mail.Key];
            Assert.Equal(mail.Key, message.MessageId);
            Assert.Equal(mail.At.ToUnixTimeSeconds(), message.Date.ToUnixTimeSeconds());
            Assert.Equal(mail.From, message.From.Mailboxes.Single().Address);
            Assert.False(string.IsNullOrWhiteSpace(message.Subject));
            Assert.False(string.IsNullOrWhiteSpace(message.TextBody));
            Assert.NotEmpty(mail.Mailboxes);
            if (message.InReplyTo is null) return;
            Assert.True(Read.Value[message.InReplyTo].Date <= message.Date);
            Assert.All(message.References, r => Assert.Contains(r, Read.Value.Keys));
        });
        Assert.InRange(Read.Value.Values.Count(m => m.InReplyTo is not null), 600, 2000);
        Assert.Contains(Read.Value.Values, m => m.HtmlBody is not null);
        Assert.All(["application/pdf", "text/csv", "image/png"], type => Assert.Contains(Read.Value.Values.SelectMany(m => m.Attachments), a => a.ContentType.MimeType == type));
    }

    [Fact]
    public void Every_address_lies_in_a_reserved_domain()
    {
        var addresses = Made.Value.People.SelectMany(p => p.Addresses)
            .Concat(Read.Value.Values.SelectMany(m => m.From.Mailboxes.Concat(m.To.Mailboxes).Concat(m.Cc.Mailboxes).Select(a => a.Address)))
            .Concat(Made.Value.Organizations.SelectMany(o => o.Domains).Select(d => "x@" + d)).Distinct();
        Assert.All(addresses, a => Assert.True(a.EndsWith(".example", StringComparison.Ordinal) || a.Split('@')[1] is "example.com" or "example.org" or "example.net", a));
        var text = string.Join('\n', Read.Value.Values.Select(m => m.TextBody));
        Assert.DoesNotContain(System.Text.RegularExpressions.Regex.Matches(text, @"[\w.]+@[\w.-]+\.\w+").Select(m => m.Value), a => !a.EndsWith(".example", StringComparison.Ordinal) && !a.Contains("@example.", StringComparison.Ordinal));
    }

    [Fact]
    public void Nothing_of_the_little_language_is_left_in_the_prose()
    {
        Assert.All(Read.Value.Values, m => Assert.DoesNotMatch(@"[\[\]{}|]|\.\.|  |\bp\d ", Own(m.TextBody!).Replace("//", "", StringComparison.Ordinal).Replace(" | ", "", StringComparison.Ordinal)));
        Assert.All(Made.Value.Events.OfType<DemoTalk>(), t => Assert.DoesNotMatch(@"[\[\]{}|<>]|\.\.", t.Text + t.Subject));
    }

    private static string Own(string text) => text.Split(["\n>", "\nFrom: ", "\nVon: ", "\nDe :", "\nDe: ", "\nOd: "], StringSplitOptions.None)[0];

    [Fact]
    public void People_rarely_write_the_same_words_twice()
    {
        var bodies = Made.Value.Events.OfType<DemoMail>().Where(m => m.Kind == DemoMailKind.Human).Select(m => Own(Read.Value[m.Key].TextBody!.ReplaceLineEndings("\n"))).ToList();
        Assert.InRange(1 - (bodies.Distinct().Count() / (double)bodies.Count), 0, 0.02);
    }

    [Fact]
    public void Weekends_and_nights_are_rare()
    {
        var human = Made.Value.Events.OfType<DemoMail>().Where(m => m.Kind == DemoMailKind.Human).ToList();
        var odd = human.Count(m => Read.Value[m.Key].Date is var d && (d.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday || d.Hour is < 7 or > 19));
        Assert.InRange(odd, 1, human.Count * 6 / 100);
    }

    [Fact]
    public void What_is_said_to_a_customer_is_not_sent_to_a_colleague_alone()
    {
        var answered = Made.Value.Events.OfType<DemoMail>().Where(m => m.Kind == DemoMailKind.Human).GroupBy(m => m.Thread).Where(g => g.Any(m => m.Direction == DemoDirection.Inbound)).ToList();
        Assert.NotEmpty(answered);
        Assert.InRange(answered.Count(g => g.Any(m => m.Direction == DemoDirection.Internal)), 1, answered.Count / 50);
    }

    [Fact]
    public void Keys_name_somebody()
    {
        var world = Made.Value;
        var people = world.People.SelectMany(p => p.Addresses.Append(p.Key)).ToHashSet();
        var houses = world.Organizations.Select(o => o.Key).Append(world.Ours.Key).ToHashSet();
        Assert.All(world.Relationships, r =>
        {
            Assert.Contains(r.Customer, houses);
            Assert.Contains(r.Provider, houses);
            Assert.Contains(r.Owner, people);
            Assert.All(r.Roles, role => Assert.Contains(role.Person, people));
        });
        Assert.All(world.People.SelectMany(p => p.Affiliations), a => Assert.Contains(a.Organization, houses));
        Assert.All(world.Events.OfType<DemoTalk>(), t => Assert.Contains(t.Member, people));
        Assert.Equal(world.People.Count, world.People.Select(p => p.Key).Distinct().Count());
    }
}
