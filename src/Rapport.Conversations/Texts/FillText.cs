using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Rapport.Channels;
using Rapport.Customers;
using Rapport.Kernel.Calendar;
using Rapport.Kernel.Database;
using Rapport.Kernel.Installation;
using Rapport.Members;

namespace Rapport.Conversations;

/// <summary>Puts saved texts into what is being written, filled in for whom it goes to.</summary>
public sealed partial class FillText(RapportDb db, SavedTexts texts, TimeProvider clock)
{
    /// <summary>The fields there are, for pages that explain them.</summary>
    public static IReadOnlyList<string> Fields { get; } = ["person.name", "person.given_name", "person.family_name", "person.address", "organization.name", "me.name", "me.address", "us.name", "conversation.subject", "today"];

    /// <summary>The words with a chosen text at their end, and with each <c>;shortcut</c> replaced by its text. Refused when a field is not known.</summary>
    public async Task<Result<DraftWords>> IntoAsync(DraftWords words, string? chosen, Actor by, CancellationToken ct)
    {
        var values = await ValuesAsync(words, by, ct);
        if (IId<SavedTextId>.TryParse(chosen, null, out var id))
        {
            if (await texts.FindAsync(id, ct) is not { } text) return Refusal.Missing("text");
            if (!(await Template.FillAsync(text.Text, values)).Succeeded(out var filled, out var refusal)) return refusal;
            words = words with { Text = string.IsNullOrWhiteSpace(words.Text) ? filled : $"{words.Text.TrimEnd()}\n\n{filled}" };
            if (text.Subject.Length > 0 && string.IsNullOrWhiteSpace(words.Subject))
            {
                if (!(await Template.FillAsync(text.Subject, values)).Succeeded(out var subject, out refusal)) return refusal;
                words = words with { Subject = subject };
            }
        }
        return await ExpandAsync(words, values, ct);
    }

    /// <summary>A mail begun with the text that is saved under a shortcut, else with the one given; filled in for whom it goes to, with a group of fields more.</summary>
    public async Task<Result<DraftWords>> BeginAsync(DraftWords words, string shortcut, string otherwise, (string Name, IReadOnlyDictionary<string, string?> Fields) more, Actor by, CancellationToken ct)
    {
        var values = await ValuesAsync(words, by, ct);
        values[more.Name] = Known([.. more.Fields.Select(f => (f.Key, f.Value))]);
        var text = await db.Set<SavedText>().Where(t => t.Shortcut == shortcut).Select(t => t.Text).SingleOrDefaultAsync(ct) ?? otherwise;
        return (await Template.FillAsync(text, values)).Succeeded(out var filled, out var refusal) ? words with { Text = filled } : refusal;
    }

    /// <summary>A text filled in for the member who writes, as under their mails.</summary>
    internal static async Task<string> SignatureAsync(RapportDb db, string text, Actor by, CancellationToken ct)
    {
        if (text.Length == 0) return "";
        var values = new Dictionary<string, object>();
        await AddUsAsync(db, values, by, ct);
        // What cannot be filled in is seen by whoever reads it: nobody's mail waits for a signature.
        return (await Template.FillAsync(text, values)).Succeeded(out var filled, out _) ? filled : text;
    }

    /// <summary>The fields of an acknowledgement, for pages that explain them.</summary>
    public static IReadOnlyList<string> AcknowledgementFields { get; } = ["person.name", "person.given_name", "person.address", "organization.name", "us.name", "us.hours", "answer.who", "answer.by", "today"];

    /// <summary>An acknowledgement filled in for whom it goes to. No member writes it.</summary>
    /// <param name="text">The words with fields.</param>
    /// <param name="to">To whom.</param>
    /// <param name="who">Who will answer: a member or a team; null while nobody knows.</param>
    /// <param name="by">By when, in words; null when nobody has accepted a time.</param>
    /// <param name="calendar">Whose hours are ours here.</param>
    /// <param name="ct">Stops it.</param>
    internal async Task<Result<string>> AcknowledgementAsync(string text, Channels.Mail.Correspondent to, string? who, string? by, BusinessCalendar calendar, CancellationToken ct)
    {
        var values = await ValuesAsync(new(DraftKind.Answer, null, null, null, RecipientText.Write([to]), null, null, null, null), Actor.Rapport, ct);
        values.Remove("me");
        values["answer"] = Known(("who", who), ("by", by));
        if (await db.InstallationAsync(ct) is { } us) values["us"] = Known(("name", us.Name), ("hours", HoursInWords.Of(calendar)));
        return await Template.FillAsync(text, values);
    }

    private async Task<Result<DraftWords>> ExpandAsync(DraftWords words, Dictionary<string, object> values, CancellationToken ct)
    {
        var text = words.Text ?? "";
        foreach (var shortcut in Shortcut().Matches(text).Select(m => m.Groups[1].Value.ToLowerInvariant()).Distinct().Take(20))
        {
            if (await db.Set<SavedText>().AsNoTracking().SingleOrDefaultAsync(t => t.Shortcut == shortcut, ct) is not { } saved) continue;
            if (!(await Template.FillAsync(saved.Text, values)).Succeeded(out var filled, out var refusal)) return refusal;
            text = Shortcut().Replace(text, m => m.Groups[1].Value.Equals(shortcut, StringComparison.OrdinalIgnoreCase) ? filled : m.Value);
        }
        return words with { Text = text };
    }

    private async Task<Dictionary<string, object>> ValuesAsync(DraftWords words, Actor by, CancellationToken ct)
    {
        var values = new Dictionary<string, object>();
        await AddUsAsync(db, values, by, ct);
        if (await db.InstallationAsync(ct) is { } installation) values["today"] = TimeZoneInfo.ConvertTime(clock.GetUtcNow(), installation.TimeZone).ToString("d MMMM yyyy", System.Globalization.CultureInfo.GetCultureInfo("en-GB"));
        if (words.Conversation is { } conversation && await db.ConversationsFor(by).Where(c => c.Id == conversation).Select(c => c.Subject).SingleOrDefaultAsync(ct) is { Length: > 0 } subject) values["conversation"] = Known(("subject", subject));
        if (!RecipientText.Read(words.To, "to").Succeeded(out var to, out _) || to is not [var first, ..]) return values;
        var key = EmailAddresses.Key(first.Address);
        var person = await (from c in db.Set<ContactPoint>() where c.Kind == ContactKind.Email && c.Value == key join p in db.Persons() on c.Party equals p.Id where p.ArchivedAt == null select new { p.Id, p.Name, p.GivenName, p.FamilyName }).AsNoTracking().FirstOrDefaultAsync(ct);
        values["person"] = Known(("name", person?.Name ?? first.Name), ("given_name", person?.GivenName), ("family_name", person?.FamilyName), ("address", first.Address));
        if (person is null) return values;
        var today = await db.TodayAsync(clock, ct);
        var organization = await (from a in db.Set<Affiliation>() where a.Person == person.Id && a.Organization != OurOrganization.Id && (a.From == null || a.From <= today) && (a.Until == null || a.Until >= today) join o in db.Organizations() on a.Organization equals o.Id orderby a.Proposed, a.Id select o.Name).FirstOrDefaultAsync(ct);
        if (organization is not null) values["organization"] = Known(("name", organization));
        return values;
    }

    private static async Task AddUsAsync(RapportDb db, Dictionary<string, object> values, Actor by, CancellationToken ct)
    {
        var address = await db.Set<Member>().Where(m => m.Id == by.Id).Select(m => m.Email).SingleOrDefaultAsync(ct);
        values["me"] = Known(("name", by.Name), ("address", address));
        if (await db.InstallationAsync(ct) is { } installation) values["us"] = Known(("name", installation.Name));
    }

    // What is empty is not known.
    private static Dictionary<string, object> Known(params (string Name, string? Value)[] all) => all.Where(v => !string.IsNullOrEmpty(v.Value)).ToDictionary(v => v.Name, v => (object)v.Value!);

    [GeneratedRegex(@"(?<![\w;]);([\p{L}\p{Nd}][\p{L}\p{Nd}-]{0,29})(?![\w-])")]
    private static partial Regex Shortcut();
}
