namespace Rapport.Channels;

/// <summary>What is the same for everybody at the two providers that most mailboxes lie at: all that remains to be given is the id and the secret by which Rapport is registered there.</summary>
public static class KnownProviders
{
    /// <summary>Google, with Gmail and Workspace. It gives a refresh token only when it is asked for offline access, and on a second sign-in only when it is asked for consent again.</summary>
    public static NewMailProvider Google { get; } = new("Google", null, null, "https://accounts.google.com/o/oauth2/v2/auth?access_type=offline&prompt=consent", "https://oauth2.googleapis.com/token", "https://mail.google.com/", "tls://imap.gmail.com:993", "tls://smtp.gmail.com:465");

    /// <summary>Microsoft 365 and Outlook; for one organisation alone "common" is replaced by its tenant.</summary>
    public static NewMailProvider Microsoft { get; } = new("Microsoft", null, null, "https://login.microsoftonline.com/common/oauth2/v2.0/authorize", "https://login.microsoftonline.com/common/oauth2/v2.0/token",
        "offline_access https://outlook.office.com/IMAP.AccessAsUser.All https://outlook.office.com/SMTP.Send", "tls://outlook.office365.com:993", "starttls://smtp.office365.com:587");

    /// <summary>Any other, as it is most often set up.</summary>
    public static NewMailProvider Other { get; } = new(null, null, null, null, null, "openid email offline_access");
}
