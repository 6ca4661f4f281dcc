namespace Rapport.Commitments;

/// <summary>A task as a file holds it.</summary>
/// <param name="Number">Its row in the file, or its place in the calendar; the first is 1.</param>
/// <param name="Cells">What stands in it.</param>
/// <param name="Key">By what it is known again when the same file, or a newer one, is imported.</param>
/// <param name="Words">What is to be done.</param>
/// <param name="With">For whom: a name or an address; empty when it does not say.</param>
/// <param name="Due">By when, as it stands there; empty for no date.</param>
/// <param name="DueAt">By when, where the file says it to the minute.</param>
/// <param name="For">The address of the member who is to do it; empty for whoever imports.</param>
/// <param name="IsDone">It is done, or was given up.</param>
/// <param name="Problem">Why it cannot be read.</param>
internal sealed record TaskRow(int Number, IReadOnlyList<string> Cells, string Key, string Words, string With, string Due, DateTimeOffset? DueAt, string For, bool IsDone, string? Problem = null);

/// <summary>A file of tasks.</summary>
/// <param name="Format">What it was read as, in words.</param>
/// <param name="Heads">The heads over the cells of its rows.</param>
/// <param name="Rows">Its rows; can be asked for again.</param>
internal sealed record TaskFile(string Format, IReadOnlyList<string> Heads, Func<IEnumerable<TaskRow>> Rows)
{
    /// <summary>Opens a file, or says why it is none of tasks.</summary>
    /// <param name="path">Where it lies.</param>
    /// <param name="name">What people know it by.</param>
    public static Result<TaskFile> Open(string path, string name) => TaskCalendar.Knows(path) ? TaskCalendar.Open(path, name) : TaskTable.Open(path, name);
}
