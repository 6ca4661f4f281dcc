using System.Globalization;

namespace Rapport.Channels.Pages;

/// <summary>What was typed about a mail server.</summary>
public sealed class ServerInput
{
    /// <summary>Its name or address.</summary>
    public string? Host { get; set; }
    /// <summary>Empty for the usual one.</summary>
    public int? Port { get; set; }
    /// <summary>How the line is kept private.</summary>
    public MailSecurity Security { get; set; }
    /// <summary>As whom to sign in there.</summary>
    public string? User { get; set; }
    /// <summary>As it was typed this time.</summary>
    public string? Password { get; set; }
    /// <summary>The password as it was typed before, sealed for who typed it.</summary>
    public string? Sealed { get; set; }
    /// <summary>The certificate that the server showed, where nobody known vouches for it.</summary>
    public string? Certificate { get; set; }
    /// <summary>It is trusted all the same.</summary>
    public bool Trust { get; set; }

    /// <summary>A server as it is set now.</summary>
    public static ServerInput Of(ServerState server) => new() { Host = server.Host, Port = server.Port, Security = server.Security, User = server.User, Certificate = server.TrustedCertificate, Trust = server.TrustedCertificate is not null };
}

/// <summary>What was typed about a mailbox and its servers. Reading and sending sign in alike unless something else is typed.</summary>
public sealed class ConnectionInput
{
    /// <summary>How far back it is read: a year, all of it, or since a day.</summary>
    public const string AYear = "year", Everything = "everything", SinceADay = "day";

    /// <summary>The mailbox's own address.</summary>
    public string? Address { get; set; }
    /// <summary>What it is called here.</summary>
    public string? Name { get; set; }
    /// <summary>"mine", "everyone", or a team's id.</summary>
    public string Whose { get; set; } = "mine";
    /// <summary>The id of the provider to sign in at; empty for a password.</summary>
    public string? SignIn { get; set; }
    /// <summary>Where mail is read (IMAP).</summary>
    public ServerInput Reading { get; set; } = new();
    /// <summary>Where mail is handed over (SMTP).</summary>
    public ServerInput Sending { get; set; } = new();
    /// <summary>Nothing is sent from it.</summary>
    public bool ReadOnly { get; set; }
    /// <summary>One of the three above.</summary>
    public string Depth { get; set; } = AYear;
    /// <summary>Since when, where that is a day.</summary>
    public string? Day { get; set; }
    /// <summary>Which button was pressed.</summary>
    public string? Do { get; set; }

    /// <summary>A mailbox as it is connected now.</summary>
    public static ConnectionInput Of(MailboxState state) => new()
    {
        Address = state.Address, Name = state.Name, Reading = ServerInput.Of(state.Reading), Sending = state.Sending is { } sending ? ServerInput.Of(sending) : new(), ReadOnly = state.Sending is null, SignIn = (state.Reading.Provider ?? state.Sending?.Provider)?.ToString(),
        Depth = state.ReadFrom is null ? Everything : SinceADay, Day = state.ReadFrom?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
    };

    /// <summary>As a deed takes it.</summary>
    public NewConnection Read(MailSecrets secrets, MemberId by)
    {
        var provider = IId<MailProviderId>.TryParse(SignIn, null, out var id) ? id : (MailProviderId?)null;
        var reading = Read(Reading, null, provider, secrets, by);
        return new(Address, reading, ReadOnly ? null : Read(Sending, reading, provider, secrets, by), Depth == SinceADay && DateOnly.TryParseExact(Day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null, Depth == Everything);
    }

    /// <summary>What answered is what is shown from now on; passwords go along sealed.</summary>
    public void Take(BothTried tried, NewConnection given, MailSecrets secrets, MemberId by)
    {
        Take(Reading, tried.Reading, given.Reading, secrets, by);
        if (tried.Sending is not { } sending) return;
        Take(Sending, sending, given.Sending!, secrets, by);
        // What was taken from reading is taken from there again: whoever mends the one mends both.
        if (given.Sending!.Password == given.Reading.Password) Sending.Sealed = null;
    }

    // Whoever signs in at a provider does so in both directions, unless sending has a password of its own.
    private NewMailServer Read(ServerInput typed, NewMailServer? otherwise, MailProviderId? provider, MailSecrets secrets, MemberId by)
    {
        var user = string.IsNullOrWhiteSpace(typed.User) ? otherwise?.User ?? Address : typed.User;
        var password = string.IsNullOrEmpty(typed.Password) ? secrets.OpenTyped(typed.Sealed, by) : typed.Password;
        if (provider is not null && (otherwise is null || string.IsNullOrEmpty(password))) return new(typed.Host, typed.Port, typed.Security, user, null, typed.Trust ? typed.Certificate : null, provider);
        if (string.IsNullOrEmpty(password) && user == otherwise?.User) password = otherwise?.Password;
        return new(typed.Host, typed.Port, typed.Security, user, password, typed.Trust ? typed.Certificate : null);
    }

    private static void Take(ServerInput typed, ServerTried tried, NewMailServer given, MailSecrets secrets, MemberId by)
    {
        (typed.Host, typed.Port, typed.Security) = (tried.Server.Host, tried.Server.Port, tried.Server.Security);
        typed.Sealed = string.IsNullOrEmpty(given.Password) ? null : secrets.SealTyped(given.Password, by);
        (typed.Certificate, typed.Trust) = tried.Trouble?.Certificate is { } shown ? (shown, false) : (given.TrustedCertificate, given.TrustedCertificate is not null);
    }
}
