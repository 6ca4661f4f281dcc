namespace Rapport.Channels;

/// <summary>Limits of this floor; the defaults run with nothing set.</summary>
public sealed record ChannelsOptions
{
    /// <summary>How often a mail server is asked that does not say by itself when mail arrives; the Sent folder of every one.</summary>
    public int PollSeconds { get; init; } = 60;

    /// <summary>Larger mails are left on the server and listed. An attachment of 50 MB is a mail of 70.</summary>
    public int LargestMailMegabytes { get; init; } = 80;

    /// <summary>The same in bytes.</summary>
    public long LargestMail => LargestMailMegabytes * 1024L * 1024;

    internal string? Wrong =>
        PollSeconds is < 1 or > 3_600 ? $"PollSeconds is {PollSeconds}; write a number of seconds from 1 to 3600."
        : LargestMailMegabytes is < 1 or > 500 ? $"LargestMailMegabytes is {LargestMailMegabytes}; write a number from 1 to 500."
        : null;
}
