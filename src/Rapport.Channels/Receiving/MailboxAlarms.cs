using Rapport.Kernel.Calendar;

namespace Rapport.Channels;

/// <summary>What a person must look after. Names are part of the API.</summary>
public enum MailboxAlarmKind
{
    /// <summary>The server cannot be used: it refuses the sign-in, is away, shows a wrong certificate.</summary>
    Trouble,
    /// <summary>The server holds mail that Rapport does not have (V2).</summary>
    Missing,
    /// <summary>Somebody has to sign in at its provider, for the first time or again.</summary>
    SignIn,
    /// <summary>Nothing arrived for longer than is usual here.</summary>
    Silent,
    /// <summary>What was written waits: the server for sending cannot be used.</summary>
    Sending,
}

/// <summary>Something a person must look after.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Sentence">In words, with what to do.</param>
/// <param name="Since">Since when.</param>
public sealed record MailboxAlarm(MailboxAlarmKind Kind, string Sentence, DateTimeOffset? Since);

/// <summary>When a connected mailbox needs a person.</summary>
internal static class MailboxAlarms
{
    // Servers are restarted, lines break: what mends itself within that time is nobody's concern.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <param name="box">How it is connected.</param>
    /// <param name="folders">What is in it.</param>
    /// <param name="now">The moment.</param>
    /// <param name="calendar">The hours it is looked after.</param>
    /// <param name="signIn">How it stands with signing in at a provider.</param>
    /// <param name="unsent">How it sends, where mail waits because it cannot.</param>
    public static IEnumerable<MailboxAlarm> Of(MailboxConnection box, IReadOnlyList<FolderState> folders, DateTimeOffset now, BusinessCalendar calendar, ProviderState? signIn = null, Outbox? unsent = null) =>
        [.. OfReading(box, folders, now, calendar, signIn), .. OfSending(box, now, unsent)];

    // Pausing a mailbox stops reading it: what was written goes out all the same. Where somebody has to sign in again, reading says so for both.
    private static IEnumerable<MailboxAlarm> OfSending(MailboxConnection box, DateTimeOffset now, Outbox? unsent)
    {
        if (unsent?.Trouble is not { } kind || kind == MailTroubleKind.SignInAgain && box.PausedAt is null) yield break;
        if (NeedsAPerson(kind) || now - unsent.TroubleSince > Patience) yield return new(MailboxAlarmKind.Sending, $"What was written cannot be sent, and waits. {unsent.TroubleSaid}", unsent.TroubleSince);
    }

    private static IEnumerable<MailboxAlarm> OfReading(MailboxConnection box, IReadOnlyList<FolderState> folders, DateTimeOffset now, BusinessCalendar calendar, ProviderState? signIn)
    {
        if (box.PausedAt is not null) yield break;
        if (signIn is { Needed: true }) yield return new(MailboxAlarmKind.SignIn, (signIn.Since is null ? AskForTokens.Never(signIn.Provider) : AskForTokens.Ended(signIn.Provider)).Sentence, signIn.EndedAt);
        else if (box.Trouble is { } kind && (NeedsAPerson(kind) || now - box.TroubleSince > Patience)) yield return new(MailboxAlarmKind.Trouble, kind == MailTroubleKind.SentFolder ? box.TroubleSaid ?? "" : $"What arrives cannot be read, and waits on its server. {box.TroubleSaid}", box.TroubleSince);
        foreach (var folder in folders)
        {
            if (folder.Missing > 0 && now - folder.MissingSince > Patience) yield return new(MailboxAlarmKind.Missing, $"{Mails(folder.Missing)} in {folder.Path} {(folder.Missing == 1 ? "is" : "are")} on the server and not here yet, and for a while none came through.", folder.MissingSince);
            if (folder.NotGiven > 0) yield return new(MailboxAlarmKind.Missing, $"{Mails(folder.NotGiven)} in {folder.Path} could not be fetched: the server names {(folder.NotGiven == 1 ? "it" : "them")} and does not give {(folder.NotGiven == 1 ? "it" : "them")}.", null);
            if (box.Trouble is null or MailTroubleKind.SentFolder && folder is { Role: FolderRole.Inbox, LongestGapMinutes: { } gap, LastArrivalAt: { } last } && UsualGap.IsTooLong(gap, last, now, calendar))
                yield return new(MailboxAlarmKind.Silent, $"Nothing has arrived for longer than usual: within business hours it is hardly ever silent for more than {Span(gap)}. Write it a mail from elsewhere, and see whether it comes.", last);
        }
    }

    private static bool NeedsAPerson(MailTroubleKind kind) => kind switch
    {
        MailTroubleKind.SignInRefused or MailTroubleKind.Certificate or MailTroubleKind.NoStartTls or MailTroubleKind.NotMail or MailTroubleKind.SecretLost or MailTroubleKind.SignInAgain => true,
        MailTroubleKind.NameUnknown or MailTroubleKind.Refused or MailTroubleKind.Timeout or MailTroubleKind.Dropped or MailTroubleKind.ServerSays or MailTroubleKind.TooMuch or MailTroubleKind.Ours or MailTroubleKind.SentFolder => false,
    };

    private static string Mails(int count) => count == 1 ? "1 mail" : $"{count} mails";

    private static string Span(int minutes) => minutes < 120 ? $"{minutes} minutes" : $"{minutes / 60} hours";
}
