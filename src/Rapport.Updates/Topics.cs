namespace Rapport.Updates;

/// <summary>What one may unsubscribe from: each kind of notice that is about no matter of the reader's own.</summary>
internal static class Topics
{
    /// <summary>An incident, a delay, maintenance or a recall of what somebody uses is their own matter.</summary>
    public static bool MayBeUnsubscribed(NoticeKind kind) => kind is NoticeKind.Information or NoticeKind.Change;

    /// <summary>How a page calls it: "You get no more news from Harbourline".</summary>
    public static string Called(NoticeKind kind) => kind switch
    {
        NoticeKind.Information => "news",
        NoticeKind.Change => "mails about changes",
        NoticeKind.Maintenance => "mails about maintenance",
        NoticeKind.Incident => "mails about incidents",
        NoticeKind.Delay => "mails about delays",
        NoticeKind.Recall => "recalls",
    };
}
