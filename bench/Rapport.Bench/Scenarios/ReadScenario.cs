using Rapport.Commitments;
using Rapport.Commitments.Reading;
using Rapport.Kernel.Calendar;

namespace Rapport.Bench;

/// <summary>Commitments read out of mails as they are imagined here, in this process on one core; then single sentences that somebody wrote to make it slow.</summary>
internal sealed class ReadScenario : IScenario
{
    private const int Long = 100_000;

    private static readonly string[] Promises =
        ["I will send you the drawings for hall two by Friday noon.", "Our technician will be at your plant on 14 December at nine.", "Wir melden uns bis Ende der Woche bei Ihnen.", "Nous vous enverrons le devis avant jeudi prochain."];

    private static readonly (string What, string Text)[] Hostile =
    [
        ("a sentence without end", Repeated("I will send it to you by Friday if ")),
        ("one word", new('a', Long)), ("apostrophes", Repeated("I'll'")), ("dates alone", Repeated("by 3/4 on Monday at 5 ")), ("marks alone", Repeated(". , ; ? ")),
        ("null bytes", new('\0', Long)), ("quotes that never close", Repeated("\"“« I will ")), ("numbers", Repeated("14. 14. 14 ")), ("lines", Repeated("I will\r\n")),
        ("ten scripts", Repeated("I will я пришлю 我会 أرسل אשלח θα στείλω भेजूंगा 送ります 보낼게요 ส่ง ")),
    ];

    public Task<IReadOnlyList<Measured>> RunAsync(Settings settings, CancellationToken ct)
    {
        var at = new DateTimeOffset(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);
        var context = new DueContext(at, TimeZoneInfo.Utc, BusinessCalendar.Standard(TimeZoneInfo.Utc));
        string[] mails = [.. Enumerable.Range(0, settings.Count / 4).Select(i => Prose.Message(Chance.Of(Matter.Message, i), i % 3 == 0 ? "de" : "en", i % 2 == 0))];
        string[] promises = [.. Enumerable.Range(0, settings.Count / 4).Select(i => Promises[i % Promises.Length])];
        var measured = new List<Measured> { Read("sentences of mails", mails, context), Read("sentences that all promise by a date", promises, context) };
        measured.AddRange(Hostile.Select(h => Measured.Of(h.What, Slowest(h.Text, context), 0, 0)));
        return Task.FromResult<IReadOnlyList<Measured>>(measured);
    }

    private static Measured Read(string what, string[] mails, DueContext context)
    {
        foreach (var mail in mails.Take(2_000)) _ = CommitmentReader.Read(mail, context).Count();
        var (sentences, commitments, began) = (0, 0, TimeProvider.System.GetTimestamp());
        foreach (var read in mails.SelectMany(mail => CommitmentReader.Read(mail, context))) (sentences, commitments) = (sentences + 1, commitments + (read.IsCommitment ? 1 : 0));
        var took = TimeProvider.System.GetElapsedTime(began).TotalMilliseconds;
        return new($"{what}, {commitments * 100 / sentences} % commitments", sentences, took / sentences, 0, 0, sentences * 1000 / took, took / sentences, 0);
    }

    // Each sentence by itself; what the whole text takes is shared among its sentences.
    private static List<double> Slowest(string text, DueContext context)
    {
        _ = CommitmentReader.Read(text, context).Count();
        var (times, before) = (new List<double>(), TimeProvider.System.GetTimestamp());
        foreach (var _ in CommitmentReader.Read(text, context))
        {
            times.Add(TimeProvider.System.GetElapsedTime(before).TotalMilliseconds);
            before = TimeProvider.System.GetTimestamp();
        }
        times.Add(TimeProvider.System.GetElapsedTime(before).TotalMilliseconds);
        return times;
    }

    private static string Repeated(string words) => string.Concat(Enumerable.Repeat(words, Long / words.Length));
}
