namespace Rapport.Commitments;

/// <summary>How a date is meant, by the words before it.</summary>
internal enum Lead { None, By, Before, After }

/// <summary>The words before a date that belong to it: by, no later than, before you fly on, any time after.</summary>
internal static class DueLead
{
    /// <summary>Between "before" and its date at most so many words of a clause ("before you fly on Thursday").</summary>
    private const int LongestClause = 5;

    private static readonly (string Words, Lead Lead)[] Leads =
    [
        ("no later than", Lead.By), ("not later than", Lead.By), ("at the latest by", Lead.By), ("by the latest", Lead.By), ("at latest by", Lead.By), ("latest by", Lead.By), ("at the latest", Lead.By), ("latest on", Lead.By), ("latest", Lead.By),
        ("on or before", Lead.By), ("due by", Lead.By), ("due on", Lead.By), ("until", Lead.By), ("till", Lead.By), ("by", Lead.By), ("within", Lead.By), ("due", Lead.By),
        ("not before", Lead.None), ("ahead of", Lead.Before), ("prior to", Lead.Before), ("earlier than", Lead.Before), ("before", Lead.Before),
        ("any time after", Lead.After), ("after", Lead.After),
        ("up to", Lead.By), ("through", Lead.By), ("over", Lead.None), ("as of", Lead.None), ("effective", Lead.None), ("starting", Lead.None), ("between", Lead.None), ("from", Lead.None), ("during", Lead.None), ("on", Lead.None), ("at", Lead.None), ("in", Lead.None), ("for", Lead.None), ("sometime", Lead.None),
    ];

    /// <summary>Where the phrase really begins, and what its lead makes of it.</summary>
    public static (int Start, Lead Lead) Before(string text, int start, int earliest)
    {
        var lead = Lead.None;
        for (var again = 0; again < 3; again++)
        {
            var end = Trimmed(text, start, earliest);
            if (WordsBefore(text, end, earliest) is not { } found) break;
            start = found.Start;
            if (found.Lead != Lead.None && lead == Lead.None) lead = found.Lead;
        }
        return lead == Lead.None ? Clause(text, start, earliest) : (start, lead);
    }

    private static (int Start, Lead Lead)? WordsBefore(string text, int end, int earliest)
    {
        foreach (var (words, lead) in Leads)
        {
            var start = end - words.Length;
            if (start >= earliest && string.Compare(text, start, words, 0, words.Length, StringComparison.OrdinalIgnoreCase) == 0
                && (start == 0 || !char.IsLetterOrDigit(text[start - 1])) && end < text.Length && !char.IsLetterOrDigit(text[end])) return (start, lead);
        }
        return null;
    }

    /// <summary>"before you fly on Thursday": the clause in between is part of the phrase.</summary>
    private static (int Start, Lead Lead) Clause(string text, int start, int earliest)
    {
        var at = start;
        for (var word = 0; word <= LongestClause; word++)
        {
            var end = at;
            while (end > earliest && text[end - 1] is ' ' or '\t') end--;
            var begin = end;
            while (begin > earliest && (char.IsLetter(text[begin - 1]) || text[begin - 1] is '\'' or '’')) begin--;
            if (begin == end || end - begin > 20) break;
            if (word > 0 && text.AsSpan(begin, end - begin).Equals("before", StringComparison.OrdinalIgnoreCase)) return (begin, Lead.Before);
            at = begin;
        }
        return (start, Lead.None);
    }

    private static int Trimmed(string text, int start, int earliest)
    {
        while (start > earliest && text[start - 1] is ' ' or '\t' or '\'' or '"' or '‘' or '“' && start > 0) start--;
        if (start - 4 >= earliest && string.Compare(text, start - 3, "the", 0, 3, StringComparison.OrdinalIgnoreCase) == 0 && !char.IsLetterOrDigit(text[start - 4]))
            for (start -= 3; start > earliest && text[start - 1] is ' ' or '\t';) start--;
        return start;
    }
}
