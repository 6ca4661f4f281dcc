using System.Text.Json;
using Rapport.Channels.Mail;

namespace Rapport.Tests.Channels;

/// <summary>The bounces of many mail systems, labelled by others, and how far reading agrees with them.</summary>
public class ReferenceBouncesTests(ITestOutputHelper output)
{
    private sealed record Label(string Status, string Reply, string Reason, bool Hard, string Feedback);

    private sealed record Score(int Right, int Of)
    {
        public double Share => (double)Right / Of;
        public override string ToString() => $"{Right} of {Of}";
    }

    [Fact]
    public void Nearly_every_recipient_is_found_and_rightly_called_gone_or_not_and_every_report_is_automatic()
    {
        var folder = Reference.Folder("bounces");
        var labels = JsonSerializer.Deserialize<Dictionary<string, Label[]>>(File.ReadAllText(Path.Combine(folder, "labels.json")), JsonSerializerOptions.Web)!;
        var mails = labels.Keys.ToDictionary(f => f, f => MailReader.Read(File.ReadAllBytes(Path.Combine(folder, f)), new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero)));
        foreach (var (file, mail) in mails) Say(file, mail, labels[file]);

        var found = new Score(labels.Sum(l => Math.Min(l.Value.Length, Found(mails[l.Key]))), labels.Sum(l => l.Value.Length));
        var tooMany = labels.Sum(l => Math.Max(0, Found(mails[l.Key]) - l.Value.Length));
        var hard = new Score(labels.Sum(l => Agreeing(l.Value, mails[l.Key])), found.Of);
        var automatic = new Score(mails.Values.Count(m => m.Automatic && !m.MayAutoAnswer), mails.Count);
        output.WriteLine($"recipients found {found}, invented {tooMany}; hard or not {hard}; automatic {automatic}");

        Assert.InRange(found.Share, 0.98, 1);
        Assert.Equal(0, tooMany);
        // Where a server says "no such user" the labels mostly say gone, and sometimes only refused: ours are always gone.
        Assert.InRange(hard.Share, 0.93, 1);
        Assert.Equal(mails.Count, automatic.Right);
    }

    private static int Found(ReadMail mail) => mail.Complaint is { Recipient.Length: > 0 } ? 1 : mail.Bounces.Count(b => b.Recipient.Contains('@', StringComparison.Ordinal));

    // The labels do not name the recipients: rows are compared in the order of the report.
    private static int Agreeing(Label[] rows, ReadMail mail) =>
        mail.Complaint is { } complaint ? rows.Count(r => r.Feedback == complaint.Type) : rows.Zip(mail.Bounces).Count(p => p.First.Hard == (p.Second.Kind == BounceKind.Hard));

    private void Say(string file, ReadMail mail, Label[] rows)
    {
        for (var i = 0; i < Math.Max(rows.Length, mail.Bounces.Count); i++)
        {
            var (row, bounce) = (rows.ElementAtOrDefault(i), mail.Bounces.ElementAtOrDefault(i));
            if (row is null || bounce is null || row.Hard != (bounce.Kind == BounceKind.Hard) || !mail.Automatic)
                output.WriteLine($"{file}: {row?.Status} {row?.Reason} hard={row?.Hard} | {(mail.Automatic ? "" : "NOT AUTOMATIC ")}{bounce?.Kind} {bounce?.Status} {bounce?.Recipient} {bounce?.Diagnostic} {mail.Complaint}");
        }
    }
}
