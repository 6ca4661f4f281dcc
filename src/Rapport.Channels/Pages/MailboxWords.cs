using System.Globalization;

namespace Rapport.Channels.Pages;

/// <summary>How a connected mailbox stands, in words.</summary>
public static class MailboxWords
{
    /// <summary>A word for lists.</summary>
    public static string Short(MailboxState state) =>
        state.PausedAt is not null ? "paused" : state.SignIn is { Needed: true } ? "sign in" : state.Trouble is { } trouble ? trouble == MailTroubleKind.SentFolder ? "Sent is not read" : "cannot be read" : state.Alarms.Any(a => a.Kind == MailboxAlarmKind.Sending) ? "cannot send" : state.ContactAt is null ? "begins" : state.Folders.Any(f => f.Missing > 0) ? "catching up" : "read";

    /// <summary>A sentence for its page.</summary>
    internal static string Sentence(MailboxState state)
    {
        if (state.PausedAt is not null) return "It is paused: what arrives waits on the server.";
        if (state.SignIn is { Needed: true } needed) return $"It waits for somebody to sign in at {needed.Provider}.";
        if (state.Trouble is { } trouble)
        {
            // What needs somebody stands beneath.
            var said = state.Alarms.Any(a => a.Kind == MailboxAlarmKind.Trouble) ? "" : $" {state.TroubleSaid}";
            if (trouble == MailTroubleKind.SentFolder) return $"What arrives is read{(said.Length == 0 ? ", its Sent folder cannot be." : $".{said}")} It is tried again by itself.";
            return $"It cannot be read just now. It is tried again by itself.{said}";
        }
        if (state.ContactAt is null) return "It is about to be read for the first time.";
        return state.Folders.Sum(f => f.Missing) is > 0 and var missing ? $"{missing.ToString("N0", CultureInfo.InvariantCulture)} mails are still to come, the newest first." : "Everything that is to be read is here.";
    }

    /// <summary>What was left in a folder, and why.</summary>
    internal static string Left(FolderState folder, DateOnly? from)
    {
        var reasons = new List<string>();
        if (folder.Older > 0) reasons.Add($"{folder.Older} older{(from is { } day ? $" than {day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}" : "")}");
        if (folder.TooLarge > 0) reasons.Add($"{folder.TooLarge} too large");
        if (folder.NotGiven > 0) reasons.Add($"{folder.NotGiven} that the server does not give");
        return reasons.Count == 0 ? "nothing" : string.Join(", ", reasons);
    }

    internal static string Of(ServerState server) =>
        $"{server.Host}, port {server.Port}, {server.Security switch { MailSecurity.Tls => "TLS", MailSecurity.StartTls => "STARTTLS", MailSecurity.None => "without TLS" }}{(server.User.Length > 0 ? $", as {server.User}" : "")}{(server.TrustedCertificate is null ? "" : ", by one certificate that is trusted")}";

    internal static string Size(long bytes) => bytes < 1024 * 1024 ? $"{Math.Max(1, bytes / 1024)} kB" : $"{bytes / (1024 * 1024)} MB";
}
