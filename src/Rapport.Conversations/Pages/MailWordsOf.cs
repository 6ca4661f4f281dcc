using System.Globalization;
using Rapport.Channels.Mail;
using Rapport.Design;

namespace Rapport.Conversations.Pages;

/// <summary>What pages say of the mail that something came by.</summary>
internal static class MailWordsOf
{
    /// <summary>What is known of a seal without its keys.</summary>
    public static string Seal(MailSeal seal) => seal switch
    {
        MailSeal.SignedSmime => "signed (S/MIME), not checked",
        MailSeal.SignedPgp => "signed (PGP), not checked",
        MailSeal.EncryptedSmime => "encrypted (S/MIME): open it in your mail program",
        MailSeal.EncryptedPgp => "encrypted (PGP): open it in your mail program",
    };

    public static bool IsEncrypted(MailSeal? seal) => seal is MailSeal.EncryptedSmime or MailSeal.EncryptedPgp;

    /// <summary>What a calendar that came is about.</summary>
    public static string Method(InvitationMethod method) => method switch
    {
        InvitationMethod.Request => "Invitation",
        InvitationMethod.Cancel => "Cancelled",
        InvitationMethod.Reply => "Answer to an invitation",
        InvitationMethod.Counter => "Another time proposed",
        InvitationMethod.Publish => "In the calendar",
    };

    public static string Answer(Attendance answer) => answer switch
    {
        Attendance.Accepted => "comes",
        Attendance.Tentative => "perhaps",
        Attendance.Declined => "does not come",
        Attendance.Unanswered => "has not answered",
    };

    /// <summary>When it is, on the reader's clock: "Thu 3 Dec, 14:00 to 15:00", "Thu 3 Dec to Fri 4 Dec".</summary>
    public static string When(Invitation meeting, LocalTime local)
    {
        if (meeting.FirstDay is { } first) return meeting.LastDay is { } last && last > first ? $"{Day(first, local)} to {Day(last, local)}" : Day(first, local);
        if (meeting.Start is not { } start) return "no time was given";
        var from = local.At(start);
        var begins = $"{Day(DateOnly.FromDateTime(from.DateTime), local)}, {Clock(from)}";
        if (meeting.End is not { } end || end <= start) return begins;
        var to = local.At(end);
        return from.Date == to.Date ? $"{begins} to {Clock(to)}" : $"{begins} to {Day(DateOnly.FromDateTime(to.DateTime), local)}, {Clock(to)}";
    }

    private static string Day(DateOnly day, LocalTime local) => day.ToString(day.Year == local.Today.Year ? "ddd d MMM" : "ddd d MMM yyyy", local.Culture);

    private static string Clock(DateTimeOffset at) => at.ToString("HH:mm", CultureInfo.InvariantCulture);
}
