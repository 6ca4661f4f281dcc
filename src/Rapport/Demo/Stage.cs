namespace Rapport.Demo;

/// <summary>Plays a script with the people of one house from a moment on.</summary>
internal sealed class Stage(CastBook book, int seed, DateTimeOffset now)
{
    /// <summary>The matter as it would go, or null when somebody it needs is not there. Steps after now are not played when <paramref name="cut"/> is set.</summary>
    public Performance? Play(Script script, House house, DateTimeOffset start, string name, bool cut, Someone? star = null)
    {
        var dice = Dice.For(seed, $"{script.Name}/{house.Key}/{name}");
        if (Casting.Of(script, house, book, start, dice, star) is not { } cast) return null;
        return new Play(script, house, cast, start, now, dice).Run(cut);
    }
}

/// <summary>One run of one script.</summary>
internal sealed class Play
{
    private readonly Script script;
    private readonly House house;
    private readonly IReadOnlyDictionary<string, Someone> cast;
    private readonly DateTimeOffset now;
    private readonly Dice dice;
    private readonly string end;
    private readonly Dictionary<string, DateTime> dates = [];
    private readonly Prose prose;
    private readonly Performance played = new();
    private readonly string thread;
    private DateTimeOffset at;
    private (Step Step, Someone Speaker, Someone Hearer) current;
    private int threads;

    public Play(Script script, House house, IReadOnlyDictionary<string, Someone> cast, DateTimeOffset start, DateTimeOffset now, Dice dice)
    {
        (this.script, this.house, this.cast, this.now, this.dice, at) = (script, house, cast, now, dice, start);
        end = script.Ends.Count == 0 ? "" : dice.Weighted(script.Ends, e => e.Weight).Name;
        foreach (var (name, least, most) in script.Dates)
            dates[name] = WorkingHours.AddWorkdays(WorkingHours.In(start, house.Zone).DateTime, dice.Between(least, most));
        var blanks = new Blanks(script, house, cast, dates, start, dice);
        prose = new Prose(dice, blanks.Fill, Say);
        thread = $"{dice.Next():x16}";
    }

    public Performance? Run(bool cut)
    {
        Draft? last = null;
        var (subject, turn) = ("", 0);
        foreach (var step in script.Steps)
        {
            if (step.If is { } only && !only.Split('/').Contains(end) || !dice.Chance(step.Chance / 100.0)) continue;
            var speaker = cast[step.Speaker];
            at = When(step, speaker, last);
            if (cut && at > now) break;
            if (step.Fresh || last is null) (subject, turn, threads) = (Titled(step.Subject ?? script.Subject), 0, threads + 1);
            else if (step.Subject is { } own && !played.Drafts.Exists(d => d.IsMail && d.Thread == Thread)) (subject, turn) = (Titled(own), 0);
            var (to, copies) = Hearers(step, speaker, last);
            current = (step, speaker, to[0]);
            prose.Marked.Clear();
            var words = prose.Expand(step.Text);
            var answers = step.Fresh || step.Talk is not null ? null : played.Drafts.LastOrDefault(d => d.IsMail && d.Thread == Thread);
            last = new Draft
            {
                Key = step.Talk is null ? MessageId(speaker) : $"{thread}-{played.Drafts.Count}", At = at, Step = step, Script = script, House = house, Speaker = speaker, To = to, Copies = copies,
                Subject = subject, Words = words, Turn = turn++, Answers = answers, Thread = Thread,
                Attachments = [.. step.Attachments.Select(a => (a.Kind, prose.Expand(a.Name)))],
            };
            played.Drafts.Add(last);
            Note(step, last);
        }
        return played.Drafts.Count == 0 ? null : played;
    }

    private string Titled(string text) => prose.Expand(text) is var title && script.House is null ? char.ToUpperInvariant(title[0]) + title[1..] : title;
    private string Thread => $"{thread}.{threads}";
    private string MessageId(Someone speaker) => $"{dice.Next():x}.{dice.Between(1000, 9999)}@{speaker.Place(at).Address.Split('@')[1]}";

    private (IReadOnlyList<Someone> To, IReadOnlyList<Someone> Copies) Hearers(Step step, Someone speaker, Draft? last)
    {
        var to = step.To.Select(r => cast[r]).ToList();
        if (to.Count == 0) to.Add(Partner(speaker, last));
        var inherited = step.To.Length > 0 || step.Fresh || step.Talk is not null || last?.IsMail != true ? [] : last.Copies.Concat(last.To);
        var copies = step.Copies.Select(r => cast[r]).Concat(inherited).Where(p => p != speaker && !to.Contains(p)).Distinct();
        return (to, [.. copies]);
    }

    /// <summary>Whom one answers: who spoke last; for one of ours in a customer's matter the last of theirs, whichever colleague spoke in between.</summary>
    private Someone Partner(Someone speaker, Draft? last)
    {
        if (last is null) return Opposite(speaker);
        if (speaker.IsOurs && !house.IsOurs)
            return played.Drafts.AsEnumerable().Reverse().SelectMany(d => d.Everyone).FirstOrDefault(p => !p.IsOurs) ?? Opposite(speaker);
        return last.Speaker != speaker ? last.Speaker : last.To.FirstOrDefault(p => p != speaker) ?? Opposite(speaker);
    }

    private Someone Opposite(Someone speaker) =>
        script.Cast.Select(c => cast[c.Name]).FirstOrDefault(p => p != speaker && p.IsOurs != speaker.IsOurs) ?? cast.Values.First(p => p != speaker);

    private void Note(Step step, Draft draft)
    {
        foreach (var said in prose.Marked)
        {
            if (said.Due is not { } due) { played.Questions.Add((said.Words, draft)); continue; }
            var tag = said.Tag.Split('.')[0];
            if (said.Again)
            {
                var old = played.Promises.Last(p => p.Tag == tag);
                old.Due = due;
                old.Outcomes.Add(new DemoOutcome(DemoOutcomeKind.Renegotiated, draft.At, draft.Key, due.At, due.Words, null));
                continue;
            }
            var (by, to) = Parties(said.Tag);
            played.Promises.Add(new Promise { Tag = tag, Words = said.Words, In = draft, By = by, To = to, First = due, Due = due });
        }
        foreach (var (kind, tag, to) in step.Effects)
        {
            if (kind == DemoOutcomeKind.Renegotiated || played.Promises.LastOrDefault(p => p.Tag == tag) is not { } promise) continue;
            var what = kind ?? (draft.At > promise.Due.At ? DemoOutcomeKind.KeptLate : DemoOutcomeKind.Kept);
            promise.Outcomes.Add(new DemoOutcome(what, draft.At, draft.Key, null, null, to is null ? null : cast[to].Key));
        }
    }

    private (Someone By, Someone To) Parties(string tag)
    {
        var writer = current.Step.Talk is not null && !current.Speaker.IsOurs ? current.Hearer : current.Speaker;
        var by = tag.IndexOf('.') is > 0 and var dot ? cast[tag[(dot + 1)..]] : writer;
        var to = by == current.Speaker ? current.Hearer : current.Speaker;
        return (by, to == by ? Opposite(by) : to);
    }

    private SpokenDue Say(string tag, string range)
    {
        var (_, to) = Parties(tag);
        var zone = to.House(at).Zone;
        if (range.StartsWith("now", StringComparison.Ordinal)) return DuePhrases.For(Now(range, zone).Date + WorkingHours.Closing, WorkingHours.In(at, zone).DateTime, zone, script.Language);
        return dates.TryGetValue(range, out var day)
            ? new SpokenDue(DuePhrases.Date(day, script.Language), WorkingHours.At(day + WorkingHours.Closing, zone))
            : DuePhrases.Say(range, at, zone, script.Language, dice);
    }

    /// <summary>"now" is the end of this working day (the next one when it is over), "now+2" or "now-1" working days from it.</summary>
    private DateTime Now(string range, string zone)
    {
        var today = WorkingHours.In(now, zone).DateTime;
        if (!WorkingHours.IsWorkday(today) || today.TimeOfDay >= WorkingHours.Closing) today = WorkingHours.AddWorkdays(today, 1);
        return range.Length == 3 ? today.Date : WorkingHours.AddWorkdays(today, int.Parse(range[3..], System.Globalization.CultureInfo.InvariantCulture));
    }

    private DateTimeOffset When(Step step, Someone speaker, Draft? last)
    {
        var when = step.When;
        var zone = speaker.House(at).Zone;
        if (when.StartsWith("now-weekend", StringComparison.Ordinal)) return Weekend(zone);
        if (when.StartsWith("now-", StringComparison.Ordinal)) return After(last, Back(when, zone));
        if (when[0] != '+') return After(last, Relative(when, zone, last));
        if (last is null) return WorkingHours.Forward(at, zone, dice);
        var span = double.Parse(when[1..^1], System.Globalization.CultureInfo.InvariantCulture);
        var jitter = dice.Between(0.6, 1.6);
        var next = when[^1] switch
        {
            'm' => at.AddMinutes(span * jitter),
            'h' => at.AddHours(span * jitter),
            _ => new DateTimeOffset(WorkingHours.AddWorkdays(at.DateTime, Math.Max(1, (int)Math.Round(span * jitter))), at.Offset).AddHours(7.7).AddMinutes(dice.Below(560)),
        };
        return speaker.Voice.LateBird && next - at < TimeSpan.FromHours(30) && dice.Chance(0.3) ? next : WorkingHours.Forward(next, zone, dice);
    }

    /// <summary>"now-3h", "now-40m" or "now-2d" (working days back, some hour of the day).</summary>
    private DateTimeOffset Back(string when, string zone)
    {
        var span = int.Parse(when[4..^1], System.Globalization.CultureInfo.InvariantCulture);
        if (when[^1] != 'd') return WorkingHours.Backward(when[^1] == 'h' ? now.AddHours(-span) : now.AddMinutes(-span), zone, dice);
        return WorkingHours.At(WorkingHours.AddWorkdays(WorkingHours.In(now, zone).DateTime, -span).AddHours(8.2).AddSeconds(dice.Below(29000)), zone);
    }

    private DateTimeOffset Weekend(string zone)
    {
        var day = WorkingHours.In(now.AddHours(-30), zone).DateTime.Date;
        while (day.DayOfWeek != DayOfWeek.Saturday) day = day.AddDays(-1);
        return WorkingHours.At(day.AddHours(10).AddMinutes(dice.Below(300)), zone);
    }

    /// <summary>"p1-" in good time before that promise is due, "p1+" or "p1+8" working days after; "visit-1" around a day that was agreed.</summary>
    private DateTimeOffset Relative(string when, string zone, Draft? last)
    {
        var sign = when.IndexOfAny(['+', '-']);
        var (name, rest) = (when[..sign], when[(sign + 1)..]);
        var days = rest.Length == 0 ? 0 : int.Parse(rest, System.Globalization.CultureInfo.InvariantCulture);
        if (dates.TryGetValue(name, out var day))
            return WorkingHours.At(WorkingHours.AddWorkdays(day, when[sign] == '-' ? -days : days).AddHours(9).AddSeconds(dice.Below(24000)), zone);
        var due = played.Promises.Last(p => p.Tag == name).Due.At;
        if (when[sign] == '+') return WorkingHours.At(WorkingHours.AddWorkdays(WorkingHours.In(due, zone).DateTime, days > 0 ? days : dice.Between(1, 3)).AddHours(8).AddSeconds(dice.Below(30000)), zone);
        var from = last?.At ?? at;
        var kept = WorkingHours.Backward(from + ((due - from) * dice.Between(0.5, 0.97)), zone, dice);
        return kept > from && kept <= due ? kept : from + ((due - from) * 0.6);
    }

    private DateTimeOffset After(DateTimeOffset? earlier, DateTimeOffset moment) => earlier is { } e && moment <= e ? e.AddMinutes(dice.Between(7, 50)) : moment;
    private DateTimeOffset After(Draft? last, DateTimeOffset moment) => After(last?.At, moment);
}
