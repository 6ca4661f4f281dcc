namespace Rapport.Webhooks;

/// <summary>Limits of this floor; the defaults run with nothing set.</summary>
public sealed record WebhooksOptions
{
    /// <summary>Whether endpoints may lie in private networks: on this machine, in the office. Off, so that nobody reaches through Rapport what they could not reach themselves.</summary>
    public bool AllowPrivateAddresses { get; init; }

    /// <summary>So long an endpoint may take to answer.</summary>
    public int TimeoutSeconds { get; init; } = 15;

    /// <summary>So many endpoints there may be.</summary>
    public int MostEndpoints { get; init; } = 50;

    /// <summary>So long what was told stays in the log, and can be told again.</summary>
    public int KeepDays { get; init; } = 30;

    internal string? Wrong =>
        TimeoutSeconds is < 1 or > 60 ? $"TimeoutSeconds is {TimeoutSeconds}; write a number of seconds from 1 to 60."
        : MostEndpoints is < 1 or > 500 ? $"MostEndpoints is {MostEndpoints}; write a number from 1 to 500."
        : KeepDays is < 6 or > 365 ? $"KeepDays is {KeepDays}; write a number of days from 6 to 365."
        : null;
}
