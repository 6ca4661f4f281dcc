namespace Rapport.Conversations;

/// <summary>Subjects without what mail programs put before them.</summary>
internal static class MailSubject
{
    private static readonly string[] Marks =
        "re aw antw sv vs ref rif odp ynt ilt atb res rép rep re^2 fw fwd wg tr rv rs enc doorst vb vl vd pd i fs antwort 回复 答复 回覆 转发 轉寄 返信 転送 отв пересл απ προθ vá továbbítás".Split(' ');

    /// <summary>"Re: AW: [list] Re: Prices" gives "[list] Prices"; at most <see cref="Conversation.LongestSubject"/> characters.</summary>
    public static string Base(string subject)
    {
        var rest = subject.Trim();
        var tag = "";
        while (true)
        {
            if (tag.Length == 0 && rest.StartsWith('[') && rest.IndexOf(']', StringComparison.Ordinal) is var close and > 0 and < 40)
            {
                tag = rest[..(close + 1)] + " ";
                rest = rest[(close + 1)..].TrimStart();
                continue;
            }
            var colon = rest.AsSpan(0, Math.Min(rest.Length, 16)).IndexOfAny(':', '：');
            if (colon <= 0 || !IsMark(rest[..colon])) break;
            rest = rest[(colon + 1)..].TrimStart();
            if (tag.Length > 0 && rest.StartsWith(tag.TrimEnd(), StringComparison.Ordinal)) rest = rest[(tag.Length - 1)..].TrimStart();
        }
        var joined = (tag + rest).Trim();
        return joined.Length > Conversation.LongestSubject ? joined[..Conversation.LongestSubject] : joined;
    }

    private static bool IsMark(string before)
    {
        var word = before.TrimEnd();
        if (word.EndsWith(']') && word.IndexOf('[', StringComparison.Ordinal) is var open and > 0) word = word[..open];
        return Array.Exists(Marks, m => word.Equals(m, StringComparison.OrdinalIgnoreCase));
    }
}
