using System.Globalization;
using System.Text;
using MimeKit;
using MimeKit.Text;

namespace Rapport.Demo;

/// <summary>Makes a draft into a complete message (RFC 5322), as its writer's program would: greeting, signature, history, attachments.</summary>
internal sealed class Letters(House ours, int seed)
{
    public DemoMail Write(Draft draft)
    {
        var dice = Dice.For(seed, "letter/" + draft.Key);
        var message = new MimeMessage { Subject = Subject(draft), MessageId = draft.Key, Date = WorkingHours.In(draft.At, draft.Speaker.House(draft.At).Zone) };
        message.From.Add(Mailbox(draft.Speaker, draft.At));
        message.To.AddRange(draft.To.Select(p => Mailbox(p, draft.At)));
        message.Cc.AddRange(draft.Copies.Select(p => Mailbox(p, draft.At)));
        for (var earlier = draft.Answers; earlier is not null; earlier = earlier.Answers) message.References.Insert(0, earlier.Key);
        if (draft.Answers is { } answered) message.InReplyTo = answered.Key;
        Stamp(message, draft, dice);
        message.Body = Body(draft, dice);
        return new DemoMail(draft.Key, draft.At, Bytes(message), Boxes(draft), draft.Speaker.Place(draft.At).Address, Direction(draft.Speaker.IsOurs, draft.To.All(p => p.IsOurs)), draft.Kind, draft.Thread);
    }

    public static DemoDirection Direction(bool fromUs, bool toUs) =>
        fromUs ? toUs ? DemoDirection.Internal : DemoDirection.Outbound : DemoDirection.Inbound;

    private static string[] Boxes(Draft draft) => [.. draft.Everyone.Where(p => p.IsOurs).Select(p => p.Key).Distinct()];

    private static MailboxAddress Mailbox(Someone who, DateTimeOffset at) => new(Encoding.UTF8, who.Name, who.Place(at).Address);

    private static string Subject(Draft draft)
    {
        if (draft.Answers is null) return draft.Subject;
        if (draft.Kind == DemoMailKind.AutomaticReply) return draft.Script.Language switch { "de" => "Automatische Antwort: ", "fr" => "Réponse automatique : ", "es" => "Respuesta automática: ", "pl" => "Odpowiedź automatyczna: ", _ => "Automatic reply: " } + draft.Subject;
        var house = draft.Speaker.House(draft.At);
        return (house.Language == "de" && !house.IsOurs ? "AW: " : draft.Speaker.Voice.Quotes == QuoteStyle.Block ? "RE: " : "Re: ") + draft.Subject;
    }

    /// <summary>What servers leave on a letter; addresses from the blocks kept for documentation (RFC 5737).</summary>
    private void Stamp(MimeMessage message, Draft draft, Dice dice)
    {
        if (!draft.Speaker.IsOurs)
        {
            var domain = draft.Speaker.Place(draft.At).Address.Split('@')[1];
            message.Headers.Insert(0, HeaderId.Received, $"from mx{dice.Between(1, 3)}.{domain} ([203.0.113.{dice.Between(4, 250)}]) by mail.{ours.Domain} with ESMTPS id {dice.Next() % 0xFFFFFFFF:x}; {message.Date.ToString("ddd, dd MMM yyyy HH:mm:ss zzz", CultureInfo.InvariantCulture).Remove(29, 1)}");
            message.Headers.Insert(0, HeaderId.ReturnPath, $"<{draft.Speaker.Place(draft.At).Address}>");
        }
        if (draft.Kind == DemoMailKind.AutomaticReply)
        {
            message.Headers.Add(HeaderId.AutoSubmitted, "auto-replied");
            message.Headers.Add("X-Auto-Response-Suppress", "All");
        }
        else message.Headers.Add(HeaderId.UserAgent, draft.Speaker.Voice.Quotes switch { QuoteStyle.Block => "Harbourmaster Mail 16", QuoteStyle.Marks => "Mole/4.2", _ => "Pocketpost 9" });
    }

    private static MimeEntity Body(Draft draft, Dice dice)
    {
        var travelling = draft.Kind == DemoMailKind.Human && dice.Chance(draft.Speaker.Voice.Travels);
        var (text, history) = (Manners.Dress(draft, travelling, dice), draft.Answers is { } a && draft.Kind == DemoMailKind.Human ? Manners.Quote(a, draft.Speaker.Voice.Quotes, draft.Script.Language) : "");
        draft.Plain = history.Length == 0 ? text : text + "\n\n" + history;
        MimeEntity body = new TextPart(TextFormat.Plain) { Text = draft.Plain + "\n", ContentTransferEncoding = Encoding8(draft.Plain) };
        if (draft.Speaker.Voice.Html && !travelling && draft.Kind == DemoMailKind.Human)
        {
            var html = new TextPart(TextFormat.Html) { Text = Manners.Html(text, draft.Answers is { } q ? q.Plain : null, history), ContentTransferEncoding = ContentEncoding.QuotedPrintable };
            body = Multi("alternative", dice, body, html);
        }
        return draft.Attachments.Count == 0 ? body : Multi("mixed", dice, [body, .. draft.Attachments.Select(each => Papers.Attach(each.Kind, each.Name, draft, dice))]);
    }

    private static ContentEncoding Encoding8(string text) => text.Length < 60 && text.All(char.IsAscii) ? ContentEncoding.SevenBit : ContentEncoding.QuotedPrintable;

    public static Multipart Multi(string kind, Dice dice, params MimeEntity[] parts)
    {
        var multi = kind == "alternative" ? new MultipartAlternative() : new Multipart(kind);
        multi.Boundary = $"=_{dice.Next():x16}";
        foreach (var part in parts) multi.Add(part);
        return multi;
    }

    public static byte[] Bytes(MimeMessage message)
    {
        using var stream = new MemoryStream();
        message.WriteTo(Format, stream);
        return stream.ToArray();
    }

    private static readonly FormatOptions Format = NewFormat();

    private static FormatOptions NewFormat()
    {
        var format = FormatOptions.Default.Clone();
        format.NewLineFormat = NewLineFormat.Dos;
        return format;
    }
}
