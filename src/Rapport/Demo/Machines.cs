using System.Text;
using MimeKit;
using MimeKit.Text;

namespace Rapport.Demo;

/// <summary>What no person writes: newsletters, alerts, parcel news, and the answers of the absent (RFC 3834).</summary>
internal sealed class Machines(CastBook book, int seed, DateTimeOffset now)
{
    public IEnumerable<DemoMail> Year()
    {
        foreach (var script in Scripts.All.Where(s => s.Every > 0))
        {
            var dice = Dice.For(seed, "machine/" + script.Name);
            for (var at = now.AddDays(-364 + dice.Between(0, script.Every)); at < now.AddMinutes(-20); at = at.AddDays(script.Every * dice.Between(script.Kind == "newsletter" ? 0.97 : 0.3, script.Kind == "newsletter" ? 1.03 : 1.7)))
                yield return Write(script, script.Kind == "newsletter" ? new DateTimeOffset(at.Date.AddHours(5.2).AddMinutes(dice.Below(90)), TimeSpan.Zero) : at, dice);
        }
    }

    private DemoMail Write(Script script, DateTimeOffset at, Dice dice)
    {
        if (at > now) at = now.AddMinutes(-30);
        var house = dice.Pick([.. book.Houses.Where(h => h.Standing == "customer" && h.Language == "en")]);
        var blanks = new Blanks(script, house, new Dictionary<string, Someone>(), new Dictionary<string, DateTime>(), at, dice);
        var prose = new Prose(dice, blanks.Fill, (_, _) => throw new FormatException("machines promise nothing"));
        var (name, address) = Sender(script.Sender);
        var key = $"{dice.Next():x}.auto@{address.Split('@')[1]}";
        var (box, step) = (book.Member(dice.Pick(script.Boxes)), dice.Pick(script.Steps));
        var message = new MimeMessage { Subject = prose.Expand(step.Subject ?? script.Subject), MessageId = key, Date = at };
        message.From.Add(new MailboxAddress(Encoding.UTF8, name, address));
        message.To.Add(new MailboxAddress(Encoding.UTF8, box.Name, box.Key));
        if (script.Kind == "newsletter")
        {
            message.Headers.Add(HeaderId.ListId, $"{name} <list.{address.Split('@')[1]}>");
            message.Headers.Add(HeaderId.ListUnsubscribe, $"<https://{address.Split('@')[1]}/leave>");
            message.Headers.Add(HeaderId.ListUnsubscribePost, "List-Unsubscribe=One-Click");
            message.Headers.Add(HeaderId.Precedence, "bulk");
        }
        else message.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        message.Body = new TextPart(TextFormat.Plain) { Text = prose.Expand(step.Text) + "\n", ContentTransferEncoding = ContentEncoding.QuotedPrintable };
        return new DemoMail(key, at, Letters.Bytes(message), [box.Key], address, DemoDirection.Inbound, script.Kind == "newsletter" ? DemoMailKind.Newsletter : DemoMailKind.Robot, key);
    }

    private static (string, string) Sender(string text) => (text[..text.IndexOf('<')].Trim(), text[(text.IndexOf('<') + 1)..].TrimEnd('>'));

    /// <summary>An absence answer to a mail whose hearer says nothing for days.</summary>
    public Draft? Absence(Draft mail, Performance whole)
    {
        var dice = Dice.For(seed, "absence/" + mail.Key);
        var (away, language) = (mail.To[0], mail.Script.Language);
        if (mail.Script.House is not null || mail.Speaker.IsOurs == away.IsOurs || !dice.Chance(0.07) || now - mail.At < TimeSpan.FromDays(12)) return null;
        var back = WorkingHours.AddWorkdays(mail.At.DateTime, dice.Between(2, 8));
        if (whole.Drafts.Exists(d => d.Speaker == away && d.At > mail.At && d.At < back)) return null;
        var colleague = away.House(mail.At).People.Find(p => p != away && p.House(mail.At) == away.House(mail.At)) ?? away;
        var words = dice.Pick(Scripts.Lists["absence." + language]).Replace("BACK", DuePhrases.Day(back, language), StringComparison.Ordinal)
            .Replace("COLLEAGUE", $"{colleague.Said} ({colleague.Place(mail.At).Address})", StringComparison.Ordinal).Replace("NAME", away.Said, StringComparison.Ordinal).Replace(" // ", "\n\n", StringComparison.Ordinal);
        return new Draft
        {
            Key = $"{dice.Next():x}.oof@{away.Place(mail.At).Address.Split('@')[1]}", At = mail.At.AddSeconds(dice.Between(4, 90)), Step = mail.Step, Script = mail.Script, House = mail.House, Speaker = away,
            To = [mail.Speaker], Copies = [], Subject = mail.Subject, Words = words, Turn = 1, Answers = mail, Thread = mail.Thread, Attachments = [], Kind = DemoMailKind.AutomaticReply,
        };
    }
}
