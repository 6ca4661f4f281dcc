namespace Rapport.Customers.Import;

/// <summary>What goes along from batch to batch of one import.</summary>
internal sealed class PeopleProgress
{
    private long _changes, _problems;

    public required ImportContext Context { get; init; }
    public IReadOnlyList<string> Heads { get; set; } = [];
    public required OrderedIds Ids { get; init; }
    public Claims Claims { get; } = new();
    public ReachedPlaces Reached { get; } = new();

    /// <summary>Lines of the ledger so far.</summary>
    public long Changes { get; set; }

    /// <summary>Rows with problems so far.</summary>
    public long Problems { get; set; }

    /// <summary>Where the journal ended when this import last wrote: whoever plans ahead counts on nobody having written since.</summary>
    public long JournalEnd { get; set; }

    /// <summary>The plan that was made last is going to be written.</summary>
    public void Settle()
    {
        Claims.Settle();
        (_changes, _problems) = (Changes, Problems);
    }

    /// <summary>The plan that was made last is thrown away.</summary>
    public void TakeBack()
    {
        Claims.TakeBack();
        Reached.Clear();
        (Changes, Problems) = (_changes, _problems);
    }
}
