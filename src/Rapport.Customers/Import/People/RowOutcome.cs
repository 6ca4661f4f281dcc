namespace Rapport.Customers.Import;

/// <summary>What one row does, gathered while it is decided upon, and what of it could not be used. Words are only made when somebody asks: a million rows come by here.</summary>
internal sealed class RowOutcome
{
    private List<string>? _done;
    private List<(string Name, string? Of)>? _made;

    public required List<string> Problems { get; init; }

    /// <summary>Whom the row is about; null when it could not be used.</summary>
    public PartyState? About { get; set; }

    /// <summary>An earlier row was about them as well.</summary>
    public bool Repeats { get; set; }

    public RowFate Fate => About is null ? RowFate.Failed : _made is not null ? RowFate.Created : _done is not null ? RowFate.Changed : RowFate.Skipped;

    /// <summary>In a sentence.</summary>
    public string Why => Fate switch
    {
        RowFate.Failed => string.Join(' ', Problems),
        RowFate.Created => $"New: {string.Join(" and ", _made!.Select(m => m.Of is null ? m.Name : $"{m.Name} of {m.Of}"))}.",
        RowFate.Changed => $"{About!.Party.Name}: {string.Join(", ", _done!.Distinct())}.",
        RowFate.Skipped => Repeats ? "Says no more than an earlier row." : "All of it is here already.",
    };

    /// <summary>Somebody was made, within somebody or not.</summary>
    public void Made(string name, string? of = null) => (_made ??= new(2)).Add((name, of));

    /// <summary>Something was changed, in a word or two.</summary>
    public void Done(string what) => (_done ??= []).Add(what);
}

/// <summary>Counts what became of rows.</summary>
internal sealed class OutcomeCount
{
    private readonly int[] _fates = new int[4];
    private int _flawed;

    /// <summary>So far.</summary>
    public ImportCounts Counts => new(_fates.Sum(), Of(RowFate.Created), Of(RowFate.Changed), Of(RowFate.Skipped), Of(RowFate.Failed), _flawed);

    public void Add(RowFate fate, bool hasProblems)
    {
        _fates[(int)fate]++;
        if (hasProblems && fate != RowFate.Failed) _flawed++;
    }

    private int Of(RowFate fate) => _fates[(int)fate];
}
