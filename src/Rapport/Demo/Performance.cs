namespace Rapport.Demo;

/// <summary>A matter as it was played: drafts in time order, and the promises and open questions in them.</summary>
internal sealed class Performance
{
    public List<Draft> Drafts { get; } = [];
    public List<Promise> Promises { get; } = [];
    public List<(string Words, Draft In)> Questions { get; } = [];
    public DateTimeOffset End => Drafts[^1].At;
}

/// <summary>Something said, before it is made into a mail or an entry.</summary>
internal sealed class Draft
{
    public required string Key { get; init; }
    public required DateTimeOffset At { get; init; }
    public required Step Step { get; init; }
    public required Script Script { get; init; }
    public required House House { get; init; }
    public required Someone Speaker { get; init; }
    public required IReadOnlyList<Someone> To { get; init; }
    public required IReadOnlyList<Someone> Copies { get; init; }
    public required string Subject { get; init; }
    public required string Words { get; init; }
    public required int Turn { get; init; }
    public required Draft? Answers { get; init; }
    public required string Thread { get; init; }
    public required IReadOnlyList<(string Kind, string Name)> Attachments { get; init; }
    public DemoMailKind Kind { get; init; } = DemoMailKind.Human;
    public bool IsMail => Step.Talk is null;
    public IEnumerable<Someone> Everyone => To.Concat(Copies).Prepend(Speaker);

    /// <summary>The plain text as its writer sent it, greeting, signature and quotes included; set when the letter is written.</summary>
    public string Plain { get; set; } = "";
}

/// <summary>A promise while the play runs.</summary>
internal sealed class Promise
{
    public required string Tag { get; init; }
    public required string Words { get; init; }
    public required Draft In { get; init; }
    public required Someone By { get; init; }
    public required Someone To { get; init; }
    public required SpokenDue First { get; init; }
    public SpokenDue Due { get; set; }
    public List<DemoOutcome> Outcomes { get; } = [];
}
