namespace Rapport.Kernel.Search;

/// <summary>What kinds of things the one Find box finds by name.</summary>
public enum SearchKind
{
    /// <summary>A person.</summary>
    Person,
    /// <summary>An organisation or a unit of one.</summary>
    Organization,
    /// <summary>A conversation, by its subject; its messages are found by <see cref="MessageText"/>.</summary>
    Conversation,
    /// <summary>A commitment, by its words.</summary>
    Commitment,
}

/// <summary>What is found: a thing of a kind.</summary>
public readonly record struct SearchKey(SearchKind Kind, Guid Ref);

/// <summary>How a thing is found by any scrap of it.</summary>
/// <param name="Key">The thing.</param>
/// <param name="Title">Its name, as people read it.</param>
/// <param name="Detail">A line beneath: a title and organisation, a date.</param>
/// <param name="Scraps">Everything else it is found by: addresses, other spellings, telephone numbers as given and in E.164.</param>
/// <param name="Weight">What comes first among equals: higher first, 0 to 127; 0 for most, 100 for who pays.</param>
/// <param name="OnlyFor">The member or team that may find it; null when everybody may.</param>
/// <param name="AlsoFor">Further ones, when it is not for everybody.</param>
public sealed record SearchDocument(SearchKey Key, string Title, string Detail, IReadOnlyList<string> Scraps, int Weight = 0, ReaderId? OnlyFor = null, IReadOnlyList<ReaderId>? AlsoFor = null)
{
    /// <summary>It was made just now, so that nothing of it can be in the index yet.</summary>
    public bool IsNew { get; init; }

    internal IReadOnlyList<ReaderId> Viewers => OnlyFor is { } one ? [one, .. AlsoFor ?? []] : [];
}

/// <summary>A document as the index holds it: folding takes as long as writing, and can be done beforehand by whatever thread has the time.</summary>
public sealed class IndexedDocument
{
    private IndexedDocument(SearchDocument document, string text) => (Document, Text, Words) = (document, text, string.Join(' ', document.IndexedWords(text)));

    /// <summary>What is found.</summary>
    public SearchDocument Document { get; }

    /// <summary>All of it, folded, for what is found inside words.</summary>
    internal string Text { get; }

    /// <summary>Its words, a space between them.</summary>
    internal string Words { get; }

    /// <summary>Folds a document.</summary>
    public static IndexedDocument Of(SearchDocument document) => new(document, document.IndexedText());
}

/// <summary>The words of one message, found newest first. Who may see it is asked of the message itself, not of the index.</summary>
/// <param name="Moment">The interaction's id, which is its moment (see <see cref="Moments"/>).</param>
/// <param name="Text">Subject and text as people wrote them.</param>
public sealed record MessageText(long Moment, string Text)
{
    /// <summary>Different words of a message beyond this many are not indexed.</summary>
    internal const int MostWords = 10_000;

    internal IEnumerable<string> Words => SearchQuery.WordsOf(TextFold.Fold(Text)).Distinct().Take(MostWords);
}

/// <summary>A thing that was found.</summary>
public sealed record SearchHit(SearchKey Key, string Title, string Detail);
