using System.Text;
using System.Text.Json;
using Rapport.Channels.Mail;

namespace Rapport.Tests.Channels;

public sealed class MailSourceTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("rapport-mail").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private string Write(string name, string content)
    {
        var path = Path.Combine(folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, Encoding.Latin1.GetBytes(content));
        return path;
    }

    private static List<RawMail> Read(params string[] paths) => [.. MailSource.Read(paths)];

    private static string Text(RawMail mail) => Encoding.Latin1.GetString(mail.Bytes!);

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public void An_mbox_is_cut_at_its_From_lines_and_unquoted(string end)
    {
        var mbox = "From ada@example.com Mon Jun  1 10:00:00 2026\nSubject: 1\n\nFrom now on we write.\n>From here\n>>From there\n\nFrom the year 2000 at 10:30 to 2001 it went well\nend\n\nFrom bob@example.com Mon Jun  1 11:00:00 2026\nSubject: 2\n\ntwo\n".Replace("\n", end);
        var mails = Read(Write("a.mbox", mbox));
        Assert.Equal(2, mails.Count);
        Assert.Equal("Subject: 1\n\nFrom now on we write.\nFrom here\n>From there\n\nFrom the year 2000 at 10:30 to 2001 it went well\nend\n".Replace("\n", end), Text(mails[0]));
        Assert.Equal("Subject: 2\n\ntwo\n".Replace("\n", end), Text(mails[1]));
        Assert.Equal(mails[0].Next, mails[1].Offset);
    }

    [Fact]
    public void Reading_goes_on_from_where_it_stopped()
    {
        var mbox = string.Concat(Enumerable.Range(0, 500).Select(i => $"From a@example.com Mon Jun  1 10:00:00 2026\nSubject: {i}\n\n{new string('x', i * 7)}\n\n"));
        var file = Write("a.mbox", mbox);
        var all = Read(file);
        var rest = MailSource.Read([file], new MailPosition(file, all[250].Offset), TestContext.Current.CancellationToken).ToList();
        Assert.Equal(all.Skip(250).Select(Text), rest.Select(Text));
        Assert.Equal(500, all.Count);
    }

    [Fact]
    public void A_bogus_first_line_and_a_truncated_end_cost_only_themselves()
    {
        var mails = Read(Write("a.mbox", "garbage\nmore garbage\n\nFrom a@example.com Mon Jun  1 10:00:00 2026\nSubject: 1\n\none\n\nFrom a@example.com Mon Jun  1 10:00:00 2026\n"));
        Assert.Equal(3, mails.Count);
        Assert.Contains("a.mbox: the first 22 bytes are no mail", mails[0].Problem);
        Assert.Equal("Subject: 1\n\none\n", Text(mails[1]));
        Assert.Contains("mail 3", mails[2].Problem);
    }

    [Fact]
    public void A_link_to_a_mail_is_read_and_one_that_leads_nowhere_is_named()
    {
        var mail = Write("elsewhere/1.eml", "Subject: 1\n\none\n");
        var box = Directory.CreateDirectory(Path.Combine(folder, "box")).FullName;
        File.CreateSymbolicLink(Path.Combine(box, "a.eml"), mail);
        File.CreateSymbolicLink(Path.Combine(box, "b.eml"), Path.Combine(folder, "gone.eml"));
        Directory.CreateSymbolicLink(Path.Combine(box, "round"), box);
        var (read, broken) = Read(box) is [var one, var other] ? (one, other) : throw new InvalidOperationException("It takes two.");
        Assert.Equal("Subject: 1\n\none\n", Text(read));
        Assert.Equal($"{Path.Combine(box, "b.eml")}: it is a link to something that is not there. Mend the link, or remove it.", broken.Problem);
    }

    [Fact]
    public void Folders_are_walked_in_name_order_and_only_mail_is_taken()
    {
        Write("in/b.eml", "Subject: b\n\n");
        Write("in/B.eml", "Subject: B\n\n");
        Write("in/note.pdf", "%PDF");
        Write("in/box/cur/1:2,S", "Subject: cur\n\n");
        Write("in/box/new/2", "Subject: new\n\n");
        Write("in/box/tmp/3", "Subject: tmp\n\n");
        Write("in/box/.Sent/cur/4", "Subject: sent\n\n");
        Assert.Equal(["Subject: B", "Subject: b", "Subject: sent", "Subject: cur", "Subject: new"], Read(Path.Combine(folder, "in")).Select(m => Text(m).Trim()));
    }

    [Fact]
    public void What_cannot_be_read_is_said_and_the_rest_goes_on()
    {
        var mails = Read(Write("empty.eml", ""), Write("binary.eml", "\0\u0001\u0002PK\u0003\u0004"), Path.Combine(folder, "missing"), Write("box.mbox", "nothing"), Write("ok.eml", "Subject: x\n\n"));
        Assert.Equal([true, true, true, true, false], mails.Select(m => m.Problem is not null));
        Assert.All(mails.Take(4), m => Assert.StartsWith(m.Source, m.Problem));
    }

    [Fact]
    public async Task Inspect_writes_a_line_a_mail_with_readable_letters_and_the_agreed_keys()
    {
        var output = new StringWriter();
        var mail = Write("a.eml", Encoding.Latin1.GetString(Encoding.UTF8.GetBytes("From: Ąda 🙂 <ada@example.com>\nDate: Mon, 1 Jun 2026 10:00:00 +0200\nSubject: Grüße\n\nJa 🙂\n")));
        Assert.Equal(0, await InspectMail.RunAsync([mail, Path.Combine(folder, "none")], output, TestContext.Current.CancellationToken));
        var lines = output.ToString().TrimEnd().Split('\n');
        Assert.Equal(2, lines.Length);
        Assert.Contains("Grüße", lines[0]);
        Assert.Contains("Ąda 🙂", lines[0]);
        var row = JsonDocument.Parse(lines[0]).RootElement;
        Assert.Equal(["file", "messageId", "from", "to", "cc", "date", "subject", "inReplyTo", "references", "automatic", "mayAutoAnswer", "text", "reply", "quoted", "attachments", "bounces", "complaint", "problems"], row.EnumerateObject().Select(p => p.Name));
        Assert.Equal("2026-06-01T10:00:00+02:00", row.GetProperty("date").GetString());
        Assert.Equal(1, JsonDocument.Parse(lines[1]).RootElement.GetProperty("problems").GetArrayLength());
    }

    [Fact]
    public async Task Inspect_reply_writes_file_reply_and_quoted()
    {
        var output = new StringWriter();
        var body = Write("a.txt", "Yes.\n\n> Well?\n");
        await InspectReply.RunAsync([body], output, TestContext.Current.CancellationToken);
        Assert.Equal($$"""{"file":"{{body}}","reply":"Yes.","quoted":"> Well?"}""", output.ToString().TrimEnd());
    }

    [Fact]
    public void The_reference_mailbox_is_read_without_a_loss()
    {
        var mails = Read(Path.Combine(Reference.Folder("mail"), "business.mbox"));
        Assert.Equal((700, 0), (mails.Count, mails.Count(m => m.Problem is not null)));
        Assert.All(mails, m => Assert.NotEqual("", MailReader.Read(m.Bytes!, DateTimeOffset.MaxValue.AddDays(-3)).MessageId));
    }
}
