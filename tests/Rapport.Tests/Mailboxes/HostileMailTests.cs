using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Rapport.Channels;
using Rapport.Conversations;
using Rapport.Kernel.Database;
using Rapport.Members;

namespace Rapport.Tests.Mailboxes;

/// <summary>Mail as no honest program writes it, all the way: from the server over the line into the database and onto the page.</summary>
[TakesLong]
public sealed class HostileMailTests(RapportFixture rapport) : ProductTests(rapport)
{
    private const string End = "\r\n";

    [Fact]
    public async Task Whatever_lies_on_a_server_is_readable_here_or_set_aside_with_a_reason_and_keeps_no_good_mail_out()
    {
        var ada = await Rapport.ActorAsync(Roles.Owner);
        (string Id, string Mail, string Words)[] mails =
        [
            ("good-before", Mail("good-before", Plain("Good words before.")), "Good words before."),
            ("nested", Mail("nested", Nested(1_000, "Words beside a thousand parts.")), "Words beside a thousand parts."),
            ("recipients", Mail("recipients", Plain("Words to thousands."), to: string.Join(",\r\n ", Enumerable.Range(1, 5_000).Select(i => $"\"Reader, {i}\" <reader{i}@crowd{i % 50}.example>"))), "Words to thousands."),
            ("attachment", Mail("attachment", Attachment(50 * 1024 * 1024, "Words with a plan.")), "Words with a plan."),
            ("date-words", Mail("date-words", Plain("Words of no day."), date: "Someday, 99 Foo 99999 99:99:99 +9999"), "Words of no day."),
            ("date-first", Mail("date-first", Plain("Words of the first day."), date: "Mon, 1 Jan 1601 00:00:00 +1400"), "Words of the first day."),
            ("date-last", Mail("date-last", Plain("Words of the last day."), date: "Fri, 31 Dec 9999 23:59:59 -1200"), "Words of the last day."),
            ("charset-wrong", Mail("charset-wrong", Plain("Words with \u00fcmlauts \u00ff\u00fe.", "utf-8")), "mlauts"),
            ("charset-none", Mail("charset-none", Plain("Words in nobody's script.", "x-klingon-9")), "script."),
            ("charset-utf7", Mail("charset-utf7", Plain("Words +ADw-script+AD4-alert(1)+ADw-/script+AD4-.", "utf-7")), "Words "),
            ("nulls", Mail("nulls", "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nWords\0 of nulls.\r\n--b\r\nContent-Type: image/png\r\nContent-ID: <a\0b@nulls.example>\r\n\r\n\0\0\r\n--b--\r\n", subject: "Nu\0lls"), "of nulls."),
            ("good-behind", Mail("good-behind", Plain("Good words behind.")), "Good words behind."),
        ];
        await using var server = new FakeImap([.. mails.Select(m => m.Mail), "\0\u0001\u0002\u00ff no mail at all"]).Serve();
        await using var node = await MailNode.StartAsync(Rapport.Services.GetRequiredService<DatabaseAddress>());
        var box = await node.ConnectAsync(ada, "Hostile mail", new("hostile-mail@harbourline.example", new("127.0.0.1", server.Port, MailSecurity.None, "ada", "secret"), null, Everything: true));
        await node.UntilAsync(box, s => s.Folders is [{ Missing: 0, NotGiven: 0, TooLarge: 0 } folder] && folder.Stored == mails.Length + 1, "all of it is taken from the server", 180);
        await Waiting.UntilAsync(() => node.InDatabaseAsync(async db => !await db.Set<Intake>().AnyAsync(i => i.Mailbox == box && i.State == IntakeState.Stored, Ct)), "all of it is read", 180);

        var aside = await node.InDatabaseAsync(db => db.Set<Intake>().Where(i => i.Mailbox == box && i.State == IntakeState.Unreadable).ToListAsync(Ct));
        var here = await node.InDatabaseAsync(db => db.Set<Interaction>().Where(i => i.MessageId!.EndsWith("@wire.example")).ToDictionaryAsync(i => i.MessageId!.Replace("@wire.example", "", StringComparison.Ordinal), Ct));
        Assert.True(mails.All(m => here.ContainsKey(m.Id)), $"Not here: {string.Join(", ", mails.Where(m => !here.ContainsKey(m.Id)).Select(m => m.Id))}. Set aside: {string.Join(" ", aside.Select(i => i.Problem))}");
        Assert.False(string.IsNullOrWhiteSpace(Assert.Single(aside).Problem));
        Assert.All(here.Values, i => Assert.InRange(i.At.Year, 2026, 2026));
        Assert.Equal(50L * 1024 * 1024, await node.InDatabaseAsync(db => db.Set<Attachment>().Where(a => a.Interaction == here["attachment"].Id).Select(a => a.Size).SingleAsync(Ct)));

        var browser = await Rapport.SignedInAsync(Roles.Owner);
        foreach (var (id, _, words) in mails)
        {
            Assert.Contains(words, await PageAsync(browser, $"/conversations/{here[id].Conversation}"), StringComparison.Ordinal);
            Assert.DoesNotContain("<script>alert", await PageAsync(browser, $"/interactions/{here[id].Id}/mail"), StringComparison.Ordinal);
        }
    }

    private static async Task<string> PageAsync(HttpClient browser, string path)
    {
        using var page = await browser.GetAsync(path, Ct);
        Assert.True(page.IsSuccessStatusCode, $"{path}: {page.StatusCode}");
        return await page.Content.ReadAsStringAsync(Ct);
    }

    private static string Mail(string id, string body, string to = "Ada <hostile-mail@harbourline.example>", string date = "Fri, 20 Nov 2026 10:00:00 +0000", string? subject = null) =>
        $"From: Writer <writer@{id}.example>{End}To: {to}{End}Subject: {subject ?? $"Matter {id}"}{End}Date: {date}{End}Message-ID: <{id}@wire.example>{End}MIME-Version: 1.0{End}{body}";

    private static string Plain(string words, string charset = "us-ascii") => $"Content-Type: text/plain; charset={charset}{End}{End}{words}{End}";

    private static string Nested(int depth, string words)
    {
        var mail = new StringBuilder();
        for (var i = 0; i < depth; i++)
        {
            mail.Append(CultureInfo.InvariantCulture, $"Content-Type: multipart/mixed; boundary=\"b{i}\"{End}{End}");
            if (i == 0) mail.Append(CultureInfo.InvariantCulture, $"--b0{End}{Plain(words)}");
            mail.Append(CultureInfo.InvariantCulture, $"--b{i}{End}");
        }
        return mail.Append(Plain("The innermost.")).ToString();
    }

    private static string Attachment(int size, string words)
    {
        var bytes = new byte[size];
        new Random(1).NextBytes(bytes);
        return $"Content-Type: multipart/mixed; boundary=b{End}{End}--b{End}{Plain(words)}--b{End}Content-Type: application/octet-stream; name=plan.bin{End}Content-Transfer-Encoding: base64{End}{End}{Convert.ToBase64String(bytes, Base64FormattingOptions.InsertLineBreaks)}{End}--b--{End}";
    }
}
