namespace Rapport.Channels.Mail;

/// <summary>What a calendar sent by mail is for (RFC 5546).</summary>
public enum InvitationMethod
{
    /// <summary>Somebody is invited, or the meeting was changed.</summary>
    Request,
    /// <summary>It does not take place.</summary>
    Cancel,
    /// <summary>Somebody answers an invitation.</summary>
    Reply,
    /// <summary>Another time is proposed.</summary>
    Counter,
    /// <summary>It is told, and nobody has to answer.</summary>
    Publish,
}

/// <summary>Whether somebody comes.</summary>
public enum Attendance
{
    /// <summary>They have not answered.</summary>
    Unanswered,
    /// <summary>They come.</summary>
    Accepted,
    /// <summary>They may come.</summary>
    Tentative,
    /// <summary>They do not come.</summary>
    Declined,
}

/// <summary>Somebody who is invited.</summary>
public sealed record Invited(string Name, string Address, Attendance Answer);

/// <summary>A meeting as a mail tells of it.</summary>
/// <param name="Method">What for.</param>
/// <param name="Uid">By which calendars know it.</param>
/// <param name="Sequence">Grows with every change.</param>
/// <param name="What">Its title.</param>
/// <param name="Where">The place.</param>
/// <param name="Details">What is written about it.</param>
/// <param name="Start">When it begins; null when it is a matter of days.</param>
/// <param name="End">When it ends.</param>
/// <param name="FirstDay">Its first day, when it is a matter of days.</param>
/// <param name="LastDay">Its last day.</param>
/// <param name="Repeats">How it comes again, in words; null when it does not.</param>
/// <param name="Organizer">Who invites.</param>
/// <param name="People">Who is invited.</param>
public sealed record Invitation(
    InvitationMethod Method, string Uid, int Sequence, string What, string Where, string Details,
    DateTimeOffset? Start, DateTimeOffset? End, DateOnly? FirstDay, DateOnly? LastDay, string? Repeats, Correspondent? Organizer, IReadOnlyList<Invited> People)
{
    /// <summary>Which one of a series it is, as the calendar says it (RECURRENCE-ID); null for the whole.</summary>
    public string? Instance { get; init; }
}
