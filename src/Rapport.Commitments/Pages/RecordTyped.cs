using System.Globalization;
using Rapport.Conversations;
using Rapport.Design;

namespace Rapport.Commitments.Pages;

/// <summary>What was typed on the form that records a call, a visit or a note.</summary>
internal sealed class RecordTyped
{
    /// <summary>How many promises the form takes at once.</summary>
    public const int MostPromises = 3, MostOthers = 12;

    private const string Wall = "yyyy-MM-ddTHH:mm";

    public Channel Channel { get; set; } = Channel.Telephone;
    public string? With { get; set; }
    public string? At { get; set; }
    public string? Minutes { get; set; }
    public Direction? Direction { get; set; }
    public string? Subject { get; set; }
    public string? Text { get; set; }
    public bool Private { get; set; }
    /// <summary>How many rows for promises are shown.</summary>
    public int Rows { get; set; } = 1;
    /// <summary>Set when one more row is asked for instead of saving.</summary>
    public bool Another { get; set; }
    /// <summary>How many rows for further people are shown.</summary>
    public int Others { get; set; }
    /// <summary>Set when one more person is asked for instead of saving.</summary>
    public bool AnotherPerson { get; set; }
    public List<Promise>? Promises { get; set; }

    /// <summary>One row for a promise.</summary>
    internal sealed class Promise
    {
        public string? Words { get; set; }
        public string? Due { get; set; }
        public Side Side { get; set; }
    }

    /// <summary>The row, whether anything was typed in it or not.</summary>
    public Promise Row(int i) => Promises is { } all && i < all.Count ? all[i] : new();

    /// <summary>The rows with something in them, and which rows they are.</summary>
    public List<(int Row, NotedPromise Promise)> Noted() =>
        [.. Enumerable.Range(0, MostPromises).Select(i => (i, Row(i))).Where(p => !string.IsNullOrWhiteSpace(p.Item2.Words) || !string.IsNullOrWhiteSpace(p.Item2.Due))
            .Select(p => (p.i, new NotedPromise(p.Item2.Words ?? "", p.Item2.Due, p.Item2.Side)))];

    /// <summary>Now, as the browser's date input writes it, on the reader's clock.</summary>
    public static string Now(LocalTime local) => local.At(local.Now).ToString(Wall, CultureInfo.InvariantCulture);

    /// <summary>The moment that was typed; null when nothing was, or nothing that is a moment.</summary>
    public DateTimeOffset? Moment(LocalTime local) =>
        DateTime.TryParseExact(At, [Wall, "yyyy-MM-ddTHH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var wall) ? Kernel.Calendar.LocalTime.In(local.Zone, wall) : null;
}
