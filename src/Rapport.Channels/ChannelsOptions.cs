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

    /// <summary>A folder that outgoing mail is written to instead of being handed to mail servers; null or empty for the servers.</summary>
    public string? DeliverTo { get; init; }

    /// <summary>The lines that are open at once to the server of a mailbox when much is to be sent.</summary>
    public int SendingLines { get; init; } = 4;

    /// <summary>The largest mail that may be written, with all its attachments; servers seldom take more.</summary>
    public int LargestWrittenMegabytes { get; init; } = 25;

    /// <summary>For so many seconds whoever sends a mail can take it back; nothing leaves before.</summary>
    public int UndoSeconds { get; init; } = 10;

    /// <summary>So many automatic answers at most go to one address within <see cref="AutomaticAnswerHours"/>: then the brake holds.</summary>
    public int AutomaticAnswersPerAddress { get; init; } = 1;

    /// <summary>The hours within which automatic answers to one address are counted.</summary>
    public int AutomaticAnswerHours { get; init; } = 24;

    internal string? Wrong =>
        PollSeconds is < 1 or > 3_600 ? $"PollSeconds is {PollSeconds}; write a number of seconds from 1 to 3600."
        : LargestMailMegabytes is < 1 or > 500 ? $"LargestMailMegabytes is {LargestMailMegabytes}; write a number from 1 to 500."
        : UndoSeconds is < 0 or > 120 ? $"UndoSeconds is {UndoSeconds}; write a number of seconds from 0 to 120."
        : SendingLines is < 1 or > 50 ? $"SendingLines is {SendingLines}; write a number from 1 to 50."
        : LargestWrittenMegabytes is < 1 or > 100 ? $"LargestWrittenMegabytes is {LargestWrittenMegabytes}; write a number from 1 to 100."
        : AutomaticAnswersPerAddress is < 1 or > 100 ? $"AutomaticAnswersPerAddress is {AutomaticAnswersPerAddress}; write a number from 1 to 100."
        : AutomaticAnswerHours is < 1 or > 720 ? $"AutomaticAnswerHours is {AutomaticAnswerHours}; write a number of hours from 1 to 720."
        : null;
}
