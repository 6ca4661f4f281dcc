using System.Text;
using Rapport.Customers;
using Rapport.Updates;

namespace Rapport.Tests.Updates;

/// <summary>How the mails of a notice read, as a whole: what they say is the feature.</summary>
public sealed class NoticeMailTests
{
    private static readonly DateTimeOffset Now = RapportFixture.Monday;
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    [Fact]
    public void The_mails_of_a_notice_read_as_they_were_approved()
    {
        var incident = new NewNotice(NoticeKind.Incident, Severity.Critical, "Crane 2 stands still", "Loading at quay 4", "Your containers go on Thursday's ship instead of today's.", default, new()) { WeDo = "A part is on its way from Rotterdam.", Began = Now.AddHours(-2), ExpectedEnd = Now.AddHours(30), NextWord = Now.AddHours(6) };
        var notice = Notice.Make(default, incident, default, "https://rapport.example.com", Now).Value!;
        var news = Notice.Make(default, new NewNotice(NoticeKind.Change, Severity.Minor, "Our gate moves to the east side", "The way in", "Please come by Dock Road from Monday on.", default, new()) { Began = Now.AddDays(7) }, default, "https://rapport.example.com", Now).Value!;

        var mails = new StringBuilder();
        Add(mails, notice, NoticeWords.First(notice, default, "", new()), new("Mika Korhonen") { Zone = "Europe/Helsinki" });
        Assert.Null(notice.Update(new(Now.AddHours(54), Confidence.Guess, Now.AddHours(30)), default, Now.AddHours(5)).Refusal);
        Add(mails, notice, NoticeWords.Of(notice, 2, WordKind.Update, "The part is held up at the border.", default, Now.AddHours(5), endBefore: Now.AddHours(30)), new("Lena Brandt"));
        Assert.Null(notice.End(default, Now.AddHours(28)).Refusal);
        Add(mails, notice, NoticeWords.Of(notice, 3, WordKind.AllClear, "The part came early, and the crane lifts again.", default, Now.AddHours(28)), new("Lena Brandt") { Unsubscribed = true });
        Add(mails, news, NoticeWords.First(news, default, "", new()), new("Tom Oyelaran"), "https://rapport.example.com/unsubscribe/abc");
        Assert.Equal(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Updates", "notice-mails.txt")).ReplaceLineEndings("\n"), mails.ToString());
    }

    private sealed record To(string Name)
    {
        public string? Zone { get; init; }
        public bool Unsubscribed { get; init; }
    }

    private static void Add(StringBuilder mails, Notice notice, NoticeWord word, To to, string? unsubscribe = null) =>
        mails.Append("Subject: ").Append(NoticeMail.Subject(notice, word.Kind)).Append("\n\n")
            .Append(NoticeMail.Text(notice, word, new Recipient(new PartyId(Guid.Empty), to.Name, "", null, "") { Zone = to.Zone, Unsubscribed = to.Unsubscribed }, "Harbourline Example", Berlin, unsubscribe)).Append("\n----\n\n");
}
