namespace Rapport.Customers.Import;

/// <summary>What undoing an import had to leave, in sentences; a long list is cut and says so.</summary>
public sealed class UndoneSoFar
{
    private const int MostSentences = 200;

    private readonly HashSet<string> _sentences = [];
    private int _more;

    /// <summary>Something stays, and why.</summary>
    public void Leave(string sentence)
    {
        if (_sentences.Count < MostSentences) _sentences.Add(sentence);
        else if (!_sentences.Contains(sentence)) _more++;
    }

    /// <summary>A sentence a line; null when nothing was left.</summary>
    public override string? ToString() => _sentences.Count == 0 ? null : string.Join('\n', _more == 0 ? _sentences : _sentences.Append($"And {_more} more."));
}
