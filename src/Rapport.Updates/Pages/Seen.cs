namespace Rapport.Updates.Pages;

/// <summary>That a form is about what its writer saw: the same form twice, or a colleague who was quicker, is said instead of done.</summary>
internal static class Seen
{
    public static Func<Notice, Refusal?> Check(int words) => notice =>
        notice.Words == words ? null : Refusal.Conflict("notice.moved-on", "Another word was said in the meantime; it stands below. Read it first, then say yours if it is still needed.");
}
