using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CsCheck;
using Rapport.Channels.Mail;

namespace Rapport.Tests.Channels;

public class MailReaderTests
{
    // Seconds: linear work takes far less even on a machine under load, quadratic work minutes.
    private const int HangsBeyond = 30;

    private static readonly DateTimeOffset Now = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);
    private const string Plain = "From: Ada Example <ada@example.com>\nTo: bob@example.org\nDate: Mon, 1 Jun 2026 10:00:00 +0200\nMessage-ID: <1@example.com>\nSubject: Pumps\n";

    private static ReadMail Read(string mail) => MailReader.Read(Encoding.Latin1.GetBytes(mail), Now);

    [Fact]
    public void A_plain_mail_is_read_whole()
    {
        var mail = Read(Plain + "In-Reply-To: <a@x.example> <b@x.example>\nReferences: <c@x.example>\n <a@x.example>\nCc: \"Carol, Dr.\" <carol@example.net>\n\nYes.\n\nOn 1 Jun 2026 at 09:00, Bob wrote:\n> Well?\n");
        Assert.Equal(new Correspondent("Ada Example", "ada@example.com"), mail.From);
        Assert.Equal(new Correspondent("Carol, Dr.", "carol@example.net"), Assert.Single(mail.Cc));
        Assert.Equal(new DateTimeOffset(2026, 6, 1, 10, 0, 0, TimeSpan.FromHours(2)), mail.Date);
        Assert.Equal(["a@x.example", "b@x.example"], mail.InReplyTo);
        Assert.Equal(["c@x.example", "a@x.example"], mail.References);
        Assert.Equal(("1@example.com", "Yes.", false), (mail.MessageId, mail.Reply, mail.MessageIdIsMade));
        Assert.Equal((MailKind.Human, false, true), (mail.Kind, mail.Automatic, mail.MayAutoAnswer));
        Assert.Empty(mail.Problems);
    }

    [Theory]
    [InlineData("\"Ada Example\" <>")]
    [InlineData("Ada Example <>")]
    public void A_sender_without_an_address_is_shown_by_name_and_never_answered(string from)
    {
        var mail = Read($"From: {from}\nTo: bob@example.org\nMessage-ID: <1@example.com>\nSubject: Pumps\n\nHello\n");
        Assert.Equal(new Correspondent("Ada Example", ""), mail.From);
        Assert.False(mail.MayAutoAnswer);
        Assert.Contains(mail.Problems, p => p.Contains("without an address", StringComparison.Ordinal));
    }

    [Fact]
    public void A_missing_Message_ID_is_made_from_the_content_whatever_way_the_mail_came()
    {
        const string content = "From: ada@example.com\r\nDate: Mon, 1 Jun 2026 10:00:00 +0200\r\nSubject: x\r\n\r\nHello\r\n";
        var (one, other) = (Read(content), Read("Received: by example.net; Mon, 1 Jun 2026 10:00:01 +0200\n" + content.Replace("\r\n", "\n")));
        Assert.True(one.MessageIdIsMade);
        Assert.Equal(one.MessageId, other.MessageId);
        Assert.NotEqual(one.MessageId, Read(content + "!").MessageId);
    }

    [Theory]
    [InlineData("Fri, 24 Apr 2026 10:00:00 +0000", "2026-06-01T09:00:00Z", 1)]
    [InlineData("Wed, 27 May 2026 10:00:00 +0000", "2026-05-27T10:00:00Z", 0)]
    [InlineData("Mon, 1 Jun 2026 08:58:00 +0000", "2026-06-01T08:58:00Z", 0)]
    public void A_date_far_from_when_the_mail_was_handed_in_is_a_wrong_clock(string date, string when, int problems)
    {
        var mail = Read($"Received: from b by c; Mon, 1 Jun 2026 09:00:20 +0000\nReceived: from a by b; Mon, 1 Jun 2026 09:00:00 +0000\nFrom: ada@example.com\nDate: {date}\n\nHello");
        Assert.Equal(DateTimeOffset.Parse(when, CultureInfo.InvariantCulture), mail.Date);
        Assert.Equal(problems, mail.Problems.Count(p => p.Contains("far from when it was handed in", StringComparison.Ordinal)));
    }

    [Fact]
    public void An_old_mail_that_is_passed_on_keeps_its_date()
    {
        var mail = Read("Received: from archive by us; Mon, 1 Jun 2026 09:00:00 +0000\nReceived: from a by b; Fri, 24 Apr 2020 10:00:05 +0000\nFrom: ada@example.com\nMessage-ID: <old@example.com>\nDate: Fri, 24 Apr 2020 10:00:00 +0000\n\nHello");
        Assert.Equal(new DateTimeOffset(2020, 4, 24, 10, 0, 0, TimeSpan.Zero), mail.Date);
        Assert.Empty(mail.Problems);
    }

    [Theory]
    [InlineData("Date: Mon, 1 Jan 1900 00:00:00 +0000\n")]
    [InlineData("Date: Fri, 1 Jan 2100 00:00:00 +0000\n")]
    [InlineData("Date: the day before\n")]
    [InlineData("")]
    public void A_date_that_cannot_be_right_gives_way_to_the_one_of_receipt(string date)
    {
        var mail = Read($"Received: from a by b; Mon, 1 Jun 2026 09:00:00 +0000\nFrom: ada@example.com\nMessage-ID: <1@x.example>\n{date}\nHello");
        Assert.Equal(new DateTimeOffset(2026, 6, 1, 9, 0, 0, TimeSpan.Zero), mail.Date);
        Assert.Contains("date", Assert.Single(mail.Problems));
        Assert.Null(Read($"From: ada@example.com\n{date}\nHello").Date);
    }

    [Theory]
    [InlineData("Auto-Submitted: no\nPrecedence: bulk\n", MailKind.Human, false, false)]
    [InlineData("Auto-Submitted: no\n", MailKind.Human, false, true)]
    [InlineData("Auto-Submitted: auto-replied (vacation)\n", MailKind.Robot, true, false)]
    [InlineData("Return-Path: <>\n", MailKind.Robot, true, false)]
    [InlineData("List-Id: <friends.example.org>\nList-Post: <mailto:friends@example.org>\n", MailKind.List, false, false)]
    [InlineData("List-Unsubscribe: <https://example.com/u>\nFeedback-ID: 1\n", MailKind.Newsletter, true, false)]
    [InlineData("List-Unsubscribe: <https://example.com/u>\nIn-Reply-To: <q@example.org>\n", MailKind.Unsure, false, false)]
    [InlineData("X-Auto-Response-Suppress: All\n", MailKind.Unsure, false, false)]
    [InlineData("Subject: Abwesenheitsnotiz: Pumpen\n", MailKind.Unsure, false, false)]
    [InlineData("Subject: Automatic reply: Pumps\nX-Auto-Response-Suppress: All\n", MailKind.Robot, true, false)]
    [InlineData("Subject: Re: I am out of office\n", MailKind.Human, false, true)]
    public void Automatic_and_not_to_be_answered_are_two_judgements(string headers, MailKind kind, bool automatic, bool mayAnswer)
    {
        var mail = Read($"{headers}From: ada@example.com\nDate: Mon, 1 Jun 2026 10:00:00 +0200\n\nHello");
        Assert.Equal((kind, automatic, mayAnswer), (mail.Kind, mail.Automatic, mail.MayAutoAnswer));
        Assert.EndsWith(".", mail.Reason);
    }

    [Fact]
    public void A_sender_that_takes_no_answers_is_a_robot_unless_it_answers_us()
    {
        Assert.Equal(MailKind.Robot, Read("From: no-reply@example.com\n\nYour parcel").Kind);
        Assert.Equal(MailKind.Unsure, Read("From: no-reply@example.com\nIn-Reply-To: <1@example.org>\n\nHello, Ada here").Kind);
    }

    [Theory]
    [InlineData("utf-8", "windows-1252", "Grüße aus Köln und schöne Tage")]
    [InlineData("us-ascii", "utf-8", "Grüße")]
    [InlineData("iso-8859-1", "utf-8", "Grüße")]
    [InlineData("no-such-charset", "utf-8", "Grüße")]
    [InlineData("iso-8859-1", "windows-1252", "“quoted” – €5")]
    [InlineData("koi8-r", "koi8-r", "Привет, как дела")]
    [InlineData("us-ascii", "windows-1251", "Добрый день, насос сломался вчера вечером, пришлите мастера")]
    [InlineData("iso-2022-jp", "iso-2022-jp", "ポンプが壊れました")]
    public void Text_is_read_in_the_charset_it_is_in_not_the_one_it_claims(string claimed, string real, string text)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var bytes = Encoding.ASCII.GetBytes($"From: ada@example.com\nContent-Type: text/plain; charset={claimed}\n\n").Concat(Encoding.GetEncoding(real).GetBytes(text)).ToArray();
        Assert.Equal(text, MailReader.Read(bytes, Now).Text);
    }

    [Fact]
    public void Attachments_are_named_sized_and_hashed_and_a_path_in_the_name_is_dropped()
    {
        var content = Encoding.UTF8.GetBytes("pump,3\n");
        var mail = Read(Plain + "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nSee the table.\n--b\nContent-Type: text/csv\nContent-Disposition: attachment; filename=\"../../etc/table.csv\"\nContent-Transfer-Encoding: base64\n\n"
            + Convert.ToBase64String(content) + "\n--b--\n");
        var file = Assert.Single(mail.Attachments);
        Assert.Equal(("table.csv", "text/csv", 7L, Convert.ToHexStringLower(SHA256.HashData(content))), (file.Name, file.ContentType, file.Size, file.Sha256));
        using var opened = new StreamReader(file.Open());
        Assert.Equal("pump,3\n", opened.ReadToEnd());
        Assert.Equal("See the table.", mail.Reply);
    }

    [Theory]
    [InlineData("photo\u202egpj.exe", "photogpj.exe")]
    [InlineData("..\\..\\setup.exe", "setup.exe")]
    [InlineData("C:\\Users\\ada\\plan.pdf", "plan.pdf")]
    [InlineData("..", "part-1.bin")]
    public void The_name_of_a_file_shows_what_it_is_and_leads_nowhere(string given, string shown)
    {
        var name = Convert.ToBase64String(Encoding.UTF8.GetBytes(given));
        var mail = Read(Plain + $"Content-Type: application/octet-stream\nContent-Disposition: attachment; filename=\"=?utf-8?B?{name}?=\"\n\nx");
        Assert.Equal(shown, Assert.Single(mail.Attachments).Name);
    }

    [Theory]
    [InlineData("From: post_master@example.net\nSubject: Re:Hello\nIn-Reply-To: <1@example.com>\n")]
    [InlineData("From: harbour-admin@lists.example.org\nSubject: You are not a member\nX-MLServer: fml 4\nReferences: <1@example.com>\n")]
    public void A_mail_system_or_list_server_that_writes_in_its_own_name_is_a_robot(string headers) => Assert.True(Read(headers + "\nNo such user.").Automatic);

    [Fact]
    public void Html_alone_becomes_text_with_its_quotes_marked()
    {
        var mail = Read(Plain + "Content-Type: text/html; charset=utf-8\n\n<style>p{}</style><p>Blue &amp; large.</p><div>On 1 Jun 2026 at 09:00, Bob &lt;<a href=\"mailto:bob@example.org\">bob@example.org</a>&gt; wrote:<br></div><blockquote><div>Which one?</div></blockquote>");
        Assert.Equal("Blue & large.", mail.Reply);
        Assert.EndsWith("> Which one?", mail.Quoted);
    }

    [Fact]
    public void A_header_cannot_be_smuggled_in_by_an_encoded_line_break()
    {
        var mail = Read("From: =?utf-8?Q?Ada=0D=0ABcc:_x@example.net?= <ada@example.com>\nSubject: =?utf-8?Q?a=0D=0ABcc:_x@example.net=00?=\n\nHello\0there");
        Assert.DoesNotContain('\n', mail.Subject + mail.From!.Name);
        Assert.DoesNotContain('\0', mail.Subject + mail.Text);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\0\0\0\0")]
    [InlineData("no headers here at all")]
    [InlineData("\n\n\n")]
    [InlineData("From:")]
    [InlineData("From: <<<>>>@@@\nTo: ,,,;;:\nDate: 99\nReferences: <<<<\n\n")]
    [InlineData("Content-Type: multipart/mixed; boundary=\"\"\n\n--\n----\n")]
    [InlineData("Content-Type: multipart/mixed\n\n--x\n")]
    [InlineData("Content-Type: message/rfc822\n\n")]
    [InlineData("Content-Type: text/plain; charset=utf-16\n\nabc")]
    [InlineData("Content-Transfer-Encoding: base64\nContent-Type: text/plain\n\nQUJD*&^%QUJ")]
    public void Broken_mail_is_a_mail_with_problems_never_an_exception(string mail) => Assert.NotEmpty(Read(mail).Problems);

    [Fact]
    public void Base64_that_is_none_is_decoded_as_far_as_it_goes_and_said()
    {
        var mail = Read(Plain + "Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\nSGVsbG8g*&^dGhlcmU=\n");
        Assert.StartsWith("Hello", mail.Text);
        Assert.Contains("base64", Assert.Single(mail.Problems));
        Assert.Empty(Read(Plain + "Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\nSGVsbG8gdGhlcmU=\n\n").Problems);
    }

    [Fact]
    public void Random_bytes_are_survived() =>
        Check.Sample(Gen.Byte.Array[0, 600], bytes => { MailReader.Read([.. "Content-Type: multipart/mixed; boundary=a\n"u8, .. bytes], Now); }, iter: 3_000);

    [Fact]
    public void A_thousand_nested_parts_are_survived_and_said()
    {
        var mail = new StringBuilder(Plain);
        for (var i = 0; i < 1_000; i++) mail.Append($"Content-Type: multipart/mixed; boundary=b{i}\n\n--b{i}\n");
        mail.Append("Content-Type: text/plain\n\nDeep\n");
        Assert.Contains(Read(mail.ToString()).Problems, p => p.Contains("too deep"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Content-Type: multipart/mixed; boundary=b\n\n--b\n")]
    [InlineData("Content-Type: message/rfc822\n\n")]
    public void A_header_of_ten_megabytes_is_cut_wherever_it_stands(string before)
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var mail = Read($"{Plain}{before}X-Long: {new string('x', 5_000_000)}\n{string.Concat(Enumerable.Repeat(" more\n", 1_000_000))}\nHello\n");
        Assert.Contains(mail.Problems, p => p.Contains("longer than any real one"));
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, HangsBeyond);
    }

    [Fact]
    public void A_long_indented_text_is_no_header()
    {
        var yaml = "\nroot:\n" + string.Concat(Enumerable.Repeat("  key: value\n", 20_000));
        Assert.Equal(yaml.Trim(), Read(Plain + yaml).Text.Trim());
    }

    [Fact]
    public void Fifty_megabytes_and_five_thousand_recipients_are_read()
    {
        var line = new string('A', 76) + "\n";
        var recipients = string.Join(",\n ", Enumerable.Range(0, 5_000).Select(i => $"Person {i} <p{i}@example.com>"));
        var mail = Read($"{Plain}Cc: {recipients}\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: application/zip; name=big.zip\nContent-Transfer-Encoding: base64\n\n{string.Concat(Enumerable.Repeat(line, 650_000))}--b--\n");
        Assert.Equal(5_000, mail.Cc.Count);
        Assert.Equal(57L * 650_000, Assert.Single(mail.Attachments).Size);
    }
}
