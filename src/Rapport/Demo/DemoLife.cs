namespace Rapport.Demo;

/// <summary>Imagines a fictional organisation, its customers and a year of life among them; the same seed and moment always give the same.</summary>
internal static class DemoLife
{
    /// <summary>The domain of our customers' mail, and that of the service house taken over long ago.</summary>
    private static readonly string[] OurDomains = ["moewenkamp.example", "moewenkamp-service.example"];

    public static DemoWorld Imagine(int seed, DateTimeOffset now)
    {
        var book = CastBook.Read(seed, now);
        var performances = new Season(book, seed, now).Year();
        var (letters, machines) = (new Letters(book.Ours, seed), new Machines(book, seed, now));
        var events = new List<DemoEvent>(machines.Year());
        foreach (var performance in performances)
            foreach (var draft in performance.Drafts)
            {
                events.Add(draft.IsMail ? letters.Write(draft) : Entry(draft));
                if (draft.IsMail && machines.Absence(draft, performance) is { } absence && absence.At < now) events.Add(letters.Write(absence));
            }
        events.Sort((a, b) => a.At != b.At ? a.At.CompareTo(b.At) : string.CompareOrdinal(a.Key, b.Key));
        var society = new Society(book, seed, now, performances);
        return new DemoWorld(
            society.Ours, OurDomains, new DemoHours(book.Ours.Zone, new TimeOnly(8, 0), new TimeOnly(17, 0), [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday], "DE"),
            society.Organizations(), society.People(), society.Relationships(), society.Serves(), events,
            [.. performances.SelectMany(p => p.Promises).OrderBy(p => p.In.At).Select(Promise)],
            [.. performances.SelectMany(p => p.Questions).OrderBy(q => q.In.At).Select(q => new DemoQuestion(q.Words, q.In.Key, q.In.Speaker.Key))]);
    }

    private static DemoTalk Entry(Draft draft)
    {
        var member = draft.Speaker.IsOurs ? draft.Speaker : draft.Everyone.First(p => p.IsOurs);
        var direction = draft.Step.Talk switch
        {
            DemoTalkKind.Call or DemoTalkKind.Chat => Letters.Direction(draft.Speaker.IsOurs, draft.To[0].IsOurs),
            DemoTalkKind.Note => DemoDirection.Internal,
            _ => DemoDirection.Mutual,
        };
        TimeSpan? duration = draft.Step.Minutes == 0 ? null : TimeSpan.FromMinutes(draft.Step.Minutes + (int)(draft.At.Ticks / TimeSpan.TicksPerMinute % 5) - 2);
        return new DemoTalk(draft.Key, draft.At, draft.Step.Talk!.Value, direction, member.Key, [.. draft.Everyone.Where(p => p != member).Select(p => p.Key)], duration, draft.Subject, draft.Words, draft.Thread);
    }

    private static DemoPromise Promise(Promise promise, int number) => new(
        $"p{number:0000}", promise.Words, promise.In.Key, promise.In.At, promise.By.IsOurs ? DemoSide.Ours : DemoSide.Theirs, promise.By.Key, promise.To.Key, promise.First.Words, promise.First.At, promise.Outcomes);
}
