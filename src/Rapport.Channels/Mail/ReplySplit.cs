namespace Rapport.Channels.Mail;

/// <summary>Decides line by line what is reply. Text from <c>forward</c> on is the message that was forwarded and stays, unless it stands inside history.</summary>
internal sealed class ReplySplit(List<BodyLine> lines, int forward)
{
    // Below a drawn line stands a footer when little follows, else a chapter.
    private const int LongestFooter = 25;

    private readonly HashSet<string> boxes = [];

    public bool[] Kept { get; } = new bool[lines.Count];

    public void Decide()
    {
        var history = HistoryStart();
        var end = Math.Min(history, forward);
        var tail = TrimTail(FooterStart(end));
        for (var i = 0; i < tail; i++) Kept[i] = lines[i].Kind != LineKind.Attribution && !IsIntroduction(i);
        DropSignatureAboveQuote(tail);
        DropLeadingHistory(tail);
        DropArmour(tail);
        if (forward < history) KeepForwarded();
    }

    private void KeepForwarded()
    {
        Array.Fill(Kept, true, forward, lines.Count - forward);
        for (var i = forward - 1; i >= 0 && lines[i].IsBlank; i--) Kept[i] = true;
    }

    // Everything below an introduction that no quote marks follow is history, once something was said above it.
    private int HistoryStart()
    {
        var said = false;
        for (var i = 0; i < lines.Count; i++)
        {
            var kind = lines[i].Kind;
            if (kind is LineKind.Text) said = true;
            if (kind is LineKind.Forwarded) return lines.Count;
            if (i == forward) return lines.Count;
            if (!said || kind is not (LineKind.Attribution or LineKind.Headers or LineKind.Original)) continue;
            if (!QuoteFollows(i)) return i;
        }
        return lines.Count;
    }

    private bool QuoteFollows(int line)
    {
        for (var i = line + 1; i < lines.Count; i++)
        {
            if (lines[i].Kind is LineKind.Blank or LineKind.Headers or LineKind.Attribution) continue;
            return lines[i].Kind == LineKind.Quote;
        }
        return lines[line].Kind == LineKind.Attribution;
    }

    // A marker or block of headers above marked quotes is an introduction like any other.
    private bool IsIntroduction(int line) => lines[line].Kind is LineKind.Headers or LineKind.Original && QuoteFollows(line);

    private int FooterStart(int end)
    {
        var after = new int[end + 1];
        for (var i = end - 1; i >= 0; i--) after[i] = after[i + 1] + (lines[i].Kind == LineKind.Text ? 1 : 0);
        var rules = lines.Take(end).Index().Where(l => l.Item.Kind == LineKind.Rule).GroupBy(l => l.Item.Text.Trim()).ToDictionary(g => g.Key, g => g.Last().Index);
        boxes.Clear();
        for (var i = 0; i < end; i++)
        {
            if (after[0] == after[i]) continue;
            if (lines[i].Kind == LineKind.Footer && after[i] <= LongestFooter && !QuotesBetween(i, end)) return i;
            if (IsSignatureOnOneLine(i) && after[i] <= 6) return i;
            if (lines[i].Kind == LineKind.Rule && IsCut(i, end, after, rules)) return i;
        }
        return end;
    }

    private bool IsCut(int line, int end, int[] after, Dictionary<string, int> last)
    {
        var rule = lines[line].Text.Trim();
        if (rule is "--" or "—" || (rule.Length >= 16 && rule[0] == '_')) return true;
        if (IsUnderline(line)) return false;
        if (rule is "---" or "___") return after[line] <= LongestFooter;
        if (after[line] > LongestFooter) return false;
        // Two equal lines with more text below the second are a box around something.
        var closing = last[rule];
        var box = boxes.Contains(rule) || (closing > line && after[closing] > 0 && !NextIsFooter(closing + 1, end) && !NextIsFooter(line + 1, end));
        if (box) boxes.Add(rule);
        return !box;
    }

    // "-- Ada Example" where others put the name below the dashes; several such lines are a list.
    private bool IsSignatureOnOneLine(int line) =>
        lines[line].Kind == LineKind.Text && line > 0 && lines[line - 1].IsBlank && IsDashed(line) && (line + 1 == lines.Count || !IsDashed(line + 1));

    private bool IsDashed(int line) => lines[line].Text.StartsWith("-- ", StringComparison.Ordinal) && lines[line].Text.Length < 100;

    private bool NextIsFooter(int from, int end)
    {
        while (from < end && lines[from].IsBlank) from++;
        return from < end && lines[from].Kind is LineKind.Footer or LineKind.Rule;
    }

    private bool IsUnderline(int line)
    {
        if (line == 0 || lines[line - 1].Kind != LineKind.Text || (line > 1 && !lines[line - 2].IsBlank)) return false;
        var (title, rule) = (lines[line - 1].Text.Trim().Length, lines[line].Text.Trim().Length);
        return rule >= 3 && Math.Abs(title - rule) <= Math.Max(3, title / 4);
    }

    private bool QuotesBetween(int from, int end)
    {
        for (var i = from; i < end; i++)
            if (lines[i].Kind is LineKind.Quote) return true;
        return false;
    }

    private int TrimTail(int end)
    {
        while (end > 0 && (lines[end - 1].Kind is LineKind.Blank or LineKind.Signature or LineKind.Attribution or LineKind.Quote || IsIntroduction(end - 1))) end--;
        return end;
    }

    private void DropSignatureAboveQuote(int end)
    {
        for (var i = 0; i < end; i++)
            if (lines[i].Kind == LineKind.Signature && QuoteFollows(i)) Kept[i] = false;
    }

    // Introduction, quote, answer and no further quote: the answer stands below the history it answers.
    private void DropLeadingHistory(int end)
    {
        var (introduced, quoted) = (false, -1);
        for (var i = 0; i < end; i++)
        {
            if (lines[i].IsBlank) continue;
            if (lines[i].Kind is LineKind.Attribution || IsIntroduction(i)) introduced = true;
            else if (lines[i].Kind == LineKind.Quote && introduced) quoted = i;
            else break;
        }
        if (quoted < 0 || QuotesBetween(quoted + 1, end)) return;
        for (var i = 0; i <= quoted; i++) Kept[i] = false;
    }

    // The frame of a signed mail is no words of its author.
    private void DropArmour(int end)
    {
        var inside = false;
        for (var i = 0; i < end; i++)
        {
            var text = lines[i].Text;
            if (text.StartsWith("-----BEGIN PGP SIGNED MESSAGE", StringComparison.Ordinal))
            {
                Kept[i] = false;
                while (i + 1 < end && !lines[i + 1].IsBlank) Kept[++i] = false;
                continue;
            }
            inside |= text.StartsWith("-----BEGIN PGP SIGNATURE", StringComparison.Ordinal);
            if (inside) Kept[i] = false;
            if (inside && text.StartsWith("-----END PGP SIGNATURE", StringComparison.Ordinal)) inside = false;
        }
    }
}
